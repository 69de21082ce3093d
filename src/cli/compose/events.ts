import type { EngineEvent } from '../../engine/events.ts';
import { CliError } from '../command.ts';
import { moment } from '../commands/container/logs.ts';
import { pastEvents } from '../commands/system/events.ts';
import { toJson } from '../format/json.ts';
import { composeCommand } from './compose.ts';
import { ONE_OFF, PROJECT, SERVICE } from './labels.ts';

/** `docker compose events`: containers of the project, until interrupted or until a time. */
export const events = composeCommand(async (compose) => {
  const { flags, args, out, engine, kernel } = compose.context;
  const name = compose.projectName();
  const since = moment(flags.string('since'), 'since', kernel.now);
  const until = moment(flags.string('until'), 'until', kernel.now);
  const show = (event: EngineEvent) => {
    if (event.type !== 'container' || event.attributes[PROJECT] !== name) return;
    if (event.attributes[ONE_OFF] === 'True') return;
    const service = event.attributes[SERVICE] ?? '';
    if (args.length > 0 && !args.includes(service)) return;
    const own = Object.entries(event.attributes).filter(([key]) => !key.startsWith('com.docker.compose.'));
    if (flags.boolean('json')) {
      const fields = new Map<string, string | ReadonlyMap<string, string>>([
        ['time', new Date(event.time).toISOString()],
        ['type', 'container'],
        ['service', service],
        ['id', event.id],
        ['action', event.action],
        ['attributes', new Map(own)],
      ]);
      out(`${toJson(fields, { html: true })}\n`);
      return;
    }
    const time = new Date(event.time).toISOString().replace('T', ' ').replace('Z', '000');
    const attributes = own.map(([key, value]) => `${key}=${value}`).join(', ');
    out(`${time} container ${event.action} ${event.id} (${attributes})\n\n`);
  };
  for (const event of pastEvents(engine, since, until)) show(event);
  const stop = engine.observe(show);
  try {
    if (until === undefined) await engine.scheduler.until(() => false);
    else if (until > engine.state.now) await engine.scheduler.advance(until - engine.state.now);
  } finally {
    stop();
  }
  throw new CliError('EOF');
});
