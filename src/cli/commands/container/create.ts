import { decode, encode } from '../../../engine/bytes.ts';
import { type CreateRequest, createContainer } from '../../../engine/containers/create.ts';
import { EngineError } from '../../../engine/errors.ts';
import { dirname, resolve } from '../../../engine/files/path.ts';
import { pullImage } from '../../../engine/images/pull.ts';
import { familiarName, normalizeAny, parseNormalized, type Reference } from '../../../engine/images/reference.ts';
import { CliError, type CommandContext } from '../../command.ts';
import { onHost } from '../../options/host-file.ts';
import { OptionError } from '../../options/option-error.ts';
import { goQuote } from '../../quote.ts';
import { createOptions } from './create-options.ts';
import { withErrors } from './errors.ts';

/** `docker create`. */
export async function create(context: CommandContext): Promise<number> {
  const request = await withErrors(() => readRequest(context), refused);
  const id = await withErrors(() => createFrom(context, request));
  context.out(`${id}\n`);
  return 0;
}

/** An error in what was asked for, with the pointer to the help. */
export function refused(message: string): CliError {
  return new CliError(message, 125, 'pointer');
}

/** What the flags ask for. Throws {@link OptionError}. */
export function readRequest(context: CommandContext): CreateRequest {
  const pull = context.flags.string('pull');
  if (!['always', 'missing', 'never', ''].includes(pull))
    throw new OptionError(`invalid pull option: '${pull}': must be one of "always", "missing" or "never"`);
  return createOptions(context);
}

/**
 * Creates a container, its image fetched when it is missing, its id written to the file of `--cidfile` (docker/cli,
 * createContainer); its id. Throws EngineError, OptionError, InvalidReference.
 */
export async function createFrom(context: CommandContext, request: CreateRequest): Promise<string> {
  const { engine, flags, err } = context;
  warnOfLocalhost(context, request);
  const cidfile = new IdFile(context, flags.string('cidfile'));
  try {
    const image = imageReference(request.config.Image);
    checkPlatform(request.platform);
    const pull = flags.string('pull');
    if (pull === 'always') await fetchImage(context, request);
    let created: Awaited<ReturnType<typeof createContainer>>;
    try {
      created = await createContainer(engine, request);
    } catch (error) {
      const missing = error instanceof EngineError && error.status === 404;
      if (!missing || !image || (pull !== 'missing' && pull !== '')) throw error;
      if (!flags.boolean('quiet')) err(`Unable to find image '${familiar(image)}' locally\n`);
      await fetchImage(context, request);
      created = await createContainer(engine, request);
    }
    for (const warning of created.warnings) err(`WARNING: ${warning}\n`);
    cidfile.write(created.id);
    return created.id;
  } finally {
    cidfile.close();
  }
}

/** The image's name with its tag; nothing for an id. Throws InvalidReference. */
function imageReference(text: string): Reference | undefined {
  if (/^(?:sha256:)?[a-f0-9]{64}$/.test(normalizeAny(text))) return undefined;
  const reference = parseNormalized(text);
  return reference.tag === undefined && reference.digest === undefined ? { ...reference, tag: 'latest' } : reference;
}

function familiar(reference: Reference): string {
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`;
  return `${familiarName(reference)}${tag}${reference.digest === undefined ? '' : `@${reference.digest}`}`;
}

async function fetchImage({ engine, flags, err }: CommandContext, request: CreateRequest): Promise<void> {
  const quiet = flags.boolean('quiet');
  await pullImage(engine, request.config.Image, {
    ...(request.platform === undefined ? {} : { platform: request.platform }),
    onProgress: ({ id, status }) => {
      if (!quiet) err(id === undefined ? `${status}\n` : `${id}: ${status}\n`);
    },
  });
}

const SYSTEMS = ['linux', 'windows', 'darwin', 'freebsd', 'netbsd', 'openbsd', 'solaris', 'aix', 'android', 'js'];
const ARCHITECTURES = [
  ...['386', 'amd64', 'arm', 'arm64', 'loong64', 'mips', 'mipsle', 'mips64', 'mips64le', 'ppc64', 'ppc64le', 'riscv64'],
  ...['s390x', 'wasm', 'x86_64', 'x86-64', 'aarch64', 'i386', 'armhf', 'armel'],
];

/** Throws what containerd's platforms.Parse says of a platform with one unknown word. */
function checkPlatform(platform: string | undefined): void {
  if (platform === undefined) return;
  const parts = platform.toLowerCase().split('/');
  if (parts.length === 1 && !SYSTEMS.includes(parts[0]!) && !ARCHITECTURES.includes(parts[0]!))
    throw new OptionError(
      `error parsing specified platform: ${goQuote(platform)}: unknown operating system or architecture: invalid argument`,
    );
}

/** The client warns of name servers that a container can't reach. */
function warnOfLocalhost({ err }: CommandContext, { hostConfig }: CreateRequest): void {
  const { OomKillDisable, Memory } = hostConfig ?? {};
  if (OomKillDisable && !Memory)
    err(
      'WARNING: OOM killer is disabled for the container, but no memory limit is set, this can result in the system running out of resources.\n',
    );
  const local = hostConfig?.Dns?.find((address) => /^127\.|^::1$/.test(address));
  if (local !== undefined) err(`WARNING: Localhost DNS (${local}) may fail in containers.\n`);
}

/** The file that gets the container's id; it must not be there yet, and goes when there is no container. */
class IdFile {
  readonly #context: CommandContext;
  readonly #path: string;
  readonly #absolute: string;
  #written = false;

  constructor(context: CommandContext, path: string) {
    this.#context = context;
    this.#path = path;
    this.#absolute = resolve(context.kernel.cwd, encode(path));
    if (path === '') return;
    const { files } = context.kernel;
    if (onHost('stat', path, () => files.exists(dirname(this.#absolute)) && files.exists(this.#absolute)))
      throw new OptionError(`container ID file found, make sure the other container isn't running or delete ${path}`);
    try {
      onHost('open', path, () => files.write(this.#absolute, ''));
    } catch (error) {
      throw new OptionError(`failed to create the container ID file: ${(error as Error).message}`);
    }
  }

  write(id: string): void {
    if (this.#path === '') return;
    this.#context.kernel.files.write(this.#absolute, id);
    this.#written = true;
  }

  close(): void {
    if (this.#path !== '' && !this.#written) this.#context.kernel.files.remove(this.#absolute);
  }
}

/** A path of the client's host as text. */
export function folderOf({ kernel }: CommandContext): string {
  return decode(kernel.cwd);
}
