import type { Directory, FileNode } from '../../engine/files/node.ts';
import { resolve } from '../../engine/files/path.ts';
import type { Kernel } from '../../engine/process/program.ts';

/** Writes a tree into a folder of the host, over what is there, as `--output type=local` does. */
export function exportFolder({ files, cwd }: Kernel, tree: Directory, destination: string): void {
  const target = resolve(cwd, destination);
  files.mkdirs(target);
  const write = (folder: Directory, path: string): void => {
    for (const [name, node] of folder.entries) {
      const place = resolve(path, name);
      const existing = files.lstat(place);
      if (node.type === 'directory' && existing?.type === 'directory') {
        write(node, place);
        continue;
      }
      if (existing) files.remove(place);
      files.place(place, node as FileNode);
    }
  };
  write(tree, target);
}
