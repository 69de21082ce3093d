/**
 * How fast the model is and what it weighs: `npm run bench`. Figures depend on the machine; run it on an idle one.
 */
import { createSession, type Session } from '../../src/session/session.ts';
import { CORE, SESSION, weigh } from './weight.ts';

const rows: [string, string, string][] = [];
const note = (what: string, figure: string, wanted = '') => rows.push([what, figure, wanted]);

async function rate(session: Session, count: number, line: (index: number) => string): Promise<number> {
  const start = performance.now();
  for (let index = 0; index < count; index += 1) await session.run(line(index));
  return (1000 * count) / (performance.now() - start);
}

const perSecond = (value: number) => `${Math.round(value).toLocaleString('en')} / s`;
const milliseconds = (value: number) => `${value.toFixed(2)} ms`;

let start = performance.now();
createSession();
note('first session', milliseconds(performance.now() - start));
start = performance.now();
const session = createSession();
note('another session', milliseconds(performance.now() - start));
await rate(session, 200, () => 'docker volume ls');

note('docker volume create', perSecond(await rate(session, 2000, (i) => `docker volume create v${i}`)), '≥ 3,000 / s');
note(
  'docker volume inspect',
  perSecond(await rate(session, 2000, (i) => `docker volume inspect v${i}`)),
  '≥ 3,000 / s',
);
note('docker volume rm', perSecond(await rate(session, 2000, (i) => `docker volume rm v${i}`)), '≥ 3,000 / s');
note('docker ps (none)', perSecond(await rate(session, 2000, () => 'docker ps')), '≥ 3,000 / s');
note('docker tag', perSecond(await rate(session, 2000, (i) => `docker tag alpine:3.22 copy:${i % 50}`)), '≥ 3,000 / s');
note('echo … | cat', perSecond(await rate(session, 1000, () => 'echo $HOME | cat')), '≥ 500 / s');
note(
  'x=$(docker volume ls -q)',
  perSecond(await rate(session, 1000, () => 'x=$(docker volume ls -q); echo "$x"')),
  '≥ 500 / s',
);
note('docker run --rm alpine echo', perSecond(await rate(session, 300, () => 'docker run --rm alpine:3.22 echo hi')));

const crowd = createSession();
note('docker create', perSecond(await rate(crowd, 1000, (i) => `docker create --name c${i} alpine:3.22 true`)));
await rate(crowd, 5, () => 'docker ps -a');
start = performance.now();
for (let index = 0; index < 20; index += 1) await crowd.run('docker ps -a');
note('docker ps -a over 1,000 containers', milliseconds((performance.now() - start) / 20), '≤ 25 ms');
start = performance.now();
const snapshot = crowd.snapshot();
note('snapshot with 1,000 containers', milliseconds(performance.now() - start), '< 1 ms');
start = performance.now();
crowd.restore(snapshot);
note('restore', milliseconds(performance.now() - start));

const long = createSession();
const line = (i: number) => (i % 2 === 0 ? `docker volume create a${i % 100}` : `docker volume rm a${(i - 1) % 100}`);
const first = await rate(long, 1000, line);
await rate(long, 8000, line);
const last = await rate(long, 1000, line);
note('cost of command 10,000 against command 1,000', `${(first / last).toFixed(2)} times`, '≈ 1');

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`;
const core = await weigh(CORE);
note('engine and command line, Brotli', kilobytes(core.brotli), '≤ 120 kB');
note('… loaded by some commands only', kilobytes(core.lazy));
const whole = await weigh(SESSION);
note('session with shell, programs, images, Brotli', kilobytes(whole.brotli));

const width = Math.max(...rows.map(([what]) => what.length));
for (const [what, figure, wanted] of rows) console.log(`${what.padEnd(width)}  ${figure.padStart(14)}  ${wanted}`);
