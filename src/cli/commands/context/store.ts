import { decode, encode } from '../../../engine/bytes.ts';
import { sha256Hex } from '../../../engine/digest.ts';
import { FileError } from '../../../engine/files/errors.ts';
import type { Kernel } from '../../../engine/process/program.ts';
import { CliError, type CommandContext } from '../../command.ts';

/** A context as its file has it (docker/cli, cli/context/store). */
export interface ContextMetadata {
  readonly Name: string;
  readonly Metadata: { readonly Description?: string };
  readonly Endpoints: { readonly docker: { readonly Host?: string; readonly SkipTLSVerify: boolean } };
}

export const DEFAULT_CONTEXT = 'default';
const DEFAULT_HOST = 'unix:///var/run/docker.sock';

/** Where the client keeps its configuration. */
export function configFolder({ environment }: Kernel): string {
  return environment['DOCKER_CONFIG'] || `${environment['HOME'] ?? '/root'}/.docker`;
}

export function metadataFolder(kernel: Kernel, name: string): string {
  return `${configFolder(kernel)}/contexts/meta/${sha256Hex(encode(name))}`;
}

function readText({ files }: Kernel, path: string): string | undefined {
  try {
    return decode(files.read(path));
  } catch (error) {
    if (error instanceof FileError) return undefined;
    throw error;
  }
}

/** The address that DOCKER_HOST, or nothing, stands for. */
export function environmentHost({ environment }: Kernel): string {
  return environment['DOCKER_HOST'] || DEFAULT_HOST;
}

export function defaultContext(kernel: Kernel): ContextMetadata {
  return {
    Name: DEFAULT_CONTEXT,
    Metadata: {},
    Endpoints: { docker: { Host: environmentHost(kernel), SkipTLSVerify: false } },
  };
}

/** A context by its name, if there is one. */
export function findContext(kernel: Kernel, name: string): ContextMetadata | undefined {
  if (name === DEFAULT_CONTEXT) return defaultContext(kernel);
  const text = readText(kernel, `${metadataFolder(kernel, name)}/meta.json`);
  return text === undefined ? undefined : (JSON.parse(text) as ContextMetadata);
}

/** A context by its name. Throws what the client says when there is none. */
export function requireContext(kernel: Kernel, name: string): ContextMetadata {
  const found = findContext(kernel, name);
  if (found) return found;
  const path = `${metadataFolder(kernel, name)}/meta.json`;
  throw new CliError(`context "${name}": context not found: open ${path}: no such file or directory`);
}

/** All contexts but the default one, by name. */
export function storedContexts(kernel: Kernel): readonly ContextMetadata[] {
  const folder = `${configFolder(kernel)}/contexts/meta`;
  let names: readonly string[];
  try {
    names = kernel.files.list(folder);
  } catch (error) {
    if (error instanceof FileError) return [];
    throw error;
  }
  return names
    .map((name) => readText(kernel, `${folder}/${name}/meta.json`))
    .filter((text) => text !== undefined)
    .map((text) => JSON.parse(text) as ContextMetadata)
    .sort((a, b) => (a.Name < b.Name ? -1 : 1));
}

export function writeContext(kernel: Kernel, context: ContextMetadata): void {
  const folder = metadataFolder(kernel, context.Name);
  kernel.files.mkdirs(folder);
  kernel.files.write(`${folder}/meta.json`, encode(JSON.stringify(context)));
}

export function removeContext(kernel: Kernel, name: string): void {
  kernel.files.remove(`${metadataFolder(kernel, name)}/meta.json`);
  kernel.files.remove(metadataFolder(kernel, name));
}

/** The client's configuration file as an object. */
export function readConfig(kernel: Kernel): Record<string, unknown> {
  const text = readText(kernel, `${configFolder(kernel)}/config.json`);
  try {
    return text === undefined ? {} : (JSON.parse(text) as Record<string, unknown>);
  } catch {
    return {};
  }
}

export function writeConfig(kernel: Kernel, config: Record<string, unknown>): void {
  kernel.files.mkdirs(configFolder(kernel));
  kernel.files.write(`${configFolder(kernel)}/config.json`, encode(`${JSON.stringify(config, null, '\t')}\n`), {
    mode: 0o600,
  });
}

/** The name of the context in use (docker/cli, resolveContextName). */
export function currentContext({ kernel }: Pick<CommandContext, 'kernel'>): string {
  const { environment } = kernel;
  if (environment['DOCKER_HOST']) return DEFAULT_CONTEXT;
  if (environment['DOCKER_CONTEXT']) return environment['DOCKER_CONTEXT'];
  const configured = readConfig(kernel)['currentContext'];
  return typeof configured === 'string' && configured !== '' ? configured : DEFAULT_CONTEXT;
}
