import { goMap } from '../containers/json.ts';
import type { Engine } from '../engine.ts';
import { type JsonObject, NIL_LIST, withOmitted } from '../json.ts';
import { formatTime } from '../time.ts';
import { type SwarmState, swarmOrNothing } from './state.ts';

const MANAGER_PORT = 2377;

/** The swarm's part of `GET /info`. Certificates are not modelled: the cluster tells none. */
export function swarmInfo(engine: Engine): JsonObject {
  const swarm = swarmOrNothing(engine);
  const node = swarm?.nodes[swarm.self];
  if (!swarm || !node)
    return withOmitted(
      {
        ...{ NodeID: '', NodeAddr: '', LocalNodeState: 'inactive', ControlAvailable: false, Error: '' },
        RemoteManagers: NIL_LIST,
      },
      { Nodes: 0, Managers: 0, Cluster: null },
    );
  const nodes = Object.values(swarm.nodes);
  return {
    NodeID: node.id,
    NodeAddr: node.address,
    LocalNodeState: 'active',
    ControlAvailable: true,
    Error: '',
    RemoteManagers: [{ NodeID: node.id, Addr: `${node.address}:${MANAGER_PORT}` }],
    Nodes: nodes.length,
    Managers: nodes.filter(({ role }) => role === 'manager').length,
    Cluster: cluster(swarm),
  };
}

function cluster({ id, index, created, updated, settings }: SwarmState): JsonObject {
  return {
    ID: id,
    Version: { Index: index },
    CreatedAt: formatTime(created),
    UpdatedAt: formatTime(updated),
    Spec: {
      Name: 'default',
      Labels: goMap({}),
      Orchestration: { TaskHistoryRetentionLimit: settings.taskHistory },
      Raft: {
        ...{ SnapshotInterval: settings.snapshotInterval, KeepOldSnapshots: 0, LogEntriesForSlowFollowers: 500 },
        ...{ ElectionTick: 10, HeartbeatTick: 1 },
      },
      Dispatcher: { HeartbeatPeriod: settings.heartbeat },
      CAConfig: { NodeCertExpiry: settings.certificateExpiry },
      TaskDefaults: {},
      EncryptionConfig: { AutoLockManagers: settings.autolock },
    },
    TLSInfo: {},
    RootRotationInProgress: false,
    DefaultAddrPool: NIL_LIST,
    SubnetSize: 24,
    DataPathPort: 4789,
  };
}
