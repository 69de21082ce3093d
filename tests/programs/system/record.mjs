#!/usr/bin/env node
// Records what the real tools answer to the lines of cases.txt:
//
//   unshare -mpfun --mount-proc node tests/programs/system/record.mjs DEBIAN_ROOT ALPINE_ROOT
//
// The folders are file systems of the base images (docker export), entered with chroot; each line runs in an empty folder
// /w of theirs, which must be a tmpfs. The host name must be `box`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [debian, alpine] = process.argv.slice(2);
if (!debian || !alpine || debian === '/' || alpine === '/') throw new Error('two folders are needed');
const folder = import.meta.dirname;
const lines = readFileSync(join(folder, 'cases.txt'), 'utf8').split('\n').filter(Boolean);
const env = {
  ...{ PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', HOSTNAME: 'box' },
};
mkdirSync(join(folder, 'fixtures'), { recursive: true });
for (const [flavour, root] of [
  ['gnu', debian],
  ['busybox', alpine],
]) {
  const rows = lines.map((line) => {
    const work = join(root, 'w');
    for (const name of readdirSync(work)) rmSync(join(work, name), { recursive: true, force: true });
    const script = `cd /w; unset OLDPWD; exec sh -c "$0"`;
    const { stdout, stderr, status } = spawnSync('/usr/sbin/chroot', [root, '/bin/sh', '-c', script, line], {
      ...{ env, input: '', encoding: 'latin1', timeout: 20_000 },
    });
    return JSON.stringify({ line, stdout, stderr, status });
  });
  writeFileSync(join(folder, 'fixtures', `${flavour}.json`), `[\n${rows.join(',\n')}\n]\n`);
  console.log(flavour, rows.length);
}
