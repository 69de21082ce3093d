import { expect, it } from 'vitest';
import { diagramKey, diagramTexts } from '../../src/markdown/diagrams.ts';

const source = 'flowchart LR\n  accTitle: Parts\n  accDescr: A leads to B: then to C\n  A --> B';

it('names a diagram after its source', () => {
  expect(diagramKey(source)).toMatch(/^[0-9a-f]{12}$/);
  expect(diagramKey(`${source}\n`)).toBe(diagramKey(source));
  expect(diagramKey(`${source} --> C`)).not.toBe(diagramKey(source));
});

it('reads the texts for those who do not see it', () => {
  expect(diagramTexts(source)).toEqual({ title: 'Parts', description: 'A leads to B: then to C' });
  expect(diagramTexts('flowchart LR')).toEqual({ title: undefined, description: undefined });
});
