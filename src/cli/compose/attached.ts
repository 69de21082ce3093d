import type { Project } from '../../compose/project/project.ts';
import { decode } from '../../engine/bytes.ts';
import type { Container } from '../../engine/containers/container.ts';
import { killContainer } from '../../engine/containers/stop.ts';
import { EngineError, Interrupted } from '../../engine/errors.ts';
import type { EngineEvent } from '../../engine/events.ts';
import { CliError } from '../command.ts';
import type { Compose } from './compose.ts';
import { byName, isOneOff, projectContainers, serviceLabel, shortName } from './containers.ts';
import { CONFIG_HASH, PROJECT, REPLACE } from './labels.ts';
import { LineSplitter, type LogConsumer } from './log-consumer.ts';
import { startServices } from './start.ts';
import { stopServices } from './stop.ts';

export type Cascade = 'ignore' | 'stop' | 'fail';

export interface AttachedOptions {
  /** Services whose containers' end is waited for; none: those attached to. */
  readonly services: readonly string[];
  readonly attachTo: readonly string[];
  readonly exitCodeFrom: string;
  readonly onExit: Cascade;
}

/** `docker compose up` without `-d`: follows the containers' output until all have ended (docker/compose, Up). */
export class Attached {
  readonly #compose: Compose;
  readonly #project: Project;
  readonly #options: AttachedOptions;
  readonly #consumer: LogConsumer;
  /** Containers that are still to end. */
  readonly #watched = new Set<string>();
  readonly #listened = new Map<string, () => void>();
  readonly #stops: (() => void)[] = [];
  #exitCode = 0;
  #cascaded = false;
  #fromSeen = false;
  #tearDown: Promise<unknown> | undefined;
  #teardownWanted = false;
  #stopped = false;
  #interrupts = 0;

  constructor(compose: Compose, project: Project, consumer: LogConsumer, options: AttachedOptions) {
    this.#compose = compose;
    this.#project = project;
    this.#consumer = consumer;
    this.#options = options;
  }

  async run(): Promise<number> {
    const { engine } = this.#compose;
    try {
      this.#attach();
      this.#watch();
      this.#stops.push(engine.observe((event) => this.#observe(event)));
      await startServices(this.#compose.silently(), this.#project, {
        log: (source, line) => this.#consumer.log(source, line),
      });
      await this.#untilOver();
    } finally {
      for (const stop of [...this.#stops, ...this.#listened.values()]) stop();
    }
    return this.#exitCode;
  }

  #containers(services: readonly string[]): Container[] {
    return projectContainers(this.#compose.engine, this.#project.name, 'exclude', true, services);
  }

  #attach(): void {
    const containers = this.#containers(this.#options.attachTo).sort(byName);
    if (containers.length === 0) return;
    this.#compose.context.out(`Attaching to ${containers.map(shortName).join(', ')}\n`);
    for (const container of containers) this.#listen(container);
  }

  #listen(container: Container): void {
    const name = shortName(container);
    const lines = {
      stdout: new LineSplitter((line) => this.#consumer.log(name, line)),
      stderr: new LineSplitter((line) => this.#consumer.error(name, line)),
    };
    const stop = this.#compose.engine.listen(`container ${container.id}`, (stream, bytes) =>
      lines[stream].write(decode(bytes)),
    );
    this.#listened.set(container.id, () => {
      stop();
      lines.stdout.close();
      lines.stderr.close();
    });
  }

  get #monitored(): readonly string[] {
    const { services, attachTo } = this.#options;
    return services.length > 0 ? services : attachTo;
  }

  #watch(): void {
    for (const container of this.#containers([]))
      if (this.#monitored.length === 0 || this.#monitored.includes(serviceLabel(container)))
        this.#watched.add(container.id);
  }

  #observe(event: EngineEvent): void {
    // From then on nobody looks at the events.
    if (this.#interrupts > 0) return;
    if (event.type !== 'container' || event.attributes[PROJECT] !== this.#project.name) return;
    const container = this.#compose.engine.state.containers.get(event.id);
    if (!container?.config.Labels[CONFIG_HASH] || isOneOff(container)) return;
    const service = serviceLabel(container);
    if (this.#monitored.length > 0 && !this.#monitored.includes(service)) return;
    if (event.action === 'create') {
      this.#watched.add(container.id);
      const replaced = container.config.Labels[REPLACE];
      if (replaced !== undefined) this.#consumer.status(replaced, 'has been recreated');
    } else if (event.action === 'start') {
      this.#watched.add(container.id);
      if (!this.#listened.has(container.id)) this.#listen(container);
    } else if (event.action === 'die') this.#ended(container, service, Number(event.attributes['exitCode'] ?? 0));
  }

  #ended(container: Container, service: string, code: number): void {
    const { status } = container.state;
    const again = status === 'restarting' || status === 'running';
    this.#consumer.status(shortName(container), `exited with code ${code}${again ? ' (restarting)' : ''}`);
    const { onExit, exitCodeFrom } = this.#options;
    if (onExit !== 'ignore' && !this.#cascaded && !(onExit === 'fail' && code === 0)) {
      this.#cascaded = true;
      this.#exitCode = code;
      this.#teardownWanted = true;
    }
    if (exitCodeFrom === service && !this.#fromSeen) {
      this.#fromSeen = true;
      this.#exitCode = code;
    }
    if (!again) this.#watched.delete(container.id);
  }

  async #untilOver(): Promise<void> {
    const { engine, context } = this.#compose;
    const over = () => (this.#interrupts > 0 ? this.#stopped : this.#watched.size === 0);
    for (;;) {
      try {
        await engine.scheduler.until(() => over() || this.#teardownWanted);
      } catch (error) {
        if (!(error instanceof Interrupted)) throw error;
        this.#interrupts += 1;
        this.#consumer.close();
        if (this.#interrupts === 1) {
          context.out('Gracefully Stopping... press Ctrl+C again to force\n');
          this.#stop();
        } else await this.#kill();
        this.#exitCode = 130;
        continue;
      }
      if (this.#teardownWanted) {
        this.#teardownWanted = false;
        context.err('\x1b[31m\x1b[1mAborting on container exit...\x1b[0m\n');
        this.#stop();
        continue;
      }
      await this.#tearDown;
      return;
    }
  }

  #stop(): void {
    this.#tearDown ??= stopServices(this.#compose, this.#project, this.#options.services, undefined, (source, line) =>
      this.#consumer.log(source, line),
    )
      .catch((error: unknown) => {
        if (!(error instanceof CliError || error instanceof EngineError || error instanceof Interrupted)) throw error;
      })
      .finally(() => {
        this.#stopped = true;
      });
  }

  async #kill(): Promise<void> {
    for (const { id } of this.#containers(this.#options.services)) {
      try {
        await killContainer(this.#compose.engine, id, 'KILL');
      } catch (error) {
        if (!(error instanceof EngineError)) throw error;
      }
    }
  }
}
