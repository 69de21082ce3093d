import type { EngineState } from '../../engine/state.ts';
import { type Service, type SwarmState, swarmOrNothing, type Task } from '../../engine/swarm/state.ts';
import { type Action, action, destroying } from './action.ts';

export interface TaskView {
  /** Short. */
  readonly id: string;
  /** `web.1`; with the node for a global service. */
  readonly name: string;
  readonly node: string;
  readonly status: Task['status'];
  /** Whether the swarm wants it to run; what remains is history. */
  readonly wanted: boolean;
  readonly error: string;
  readonly image: string;
}

export interface ServiceView {
  readonly id: string;
  readonly name: string;
  readonly mode: string;
  readonly image: string;
  readonly running: number;
  readonly wanted: number;
  /** `8080 → 80/tcp` as published and target port. */
  readonly ports: readonly { readonly published: number | undefined; readonly target: string }[];
  /** State of the last update; empty when there was none. */
  readonly update: string;
  readonly tasks: readonly TaskView[];
  readonly actions: readonly Action[];
}

export interface NodeView {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly availability: string;
  readonly state: string;
  readonly actions: readonly Action[];
}

export interface SwarmView {
  readonly nodes: readonly NodeView[];
  readonly services: readonly ServiceView[];
  readonly secrets: readonly string[];
  readonly configs: readonly string[];
}

/** The swarm that this engine manages, if it is in one. */
export function swarmView(state: EngineState): SwarmView | undefined {
  const swarm = swarmOrNothing({ state });
  if (!swarm) return undefined;
  const names = (files: SwarmState['secrets']) => Object.values(files).map(({ name }) => name);
  return {
    nodes: Object.values(swarm.nodes).map(({ id, hostname, role, availability, state: is }) => ({
      ...{ id, name: hostname, role, availability, state: is },
      actions: [
        action('inspect', 'docker', 'node', 'inspect', hostname),
        availability === 'drain'
          ? action('activate', 'docker', 'node', 'update', '--availability', 'active', hostname)
          : action('drain', 'docker', 'node', 'update', '--availability', 'drain', hostname),
        ...(id === swarm.self ? [{ verb: 'leave' as const, line: 'docker swarm leave --force', destroys: true }] : []),
      ],
    })),
    services: Object.values(swarm.services).map((service) => serviceView(swarm, service)),
    secrets: names(swarm.secrets),
    configs: names(swarm.configs),
  };
}

/** Tasks of the past that are shown of a service. */
const HISTORY_SHOWN = 3;

function serviceView(swarm: SwarmState, { id, spec, update, ports }: Service): ServiceView {
  const tasks = Object.values(swarm.tasks)
    .filter(({ service }) => service === id)
    .map((task) => taskView(swarm, task, spec.Name));
  const live = tasks.filter(({ wanted }) => wanted);
  const past = tasks.filter(({ wanted }) => !wanted).slice(-HISTORY_SHOWN);
  const replicated = spec.Mode.startsWith('replicated');
  const active = Object.values(swarm.nodes).filter(({ availability }) => availability === 'active').length;
  const wanted = replicated ? spec.Replicas : active;
  const docker = (verb: Action['verb'], ...words: readonly string[]) => action(verb, 'docker', 'service', ...words);
  return {
    ...{ id, name: spec.Name, mode: spec.Mode, image: spec.Container.Image.replace(/@sha256:.*/, ''), wanted },
    running: live.filter(({ status }) => status === 'running').length,
    ports: ports.map(({ PublishedPort: published, TargetPort, Protocol }) => ({
      ...{ published, target: `${TargetPort}/${Protocol}` },
    })),
    update: update?.state ?? '',
    tasks: [...live, ...past],
    actions: [
      docker('tasks', 'ps', spec.Name),
      ...(replicated ? [docker('scale', 'scale', `${spec.Name}=${wanted + 1}`)] : []),
      ...(replicated && wanted > 0 ? [docker('scale', 'scale', `${spec.Name}=${wanted - 1}`)] : []),
      ...[docker('force', 'update', '--force', spec.Name), docker('logs', 'logs', spec.Name)],
      ...[docker('inspect', 'inspect', '--pretty', spec.Name), destroying('docker', 'service', 'rm', spec.Name)],
    ],
  };
}

function taskView({ nodes }: SwarmState, task: Task, service: string): TaskView {
  const { id, slot, node, status, desired, error, spec } = task;
  const host = nodes[node]?.hostname ?? '';
  return {
    ...{ id: id.slice(0, 12), name: `${service}.${slot > 0 ? slot : host}`, node: host, status, error },
    wanted: desired === 'running' || desired === 'ready',
    image: spec.Container.Image.replace(/@sha256:.*/, ''),
  };
}
