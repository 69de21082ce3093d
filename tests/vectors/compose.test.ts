import { substitute } from '../../src/compose/interpolation.ts';
import { parsePort } from '../../src/compose/port.ts';
import { attempt, vectors } from './vectors.ts';

interface Case {
  in: string;
  out?: unknown;
  error?: string;
}

const MAPPING: Readonly<Record<string, string>> = { FOO: 'first', BAR: '', JSON: '{"json":2}' };
const expected = (one: Case) => (one.error === undefined ? one.out : { error: one.error });

/** The vectors hold the beginning of the message only. */
const shortened = (answer: unknown) => {
  const { error } = answer as { error?: string };
  return error?.startsWith('Invalid template') ? { error: 'Invalid template' } : answer;
};

vectors<Case>(
  'compose-interpolation',
  (one) => shortened(attempt(() => substitute(one.in, (name) => MAPPING[name]))),
  expected,
);
vectors<Case>(
  'compose-port',
  (one) => {
    const answer = attempt(() => parsePort(one.in).map((port) => capitalised({ ...port })));
    const { error } = answer as { error?: string };
    return error !== undefined && one.error !== undefined && error.includes(one.error) ? { error: one.error } : answer;
  },
  expected,
);

function capitalised(port: Readonly<Record<string, unknown>>): unknown {
  const names: Readonly<Record<string, string>> = { host_ip: 'HostIP' };
  return Object.fromEntries(
    Object.entries(port).map(([key, value]) => [names[key] ?? key[0]!.toUpperCase() + key.slice(1), value]),
  );
}
