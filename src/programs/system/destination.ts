import { basename } from '../../engine/files/path.ts';
import { type Invocation, UsageError } from './invocation.ts';
import type { Options } from './options.ts';

/** Where cp, mv, ln and install put what they are given. */
export interface Target {
  readonly sources: readonly string[];
  readonly path: string;
  /** The path is a folder: each source goes into it under its own name. */
  readonly into: boolean;
  nameFor(source: string): string;
}

/** The last operand, or `-t DIR`, as target. Throws UsageError for too few operands, Failure for a target of several sources that is no folder. */
export function destination(call: Invocation, options: Options, what: 'cp' | 'mv' | 'ln' | 'install'): Target {
  const operands = [...options.operands];
  const folder = options.value('t');
  const path = folder ?? operands.pop();
  if (path === undefined || (operands.length === 0 && what !== 'ln')) {
    if (call.busybox) throw new UsageError();
    if (path === undefined || folder !== undefined) throw new UsageError('missing file operand');
    throw new UsageError(`missing destination file operand after '${path}'`);
  }
  if (operands.length === 0) return { sources: [path], path: '.', into: true, nameFor };
  const node = call.tryStat(path, !options.has('n') || what !== 'ln');
  const isFolder = node?.type === 'directory';
  const several = operands.length > 1 || folder !== undefined;
  if (options.has('T')) {
    if (several && folder === undefined) throw new UsageError(call.busybox ? '' : `extra operand '${operands[1]}'`);
    return { sources: operands, path, into: false, nameFor };
  }
  if (several && !isFolder && !call.busybox)
    throw call.failure('', `target '${path}': ${node ? 'Not a directory' : 'No such file or directory'}`);
  return { sources: operands, path, into: isFolder || several, nameFor };
}

function nameFor(source: string): string {
  const last = source.replace(/\/+$/, '').split('/').at(-1) ?? '';
  if (last === '.' || last === '') return '';
  return last === '..' ? '' : basename(source);
}
