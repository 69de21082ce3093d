import { findContainer } from '../../../engine/containers/find.ts';
import { startContainer } from '../../../engine/containers/start.ts';
import type { Engine } from '../../../engine/engine.ts';
import { CliError, type CommandContext } from '../../command.ts';
import { createFrom, readRequest, refused } from './create.ts';
import { withErrors } from './errors.ts';
import { attachTo, checkTty, converse } from './streams.ts';

/** `docker run`. */
export async function run(context: CommandContext): Promise<number> {
  const { engine, flags, kernel } = context;
  const asked = await withErrors(() => readRequest(context), refused);
  const detach = flags.boolean('detach');
  if (detach) {
    if (flags.changed('attach')) throw new CliError('conflicting options: cannot specify both --attach and --detach');
  } else checkTty(kernel, asked.config.AttachStdin === true, asked.config.Tty === true);
  const detached = { AttachStdin: false, AttachStdout: false, AttachStderr: false, StdinOnce: false };
  const request = detach ? { ...asked, config: { ...asked.config, ...detached } } : asked;
  const id = await withErrors(() => createFrom(context, request), startFailure);
  const { AttachStdin = false, AttachStdout = false, AttachStderr = false } = request.config;
  if (detach) context.out(`${id}\n`);
  if (detach) {
    await withErrors(() => startContainer(engine, id), startFailure);
    return 0;
  }
  const wanted = { stdout: AttachStdout, stderr: AttachStderr };
  const output = attachTo(context, findContainer(engine, id), wanted);
  const end = new ContainerEnd(engine, id, flags.boolean('rm'));
  try {
    await withErrors(() => startContainer(engine, id), startFailure);
    const pid = engine.state.containers.get(id)?.state.pid;
    await converse(context, output, {
      ended: () => end.reached,
      ...(AttachStdin ? { inputTo: () => pid } : {}),
      ...(AttachStdin && engine.state.containers.get(id)?.config.Tty ? { terminal: `container ${id}` } : {}),
      ...(flags.boolean('sig-proxy') ? { signalsTo: id } : {}),
    });
    return end.exitCode ?? 0;
  } finally {
    end.close();
    output.close();
  }
}

/** The next end of a container, and that it is gone when its end removes it. */
export class ContainerEnd {
  readonly #engine: Engine;
  readonly #id: string;
  readonly #removed: boolean;
  readonly #stop: () => void;
  exitCode: number | undefined;

  constructor(engine: Engine, id: string, removed: boolean) {
    this.#engine = engine;
    this.#id = id;
    this.#removed = removed;
    this.#stop = engine.observe((event) => {
      if (event.type === 'container' && event.id === id && event.action === 'die')
        this.exitCode ??= Number(event.attributes['exitCode']);
    });
  }

  get reached(): boolean {
    const there = this.#engine.state.containers.has(this.#id);
    return (this.exitCode !== undefined && !(this.#removed && there)) || !there;
  }

  close(): void {
    this.#stop();
  }
}

/** The exit status that says why a container did not start (docker/cli, toStatusError). */
function startFailure(message: string): CliError {
  const missing = ['executable file not found', 'no such file or directory', 'system cannot find the file specified'];
  const refusedBy = ['permission denied', 'is a directory'];
  const says = (words: readonly string[]) => words.some((word) => message.includes(word));
  return new CliError(message, says(missing) ? 127 : says(refusedBy) ? 126 : 125, 'pointer');
}
