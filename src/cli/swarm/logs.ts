import { encode } from '../../engine/bytes.ts';
import { readLogs } from '../../engine/containers/logs.ts';
import { EngineError } from '../../engine/errors.ts';
import { taskName } from '../../engine/swarm/executor.ts';
import { findService } from '../../engine/swarm/services.ts';
import { swarmOf, type Task } from '../../engine/swarm/state.ts';
import { tasksOf } from '../../engine/swarm/tasks.ts';
import { CliError, type CommandContext } from '../command.ts';

/** `docker service logs`: what all tasks of a service, or one task, have written, in the order of time. */
export function serviceLogs(context: CommandContext): number {
  const { engine, flags, args, kernel } = context;
  const tasks = wanted(context, args[0] ?? '').filter(({ container }) => engine.state.containers.has(container));
  const tail = flags.string('tail');
  const lines = tasks.flatMap((task) =>
    readLogs(engine, task.container, /^\d+$/.test(tail) ? { tail: Number(tail) } : {}).map((entry) => ({
      task,
      entry,
    })),
  );
  const names = tasks.map((task) => prefix(context, task));
  const width = Math.max(0, ...names.map((name) => name.length));
  for (const { task, entry } of lines.sort((a, b) => a.entry.time - b.entry.time)) {
    const stamp = flags.boolean('timestamps') ? `${new Date(entry.time).toISOString().replace('Z', '000000Z')} ` : '';
    const head = flags.boolean('raw') ? '' : encode(`${prefix(context, task).padEnd(width)}    | `);
    const text = `${stamp}${head}${entry.text}`;
    if (entry.stream === 'stdout') kernel.output(text);
    else kernel.error(text);
  }
  return 0;
}

function wanted({ engine }: CommandContext, ref: string): Task[] {
  try {
    return tasksOf(engine, findService(engine, ref).id);
  } catch (error) {
    if (!(error instanceof EngineError) || error.status !== 404) throw error;
  }
  const task = Object.values(swarmOf(engine).tasks).find(({ id }) => ref !== '' && id.startsWith(ref));
  if (!task) throw new CliError(`no such task or service: ${ref}`);
  return [task];
}

function prefix({ engine, flags }: CommandContext, task: Task): string {
  const id = flags.boolean('no-task-ids') ? '' : `.${flags.boolean('no-trunc') ? task.id : task.id.slice(0, 12)}`;
  return `${taskName(engine, task)}${id}@${swarmOf(engine).nodes[task.node]?.hostname ?? task.node}`;
}
