import {
  initSwarm,
  joinSwarm,
  leaveSwarm,
  managerAddress,
  rotateToken,
  updateSwarm,
} from '../../engine/swarm/cluster.ts';
import { type ClusterSettings, swarmOf } from '../../engine/swarm/state.ts';
import { CliError, type CommandContext, type CommandTable } from '../command.ts';

/** Settings of the swarm that flags change. */
function settings({ flags }: CommandContext): Partial<ClusterSettings> {
  return {
    ...(flags.changed('task-history-limit') ? { taskHistory: flags.number('task-history-limit') } : {}),
    ...(flags.changed('snapshot-interval') ? { snapshotInterval: flags.number('snapshot-interval') } : {}),
    ...(flags.changed('dispatcher-heartbeat') ? { heartbeat: flags.number('dispatcher-heartbeat') } : {}),
    ...(flags.changed('cert-expiry') ? { certificateExpiry: flags.number('cert-expiry') } : {}),
    ...(flags.changed('autolock') ? { autolock: flags.boolean('autolock') } : {}),
  };
}

function joinHelp(context: CommandContext, role: 'worker' | 'manager'): string {
  const { tokens } = swarmOf(context.engine);
  return `To add a ${role} to this swarm, run the following command:\n\n    docker swarm join --token ${tokens[role]} ${managerAddress(context.engine)}\n\n`;
}

function init(context: CommandContext): number {
  const { engine, flags, out } = context;
  const availability = flags.string('availability');
  if (!['active', 'pause', 'drain'].includes(availability))
    throw new CliError(`invalid availability "${availability}", only active, pause and drain are supported`);
  const id = initSwarm(engine, {
    advertiseAddress: flags.string('advertise-addr'),
    availability: availability as 'active' | 'pause' | 'drain',
    forceNewCluster: flags.boolean('force-new-cluster'),
    settings: settings(context),
  });
  out(`Swarm initialized: current node (${id}) is now a manager.\n\n`);
  out(joinHelp(context, 'worker'));
  out("To add a manager to this swarm, run 'docker swarm join-token manager' and follow the instructions.\n");
  return 0;
}

function join({ engine, flags, args }: CommandContext): number {
  joinSwarm(engine, flags.string('token'), args[0] ?? '');
}

function joinToken(context: CommandContext): number {
  const { engine, flags, args, out } = context;
  const [role = ''] = args;
  if (role !== 'worker' && role !== 'manager') throw new CliError(`unknown role ${role}`);
  const quiet = flags.boolean('quiet');
  if (flags.boolean('rotate')) {
    rotateToken(engine, role);
    if (!quiet) out(`Successfully rotated ${role} join token.\n\n`);
  }
  if (quiet) out(`${swarmOf(engine).tokens[role]}\n`);
  else out(joinHelp(context, role));
  return 0;
}

function leave({ engine, flags, out }: CommandContext): number {
  leaveSwarm(engine, flags.boolean('force'));
  out('Node left the swarm.\n');
  return 0;
}

function update(context: CommandContext): number {
  updateSwarm(context.engine, settings(context));
  context.out('Swarm updated.\n');
  return 0;
}

function unlockKey({ engine }: CommandContext): number {
  if (!swarmOf(engine).settings.autolock) throw new CliError('no unlock key is set');
  throw new CliError("'docker swarm unlock-key' is not modelled in Stapellauf: its swarm is never locked");
}

function unlock({ engine }: CommandContext): number {
  swarmOf(engine);
  throw new CliError('Error: swarm is not locked');
}

function certificateAuthority({ engine }: CommandContext): number {
  swarmOf(engine);
  throw new CliError("'docker swarm ca' is not modelled in Stapellauf: its swarm has no certificates");
}

/** `docker swarm …`. */
export const clusterCommands: CommandTable = {
  'swarm ca': certificateAuthority,
  'swarm init': init,
  'swarm join': join,
  'swarm join-token': joinToken,
  'swarm leave': leave,
  'swarm unlock': unlock,
  'swarm unlock-key': unlockKey,
  'swarm update': update,
};
