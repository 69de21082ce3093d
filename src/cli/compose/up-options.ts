import type { Project } from '../../compose/project/project.ts';
import { CliError } from '../command.ts';
import type { FlagValues } from '../flags.ts';
import type { Compose } from './compose.ts';
import { serviceOf } from './concurrency.ts';
import type { CreateOptions } from './convergence.ts';

const PULL_POLICIES = ['always', 'never', 'build', 'missing', 'if_not_present'];
const isTrue = (text: string | undefined) => /^(?:1|t|true|y|yes|on)$/i.test(text ?? '');

/** Throws what `up` says of flags that don't go together (docker/compose, validateFlags). */
export function checkUpFlags(flags: FlagValues): void {
  const on = (name: string) => flags.boolean(name);
  const exitFrom = flags.string('exit-code-from') !== '';
  const cascadeFail = on('abort-on-container-failure');
  const cascadeStop = on('abort-on-container-exit') || (exitFrom && !cascadeFail);
  const attach = flags.list('attach').length > 0;
  if (cascadeStop && cascadeFail)
    throw new CliError('--abort-on-container-failure cannot be combined with --abort-on-container-exit');
  if (on('wait') && (on('attach-dependencies') || cascadeStop || attach))
    throw new CliError('--wait cannot be combined with --abort-on-container-exit, --attach or --attach-dependencies');
  if (on('build') && on('no-build')) throw new CliError('--build and --no-build are incompatible');
  const detached = on('detach') || on('wait');
  if (detached && (on('attach-dependencies') || cascadeStop || cascadeFail || attach || on('watch')))
    throw new CliError(
      `--${on('wait') ? 'wait' : 'detach'} cannot be combined with --abort-on-container-exit, --abort-on-container-failure, --attach, --attach-dependencies or --watch`,
    );
  if (on('renew-anon-volumes') && on('no-recreate'))
    throw new CliError('--no-recreate and --renew-anon-volumes are incompatible');
  if (on('force-recreate') && on('no-recreate'))
    throw new CliError('--force-recreate and --no-recreate are incompatible');
  if (on('always-recreate-deps') && on('no-recreate'))
    throw new CliError('--always-recreate-deps and --no-recreate are incompatible');
  if (on('no-build') && on('watch')) throw new CliError('--no-build and --watch are incompatible');
}

/** The project with what flags of `up`, `create` and `run` change in it: pull policy, building, scale. */
export function applyCreateFlags(project: Project, flags: FlagValues, scales: readonly string[]): Project {
  let services = { ...project.services };
  if (flags.changed('pull')) {
    const policy = flags.string('pull');
    if (!PULL_POLICIES.includes(policy)) throw new CliError(`invalid --pull option ${JSON.stringify(policy)}`);
    services = Object.fromEntries(
      Object.entries(services).map(([name, service]) => [name, { ...service, pull_policy: policy }]),
    );
  }
  if (flags.boolean('build'))
    services = Object.fromEntries(
      Object.entries(services).map(([name, service]) => [
        name,
        service.build ? { ...service, pull_policy: 'build' } : service,
      ]),
    );
  let changed: Project = { ...project, services };
  for (const scale of scales) {
    const parts = scale.split('=');
    if (parts.length !== 2)
      throw new CliError(`invalid --scale option ${JSON.stringify(scale)}. Should be SERVICE=NUM`);
    const [name = '', number = ''] = parts;
    if (!/^[+-]?\d+$/.test(number))
      throw new CliError(`strconv.Atoi: parsing ${JSON.stringify(number)}: invalid syntax`);
    changed = withScale(changed, name, Number(number));
  }
  return changed;
}

/** The project with so many containers of a service. */
export function withScale(project: Project, name: string, scale: number): Project {
  const service = serviceOf(project, name);
  const deploy = service.deploy === undefined ? {} : { deploy: { ...service.deploy, replicas: scale } };
  return { ...project, services: { ...project.services, [name]: { ...service, scale, ...deploy } } };
}

/** What `up` and `create` ask for by their flags. */
export function createOptions(
  compose: Compose,
  project: Project,
  services: readonly string[],
  withDependencies: boolean,
): CreateOptions {
  const { flags } = compose.context;
  const known = (name: string) => flags.changed(name) && flags.boolean(name);
  const removeOrphans = flags.changed('remove-orphans')
    ? flags.boolean('remove-orphans')
    : isTrue(compose.variable('COMPOSE_REMOVE_ORPHANS'));
  const ignoreOrphans = isTrue(project.environment.get('COMPOSE_IGNORE_ORPHANS'));
  if (removeOrphans && ignoreOrphans) throw new CliError('cannot combine COMPOSE_IGNORE_ORPHANS and --remove-orphans');
  const renew = known('renew-anon-volumes');
  return {
    services,
    build: flags.boolean('no-build')
      ? undefined
      : { services, dependencies: withDependencies, quiet: known('quiet-build') || flags.boolean('quiet-pull') },
    ...{ removeOrphans, ignoreOrphans, inherit: !renew },
    recreate: known('no-recreate') ? 'never' : known('force-recreate') || renew ? 'force' : 'diverged',
    recreateDependencies: known('no-recreate') ? 'never' : known('always-recreate-deps') ? 'force' : 'diverged',
    ...(flags.changed('timeout') ? { timeout: flags.number('timeout') } : {}),
    quietPull: flags.boolean('quiet-pull'),
    assumeYes: known('yes'),
  };
}
