import { DurationError, parseDuration } from '../duration.ts';
import type { HealthConfig } from '../images/image.ts';
import { DockerfileError, type Range } from './dockerfile-error.ts';
import { parseFlags } from './flags.ts';
import { type Heredoc, parseHeredoc } from './heredoc.ts';
import { heredocText, type Node } from './parser.ts';
import { didYouMean } from './suggest.ts';

interface Common {
  /** As it was written: `COPY`, `copy`. */
  readonly name: string;
  /** The instruction as one line, as progress shows it. */
  readonly code: string;
  readonly location: readonly Range[];
}

export interface KeyValue {
  readonly key: string;
  readonly value: string;
  /** Written `key value`, without `=`. */
  readonly legacy: boolean;
}

/** A file that a here-document of COPY or ADD makes. */
export interface InlineFile {
  readonly path: string;
  readonly data: string;
  readonly expand: boolean;
}

export interface CommandLine {
  readonly args: readonly string[];
  /** Shell form: the arguments are one text for the shell. */
  readonly shell: boolean;
}

export interface ArgDefinition {
  readonly key: string;
  readonly value?: string;
  readonly description: string;
}

export interface CopyInstruction extends Common {
  readonly kind: 'copy' | 'add';
  readonly sources: readonly string[];
  readonly inline: readonly InlineFile[];
  readonly destination: string;
  readonly from: string;
  readonly chown: string;
  readonly chmod: string;
  readonly link: boolean;
  readonly exclude: readonly string[];
  readonly checksum: string;
  /** `--unpack` of ADD, when given. */
  readonly unpack?: boolean;
}

export interface RunInstruction extends Common, CommandLine {
  readonly kind: 'run';
  readonly heredocs: readonly Heredoc[];
  readonly mounts: readonly string[];
  readonly network: string;
}

export interface FromInstruction extends Common {
  readonly kind: 'from';
  readonly base: string;
  /** In lower case; empty without AS. */
  readonly stage: string;
  readonly platform: string;
  readonly description: string;
}

export type ArgInstruction = Common & { readonly kind: 'arg'; readonly args: readonly ArgDefinition[] };

export type Command =
  | CopyInstruction
  | RunInstruction
  | ArgInstruction
  | (Common & { readonly kind: 'env' | 'label'; readonly pairs: readonly KeyValue[] })
  | (Common & CommandLine & { readonly kind: 'cmd' | 'entrypoint' })
  | (Common & { readonly kind: 'workdir' | 'user' | 'stopsignal' | 'maintainer'; readonly value: string })
  | (Common & { readonly kind: 'expose' | 'volume' | 'shell'; readonly values: readonly string[] })
  | (Common & { readonly kind: 'healthcheck'; readonly health: HealthConfig })
  | (Common & { readonly kind: 'onbuild'; readonly expression: string });

export type Instruction = FromInstruction | Command;

const NAMES = [
  ...['ADD', 'ARG', 'CMD', 'COPY', 'ENTRYPOINT', 'ENV', 'EXPOSE', 'FROM', 'HEALTHCHECK', 'LABEL', 'MAINTAINER'],
  ...['ONBUILD', 'RUN', 'SHELL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR'],
];

/** Makes an instruction of a parsed line. Throws {@link DockerfileError} with BuildKit's messages. */
export function parseInstruction(node: Node): Instruction {
  const { instruction, args, flags } = node;
  const common = { name: instruction, code: node.original.trim(), location: node.location };
  const name = instruction.toUpperCase();
  switch (name) {
    case 'ENV':
    case 'LABEL':
      parseFlags(flags, {});
      return { ...common, kind: name === 'ENV' ? 'env' : 'label', pairs: keyValues(args, name) };
    case 'MAINTAINER':
    case 'WORKDIR':
    case 'USER':
    case 'STOPSIGNAL': {
      if (args.length !== 1) throw new DockerfileError(`${name} requires exactly one argument`);
      if (name !== 'STOPSIGNAL') parseFlags(flags, {});
      return { ...common, kind: name.toLowerCase() as 'user', value: args[0]! };
    }
    case 'ADD':
    case 'COPY':
      return copy(node, common, name);
    case 'FROM':
      return from(node, common);
    case 'ONBUILD':
      return onbuild(node, common);
    case 'RUN': {
      const given = parseFlags(flags, { mount: 'strings', network: 'string' });
      const network = given.string('network') || 'default';
      if (!['default', 'none', 'host'].includes(network))
        throw new DockerfileError(`invalid network mode ${JSON.stringify(network)}`);
      return {
        ...{ ...common, kind: 'run', ...commandLine(node), heredocs: node.heredocs },
        ...{ mounts: given.list('mount'), network },
      };
    }
    case 'CMD':
    case 'ENTRYPOINT':
      parseFlags(flags, {});
      return { ...common, kind: name === 'CMD' ? 'cmd' : 'entrypoint', ...commandLine(node) };
    case 'HEALTHCHECK':
      return { ...common, kind: 'healthcheck', health: healthcheck(node) };
    case 'EXPOSE':
      if (args.length === 0) throw new DockerfileError('EXPOSE requires at least one argument');
      parseFlags(flags, {});
      return { ...common, kind: 'expose', values: [...args].sort() };
    case 'VOLUME': {
      if (args.length === 0) throw new DockerfileError('VOLUME requires at least one argument');
      parseFlags(flags, {});
      const values = args.map((arg) => arg.trim());
      if (values.includes('')) throw new DockerfileError('VOLUME specified can not be an empty string');
      return { ...common, kind: 'volume', values };
    }
    case 'ARG':
      return arg(node, common);
    case 'SHELL':
      parseFlags(flags, {});
      if (args.length === 0) throw new DockerfileError('SHELL requires at least one argument');
      if (!node.json) throw new DockerfileError('SHELL requires the arguments to be in JSON form');
      return { ...common, kind: 'shell', values: args };
    default:
      throw new DockerfileError(`unknown instruction: ${instruction}${didYouMean(instruction, NAMES, false)}`);
  }
}

function keyValues(args: readonly string[], name: string): KeyValue[] {
  if (args.length === 0) throw new DockerfileError(`${name} requires at least one argument`);
  const pairs: KeyValue[] = [];
  for (let index = 0; index < args.length; index += 3) {
    const [key = '', value = '', separator] = args.slice(index, index + 3);
    if (key === '') throw new DockerfileError(`${name} names can not be blank`);
    pairs.push({ key, value, legacy: separator === '' });
  }
  return pairs;
}

function copy(node: Node, common: Common, name: 'ADD' | 'COPY'): CopyInstruction {
  const { args } = node;
  if (args.length < 2)
    throw new DockerfileError(
      `${name} requires at least two arguments, but only one was provided. Destination could not be determined`,
    );
  const flags = parseFlags(
    node.flags,
    name === 'COPY'
      ? { chown: 'string', from: 'string', chmod: 'string', link: 'boolean', exclude: 'strings' }
      : {
          ...{ chown: 'string', chmod: 'string', link: 'boolean', 'keep-git-dir': 'boolean', checksum: 'string' },
          ...{ unpack: 'boolean', exclude: 'strings' },
        },
  );
  const destination = args.at(-1)!;
  if (parseHeredoc(destination)) throw new DockerfileError(`${name} cannot accept a heredoc as a destination`);
  const sources: string[] = [];
  const inline: InlineFile[] = [];
  for (const source of args.slice(0, -1)) {
    const document = node.json ? undefined : parseHeredoc(source);
    const found = document && node.heredocs.findLast((heredoc) => heredoc.name === document.name);
    if (document) inline.push({ path: document.name, data: found ? heredocText(found) : '', expand: document.expand });
    else sources.push(source);
  }
  return {
    ...{ ...common, kind: name === 'COPY' ? 'copy' : 'add', sources, inline, destination },
    ...{ from: flags.string('from'), chown: flags.string('chown'), chmod: flags.string('chmod') },
    ...{ link: flags.boolean('link'), exclude: flags.list('exclude') },
    checksum: flags.string('checksum'),
    ...(flags.list('unpack').length > 0 ? { unpack: flags.boolean('unpack') } : {}),
  };
}

function from(node: Node, common: Common): FromInstruction {
  const { args } = node;
  let stage = '';
  if (args.length === 3 && args[1]!.toLowerCase() === 'as') {
    stage = args[2]!.toLowerCase();
    if (!/^[a-z][a-z0-9-_.]*$/.test(stage))
      throw new DockerfileError(
        `invalid name for build stage: ${JSON.stringify(args[2])}, name can't start with a number or contain symbols`,
      );
  } else if (args.length !== 1) throw new DockerfileError('FROM requires either one or three arguments');
  const flags = parseFlags(node.flags, { platform: 'string' });
  return {
    ...{ ...common, kind: 'from', base: args[0]!, stage, platform: flags.string('platform') },
    description: description(node.comments, stage),
  };
}

/** The text after `NAME ` in the comments above a definition. */
function description(comments: readonly string[], name: string): string {
  return (name !== '' && comments.find((line) => line.startsWith(`${name} `))?.slice(name.length + 1)) || '';
}

function arg(node: Node, common: Common): ArgInstruction {
  if (node.args.length === 0) throw new DockerfileError('ARG requires at least one argument');
  const args = node.args.map((text): ArgDefinition => {
    const equals = text.indexOf('=');
    if (equals === 0) throw new DockerfileError('ARG names can not be blank');
    const key = equals < 0 ? text : text.slice(0, equals);
    const told = description(node.comments, key);
    return equals < 0 ? { key, description: told } : { key, value: text.slice(equals + 1), description: told };
  });
  return { ...common, kind: 'arg', args };
}

function onbuild(node: Node, common: Common): Instruction {
  if (!node.trigger) throw new DockerfileError('ONBUILD requires at least one argument');
  parseFlags(node.flags, {});
  const trigger = node.trigger.instruction.trim().toUpperCase();
  if (trigger === 'ONBUILD') throw new DockerfileError("Chaining ONBUILD via `ONBUILD ONBUILD` isn't allowed");
  if (trigger === 'MAINTAINER' || trigger === 'FROM')
    throw new DockerfileError(`${trigger} isn't allowed as an ONBUILD trigger`);
  const documents = node.heredocs.map(({ content, name }) => `\n${content}${name}`).join('');
  return { ...common, kind: 'onbuild', expression: node.original.replace(/^\s*ONBUILD\s*/i, '') + documents };
}

function commandLine({ args, json }: Node): CommandLine {
  return { args: json ? args : args.length > 0 ? [args.join(' ')] : [], shell: !json };
}

/** Shortest time between two probes (moby, container.MinimumDuration), nanoseconds. */
const MINIMUM = 1e6;

function healthcheck(node: Node): HealthConfig {
  const [first, ...rest] = node.args;
  if (first === undefined) throw new DockerfileError('HEALTHCHECK requires at least one argument');
  const type = first.toUpperCase();
  if (type === 'NONE') {
    if (rest.length > 0) throw new DockerfileError('HEALTHCHECK NONE takes no arguments');
    return { Test: ['NONE'] };
  }
  const flags = parseFlags(node.flags, {
    ...{ interval: 'string', timeout: 'string', 'start-period': 'string', 'start-interval': 'string' },
    retries: 'string',
  });
  if (type !== 'CMD') throw new DockerfileError(`Unknown type ${JSON.stringify(type)} in HEALTHCHECK (try CMD)`);
  if (rest.length === 0) throw new DockerfileError('Missing command after HEALTHCHECK CMD');
  const duration = (name: string): number => {
    const text = flags.string(name);
    if (text === '') return 0;
    try {
      const value = parseDuration(text);
      if (value !== 0 && value < MINIMUM)
        throw new DockerfileError(`Interval ${JSON.stringify(name)} cannot be less than 1ms`);
      return value;
    } catch (error) {
      throw error instanceof DurationError ? new DockerfileError(error.message) : error;
    }
  };
  const retries = flags.string('retries');
  if (retries !== '' && !/^[+-]?\d+$/.test(retries))
    throw new DockerfileError(`strconv.ParseInt: parsing ${JSON.stringify(retries)}: invalid syntax`);
  if (Number(retries) < 0) throw new DockerfileError(`--retries cannot be negative (${Number(retries)})`);
  return {
    Test: [node.json ? 'CMD' : 'CMD-SHELL', ...(node.json ? rest : [rest.join(' ')])],
    ...{ Interval: duration('interval'), Timeout: duration('timeout'), StartPeriod: duration('start-period') },
    ...{ StartInterval: duration('start-interval'), Retries: Number(retries) },
  };
}
