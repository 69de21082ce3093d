import { dockerProgram } from '../../src/cli/docker.ts';
import { decode, encode } from '../../src/engine/bytes.ts';
import { Engine } from '../../src/engine/engine.ts';
import { directory, regularFile } from '../../src/engine/files/node.ts';
import { HOST_ROOT } from '../../src/engine/process/credentials.ts';
import { executable } from '../../src/engine/process/exec.ts';

/** Where the client finds its engine. */
const SOCKET = { type: 'socket', device: 'docker.sock', mode: 0o660, uid: 0, gid: 0, mtime: 0 } as const;

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
  readonly status: number;
}

/** A host with nothing but the client, to test the client without a shell. */
export class ClientHost {
  readonly engine: Engine;

  constructor(prepare: (engine: Engine) => void = () => {}) {
    this.engine = new Engine({
      programs: (name) => (name === 'docker' ? dockerProgram(() => this.engine) : undefined),
    });
    const client = regularFile('', { mode: 0o755, size: 1, program: 'docker' });
    this.engine.state.trees.set(
      'host',
      directory(
        {},
        new Map([
          ['usr', directory({}, new Map([['docker', client]]))],
          ['lab', directory()],
          ['var', directory({}, new Map([['run', directory({}, new Map([['docker.sock', SOCKET]]))]]))],
        ]),
      ),
    );
    prepare(this.engine);
  }

  /** Runs `docker` with the words of a line; quotes keep words together. */
  async docker(line: string, input = ''): Promise<Printed> {
    const words = [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '');
    return this.call(words, input);
  }

  async call(words: readonly string[], input = ''): Promise<Printed> {
    const { engine } = this;
    const found = executable(engine.hostFiles(), '/usr/docker', engine.programs, '/');
    if ('status' in found) throw new Error('no client');
    const pid = engine.state.nextPid;
    const printed = { stdout: '', stderr: '' };
    const stop = engine.listen(`host ${pid}`, (stream, bytes) => {
      printed[stream] += bytes;
    });
    engine.scheduler.start({
      ...{ container: '', uts: 'host', netns: 'host', pidns: 'host', session: `host ${pid}`, tty: false, cwd: '/lab' },
      ...{ argv: ['docker', ...words].map(encode), executable: found.path, program: found.programName },
      ...{ environment: { HOME: '/root' }, credentials: HOST_ROOT, mounts: this.#mounts() },
      ...{ input, inputEnded: true },
    });
    await engine.scheduler.until(() => engine.state.processes.get(String(pid))?.state === 'zombie');
    const status = engine.state.processes.get(String(pid))!.status;
    engine.state.processes.delete(String(pid));
    stop();
    return { stdout: decode(printed.stdout), stderr: decode(printed.stderr), status };
  }

  #mounts() {
    return [{ target: '/', tree: 'host', source: '/', readOnly: false, type: 'ext4' as const }];
  }
}
