import { EngineError } from '../errors.ts';
import { resolve } from '../files/path.ts';
import { type DispatchContext, display, expand, withShell } from './dispatch.ts';
import { DockerfileError } from './dockerfile-error.ts';
import { parseHeredoc } from './heredoc.ts';
import type { RunInstruction } from './instructions.ts';
import { heredocText } from './parser.ts';
import { parseRunMount, type RunMount } from './run-mount.ts';
import { processWords } from './shell-words.ts';
import { commit, label, type Stage } from './stage.ts';
import { type MountAction, type Vertex, vertex } from './vertex.ts';

const PROXIES = ['HTTP_PROXY', 'HTTPS_PROXY', 'FTP_PROXY', 'NO_PROXY', 'ALL_PROXY'];

/** The proxy settings among the build arguments, in both spellings: processes get them, the cache ignores them. */
function proxies(buildArgs: ReadonlyMap<string, string>): (readonly [string, string])[] {
  return PROXIES.flatMap((name) => {
    const given = [...buildArgs].find(([key]) => key.toUpperCase() === name)?.[1];
    return given === undefined ? [] : [[name, given] as const, [name.toLowerCase(), given] as const];
  });
}

/** RUN. `sources` are the stages of its mounts, by position. */
export function dispatchRun(
  stage: Stage,
  command: RunInstruction,
  sources: readonly Stage[],
  context: DispatchContext,
): void {
  const mounts = command.mounts.map((text) => parseRunMount(text, (word) => expand(stage, context, command, word)));
  const inputs: (Vertex | undefined)[] = [stage.root];
  let args: readonly string[] = command.args;
  let name = command.code;
  const actions: MountAction[] = [];
  const [first] = command.heredocs;
  if (first) {
    if (args.length !== 1 || !command.shell)
      throw new DockerfileError(`parsing produced an invalid run command: [${args.join(' ')}]`);
    if (parseHeredoc(args[0]!)) {
      const script = heredocText(first);
      if (script.startsWith('#!')) {
        inputs.push(
          vertex({ kind: 'inline', path: first.name, data: script, mode: 0o755 }, [], {
            name: '[internal] preparing inline document',
          }),
        );
        const mount = parseRunMount('type=bind,target=/dev/pipes/', (word) => word);
        actions.push({ mount, target: '/dev/pipes', input: inputs.length - 1 });
        args = [`/dev/pipes/${first.name}`];
      } else args = [script];
      const [line = '', ...more] = first.content.trim().split(/\r?\n/);
      name += ` (${line}${more.length > 0 ? '...' : ''})`;
    } else {
      args = [args[0]! + command.heredocs.map(({ content, name: end }) => `\n${content}${end}`).join('')];
    }
  }
  if (command.shell) args = withShell(stage, args);
  if (args.length === 0) throw new EngineError(400, 'failed to marshal LLB definition: arguments are required');
  for (const [index, mount] of mounts.entries())
    actions.push(mountAction(stage, mount, sources[index], inputs, context));
  if (command.network === 'host') throw new EngineError(400, 'failed to load LLB: network.host is not allowed');
  const environment = [...stage.environment];
  const masked = new Map(stage.environment);
  for (const { type, env } of mounts) if (type === 'secret' && env !== undefined) masked.set(env, '****');
  stage.root = vertex(
    {
      ...{ kind: 'exec', args, environment, proxy: proxies(context.buildArgs), folder: stage.folder },
      ...{
        user: stage.draft.config.User ?? '',
        network: command.network === 'default' ? context.network : command.network,
      },
      ...{ mounts: actions, hosts: context.hosts },
    },
    inputs,
    {
      name: label(stage, display(withVariables(name, masked, context))),
      ...{ location: command.location, ignoreCache: stage.ignoreCache },
    },
  );
  commit(stage, `RUN ${withArguments(stage, args)}`, true, true);
}

function withVariables(text: string, variables: ReadonlyMap<string, string>, { escapeToken }: DispatchContext): string {
  try {
    return processWords(text, variables, { escape: escapeToken, rawQuotes: true, skipUnset: true }).result;
  } catch {
    return text;
  }
}

/** A command line as history shows it: `|2 A=1 B= /bin/sh -c …`. */
function withArguments(stage: Stage, args: readonly string[]): string {
  const values = new Map<string, string>();
  for (const { key, value } of stage.buildArgs) values.set(key, `${key}=${stage.environment.get(key) ?? value ?? ''}`);
  return [...(values.size > 0 ? [`|${values.size}`] : []), ...values.values(), ...args].join(' ');
}

function mountAction(
  stage: Stage,
  mount: RunMount,
  source: Stage | undefined,
  inputs: (Vertex | undefined)[],
  context: DispatchContext,
): MountAction {
  const { type } = mount;
  if (type === 'secret' || type === 'ssh') {
    const id = mount.id || mount.source || mount.target.slice(mount.target.lastIndexOf('/') + 1);
    const target = mount.target || (mount.env === undefined ? `/run/secrets/${id.slice(id.lastIndexOf('/') + 1)}` : '');
    return { mount: { ...mount, id }, target: target === '' ? '' : resolve(stage.folder, target) };
  }
  const target = mount.target === '' ? '/' : resolve(stage.folder, mount.target);
  if (target === '/') throw new DockerfileError(`invalid mount target ${JSON.stringify(target)}`);
  if (type === 'tmpfs') return { mount, target };
  if (type === 'cache') return { mount: { ...mount, id: mount.id || target }, target };
  const input = mount.from === '' || !source ? context.context : source.root;
  inputs.push(input);
  return { mount, target, input: inputs.length - 1 };
}
