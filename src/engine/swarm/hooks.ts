import type { Engine, EngineHooks } from '../engine.ts';
import type { Process } from '../process/process.ts';
import { swarmOrNothing } from './state.ts';
import { heedHealth, scheduleReconcile, taskContainerEnded } from './tasks.ts';

/** What the swarm does when a task's container ends and when its alarms ring. */
export const swarmHooks: EngineHooks = {
  processEnded(engine: Engine, process: Process, status: number) {
    const [kind, id = ''] = process.session.split(' ');
    if (kind === 'container' && engine.state.containers.get(id)?.state.pid === 0)
      taskContainerEnded(engine, id, status);
    if (kind === 'exec' && swarmOrNothing(engine)) {
      heedHealth(engine, process.container);
      scheduleReconcile(engine, 50);
    }
  },
  async ring(engine: Engine, key: string) {
    if (!key.startsWith('swarm ')) return;
    // What makes and replaces tasks is loaded where there is a swarm.
    const { ringSwarm } = await import('./orchestrator.ts');
    await ringSwarm(engine, key);
  },
};
