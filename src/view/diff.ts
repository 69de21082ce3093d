import type { ContainerView } from './model/containers.ts';
import type { ImageView } from './model/images.ts';
import type { NetworkView } from './model/networks.ts';
import type { ServiceView } from './model/swarm.ts';
import type { EngineView, Subject } from './model/view.ts';
import type { StorageView } from './model/volumes.ts';

/** What of a thing changed. */
export type Aspect =
  | Exclude<
      keyof ContainerView,
      'id' | 'actions' | 'layers' | 'layersSize' | 'command' | 'image' | 'exitCode' | 'error'
    >
  | 'tags'
  | 'size'
  | 'uses'
  | 'members'
  | 'result'
  | 'cache'
  | 'running'
  | 'wanted'
  | 'tasks'
  | 'availability';

/** A thing that appeared, changed or went. */
export interface Change {
  readonly subject: Subject;
  /** Of the thing, among those of its subject. */
  readonly id: string;
  readonly name: string;
  readonly kind: 'new' | 'changed' | 'gone';
  /** Set for what changed. */
  readonly aspects: readonly Aspect[];
}

/** A thing with what is compared of it. */
interface Thing {
  readonly id: string;
  readonly name: string;
  readonly aspects: Partial<Readonly<Record<Aspect, unknown>>>;
}

/** What is different in the second of two views, by subject; of the things of a subject, what is there now comes first. */
export function changesBetween(before: EngineView, after: EngineView): Change[] {
  return (['containers', 'images', 'volumes', 'networks', 'build', 'swarm'] as const).flatMap((subject) => {
    const old = new Map(things(before, subject).map((thing) => [thing.id, thing]));
    const now = things(after, subject);
    const changes: Change[] = [];
    for (const { id, name, aspects } of now) {
      const was = old.get(id);
      old.delete(id);
      if (!was) changes.push({ subject, id, name, kind: 'new', aspects: [] });
      else {
        const differing = (Object.keys(aspects) as Aspect[]).filter((key) => !same(aspects[key], was.aspects[key]));
        if (differing.length > 0) changes.push({ subject, id, name, kind: 'changed', aspects: differing });
      }
    }
    for (const { id, name } of old.values()) changes.push({ subject, id, name, kind: 'gone', aspects: [] });
    return changes;
  });
}

const same = (a: unknown, b: unknown) => a === b || JSON.stringify(a) === JSON.stringify(b);

function things(view: EngineView, subject: Subject): Thing[] {
  switch (subject) {
    case 'containers':
      return view.containers.map(container);
    case 'images':
      return view.images.map(({ id, name, tags }: ImageView) => ({ id, name, aspects: { tags } }));
    case 'volumes':
      return view.volumes.map(({ id, name, size, uses }: StorageView) => ({ id, name, aspects: { size, uses } }));
    case 'networks':
      return view.networks.networks.map(({ id, name, members }: NetworkView) => ({ id, name, aspects: { members } }));
    case 'build':
      return build(view);
    default:
      return [...(view.swarm?.services ?? []).map(service), ...(view.swarm?.nodes ?? []).map(node)];
  }
}

function container(view: ContainerView): Thing {
  const { id, name, status, exitCode, health, restarts, restartPolicy } = view;
  const { writable, processes, ports, networks, mounts } = view;
  const aspects = {
    ...{ name, status: [status, exitCode], health: health?.status, restarts, restartPolicy, writable, processes },
    ...{ ports, networks, mounts },
  };
  return { id, name, aspects };
}

/** The last build is one thing, which another build changes; the cache is another. */
function build({ build: last, cache }: EngineView): Thing[] {
  const { records, size } = cache;
  const aspects = { cache: [records, size] };
  const store: Thing = { id: 'cache', name: 'build cache', aspects };
  const name = last?.tags[0] ?? last?.dockerfile ?? '';
  return [...(last ? [{ id: 'last', name, aspects: { result: last.ended } }] : []), store];
}

function service({ id, name, running, wanted, tasks }: ServiceView): Thing {
  return { id, name, aspects: { running, wanted, tasks: tasks.map((task) => [task.id, task.status]) } };
}

function node({ id, name, availability, state, role }: NonNullable<EngineView['swarm']>['nodes'][number]): Thing {
  return { id, name, aspects: { availability: [availability, state, role] } };
}
