/**
 * How far the model agrees with real engines.
 *
 *   npm run oracle -- [NAME...] [--show N]
 *
 * A NAME is a scenario, or what scenarios' names begin with; without one, all run. Prints the first N differences (10) and the
 * share that agrees.
 */
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { compareTranscript, transcripts } from './compare.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { show: { type: 'string', default: '10' } },
});
const wanted = transcripts().filter(
  (file) => positionals.length === 0 || positionals.some((name) => basename(file).startsWith(name)),
);
let total = 0;
let agreed = 0;
let shown = 0;
for (const file of wanted) {
  const comparison = await compareTranscript(file);
  const here = comparison.total - comparison.differences.length;
  for (const { scenario, index, want, got } of comparison.differences) {
    if (shown >= Number(values.show)) break;
    shown += 1;
    console.log(`--- ${scenario} command ${index}\n$ ${want.command}`);
    for (const stream of ['exitCode', 'stdout', 'stderr'] as const)
      if (want[stream] !== got[stream])
        console.log(`${stream}\n  real  ${JSON.stringify(want[stream])}\n  model ${JSON.stringify(got[stream])}`);
  }
  console.log(`${comparison.scenario.padEnd(36)} ${here}/${comparison.total}`);
  total += comparison.total;
  agreed += here;
}
console.log(`agree: ${agreed}/${total} = ${((100 * agreed) / Math.max(total, 1)).toFixed(1)} %`);
process.exitCode = agreed === total ? 0 : 1;
