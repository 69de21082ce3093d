import type { Kernel } from '../../../engine/process/program.ts';
import type { Package } from './catalogue.ts';

/** Puts the commands of a package into the file system. */
export function placeCommands(kernel: Kernel, entry: Package): undefined {
  const { files } = kernel;
  for (const [path, program] of Object.entries(entry.commands)) {
    files.mkdirs(path.slice(0, path.lastIndexOf('/')));
    if (files.lstat(path)) files.remove(path);
    files.write(path, '', { mode: 0o755, size: entry.installed * 512, ...(program === '' ? {} : { program }) });
  }
}

/** Whether servers on the internet can be reached from here. */
export function online(kernel: Kernel): boolean {
  return kernel.network.interfaces().some(({ gateway }) => gateway !== '');
}
