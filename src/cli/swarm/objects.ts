import { given, goMap } from '../../engine/containers/json.ts';
import type { Engine } from '../../engine/engine.ts';
import { EngineError } from '../../engine/errors.ts';
import { type JsonObject, NIL_LIST } from '../../engine/json.ts';
import { findFile } from '../../engine/swarm/files.ts';
import { inspectNode } from '../../engine/swarm/nodes.ts';
import { findService } from '../../engine/swarm/services.ts';
import { swarmOf, type Task } from '../../engine/swarm/state.ts';
import { formatTime } from '../../engine/time.ts';
import type { SwarmType } from '../commands/swarm-objects.ts';
import { type Inspected, inspected } from '../format/inspect.ts';
import { fileAnswer } from './files.ts';
import { serviceAnswer, taskTemplate } from './inspect.ts';

/** What a task's status is told to be by the agent of its node. */
const MESSAGES: Readonly<Partial<Record<Task['status'], string>>> = {
  pending: 'pending task scheduling',
  assigned: 'scheduler assigned task to node',
  preparing: 'preparing',
  ready: 'prepared',
  starting: 'starting',
  running: 'started',
  complete: 'finished',
  shutdown: 'shutdown',
  failed: 'started',
};

/** Finds an object of the swarm. Throws 404 when there is none of the type, 503 outside of a swarm. */
export function inspectSwarmObject(engine: Engine, type: SwarmType, ref: string): Inspected {
  switch (type) {
    case 'service':
      return inspected(serviceAnswer(engine, findService(engine, ref)));
    case 'task':
      return inspected(taskAnswer(engine, findTask(engine, ref)));
    case 'node':
      return inspected(inspectNode(engine, ref));
    default:
      return inspected(fileAnswer(type, findFile(engine, type, ref)));
  }
}

function findTask(engine: Engine, ref: string): Task {
  const { tasks } = swarmOf(engine);
  const found = tasks[ref] ?? Object.values(tasks).find(({ id }) => ref !== '' && id.startsWith(ref));
  if (!found) throw new EngineError(404, `task ${ref} not found`);
  return found;
}

/** What `GET /tasks/ID` answers. */
function taskAnswer(engine: Engine, task: Task): JsonObject {
  const { index } = swarmOf(engine);
  const container = engine.state.containers.get(task.container);
  return given({
    ...{ ID: task.id, Version: { Index: index } },
    ...{ CreatedAt: formatTime(task.created), UpdatedAt: formatTime(task.changed) },
    Labels: goMap({}),
    Spec: taskTemplate(task.spec),
    ServiceID: task.service,
    ...{ Slot: task.slot === 0 ? undefined : task.slot, NodeID: task.node },
    Status: given({
      ...{ Timestamp: formatTime(task.changed), State: task.status, Message: MESSAGES[task.status] ?? '' },
      Err: task.error === '' ? undefined : task.error,
      ContainerStatus: container && {
        ContainerID: container.id,
        PID: container.state.pid,
        ExitCode: container.state.exitCode,
      },
      PortStatus: {},
    }),
    DesiredState: task.desired,
    Volumes: NIL_LIST,
  });
}
