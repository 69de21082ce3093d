import { formatAddress, parseAddress, parsePrefix, size } from '../../../engine/networks/address.ts';
import type { Interface } from '../../../engine/networks/interfaces.ts';
import { hasCapability } from '../../../engine/process/credentials.ts';
import type { Tool } from '../../tool.ts';
import { Failure, type Invocation, tool, UsageError } from '../invocation.ts';

/** An interface with its number. */
interface Device extends Interface {
  readonly index: number;
}

const FAMILIES: Readonly<Record<string, string>> = { '-4': 'inet', '-6': 'inet6', '-0': 'link' };
const OBJECTS = ['address', 'route', 'link', 'neighbor', 'rule', 'tunnel', 'netns', 'neighbour', 'maddress', 'monitor'];

/** How the answer is to look. */
interface Manner {
  readonly oneline: boolean;
  readonly brief: boolean;
  readonly json: boolean;
  readonly family: string;
}

/** Network devices, addresses and routes: BusyBox's ip, or iproute2's. */
export const ip: Tool = tool(
  (call) => {
    const words = [...call.args];
    let manner: Manner = { oneline: false, brief: false, json: false, family: '' };
    while (words[0]?.startsWith('-')) {
      const word = words.shift()!;
      if (FAMILIES[word]) manner = { ...manner, family: FAMILIES[word]! };
      else if (/^-(?:o|oneline)$/.test(word)) manner = { ...manner, oneline: true };
      else if (!call.busybox && /^-(?:br|brief)$/.test(word)) manner = { ...manner, brief: true };
      else if (!call.busybox && /^-(?:j|json)$/.test(word)) manner = { ...manner, json: true };
      else if (/^-(?:f|family)$/.test(word)) manner = { ...manner, family: words.shift() ?? '' };
      else if (!call.busybox && /^-(?:V|Version)$/.test(word))
        return call.out('ip utility, iproute2-6.15.0, libbpf 1.5.0\n');
      else if (!call.busybox && /^-(?:c|color|s|stats|statistics|d|details|p|pretty|r|n|h)/.test(word)) continue;
      else if (call.busybox) throw new UsageError();
      else throw new Failure(`Option "${word}" is unknown, try "ip -help".`, 255, '');
    }
    const [objectWord, ...rest] = words;
    if (objectWord === undefined) return usage(call);
    const object = OBJECTS.find((name) => name.startsWith(objectWord));
    switch (object) {
      case 'address':
        return address(call, manner, rest);
      case 'link':
        return link(call, manner, rest);
      case 'route':
        return route(call, manner, rest);
      case 'neighbor':
      case 'neighbour':
        return neighbours(call);
      case 'rule':
        return rules(call);
      case undefined:
        if (call.busybox) throw new UsageError();
        throw new Failure(`Object "${objectWord}" is unknown, try "ip help".`, 1, '');
      default:
        return;
    }
  },
  { usage: 'ip [OPTIONS] address|route|link|tunnel|neigh|rule [ARGS]', pointer: false },
);

function usage(call: Invocation): number {
  if (call.busybox) throw new UsageError();
  call.err('Usage: ip [ OPTIONS ] OBJECT { COMMAND | help }\n       ip [ -force ] -batch filename\n');
  return 255;
}

/** All devices of the namespace; a bridge without a plug in it has no carrier. */
function devices(call: Invocation): Device[] {
  return call.kernel.network.interfaces().map((device, i) => ({ ...device, index: device.number ?? i + 1 }));
}

function carrier(device: Device, all: readonly Device[]): boolean {
  return !isBridge(device) || all.some(({ master }) => master === device.name);
}

const isBridge = ({ name, network, peer }: Device) => network !== '' && peer === undefined && !/^eth/.test(name);

function flags(call: Invocation, device: Device, all: readonly Device[]): string {
  if (device.name === 'lo') return 'LOOPBACK,UP,LOWER_UP';
  if (!carrier(device, all)) return 'NO-CARRIER,BROADCAST,MULTICAST,UP';
  return `BROADCAST,MULTICAST,UP,LOWER_UP${call.busybox && device.peer !== undefined ? ',M-DOWN' : ''}`;
}

/** The words after `show`: a device, a bridge whose devices are meant. */
function selection(call: Invocation, words: readonly string[], all: readonly Device[]): Device[] {
  let chosen = [...all];
  const rest = [...words];
  while (rest.length > 0) {
    const word = rest.shift()!;
    if (word === 'master') {
      const master = rest.shift() ?? '';
      if (!all.some(({ name }) => name === master)) throw noDevice(call, master);
      chosen = chosen.filter((device) => device.master === master);
    } else if (word === 'up') chosen = chosen.filter(({ up }) => up);
    else if (word === 'type') {
      const type = rest.shift() ?? '';
      chosen = chosen.filter((device) =>
        type === 'bridge' ? isBridge(device) : type === 'veth' ? device.peer !== undefined : false,
      );
    } else if (word === 'scope' || word === 'label' || word === 'to' || word === 'group') rest.shift();
    else {
      const name = word === 'dev' ? (rest.shift() ?? '') : word;
      if (!all.some((device) => device.name === name)) throw noDevice(call, name);
      chosen = chosen.filter((device) => device.name === name);
    }
  }
  return chosen;
}

function noDevice(call: Invocation, name: string): Failure {
  // BusyBox ends with 2 where it was asked for a link, with 1 where for its addresses.
  const link = call.args.find((word) => !word.startsWith('-'))?.startsWith('l');
  return call.busybox
    ? new Failure(`can't find device '${name}'`, link ? 2 : 1)
    : new Failure(`Device "${name}" does not exist.`, 1, '');
}

/** The verb among the first words; nothing written is `show`. */
function verb(words: readonly string[], known: readonly string[]): [string, readonly string[]] {
  const [first, ...rest] = words;
  if (first === undefined) return ['show', []];
  const found = known.find((name) => name.startsWith(first)) ?? (first === 'lst' ? 'list' : undefined);
  return found ? [found === 'list' || found === 'lst' ? 'show' : found, rest] : ['show', words];
}

/** What iproute2 says when the kernel refuses; BusyBox puts its name before it. */
function denied(call: Invocation, capable = hasCapability(call.kernel.credentials, 'NET_ADMIN')): Failure {
  return new Failure(
    `RTNETLINK answers: ${capable ? 'Operation not supported' : 'Operation not permitted'}`,
    2,
    call.busybox ? call.name : '',
  );
}

function head(call: Invocation, device: Device, all: readonly Device[], forLink: boolean): string {
  const peer = device.peer === undefined ? '' : `@if${device.peer}`;
  const up = carrier(device, all);
  const first = `${device.index}: ${device.name}${peer}: <${flags(call, device, all)}> mtu ${device.name === 'lo' ? 65536 : (device.mtu ?? 1500)} `;
  const queue = device.name === 'lo' ? 'qlen 1000' : '';
  if (call.busybox) return `${first}qdisc noqueue ${device.master ? `master ${device.master} ` : ''}${queue}`;
  const state = device.name === 'lo' ? 'UNKNOWN' : up ? 'UP' : 'DOWN';
  const master = device.master ? `master ${device.master} ` : '';
  return `${first}qdisc noqueue ${master}state ${state} ${forLink ? 'mode DEFAULT ' : ''}group default ${queue}`;
}

function hardware(call: Invocation, device: Device): string {
  const kind = device.name === 'lo' ? 'loopback' : 'ether';
  const brd = device.name === 'lo' ? '00:00:00:00:00:00' : 'ff:ff:ff:ff:ff:ff';
  const far = !call.busybox && device.peer !== undefined ? ' link-netnsid 0' : '';
  return `    link/${kind} ${device.mac} brd ${brd}${far}`;
}

function broadcast({ subnet }: Interface): string {
  const prefix = parsePrefix(subnet);
  return prefix ? formatAddress(prefix.base + size(prefix) - 1) : '';
}

/** Addresses of a device as `[family, text]`. */
function addressesOf(call: Invocation, device: Device): [string, string][] {
  const list: [string, string][] = [];
  if (device.address !== '') {
    const scope = device.name === 'lo' ? 'scope host lo' : `brd ${broadcast(device)} scope global ${device.name}`;
    list.push(['inet', `inet ${device.address}/${device.prefix} ${scope}`]);
  }
  if (device.name === 'lo') list.push(['inet6', `inet6 ::1/128 scope host ${call.busybox ? '' : 'proto kernel_lo '}`]);
  return list;
}

function address(call: Invocation, manner: Manner, words: readonly string[]): undefined {
  const [what, rest] = verb(words, ['add', 'change', 'replace', 'del', 'show', 'list', 'flush']);
  const all = devices(call);
  if (what !== 'show') {
    const at = rest.indexOf('dev');
    const name = at >= 0 ? rest[at + 1] : undefined;
    if (name === undefined || !all.some((device) => device.name === name))
      throw name === undefined ? denied(call) : noDevice(call, name);
    throw denied(call);
  }
  const chosen = selection(call, rest, all);
  if (manner.json) return call.out(`${JSON.stringify(chosen.map((device) => asJson(call, device, all)))}\n`);
  for (const device of chosen) {
    const list = addressesOf(call, device).filter(([family]) => manner.family === '' || family === manner.family);
    if (manner.family !== '' && list.length === 0) continue;
    if (manner.brief) {
      const peer = device.peer === undefined ? '' : `@if${device.peer}`;
      const state = device.name === 'lo' ? 'UNKNOWN' : carrier(device, all) ? 'UP' : 'DOWN';
      const texts = list.map(([, text]) => `${text.split(' ')[1]} `).join('');
      call.out(`${`${device.name}${peer}`.padEnd(16)} ${state.padEnd(14)} ${texts}\n`);
    } else if (manner.oneline) {
      for (const [, text] of list)
        call.out(`${device.index}: ${device.name}    ${text}\\       valid_lft forever preferred_lft forever\n`);
    } else {
      call.out(`${head(call, device, all, false)}\n`);
      if (manner.family === '') call.out(`${hardware(call, device)}\n`);
      for (const [, text] of list) call.out(`    ${text}\n       valid_lft forever preferred_lft forever\n`);
    }
  }
}

function asJson(call: Invocation, device: Device, all: readonly Device[]): object {
  return {
    ...{
      ifindex: device.index,
      ...(device.peer === undefined ? {} : { link_index: device.peer }),
      ifname: device.name,
    },
    ...{
      flags: flags(call, device, all).split(','),
      mtu: device.name === 'lo' ? 65536 : (device.mtu ?? 1500),
      qdisc: 'noqueue',
    },
    ...{ operstate: device.name === 'lo' ? 'UNKNOWN' : carrier(device, all) ? 'UP' : 'DOWN', group: 'default' },
    ...{ link_type: device.name === 'lo' ? 'loopback' : 'ether', address: device.mac },
    addr_info:
      device.address === ''
        ? []
        : [
            {
              family: 'inet',
              local: device.address,
              prefixlen: device.prefix,
              scope: device.name === 'lo' ? 'host' : 'global',
              label: device.name,
            },
          ],
  };
}

/** By which request to the kernel BusyBox sets what, in its order (ioctl(2), netdevice(7)). */
const REQUESTS = [
  ['address', 'SIOCSIFHWADDR'],
  ['name', 'SIOCSIFNAME'],
  ['qlen', 'SIOCSIFTXQLEN'],
  ['mtu', 'SIOCSIFMTU'],
] as const;

function link(call: Invocation, manner: Manner, words: readonly string[]): undefined {
  const [what, rest] = verb(words, ['add', 'change', 'delete', 'set', 'show', 'list', 'ls']);
  const all = devices(call);
  if (what === 'set') {
    const name = rest[0] === 'dev' ? rest[1] : rest[0];
    if (name === undefined || !all.some((device) => device.name === name)) {
      if (call.busybox) throw new Failure('SIOCGIFFLAGS: No such device', 2);
      throw new Failure(`Cannot find device "${name}"`, 1, '');
    }
    if (hasCapability(call.kernel.credentials, 'NET_ADMIN')) return;
    if (call.busybox) {
      const [, request = 'SIOCSIFFLAGS'] = REQUESTS.find(([word]) => rest.includes(word, 1)) ?? [];
      throw new Failure(`${request}: Operation not permitted`, 2);
    }
    throw denied(call);
  }
  if (what !== 'show' && what !== 'ls') throw denied(call);
  const chosen = selection(call, rest, all);
  for (const device of chosen) {
    const peer = device.peer === undefined ? '' : `@if${device.peer}`;
    if (manner.brief) {
      const state = device.name === 'lo' ? 'UNKNOWN' : carrier(device, all) ? 'UP' : 'DOWN';
      call.out(
        `${`${device.name}${peer}`.padEnd(16)} ${state.padEnd(14)} ${device.mac} <${flags(call, device, all)}> \n`,
      );
    } else call.out(`${head(call, device, all, true)}${manner.oneline ? '\\' : '\n'}${hardware(call, device)}\n`);
  }
}

function route(call: Invocation, manner: Manner, words: readonly string[]): undefined {
  const [what, rest] = verb(words, [
    'add',
    'append',
    'change',
    'replace',
    'delete',
    'get',
    'show',
    'list',
    'flush',
    'test',
  ]);
  if (what === 'get') return routeTo(call, rest.find((word) => word !== 'to') ?? '');
  if (what !== 'show') throw denied(call);
  if (manner.family === 'inet6') return;
  const all = devices(call);
  const device = rest.indexOf('dev');
  const only = rest[0] === 'default' ? 'default' : undefined;
  const routes = call.kernel.network
    .routes()
    .filter(
      (entry) =>
        (device < 0 || entry.device === rest[device + 1]) && (only === undefined || entry.destination === only),
    );
  const order = (text: string) => (text === 'default' ? -1 : (parseAddress(text.split('/')[0]!) ?? 0));
  const sorted = [...routes].sort((a, b) => order(a.destination) - order(b.destination));
  if (manner.json)
    return call.out(
      `${JSON.stringify(sorted.map(({ destination, gateway, device: dev, source }) => (gateway === '' ? { dst: destination, dev, protocol: 'kernel', scope: 'link', prefsrc: source, flags: [] } : { dst: destination, gateway, dev, flags: [] })))}\n`,
    );
  for (const { destination, gateway, device: name, source } of sorted) {
    const onLink = device < 0 ? `dev ${name} ` : '';
    const owner = all.find((entry) => entry.name === name);
    const down = owner && !carrier(owner, all) ? 'linkdown ' : '';
    if (gateway !== '') call.out(`${destination} via ${gateway} ${onLink}\n`);
    else if (call.busybox) call.out(`${destination} ${onLink}scope link  src ${source} \n`);
    else call.out(`${destination} ${onLink}proto kernel scope link src ${source} ${down}\n`);
  }
}

function routeTo(call: Invocation, target: string): undefined {
  const number = parseAddress(target.split('/')[0] ?? '');
  if (number === undefined) {
    if (call.busybox)
      throw target === '' ? new UsageError() : new Failure(`invalid argument '${target}' to 'inet prefix'`);
    throw new Failure(`Error: any valid prefix is expected rather than "${target}".`, 1, '');
  }
  const all = devices(call);
  const tail = call.busybox ? '' : 'uid 0 ';
  const gap = call.busybox ? '  ' : ' ';
  const own = target.startsWith('127.') ? all[0] : all.find((device) => device.address === target);
  if (own)
    return call.out(`local ${target} dev lo${gap}src ${target} ${tail}\n    cache ${call.busybox ? '' : '<local> '}\n`);
  const near = all.find((device) => {
    const prefix = parsePrefix(device.subnet);
    return device.name !== 'lo' && prefix !== undefined && number >= prefix.base && number < prefix.base + size(prefix);
  });
  if (near) return call.out(`${target} dev ${near.name}${gap}src ${near.address} ${tail}\n    cache \n`);
  const way = all.find(({ gateway }) => gateway !== '');
  if (!way) throw new Failure('RTNETLINK answers: Network is unreachable', 2, call.busybox ? call.name : '');
  call.out(`${target} via ${way.gateway} dev ${way.name}${gap}src ${way.address} ${tail}\n    cache \n`);
}

function neighbours(call: Invocation): undefined {
  const way = call.kernel.network.interfaces().find(({ gateway }) => gateway !== '');
  if (way)
    call.out(
      `${way.gateway} dev ${way.name} lladdr 02:42:00:00:00:01 ${call.busybox ? 'ref 1 used 0/0/0 probes 4 ' : ''}REACHABLE${call.busybox ? '' : ' '}\n`,
    );
}

function rules(call: Invocation): undefined {
  call.out(
    '0:\tfrom all lookup local \n32766:\tfrom all lookup main \n32767:\tfrom all lookup default \n'.replace(
      / \n/g,
      call.busybox ? ' \n' : '\n',
    ),
  );
}
