import { encode } from '../engine/bytes.ts';
import { HOST_DEVICES, hostDevice } from '../engine/containers/root.ts';
import type { Engine } from '../engine/engine.ts';
import { type Directory, directory, type FileNode, regularFile, symbolicLink } from '../engine/files/node.ts';
import { HOST_TOOLS } from './host-tools.ts';

/** The folder in which a session begins. */
export const LAB = '/root/lab';

/** What a login as root has in its environment. */
export const ENVIRONMENT: Readonly<Record<string, string>> = {
  HOME: '/root',
  LANG: 'C.UTF-8',
  PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
  SHELL: '/bin/bash',
  TERM: 'xterm',
  OLDPWD: '/',
};

const PASSWD = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
`;
const GROUP = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:
tty:x:5:
disk:x:6:
www-data:x:33:
users:x:100:
nogroup:x:65534:
docker:x:999:
`;
/** Nobody has a password. */
const SHADOW = PASSWD.replace(/^(\w[\w-]*):.*$/gm, '$1:*:20000:0:99999:7:::');
const OS_RELEASE = `PRETTY_NAME="Debian GNU/Linux 13 (trixie)"
NAME="Debian GNU/Linux"
VERSION_ID="13"
VERSION="13 (trixie)"
VERSION_CODENAME=trixie
ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"
`;
/** Bytes of the shells, of docker, and of a tool of usual size. */
const SIZES = { bash: 1_298_416, dash: 129_736, docker: 40_378_912, gnu: 68_496 };

/** Lays out the files of the modelled host: a small Debian with Docker. */
export function furnishHost(engine: Engine, files: Readonly<Record<string, string>> = {}): void {
  const mtime = engine.state.now;
  const folder = (entries: Readonly<Record<string, FileNode>> = {}, mode = 0o755) =>
    directory({ mode, mtime }, new Map(Object.entries(entries)));
  const text = (data: string, mode = 0o644) => regularFile(data, { mode, mtime });
  const program = (name: keyof typeof SIZES) =>
    regularFile('', { mode: 0o755, mtime, size: SIZES[name], program: name });
  const device = (name: string): FileNode => ({
    ...{ type: 'character', device: name, mode: 0o666, uid: 0, gid: 0, mtime },
  });
  const tools = HOST_TOOLS.map((name): [string, FileNode] => [name, program('gnu')]);
  const bin = folder({
    ...Object.fromEntries(tools),
    ...{ bash: program('bash'), dash: program('dash'), sh: symbolicLink('dash', { mtime }), docker: program('docker') },
  });
  const link = (target: string) => symbolicLink(target, { mtime });
  const root: Directory = folder({
    ...{ bin: link('usr/bin'), sbin: link('usr/sbin'), lib: link('usr/lib'), lib64: link('usr/lib64') },
    dev: folder({
      ...Object.fromEntries(HOST_DEVICES.map((name) => [name, hostDevice(name, mtime)])),
      ...Object.fromEntries(['null', 'zero', 'full', 'random', 'urandom', 'tty'].map((name) => [name, device(name)])),
      ...{ fd: folder(), shm: folder({}, 0o1777) },
    }),
    etc: folder({
      ...{
        passwd: text(PASSWD),
        group: text(GROUP),
        shadow: text(SHADOW, 0o640),
        hostname: text('docker\n'),
        'os-release': text(OS_RELEASE),
      },
      ...{ hosts: text('127.0.0.1\tlocalhost\n127.0.1.1\tdocker\n'), 'resolv.conf': text('nameserver 192.0.2.1\n') },
      ...{ debian_version: text('13.2\n'), docker: folder(), shells: text('/bin/sh\n/bin/bash\n/bin/dash\n') },
    }),
    ...{ boot: folder(), home: folder(), media: folder(), mnt: folder(), opt: folder(), srv: folder() },
    ...{ proc: folder({}, 0o555), sys: folder({}, 0o555), tmp: folder({}, 0o1777) },
    root: folder({ lab: folder() }, 0o700),
    run: folder({
      'docker.sock': { type: 'socket', device: 'docker.sock', mode: 0o660, uid: 0, gid: 999, mtime },
    }),
    usr: folder({
      ...{ bin, sbin: folder(), lib: folder(), lib64: folder(), share: folder() },
      local: folder({ bin: folder(), sbin: folder(), lib: folder() }),
    }),
    var: folder({
      ...{ run: link('/run'), log: folder(), tmp: folder({}, 0o1777) },
      lib: folder({ docker: folder({ volumes: folder({}, 0o701) }, 0o710) }),
    }),
  });
  engine.state.trees.set('host', root);
  const host = engine.hostFiles();
  for (const [path, data] of Object.entries(files)) {
    const target = encode(`${LAB}/${path}`);
    host.mkdirs(target.slice(0, target.lastIndexOf('/')));
    host.write(target, encode(data));
  }
}
