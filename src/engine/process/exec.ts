import { FileError } from '../files/errors.ts';
import type { FileSystem } from '../files/filesystem.ts';
import type { RegularFile } from '../files/node.ts';
import { resolve } from '../files/path.ts';
import type { Elevation } from './credentials.ts';
import type { Found, ProgramTable } from './program.ts';

const SCRIPT = /^#![ \t]*([^ \t\n]+)(?:[ \t]+([^\n]*?))?[ \t]*(?:\n|$)/;

/** Finds what a path executes: a modelled program, or the interpreter of a script. */
export function executable(files: FileSystem, path: string, programs: ProgramTable, cwd = '/', depth = 0): Found {
  const absolute = resolve(cwd, path);
  const node = tryStat(files, absolute);
  if (!node) return { status: 127, reason: 'ENOENT' };
  if (node === 'ENOTDIR') return { status: 127, reason: 'ENOTDIR' };
  if (node.type === 'directory') return { status: 126, reason: 'EISDIR' };
  if (node.type !== 'file' || !files.permits(node, 1) || files.mountOf(files.realpath(absolute)).noExec)
    return { status: 126, reason: 'EACCES' };
  const name = absolute.slice(absolute.lastIndexOf('/') + 1);
  if (node.program) {
    const found = programIn(files, absolute, node.program, name, programs);
    if (found) return { path: absolute, ...found, name, prefix: [], ...elevation(files, absolute, node) };
  }
  const script = SCRIPT.exec(node.data);
  if (!script || depth > 3) return { status: 126, reason: 'ENOEXEC', file: absolute };
  const interpreter = executable(files, script[1]!, programs, '/', depth + 1);
  if ('status' in interpreter) return { ...interpreter, file: absolute };
  const option = script[2] ? [script[2]] : [];
  return { ...interpreter, prefix: [...interpreter.prefix, script[1]!, ...option, path] };
}

/** The program in a file; one of several in one file by the name that it was called by, or that its file has. */
function programIn(files: FileSystem, path: string, kind: string, name: string, programs: ProgramTable) {
  const program = programs(kind, name);
  if (program) return { program, programName: kind };
  const real = files.realpath(path);
  const programName = `${kind}:${real.slice(real.lastIndexOf('/') + 1)}`;
  const other = kind.includes(':') ? undefined : programs(programName, name);
  return other && { program: other, programName };
}

/** What set-user-id and set-group-id bits mean where they are heeded. */
function elevation(files: FileSystem, path: string, { mode, uid, gid }: RegularFile): { elevation?: Elevation } {
  if ((mode & 0o6000) === 0 || files.mountOf(files.realpath(path)).options?.includes('nosuid')) return {};
  return { elevation: { ...(mode & 0o4000 ? { uid } : {}), ...(mode & 0o2000 ? { gid } : {}) } };
}

/** Finds a command by path, or by name in a list of folders separated by colons. */
export function findCommand(
  files: FileSystem,
  name: string,
  path: string | undefined,
  programs: ProgramTable,
  cwd: string,
): Found {
  if (name.includes('/')) return executable(files, name, programs, cwd);
  let refused: Found | undefined;
  for (const folder of (path ?? '').split(':')) {
    const found = executable(files, resolve(cwd, `${folder || '.'}/${name}`), programs, cwd);
    if (!('status' in found) || found.file !== undefined) return found;
    if (found.reason !== 'ENOENT' && found.reason !== 'EISDIR' && found.reason !== 'ENOTDIR') refused ??= found;
  }
  return refused ?? { status: 127, reason: 'ENOENT' };
}

function tryStat(files: FileSystem, path: string) {
  try {
    return files.stat(path);
  } catch (error) {
    return error instanceof FileError && error.code === 'ENOTDIR' ? error.code : undefined;
  }
}
