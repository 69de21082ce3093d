import { encode } from '../../../engine/bytes.ts';
import { EngineError } from '../../../engine/errors.ts';
import { FileError } from '../../../engine/files/errors.ts';
import { dirname, resolve } from '../../../engine/files/path.ts';
import { importImage, loadImages, saveImages } from '../../../engine/images/archive.ts';
import { parseNormalized } from '../../../engine/images/reference.ts';
import type { Kernel } from '../../../engine/process/program.ts';
import { CliError, type CommandContext } from '../../command.ts';
import { withChanges } from '../changes.ts';

/** Words of Go's os package for what a kernel refuses. */
function reason({ code }: FileError): string {
  const words: Readonly<Record<string, string>> = {
    ...{ ENOENT: 'no such file or directory', EACCES: 'permission denied', EISDIR: 'is a directory' },
    ...{ ENOTDIR: 'not a directory' },
  };
  return words[code] ?? code;
}

/** A file of the host, or what the client says when it can't be read. */
export function readHostFile({ files, cwd }: Kernel, path: string): string {
  try {
    return files.read(resolve(cwd, encode(path)));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const verb = error.code === 'EISDIR' ? 'read' : 'open';
    throw new CliError(`${verb} ${path}: ${reason(error)}`);
  }
}

/** Throws when no file can be written at a path. */
function checkOutput({ files, cwd }: Kernel, path: string, what: string): void {
  const folder = path.includes('/') ? path.replace(/\/+[^/]*$/, '') || '/' : '.';
  const refuse = (why: string) => new CliError(`failed to ${what}: ${why}`);
  const stat = (at: string) => {
    try {
      return files.stat(at);
    } catch (error) {
      if (error instanceof FileError) return undefined;
      throw error;
    }
  };
  const whole = resolve(cwd, encode(path));
  if (!stat(dirname(whole))) throw refuse(`invalid output path: stat ${folder}: no such file or directory`);
  const type = stat(whole)?.type;
  if (type === 'directory') throw refuse(`cannot write to a directory`);
  if (type === 'character' || type === 'block') throw refuse('cannot write to a character device file');
}

/** `docker save`. */
export function save({ engine, kernel, flags, args }: CommandContext): number {
  const output = flags.string('output');
  if (output === '' && kernel.terminal.stdout)
    throw new CliError('cowardly refusing to save to a terminal. Use the -o flag or redirect');
  if (output !== '') checkOutput(kernel, output, 'save image');
  const platform = flags.string('platform');
  if (platform !== '' && !/^linux(?:\/amd64)?$/.test(platform))
    throw new EngineError(404, `no suitable export target found for platform ${platform}`);
  const archive = saveImages(engine, args);
  if (output === '') kernel.output(archive);
  else kernel.files.write(resolve(kernel.cwd, encode(output)), archive, { mode: 0o600 });
  return 0;
}

/** `docker load`. */
export function load({ engine, kernel, flags, out }: CommandContext): number {
  const input = flags.string('input');
  if (input === '' && kernel.terminal.stdin) throw new CliError('requested load from stdin, but stdin is empty');
  const archive = input === '' ? kernel.wholeInput() : readHostFile(kernel, input);
  try {
    for (const line of loadImages(engine, archive)) out(`${line}\n`);
  } catch (error) {
    // What goes wrong while the daemon unpacks comes in the stream of its progress.
    if (error instanceof EngineError && error.status === 500) throw new CliError(error.message);
    throw error;
  }
  return 0;
}

/** `docker import`. */
export async function importArchive({
  engine,
  kernel,
  flags,
  args: [source = '', reference = ''],
  out,
}: CommandContext): Promise<number> {
  if (reference !== '') parseNormalized(reference);
  if (/^https?:\/\//.test(source))
    throw new CliError(`docker: 'docker import' from an address is not modelled in Stapellauf: ${source}`);
  const archive = source === '-' ? kernel.wholeInput() : readHostFile(kernel, source);
  const message = flags.string('message');
  const changes = flags.list('change');
  const id = importImage(engine, archive, {
    ...(reference === '' ? {} : { reference }),
    ...(message === '' ? {} : { message }),
    ...(changes.length === 0 ? {} : { config: await withChanges({}, changes) }),
  });
  out(`${id}\n`);
  return 0;
}
