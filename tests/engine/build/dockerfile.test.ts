import { describe, expect, it } from 'vitest';
import { DockerfileError, excerpt } from '../../../src/engine/build/dockerfile-error.ts';
import { parseInstruction } from '../../../src/engine/build/instructions.ts';
import { directives, parseDockerfile } from '../../../src/engine/build/parser.ts';

const lines = (text: string) => parseDockerfile(text).nodes.map(({ location }) => location[0]);

describe('a Dockerfile', () => {
  it('knows from which line to which an instruction goes', () => {
    const text = 'FROM a\n\n# why\nRUN x \\\n  # inside\n  && y\nCOPY <<EOF /f\n1\n2\nEOF\nCMD z\n';
    expect(lines(text)).toEqual([
      { start: 1, end: 1 },
      { start: 4, end: 6 },
      { start: 7, end: 10 },
      { start: 11, end: 11 },
    ]);
  });

  it('reads directives only before everything else', () => {
    expect(directives('# syntax = docker/dockerfile:1\n# check=skip=all\nFROM a')).toEqual(
      new Map([
        ['syntax', 'docker/dockerfile:1'],
        ['check', 'skip=all'],
      ]),
    );
    expect(directives('# a comment\n# check=skip=all\nFROM a').size).toBe(0);
  });

  it('keeps what a here-document holds, without tabs where it asks so', () => {
    const [node] = parseDockerfile('COPY <<-"A" <<B /d/\n\tone $X\nA\ntwo\nB\n').nodes;
    expect(parseInstruction(node!)).toMatchObject({
      inline: [
        { path: 'A', data: 'one $X\n', expand: false },
        { path: 'B', data: 'two\n', expand: true },
      ],
    });
  });

  it('says where a here-document has no end', () => {
    expect(() => parseDockerfile('FROM a\nRUN <<EOF\nx\n')).toThrow(
      expect.objectContaining({ message: 'unterminated heredoc', locations: [[{ start: 2, end: 3 }]] }),
    );
  });

  it('is shown around a place, the place marked', () => {
    expect(excerpt('FROM a\nRUN b\nCMD c\n', 'Dockerfile', [{ start: 2, end: 2 }])).toBe(
      [
        'Dockerfile:2',
        '--------------------',
        '   1 |     FROM a',
        '   2 | >>> RUN b',
        '   3 |     CMD c',
        '   4 |     ',
        '--------------------\n',
      ].join('\n'),
    );
  });

  it('refuses flags that an instruction lacks, and guesses what was meant', () => {
    const parse = (text: string) => () => parseInstruction(parseDockerfile(text).nodes[0]!);
    expect(parse('COPY --form=x a b')).toThrow(new DockerfileError('unknown flag: --form (did you mean from?)'));
    expect(parse('COPY --from=x --from=y a b')).toThrow(new DockerfileError('duplicate flag specified: --from'));
    expect(parse('HEALTHCHECK --interval=0.5ms CMD x')).toThrow(
      new DockerfileError('Interval "interval" cannot be less than 1ms'),
    );
  });
});
