import { FileError } from '../../../engine/files/errors.ts';
import { parseAddress } from '../../../engine/networks/address.ts';
import type { Outcome } from '../../../engine/process/program.ts';
import type { Tool } from '../../tool.ts';
import { type Invocation, tool, UsageError, waiting } from '../invocation.ts';

/** The name server of /etc/resolv.conf; the machine itself when there is none. */
function nameServer(call: Invocation): string {
  try {
    const text = call.kernel.files.read('/etc/resolv.conf');
    return /^\s*nameserver\s+(\S+)/m.exec(text)?.[1] ?? '127.0.0.1';
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return '127.0.0.1';
  }
}

/** Whether the name server can be reached: the embedded one is in the container, others behind a gateway. */
function reachable(call: Invocation, server: string): boolean {
  const { network } = call.kernel;
  if (server === '127.0.0.11') return network.embeddedDns;
  return network.echo(server) !== 'unreachable';
}

const backwards = (address: string) => `${address.split('.').reverse().join('.')}.in-addr.arpa`;

/** BusyBox's nslookup: asks for addresses of both families, and says what each answer was. */
export const nslookup: Tool = waiting(
  (call): Outcome => {
    if (call.kernel.memory !== undefined) {
      call.out(`;; connection timed out; no servers could be reached\n\n`);
      return { exit: 1 };
    }
    const types: string[] = [];
    const words: string[] = [];
    for (const word of call.args) {
      const type = /^-(?:type|querytype|q|t)=(\w+)$/i.exec(word);
      if (type) types.push(type[1]!.toUpperCase());
      else if (word.startsWith('-') && word.length > 1) {
        if (!/^-(?:debug|port=|timeout=|retry=)/.test(word)) throw new UsageError(`invalid option -- '${word[1]}'`);
      } else words.push(word);
    }
    const [name, asked] = words;
    if (name === undefined) throw new UsageError();
    const [server] = asked === undefined ? [nameServer(call)] : call.kernel.network.resolve(asked);
    if (server === undefined)
      throw call.failure(`bad address '${asked}'`, `couldn't get address for '${asked}': not found`);
    if (!reachable(call, server)) {
      if (server !== '127.0.0.11' && !call.kernel.network.interfaces().some(({ gateway }) => gateway !== ''))
        throw call.failure(`can't connect to remote host (${server}): Network is unreachable`);
      call.kernel.memory = 'timed out';
      return { wait: { until: call.kernel.now + 5000 } };
    }
    call.out(`Server:\t\t${server}\nAddress:\t${server}:53\n\n`);
    const isAddress = parseAddress(name) !== undefined;
    // Answers are printed as they come; the one without content comes first.
    const wanted = types.length > 0 ? types : isAddress ? ['PTR'] : ['AAAA', 'A'];
    let failed = false;
    for (const type of wanted) failed = !answer(call, server, name, type, isAddress && types.length === 0) || failed;
    return { exit: failed ? 1 : 0 };
  },
  { usage: 'nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]', pointer: false },
);

/** Prints the answer to one question; false when it was an error. */
function answer(call: Invocation, server: string, name: string, type: string, reverse: boolean): boolean {
  const { network } = call.kernel;
  if (reverse) {
    const found = network.reverse(name);
    if (found === undefined) {
      call.out(`** server can't find ${backwards(name)}: NXDOMAIN\n\n`);
      return false;
    }
    call.out(`Non-authoritative answer:\n${backwards(name)}\tname = ${found}\n\n`);
    return true;
  }
  // Another server knows nothing of the names of containers.
  const found = server === '127.0.0.11' ? network.lookup(name) : 'NXDOMAIN';
  if (typeof found === 'string') {
    call.out(`** server can't find ${name}: ${found}\n\n`);
    return false;
  }
  const lines = type === 'A' || type === 'ANY' ? found.map((address) => `Name:\t${name}\nAddress: ${address}\n`) : [];
  call.out(`Non-authoritative answer:\n${lines.join('')}\n`);
  return true;
}

/** BIND's dig, in short or with the sections of an answer. */
export const dig: Tool = tool(
  (call) => {
    const words = call.args.filter((word) => !/^[-+@]/.test(word) && !/^(?:a|aaaa|mx|txt|ns|any|in)$/i.test(word));
    const [name] = words;
    const short = call.args.includes('+short');
    const server = call.args.find((word) => word.startsWith('@'))?.slice(1) ?? nameServer(call);
    const reverse = call.args.includes('-x');
    const { network } = call.kernel;
    if (name === undefined) return call.out('; <<>> DiG 9.20 <<>>\n');
    const found = reverse ? [network.reverse(name)].filter((entry) => entry !== undefined) : network.lookup(name);
    const addresses = typeof found === 'string' ? [] : found;
    if (short) return call.out(addresses.map((address) => `${address}${reverse ? '.' : ''}\n`).join(''));
    const status = typeof found === 'string' ? found : 'NOERROR';
    const asked = `;${name}.\t\t\t\tIN\tA\n`;
    const rows = addresses.map((address) => `${name}.\t\t600\tIN\tA\t${address}\n`).join('');
    call.out(
      `\n; <<>> DiG 9.20 <<>> ${call.args.join(' ')}\n;; global options: +cmd\n;; Got answer:\n;; ->>HEADER<<- opcode: QUERY, status: ${status}, id: 4711\n`,
    );
    call.out(
      `;; flags: qr rd ra; QUERY: 1, ANSWER: ${addresses.length}, AUTHORITY: 0, ADDITIONAL: 0\n\n;; QUESTION SECTION:\n${asked}\n`,
    );
    if (rows !== '') call.out(`;; ANSWER SECTION:\n${rows}\n`);
    call.out(`;; Query time: 0 msec\n;; SERVER: ${server}#53(${server}) (UDP)\n\n`);
  },
  { pointer: false },
);

export const host: Tool = tool(
  (call) => {
    const [name] = call.args.filter((word) => !word.startsWith('-'));
    if (name === undefined)
      return call.err('Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] hostname [server]\n') ?? 1;
    const found = call.kernel.network.lookup(name);
    if (typeof found === 'string') {
      call.out(`Host ${name} not found: ${found === 'NXDOMAIN' ? '3' : '2'}(${found})\n`);
      return 1;
    }
    for (const address of found) call.out(`${name} has address ${address}\n`);
    return 0;
  },
  { pointer: false },
);
