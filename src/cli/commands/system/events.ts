import type { Engine } from '../../../engine/engine.ts';
import { EngineError } from '../../../engine/errors.ts';
import type { EngineEvent } from '../../../engine/events.ts';
import { timeOrDuration } from '../../../engine/filters.ts';
import { formatTime } from '../../../engine/time.ts';
import { CliError, type CommandContext } from '../../command.ts';
import { executeTemplate, parse, type Template, TemplateError } from '../../format/template/index.ts';
import { sortedKeys, type Value } from '../../format/value.ts';
import { parseFilters } from '../../options/filter.ts';

type Filters = Readonly<Record<string, readonly string[]>>;

/** A moment as the client tells it to the daemon: a duration before now counts whole seconds only. */
function moment(context: CommandContext, text: string): number {
  try {
    const time = timeOrDuration(context.engine, text);
    return /^[-+\d.]+[a-zµ]/.test(text) ? Math.floor(time / 1000) * 1000 : time;
  } catch (error) {
    if (error instanceof EngineError) throw new CliError(error.message);
    throw error;
  }
}

/** What a filter by an object's name or id looks at. */
function isAbout(event: EngineEvent, type: string, wanted: readonly string[]): boolean {
  const name = event.attributes['name'] ?? '';
  return (
    event.type === type &&
    wanted.some((one) => one === event.id || one === name || (one !== '' && event.id.startsWith(one)))
  );
}

function passes(event: EngineEvent, filters: Filters): boolean {
  const { type = [], event: actions = [], label = [], scope = [] } = filters;
  if (type.length > 0 && !type.includes(event.type)) return false;
  if (scope.length > 0 && !scope.includes(event.scope)) return false;
  // `exec_start: sh` is found by `exec_start`, too.
  if (actions.length > 0 && !actions.some((one) => event.action === one || event.action.startsWith(`${one}:`)))
    return false;
  for (const one of label) {
    const [key = '', value] = one.split(/=(.*)/s);
    const has = event.attributes[key];
    if (has === undefined || (value !== undefined && has !== value)) return false;
  }
  for (const kind of ['container', 'volume', 'network', 'service', 'node', 'secret', 'config', 'plugin']) {
    const wanted = filters[kind];
    if (wanted && !isAbout(event, kind, wanted)) return false;
  }
  const { image = [] } = filters;
  if (image.length === 0) return true;
  const about = event.type === 'image' ? [event.id, event.attributes['name']] : [event.attributes['image']];
  return about.some((text) => text !== undefined && image.some((one) => text === one || text.split(':')[0] === one));
}

/** An event as the Engine API writes it; what only containers and images have are fields that were there before actors. */
function message({ type, action, id, attributes, scope, time }: EngineEvent): Value {
  const old = type === 'container' || type === 'image';
  const status = type === 'container' ? { from: attributes['image'] ?? '' } : {};
  const fields = {
    ...(old ? { status: action, id, ...status } : {}),
    Type: type,
    Action: action,
    Actor: { ID: id, Attributes: new Map(Object.entries(attributes)) },
    scope,
    time: Math.floor(time / 1000),
    timeNano: BigIntNano(time),
  };
  const names = { Status: old ? action : '', ID: old ? id : '', From: attributes['image'] ?? '', Scope: scope };
  const goFields = { ...names, Time: fields.time, TimeNano: fields.timeNano };
  for (const [name, value] of Object.entries(goFields))
    Object.defineProperty(fields, name, { value, enumerable: false });
  return fields as Value;
}

/** Nanoseconds since 1970; beyond what a number holds exactly, which does not show. */
function BigIntNano(milliseconds: number): number {
  return milliseconds * 1e6;
}

function lineOf({ time, type, action, id, attributes }: EngineEvent): string {
  const map = new Map(Object.entries(attributes));
  const pairs = sortedKeys(map).map((key) => `${key}=${attributes[key]}`);
  // Nine digits, so that lines align.
  const at = formatTime(time).replace(/(?:\.(\d+))?Z$/, (_, digits = '') => `.${String(digits).padEnd(9, '0')}Z`);
  return `${at} ${type} ${action} ${id}${pairs.length > 0 ? ` (${pairs.join(', ')})` : ''}\n`;
}

/** Events that are over, where a time is asked for. Throws 400 for a beginning after the end (moby, getEvents). */
export function pastEvents(
  { state }: Engine,
  since: number | undefined,
  until: number | undefined,
): readonly EngineEvent[] {
  if (since === undefined && until === undefined) return [];
  const [from, to] = [since ?? Number.NEGATIVE_INFINITY, until ?? Number.POSITIVE_INFINITY];
  if (from > to) {
    const seconds = (time: number) => Math.floor(time / 1000);
    throw new EngineError(400, `\`since\` time (${seconds(from)}) cannot be after \`until\` time (${seconds(to)})`);
  }
  return state.events.filter(({ time }) => time >= from && time <= to);
}

/** `docker events`. Without `--until` it goes on until it is interrupted. */
export async function events(context: CommandContext): Promise<number> {
  const { engine, flags, out } = context;
  const template = readFormat(flags.string('format'));
  const filters = parseFilters(flags.list('filter'));
  const since = flags.string('since') === '' ? undefined : moment(context, flags.string('since'));
  const until = flags.string('until') === '' ? undefined : moment(context, flags.string('until'));
  const print = (event: EngineEvent) => {
    if (passes(event, filters)) out(template ? `${execute(template, event)}\n` : lineOf(event));
  };
  for (const event of pastEvents(engine, since, until)) print(event);
  if (until !== undefined && until <= engine.state.now) return 0;
  const { pid } = context.kernel.process;
  const alive = () => {
    const process = engine.state.processes.get(String(pid));
    return process !== undefined && process.state !== 'zombie';
  };
  const alarm = `events ${pid}`;
  const stop = engine.observe((event) => {
    if (alive()) print(event);
    else stop();
  });
  try {
    if (until !== undefined) engine.state.alarms.set(alarm, until);
    await engine.scheduler.until(() => !alive() || (until !== undefined && engine.state.now >= until));
  } finally {
    engine.state.alarms.delete(alarm);
    stop();
  }
  return 0;
}

function readFormat(format: string): Template | undefined {
  if (format === '') return undefined;
  try {
    const template = parse(format === 'json' ? '{{json .}}' : format);
    // A trial on an event without anything in it.
    const none: EngineEvent = { time: 0, type: 'container', action: '', id: '', attributes: {}, scope: 'local' };
    execute(template, none);
    return template;
  } catch (error) {
    if (error instanceof TemplateError) throw new CliError(`Error parsing format: ${error.message}`, 64);
    throw error;
  }
}

function execute(template: Template, event: EngineEvent): string {
  return executeTemplate(template, message(event), { type: '*events.Message' });
}
