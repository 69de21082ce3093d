import { decode, encode } from '../../../engine/bytes.ts';
import { resolve } from '../../../engine/files/path.ts';
import { CONSTANTS } from './constants.ts';
import { PythonSyntaxError } from './lexer.ts';
import { LIBRARY } from './library/index.ts';
import type { Machine } from './machine.ts';
import { NATIVES } from './natives.ts';
import { findAttribute } from './objects.ts';
import { STANDARD } from './standard.ts';
import { syntaxErrorValue } from './traceback.ts';
import { type } from './types.ts';
import { builtin, is, type ModuleObj, PyError, type Value } from './value.ts';

/** Loads a module, then leaves it (or the package that it lies in, when not `whole`) on the stack. */
export function importModule(vm: Machine, dotted: string, whole: boolean): void {
  const name = dotted.startsWith('.') ? absolute(vm, dotted) : dotted;
  const parts = name.split('.');
  for (let count = 1; count <= parts.length; count += 1) {
    const prefix = parts.slice(0, count).join('.');
    if (vm.state.modules.has(prefix)) continue;
    const { frame } = vm;
    // The instruction is repeated once the module has been loaded.
    if (load(vm, prefix)) {
      frame.ip -= 1;
      return;
    }
  }
  vm.frame.stack.push(vm.state.modules.get(whole ? name : parts[0]!)!);
}

function absolute(vm: Machine, dotted: string): string {
  const dots = /^\.+/.exec(dotted)![0].length;
  const own = vm.frame.globals.get('__package__');
  if (typeof own !== 'string' || own === '')
    throw vm.error('ImportError', 'attempted relative import with no known parent package');
  const base = own.split('.').slice(0, own.split('.').length - dots + 1);
  const rest = dotted.slice(dots);
  return [...base, ...(rest === '' ? [] : [rest])].join('.');
}

/** Makes a module known; true when its body has to run first. */
function load(vm: Machine, name: string): boolean {
  const parent = name.includes('.') ? vm.state.modules.get(name.slice(0, name.lastIndexOf('.'))) : undefined;
  const module: ModuleObj = { t: 'module', name, attrs: new Map<string, Value>([['__name__', name]]) };
  const keep = () => {
    vm.state.modules.set(name, module);
    parent?.attrs.set(name.slice(name.lastIndexOf('.') + 1), module);
  };
  const user = find(vm, name, parent);
  if (user) {
    module.attrs.set('__file__', user.file);
    module.attrs.set('__package__', user.isPackage ? name : name.slice(0, Math.max(0, name.lastIndexOf('.'))));
    if (user.isPackage) module.attrs.set('__path__', user.file.slice(0, user.file.lastIndexOf('/')));
    let code: string;
    try {
      code = vm.unit({ file: user.file, source: user.source, shown: true });
    } catch (error) {
      if (error instanceof PythonSyntaxError) throw new PyError(syntaxErrorValue(vm, error, user.file, user.source));
      throw error;
    }
    keep();
    vm.enter(code, module.attrs, { after: 'drop' });
    return true;
  }
  const prefix = `${name}.`;
  const natives = Object.keys(NATIVES).filter(
    (key) => key.startsWith(prefix) && !key.slice(prefix.length).includes('.') && STANDARD.has(name),
  );
  const source = LIBRARY[name];
  const constants = CONSTANTS[name];
  if (natives.length === 0 && source === undefined && constants === undefined) throw notFound(vm, name, parent);
  for (const key of natives) module.attrs.set(key.slice(prefix.length), builtin(key));
  for (const [key, value] of Object.entries(constants?.(vm) ?? {})) module.attrs.set(key, value);
  keep();
  if (source === undefined) return false;
  vm.enter(vm.unit({ file: `<library ${name}>`, source, shown: false }), module.attrs, { after: 'drop' });
  return true;
}

function notFound(vm: Machine, name: string, parent: ModuleObj | undefined): PyError {
  const top = name.split('.')[0]!;
  if (STANDARD.has(name) || (STANDARD.has(top) && !parent))
    return vm.error('ImportError', `not modelled in Stapellauf: the module ${name}`);
  const isPackage = !parent || parent.attrs.has('__path__');
  const exception = vm.exception(type('ModuleNotFoundError'), [
    isPackage ? `No module named '${name}'` : `No module named '${name}'; '${parent!.name}' is not a package`,
  ]);
  exception.attrs.set('name', name);
  return new PyError(exception);
}

/** A module of the user's own, in the folder of the script or where PYTHONPATH leads. */
function find(vm: Machine, name: string, parent: ModuleObj | undefined) {
  const path = parent?.attrs.get('__path__');
  if (parent && typeof path !== 'string') return undefined;
  const last = name.slice(name.lastIndexOf('.') + 1);
  const sys = vm.state.modules.get('sys')?.attrs.get('path');
  const folders = typeof path === 'string' ? [path] : is(sys, 'list') ? sys.v.map(String) : [];
  const { files, cwd } = vm.kernel;
  for (const folder of folders) {
    if (folder.startsWith('/usr/lib/python3')) continue;
    const base = resolve(cwd, encode(folder === '' ? '.' : folder));
    const at = base === '/' ? '' : base;
    for (const [file, isPackage] of [
      [`${at}/${last}/__init__.py`, true],
      [`${at}/${last}.py`, false],
    ] as const)
      if (files.stat(file)?.type === 'file') return { file: decode(file), source: decode(files.read(file)), isPackage };
  }
  return undefined;
}

/** `from module import name`. */
export function importFrom(vm: Machine, module: Value, name: string): Value {
  const found = findAttribute(vm, module, name);
  if (found !== undefined) return found;
  if (is(module, 'module')) {
    const full = `${module.name}.${name}`;
    const known = vm.state.modules.get(full);
    if (known) return known;
    if (module.attrs.has('__path__') && find(vm, full, module)) {
      const base = vm.frames.length;
      load(vm, full);
      vm.runTo(base);
      return vm.state.modules.get(full)!;
    }
    const file = module.attrs.get('__file__');
    const where = typeof file === 'string' ? file : 'unknown location';
    // Modules of which everything is modelled that they have, or that are no files.
    const builtIn = ['math', 'sys', 'time'].includes(module.name);
    if (STANDARD.has(module.name.split('.')[0]!) && typeof file !== 'string' && !builtIn)
      throw vm.error('ImportError', `cannot import name '${name}' from '${module.name}' (not modelled in Stapellauf)`);
    throw vm.error('ImportError', `cannot import name '${name}' from '${module.name}' (${where})`);
  }
  throw vm.error('ImportError', `cannot import name '${name}'`);
}
