import type { Engine, EngineHooks } from '../engine.ts';

/** What happens when processes of containers end and when their alarms ring: exit, restart policies, health checks. */
export const containerHooks: EngineHooks = {
  processEnded(_engine: Engine) {},
  ring() {},
};
