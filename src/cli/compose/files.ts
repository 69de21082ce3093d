import type { ComposeFiles } from '../../compose/load/loading.ts';
import { decode, encode } from '../../engine/bytes.ts';
import { resolve } from '../../engine/files/path.ts';
import type { Kernel } from '../../engine/process/program.ts';

/** The host's files as the Compose model reads them. */
export function composeFiles(kernel: Kernel): ComposeFiles {
  const { files, cwd } = kernel;
  const at = (path: string) => resolve(cwd, encode(path));
  return {
    read: (path) => {
      const node = files.stat(at(path));
      if (node?.type === 'character') return node.device === 'stdin' ? decode(kernel.wholeInput()) : '';
      return node?.type === 'file' ? decode(files.read(at(path))) : undefined;
    },
    kind: (path) => {
      const node = files.stat(at(path));
      return node === undefined ? undefined : node.type === 'directory' ? 'directory' : 'file';
    },
    stdin: () => decode(kernel.wholeInput()),
  };
}
