import type { Encodable } from '../../compose/encodable.ts';
import { encodeJson } from '../../compose/json.ts';
import { type BuildConfig, imageOf, type Project, type Service } from '../../compose/project/project.ts';
import { eachService, withSelectedServices, withServicesEnabled } from '../../compose/project/select.ts';
import { BuildError, type BuildRequest, buildImage } from '../../engine/build/build.ts';
import { decode, encode } from '../../engine/bytes.ts';
import type { Directory } from '../../engine/files/node.ts';
import { CliError } from '../command.ts';
import { type Compose, composeCommand } from './compose.ts';
import * as label from './labels.ts';

/** What is asked for when services are built. */
export interface BuildOptions {
  readonly services: readonly string[];
  readonly dependencies: boolean;
  readonly quiet: boolean;
  readonly pull?: boolean;
  readonly noCache?: boolean;
  readonly args?: readonly string[];
  /** Receives the lines of the build's progress instead of the standard output. */
  readonly log?: (line: string) => void;
}

/** `docker compose build`. */
export const build = composeCommand(async (compose) => {
  const { flags, args } = compose.context;
  const { project: loaded } = compose.load([], { resolveEnvironment: false });
  const names = args.length > 0 ? args : Object.keys(loaded.services);
  const project = withSelectedServices(withServicesEnabled(loaded, names), names);
  const options: BuildOptions = {
    ...{ services: names, dependencies: flags.boolean('with-dependencies'), quiet: flags.boolean('quiet') },
    ...{ pull: flags.boolean('pull'), noCache: flags.boolean('no-cache'), args: flags.list('build-arg') },
  };
  const wanted = eachService(project, names, options.dependencies ? 'dependencies' : 'ignore').filter(
    (name) => project.services[name]!.build,
  );
  if (wanted.length === 0) return 0;
  if (flags.boolean('print')) {
    compose.context.out(`${encodeJson(bakeFile(project, wanted, options))}\n`);
    return 0;
  }
  await buildServices(compose, project, wanted, options);
  return 0;
});

function labelsOf(project: Project, service: Service): Record<string, string> {
  return {
    ...service.build?.labels,
    [label.VERSION]: label.COMPOSE_VERSION,
    [label.PROJECT]: project.name,
    [label.SERVICE]: service.name,
  };
}

function argumentsOf(
  project: Project,
  { args = {} }: BuildConfig,
  given: readonly string[] = [],
): Record<string, string> {
  const result: Record<string, string> = {};
  const set = (name: string, value: string | null | undefined) => {
    const known = value ?? project.environment.get(name);
    if (known === undefined) delete result[name];
    else result[name] = known;
  };
  for (const [name, value] of Object.entries(args)) set(name, value);
  for (const one of given) {
    const equals = one.indexOf('=');
    set(equals < 0 ? one : one.slice(0, equals), equals < 0 ? undefined : one.slice(equals + 1));
  }
  return result;
}

/** The description of a build that Compose hands to Buildx's bake (docker/compose, doBuildBake). */
function bakeFile(project: Project, names: readonly string[], options: BuildOptions): Encodable {
  const targets = new Map<string, Encodable>();
  for (const service of Object.values(project.services)) {
    const { build: given } = service;
    if (!given) continue;
    const args = argumentsOf(project, given, options.args);
    const context = given.context ?? '.';
    const dockerfile = given.dockerfile ? joined(context, given.dockerfile) : undefined;
    targets.set(service.name.replaceAll('.', '_'), {
      context,
      ...(dockerfile === undefined ? {} : { dockerfile }),
      ...(given.dockerfile_inline ? { 'dockerfile-inline': given.dockerfile_inline.replaceAll('${', '$${') } : {}),
      ...(Object.keys(args).length > 0 ? { args: new Map(Object.entries(args)) } : {}),
      labels: new Map(Object.entries(labelsOf(project, service))),
      tags: [...(given.tags ?? []), imageOf(service, project.name)],
      ...(given.target ? { target: given.target } : {}),
      ...(given.pull || options.pull ? { pull: true } : {}),
      ...(given.no_cache || options.noCache ? { 'no-cache': true } : {}),
      ...(given.network ? { network: given.network } : {}),
      output: ['type=docker'],
    });
  }
  return { group: new Map([['default', { targets: [...names] }]]), target: targets };
}

const joined = (folder: string, path: string) => (path.startsWith('/') ? path : `${folder.replace(/\/$/, '')}/${path}`);

/** Builds images of services one after another, all in one progress; tells of each. */
export async function buildServices(
  compose: Compose,
  project: Project,
  names: readonly string[],
  options: BuildOptions,
): Promise<void> {
  const print = (text: string) => {
    if (options.quiet) return;
    if (!options.log) compose.context.out(text);
    else for (const line of text.split('\n').slice(0, -1)) options.log(line);
  };
  const size = encode(encodeJson(bakeFile(project, names, options))).length;
  print(`#1 [internal] load local bake definitions\n#1 reading from stdin ${size}B done\n#1 DONE 0.0s\n`);
  let vertex = 1;
  for (const name of names) {
    const service = project.services[name]!;
    const request = buildRequest(compose, project, service, options);
    try {
      const { lastVertex } = await buildImage(
        compose.engine,
        { ...request, firstVertex: vertex, ...(names.length > 1 ? { service: name } : {}) },
        (text) => print(decode(text)),
      );
      vertex = lastVertex;
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      print(error.block);
      throw failure(error);
    }
  }
  print(`\n#${vertex + 1} resolving provenance for metadata file\n#${vertex + 1} DONE 0.0s\n`);
  if (options.quiet) return;
  for (const name of names) compose.progress.event(imageOf(project.services[name]!, project.name), 'Built');
}

/** Compose takes lines of bake's error output with their ends and joins them with more. */
function failure(error: BuildError): CliError {
  const lines =
    `${error.excerpts}${error.excerpts === '' || error.excerpts.endsWith('\n') ? '' : '\n'}failed to solve: ${error.message}\n`
      .split('\n')
      .slice(0, -1)
      .map((line) => `${line}\n`);
  return new CliError(lines.join('\n'));
}

function buildRequest(compose: Compose, project: Project, service: Service, options: BuildOptions): BuildRequest {
  const given = service.build!;
  const context = given.context ?? project.workingDirectory;
  if (/^(?:https?:\/\/|git:\/\/|ssh:\/\/|github\.com\/|git@)/.test(context))
    throw new CliError(
      `a build context at ${context} is not modelled in Stapellauf: nothing is fetched from other hosts`,
    );
  const { files } = compose.context.kernel;
  const text = (path: string) => {
    const node = files.stat(encode(path));
    return node?.type === 'file' ? decode(files.read(encode(path))) : undefined;
  };
  const folder = files.stat(encode(context));
  if (folder?.type !== 'directory')
    throw new CliError(`unable to prepare context: path ${JSON.stringify(context)} not found\n`);
  const dockerfile = given.dockerfile ?? 'Dockerfile';
  const path = joined(context, dockerfile);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const ignore = given.dockerfile_inline ? undefined : text(`${path}.dockerignore`);
  const dockerignore = ignore ?? text(joined(context, '.dockerignore'));
  const contexts = new Map<string, Directory | string>();
  for (const [key, value] of Object.entries(given.additional_contexts ?? {})) {
    if (value.startsWith('service:')) {
      const other = project.services[value.slice('service:'.length)]!;
      contexts.set(key, `docker-image://${imageOf(other, project.name)}`);
      continue;
    }
    const node = value.includes('://') ? undefined : files.stat(encode(value));
    contexts.set(key, node?.type === 'directory' ? node : value);
  }
  return {
    context: folder,
    dockerfile: given.dockerfile_inline ?? text(path),
    dockerfileName: given.dockerfile_inline ? 'Dockerfile' : name,
    ...(dockerignore === undefined ? {} : { dockerignore }),
    contextName: context,
    tags: [...(given.tags ?? []), imageOf(service, project.name)],
    ...(given.target ? { target: given.target } : {}),
    buildArgs: argumentsOf(project, given, options.args),
    labels: labelsOf(project, service),
    noCache: given.no_cache ?? options.noCache ?? false,
    noCacheFilter: [],
    pull: given.pull ?? options.pull ?? false,
    network: given.network ?? 'default',
    platforms: given.platforms ?? [],
    secrets: secretsOf(compose, project, given),
    addHosts: Object.entries(given.extra_hosts ?? {}).flatMap(([host, all]) => all.map((one) => `${host}:${one}`)),
    namedContexts: contexts,
  };
}

function secretsOf(compose: Compose, project: Project, { secrets = [] }: BuildConfig): Map<string, string> {
  const found = new Map<string, string>();
  const { files } = compose.context.kernel;
  for (const { source, target } of secrets) {
    const object = project.secrets[source]!;
    const id = target || source;
    if (object.environment) found.set(id, encode(project.environment.get(object.environment) ?? ''));
    else if (object.file && files.stat(encode(object.file))?.type === 'file')
      found.set(id, files.read(encode(object.file)));
  }
  return found;
}
