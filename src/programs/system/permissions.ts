import { FileError } from '../../engine/files/errors.ts';
import type { FileNode } from '../../engine/files/node.ts';
import type { Tool } from '../tool.ts';
import { groupNamed, groupOf, userNamed, userOf } from './accounts.ts';
import { type Invocation, tool, UsageError } from './invocation.ts';
import { changedMode, permissions } from './mode.ts';
import { type Options, parseOptions } from './options.ts';

const octal = (mode: number) => (mode & 0o7777).toString(8).padStart(4, '0');

/** Calls back for each operand and, with -R, for everything below it. */
function each(
  call: Invocation,
  options: Options,
  names: readonly string[],
  action: (name: string, node: FileNode, top: boolean) => void,
): undefined {
  const missing = (name: string, reason: string) => {
    // BusyBox says so even with -f.
    if (call.busybox || !options.has('f')) call.complain(`${name}: ${reason}`, `cannot access '${name}': ${reason}`);
    else call.status = 1;
  };
  const visit = (name: string, top: boolean) => {
    let node: FileNode;
    try {
      node = call.stat(name, top && !options.has('h'));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (!top) return;
      return missing(name, error.message);
    }
    if (!top && node.type === 'symlink') return;
    action(name, node, top);
    if (!options.has('R') || node.type !== 'directory') return;
    try {
      for (const entry of call.kernel.files.list(call.path(name))) visit(`${name.replace(/\/+$/, '')}/${entry}`, false);
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      call.complain(`${name}: ${error.message}`, `cannot read directory '${name}': ${error.message}`);
    }
  };
  for (const name of names) visit(name, true);
}

/** Operands after the first, which says what to do. */
function parts(call: Invocation, operands: readonly string[]): [string, readonly string[]] {
  const [what, ...names] = operands;
  if (what === undefined) throw new UsageError(call.busybox ? '' : 'missing operand');
  if (names.length === 0) throw new UsageError(call.busybox ? '' : `missing operand after ${call.quote(what)}`);
  return [what, names];
}

export const chmod: Tool = tool(
  (call) => {
    // A mode such as -x looks like options.
    const symbolic = call.args.find((word) => /^-[rwxXst]+(?:[-+=,].*)?$/.test(word));
    const args = symbolic ? call.args.filter((word) => word !== symbolic) : call.args;
    const options = parseOptions(
      call,
      'Rcvf',
      call.busybox
        ? {}
        : {
            long: {
              recursive: 'R',
              changes: 'c',
              verbose: 'v',
              quiet: 'f',
              silent: 'f',
              reference: ':',
              'preserve-root': '',
              'no-preserve-root': '',
            },
          },
      args,
    );
    const reference = options.value('reference');
    const [text, names] =
      reference === undefined
        ? parts(call, symbolic ? [symbolic, ...options.operands] : options.operands)
        : ['', options.operands];
    const base = reference === undefined ? undefined : call.stat(reference).mode;
    if (base === undefined && changedMode(text, 0, false) === undefined) {
      if (call.busybox) throw call.failure(`invalid mode '${text}'`);
      throw new UsageError(`invalid mode: ${call.quote(text)}`);
    }
    each(call, options, names, (name, node) =>
      changeMode(call, options, name, node, base ?? changedMode(text, node.mode, node.type === 'directory')!),
    );
  },
  { usage: 'chmod [-Rcvf] MODE[,MODE]... FILE...' },
);

function changeMode(call: Invocation, options: Options, name: string, node: FileNode, mode: number): undefined {
  if (node.type === 'symlink') return;
  try {
    call.kernel.files.chmod(call.path(name), mode);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (call.busybox || !options.has('f'))
      call.complain(`${name}: ${error.message}`, `changing permissions of '${name}': ${error.message}`);
    call.status = 1;
    return;
  }
  const changed = mode !== node.mode;
  if (!options.has('v') && !(options.has('c') && changed)) return;
  const now = `${octal(mode)} (${permissions(mode)})`;
  if (call.busybox) call.out(`mode of '${name}' changed to ${now}\n`);
  else if (changed)
    call.out(`mode of '${name}' changed from ${octal(node.mode)} (${permissions(node.mode)}) to ${now}\n`);
  else call.out(`mode of '${name}' retained as ${now}\n`);
}

interface Owner {
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  /** As it was typed. */
  readonly text: string;
}

function groupId(call: Invocation, text: string): number | undefined {
  return groupNamed(call.kernel.files, text)?.gid ?? (/^\d+$/.test(text) ? Number(text) : undefined);
}

/** `USER`, `USER:GROUP`, `USER:` or `:GROUP`. Throws Failure for names that nobody has. */
function owner(call: Invocation, text: string): Owner {
  const { files } = call.kernel;
  let at = text.indexOf(':');
  if (at < 0 && !call.busybox && text.includes('.') && !userNamed(files, text)) {
    at = text.indexOf('.');
    call.err(`${call.name}: warning: '.' should be ':': ${call.quote(text)}\n`);
  }
  const userText = at < 0 ? text : text.slice(0, at);
  const groupText = at < 0 ? '' : text.slice(at + 1);
  const user = userNamed(files, userText);
  const uid = userText === '' ? undefined : (user?.uid ?? (/^\d+$/.test(userText) ? Number(userText) : undefined));
  if (userText !== '' && uid === undefined)
    throw call.failure(
      at < 0 ? `unknown user ${userText}` : `unknown user/group ${text}`,
      `invalid user: ${call.quote(text)}`,
    );
  if (groupText === '') {
    if (at >= 0 && userText !== '' && !user && !userOf(files, uid ?? -1) && !call.busybox)
      throw call.failure('', `invalid spec: ${call.quote(text)}`);
    return {
      uid,
      gid: at >= 0 && userText !== '' ? (user ?? userOf(files, uid ?? -1))?.gid : undefined,
      text: text.replace(/:$/, ''),
    };
  }
  const gid = groupId(call, groupText);
  if (gid === undefined)
    throw call.failure(
      userText === '' ? `unknown group ${groupText}` : `unknown user/group ${text}`,
      `invalid group: ${call.quote(text)}`,
    );
  return { uid, gid, text };
}

const OWNER_NAMES = {
  ...{ recursive: 'R', changes: 'c', verbose: 'v', quiet: 'f', silent: 'f', 'no-dereference': 'h', dereference: '' },
  ...{ reference: ':', from: ':', 'preserve-root': '', 'no-preserve-root': '' },
};

function changeOwner(
  call: Invocation,
  options: Options,
  names: readonly string[],
  to: Owner,
  groupOnly: boolean,
): undefined {
  const { files } = call.kernel;
  const nameOf = (uid: number, gid: number | undefined) =>
    call.busybox
      ? `${uid}:${gid}`
      : gid === undefined || groupOnly
        ? ''
        : `${userOf(files, uid)?.name ?? uid}:${groupOf(files, gid)?.name ?? gid}`;
  each(call, options, names, (name, node, top) => {
    if (!top && node.type === 'symlink' && !options.has('h')) return;
    try {
      files.chown(call.path(name), to.uid, to.gid, !options.has('h'));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (call.busybox || !options.has('f'))
        call.complain(
          `${name}: ${error.message}`,
          `changing ${groupOnly ? 'group' : 'ownership'} of '${name}': ${error.message}`,
        );
      call.status = 1;
      return;
    }
    const [uid, gid] = [to.uid ?? node.uid, to.gid ?? node.gid];
    const changed = uid !== node.uid || gid !== node.gid;
    if (!options.has('v') && !(options.has('c') && changed)) return;
    if (call.busybox) return call.out(`changed ownership of '${name}' to ${uid}:${gid}\n`);
    call.out(`${changeReport(call, name, node, to, changed, groupOnly, nameOf)}\n`);
  });
}

function changeReport(
  call: Invocation,
  name: string,
  node: FileNode,
  to: Owner,
  changed: boolean,
  groupOnly: boolean,
  nameOf: (uid: number, gid: number | undefined) => string,
): string {
  const { files } = call.kernel;
  const group = (gid: number) => groupOf(files, gid)?.name ?? String(gid);
  const user = (uid: number) => userOf(files, uid)?.name ?? String(uid);
  const what = groupOnly ? 'group' : 'ownership';
  const both = to.uid !== undefined && to.gid !== undefined;
  const old = both ? nameOf(node.uid, node.gid) : to.uid === undefined ? group(node.gid) : user(node.uid);
  // coreutils repeats what was asked for when it changes, and looks up names when it does not.
  return changed
    ? `changed ${what} of '${name}' from ${old} to ${to.text.replace(/^:/, '')}`
    : `${what} of '${name}' retained as ${old}`;
}

export const chown: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'RhLHPcvf', call.busybox ? {} : { long: OWNER_NAMES });
    const reference = options.value('reference');
    if (reference !== undefined) {
      const { uid, gid } = call.stat(reference);
      return changeOwner(call, options, options.operands, { uid, gid, text: `${uid}:${gid}` }, false);
    }
    const [text, names] = parts(call, options.operands);
    changeOwner(call, options, names, owner(call, text), false);
  },
  { usage: 'chown [-RhLHPcvf]... USER[:[GRP]] FILE...' },
);

const byReference = (call: Invocation, options: Options, gid: number) =>
  changeOwner(call, options, options.operands, { uid: undefined, gid, text: String(gid) }, true);

export const chgrp: Tool = tool(
  (call) => {
    const options = parseOptions(call, 'RhLHPcvf', call.busybox ? {} : { long: OWNER_NAMES });
    const reference = options.value('reference');
    if (reference !== undefined) return byReference(call, options, call.stat(reference).gid);
    const [text, names] = parts(call, options.operands);
    const gid = groupId(call, text);
    if (gid === undefined) throw call.failure(`unknown group ${text}`, `invalid group: ${call.quote(text)}`);
    changeOwner(call, options, names, { uid: undefined, gid, text }, true);
  },
  { usage: 'chgrp [-RhLHPcvf]... GROUP FILE...' },
);
