import { FileError } from '../../engine/files/errors.ts';
import { dirname, resolve, segments, within } from '../../engine/files/path.ts';
import type { Tool } from '../tool.ts';
import { destination } from './destination.ts';
import { type Invocation, tool, UsageError } from './invocation.ts';
import { type Options, parseOptions } from './options.ts';

export const mv: Tool = tool(
  (call) => {
    const options = call.busybox
      ? parseOptions(call, 'finTt:v')
      : parseOptions(call, 'finTt:vubZS:', {
          long: {
            ...{ force: 'f', verbose: 'v', 'no-clobber': 'n', 'target-directory': 't', 'no-target-directory': 'T' },
            ...{ interactive: 'i', update: 'u::', backup: '::' },
          },
        });
    const target = destination(call, options, 'mv');
    for (const source of target.sources) {
      const to = target.into ? `${target.path.replace(/\/+$/, '')}/${target.nameFor(source)}` : target.path;
      moveOne(call, options, source, to);
    }
  },
  { usage: 'mv [-finT] SOURCE DEST\nmv [-fin] SOURCE... { -t DIRECTORY | DIRECTORY }' },
);

function moveOne(call: Invocation, options: Options, source: string, to: string): undefined {
  const { files } = call.kernel;
  try {
    if (call.busybox) files.lstat(call.path(to));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    const reason = error.code === 'ENOTDIR' ? 'Path has non-directory component' : error.message;
    return call.complain(`can't stat '${to}': ${reason}`);
  }
  const node = call.attempt(
    () => call.stat(source, false),
    (reason) => `can't rename '${source}': ${reason}`,
    (reason) => `cannot stat '${source}': ${reason}`,
  );
  if (!node) return;
  const existing = call.tryStat(to.replace(/(?<=.)\/+$/, ''), false);
  if (existing && options.has('n')) return;
  if (existing && options.has('u') && existing.mtime >= node.mtime) return;
  if (existing && real(call, source) === real(call, to))
    return call.busybox ? undefined : call.complain('', `'${source}' and '${to}' are the same file`);
  if (existing?.type === 'directory' && node.type !== 'directory')
    return call.complain(
      `can't rename '${source}': Is a directory`,
      `cannot overwrite directory '${to}' with non-directory '${source}'`,
    );
  if (existing && existing.type !== 'directory' && node.type === 'directory')
    return call.complain(
      `can't rename '${source}': Not a directory`,
      `cannot overwrite non-directory '${to}' with directory '${source}'`,
    );
  if (node.type === 'directory' && within(real(call, source), real(call, to)))
    return call.complain(
      `can't rename '${source}': Invalid argument`,
      `cannot move '${source}' to a subdirectory of itself, '${to}'`,
    );
  if (existing?.type === 'directory' && existing.entries.size > 0)
    return call.complain(
      `can't rename '${source}': Directory not empty`,
      `cannot overwrite '${to}': Directory not empty`,
    );
  const moved = call.attempt(
    () => {
      if (!existing && to.endsWith('/') && node.type !== 'directory') throw new FileError('ENOTDIR', to);
      files.rename(call.path(source), call.path(to));
      return true;
    },
    (reason) => `can't rename '${source}': ${reason}`,
    (reason) => `cannot move '${source}' to '${to}': ${reason}`,
  );
  if (moved && options.has('v')) call.out(`${call.busybox ? '' : 'renamed '}'${source}' -> '${to}'\n`);
}

/** The path of a name whose last part may be missing, links in its folder followed. */
function real(call: Invocation, name: string): string {
  const path = call.path(name);
  const last = segments(path).at(-1) ?? '';
  try {
    return resolve(call.kernel.files.realpath(dirname(path)), last);
  } catch {
    return resolve('/', path);
  }
}

export const ln: Tool = tool(
  (call) => {
    const options = call.busybox
      ? parseOptions(call, 'sfnbtvS:T')
      : parseOptions(call, 'sfnvrTt:biLPS:', {
          long: {
            ...{ symbolic: 's', force: 'f', 'no-dereference': 'n', verbose: 'v', relative: 'r', interactive: 'i' },
            ...{ 'no-target-directory': 'T', 'target-directory': 't', logical: 'L', physical: 'P', backup: '::' },
          },
        });
    if (options.operands.length === 0) throw new UsageError(call.busybox ? '' : 'missing file operand');
    const target = destination(call, options, 'ln');
    for (const source of target.sources)
      link(
        call,
        options,
        source,
        target.into ? `${target.path.replace(/\/+$/, '')}/${target.nameFor(source)}` : target.path,
      );
  },
  { usage: 'ln [-sfnbtv] [-S SUF] TARGET... LINK|DIR' },
);

function link(call: Invocation, options: Options, source: string, to: string): undefined {
  const { files } = call.kernel;
  const symbolic = options.has('s');
  // `ln -s x` without a second name links into the folder it is in.
  const shown = to.startsWith('./') && options.operands.length === 1 ? to.slice(2) : to;
  const node = symbolic
    ? undefined
    : call.attempt(
        () => call.stat(source, false),
        (reason) => `${source}: ${reason}`,
        (reason) => `failed to access '${source}': ${reason}`,
      );
  if (!symbolic) {
    if (!node) return;
    if (node.type === 'directory')
      return call.complain(`${shown}: Operation not permitted`, `${source}: hard link not allowed for directory`);
  }
  const path = call.path(to);
  const made = call.attempt(
    () => {
      if (options.has('f') && call.tryStat(to, false) && call.tryStat(to, false)?.type !== 'directory')
        files.remove(path);
      const text = options.has('r') ? relativePath(dirname(real(call, to)), real(call, source)) : source;
      // A name that is itself a link is taken, wherever it leads.
      if (files.lstat(path)) throw new FileError('EEXIST', to);
      if (symbolic) files.symlink(text, path);
      else files.place(path, node!);
      return true;
    },
    (reason) => `${shown}: ${reason}`,
    (reason) =>
      `failed to create ${symbolic ? 'symbolic' : 'hard'} link '${shown}'${!symbolic && reason !== 'File exists' ? ` => '${source}'` : ''}: ${reason}`,
  );
  if (made && options.has('v')) call.out(`'${shown}' ${symbolic || call.busybox ? '->' : '=>'} '${source}'\n`);
}

/** How to get from a folder to a path, both absolute. */
export function relativePath(folder: string, path: string): string {
  const from = segments(folder);
  const to = segments(path);
  let same = 0;
  while (same < from.length && from[same] === to[same]) same += 1;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/') || '.';
}
