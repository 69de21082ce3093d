import { decode } from '../../engine/bytes.ts';
import { humanDuration } from '../../engine/duration.ts';
import { FileError } from '../../engine/files/errors.ts';
import { resolve } from '../../engine/files/path.ts';
import { type JsonObject, withOmitted } from '../../engine/json.ts';
import { createFile, findFile, type Kind, listFiles, removeFile } from '../../engine/swarm/files.ts';
import type { StoredFile } from '../../engine/swarm/state.ts';
import { formatTime } from '../../engine/time.ts';
import { CliError, type Command, type CommandContext, type CommandTable } from '../command.ts';
import { failureText, forEachArgument, printInspection } from '../commands/failures.ts';
import { labelMethods } from '../commands/labels.ts';
import { formatRows, TABLE } from '../format/formatter.ts';
import { inspect, inspected } from '../format/inspect.ts';
import { timeText } from '../format/print.ts';
import { Bytes, Methods, Time } from '../format/value.ts';
import { parseFilters } from '../options/filter.ts';
import { keyValueMap } from '../options/key-value.ts';

const HEADERS = {
  ...{ ID: 'ID', Name: 'NAME', CreatedAt: 'CREATED', UpdatedAt: 'UPDATED', Driver: 'DRIVER', Labels: 'LABELS' },
};

/** The data that a command is given: a file of the host, or its input. */
function read({ kernel, args }: CommandContext, kind: Kind): string {
  const [, path = '-'] = args;
  const fail = (why: string): never => {
    throw new CliError(`error reading from ${path === '-' ? 'STDIN' : path}: ${why}`);
  };
  let data: string;
  try {
    data = path === '-' ? kernel.wholeInput() : kernel.files.read(resolve(kernel.cwd, path));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return fail(`open ${path}: ${error.message.toLowerCase()}`);
  }
  return data === '' && kind === 'secret' ? fail('data is empty') : data;
}

const create =
  (kind: Kind): Command =>
  (context) => {
    const { engine, flags, args, out } = context;
    if (kind === 'secret' && flags.string('driver') !== '')
      throw new CliError(`a secret driver ('${flags.string('driver')}') is not modelled in Stapellauf`);
    const data = read(context, kind);
    out(`${createFile(engine, kind, args[0] ?? '', data, keyValueMap(flags.list('label')))}\n`);
    return 0;
  };

function row({ id, name, created, updated, labels }: StoredFile, now: number): Methods {
  const ago = (time: number) => `${humanDuration((now - time) / 1000)} ago`;
  return new Methods('*formatter.secretContext', {
    ID: () => id,
    Name: () => name,
    Driver: () => '',
    CreatedAt: () => ago(created),
    UpdatedAt: () => ago(updated),
    ...labelMethods(labels),
  });
}

const list =
  (kind: Kind): Command =>
  ({ engine, flags, out }) => {
    const filters = parseFilters(flags.list('filter'));
    const all = listFiles(engine, kind).filter(
      ({ id, name, labels }) =>
        (filters['name'] ?? ['']).some((prefix) => name.startsWith(prefix)) &&
        (filters['id'] ?? ['']).some((prefix) => id.startsWith(prefix)) &&
        (filters['label'] ?? []).every((label) =>
          label.includes('=') ? labels[label.split('=')[0]!] === label.split(/=(.*)/s)[1] : label in labels,
        ),
    );
    const given = flags.string('format');
    const columns =
      kind === 'secret'
        ? 'table {{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.CreatedAt}}\t{{.UpdatedAt}}'
        : 'table {{.ID}}\t{{.Name}}\t{{.CreatedAt}}\t{{.UpdatedAt}}';
    const format = given === '' || given === TABLE ? (flags.boolean('quiet') ? '{{.ID}}' : columns) : given;
    out(
      formatRows(
        format,
        HEADERS,
        all.map((file) => row(file, engine.state.now)),
      ),
    );
    return 0;
  };

/** What `GET /secrets/ID` and `GET /configs/ID` answer. */
export function fileAnswer(kind: Kind, file: StoredFile): JsonObject {
  return {
    ...{
      ID: file.id,
      Version: { Index: file.index },
      CreatedAt: formatTime(file.created),
      UpdatedAt: formatTime(file.updated),
    },
    Spec: {
      Name: file.name,
      Labels: new Map(Object.entries(file.labels)),
      ...(kind === 'config' ? { Data: btoa(file.data) } : {}),
    },
  };
}

const inspectFiles =
  (kind: Kind): Command =>
  (context) => {
    const { engine, flags, args, out } = context;
    if (flags.boolean('pretty')) {
      if (flags.string('format') !== '') throw new CliError('--format is incompatible with human friendly format');
      for (const ref of args) out(pretty(kind, findFile(engine, kind, ref)));
      return 0;
    }
    const find = (ref: string) => {
      const file = findFile(engine, kind, ref);
      const raw = fileAnswer(kind, file);
      // Of a secret the engine tells nothing.
      const named = { Name: file.name, Labels: new Map(Object.entries(file.labels)) };
      const data = Bytes.from(file.data, (char) => char.charCodeAt(0));
      const Spec = kind === 'config' ? { ...named, Data: data } : withOmitted(named, { Data: new Bytes() });
      return { ...inspected(raw), typed: { ...raw, Spec } };
    };
    return printInspection(context, inspect(args, flags.string('format'), find, failureText));
  };

function pretty(kind: Kind, file: StoredFile): string {
  const when = (time: number) => timeText(new Time(time)).replace('UTC', 'utc');
  if (kind === 'config')
    return `ID:\t\t\t${file.id}\nName:\t\t\t${file.name}\n${prettyLabels(file, '')}Created at:            \t${when(file.created)}\nUpdated at:            \t${when(file.updated)}\nData:\n${decode(file.data)}\n`;
  return `ID:              ${file.id}\nName:              ${file.name}\n${prettyLabels(file, '')}Driver:            \nCreated at:        ${when(file.created)}\nUpdated at:        ${when(file.updated)}\n`;
}

function prettyLabels({ labels }: StoredFile, indent: string): string {
  const names = Object.keys(labels).sort();
  return names.length === 0 ? '' : `Labels:\n${names.map((name) => `${indent} - ${name}=${labels[name]}\n`).join('')}`;
}

const remove =
  (kind: Kind): Command =>
  (context) =>
    forEachArgument(context, (ref) => {
      const { id } = findFile(context.engine, kind, ref);
      removeFile(context.engine, kind, id);
      return `${ref}\n`;
    });

const commandsOf = (kind: Kind): CommandTable => ({
  [`${kind} create`]: create(kind),
  [`${kind} inspect`]: inspectFiles(kind),
  [`${kind} ls`]: list(kind),
  [`${kind} rm`]: remove(kind),
});

/** `docker secret …` and `docker config …`. */
export const fileCommands: CommandTable = { ...commandsOf('secret'), ...commandsOf('config') };
