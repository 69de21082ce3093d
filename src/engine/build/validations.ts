import { InvalidReference, parseNormalized } from '../images/reference.ts';
import type { Range } from './dockerfile-error.ts';
import type { FromInstruction } from './instructions.ts';
import type { Linter } from './lint.ts';
import type { Node } from './parser.ts';
import { suggestion } from './suggest.ts';

const RESERVED = new Set(['context', 'scratch']);
const SECRET = /(?:_|^)(?:apikey|auth|credential|credentials|key|password|pword|passwd|secret|token)(?:_|$)/i;
const PUBLIC = /(?:_|^)public(?:_|$)/i;

/** The part of a stage that these checks look at. */
export interface StageNames {
  readonly from: FromInstruction;
  readonly commands: readonly { readonly name: string; readonly location: readonly Range[] }[];
}

const isLower = (text: string) => text === text.toLowerCase();
const isUpper = (text: string) => text === text.toUpperCase();

/** Checks that look at a line alone: stage names, casing of AS, descriptions. */
export function checkNode({ instruction, args, comments, location }: Node, lint: Linter): void {
  const name = instruction.toUpperCase();
  const describes = (names: readonly string[]) => {
    const first = names[0];
    if (comments.length === 0 || first === undefined) return;
    if (!names.some((one) => comments.at(-1)!.startsWith(`${one} `)))
      lint.run('InvalidDefinitionDescription', location, name, names.length > 1 ? '<arg_key>' : first);
  };
  if (name === 'MAINTAINER') lint.run('MaintainerDeprecated', location);
  if (name === 'ARG') describes(args.map((arg) => arg.split('=')[0]!));
  if (name !== 'FROM') return;
  const [, as = '', stage = ''] = args;
  if (args.length === 3 && as.toLowerCase() === 'as') {
    if (!isLower(stage)) lint.run('StageNameCasing', location, stage);
    // Casing that matches neither way is left to ConsistentInstructionCasing.
    if ((isLower(instruction) && !isLower(as)) || (isUpper(instruction) && !isUpper(as)))
      lint.run('FromAsCasing', location, instruction, as);
    describes([stage.toLowerCase()]);
  }
}

export function checkStageNames(stages: readonly StageNames[], lint: Linter): void {
  const seen = new Set<string>();
  for (const { from } of stages) {
    if (from.stage === '') continue;
    if (RESERVED.has(from.stage)) lint.run('ReservedStageName', from.location, from.stage);
    if (seen.has(from.stage)) lint.run('DuplicateStageName', from.location, from.stage);
    seen.add(from.stage);
  }
}

/** All instructions should be written like most of them. */
export function checkCasing(stages: readonly StageNames[], lint: Linter): void {
  const all = stages.flatMap(({ from, commands }) => [from, ...commands]);
  const lower = all.filter(({ name }) => isLower(name)).length;
  const upper = all.filter(({ name }) => isUpper(name)).length;
  const casing = lower > upper ? 'lowercase' : 'uppercase';
  for (const { name, location } of all)
    if (casing === 'lowercase' ? !isLower(name) : !isUpper(name))
      lint.run('ConsistentInstructionCasing', location, name, casing);
}

/** Variables that an instruction uses and nobody has defined. */
export function checkVariables(
  unmatched: Iterable<string>,
  declared: ReadonlySet<string>,
  known: Iterable<string>,
  location: readonly Range[],
  lint: Linter,
): void {
  const names = [...known];
  for (const name of unmatched)
    if (!declared.has(name)) lint.run('UndefinedVar', location, name, suggestion(name, names));
}

/** Variables in FROM that no global ARG declares. */
export function checkFromVariables(
  unmatched: Iterable<string>,
  declared: ReadonlySet<string>,
  location: readonly Range[],
  lint: Linter,
): void {
  for (const name of unmatched)
    if (!declared.has(name)) lint.run('UndefinedArgInFrom', location, name, suggestion(name, declared));
}

export function checkSecret(instruction: 'ARG' | 'ENV', key: string, location: readonly Range[], lint: Linter): void {
  if (SECRET.test(key) && !PUBLIC.test(key)) lint.run('SecretsUsedInArgOrEnv', location, instruction, key);
}

/** Whether a base image's name can be read. */
export function isImageName(name: string): boolean {
  try {
    parseNormalized(name);
    return true;
  } catch (error) {
    if (error instanceof InvalidReference) return false;
    throw error;
  }
}
