import type { ComposeFiles } from '../../compose/load/loading.ts';
import { decode, encode } from '../../engine/bytes.ts';
import type { Kernel } from '../../engine/process/program.ts';

/** The host's files as the Compose model reads them. */
export function composeFiles(kernel: Kernel): ComposeFiles {
  return {
    read: (path) => {
      const node = kernel.files.stat(encode(path));
      return node?.type === 'file' ? decode(kernel.files.read(encode(path))) : undefined;
    },
    kind: (path) => {
      const node = kernel.files.stat(encode(path));
      return node === undefined ? undefined : node.type === 'directory' ? 'directory' : 'file';
    },
    stdin: () => decode(kernel.wholeInput()),
  };
}
