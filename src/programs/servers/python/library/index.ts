import { BASICS } from './basics.ts';
import { NET } from './net.ts';
import { SYSTEM } from './system.ts';
import { ZEN } from './zen.ts';

/** Sources of the modules that are written in Python, by module; `name.__main__` is what `python -m name` runs. */
export const LIBRARY: Readonly<Record<string, string>> = { ...BASICS, ...SYSTEM, ...NET, this: ZEN, _native: '' };
