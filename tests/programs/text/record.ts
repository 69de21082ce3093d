/**
 * Records what real tools answer to the cases in cases/*.txt:
 *
 *     node tests/programs/text/record.ts gnu=/path/of/a/debian/root busybox=/path/of/an/alpine/root [AREA …]
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Flavour } from '../../../src/programs/tool.ts';
import { FILES, parseCase } from './harness.ts';

const folder = import.meta.dirname;
const roots: Partial<Record<Flavour, string>> = {};
const areas: string[] = [];
for (const word of process.argv.slice(2)) {
  const [key, value] = word.split('=');
  if (value) roots[key as Flavour] = value;
  else areas.push(word);
}

function prepare(root: string): void {
  rmSync(join(root, 'tmp/t'), { recursive: true, force: true });
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, 'tmp/t', path)), { recursive: true });
    writeFileSync(join(root, 'tmp/t', path), text);
  }
}

for (const file of readdirSync(join(folder, 'cases')).filter((name) => name.endsWith('.txt'))) {
  const area = file.replace('.txt', '');
  if (areas.length > 0 && !areas.includes(area)) continue;
  const lines = readFileSync(join(folder, 'cases', file), 'utf8').split('\n');
  const recorded: Record<string, unknown>[] = [];
  for (const line of lines) {
    if (line === '' || line.startsWith('# ')) continue;
    for (const [flavour, root] of Object.entries(roots)) {
      const only = /^(gnu|busybox): /.exec(line)?.[1];
      if (only && only !== flavour) continue;
      const { argv, stdin } = parseCase(line.replace(/^(gnu|busybox): /, ''));
      prepare(root);
      const words = flavour === 'busybox' ? ['busybox', ...argv] : argv;
      const { stdout, stderr, status } = spawnSync(
        'chroot',
        [root, 'env', '-i', '-C', '/tmp/t', 'PATH=/usr/bin:/bin', ...words]
          .filter((w) => flavour === 'gnu' || (w !== '-C' && w !== '/tmp/t'))
          .flatMap((w) =>
            flavour === 'busybox' && w === 'PATH=/usr/bin:/bin' ? [w, 'sh', '-c', 'cd /tmp/t && exec "$@"', 'sh'] : [w],
          ),
        {
          input: stdin,
          timeout: 5000,
        },
      );
      recorded.push({ flavour, line, out: stdout.toString(), err: stderr.toString(), status });
    }
  }
  writeFileSync(join(folder, 'cases', `${area}.json`), `[\n${recorded.map((r) => JSON.stringify(r)).join(',\n')}\n]\n`);
  console.log(area, recorded.length);
}
