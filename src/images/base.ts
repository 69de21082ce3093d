import type { Engine } from '../engine/engine.ts';

/** Puts the base images of `../shared/oracle` (stand-ins built from Debian's packages) into an engine. */
export function addBaseImages(_engine: Engine): void {}
