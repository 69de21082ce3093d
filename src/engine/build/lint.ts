import { DockerfileError, type Range } from './dockerfile-error.ts';

/** What a build check found (Dockerfile reference, "Build checks"). */
export interface Warning {
  readonly rule: RuleName;
  readonly description: string;
  readonly url: string;
  readonly detail: string;
  readonly location: readonly Range[];
}

const sentence = (text: string) => () => text;
const mean = (name: string | undefined) => (name === undefined ? '' : ` (did you mean ${name}?)`);

/** The rules of Engine 28.5 (BuildKit, frontend/dockerfile/linter): description and what a finding says. */
const RULES = {
  StageNameCasing: {
    description: 'Stage names should be lowercase',
    detail: (stage: string) => `Stage name '${stage}' should be lowercase`,
  },
  FromAsCasing: {
    description: "The 'as' keyword should match the case of the 'from' keyword",
    detail: (from: string, as: string) => `'${as}' and '${from}' keywords' casing do not match`,
  },
  NoEmptyContinuation: {
    description: 'Empty continuation lines will become errors in a future release',
    detail: sentence('Empty continuation line'),
  },
  ConsistentInstructionCasing: {
    description: 'All commands within the Dockerfile should use the same casing (either upper or lower)',
    detail: (command: string, casing: string) =>
      `Command '${command}' should match the case of the command majority (${casing})`,
  },
  DuplicateStageName: {
    description: 'Stage names should be unique',
    detail: (stage: string) => `Duplicate stage name ${JSON.stringify(stage)}, stage names should be unique`,
  },
  ReservedStageName: {
    description: 'Reserved words should not be used as stage names',
    detail: (stage: string) => `Stage name should not use the same name as reserved stage ${JSON.stringify(stage)}`,
  },
  JSONArgsRecommended: {
    description: 'JSON arguments recommended for ENTRYPOINT/CMD to prevent unintended behavior related to OS signals',
    detail: (command: string) =>
      `JSON arguments recommended for ${command} to prevent unintended behavior related to OS signals`,
  },
  MaintainerDeprecated: {
    description: 'The MAINTAINER instruction is deprecated, use a label instead to define an image author',
    detail: sentence('Maintainer instruction is deprecated in favor of using label'),
  },
  UndefinedArgInFrom: {
    description: 'FROM command must use declared ARGs',
    detail: (name: string, meant?: string) => `FROM argument '${name}' is not declared${mean(meant)}`,
  },
  WorkdirRelativePath: {
    description:
      'Relative workdir without an absolute workdir declared within the build can have unexpected results if the base image changes',
    detail: (path: string) =>
      `Relative workdir ${JSON.stringify(path)} can have unexpected results if the base image changes`,
  },
  UndefinedVar: {
    description: 'Variables should be defined before their use',
    detail: (name: string, meant?: string) =>
      `Usage of undefined variable '$${name}'${mean(meant === undefined ? undefined : `$${meant}`)}`,
  },
  MultipleInstructionsDisallowed: {
    description: 'Multiple instructions of the same type should not be used in the same stage',
    detail: (command: string) =>
      `Multiple ${command} instructions should not be used in the same stage because only the last one will be used`,
  },
  LegacyKeyValueFormat: {
    description: 'Legacy key/value format with whitespace separator should not be used',
    detail: (command: string) =>
      `"${command} key=value" should be used instead of legacy "${command} key value" format`,
  },
  InvalidBaseImagePlatform: {
    description: 'Base image platform does not match expected target platform',
    detail: (image: string, expected: string, actual: string) =>
      `Base image ${image} was pulled with platform "${actual}", expected "${expected}" for current build`,
  },
  RedundantTargetPlatform: {
    description: 'Setting platform to predefined $TARGETPLATFORM in FROM is redundant as this is the default behavior',
    detail: (variable: string) =>
      `Setting platform to predefined ${variable} in FROM is redundant as this is the default behavior`,
  },
  SecretsUsedInArgOrEnv: {
    description: 'Sensitive data should not be used in the ARG or ENV commands',
    detail: (instruction: string, key: string) =>
      `Do not use ARG or ENV instructions for sensitive data (${instruction} ${JSON.stringify(key)})`,
  },
  InvalidDefaultArgInFrom: {
    description: 'Default value for global ARG results in an empty or invalid base image name',
    detail: (base: string) => `Default value for ARG ${base} results in empty or invalid base image name`,
  },
  FromPlatformFlagConstDisallowed: {
    description: 'FROM --platform flag should not use a constant value',
    detail: (platform: string) => `FROM --platform flag should not use constant value ${JSON.stringify(platform)}`,
  },
  CopyIgnoredFile: {
    description: 'Attempting to Copy file that is excluded by .dockerignore',
    detail: (command: string, file: string) =>
      `Attempting to ${command} file ${JSON.stringify(file)} that is excluded by .dockerignore`,
  },
  InvalidDefinitionDescription: {
    description:
      'Comment for build stage or argument should follow the format: `# <arg/stage name> <description>`. If this is not intended to be a description comment, add an empty line or comment between the instruction and the comment.',
    detail: (instruction: string, name: string) =>
      `Comment for ${instruction} should follow the format: \`# ${name} <description>\``,
  },
  ExposeProtoCasing: {
    description: 'Protocol in EXPOSE instruction should be lowercase',
    detail: (port: string) => `Defined protocol '${port}' in EXPOSE instruction should be lowercase`,
  },
  ExposeInvalidFormat: {
    description:
      'IP address and host-port mapping should not be used in EXPOSE instruction. This will become an error in a future release',
    detail: (port: string) =>
      `EXPOSE instruction should not define an IP address or host-port mapping, found '${port}'`,
  },
};

export type RuleName = keyof typeof RULES;

/** Rules that run only when they are asked for. */
const EXPERIMENTAL: ReadonlySet<string> = new Set(['CopyIgnoredFile', 'InvalidDefinitionDescription']);

/** `StageNameCasing` as it stands in addresses: `stage-name-casing`. */
function slug(rule: string): string {
  return rule.replace(/([a-z])([A-Z])|([A-Z])([A-Z][a-z])/g, '$1$3-$2$4').toLowerCase();
}

/** Runs checks by what `# check=…` says: `skip=RULE,RULE`, `skip=all`, `error=true`, `experimental=RULE`. */
export class Linter {
  readonly #skip: ReadonlySet<string>;
  readonly #experimental: ReadonlySet<string>;
  readonly #failing: boolean;
  readonly #found = new Set<string>();
  readonly #warn: (warning: Warning) => void;

  /** Throws {@link DockerfileError} for options that can't be read. */
  constructor(options: string, warn: (warning: Warning) => void) {
    const parts = options.trim() === '' ? [] : options.split(';');
    const lists = new Map<string, string>();
    for (const part of parts) {
      const equals = part.indexOf('=');
      const key = (equals < 0 ? part : part.slice(0, equals)).trim();
      const value = part.slice(equals + 1).trim();
      const refused = (text: string) =>
        new DockerfileError(`failed to parse check options: invalid check option ${JSON.stringify(text)}`);
      if (equals < 0) throw refused(part);
      if (!['skip', 'error', 'experimental'].includes(key)) throw refused(key);
      if (key === 'error' && !/^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/.test(value))
        throw new DockerfileError(
          `failed to parse check options: failed to parse check option ${JSON.stringify(part)}: strconv.ParseBool: parsing ${JSON.stringify(value)}: invalid syntax`,
        );
      lists.set(key, value);
    }
    const set = (key: string) => new Set((lists.get(key) ?? '').split(',').map((rule) => rule.trim()));
    this.#skip = set('skip');
    this.#experimental = set('experimental');
    this.#failing = /^[1tT]/.test(lists.get('error') ?? '');
    this.#warn = warn;
  }

  /** Reports a finding of a rule, unless it is skipped. */
  run<Rule extends RuleName>(
    rule: Rule,
    location: readonly Range[],
    ...args: Parameters<(typeof RULES)[Rule]['detail']>
  ): void {
    if (EXPERIMENTAL.has(rule)) {
      if (!this.#experimental.has(rule) && !this.#experimental.has('all')) return;
    } else if (this.#skip.has('all') || this.#skip.has(rule)) return;
    this.#found.add(rule);
    const { description } = RULES[rule];
    const detail = (RULES[rule].detail as (...values: string[]) => string)(...(args as string[]));
    const url = rule === 'InvalidBaseImagePlatform' ? '' : `https://docs.docker.com/go/dockerfile/rule/${slug(rule)}/`;
    this.#warn({ rule, description, url, detail, location });
  }

  /** The error that `error=true` makes of findings. */
  get violation(): string | undefined {
    if (!this.#failing || this.#found.size === 0) return undefined;
    return `lint violation found for rules: ${[...this.#found].join(', ')}`;
  }
}

/** `RULE: what was found (line 3)`. */
export function warningLine({ rule, detail, location }: Warning): string {
  const line = location[0]?.start ?? 0;
  return `${rule}: ${detail}${line > 0 ? ` (line ${line})` : ''}`;
}
