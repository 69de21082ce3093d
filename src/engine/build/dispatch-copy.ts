import { resolve } from '../files/path.ts';
import { type DispatchContext, display, expand, shown } from './dispatch.ts';
import { DockerfileError } from './dockerfile-error.ts';
import type { CopyInstruction } from './instructions.ts';
import { commit, label, type Stage } from './stage.ts';
import { type CopyAction, type Vertex, vertex } from './vertex.ts';

const HTTP = /^https?:\/\//;
const GIT = /^(git@|git:\/\/|ssh:\/\/|https?:\/\/.*\.git(#|$)|github\.com\/)/;

/** A path of the instruction in the image: relative ones begin at the working folder; a slash at the end stays. */
function destinationPath(stage: Stage, path: string): string {
  const slash = path === '' || path === '.' || /(\/|\/\.)$/.test(path) ? '/' : '';
  const absolute = resolve(stage.folder, path);
  return absolute === '/' ? '/' : absolute + slash;
}

/** The mode that `--chmod` means when it is a number; symbolic ones are checked. */
function checkMode(mode: string): void {
  if (mode === '') return;
  if (/^[0-7]+$/.test(mode) && Number.parseInt(mode, 8) <= 0o7777) return;
  if (/^\d+$/.test(mode))
    throw new DockerfileError(`invalid chmod parameter: '${mode}'. it should be octal string and between 0 and 07777`);
  if (!/^([ugoa]*([-+=]([rwxXst]*|[ugo]))+)(,[ugoa]*([-+=]([rwxXst]*|[ugo]))+)*$/.test(mode))
    throw new DockerfileError('invalid syntax');
}

/** COPY and ADD. `from` is the stage of `--from`. */
export function dispatchCopy(
  stage: Stage,
  command: CopyInstruction,
  from: Stage | undefined,
  context: DispatchContext,
): void {
  const word = (text: string) => expand(stage, context, command, text);
  const sources = command.sources.map(word);
  const destination = word(command.destination);
  const chown = word(command.chown);
  const chmod = word(command.chmod);
  const inline = command.inline.map((file) => ({
    ...file,
    data: file.expand ? expand(stage, context, command, file.data, true) : file.data,
  }));
  if (from && !from.dispatched)
    throw new DockerfileError(
      `cannot copy from stage ${JSON.stringify(command.from)}, it needs to be defined before current stage ${JSON.stringify(stage.label)}`,
    );
  checkMode(chmod);
  const isAdd = command.kind === 'add';
  if (command.checksum !== '') {
    if (sources.length !== 1) throw new DockerfileError("checksum can't be specified for multiple sources");
    if (!HTTP.test(sources[0]!)) throw new DockerfileError('checksum requires HTTP(S) or Git sources');
  }
  const name = label(stage, display(shown(stage, context, command.code)));
  const inputs: (Vertex | undefined)[] = [stage.root];
  const actions: CopyAction[] = [];
  const path = destinationPath(stage, destination);
  const add = (input: Vertex | undefined, source: string, unpack: boolean, wildcard: boolean) => {
    let index = inputs.findIndex((known, position) => position > 0 && known === input);
    if (index < 0) index = inputs.push(input) - 1;
    actions.push({ input: index, source, destination: path, chown, chmod, unpack, wildcard, exclude: command.exclude });
  };
  for (const source of sources) {
    if (GIT.test(source)) {
      if (!isAdd) throw new DockerfileError("source can't be a git ref for COPY");
      add(vertex({ kind: 'http', url: source }, [], { name }), '/', false, true);
    } else if (HTTP.test(source)) {
      if (!isAdd) throw new DockerfileError("source can't be a URL for COPY");
      add(vertex({ kind: 'http', url: source }, [], { name }), '/', command.unpack ?? false, false);
    } else {
      if (!from) checkIgnored(source, isAdd, command, context);
      const found = from ? from.root : context.context;
      add(found, resolve('/', source), command.unpack ?? isAdd, true);
    }
  }
  for (const { path: file, data } of inline) {
    const document = vertex({ kind: 'inline', path: file, data, mode: 0o644 }, [], {
      name: '[internal] preparing inline document',
    });
    add(document, resolve('/', file), false, false);
  }
  stage.root = vertex({ kind: 'copy', actions }, inputs, {
    ...{ name, location: command.location, ignoreCache: stage.ignoreCache },
  });
  const flags = [...(chown === '' ? [] : [`--chown=${chown}`]), ...(chmod === '' ? [] : [`--chmod=${chmod}`])];
  const words = [
    isAdd ? 'ADD' : 'COPY',
    ...flags,
    ...sources,
    ...inline.map(({ path: file }) => `<<${file}`),
    destination,
  ];
  commit(stage, words.join(' '), true, true);
}

/** Reports sources that .dockerignore keeps out of the context. */
function checkIgnored(
  source: string,
  isAdd: boolean,
  command: CopyInstruction,
  { ignore, lint }: DispatchContext,
): void {
  if (!ignore || ignore.hasExceptions) return;
  const clean = resolve('/', source).slice(1) || '.';
  const whole = ignore.patterns.some((pattern) => ['*', '**', '**/*'].includes(pattern));
  if (clean === '.' ? whole : ignore.matches(clean))
    lint.run('CopyIgnoredFile', command.location, isAdd ? 'Add' : 'Copy', clean);
}
