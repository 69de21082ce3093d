import { decode, encode } from '../engine/bytes.ts';
import type { Engine } from '../engine/engine.ts';
import { EngineError, Interrupted } from '../engine/errors.ts';
import { InvalidReference } from '../engine/images/reference.ts';
import { type Kernel, NeedInput, type Program } from '../engine/process/program.ts';
import { SIGNALS } from '../engine/process/signals.ts';
import { StreamError } from '../engine/stream-error.ts';
import { checkArguments } from './arguments.ts';
import { CliError } from './command.ts';
import { findContext, requireContext } from './commands/context/store.ts';
import { endpointHost, engineAt, parseHost, Unreachable } from './endpoint.ts';
import { OptionError } from './options/option-error.ts';
import { FlagError, type Parsed, type ParsedFlags, parseFlags } from './parse.ts';
import { signalProxy } from './signal-proxy.ts';
import { shownName, useLine } from './surface/lines.ts';
import { findCommand, type SurfaceCommand, wholeSurface } from './surface/surface.ts';
import { commandAt } from './table.ts';
import { CLIENT_BUILD, CLIENT_VERSION } from './version.ts';

const ROOT = findCommand('')!;
const LOG_LEVELS = ['panic', 'fatal', 'error', 'warn', 'warning', 'info', 'debug', 'trace'];

/**
 * The client as a program of the host: parses its arguments by the command table, runs the command, prints errors. `host` is what
 * DOCKER_HOST says to it, whatever the shell has.
 */
export function dockerProgram(engine: () => Engine, host?: string): Program {
  return {
    async run(kernel) {
      const own = host === undefined ? kernel : withHost(kernel, host);
      try {
        return { exit: await new Invocation(engine(), own).run(kernel.argv.slice(1).map(decode)) };
      } catch (error) {
        if (error instanceof NeedInput) return { wait: { input: true } };
        if (error instanceof Interrupted) return { exit: 130 };
        throw error;
      }
    },
    signal(kernel, signal) {
      // An interrupt reaches the command itself, as Interrupted.
      const forward = signal === SIGNALS['INT'] ? undefined : signalProxy(engine(), kernel.process.pid);
      if (!forward || SIGNALS['CHLD'] === signal || SIGNALS['URG'] === signal) return undefined;
      forward(signal);
      return { wait: {} };
    },
  };
}

/** One call of the client. `#command` is the command that messages are about: the deepest one reached so far. */
class Invocation {
  #engine: Engine;
  #kernel: Kernel;
  #command: SurfaceCommand = ROOT;
  #pluginFlags: ParsedFlags | undefined;

  constructor(engine: Engine, kernel: Kernel) {
    this.#engine = engine;
    this.#kernel = kernel;
  }

  async run(words: readonly string[]): Promise<number> {
    try {
      return await this.#run(words);
    } catch (error) {
      return this.#report(error);
    }
  }

  readonly #out = (text: string) => this.#kernel.output(encode(text));
  readonly #err = (text: string) => this.#kernel.error(encode(text));

  async #run(words: readonly string[]): Promise<number> {
    let { flags, args, help } = this.#parse(words, true);
    const level = flags.string('log-level');
    if (!LOG_LEVELS.includes(level.toLowerCase())) throw new CliError(`Unable to parse logging level: ${level}`);
    const context = flags.string('context');
    if (flags.boolean('tls') || flags.boolean('tlsverify')) this.#checkAuthority(flags.string('tlscacert'), args[0]);
    this.#connect(flags.list('host'), context);
    if (context !== '' && !findContext(this.#kernel, context)) throw missingContext(this.#kernel, context);
    const version = flags.boolean('version');
    if (args.length === 0 && version && !help) return this.#version();
    if (args[0] === 'help') return this.#helpCommand(args.slice(1));
    while (this.#command.group) {
      const parent = this.#command;
      const next = args[0] === undefined ? undefined : await commandBelow(parent, args[0]);
      if (!next) {
        if (await commandAt(parent.canonical)) break;
        return version && parent === ROOT && !help ? this.#version() : this.#withoutSubcommand(args, help);
      }
      this.#command = next;
      if (isPlugin(parent)) this.#pluginFlags = flags;
      args = args.slice(1);
      if (!next.group) break;
      const inner = this.#parse(args, true);
      ({ flags, args } = inner);
      help ||= inner.help;
    }
    return this.#execute(args, help);
  }

  #version(): number {
    this.#out(`Docker version ${CLIENT_VERSION}, build ${CLIENT_BUILD}\n`);
    return 0;
  }

  /** Encryption needs the certificate of an authority; what has to do with contexts says so by itself. */
  #checkAuthority(given: string, command: string | undefined): void {
    const path = given || `${this.#kernel.environment['HOME'] ?? '/root'}/.docker/ca.pem`;
    if (this.#kernel.files.exists(path)) return;
    const initialize = command === 'context' ? '' : 'Failed to initialize: unable to resolve docker endpoint: ';
    throw new CliError(`${initialize}open ${path}: no such file or directory`);
  }

  /** Finds the engine that the flags, the environment or the context in use name. */
  #connect(hosts: readonly string[], context: string): void {
    const [host] = hosts;
    if (host !== undefined && context !== '')
      throw new CliError('conflicting options: cannot specify both --host and --context');
    if (host !== undefined) this.#kernel = withHost(this.#kernel, parseHost(host));
    this.#engine = engineAt(this.#engine, this.#kernel, endpointHost(this.#kernel, context));
  }

  #parse(words: readonly string[], stops: boolean): Parsed {
    const parsed = parseFlags(this.#command.flags, words, stops);
    for (const notice of parsed.notices) this.#out(`${notice}\n`);
    return parsed;
  }

  async #execute(words: readonly string[], helpWanted: boolean): Promise<number> {
    const command = this.#command;
    const { flags, args, help } = this.#parse(words, command.stops);
    if (help || helpWanted) return this.#help(command, this.#out);
    checkArguments(command, args);
    const run = await commandAt(command.canonical);
    if (!run) throw new CliError(`docker: '${shownName(command)}' is not modelled in Stapellauf`);
    return run({
      ...{ engine: this.#engine, kernel: this.#kernel, args, flags, name: shownName(command) },
      pluginFlags: this.#pluginFlags ?? flags,
      ...{ out: this.#out, err: this.#err },
    });
  }

  /** A group of commands without a command, or with a word that is none. */
  async #withoutSubcommand(words: readonly string[], help: boolean): Promise<number> {
    const command = this.#command;
    // Compose looks for flags before the unknown word only.
    const { args, flags, help: later } = this.#parse(words, command.path === 'compose');
    if (command === ROOT && flags.boolean('version') && !(help || later)) return this.#version();
    if (help || later) return this.#help(command, this.#out);
    const [word] = args;
    const plugin = inPlugin(command);
    if (word === undefined) return this.#help(command, plugin ? this.#out : this.#err);
    if (command === ROOT)
      throw new CliError(`docker: unknown command: docker ${word}\n\nRun 'docker --help' for more information`);
    if (plugin) {
      await this.#help(command, this.#out);
      const path = `${command.path} ${word}`;
      throw new CliError(
        command.path.startsWith('compose') ? `unknown docker command: "${path}"` : `ERROR: unknown command: "${word}"`,
      );
    }
    const name = shownName(command);
    throw new CliError(
      `docker: unknown command: ${name} ${word}\n\nUsage:  ${useLine(command)}\n\nRun '${name} --help' for more information`,
    );
  }

  async #helpCommand(words: readonly string[]): Promise<number> {
    let command = ROOT;
    for (const [i, word] of words.entries()) {
      const next = await commandBelow(command, word);
      if (!next) throw new CliError(`unknown help topic: ${words.slice(i).join(' ')}`);
      command = next;
    }
    return this.#help(command, this.#out);
  }

  async #help(command: SurfaceCommand, print: (text: string) => void): Promise<number> {
    const { helpText } = await import('./help.ts');
    const german = this.#kernel.environment['LANG']?.startsWith('de') ?? false;
    print(await helpText(command, this.#engine, german));
    return 0;
  }

  #report(error: unknown): number {
    const name = shownName(this.#command);
    const pointer = `Run '${name} --help' for more information`;
    const usage = `\n\nUsage:  ${useLine(this.#command)}\n\n${pointer}\n`;
    if (error instanceof FlagError) {
      // Compose says what is wrong and no more.
      const compose = this.#command.path.startsWith('compose');
      this.#err(`${error.message}${compose ? '\n' : usage}`);
      return compose ? 1 : 125;
    }
    if (error instanceof EngineError) {
      const build = /^(?:buildx|build|builder|image build)\b/.test(this.#command.path);
      const prefix =
        error instanceof Unreachable && build
          ? 'ERROR: '
          : error instanceof StreamError
            ? ''
            : 'Error response from daemon: ';
      this.#err(`${prefix}${error.message}\n`);
      return 1;
    }
    if (error instanceof OptionError || error instanceof InvalidReference) {
      this.#err(`${error.message}\n`);
      return 1;
    }
    if (!(error instanceof CliError)) throw error;
    if (error.usage === 'usage') this.#err(`${error.message}${usage}`);
    else if (error.usage === 'pointer') {
      const short = `docker ${this.#command.canonical.replace(/^container /, '')}`;
      this.#err(`docker: ${error.message}\n\nRun '${short} --help' for more information\n`);
    } else if (error.message !== '') this.#err(`${error.message}\n`);
    return error.status;
  }
}

function withHost(kernel: Kernel, host: string): Kernel {
  return kernel.within({ environment: { ...kernel.environment, DOCKER_HOST: encode(host) } });
}

/** What the client says when the context that it shall use does not exist. */
function missingContext(kernel: Kernel, name: string): CliError {
  try {
    requireContext(kernel, name);
  } catch (error) {
    if (error instanceof CliError)
      return new CliError(`Failed to initialize: unable to resolve docker endpoint: ${error.message}`);
    throw error;
  }
  return new CliError('');
}

async function commandBelow({ path }: SurfaceCommand, word: string): Promise<SurfaceCommand | undefined> {
  const wanted = path === '' ? word : `${path} ${word}`;
  const known = findCommand(wanted);
  if (known) return known;
  await wholeSurface();
  return findCommand(wanted);
}

function isPlugin({ path }: SurfaceCommand): boolean {
  return path === 'compose' || path === 'buildx';
}

function inPlugin({ path }: SurfaceCommand): boolean {
  return /^(?:compose|buildx)(?: |$)/.test(path);
}
