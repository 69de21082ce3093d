import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build, type Metafile } from 'esbuild';

/** Bytes of a bundle: what is loaded at once, and what only some commands load. */
export interface Weight {
  readonly raw: number;
  readonly brotli: number;
  readonly lazy: number;
}

/** What an entry weighs for a browser: minified, split where it loads on demand, each file compressed by Brotli. */
export async function weigh(source: string): Promise<Weight> {
  const folder = mkdtempSync(join(tmpdir(), 'weight-'));
  const { metafile } = await build({
    stdin: { contents: source, resolveDir: process.cwd(), loader: 'ts' },
    ...{
      bundle: true,
      minify: true,
      format: 'esm',
      splitting: true,
      outdir: folder,
      metafile: true,
      logLevel: 'error',
    },
  });
  const { outputs } = metafile;
  const entry = Object.keys(outputs).find((name) => outputs[name]!.entryPoint === '<stdin>')!;
  const atOnce = reachable(outputs, entry);
  const size = (name: string) => brotliCompressSync(readFileSync(name)).length;
  const sum = (names: Iterable<string>, measure: (name: string) => number) =>
    [...names].reduce((total, name) => total + measure(name), 0);
  return {
    raw: sum(atOnce, (name) => outputs[name]!.bytes),
    brotli: sum(atOnce, size),
    lazy: sum(
      Object.keys(outputs).filter((name) => !atOnce.has(name)),
      size,
    ),
  };
}

function reachable(outputs: Metafile['outputs'], entry: string): Set<string> {
  const found = new Set<string>();
  const open = [entry];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue;
    found.add(name);
    for (const { kind, path } of outputs[name]!.imports) if (kind === 'import-statement') open.push(path);
  }
  return found;
}

/** The engine with its command line, without the shell, the programs and the images of containers. */
export const CORE = `
  export { Engine } from './src/engine/engine.ts';
  export { containerHooks } from './src/engine/containers/hooks.ts';
  export { swarmHooks } from './src/engine/swarm/hooks.ts';
  export { addDefaultNetworks } from './src/engine/networks/manage.ts';
  export { dockerProgram } from './src/cli/docker.ts';`;

export const SESSION = `export { createSession } from './src/session/session.ts';`;
