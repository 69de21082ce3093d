import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Flavour } from '../../../src/programs/tool.ts';
import { parseCase, type Result, runTool } from './harness.ts';

const folder = join(import.meta.dirname, 'cases');

describe('tools answer as the real ones do', () => {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const cases: (Result & { flavour: Flavour; line: string })[] = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    it.each(cases)(`${file.replace('.json', '')} ($flavour) $line`, async ({ flavour, line, out, err, status }) => {
      const { argv, stdin } = parseCase(line.replace(/^(gnu|busybox): /, ''));
      const result = await runTool(flavour, argv, stdin);
      expect({ out: result.out, err: result.err, status: result.status }).toEqual({ out, err, status });
    });
  }
});
