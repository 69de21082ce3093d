import type { FirewallChain, FirewallRule, FirewallTable, Match } from '../../../engine/networks/firewall.ts';
import { hasCapability } from '../../../engine/process/credentials.ts';
import type { Tool } from '../../tool.ts';
import { type Invocation, tool } from '../invocation.ts';

const VERSION = 'v1.8.13 (nf_tables)';
const TABLES: readonly string[] = ['filter', 'nat', 'mangle', 'raw', 'security'];
/** Names of ports (/etc/services) that lists show unless told not to. */
const SERVICES: Readonly<Record<string, string>> = {
  ...{ 22: 'ssh', 25: 'smtp', 53: 'domain', 70: 'gopher', 80: 'http', 443: 'https', 3306: 'mysql' },
  ...{ 5432: 'postgresql', 5353: 'mdns', 6000: 'x11', 6379: 'redis', 7000: 'bbs', 8080: 'http-alt', 8081: 'tproxy' },
};

/** What a call asks for. */
interface Asked {
  readonly table: string;
  /** `S` lists rules as options, `L` as a table, other letters change something. */
  readonly command: string;
  readonly chain: string | undefined;
  readonly rule: string | undefined;
  readonly rest: readonly string[];
  readonly numeric: boolean;
  readonly verbose: boolean;
  readonly numbers: boolean;
}

const LONG: Readonly<Record<string, string>> = {
  ...{ '--list': '-L', '--list-rules': '-S', '--append': '-A', '--insert': '-I', '--delete': '-D', '--check': '-C' },
  ...{ '--flush': '-F', '--new-chain': '-N', '--delete-chain': '-X', '--policy': '-P', '--table': '-t' },
  ...{ '--numeric': '-n', '--verbose': '-v', '--version': '-V', '--zero': '-Z', '--replace': '-R' },
};

/** iptables and ip6tables: shows the rules that Docker has made. The model's packets heed no others, so that it takes none. */
export const iptables: Tool = tool(
  (call) => {
    const asked = read(call);
    if (typeof asked === 'number') return asked;
    const { command, table, chain } = asked;
    if (!TABLES.includes(table))
      return refuse(
        call,
        `table '${table}' does not exist\nPerhaps iptables or your kernel needs to be upgraded.`,
        3,
        ` ${VERSION}`,
      );
    if (!hasCapability(call.kernel.credentials, 'NET_ADMIN'))
      return refuse(
        call,
        'Could not fetch rule set generation id: Permission denied (you must be root)\n',
        4,
        ` ${VERSION}`,
      );
    const chains = call.kernel.network.firewall(table as FirewallTable, call.name.endsWith('ip6tables'));
    const shown = chain === undefined ? chains : chains.filter(({ name }) => name === chain);
    if (shown.length === 0) return refuse(call, 'No chain/target/match by that name.', 1);
    if (command === 'S') return listRules(call, asked, shown);
    if (command === 'L') return listTable(call, asked, shown, chains);
    if (command === 'C') return check(call, asked, shown[0]!);
    if (command === 'F' && shown.every(({ rules }) => rules.length === 0)) return 0;
    return refuse(call, 'rules of your own are not modelled in Stapellauf', 1);
  },
  { pointer: false },
);

function refuse(call: Invocation, message: string, status: number, version = ''): number {
  call.err(`${call.name.slice(call.name.lastIndexOf('/') + 1)}${version}: ${message}\n`);
  return status;
}

const HELP = "Try `iptables -h' or 'iptables --help' for more information.";

function read(call: Invocation): Asked | number {
  let table = 'filter';
  let command = '';
  let chain: string | undefined;
  let rule: string | undefined;
  const flags = new Set<string>();
  const rest: string[] = [];
  const words = call.args.flatMap((word) => {
    if (word in LONG) return [LONG[word]!];
    return /^-[a-zA-Z]{2,}$/.test(word) ? [...word.slice(1)].map((letter) => `-${letter}`) : [word];
  });
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-t') table = words.shift() ?? '';
    else if (word === '-V') {
      call.out(`iptables ${VERSION}\n`);
      return 0;
    } else if (/^-[SLADICFNXPZR]$/.test(word) && command === '') {
      command = word[1]!;
      if (words[0] !== undefined && !/^[-!]/.test(words[0])) chain = words.shift();
      if (chain !== undefined && /^\d+$/.test(words[0] ?? '')) rule = words.shift();
    } else if (['-n', '-v', '-w', '--line-numbers', '-x'].includes(word)) flags.add(word);
    else if (command === '' || command === 'L' || command === 'S') {
      call.err(`Bad argument \`${word}'\n${HELP}\n`);
      return 2;
    } else rest.push(word);
  }
  if (command === '') {
    call.err(`iptables ${VERSION}: no command specified\n${HELP}\n`);
    return 2;
  }
  const [numeric, verbose, numbers] = [flags.has('-n'), flags.has('-v'), flags.has('--line-numbers')];
  return { table, command, chain, rule, rest, numeric, verbose, numbers };
}

/** A value with what negates it before its option. */
function option(name: string, value: string | undefined): string[] {
  if (value === undefined) return [];
  return value.startsWith('!') ? [`! ${name} ${value.slice(1)}`] : [`${name} ${value}`];
}

function asOptions(rule: FirewallRule): string {
  const { source, destination, in: input, out, protocol, matches = [], target, to } = rule;
  const module = ({ option: text }: Match) => (text.startsWith('-m') ? text : `-m ${protocol} ${text}`);
  return [
    ...option('-s', source),
    ...option('-d', destination),
    ...option('-i', input),
    ...option('-o', out),
    ...option('-p', protocol),
    ...matches.map(module),
    `-j ${target}`,
    ...(to === undefined ? [] : [`--to-destination ${to}`]),
  ].join(' ');
}

function listRules(call: Invocation, { rule: number }: Asked, chains: readonly FirewallChain[]): number {
  const head = ({ name, policy }: FirewallChain) => (policy ? `-P ${name} ${policy}\n` : `-N ${name}\n`);
  if (number === undefined) {
    call.out(
      chains
        .filter(({ policy }) => policy)
        .map(head)
        .join(''),
    );
    call.out(
      chains
        .filter(({ policy }) => !policy)
        .map(head)
        .join(''),
    );
  }
  for (const { name, rules } of chains)
    for (const [index, rule] of rules.entries())
      if (number === undefined || Number(number) === index + 1) call.out(`-A ${name} ${asOptions(rule)}\n`);
  return 0;
}

function listTable(
  call: Invocation,
  asked: Asked,
  chains: readonly FirewallChain[],
  all: readonly FirewallChain[],
): number {
  const tables = chains.map(({ name, policy, rules }) => {
    const counted = asked.verbose ? ' 0 packets, 0 bytes' : '';
    const users = all.flatMap((chain) => chain.rules).filter(({ target }) => target === name).length;
    const head = `Chain ${name} (${policy ? `policy ${policy}${counted}` : `${users} references`})\n`;
    const columns = `${asked.numbers ? 'num  ' : ''}${asked.verbose ? ' pkts bytes ' : ''}target     prot opt ${asked.verbose ? 'in     out     ' : ''}source               destination         \n`;
    return head + columns + rules.map((rule, index) => row(asked, rule, index + 1)).join('');
  });
  call.out(tables.join('\n'));
  return 0;
}

function row({ numeric, verbose, numbers }: Asked, rule: FirewallRule, number: number): string {
  const { source, destination, in: input, out, protocol, matches = [], target, to } = rule;
  const any = numeric ? '*' : 'any';
  const device = (name: string | undefined) => `${(name ?? any).padEnd(6)} `;
  const address = (text = '0.0.0.0/0') => {
    const negated = text.startsWith('!');
    const plain = (negated ? text.slice(1) : text).replace(/\/32$/, '');
    const named = numeric ? plain : ({ '0.0.0.0/0': 'anywhere', '127.0.0.1': 'localhost' }[plain] ?? plain);
    return `${negated ? '!' : ' '}${named.padEnd(19)} `;
  };
  const details = matches.map(({ option: text, shown }) => {
    if (text.startsWith('-m')) return ` ${shown}`;
    const [, port = ''] = shown.split(':');
    return ` ${protocol} dpt:${numeric ? port : (SERVICES[port] ?? port)}`;
  });
  return [
    numbers ? `${String(number).padEnd(4)} ` : '',
    verbose ? `${'0'.padStart(5)} ${'0'.padStart(5)} ` : '',
    `${target.padEnd(9)}  ${(protocol ?? 'all').padEnd(4)} -- `,
    verbose ? ` ${device(input)}${device(out)}` : '',
    address(source),
    address(destination),
    ...details,
    to === undefined ? '' : ` to:${to}`,
  ]
    .join('')
    .concat('\n');
}

function check(call: Invocation, { rest }: Asked, { rules }: FirewallChain): number {
  const wanted = rest.join(' ');
  if (rules.some((rule) => asOptions(rule) === wanted)) return 0;
  return refuse(call, 'Bad rule (does a matching rule exist in that chain?).', 1);
}
