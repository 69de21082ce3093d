import type { Kernel } from '../../engine/process/program.ts';

/**
 * Appends to a log file. Images for containers make theirs a link to /dev/stdout or /dev/stderr, so that it becomes the
 * container's log.
 */
export function appendLog(kernel: Kernel, path: string, text: string): void {
  const node = kernel.files.lstat(path);
  const target = node?.type === 'symlink' ? node.target : path;
  if (target === '/dev/stdout' || target === '/proc/self/fd/1') kernel.output(text);
  else if (target === '/dev/stderr' || target === 'stderr' || target === '/proc/self/fd/2') kernel.error(text);
  else if (target !== '/dev/null' && target !== 'off') kernel.files.write(path, text, { append: true });
}
