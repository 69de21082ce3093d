import type { ContainerState } from '../../../engine/containers/container.ts';
import { humanDuration } from '../../../engine/duration.ts';

/** The STATUS column of `docker ps` (moby, container.State.String). `now` in milliseconds. */
export function statusText({ status, exitCode, startedAt, finishedAt, health }: ContainerState, now: number): string {
  const since = (time: number) => humanDuration((now - time) / 1000);
  switch (status) {
    case 'paused':
      return `Up ${since(startedAt)} (Paused)`;
    case 'restarting':
      return `Restarting (${exitCode}) ${since(finishedAt)} ago`;
    case 'running': {
      const shown = health?.status === 'starting' ? 'health: starting' : health?.status;
      return `Up ${since(startedAt)}${shown === undefined ? '' : ` (${shown})`}`;
    }
    case 'removing':
      return 'Removal In Progress';
    case 'dead':
      return 'Dead';
    default:
      if (startedAt === 0) return 'Created';
      return finishedAt === 0 ? '' : `Exited (${exitCode}) ${since(finishedAt)} ago`;
  }
}
