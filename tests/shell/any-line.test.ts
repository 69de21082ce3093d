import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Flavour, shell } from './world.ts';

const PIECES = [
  ...[
    'echo',
    'cat',
    'a',
    '"b c"',
    "'d'",
    '$x',
    '${x:-y}',
    '${#x}',
    '$(echo e)',
    '`echo f`',
    '$((1+2))',
    '$((',
    '${',
    '$(',
  ],
  ...[
    '|',
    '||',
    '&&',
    ';',
    '&',
    '\n',
    '>',
    '>>f',
    '<',
    '<<E',
    '<<<',
    '2>&1',
    '(',
    ')',
    '{',
    '}',
    '((',
    '))',
    '[[',
    ']]',
    '[',
  ],
  ...[
    'if',
    'then',
    'else',
    'fi',
    'for',
    'in',
    'do',
    'done',
    'while',
    'until',
    'case',
    'esac',
    ';;',
    'function',
    'f()',
    '!',
  ],
  ...[
    '"',
    "'",
    '`',
    '\\',
    '#',
    '*',
    '?',
    '~',
    'x=1',
    'x+=2',
    'a=(',
    'local',
    'set -e',
    'set -u',
    'trap',
    'EXIT',
    'exit',
  ],
  ...[
    'break',
    'return',
    'eval',
    'exec',
    'read',
    'true',
    'false',
    'wait',
    'sleep 9',
    'head -1',
    'yes',
    'seq 3',
    'ü',
    '\0',
  ],
];

const line = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((words) => words.join(' ')),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 8 }).map((words) => words.join('')),
  fc.string({ unit: 'binary-ascii', maxLength: 20 }),
);

it.each<Flavour>(['bash', 'dash', 'ash'])(
  '%s answers any text at all',
  async (flavour) => {
    await fc.assert(
      fc.asyncProperty(line, async (script) => {
        const { status } = await shell(flavour, script);
        expect(status).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 1500 },
    );
  },
  60_000,
);
