import { formatDuration } from '../duration.ts';
import { resolve } from '../files/path.ts';
import { signalNumber } from '../process/signals.ts';
import { dispatchCopy } from './dispatch-copy.ts';
import { dispatchRun } from './dispatch-run.ts';
import { at, DockerfileError } from './dockerfile-error.ts';
import type { PatternMatcher } from './ignore.ts';
import type { ArgInstruction, Command } from './instructions.ts';
import type { Linter } from './lint.ts';
import { exposedPorts } from './ports.ts';
import { quoted, quotedList, quotedRune } from './quote.ts';
import { processWords } from './shell-words.ts';
import { commit, label, type Stage, type StageCommand } from './stage.ts';
import { checkSecret, checkVariables } from './validations.ts';
import { type Vertex, vertex } from './vertex.ts';

/** What all instructions of a Dockerfile share. */
export interface DispatchContext {
  readonly escapeToken: string;
  readonly globalArgs: ReadonlyMap<string, string>;
  readonly buildArgs: ReadonlyMap<string, string>;
  readonly lint: Linter;
  readonly ignore: PatternMatcher | undefined;
  /** The build context; another one for each `--build-context`. */
  readonly context: Vertex;
  readonly network: string;
  readonly hosts: readonly string[];
  /** ARG before the first FROM. */
  readonly metaArgs: readonly ArgInstruction[];
}

/** Replaces the variables of a word; checks that they exist. */
export function expand(stage: Stage, context: DispatchContext, command: Command, word: string, raw = false): string {
  const { result, unmatched } = processWords(
    word,
    stage.environment,
    raw ? { skipQuotes: true } : { escape: context.escapeToken },
  );
  const declared = new Set(stage.buildArgs.map(({ key }) => key));
  checkVariables(unmatched, declared, stage.environment.keys(), command.location, context.lint);
  return result;
}

/** The text of an instruction as progress shows it, its first word in capitals. */
export function display(code: string): string {
  const [first = '', ...rest] = code.split(' ');
  return [first.toUpperCase(), ...rest].join(' ');
}

/** An instruction's text with its variables replaced; as it is where that can't be done. */
export function shown(stage: Stage, context: DispatchContext, code: string): string {
  try {
    return processWords(code, stage.environment, { escape: context.escapeToken }).result;
  } catch {
    return code;
  }
}

/** Turns one instruction into vertices and configuration. Throws DockerfileError at the instruction's place. */
export function dispatch(stage: Stage, stageCommand: StageCommand, context: DispatchContext): void {
  stage.onBuild = stageCommand.onBuild;
  at(stageCommand.command.location, () => dispatchCommand(stage, stageCommand, context));
}

function dispatchCommand(stage: Stage, stageCommand: StageCommand, context: DispatchContext): void {
  const { command } = stageCommand;
  const { config } = stage.draft;
  const word = (text: string) => expand(stage, context, command, text);
  switch (command.kind) {
    case 'env': {
      const pairs = command.pairs.map(({ key, value, legacy }) => ({ key: word(key), value: word(value), legacy }));
      for (const { key, value, legacy } of pairs) {
        if (legacy) context.lint.run('LegacyKeyValueFormat', command.location, command.name);
        checkSecret('ENV', key, command.location, context.lint);
        stage.environment.set(key, value);
        const entries = [...(config.Env ?? [])];
        const index = entries.findIndex((entry) => entry.split('=', 1)[0] === key);
        if (index < 0) entries.push(`${key}=${value}`);
        else entries[index] = `${key}=${value}`;
        config.Env = entries;
      }
      commit(stage, ['ENV', ...pairs.map(({ key, value }) => `${key}=${value}`)].join(' '));
      return;
    }
    case 'label': {
      const pairs = command.pairs.map(({ key, value }) => [word(key), word(value)] as const);
      for (const { legacy } of command.pairs)
        if (legacy) context.lint.run('LegacyKeyValueFormat', command.location, command.name);
      config.Labels = { ...config.Labels, ...Object.fromEntries(pairs) };
      commit(stage, ['LABEL', ...pairs.map(([key, value]) => `${key}=${value}`)].join(' '));
      return;
    }
    case 'maintainer':
      stage.draft.author = command.value;
      commit(stage, `MAINTAINER ${command.value}`);
      return;
    case 'arg':
      dispatchArg(stage, command, context);
      return;
    case 'run':
      dispatchRun(stage, command, stageCommand.sources, context);
      return;
    case 'copy':
    case 'add':
      dispatchCopy(stage, command, stageCommand.sources[0], context);
      return;
    case 'workdir':
      workdir(stage, word(command.value), command, context);
      return;
    case 'user':
      config.User = word(command.value);
      commit(stage, `USER ${config.User}`);
      return;
    case 'volume': {
      const volumes = command.values.map(word);
      if (volumes.includes('')) throw new DockerfileError('VOLUME specified can not be an empty string');
      config.Volumes = { ...config.Volumes, ...Object.fromEntries(volumes.map((path) => [path, {}])) };
      commit(stage, `VOLUME [${volumes.join(' ')}]`);
      return;
    }
    case 'expose':
      expose(stage, command.values, command, context);
      return;
    case 'cmd':
    case 'entrypoint': {
      usedOnce(stage, command, context);
      if (command.shell && !config.Shell) context.lint.run('JSONArgsRecommended', command.location, command.name);
      const args = command.shell ? withShell(stage, command.args) : command.args;
      if (command.kind === 'cmd') {
        if (args.length > 0) config.Cmd = args;
        else delete config.Cmd;
        config.ArgsEscaped = true;
      } else {
        if (args.length > 0) config.Entrypoint = args;
        else delete config.Entrypoint;
        if (!stage.set.has('cmd')) delete config.Cmd;
      }
      commit(stage, `${command.kind.toUpperCase()} ${quotedList(args)}`);
      return;
    }
    case 'healthcheck': {
      usedOnce(stage, command, context);
      config.Healthcheck = command.health;
      const { Test = [], Interval = 0, Timeout = 0, StartPeriod = 0, StartInterval = 0, Retries = 0 } = command.health;
      const times = [Interval, Timeout, StartPeriod, StartInterval].map((time) => quoted(formatDuration(time)));
      commit(stage, `HEALTHCHECK &{${[quotedList(Test), ...times, quotedRune(Retries)].join(' ')}}`);
      return;
    }
    case 'stopsignal': {
      const signal = word(command.value);
      // Any number will do until something is to be stopped.
      if (signalNumber(signal) === undefined && !(Number(signal) > 0))
        throw new DockerfileError(`invalid signal: ${signal}`);
      config.StopSignal = signal;
      commit(stage, `STOPSIGNAL ${signal}`);
      return;
    }
    case 'shell':
      config.Shell = command.values;
      commit(stage, `SHELL [${command.values.join(' ')}]`);
      return;
    case 'onbuild':
      config.OnBuild = [...(config.OnBuild ?? []), command.expression];
  }
}

/** A command line for the stage's shell. */
export function withShell(stage: Stage, args: readonly string[]): readonly string[] {
  return [...(stage.draft.config.Shell ?? ['/bin/sh', '-c']), args.join(' ')];
}

function usedOnce(stage: Stage, { kind, name, location }: Command, { lint }: DispatchContext): void {
  const before = stage.set.get(kind);
  // The one before is the one that is lost.
  if (before) lint.run('MultipleInstructionsDisallowed', before, name);
  stage.set.set(kind, location);
}

function dispatchArg(stage: Stage, command: ArgInstruction, context: DispatchContext): void {
  const texts: string[] = [];
  for (const definition of command.args) {
    const { key } = definition;
    checkSecret('ARG', key, command.location, context.lint);
    const given = context.buildArgs.get(key);
    let value = given;
    let inherited = false;
    if (given === undefined && definition.value === undefined) {
      value = context.globalArgs.get(key);
      inherited = value !== undefined;
    } else if (given === undefined) value = expand(stage, context, command, definition.value!);
    if (value !== undefined) stage.environment.set(key, value);
    const global = inherited ? context.metaArgs.find(({ args }) => args.some((one) => one.key === key)) : undefined;
    if (!inherited || global)
      stage.outline.set(key, {
        definition: global?.args.find((one) => one.key === key) ?? definition,
        value: value ?? '',
        location: (global ?? command).location,
      });
    stage.buildArgs.push(value === undefined ? definition : { ...definition, value });
    texts.push(value === undefined ? key : `${key}=${value}`);
  }
  commit(stage, `ARG ${texts.join(' ')}`);
}

/** Variables of the stage as an image's environment gives them, and its folder. */
export function begin(stage: Stage): void {
  const entries = stage.draft.config.Env ?? [];
  if (!entries.some((entry) => entry.startsWith('PATH=')))
    stage.draft.config.Env = [...entries, 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'];
  for (const entry of stage.draft.config.Env ?? []) {
    const equals = entry.indexOf('=');
    stage.environment.set(entry.slice(0, equals), entry.slice(equals + 1));
  }
  if (stage.draft.config.WorkingDir) stage.folder = resolve('/', stage.draft.config.WorkingDir);
}

function workdir(stage: Stage, path: string, command: Command, context: DispatchContext): void {
  if (!stage.workdirSet && !path.startsWith('/')) context.lint.run('WorkdirRelativePath', command.location, path);
  stage.workdirSet = true;
  stage.folder = resolve(stage.draft.config.WorkingDir || '/', path);
  stage.draft.config.WorkingDir = stage.folder;
  if (stage.folder !== '/')
    stage.root = vertex({ kind: 'mkdir', path: stage.folder, user: stage.draft.config.User ?? '' }, [stage.root], {
      name: label(stage, display(shown(stage, context, command.code))),
      location: command.location,
    });
  commit(stage, `WORKDIR ${stage.folder}`, stage.folder !== '/');
}

function expose(stage: Stage, words: readonly string[], command: Command, context: DispatchContext): void {
  const ports: string[] = [];
  for (const word of words) {
    for (const port of processWords(word, stage.environment, { escape: context.escapeToken }).words) {
      const protocol = port.split('/')[1];
      if (protocol !== undefined && protocol !== protocol.toLowerCase())
        context.lint.run('ExposeProtoCasing', command.location, port);
      if (port.includes(':')) context.lint.run('ExposeInvalidFormat', command.location, port);
      ports.push(...exposedPorts(port));
    }
  }
  stage.draft.config.ExposedPorts = {
    ...stage.draft.config.ExposedPorts,
    ...Object.fromEntries(ports.map((port) => [port, {}])),
  };
  commit(stage, `EXPOSE [${ports.join(' ')}]`);
}
