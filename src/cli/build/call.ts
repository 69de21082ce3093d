import { type BuildRequest, checkDockerfile } from '../../engine/build/build.ts';
import { DockerfileError, excerpt, type Range } from '../../engine/build/dockerfile-error.ts';
import { Linter } from '../../engine/build/lint.ts';
import { parseRunMount } from '../../engine/build/run-mount.ts';
import type { Stage } from '../../engine/build/stage.ts';
import { parseStages } from '../../engine/build/stages.ts';
import { encode } from '../../engine/bytes.ts';
import type { CommandContext } from '../command.ts';
import { align } from '../format/tabwriter.ts';
import { buildFailure } from './failure.ts';
import { checkText, sorted, warningsText } from './report.ts';
import { csv } from './values.ts';

/** Base64 of a byte string. */
function base64(bytes: string): string {
  return btoa(bytes);
}

const ranges = (location: readonly Range[]) => ({
  ranges: location.map(({ start, end }) => ({ start: { line: start }, end: { line: end } })),
});

/** What `--call METHOD[,format=…]` asks for. */
export function parseCall(text: string, check: boolean): { readonly method: string; readonly format: string } {
  let method = check ? 'check' : '';
  let format = '';
  for (const field of csv(text)) {
    const [key = '', ...value] = field.split('=');
    if (value.length === 0) method ||= key;
    else if (key === 'format') format = value.join('=');
  }
  return { method: method.replace(/^lint$/, 'check'), format };
}

/** Where `--check` and `--call` find the Dockerfile, and how they show it. */
export interface CallInput {
  readonly request: BuildRequest;
  /** How the Dockerfile is named in excerpts. */
  readonly path: string;
  readonly quiet: boolean;
}

/** Runs a method other than `build` on a Dockerfile and prints its result; the exit status. */
export async function call(
  { engine, out, err }: CommandContext,
  { method, format }: { readonly method: string; readonly format: string },
  { request, path, quiet }: CallInput,
): Promise<number> {
  const write = quiet ? () => {} : err;
  if (!quiet) write('#0 building with "default" instance using docker driver\n');
  const text = request.dockerfile ?? '';
  if (method === 'targets') {
    const listed = { ...request, target: '' };
    printDefinition(listed, write);
    if (quiet) out('\n');
    out(targets(text, format));
    return 0;
  }
  if (method !== 'check' && method !== 'outline') {
    printDefinition(request, write);
    const message = `unsupported request frontend.${method}`;
    throw buildFailure(`failed to solve: ${message}: ${message}`);
  }
  const how = method === 'check' ? { allStages: !request.target } : { warn: true };
  const result = await checkDockerfile(engine, request, write, how);
  if (request.dockerfile === undefined) throw buildFailure(`failed to solve: ${result.error?.message}`);
  if (quiet) out('\n');
  if (method === 'outline') {
    if (result.error) throw buildFailure(`failed to solve: ${result.error.message}`);
    write(warningsText(result.warnings));
    out(outline(result.converted!.target, text, format));
    return 0;
  }
  if (format === 'json') {
    out(checkJson(result, text, request.dockerfileName));
    return result.warnings.length > 0 || result.error ? 1 : 0;
  }
  const violation = result.error?.message.startsWith('lint violation');
  if (!result.error || result.warnings.length > 0) out(checkText(result.warnings, { name: path, text }));
  if (result.error) {
    if (!quiet) err(result.error.block);
    if (violation || result.warnings.length > 0) out('\n');
    err(`ERROR: ${result.error.message}\n`);
    for (const location of result.error.locations) err(excerpt(text, path, location));
    err('\n');
    return 1;
  }
  return result.warnings.length > 0 ? 1 : 0;
}

/** The vertex that loads the Dockerfile, when nothing else is done. */
function printDefinition({ dockerfile, dockerfileName }: BuildRequest, write: (text: string) => void): void {
  write(`\n#1 [internal] load build definition from ${dockerfileName}\n`);
  write(`#1 transferring dockerfile: ${dockerfile === undefined ? 2 : dockerfile.length + 42}B done\n#1 DONE 0.0s\n`);
  if (dockerfile === undefined)
    throw buildFailure(`failed to solve: failed to read dockerfile: open ${dockerfileName}: no such file or directory`);
}

function targets(text: string, format: string): string {
  let stages: ReturnType<typeof parseStages>['stages'];
  try {
    ({ stages } = parseStages(text, new Linter('', () => {})));
  } catch (error) {
    throw error instanceof DockerfileError ? buildFailure(`failed to solve: ${error.message}`) : error;
  }
  if (format === 'json') {
    const list = stages.map(({ from }, index) => ({
      ...(from.stage === '' ? {} : { name: from.stage }),
      ...(index === stages.length - 1 ? { default: true } : {}),
      ...(from.description === '' ? {} : { description: from.description }),
      base: from.base,
      ...(from.platform === '' ? {} : { platform: from.platform }),
      location: ranges(from.location),
    }));
    return `${JSON.stringify({ targets: list, sources: [base64(encode(text))] }, null, 2)}\n`;
  }
  const rows = stages.map(({ from }, index) => {
    const mark = index === stages.length - 1 ? '(default)' : '';
    return `${[from.stage, mark].filter((part) => part !== '').join(' ')}\t${from.description}\n`;
  });
  return align(`TARGET\tDESCRIPTION\n${rows.join('')}`, { minWidth: 0, padding: 1 });
}

interface Mounted {
  readonly name: string;
  required: boolean;
  readonly location: readonly Range[];
}

/** Arguments, secrets and SSH agents that a stage and those below it use. */
function outline(stage: Stage, text: string, format: string): string {
  const args = [...stage.outline]
    .map(([name, { definition, value, location }]) => ({ name, description: definition.description, value, location }))
    .sort((a, b) => (a.location[0]?.start ?? 0) - (b.location[0]?.start ?? 0));
  const secrets = new Map<string, Mounted>();
  const agents = new Map<string, Mounted>();
  for (let one: Stage | undefined = stage; one; one = one.parent)
    for (const { command } of one.commands) {
      if (command.kind !== 'run') continue;
      for (const spec of command.mounts) {
        const mount = parseRunMount(spec, (word) => word);
        const list = mount.type === 'secret' ? secrets : mount.type === 'ssh' ? agents : undefined;
        if (!list) continue;
        const name = mount.id || mount.source || (mount.type === 'ssh' ? 'default' : mount.target.split('/').at(-1)!);
        const known = list.get(name) ?? { name, required: false, location: command.location };
        list.set(name, { ...known, required: known.required || mount.required });
      }
    }
  const description = stage.from?.description ?? '';
  if (format === 'json') {
    const mounts = (list: Map<string, Mounted>) =>
      [...list.values()].map(({ name, required, location }) => ({
        name,
        ...(required ? { required } : {}),
        location: ranges(location),
      }));
    const value = {
      ...(stage.name === '' ? {} : { name: stage.name }),
      ...(description === '' ? {} : { description }),
      ...(args.length === 0
        ? {}
        : {
            args: args.map((arg) => ({
              name: arg.name,
              ...(arg.description === '' ? {} : { description: arg.description }),
              ...(arg.value === '' ? {} : { value: arg.value }),
              location: ranges(arg.location),
            })),
          }),
      ...(secrets.size === 0 ? {} : { secrets: mounts(secrets) }),
      ...(agents.size === 0 ? {} : { ssh: mounts(agents) }),
      sources: [base64(encode(text))],
    };
    return `${JSON.stringify(value, null, 2)}\n`;
  }
  let output = '';
  if (stage.name !== '' || description !== '') {
    const head = [`TARGET:\t${stage.name}`, ...(description === '' ? [] : [`DESCRIPTION:\t${description}`])];
    output += `${align(`${head.join('\n')}\n`, { minWidth: 0, padding: 1 })}\n`;
  }
  const table = (rows: readonly string[]) => `${align(`${rows.join('\n')}\n`, { minWidth: 0, padding: 3 })}\n`;
  if (args.length > 0)
    output += table([
      'BUILD ARG\tVALUE\tDESCRIPTION',
      ...args.map((arg) => `${arg.name}\t${arg.value}\t${arg.description}`),
    ]);
  for (const [title, list] of [
    ['SECRET', secrets],
    ['SSH', agents],
  ] as const)
    if (list.size > 0)
      output += table([
        `${title}\tREQUIRED`,
        ...[...list.values()].map(({ name, required }) => `${name}\t${required ? 'true' : ''}`),
      ]);
  return output;
}

function checkJson(
  { warnings, error }: Awaited<ReturnType<typeof checkDockerfile>>,
  text: string,
  filename: string,
): string {
  const list = sorted(warnings).map(({ rule, description, url, detail, location }) => ({
    ...{ ruleName: rule, description, url, detail, location: ranges(location) },
  }));
  const value = {
    warnings: list.length > 0 ? list : null,
    sources: [{ filename, data: base64(encode(text)), language: 'Dockerfile' }],
    ...(error
      ? {
          buildError: {
            message: error.message,
            ...(error.locations[0] ? { location: ranges(error.locations[0]) } : {}),
          },
        }
      : {}),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}
