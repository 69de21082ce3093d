import type { Lab } from '../../live/lab.ts';
import type { Explored, Move } from '../explorable.ts';
import { Recorder } from '../record.ts';

/** Acts that are forbidden to somebody, each with what it takes: a capability, or rights on a file. */
export const ACTS = [
  { name: 'write', command: 'touch /usr/bin/tool', needs: '' },
  { name: 'chown', command: 'chown 1000 /tmp', needs: 'CHOWN' },
  { name: 'su', command: 'su -s /bin/sh nobody -c id', needs: 'SETUID, SETGID' },
  { name: 'ping', command: 'ping -c 1 127.0.0.1', needs: 'NET_RAW' },
  { name: 'port', command: "sh -c 'nc -l -p 80 & sleep 1; netstat -ltn | grep :80'", needs: '' },
  { name: 'chroot', command: 'chroot / true', needs: 'SYS_CHROOT' },
  { name: 'mknod', command: 'mknod /tmp/null c 1 3', needs: 'MKNOD' },
  { name: 'link', command: 'ip link set lo down', needs: 'NET_ADMIN' },
  { name: 'mount', command: 'mount -t tmpfs none /mnt', needs: 'SYS_ADMIN' },
  { name: 'hostname', command: 'hostname other', needs: 'SYS_ADMIN' },
  { name: 'date', command: 'date -s 12:00', needs: 'SYS_TIME' },
] as const;

export type ActName = (typeof ACTS)[number]['name'];

/** Capabilities that a reader can give. */
export const GIVEN = ['CHOWN', 'NET_RAW', 'NET_ADMIN', 'SYS_ADMIN', 'SYS_TIME'] as const;

/** Switches besides the user and `--cap-add`, by the name of their control. */
export const SWITCHES = { drop: '--cap-drop ALL', readonly: '--read-only', privileged: '--privileged' } as const;

export interface CapabilitiesState extends Explored {
  readonly flags: readonly string[];
  readonly results: readonly {
    readonly name: ActName;
    readonly command: string;
    readonly needs: string;
    readonly allowed: boolean;
    readonly message: string;
  }[];
  /** The mask that the kernel shows. */
  readonly mask: string;
}

/** Input: options of `docker run`, one a line. */
export function start(lab: Lab, input: string): Promise<CapabilitiesState> {
  return show(
    lab,
    input
      .split('\n')
      .map((line) => line.trim())
      .filter(Boolean),
  );
}

export function move(lab: Lab, _state: CapabilitiesState, { fields }: Move): Promise<CapabilitiesState> {
  const set = (name: string) => (fields[name] ?? '') !== '';
  return show(lab, [
    ...(set('user') ? [`-u ${fields['user']}`] : []),
    ...Object.entries(SWITCHES).flatMap(([name, option]) => (set(name) ? [option] : [])),
    ...GIVEN.filter(set).map((name) => `--cap-add ${name}`),
  ]);
}

/** Each act in a container of its own, so that none sees what another one did; what it did to the host is undone. */
async function show(lab: Lab, flags: readonly string[]): Promise<CapabilitiesState> {
  lab.reset();
  const record = new Recorder(lab);
  const run = ['docker run --rm', ...flags, 'alpine:3.22'].join(' ');
  const results: CapabilitiesState['results'][number][] = [];
  for (const act of ACTS) {
    const before = lab.session.snapshot();
    const { output, exitCode } = await record.act(`${run} ${act.command}`);
    lab.session.restore(before);
    const message = exitCode === 0 ? '' : (output.trimEnd().split('\n').at(-1) ?? '');
    results.push({ ...act, allowed: exitCode === 0, message });
  }
  const { output } = await record.look(`${run} grep CapEff /proc/self/status`);
  return { flags, results, mask: output.replace(/^CapEff:\s*/, '').trim(), log: record.log, before: 0 };
}
