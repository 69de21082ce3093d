import { Engine } from '../../../src/engine/engine.ts';
import { directory, type FileNode, regularFile, symbolicLink } from '../../../src/engine/files/node.ts';
import { programTable, toolNames } from '../../../src/programs/index.ts';
import type { Flavour } from '../../../src/programs/tool.ts';

export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

const folder = (entries: Record<string, FileNode> = {}, mode = 0o755) =>
  directory({ mode }, new Map(Object.entries(entries)));

/** Accounts of the base images in which the fixtures were recorded. */
const ACCOUNTS = {
  busybox: {
    passwd:
      'root:x:0:0:root:/root:/bin/sh\nbin:x:1:1:bin:/bin:/sbin/nologin\ndaemon:x:2:2:daemon:/sbin:/sbin/nologin\nguest:x:405:100:guest:/dev/null:/sbin/nologin\nnobody:x:65534:65534:nobody:/:/sbin/nologin\n',
    group: 'root:x:0:root\nbin:x:1:root,bin,daemon\ndaemon:x:2:root,bin,daemon\nusers:x:100:games\nnobody:x:65534:\n',
  },
  gnu: {
    passwd:
      'root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nbin:x:2:2:bin:/bin:/usr/sbin/nologin\nsys:x:3:3:sys:/dev:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n',
    group: 'root:x:0:\ndaemon:x:1:\nbin:x:2:\nsys:x:3:\nadm:x:4:\nnogroup:x:65534:\n',
  },
};

/** A host with the tools of Debian, or of Alpine. */
export function world(flavour: Flavour): Engine {
  const engine = new Engine({ programs: programTable(), now: Date.UTC(2026, 10, 24, 22, 11, 51) });
  const program = (name: string) => regularFile('', { mode: 0o755, size: 1, program: name });
  const busybox = flavour === 'busybox';
  const tools = Object.fromEntries(
    toolNames().map((name) => [name, busybox ? symbolicLink('/bin/busybox') : program('gnu')] as [string, FileNode]),
  );
  const device = (name: string): FileNode => ({
    ...{ type: 'character', device: name, mode: 0o666, uid: 0, gid: 0, mtime: 0 },
  });
  const { passwd, group } = ACCOUNTS[flavour];
  const bin = folder({
    ...tools,
    ...(busybox
      ? { busybox: program('busybox'), sh: symbolicLink('/bin/busybox') }
      : { dash: program('dash'), sh: symbolicLink('dash'), bash: program('bash') }),
  });
  const root = folder({
    ...(busybox ? { bin } : { bin: symbolicLink('usr/bin') }),
    dev: folder({ null: device('null'), zero: device('zero'), urandom: device('urandom') }),
    etc: folder({
      passwd: regularFile(passwd),
      group: regularFile(group),
      hosts: regularFile('127.0.0.1\tlocalhost\n172.19.0.3\tweb1\n'),
    }),
    root: folder(),
    tmp: folder({}, 0o1777),
    w: folder({}, 0o1777),
    proc: folder(),
    usr: folder(busybox ? {} : { bin }),
  });
  engine.state.trees.set('host', root);
  engine.state.trees.set('tmpfs:host:/w', folder({}, 0o1777));
  engine.state.hostnames.set('host', 'box');
  return engine;
}

/** What a command line answers in an empty folder /w on a tmpfs. */
export async function answer(flavour: Flavour, line: string): Promise<Answer> {
  const engine = world(flavour);
  engine.scheduler.patience = 600_000;
  const environment = {
    ...{ PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: '/root', HOSTNAME: 'box' },
    ...{ OLDPWD: '/', PWD: '/w', ...(flavour === 'busybox' ? { SHLVL: '1' } : {}) },
  };
  const pid = engine.startOnHost('/bin/sh', [], '/w', environment);
  const { mounts } = engine.state.processes.get(String(pid))!;
  engine.state.processes.update(String(pid), {
    argv: ['sh', '-c', line],
    mounts: [
      ...mounts,
      { target: '/w', tree: 'tmpfs:host:/w', source: '/', readOnly: false, type: 'tmpfs', limit: 67_108_864 },
    ],
  });
  let stdout = '';
  let stderr = '';
  engine.listen(`host ${pid}`, (stream, bytes) => {
    if (stream === 'stdout') stdout += bytes;
    else stderr += bytes;
  });
  await engine.scheduler.until(() => engine.state.processes.get(String(pid))?.state === 'zombie');
  return { stdout, stderr, status: engine.state.processes.get(String(pid))!.status };
}
