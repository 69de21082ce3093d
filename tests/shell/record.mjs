#!/usr/bin/env node
// Records what real shells answer to the scripts of cases.txt:
//
//   node tests/shell/record.mjs DEBIAN_ROOT ALPINE_ROOT
//
// The first folder is a Debian with bash and dash, the second has BusyBox; both are entered with chroot, and scripts
// run in a folder /tmp/work of theirs. They send signals: run this in a PID and mount namespace of its own, with a tmpfs on
// both /tmp folders (unshare -mpf).
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [debian, alpine] = process.argv.slice(2);
if (!debian || !alpine || debian === '/' || alpine === '/') throw new Error('two folders are needed');
const folder = import.meta.dirname;
const blocks = readFileSync(join(folder, 'cases.txt'), 'utf8')
  .split(/^%%(.*)\n/m)
  .slice(1);
const cases = [];
let bashOnly = false;
for (let at = 0; at < blocks.length; at += 2) {
  if (blocks[at].trim() === 'bash') bashOnly = true;
  cases.push({ script: blocks[at + 1].replace(/\n$/, ''), bashOnly });
}
const shells = [
  ['bash', debian, 'bash'],
  ['dash', debian, 'sh'],
  ['ash', alpine, 'sh'],
];
for (const [flavour, root, name] of shells) {
  const rows = [];
  for (const { script, bashOnly } of cases) {
    if (bashOnly && flavour !== 'bash') continue;
    const work = join(root, 'tmp/work');
    rmSync(work, { recursive: true, force: true });
    mkdirSync(work, { recursive: true });
    const { stdout, stderr, status } = spawnSync(
      '/usr/sbin/chroot',
      [root, '/bin/sh', '-c', 'cd /tmp/work; unset OLDPWD; exec "$0" -c "$1"', name, script],
      { env: { PATH: '/usr/bin:/bin', HOME: '/root' }, input: '', encoding: 'latin1', timeout: 20_000 },
    );
    rows.push({ script, stdout, stderr, status });
  }
  mkdirSync(join(folder, 'fixtures'), { recursive: true });
  const text = rows.map((row) => JSON.stringify(row)).join(',\n');
  writeFileSync(join(folder, 'fixtures', `${flavour}.json`), `[\n${text}\n]\n`);
  console.log(flavour, rows.length);
}
