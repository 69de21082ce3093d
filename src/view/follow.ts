import type { Aspect, Change } from './diff.ts';
import type { Subject } from './model/view.ts';

/** Aspects of a container that are told better elsewhere: on its network, at its volume. */
const TOLD_ELSEWHERE: readonly Aspect[] = ['networks', 'ports', 'mounts', 'writable'];

/** How much a change is what its command was about, and not what came along with it. */
function weight({ subject, id, kind, aspects }: Change): number {
  switch (subject) {
    case 'build':
      return id === 'last' ? 9 : 1;
    case 'swarm':
      return 9;
    case 'containers':
      return kind !== 'changed' ? 8 : aspects.every((aspect) => TOLD_ELSEWHERE.includes(aspect)) ? 2 : 6;
    case 'images':
      return 5;
    case 'networks':
      return kind === 'changed' ? 3 : 4;
    default:
      return kind === 'changed' ? 1 : 4;
  }
}

/** The subject to show after a command; nothing when nothing changed. */
export function subjectOf(changes: readonly Change[]): Subject | undefined {
  let best: Change | undefined;
  for (const change of changes) if (!best || weight(change) > weight(best)) best = change;
  return best?.subject;
}
