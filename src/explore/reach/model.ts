import type { Container } from '../../engine/containers/container.ts';
import type { Lab } from '../../live/lab.ts';
import type { Explored, Move } from '../explorable.ts';
import { type Ran, Recorder } from '../record.ts';

/** What came of one container asking for another. */
export interface Way {
  readonly from: string;
  readonly to: string;
  /** Address that answered; by which way it was asked for. */
  readonly reached: 'name' | 'address' | 'no';
  readonly address: string;
  readonly why: 'shared' | 'default' | 'apart' | 'off';
  /** The two attempts; the second only where the name did not do. */
  readonly asked: readonly Ran[];
}

export interface Member {
  readonly name: string;
  /** Addresses by network. */
  readonly addresses: Readonly<Record<string, string>>;
}

export interface ReachState extends Explored {
  readonly networks: readonly string[];
  readonly members: readonly Member[];
  readonly ways: readonly Way[];
  /** The way whose attempts are shown: who asks, and for whom. */
  readonly looked?: readonly [string, string];
}

const DEFAULT = 'bridge';

/** Input: `networks: A B`, then each container with its networks, `web: A B`. */
export async function start(lab: Lab, input: string): Promise<ReachState> {
  const rows = input
    .trim()
    .split('\n')
    .map((line) => line.split(':').map((part) => part.trim().split(/\s+/).filter(Boolean)));
  const [, networks = []] = rows[0] ?? [];
  const record = new Recorder(lab);
  for (const network of networks) if (network !== DEFAULT) await record.act(`docker network create ${network}`);
  const names = rows.slice(1).map(([name]) => name![0]!);
  for (const [i, name] of names.entries()) {
    const [first = 'none', ...others] = rows[i + 1]?.[1] ?? [];
    const option = first === DEFAULT ? '' : ` --network ${first}`;
    await record.act(`docker run -d --name ${name}${option} alpine:3.22 sleep infinity`);
    for (const network of others) await record.act(`docker network connect ${network} ${name}`);
  }
  const state = await look(lab, record, networks, names);
  return { ...state, before: state.log.length };
}

export async function move(lab: Lab, state: ReachState, { do: what }: Move): Promise<ReachState> {
  const [verb, one = '', other = ''] = what.split(' ');
  const { networks, members } = state;
  if (verb === 'look') return { ...state, looked: [one, other] };
  const record = new Recorder(lab, state.log);
  const on = members.find(({ name }) => name === other)?.addresses[one] !== undefined;
  await record.act(`docker network ${on ? 'disconnect' : 'connect'} ${one} ${other}`);
  return look(
    lab,
    record,
    networks,
    members.map(({ name }) => name),
  );
}

async function look(
  lab: Lab,
  record: Recorder,
  networks: readonly string[],
  names: readonly string[],
): Promise<ReachState> {
  const members = names.map((name) => ({ name, addresses: addressesOf(find(lab, name)) }));
  const ways: Way[] = [];
  for (const from of members) for (const to of members) if (from !== to) ways.push(await ask(record, from, to));
  return { networks, members, ways, log: record.log, before: record.before };
}

async function ask(record: Recorder, from: Member, to: Member): Promise<Way> {
  const shared = Object.keys(from.addresses).filter((network) => to.addresses[network] !== undefined);
  const byName = await record.look(`docker exec ${from.name} ping -c 1 -W 1 ${to.name}`);
  const ends = { from: from.name, to: to.name };
  if (byName.exitCode === 0) {
    const address = /\(([\d.]+)\)/.exec(byName.output)?.[1] ?? '';
    return { ...ends, reached: 'name', address, why: 'shared', asked: [byName] };
  }
  const address = to.addresses[shared[0] ?? Object.keys(to.addresses)[0] ?? ''];
  if (address === undefined) return { ...ends, reached: 'no', address: '', why: 'off', asked: [byName] };
  const byAddress = await record.look(`docker exec ${from.name} ping -c 1 -W 1 ${address}`);
  const reached = byAddress.exitCode === 0 ? 'address' : 'no';
  const none = Object.keys(from.addresses).length === 0;
  const why = none ? 'off' : reached === 'address' ? 'default' : 'apart';
  return { ...ends, reached, address, why, asked: [byName, byAddress] };
}

function find(lab: Lab, name: string): Container | undefined {
  return lab.state.containers.get(lab.state.containerNames.get(name) ?? '');
}

function addressesOf(container: Container | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(container?.networks ?? {})
      .filter(([network]) => network !== 'none')
      .map(([network, { address }]) => [network, address]),
  );
}
