import type { Engine, EngineHooks } from '../engine.ts';
import type { Process } from '../process/process.ts';
import { execEnded } from './exec.ts';
import { containerEnded } from './exit.ts';
import { probeEnded, probeTimedOut, startProbe } from './health.ts';
import { bootAgain } from './restart.ts';

/** What happens when processes of containers end and when their alarms ring: exit, restart policies, health checks. */
export const containerHooks: EngineHooks = {
  processEnded(engine: Engine, process: Process, status: number) {
    const [kind, id = ''] = process.session.split(' ');
    if (kind === 'exec' && engine.state.execs.get(id)?.pid === process.pid) {
      if (engine.state.execs.get(id)?.probe !== undefined) probeEnded(engine, id, status);
      else execEnded(engine, id, status);
    }
    if (kind === 'container' && engine.state.containers.get(id)?.state.pid === process.pid)
      containerEnded(engine, id, status);
  },
  ring(engine: Engine, key: string) {
    const [kind, id = '', other = ''] = key.split(' ');
    if (kind === 'health') startProbe(engine, id);
    else if (kind === 'probe') probeTimedOut(engine, id, other);
    else if (kind === 'restart') bootAgain(engine, id);
  },
};
