import type { CommandTable } from '../command.ts';
import { build } from './build.ts';
import { config } from './config.ts';
import { down } from './down.ts';
import { events } from './events.ts';
import { attach, cp, exec, wait } from './exec.ts';
import { commit, exportOne } from './export.ts';
import { kill, pause, restart, rm, start, stop, unpause } from './lifecycle.ts';
import { images, ls, port, stats, top, volumes } from './listing.ts';
import { logs } from './logs.ts';
import { ps } from './ps.ts';
import { pull, push } from './registry.ts';
import { run } from './run.ts';
import { createOnly, scale, up } from './up.ts';
import { version } from './version.ts';
import { watch } from './watch.ts';

/** `docker compose …`. */
export const composeCommands: CommandTable = {
  'compose attach': attach,
  'compose build': build,
  'compose commit': commit,
  'compose config': config,
  'compose cp': cp,
  'compose create': createOnly,
  'compose down': down,
  'compose events': events,
  'compose exec': exec,
  'compose export': exportOne,
  'compose images': images,
  'compose kill': kill,
  'compose logs': logs,
  'compose ls': ls,
  'compose pause': pause,
  'compose port': port,
  'compose ps': ps,
  'compose pull': pull,
  'compose push': push,
  'compose restart': restart,
  'compose rm': rm,
  'compose run': run,
  'compose scale': scale,
  'compose start': start,
  'compose stats': stats,
  'compose stop': stop,
  'compose top': top,
  'compose unpause': unpause,
  'compose up': up,
  'compose version': version,
  'compose volumes': volumes,
  'compose wait': wait,
  'compose watch': watch,
};
