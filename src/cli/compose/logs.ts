import { decode } from '../../engine/bytes.ts';
import type { Container } from '../../engine/containers/container.ts';
import { readLogs } from '../../engine/containers/logs.ts';
import { EngineError } from '../../engine/errors.ts';
import { CliError } from '../command.ts';
import { moment, nanoseconds } from '../commands/container/logs.ts';
import { type Compose, composeCommand } from './compose.ts';
import { byName, isOneOff, projectContainers, serviceLabel, shortName, specifiedContainer } from './containers.ts';
import { PROJECT } from './labels.ts';
import { LogConsumer } from './log-consumer.ts';

/** `docker compose logs`. */
export const logs = composeCommand(async (compose) => {
  const { flags, args, engine } = compose.context;
  const index = flags.number('index');
  if (index > 0 && args.length !== 1) throw new CliError('--index requires one service to be selected');
  const { project, name } = compose.projectOrName(args);
  const services =
    project && args.length === 0
      ? Object.values(project.services)
          .filter(({ attach }) => attach !== false)
          .map((service) => service.name)
      : args;
  const containers =
    index > 0
      ? [specifiedContainer(engine, name, 'exclude', true, args[0]!, index)]
      : projectContainers(engine, name, 'exclude', true, services).sort(byName);
  const consumer = new LogConsumer(compose, { prefix: !flags.boolean('no-log-prefix') });
  const printer = new Printer(compose, consumer);
  for (const container of containers) printer.announce(container);
  for (const container of containers) printer.print(container);
  if (flags.boolean('follow')) await follow(compose, name, services, containers, printer, consumer);
  return 0;
});

/** Prints what containers have written, from where it was printed last. */
class Printer {
  readonly #compose: Compose;
  readonly #consumer: LogConsumer;
  readonly #seen = new Map<string, number>();
  readonly #range: { readonly since?: number; readonly until?: number };
  readonly #tail: number | undefined;

  constructor(compose: Compose, consumer: LogConsumer) {
    this.#compose = compose;
    this.#consumer = consumer;
    const { flags, kernel } = compose.context;
    const since = moment(flags.string('since'), 'since', kernel.now);
    const until = moment(flags.string('until'), 'until', kernel.now);
    this.#range = { ...(since === undefined ? {} : { since }), ...(until === undefined ? {} : { until }) };
    const tail = flags.string('tail');
    this.#tail = /^\d+$/.test(tail) ? Number(tail) : undefined;
  }

  /** Makes room for the name of a container that has something to say. */
  announce(container: Container): void {
    if (this.#entries(container).length > 0) this.#consumer.register(shortName(container));
  }

  print(container: Container): void {
    this.#seen.set(container.id, this.#length(container.id));
    for (const entry of this.#entries(container)) this.#line(container, entry);
  }

  /** Whether a container has written more since. */
  hasMore(id: string): boolean {
    return this.#length(id) > (this.#seen.get(id) ?? 0);
  }

  printMore(container: Container): void {
    const fresh = this.#length(container.id) - (this.#seen.get(container.id) ?? 0);
    this.#seen.set(container.id, this.#length(container.id));
    if (fresh <= 0) return;
    for (const entry of readLogs(this.#compose.engine, container.id, this.#range).slice(-fresh))
      this.#line(container, entry);
  }

  #length(id: string): number {
    return this.#compose.engine.state.containers.get(id)?.log?.length ?? 0;
  }

  #entries(container: Container) {
    try {
      return readLogs(this.#compose.engine, container.id, {
        ...this.#range,
        ...(this.#tail === undefined ? {} : { tail: this.#tail }),
      });
    } catch (error) {
      if (!(error instanceof EngineError) || error.status !== 501) throw error;
      return [];
    }
  }

  #line(container: Container, { time, text }: { readonly time: number; readonly text: string }): void {
    const stamp = this.#compose.context.flags.boolean('timestamps') ? `${nanoseconds(time)} ` : '';
    this.#consumer.log(shortName(container), `${stamp}${decode(text).replace(/\r?\n$/, '')}`);
  }
}

/** Goes on with what is written from now on, until all containers have ended. */
async function follow(
  compose: Compose,
  project: string,
  services: readonly string[],
  initial: readonly Container[],
  printer: Printer,
  consumer: LogConsumer,
): Promise<void> {
  const { engine } = compose;
  const watched = new Set(initial.map(({ id }) => id));
  const alive = new Set(watched);
  const wanted = (container: Container) => services.length === 0 || services.includes(serviceLabel(container));
  const stop = engine.observe((event) => {
    if (event.type !== 'container' || event.attributes[PROJECT] !== project) return;
    const container = engine.state.containers.get(event.id);
    if (!container || isOneOff(container) || !wanted(container)) return;
    if (event.action === 'start') {
      watched.add(event.id);
      alive.add(event.id);
    } else if (event.action === 'die') {
      printer.printMore(container);
      const again = ['restarting', 'running'].includes(container.state.status);
      consumer.status(
        shortName(container),
        `exited with code ${event.attributes['exitCode'] ?? '0'}${again ? ' (restarting)' : ''}`,
      );
      if (!again) alive.delete(event.id);
    }
  });
  try {
    // A container that has ended already is waited for all the same: it may be started again.
    while (alive.size > 0) {
      await engine.scheduler.until(() => alive.size === 0 || [...watched].some((id) => printer.hasMore(id)));
      for (const id of watched) {
        const container = engine.state.containers.get(id);
        if (container) printer.printMore(container);
      }
    }
  } finally {
    stop();
  }
}
