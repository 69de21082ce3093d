import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HostConfig } from '../../../src/engine/containers/container.ts';
import { fullHostConfig } from '../../../src/engine/containers/defaults.ts';
import type { Engine } from '../../../src/engine/engine.ts';
import {
  allocateEndpoints,
  networkFiles,
  plannedEndpoint,
  publishPorts,
  releaseEndpoints,
} from '../../../src/engine/networks/endpoints.ts';
import { HOST_ROUTES } from '../../../src/engine/networks/ipam.ts';
import {
  connectNetwork,
  createNetwork,
  disconnectNetwork,
  pruneNetworks,
  removeNetwork,
} from '../../../src/engine/networks/manage.ts';
import { container, message, workbench } from '../workbench.ts';

const subnet = (engine: Engine, name: string) => createNetwork(engine, { name }).pools[0]?.subnet;

/** Starts a container as far as networks are concerned. */
function start(engine: Engine, name: string, networks: readonly string[], host: Partial<HostConfig> = {}) {
  const planned = Object.fromEntries(networks.map((network) => [network, plannedEndpoint(engine, network, {})]));
  const { id, state } = container(engine, name, { networks: planned, hostConfig: fullHostConfig(host) });
  return up(engine, id, state);
}

function up(engine: Engine, id: string, state = engine.state.containers.get(id)!.state) {
  engine.updateContainer(id, { networks: allocateEndpoints(engine, engine.state.containers.get(id)!) });
  return engine.updateContainer(id, {
    ports: publishPorts(engine, engine.state.containers.get(id)!),
    state: { ...state, status: 'running' },
  });
}

function stop(engine: Engine, id: string) {
  const { state } = engine.state.containers.get(id)!;
  const networks = releaseEndpoints(engine, engine.state.containers.get(id)!);
  engine.updateContainer(id, { networks, ports: {}, state: { ...state, status: 'exited' } });
}

describe('subnets', () => {
  it('are the first free ones of the default pools', () => {
    const engine = workbench();
    expect([subnet(engine, 'n1'), subnet(engine, 'n2')]).toEqual(['172.18.0.0/16', '172.19.0.0/16']);
    removeNetwork(engine, 'n1');
    expect(subnet(engine, 'n3')).toBe('172.18.0.0/16');
  });

  it('leave out what the host has a route to', () => {
    const engine = workbench();
    engine.state.extensions = { [HOST_ROUTES]: ['172.18.0.0/16'] };
    expect(subnet(engine, 'n1')).toBe('172.19.0.0/16');
  });

  it('run out after thirty networks', () => {
    const engine = workbench();
    const names = Array.from({ length: 30 }, (_, index) => `n${index}`);
    expect(names.map((name) => subnet(engine, name)).at(-1)).toBe('192.168.240.0/20');
    expect(message(() => subnet(engine, 'more'))).toBe('all predefined address pools have been fully subnetted');
  });

  it('that are asked for must be some, and free', () => {
    const engine = workbench();
    const create = (wanted: string) => message(() => createNetwork(engine, { name: 'x', pools: [{ subnet: wanted }] }));
    expect(create('10.1.0.5/24')).toBe('invalid network config:\ninvalid subnet 10.1.0.5/24: it should be 10.1.0.0/24');
    expect(create('10.1')).toBe('invalid network config:\ninvalid subnet 10.1: invalid CIDR block notation');
    expect(create('172.17.4.0/24')).toBe('invalid pool request: Pool overlaps with other one on this address space');
  });
});

describe('addresses', () => {
  it('are never given twice, whoever starts, stops, joins and leaves', () => {
    const step = fc.tuple(fc.constantFrom('start', 'stop', 'connect', 'disconnect'), fc.nat(5));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const engine = workbench();
        createNetwork(engine, { name: 'n1', pools: [{ subnet: '10.0.0.0/28' }] });
        createNetwork(engine, { name: 'n2' });
        const ids = Array.from({ length: 6 }, (_, index) => {
          const { id } = start(engine, `c${index}`, ['n1']);
          return id;
        });
        for (const [action, index] of steps) {
          const id = ids[index]!;
          const running = engine.state.containers.get(id)!.state.status === 'running';
          if (action === 'start' && !running) up(engine, id);
          else if (action === 'stop' && running) stop(engine, id);
          else if (action === 'connect') message(() => connectNetwork(engine, 'n2', id));
          else if (action === 'disconnect') message(() => disconnectNetwork(engine, 'n2', id));
          const endpoints = [...engine.state.containers.values()].flatMap(({ networks }) => Object.values(networks));
          const given = endpoints.map(({ address }) => address).filter((address) => address !== '');
          expect(new Set(given).size).toBe(given.length);
          expect(given).not.toContain('10.0.0.1');
        }
      }),
    );
  });

  it('are the lowest that are free, and end', () => {
    const engine = workbench();
    createNetwork(engine, { name: 'eng', pools: [{ subnet: '10.5.0.0/29', auxiliary: { drucker: '10.5.0.2' } }] });
    const addresses = ['c1', 'c2', 'c3', 'c4'].map((name) => start(engine, name, ['eng']).networks['eng']?.address);
    expect(addresses).toEqual(['10.5.0.3', '10.5.0.4', '10.5.0.5', '10.5.0.6']);
    expect(message(() => start(engine, 'c5', ['eng']))).toMatch(
      /^no available IPv4 addresses on this network's address pools: eng \(/,
    );
  });

  it('can be wished for where the subnet was', () => {
    const engine = workbench();
    createNetwork(engine, { name: 'auto' });
    createNetwork(engine, { name: 'fest', pools: [{ subnet: '10.5.0.0/24' }] });
    const wish = (network: string, address: string) => message(() => plannedEndpoint(engine, network, { address }));
    expect(wish('fest', '10.5.0.77')).toBe('');
    expect(wish('fest', '10.9.0.77')).toBe(
      'invalid config for network fest: invalid endpoint settings:\nno configured subnet or ip-range contain the IP address 10.9.0.77',
    );
    expect(wish('auto', '172.18.0.9')).toMatch(
      /user specified IP address is supported only when connecting to networks with user configured subnets$/,
    );
    expect(wish('bridge', '172.17.0.9')).toMatch(
      /settings:\n\* user specified IP address is supported on user defined networks only\n\* user/,
    );
  });
});

describe('networks', () => {
  it('stay while containers run on them', () => {
    const engine = workbench();
    createNetwork(engine, { name: 'n1' });
    const { id, networks } = start(engine, 'web', ['n1']);
    expect(message(() => removeNetwork(engine, 'n1'))).toBe(
      `error while removing network: network n1 has active endpoints (name:"web" id:"${networks['n1']?.endpointId.slice(0, 12)}")`,
    );
    expect(pruneNetworks(engine).deleted).toEqual([]);
    stop(engine, id);
    expect(pruneNetworks(engine).deleted).toEqual(['n1']);
    const network = engine.state.containers.get(id)?.networks['n1']?.network;
    expect(message(() => up(engine, id))).toBe(`network ${network} not found`);
    expect(message(() => removeNetwork(engine, 'bridge'))).toBe(
      'bridge is a pre-defined network and cannot be removed',
    );
  });

  it('are joined once, and not beside host or none', () => {
    const engine = workbench();
    createNetwork(engine, { name: 'n1' });
    const { id } = start(engine, 'web', ['bridge']);
    connectNetwork(engine, 'n1', 'web');
    expect(message(() => connectNetwork(engine, 'n1', 'web'))).toBe(
      'endpoint with name web already exists in network n1',
    );
    expect(message(() => connectNetwork(engine, 'host', 'web'))).toMatch(/^cannot connect container to host network/);
    disconnectNetwork(engine, 'n1', 'web');
    expect(message(() => disconnectNetwork(engine, 'n1', 'web'))).toBe(
      `container ${id} is not connected to network n1`,
    );
    start(engine, 'alone', ['none'], { NetworkMode: 'none' });
    expect(message(() => connectNetwork(engine, 'n1', 'alone'))).toMatch(/in private \(none\) mode$/);
  });
});

describe('published ports', () => {
  const ports = (HostPort: string, HostIp = '') => ({ PortBindings: { '80/tcp': [{ HostIp, HostPort }] } });

  it('are bound for both families, once', () => {
    const engine = workbench();
    expect(start(engine, 'w1', ['bridge'], ports('8080')).ports).toEqual({
      '80/tcp': [
        { HostIp: '0.0.0.0', HostPort: '8080' },
        { HostIp: '::', HostPort: '8080' },
      ],
    });
    expect(message(() => start(engine, 'w2', ['bridge'], ports('8080', '127.0.0.1')))).toMatch(
      /^driver failed programming external connectivity on endpoint w2 \([0-9a-f]{64}\): Bind for 0.0.0.0:8080 failed: port is already allocated$/,
    );
    expect(message(() => start(engine, 'w3', ['bridge'], ports('81', '10.9.8.7')))).toMatch(
      /failed to bind host port for 10.9.8.7:81:172.17.0.\d+:80\/tcp: cannot assign requested address$/,
    );
  });

  it('are the first free one of a range, or an ephemeral one', () => {
    const engine = workbench();
    const given = (name: string, wanted: string) =>
      start(engine, name, ['bridge'], ports(wanted)).ports['80/tcp']?.[0]?.HostPort;
    expect([given('w1', '8000-8001'), given('w2', '8000-8001'), given('w3', ''), given('w4', '')]).toEqual([
      '8000',
      '8001',
      '32768',
      '32769',
    ]);
    expect(message(() => given('w5', '8000-8001'))).toMatch(/: all ports are allocated$/);
  });

  it('do not exist on internal networks', () => {
    const engine = workbench();
    createNetwork(engine, { name: 'inn', internal: true });
    expect(start(engine, 'w1', ['inn'], ports('8080')).ports).toEqual({});
  });
});

it('names servers and hosts as the engine does', () => {
  const engine = workbench();
  createNetwork(engine, { name: 'n1' });
  const plain = networkFiles(engine, start(engine, 'c1', ['bridge'], { ExtraHosts: ['h:host-gateway'] }));
  expect(plain.hosts.split('\n').slice(6, 8)).toEqual(['172.17.0.1\th', `172.17.0.2\t${plain.hostname.trim()}`]);
  expect(plain.resolvConf).toContain("nameserver 192.0.2.1\n\n# Based on host file: '/etc/resolv.conf' (legacy)\n");
  const named = networkFiles(engine, start(engine, 'c2', ['n1'], { Dns: ['8.8.8.8'], DnsOptions: ['ndots:2'] }));
  expect(named.resolvConf.split('\n').slice(4)).toEqual([
    'nameserver 127.0.0.11',
    'options ndots:2',
    '',
    "# Based on host file: '/etc/resolv.conf' (internal resolver)",
    '# ExtServers: [8.8.8.8]',
    '# Overrides: [nameservers options]',
    '# Option ndots from: override',
    '',
  ]);
});
