import { parseInstruction } from '../../src/engine/build/instructions.ts';
import { parseDockerfile } from '../../src/engine/build/parser.ts';
import { attempt, vectors } from './vectors.ts';

vectors<{ dockerfile: string; error?: string; errorContains?: string }>(
  'dockerfile-instruction-errors',
  ({ dockerfile, error, errorContains }) => {
    const answer = attempt(() => parseDockerfile(dockerfile).nodes.map(parseInstruction)) as { error: string };
    return error === undefined ? answer.error.includes(errorContains ?? '') : answer.error;
  },
  ({ error }) => error ?? true,
);
