import { encode } from '../../../engine/bytes.ts';
import { containerEvent } from '../../../engine/containers/event.ts';
import { findContainer } from '../../../engine/containers/find.ts';
import { directory } from '../../../engine/files/node.ts';
import { dirname, resolve } from '../../../engine/files/path.ts';
import { exportTree } from '../../../engine/images/archive.ts';
import { CliError, type CommandContext } from '../../command.ts';
import { checkRef } from './errors.ts';
import { exists } from './output-path.ts';

/** `docker export`: a container's own files, without volumes, as an archive. */
export function exportContainer({ engine, kernel, flags, args }: CommandContext): number {
  const [ref = ''] = args;
  const output = flags.string('output');
  if (output === '' && kernel.terminal.stdout)
    throw new CliError('cowardly refusing to save to a terminal. Use the -o flag or redirect');
  const path = resolve(kernel.cwd, encode(output));
  if (output !== '') {
    const folder = output.includes('/') ? output.replace(/\/[^/]*$/, '') || '/' : '.';
    const node = exists(() => kernel.files.stat(dirname(path)));
    if (!node)
      throw new CliError(`failed to export container: invalid output path: stat ${folder}: no such file or directory`);
    const { type } = exists(() => kernel.files.stat(path)) ?? {};
    if (type === 'directory') throw new CliError('failed to export container: cannot write to a directory');
    if (type === 'character') throw new CliError('failed to export container: cannot write to a character device file');
  }
  checkRef(ref);
  const container = findContainer(engine, ref);
  const archive = exportTree(engine.state.trees.get(`container:${container.id}`) ?? directory());
  containerEvent(engine, container, 'export');
  if (output === '') kernel.output(archive);
  else kernel.files.write(path, archive, { mode: 0o600 });
  return 0;
}
