import type { Project } from '../../compose/project/project.ts';
import { eachService, withSelectedServices } from '../../compose/project/select.ts';
import { Interrupted } from '../../engine/errors.ts';
import { CliError } from '../command.ts';
import { Attached, type Cascade } from './attached.ts';
import { type Compose, composeCommand } from './compose.ts';
import { serviceOf } from './concurrency.ts';
import { CREATE_DEFAULTS, type CreateOptions, create } from './convergence.ts';
import { LogConsumer } from './log-consumer.ts';
import { startServices } from './start.ts';
import { applyCreateFlags, checkUpFlags, createOptions, withScale } from './up-options.ts';
import { watchProject } from './watch.ts';

/** `docker compose up`. */
export const up = composeCommand(async (compose) => {
  const { flags, args } = compose.context;
  checkUpFlags(flags);
  let project = compose.project(args);
  if (flags.list('attach').length > 0 && flags.boolean('attach-dependencies'))
    throw new CliError('cannot combine --attach and --attach-dependencies');
  if (Object.keys(project.services).length === 0) throw new CliError('no service selected');
  const options = createOptions(compose, project, args, !flags.boolean('no-deps'));
  project = applyCreateFlags(project, flags, flags.list('scale'));
  if (flags.boolean('no-deps')) project = withSelectedServices(project, args, 'ignore');
  const exitCodeFrom = flags.string('exit-code-from');
  if (exitCodeFrom !== '') serviceOf(project, exitCodeFrom);
  if (flags.boolean('no-start')) {
    await create(compose, project, options);
    return 0;
  }
  if (!flags.boolean('detach') && !flags.boolean('wait')) return attached(compose, project, options, exitCodeFrom);
  await create(compose, project, options);
  await startServices(compose, project, {
    wait: flags.boolean('wait'),
    waitTimeout: flags.number('wait-timeout'),
  });
  return 0;
});

async function attached(
  compose: Compose,
  project: Project,
  options: CreateOptions,
  exitCodeFrom: string,
): Promise<number> {
  const { flags, args } = compose.context;
  const attachTo = attachedServices(compose, project);
  await create(compose, project, options);
  if (compose.dryRun) {
    compose.context.out("end of 'compose up' output, interactive run is not supported in dry-run mode\n");
    return 0;
  }
  const consumer = new LogConsumer(compose, {
    prefix: !flags.boolean('no-log-prefix'),
    timestamps: flags.boolean('timestamps'),
    color: !flags.boolean('no-color'),
  });
  const onExit: Cascade = flags.boolean('abort-on-container-failure')
    ? 'fail'
    : flags.boolean('abort-on-container-exit') || exitCodeFrom !== ''
      ? 'stop'
      : 'ignore';
  const run = new Attached(compose, project, consumer, {
    ...{ services: args, attachTo, exitCodeFrom, onExit },
  });
  const watching = flags.boolean('watch') ? watchProject(compose, project, args, consumer, { prune: true }) : undefined;
  const watched = watching?.run().catch((error: unknown) => {
    if (!(error instanceof Interrupted)) throw error;
  });
  const code = await run.run();
  watching?.stop();
  await watched;
  // The plugin prints the message of its error, which is empty.
  if (code !== 0) compose.context.err('\n');
  return code;
}

function attachedServices(compose: Compose, project: Project): string[] {
  const { flags, args } = compose.context;
  const asked = flags.list('attach');
  const names = Object.keys(project.services);
  let attach: string[];
  if (asked.length > 0) {
    const unexpected = asked.filter((name) => !names.includes(name));
    if (unexpected.length > 0)
      throw new CliError(`cannot attach to services not included in up: ${unexpected.join(', ')}`);
    attach = [...asked];
  } else {
    const policy = flags.boolean('attach-dependencies') ? 'dependencies' : 'ignore';
    attach = eachService(project, args, policy).filter((name) => project.services[name]!.attach !== false);
  }
  return attach.filter((name) => !flags.list('no-attach').includes(name));
}

/** `docker compose create`. */
export const createOnly = composeCommand(async (compose) => {
  const { flags, args } = compose.context;
  if (flags.boolean('build') && flags.boolean('no-build'))
    throw new CliError('--build and --no-build are incompatible');
  if (flags.boolean('force-recreate') && flags.boolean('no-recreate'))
    throw new CliError('--force-recreate and --no-recreate are incompatible');
  const project = applyCreateFlags(compose.project(args), flags, flags.list('scale'));
  await create(compose, project, createOptions(compose, project, args, false));
  return 0;
});

/** `docker compose scale`. */
export const scale = composeCommand(async (compose) => {
  const { flags, args } = compose.context;
  const scales = new Map<string, number>();
  for (const arg of args) {
    const equals = arg.indexOf('=');
    const [name, number] = [arg.slice(0, Math.max(equals, 0)), arg.slice(equals + 1)];
    if (equals < 0 || name === '' || number === '') throw new CliError(`invalid scale specifier: ${arg}`);
    if (!/^[+-]?\d+$/.test(number))
      throw new CliError(`invalid scale specifier: can't parse replica value as int: ${arg}`);
    scales.set(name, Number(number));
  }
  const services = [...scales.keys()].sort();
  let { project } = compose.load(services);
  if (flags.boolean('no-deps')) project = withSelectedServices(project, services, 'ignore');
  for (const [name, number] of scales) project = withScale(project, name, number);
  await create(compose, project, { ...CREATE_DEFAULTS, services });
  await startServices(compose, project);
  return 0;
});
