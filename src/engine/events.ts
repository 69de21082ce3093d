/** Something that happened (Engine API, /events). */
export interface EngineEvent {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly type:
    | 'container'
    | 'image'
    | 'volume'
    | 'network'
    | 'builder'
    | 'service'
    | 'node'
    | 'secret'
    | 'config'
    | 'daemon';
  readonly action: string;
  readonly id: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly scope: 'local' | 'swarm';
}

/** The engine's memory of events: as the real one, it forgets all but the last. */
export const EVENTS_KEPT = 256;
