import { converged, desiredCount } from '../../engine/swarm/orchestrator.ts';
import { sameTask } from '../../engine/swarm/spec.ts';
import { swarmOf } from '../../engine/swarm/state.ts';
import { isWanted, tasksOf } from '../../engine/swarm/tasks.ts';
import { CliError, type CommandContext } from '../command.ts';

const TICK = 200;
const STABLE = 5;

/** Tells how a service's tasks come up, until they have been stable for a while (docker/cli, command/service/progress). */
export async function followProgress(context: CommandContext, id: string, name: string): Promise<void> {
  const { engine, out } = context;
  const service = () => swarmOf(engine).services[id]!;
  const total = desiredCount(engine, service());
  const wait = async (milliseconds: number) => {
    const end = engine.state.now + milliseconds;
    engine.state.alarms.set('swarm tick', end);
    await engine.scheduler.until(() => engine.state.now >= end);
  };
  const running = () =>
    tasksOf(engine, id).filter(
      (task) => isWanted(task) && task.status === 'running' && sameTask(task.spec, service().spec),
    ).length;
  let before = -1;
  while (!converged(engine, service())) {
    const count = running();
    if (count !== before) out(`overall progress: ${count} out of ${total} tasks\n`);
    if (before < 0)
      for (let slot = 1; slot <= total && service().spec.Mode === 'replicated'; slot += 1) out(`${slot}/${total}:  \n`);
    before = count;
    const { update } = service();
    if (update?.state === 'paused') throw new CliError(`service update paused: ${update.message}`);
    await wait(TICK);
  }
  if (before !== total) out(`overall progress: ${total} out of ${total} tasks\n`);
  for (let second = STABLE; second > 0; second -= 1) {
    for (let tick = 0; tick < 1000 / TICK; tick += 1) {
      out(`verify: Waiting ${second} seconds to verify that tasks are stable...\n`);
      await wait(TICK);
    }
  }
  out(`verify: Service ${name} converged\n`);
}
