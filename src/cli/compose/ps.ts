import type { Container } from '../../engine/containers/container.ts';
import { CliError } from '../command.ts';
import { containerRow } from '../commands/container/row.ts';
import { formatRows, RAW, TABLE } from '../format/formatter.ts';
import { Methods, type Value } from '../format/value.ts';
import { type Compose, composeCommand } from './compose.ts';
import { byName, projectContainers, serviceLabel } from './containers.ts';
import { PROJECT } from './labels.ts';

const HEADERS = {
  ...{ ID: 'CONTAINER ID', Name: 'NAME', Project: 'PROJECT', Service: 'SERVICE', Image: 'IMAGE', Command: 'COMMAND' },
  ...{ CreatedAt: 'CREATED AT', RunningFor: 'CREATED', Ports: 'PORTS', State: 'STATE', Status: 'STATUS', Size: 'SIZE' },
  Labels: 'LABELS',
};
const TABLE_FORMAT =
  'table {{.Name}}\t{{.Image}}\t{{.Command}}\t{{.Service}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}';
const RAW_FORMAT = [
  ...['container_id: {{.ID}}', 'image: {{.Image}}', 'command: {{.Command}}', 'created_at: {{.CreatedAt}}'],
  ...['state: {{- pad .State 1 0}}', 'status: {{- pad .Status 1 0}}', 'names: {{.Names}}'],
  ...['labels: {{- pad .Labels 1 0}}', 'ports: {{- pad .Ports 1 0}}', ''],
].join('\n');

/** `docker compose ps`. */
export const ps = composeCommand((compose) => {
  const { flags, args, out } = compose.context;
  const statuses = [...flags.list('status'), ...filterStatuses(flags.string('filter'))];
  const { project, name } = compose.projectOrName(args);
  let services = args;
  if (project) {
    for (const service of args) if (!(service in project.services)) throw new CliError(`no such service: ${service}`);
    if (args.length === 0 && !flags.boolean('orphans')) services = Object.keys(project.services);
  }
  const all = flags.boolean('all') || statuses.length > 0;
  const containers = projectContainers(compose.engine, name, all ? 'include' : 'exclude', all, services)
    .filter(({ state }) => statuses.length === 0 || statuses.includes(state.status))
    .sort(byName);
  if (flags.boolean('quiet')) {
    for (const { id } of containers) out(`${id}\n`);
    return 0;
  }
  if (flags.boolean('services')) {
    out(`${[...new Set(containers.map(serviceLabel))].join('\n')}\n`);
    return 0;
  }
  const asked = flags.string('format');
  const format = asked === '' || asked === TABLE ? TABLE_FORMAT : asked === RAW ? RAW_FORMAT : asked;
  const trunc = !flags.boolean('no-trunc');
  out(
    formatRows(
      format,
      HEADERS,
      containers.map((container) => row(compose, container, trunc)),
    ),
  );
  return 0;
});

function filterStatuses(filter: string): string[] {
  if (filter === '') return [];
  const equals = filter.indexOf('=');
  if (equals < 0) throw new CliError('arguments to --filter should be in form KEY=VAL');
  const key = filter.slice(0, equals);
  if (key === 'source') throw new CliError('not implemented');
  if (key !== 'status') throw new CliError(`unknown filter ${key}`);
  return [filter.slice(equals + 1)];
}

/** A row as templates see it (docker/compose, formatter.ContainerContext). */
function row({ engine }: Compose, container: Container, trunc: boolean): Methods {
  const { methods } = containerRow(engine, container, { trunc, sized: false });
  const { state, config, networks } = container;
  const { Platform: _platform, Label, Labels: _labels, ...shared } = methods;
  return new Methods('*formatter.ContainerContext', {
    ...shared,
    ExitCode: () => (state.status === 'exited' || state.status === 'dead' ? state.exitCode : 0),
    Health: () => (state.status === 'running' ? (state.health?.status ?? '') : ''),
    Label: Label!,
    Labels: () =>
      Object.entries(config.Labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(','),
    Name: () => container.name,
    Networks: () => Object.keys(networks).join(','),
    Project: () => config.Labels[PROJECT] ?? '',
    Publishers: () => publishers(container),
    Service: () => serviceLabel(container),
  });
}

/** Ports of a running container, published or not. */
export function publishers({ ports, config, state }: Container): readonly Value[] {
  if (state.status !== 'running' && state.status !== 'paused') return [];
  const exposed = Object.fromEntries(Object.keys(config.ExposedPorts ?? {}).map((port) => [port, null]));
  return Object.entries({ ...exposed, ...ports })
    .flatMap(([port, bindings]) => {
      const [target = '', Protocol = 'tcp'] = port.split('/');
      const one = { TargetPort: Number(target), Protocol };
      if (!bindings || bindings.length === 0)
        return [{ URL: '', TargetPort: one.TargetPort, PublishedPort: 0, Protocol }];
      return bindings.map(({ HostIp, HostPort }) => ({
        ...{ URL: HostIp, TargetPort: one.TargetPort, PublishedPort: Number(HostPort), Protocol },
      }));
    })
    .sort((a, b) => a.TargetPort - b.TargetPort);
}
