import { DockerfileError } from './dockerfile-error.ts';
import { type ArgInstruction, type Command, type FromInstruction, parseInstruction } from './instructions.ts';
import type { Linter } from './lint.ts';
import { type Node, parseDockerfile } from './parser.ts';
import { checkNode } from './validations.ts';

/** A stage as it stands in the Dockerfile. */
export interface ParsedStage {
  readonly from: FromInstruction;
  readonly commands: readonly Command[];
}

export interface ParsedDockerfile {
  readonly stages: readonly ParsedStage[];
  /** ARG before the first FROM. */
  readonly metaArgs: readonly ArgInstruction[];
  readonly escapeToken: string;
}

/** Reads the instructions of a Dockerfile; checks what can be checked line by line. Throws DockerfileError. */
export function parseStages(text: string, lint: Linter): ParsedDockerfile {
  const dockerfile = parseDockerfile(text);
  for (const line of dockerfile.emptyContinuations) lint.run('NoEmptyContinuation', [{ start: line, end: line }]);
  const stages: { from: FromInstruction; commands: Command[] }[] = [];
  const metaArgs: ArgInstruction[] = [];
  for (const node of dockerfile.nodes) {
    checkNode(node, lint);
    const instruction = parsed(node);
    const stage = stages.at(-1);
    if (instruction.kind === 'from') stages.push({ from: instruction, commands: [] });
    else if (!stage && instruction.kind === 'arg') metaArgs.push(instruction);
    else if (!stage) throw new DockerfileError('no build stage in current context', node.location);
    else stage.commands.push(instruction);
  }
  if (stages.length === 0) throw new DockerfileError('dockerfile contains no stages to build');
  return { stages, metaArgs, escapeToken: dockerfile.escapeToken };
}

function parsed(node: Node) {
  try {
    return parseInstruction(node);
  } catch (error) {
    if (!(error instanceof DockerfileError)) throw error;
    const line = node.location[0]?.start;
    throw new DockerfileError(`dockerfile parse error on line ${line}: ${error.message}`, node.location);
  }
}
