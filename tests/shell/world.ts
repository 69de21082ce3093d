import { Engine } from '../../src/engine/engine.ts';
import { directory, type FileNode, regularFile, symbolicLink } from '../../src/engine/files/node.ts';
import { programTable, toolNames } from '../../src/programs/index.ts';

export type Flavour = 'bash' | 'dash' | 'ash';

export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

const folder = (entries: Record<string, FileNode> = {}) => directory({}, new Map(Object.entries(entries)));

/** A host that has the shells and tools of a Debian, or BusyBox's. */
function world(flavour: Flavour): Engine {
  const engine = new Engine({ programs: programTable() });
  const family = flavour === 'ash' ? 'busybox' : 'gnu';
  const program = (name: string) => regularFile('', { mode: 0o755, size: 1, program: name });
  const names = toolNames().filter((name) => name !== '[[' || flavour === 'ash');
  const tools = Object.fromEntries(names.map((name) => [name, program(family)]));
  const shells =
    flavour === 'ash'
      ? { sh: program('busybox') }
      : { bash: program('bash'), dash: program('dash'), sh: symbolicLink('dash') };
  const device = (name: string): FileNode => ({
    ...{ type: 'character', device: name, mode: 0o666, uid: 0, gid: 0, mtime: 0 },
  });
  const root = folder({
    bin: symbolicLink('usr/bin'),
    dev: folder({ null: device('null'), fd: folder() }),
    etc: folder({ passwd: regularFile('root:x:0:0:root:/root:/bin/sh\n') }),
    root: folder(),
    tmp: folder({ work: folder() }),
    usr: folder({ bin: folder({ ...tools, ...shells }) }),
  });
  engine.state.trees.set('host', root);
  return engine;
}

/** What a shell answers to `-c SCRIPT` in an empty folder, with the environment of the recordings. */
export async function shell(flavour: Flavour, script: string): Promise<Answer> {
  const engine = world(flavour);
  engine.scheduler.patience = 60_000;
  const environment = { PATH: '/usr/bin:/bin', HOME: '/root', PWD: '/tmp/work' };
  const pid = engine.startOnHost('/bin/sh', [], '/tmp/work', environment);
  const name = flavour === 'bash' ? 'bash' : 'sh';
  const change = flavour === 'bash' ? { program: 'bash', executable: '/usr/bin/bash' } : { executable: '/usr/bin/sh' };
  engine.state.processes.update(String(pid), { ...change, argv: [name, '-c', script] });
  let stdout = '';
  let stderr = '';
  engine.listen(`host ${pid}`, (stream, bytes) => {
    if (stream === 'stdout') stdout += bytes;
    else stderr += bytes;
  });
  await engine.scheduler.until(() => engine.state.processes.get(String(pid))?.state === 'zombie');
  return { stdout, stderr, status: engine.state.processes.get(String(pid))!.status };
}
