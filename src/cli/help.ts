import type { Engine } from '../engine/engine.ts';
import { useLine } from './surface/lines.ts';
import type { SurfaceCommand } from './surface/surface.ts';

/** What `--help` prints. */
export async function helpText(command: SurfaceCommand, _engine: Engine): Promise<string> {
  return `Usage:  ${useLine(command)}\n`;
}
