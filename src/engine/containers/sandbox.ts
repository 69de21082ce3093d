import { sha256Hex } from '../digest.ts';

/** Hexadecimal digits that belong to a name: ids that the real engine draws and nobody looks up. */
export function hexOf(name: string, digits: number): string {
  return sha256Hex(name).slice(0, digits);
}
