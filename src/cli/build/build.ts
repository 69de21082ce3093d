import { BuildError, type BuildRequest, type BuildResult, buildImage } from '../../engine/build/build.ts';
import { DockerfileError } from '../../engine/build/dockerfile-error.ts';
import { parsePlatform } from '../../engine/build/platform.ts';
import { encode } from '../../engine/bytes.ts';
import { EngineError } from '../../engine/errors.ts';
import { FileError } from '../../engine/files/errors.ts';
import { resolve } from '../../engine/files/path.ts';
import { exportTree } from '../../engine/images/archive.ts';
import { pushImage } from '../../engine/images/pull.ts';
import { InvalidReference, parseNormalized, parseReference, referenceText } from '../../engine/images/reference.ts';
import type { Command, CommandContext } from '../command.ts';
import { builderNames } from './builders.ts';
import { call, parseCall } from './call.ts';
import { type BuildInput, isRemote, nodeAt, readInput } from './context.ts';
import { buildFailure, buildxError } from './failure.ts';
import { recordBuild } from './history.ts';
import { metadataJson } from './metadata.ts';
import { exportFolder } from './output.ts';
import { failureText, warningsText } from './report.ts';
import * as values from './values.ts';

const MODES = ['auto', 'none', 'plain', 'quiet', 'rawjson', 'tty'];
const BANNER = '#0 building with "default" instance using docker driver\n';

const unsupported = (what: string, page: string) =>
  buildFailure(
    `${what} is not supported for the docker driver.\nSwitch to a different driver, or turn on the containerd image store, and try again.\nLearn more at https://docs.docker.com/go/${page}/`,
  );

/** `docker build`: reads what is to be built, lets BuildKit build it and puts the result where it shall go. */
export const build: Command = async (context) => {
  const { kernel, flags, args, err } = context;
  if (kernel.environment['DOCKER_BUILDKIT'] === '0')
    throw buildxError(
      'the legacy builder (DOCKER_BUILDKIT=0) is not modelled in Stapellauf; BuildKit builds since Docker 23',
    );
  const mode = progressMode(context);
  const quiet = mode !== 'plain';
  const builder = flags.string('builder');
  if (builder !== '' && !builderNames(context.engine).includes(builder))
    throw buildxError(`no builder ${JSON.stringify(builder)} found`);
  deprecated(context);
  const { outputs, secrets, contexts, buildArgs, labels } = options(context);
  const path = args[0]!;
  if (isRemote(path)) return remote(context, path, quiet);
  for (const spec of flags.list('cache-from')) warnCache(context, spec);
  // Standard input is read before anything is printed: a command that waits for it is run again.
  const input = readInput(kernel, path, flags.string('file'));
  const hosts = values.extraHosts(flags.list('add-host'), gateway(context));
  const method = parseCall(flags.string('call'), flags.boolean('check'));
  const request: BuildRequest = {
    ...{ context: input.context, dockerfile: input.dockerfile, dockerfileName: input.dockerfileName },
    ...(input.dockerignore === undefined ? {} : { dockerignore: input.dockerignore }),
    ...{
      contextName: input.path,
      archive: input.archive ?? false,
      tags: flags.list('tag'),
      target: flags.string('target'),
      buildArgs,
      labels,
    },
    noCache: flags.boolean('no-cache'),
    // They go to the front end as one list with commas.
    noCacheFilter: flags.list('no-cache-filter').flatMap((names) => names.split(',')),
    ...{ pull: flags.boolean('pull'), network: flags.string('network') || 'default', secrets, addHosts: hosts },
    ...{ platforms: platforms(context), namedContexts: contexts },
  };
  if (method.method !== 'build' && method.method !== '')
    return call(context, method, { request, path: input.dockerfilePath, quiet });
  if (path === '-' && input.dockerfile === '' && input.path === '' && input.context.entries.size === 0)
    return nothingSent(context, quiet);
  if (!quiet && !outputs.some(({ destination }) => destination === '-')) err(BANNER);
  return run(context, request, input, outputs, mode);
};

/** `plain`: what happens is printed; `quiet`: the id alone; `silent`: not even that, though warnings are. */
type Mode = 'plain' | 'quiet' | 'silent' | 'none';

function progressMode({ kernel, flags }: CommandContext): Mode {
  const given = flags.string('progress');
  const set = flags.changed('progress');
  const mode = set ? given : (kernel.environment['BUILDKIT_PROGRESS'] ?? given) || 'auto';
  if (flags.boolean('quiet')) {
    if (flags.changed('progress') && !['auto', 'quiet'].includes(given))
      throw buildxError(`progress=${given} and quiet cannot be used together`);
    return 'quiet';
  }
  if (!MODES.includes(mode)) throw buildxError(`invalid progress mode ${mode}`);
  if (mode === 'tty' && !kernel.terminal.stdout)
    throw buildxError('failed to get console: provided file is not a console');
  if (mode === 'none') return 'none';
  if (mode !== 'quiet') return 'plain';
  return set ? 'quiet' : 'silent';
}

/** Flags that BuildKit no longer heeds. */
function deprecated({ flags, err }: CommandContext): void {
  const warn = (name: string, text: string) => {
    if (flags.changed(name)) err(`WARNING: ${text}\n`);
  };
  warn(
    'squash',
    'experimental flag squash is removed with BuildKit. You should squash inside build using a multi-stage Dockerfile for efficiency.',
  );
  warn('isolation', 'isolation flag is deprecated with BuildKit.');
  warn('security-opt', 'security-opt flag is deprecated. "RUN --security=insecure" should be used with BuildKit.');
}

/** What the flags say, checked in buildx' order. */
function options({ kernel, flags }: CommandContext) {
  const contexts = flags.list('build-context');
  const buildArgs = values.keyValues(flags.list('build-arg'), kernel.environment);
  const labels = values.keyValues(flags.list('label'));
  const secrets = values.readSecrets(kernel, flags.list('secret'));
  for (const text of flags.list('attest')) if (!/type=/.test(text)) throw buildxError(`invalid value ${text}`);
  const named = values.namedContexts(kernel, contexts);
  if (flags.boolean('no-cache') && flags.list('no-cache-filter').length > 0)
    throw buildFailure('--no-cache and --no-cache-filter cannot currently be used together');
  const entitlement = flags.list('allow').find((name) => !/^(network\.host|security\.insecure|device)/.test(name));
  if (entitlement !== undefined) throw buildFailure(`unknown entitlement ${entitlement}`);
  for (const tag of flags.list('tag')) checkTag(tag);
  const off = (text: string) => text === '' || text === 'false';
  if (!off(flags.string('sbom')) || !off(flags.string('provenance')) || flags.list('attest').length > 0)
    throw unsupported('Attestation', 'attestations');
  for (const text of flags.list('cache-to'))
    if (!/^(type=inline|[^=,]+$)/.test(text)) throw unsupported('Cache export', 'build-cache-backends');
  const network = flags.string('network');
  if (!['', 'default', 'none', 'host'].includes(network))
    throw buildFailure(
      `network mode ${JSON.stringify(network)} not supported by buildkit - you can define a custom network for your builder using the network driver-opt in buildx create`,
    );
  if (flags.list('ssh').length > 0 && !kernel.environment['SSH_AUTH_SOCK'])
    throw buildFailure(
      'failed to convert agent config {default [] false}: invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set',
    );
  const outputs = values.readOutputs(flags.list('output'), flags.boolean('load'), flags.boolean('push'));
  if (outputs.some(({ push }) => push) && flags.list('tag').length === 0)
    throw buildFailure('tag is needed when pushing to registry');
  values.checkOutputs(outputs);
  return { outputs, secrets, contexts: named, buildArgs, labels };
}

function checkTag(tag: string): void {
  try {
    parseReference(tag);
  } catch (error) {
    if (!(error instanceof InvalidReference)) throw error;
    throw buildFailure(`invalid tag ${JSON.stringify(tag)}: ${error.message}`);
  }
}

function platforms({ flags }: CommandContext): string[] {
  const wanted = flags
    .list('platform')
    .flatMap((text) => text.split(','))
    .filter((text) => text !== '');
  try {
    wanted.map(parsePlatform);
  } catch (error) {
    throw error instanceof DockerfileError ? buildFailure(error.message) : error;
  }
  if (wanted.length > 1) throw unsupported('Multi-platform build', 'build-multi-platform');
  return wanted;
}

function gateway({ engine }: CommandContext): string {
  const bridge = [...engine.state.networks.values()].find(({ name }) => name === 'bridge');
  return bridge?.pools[0]?.gateway ?? '172.17.0.1';
}

/** Standard input was empty. */
function nothingSent({ err }: CommandContext, quiet: boolean): number {
  const name = '[internal] load build definition from Dockerfile';
  if (!quiet) err(`${BANNER}\n#1 ${name}\n#1 transferring dockerfile:\n------\n > ${name}:\n------\n`);
  throw buildFailure('failed to solve: failed to read dockerfile: no local sources enabled');
}

/** A cache in a folder that is not there is no hindrance. */
function warnCache({ kernel, err }: CommandContext, spec: string): void {
  const folder = /^type=local(?=,|$).*?(?:^|,)src=([^,]*)/.exec(spec)?.[1];
  if (folder === undefined || nodeAt(kernel, folder)) return;
  const lock = `${folder}/index.json.lock`;
  err(
    `WARNING: local cache import at ${folder} not found due to err: could not lock ${lock}: open ${lock}: no such file or directory\n`,
  );
}

/** A repository or an archive elsewhere: the modelled host has no git, and reaches no other machine. */
function remote({ err, kernel }: CommandContext, url: string, quiet: boolean): number {
  if (/^(?:git@|ssh:)/.test(url) && !kernel.environment['SSH_AUTH_SOCK'])
    throw buildFailure(
      'failed to convert agent config {default [] false}: invalid empty ssh agent socket: make sure SSH_AUTH_SOCK is set',
    );
  const isGit = /\.git(#|$)|^git|^ssh:/.test(url);
  const host = /^(?:\w+:\/\/)?([^/]+)/.exec(url)?.[1] ?? url;
  const name = isGit ? `[internal] load git source ${url}` : '[internal] load remote build context';
  const reason = isGit
    ? `error fetching default branch for repository ${url}: git stderr:\n: exec: "git": executable file not found in $PATH`
    : `Get ${JSON.stringify(url)}: dial tcp: lookup ${host}: no such host`;
  if (!quiet) err(`${BANNER}\n#1 ${name}\n#1 ERROR: ${reason}\n------\n > ${name}:\n------\n`);
  const step = isGit ? 'failed to read dockerfile' : 'failed to read downloaded context';
  throw buildFailure(`failed to solve: ${step}: failed to load cache key: ${reason}`);
}

async function run(
  context: CommandContext,
  request: BuildRequest,
  input: BuildInput,
  outputs: readonly values.Output[],
  mode: Mode,
): Promise<number> {
  const { engine, err, out, flags, kernel } = context;
  const files = outputs.find(({ type }) => type === 'local' || type === 'tar');
  const exportTo = files?.type === 'local' ? 'client directory' : 'client tarball';
  // An archive on standard output leaves nobody to talk to.
  const piped = files?.destination === '-';
  const quiet = mode !== 'plain' || piped;
  const write = quiet ? () => {} : err;
  const started = engine.state.now;
  const note = (status: 'Completed' | 'Error') =>
    recordBuild(engine, { name: buildName(input, flags.string('target')), status, started });
  let result: BuildResult;
  try {
    result = await buildImage(engine, files ? { ...request, exportTo } : request, write);
  } catch (error) {
    note('Error');
    if (!(error instanceof BuildError)) throw error;
    err(failureText(error, quiet));
    return 1;
  }
  const reference = note('Completed');
  if (files?.type === 'local') exportFolder(kernel, result.tree, files.destination);
  else if (files) {
    const archive = exportTree(result.tree);
    if (files.destination === '-') kernel.output(archive);
    else kernel.files.write(resolve(kernel.cwd, files.destination), archive);
  }
  let failure = '';
  if (outputs.some(({ push }) => push)) failure = await push(context, request.tags, result.lastVertex, quiet);
  if ((!quiet || mode === 'silent') && !piped) err(warningsText(result.warnings, expanded(context, input)));
  if (failure !== '') throw buildFailure(failure);
  if (mode === 'quiet') out(`${result.imageId}\n`);
  return writeFiles(
    context,
    result,
    (text) => metadataJson(request, result, text, input.fromStdin ?? false),
    reference,
  );
}

/** Pushes what was built; the message of the failure. */
async function push(
  { engine, err }: CommandContext,
  tags: readonly string[],
  last: number,
  quiet: boolean,
): Promise<string> {
  for (const [index, tag] of tags.entries()) {
    const name = `pushing ${tag} with docker`;
    const line = (text: string) => {
      if (!quiet) err(text);
    };
    line(`\n#${last + index + 1} ${name}\n`);
    try {
      await pushImage(engine, referenceText(parseNormalized(tag)));
      line(`#${last + index + 1} DONE 0.1s\n`);
    } catch (error) {
      if (!(error instanceof EngineError)) throw error;
      line(`#${last + index + 1} ERROR: ${error.message}\n------\n > ${name}:\n------\n`);
      return error.message;
    }
  }
  return '';
}

/** What warnings are expanded with under `docker --debug`. */
function expanded({ kernel }: CommandContext, { dockerfile = '', dockerfileName }: BuildInput) {
  const words = kernel.argv.slice(1);
  const own = words.slice(
    0,
    Math.max(
      0,
      words.findIndex((word) => !word.startsWith('-')),
    ),
  );
  return own.includes('--debug') || own.includes('-D') ? { name: dockerfileName, text: dockerfile } : undefined;
}

/** `--iidfile` and `--metadata-file`. */
function writeFiles(
  { kernel, flags }: CommandContext,
  result: BuildResult,
  metadata: (reference: string) => string,
  reference: string,
): number {
  const write = (name: string, text: string, what: string) => {
    const path = flags.string(name);
    if (path === '') return;
    try {
      kernel.files.write(resolve(kernel.cwd, path), encode(text));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      throw buildxError(`${what}open ${path}: ${error.message.toLowerCase()}`);
    }
  };
  write('iidfile', result.imageId, 'writing image ID file: ');
  write('metadata-file', metadata(reference), '');
  return 0;
}

function buildName({ path, dockerfileName }: BuildInput, target: string): string {
  if (path === '') return '';
  const folder = path.split('/').at(-1) ?? '';
  const file = dockerfileName === 'Dockerfile' ? '' : `/${dockerfileName}`;
  return `${folder}${file}${target === '' ? '' : ` (${target})`}`;
}
