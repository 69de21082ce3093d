import type { NetworkFailure } from '../engine/networks/view.ts';
import { type Kernel, NeedInput } from '../engine/process/program.ts';
import { quietly, RedirectionProblem, writeTo } from './io.ts';
import { prefix } from './messages.ts';
import type { Connection, Descriptor, ShellMemory } from './state.ts';

/** Thrown where the network must be asked before a command can go on; it is then tried again. */
export class NeedNetwork extends NeedInput {
  /** A connection whose answer is wanted, or a place to connect to. */
  readonly what: Connection | { readonly to: 'connect'; readonly address: string; readonly port: number };

  constructor(what: NeedNetwork['what']) {
    super();
    this.what = what;
  }
}

const PLACE = /^\/dev\/(tcp|udp)\/([^/]+)\/([^/]+)$/;
const REASONS: Readonly<Record<NetworkFailure, string>> = {
  unreachable: 'Network is unreachable',
  noroute: 'No route to host',
  timeout: 'Connection timed out',
  refused: 'Connection refused',
  reset: 'Connection reset by peer',
};

/** What bash opens under `/dev/tcp/HOST/PORT`; nothing for other paths. Throws {@link RedirectionProblem}, {@link NeedNetwork}. */
export function openedConnection(memory: ShellMemory, kernel: Kernel, path: string): Descriptor | undefined {
  const [, protocol, host = '', service = ''] = PLACE.exec(path) ?? [];
  if (protocol === undefined || memory.flavour !== 'bash') return undefined;
  const tell = (text: string) => quietly(() => writeTo(memory, kernel, memory.env.fds[2], text));
  const refuse = (problem: string, why: string): never => {
    tell(problem);
    throw new RedirectionProblem(`${path}: ${why}`);
  };
  const [address] = kernel.network.resolve(host);
  if (address === undefined)
    return refuse(`${prefix(memory)}${host}: Temporary failure in name resolution\n`, 'Invalid argument');
  if (!/^\d+$/.test(service))
    return refuse(`${prefix(memory)}${service}: Servname not supported for ai_socktype\n`, 'Invalid argument');
  const port = Number(service);
  const { connected } = memory;
  // A datagram goes off whether or not anybody is there.
  if (protocol === 'tcp') {
    if (connected?.place !== `${address} ${port}`) throw new NeedNetwork({ to: 'connect', address, port });
    memory.connected = undefined;
    if (connected.failure !== '')
      return refuse(`${memory.name}: connect: ${REASONS[connected.failure]}\n`, REASONS[connected.failure]);
  }
  const sent = memory.nextId;
  const received = sent + 1;
  memory.nextId += 2;
  memory.buffers[sent] = '';
  memory.texts[received] = '';
  return { to: 'socket', address, port, sent, received };
}

/** The text that comes back over a connection. Throws {@link NeedNetwork} while something sent has no answer yet. */
export function receivedText(memory: ShellMemory, connection: Connection): Descriptor {
  if (memory.buffers[connection.sent]) throw new NeedNetwork(connection);
  return { to: 'text', id: connection.received };
}

/** Asks the network what a command waits for. */
export async function askNetwork(memory: ShellMemory, kernel: Kernel, what: NeedNetwork['what']): Promise<void> {
  const { address, port } = what;
  if (what.to === 'connect') {
    const result = await kernel.network.request(address, port, '');
    memory.connected = { place: `${address} ${port}`, failure: 'failure' in result ? result.failure : '' };
    return;
  }
  const result = await kernel.network.request(address, port, memory.buffers[what.sent] ?? '');
  memory.buffers[what.sent] = '';
  if ('answer' in result) memory.texts[what.received] = (memory.texts[what.received] ?? '') + result.answer;
}
