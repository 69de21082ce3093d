import { type UsedVariable, usedVariables } from '../../compose/interpolation.ts';
import { encodeJson } from '../../compose/json.ts';
import { loadProjectModel } from '../../compose/load/project.ts';
import { checkContainerNames } from '../../compose/project/consistency.ts';
import { goMap, marshalProject } from '../../compose/project/marshal.ts';
import { imageOf, type Project, serviceNames } from '../../compose/project/project.ts';
import { eachService } from '../../compose/project/select.ts';
import { isDict, type Value } from '../../compose/value.ts';
import { encodeYaml } from '../../compose/yaml/encode.ts';
import { encode } from '../../engine/bytes.ts';
import { CliError } from '../command.ts';
import { align } from '../format/tabwriter.ts';
import { type Compose, composeCommand } from './compose.ts';
import { serviceOf } from './concurrency.ts';
import { serviceHash } from './request.ts';

/** `docker compose config`. */
export const config = composeCommand((compose) => {
  const { flags, args } = compose.context;
  const on = (name: string) => flags.boolean(name);
  const out = on('quiet') ? () => {} : (text: string) => compose.context.out(text);
  const changes = {
    interpolate: !on('no-interpolate'),
    resolvePaths: !on('no-path-resolution'),
    normalize: !(on('no-normalize') || compose.context.pluginFlags.boolean('compatibility')),
    consistency: !on('no-consistency'),
  };
  const load = (services: readonly string[] = [], resolveEnvironment = false) =>
    compose.load(services, { ...changes, resolveEnvironment }).project;
  const lines = (names: Iterable<string>) => {
    for (const name of names) out(`${name}\n`);
  };
  if (on('services')) {
    if (on('no-interpolate')) lines(Object.keys((loadModel(compose, changes)['services'] ?? {}) as object));
    else {
      const project = load();
      lines(eachService(project, serviceNames(project)));
    }
  } else if (on('volumes')) lines(Object.keys(load().volumes));
  else if (on('networks')) lines(Object.keys(load().networks));
  else if (on('models')) lines(Object.values(load().models).map((model) => (model as { model?: string }).model ?? ''));
  else if (flags.string('hash') !== '') hashes(load(), flags.string('hash'), out);
  else if (on('profiles')) lines(profilesOf(load(args)));
  else if (on('images')) {
    const project = load(args);
    lines(serviceNames(project).map((name) => imageOf(project.services[name]!, project.name)));
  } else if (on('variables')) variables(compose, changes, out);
  else if (on('environment')) {
    const { environment } = load([], true);
    lines([...environment].map(([name, value]) => `${name}=${value}`).sort());
  } else print(compose, changes, out);
  return 0;
});

type Changes = Parameters<Compose['load']>[1];

function loadModel(compose: Compose, changes: Changes) {
  return loadProjectModel(compose.projectOptions({ ...changes, interpolate: false }));
}

function hashes(project: Project, asked: string, out: (text: string) => void): void {
  const names = asked === '*' ? serviceNames(project) : asked.split(',').sort();
  for (const name of names) out(`${name} ${serviceHash(serviceOf(project, name))}\n`);
}

function profilesOf(project: Project): string[] {
  const services = Object.values({ ...project.services, ...project.disabled });
  return [...new Set(services.flatMap(({ profiles = [] }) => profiles))].sort();
}

function variables(compose: Compose, changes: Changes, out: (text: string) => void): void {
  const found = new Map<string, UsedVariable>();
  const walk = (value: Value): void => {
    if (typeof value === 'string') for (const one of usedVariables(value)) found.set(one.name, one);
    else if (Array.isArray(value)) value.forEach(walk);
    else if (isDict(value)) Object.values(value).forEach(walk);
  };
  walk(loadModel(compose, changes));
  const list = [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const format = compose.context.flags.string('format');
  if (format === 'yaml' || format === 'json') {
    const entries = new Map(
      list.map(({ name, required, defaultValue, presenceValue }) => [
        name,
        format === 'yaml'
          ? { name, defaultvalue: defaultValue, presencevalue: presenceValue, required }
          : { Name: name, DefaultValue: defaultValue, PresenceValue: presenceValue, Required: required },
      ]),
    );
    out(
      format === 'yaml'
        ? encodeYaml(entries)
        : `${encodeJson(entries).replace(/\n\s*/g, '').replaceAll('": ', '":')}\n`,
    );
    return;
  }
  const rows = list.map(({ name, required, defaultValue, presenceValue }) => [
    name,
    String(required),
    defaultValue,
    presenceValue,
  ]);
  const cells = [['NAME', 'REQUIRED', 'DEFAULT VALUE', 'ALTERNATE VALUE'], ...rows];
  out(`${align(cells.map((row) => row.join('\t')).join('\n'), { minWidth: 20, padding: 3 })}\n`);
}

function print(compose: Compose, changes: Changes, out: (text: string) => void): void {
  const { flags, args, kernel } = compose.context;
  const format = flags.string('format') || 'yaml';
  if (flags.boolean('resolve-image-digests') || flags.boolean('lock-image-digests'))
    throw new CliError('docker compose config --resolve-image-digests is not modelled in Stapellauf');
  let text: string;
  if (flags.boolean('no-interpolate')) {
    const model = goMap(loadModel(compose, changes));
    checkFormat(format);
    text = format === 'json' ? encodeJson(model) : encodeYaml(model);
  } else {
    const { project } = compose.load(args, { ...changes, resolveEnvironment: true });
    if (!flags.boolean('no-consistency')) checkContainerNames(project);
    checkFormat(format);
    const value = marshalProject(project, format as 'yaml' | 'json');
    text = (format === 'json' ? encodeJson(value) : encodeYaml(value)).replaceAll('$', '$$$$');
  }
  const path = flags.string('output');
  if (path === '') out(text);
  else if (!flags.boolean('quiet'))
    kernel.files.write(path.startsWith('/') ? encode(path) : `${kernel.cwd}/${encode(path)}`, encode(text));
}

function checkFormat(format: string): void {
  if (format !== 'json' && format !== 'yaml') throw new CliError(`unsupported format ${JSON.stringify(format)}`);
}
