import type { Engine } from '../engine/engine.ts';

type Forward = (signal: number) => void;

/** Who wants the signals that reach a client, by the client's process id. They are gone when the client ends. */
const proxies = new WeakMap<Engine, Map<number, Forward>>();

/** Takes the signals of a client process to a container from now on. The function returned ends it. */
export function proxySignals(engine: Engine, pid: number, forward: Forward): () => void {
  const byPid = proxies.get(engine) ?? new Map<number, Forward>();
  proxies.set(engine, byPid.set(pid, forward));
  return () => byPid.delete(pid);
}

/** Where a client's signals go; nothing when it keeps them. */
export function signalProxy(engine: Engine, pid: number): Forward | undefined {
  return proxies.get(engine)?.get(pid);
}
