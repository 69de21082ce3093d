import { encode } from '../engine/bytes.ts';
import type { Engine } from '../engine/engine.ts';
import { FileError } from '../engine/files/errors.ts';
import type { Kernel } from '../engine/process/program.ts';
import { StreamError } from '../engine/stream-error.ts';
import { CliError } from './command.ts';
import { currentContext, findContext } from './commands/context/store.ts';

const SOCKET = 'unix:///var/run/docker.sock';
const TCP_PORT = 2375;

/** Nobody answers where the engine should be: what a command gets of every call. */
export class Unreachable extends StreamError {
  constructor(host: string) {
    super(500, `Cannot connect to the Docker daemon at ${host}. Is the docker daemon running?`);
  }
}

/** A value of `--host` in full: without a scheme it is TCP. Throws what the client says to one that makes no sense. */
export function parseHost(text: string): string {
  if (text === '') return SOCKET;
  const [, scheme, rest = ''] = /^([a-z]+):\/\/(.*)$/s.exec(text) ?? [];
  if (scheme === undefined) return `tcp://${withPort(text)}`;
  if (scheme === 'tcp') return `tcp://${withPort(rest)}`;
  if (!['unix', 'ssh', 'fd', 'npipe', 'http', 'https'].includes(scheme))
    throw new CliError(`Failed to initialize: unable to resolve docker endpoint: invalid bind address format: ${text}`);
  return text;
}

function withPort(address: string): string {
  const [name = '', port] = address.split(/:(?=\d+$)/);
  return `${name || 'localhost'}:${port ?? TCP_PORT}`;
}

/** Where the client looks for the engine: the context's endpoint, or what DOCKER_HOST says. */
export function endpointHost(kernel: Kernel, context: string): string {
  const found = findContext(kernel, context === '' ? currentContext({ kernel }) : context);
  return found?.Endpoints.docker.Host || SOCKET;
}

/** The engine as a command finds it at an address: itself behind its socket, else one that refuses every call. */
export function engineAt(engine: Engine, { files }: Kernel, host: string): Engine {
  if (host.startsWith('unix://') && isSocket(files, encode(host.slice('unix://'.length)))) return engine;
  const refuse = () => {
    throw new Unreachable(host);
  };
  return new Proxy(engine, { get: refuse, has: refuse, set: refuse });
}

function isSocket(files: Kernel['files'], path: string): boolean {
  try {
    const node = files.stat(path);
    return node?.type === 'socket' && node.device === 'docker.sock';
  } catch (error) {
    if (error instanceof FileError) return false;
    throw error;
  }
}
