import type { Container } from '../../engine/containers/container.ts';
import { listContainers } from '../../engine/containers/list.ts';
import { containerProcesses } from '../../engine/containers/top.ts';
import { humanDuration } from '../../engine/duration.ts';
import { findImage, imageSize } from '../../engine/images/find.ts';
import { familiarName, parseNormalized, truncateId } from '../../engine/images/reference.ts';
import { humanSize } from '../../engine/units.ts';
import { listVolumes } from '../../engine/volumes/manage.ts';
import { CliError, type Command } from '../command.ts';
import { stats as dockerStats } from '../commands/container/stats.ts';
import { VOLUME_HEADERS, volumeFormat, volumeRow } from '../commands/volume/list.ts';
import { formatRows } from '../format/formatter.ts';
import { toJson } from '../format/json.ts';
import { align } from '../format/tabwriter.ts';
import { parseFilters } from '../options/filter.ts';
import { composeCommand } from './compose.ts';
import { byName, projectContainers, serviceLabel, specifiedContainer } from './containers.ts';
import * as label from './labels.ts';
import { publishers } from './ps.ts';

const WIDE = { minWidth: 20, padding: 3 };

function table(headers: readonly string[], rows: readonly (readonly string[])[]): string {
  return `${align([headers, ...rows].map((cells) => cells.join('\t')).join('\n'), WIDE)}\n`;
}

/** Throws for formats that are neither a table nor JSON (docker/compose, formatter.Print). */
function checkFormat(format: string): void {
  if (!['', 'table', 'pretty'].includes(format))
    throw new CliError(`format value ${JSON.stringify(format)} could not be parsed: parsing failed`);
}

/** `docker compose ls`. */
export const ls = composeCommand((compose) => {
  const { flags, out, engine } = compose.context;
  const filters = parseFilters(flags.list('filter'));
  for (const name of Object.keys(filters)) if (name !== 'name') throw new CliError(`invalid filter '${name}'`);
  const containers = listContainers(engine, {
    all: flags.boolean('all'),
    filters: { label: [label.PROJECT, label.CONFIG_HASH] },
  });
  const projects = new Map<string, Container[]>();
  for (const container of containers) {
    const name = container.config.Labels[label.PROJECT]!;
    projects.set(name, [...(projects.get(name) ?? []), container]);
  }
  const wanted = filters['name'] ?? [];
  const rows = [...projects.entries()]
    .filter(([name]) => wanted.length === 0 || wanted.some((pattern) => matchesName(name, pattern)))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([Name, own]) => ({ Name, Status: combinedStatus(own), ConfigFiles: configFiles(own) }));
  if (flags.boolean('quiet')) for (const { Name } of rows) out(`${Name}\n`);
  else if (flags.string('format') === 'json') out(`${toJson(rows, { html: true })}\n`);
  else {
    checkFormat(flags.string('format'));
    out(
      table(
        ['NAME', 'STATUS', 'CONFIG FILES'],
        rows.map(({ Name, Status, ConfigFiles }) => [Name, Status, ConfigFiles]),
      ),
    );
  }
  return 0;
});

/** moby's filters.Args.Match: equal, or found as a regular expression. */
function matchesName(name: string, pattern: string): boolean {
  if (name === pattern) return true;
  try {
    return new RegExp(pattern).test(name);
  } catch {
    return false;
  }
}

function combinedStatus(containers: readonly Container[]): string {
  const counts = new Map<string, number>();
  for (const { state } of containers) counts.set(state.status, (counts.get(state.status) ?? 0) + 1);
  return [...counts.keys()]
    .sort()
    .map((status) => `${status}(${counts.get(status)})`)
    .join(', ');
}

function configFiles(containers: readonly Container[]): string {
  const files = containers.flatMap(({ config }) => (config.Labels[label.CONFIG_FILES] ?? 'N/A').split(','));
  return [...new Set(files)].join(',');
}

/** `docker compose images`. */
export const images = composeCommand((compose) => {
  const { flags, args, out, engine } = compose.context;
  const name = compose.projectName();
  const containers = listContainers(engine, { all: true, filters: { label: [`${label.PROJECT}=${name}`] } })
    .filter((container) => args.length === 0 || args.includes(serviceLabel(container)))
    .sort(byName);
  const rows = containers.map((container) => {
    const image = findImage(engine, container.config.Image);
    const reference = parseNormalized(container.config.Image);
    return {
      ...{ ContainerName: container.name, ID: image.id, Repository: familiarName(reference) },
      ...{
        Tag: reference.tag ?? 'latest',
        Platform: `${image.os}/${image.architecture}`,
        Size: imageSize(engine, image),
      },
      LastTagTime: image.lastTagged,
      created: image.created,
    };
  });
  if (flags.boolean('quiet')) {
    for (const id of new Set(rows.map(({ ID }) => ID.slice(ID.indexOf(':') + 1)))) out(`${id}\n`);
    return 0;
  }
  if (flags.string('format') === 'json') {
    const list = rows.map(({ ContainerName, ID, Repository, Tag, Platform, Size, LastTagTime, created }) => ({
      ...{ ID, ContainerName, Repository, Tag, Platform, Size },
      LastTagTime: new Date(LastTagTime || created).toISOString(),
    }));
    out(`${list.length === 0 ? 'null' : toJson(list, { html: true })}\n\n`);
    return 0;
  }
  checkFormat(flags.string('format'));
  const age = (time: number) => `${time === 0 ? '292 years' : humanDuration((engine.state.now - time) / 1000)} ago`;
  out(
    table(
      ['CONTAINER', 'REPOSITORY', 'TAG', 'PLATFORM', 'IMAGE ID', 'SIZE', 'CREATED'],
      rows.map((row) => [
        ...[row.ContainerName, row.Repository, row.Tag, row.Platform, truncateId(row.ID), humanSize(row.Size)],
        age(row.LastTagTime),
      ]),
    ),
  );
  return 0;
});

/** `docker compose top`. */
export const top = composeCommand((compose) => {
  const { args, out, engine } = compose.context;
  const containers = projectContainers(engine, compose.projectName(), 'include', false)
    .filter((container) => args.length === 0 || args.includes(serviceLabel(container)))
    .sort(byName);
  const titles = ['SERVICE', '#'];
  const entries: Record<string, string>[] = [];
  for (const container of containers) {
    const processes = containerProcesses(engine, container.id, []);
    for (const title of processes.titles) if (!titles.includes(title)) titles.push(title);
    for (const row of processes.rows) {
      const entry: Record<string, string> = {
        SERVICE: serviceLabel(container),
        '#': container.config.Labels[label.NUMBER] ?? '',
      };
      for (const [index, title] of processes.titles.entries()) entry[title] = row[index] ?? '';
      entries.push(entry);
    }
  }
  if (entries.length === 0) return 0;
  // The command comes last, wherever it was.
  const columns = titles.includes('CMD') ? [...titles.filter((title) => title !== 'CMD'), 'CMD'] : titles;
  const lines = [columns, ...entries.map((entry) => columns.map((title) => entry[title] ?? '-'))];
  out(`${align(lines.map((cells) => cells.join('\t')).join('\n'), { minWidth: 4, padding: 2 })}\n`);
  return 0;
});

/** `docker compose port`. */
export const port = composeCommand((compose) => {
  const { args, flags, out, engine } = compose.context;
  const [service = '', wanted = ''] = args;
  if (!/^\d+$/.test(wanted)) throw new CliError(`strconv.ParseUint: parsing ${JSON.stringify(wanted)}: invalid syntax`);
  if (Number(wanted) > 65535)
    throw new CliError(`strconv.ParseUint: parsing ${JSON.stringify(wanted)}: value out of range`);
  const protocol = flags.string('protocol').toLowerCase();
  const container = specifiedContainer(engine, compose.projectName(), 'include', false, service, flags.number('index'));
  const ports = publishers(container) as unknown as readonly {
    URL: string;
    TargetPort: number;
    PublishedPort: number;
    Protocol: string;
  }[];
  const found = ports.find((one) => one.TargetPort === Number(wanted) && one.Protocol === protocol);
  if (!found) {
    const there = ports.map((one) => `${one.PublishedPort}/${one.Protocol}`).join(', ');
    throw new CliError(`no port ${wanted}/${protocol} for container ${container.name}: ${there}`);
  }
  out(`${found.URL}:${found.PublishedPort}\n`);
  return 0;
});

/** `docker compose volumes`. */
export const volumes = composeCommand((compose) => {
  const { args, flags, out, engine } = compose.context;
  const { project, name } = compose.projectOrName(args);
  if (project)
    for (const service of args) if (!(service in project.services)) throw new CliError(`no such service: ${service}`);
  let found = listVolumes(engine, { label: [`${label.PROJECT}=${name}`] });
  if (args.length > 0) {
    const used = new Set(
      listContainers(engine, { filters: { label: [`${label.PROJECT}=${name}`] } })
        .filter((container) => args.includes(serviceLabel(container)))
        .flatMap(({ mounts }) => mounts.map(({ Name }) => Name)),
    );
    found = found.filter((volume) => used.has(volume.name));
  }
  if (flags.boolean('quiet')) {
    for (const volume of found) out(`${volume.name}\n`);
    return 0;
  }
  out(
    formatRows(
      volumeFormat(flags.string('format'), false),
      VOLUME_HEADERS,
      found.map((volume) => volumeRow(volume)),
    ),
  );
  return 0;
});

/** `docker compose stats`: as `docker stats`, of the project's containers. */
export const stats: Command = composeCommand((compose) => {
  const { context, engine } = compose;
  const [service] = context.args;
  const containers = listContainers(engine, {
    all: context.flags.boolean('all'),
    filters: {
      label: [
        `${label.PROJECT}=${compose.projectName()}`,
        ...(service === undefined ? [] : [`${label.SERVICE}=${service}`]),
      ],
    },
  });
  return dockerStats({ ...context, args: containers.map(({ id }) => id) });
});
