import { formatDuration, humanDuration, parseDuration } from '../../src/engine/duration.ts';
import { normalizeAny, parseReference, repository, truncateId } from '../../src/engine/images/reference.ts';
import { isContainerName, isVolumeName } from '../../src/engine/names.ts';
import { bytesSize, humanSize, ramInBytes } from '../../src/engine/units.ts';
import { attempt, vectors } from './vectors.ts';

interface InOut {
  in: string;
  out: unknown;
}
const out = (one: InOut) => one.out;

vectors<InOut>(
  'reference-parse',
  (one) =>
    attempt(() => {
      const reference = parseReference(one.in);
      return { ...reference, name: repository(reference) };
    }),
  out,
);
vectors<InOut>('reference-any', (one) => attempt(() => ({ string: normalizeAny(one.in) })), out);
vectors<{ id: string; expected: string }>(
  'truncate-id',
  ({ id }) => truncateId(id),
  ({ expected }) => expected,
);
vectors<{ in: number; humanSize: string; humanSize3: string; bytesSize: string }>(
  'bytes-format',
  (one) => ({
    in: one.in,
    humanSize: humanSize(one.in, 4),
    humanSize3: humanSize(one.in),
    bytesSize: bytesSize(one.in),
  }),
  (one) => one,
);
vectors<InOut>('bytes-ram', (one) => attempt(() => ({ bytes: ramInBytes(one.in) })), out);
vectors<InOut>(
  'duration-go',
  (one) =>
    attempt(() => {
      const ns = parseDuration(one.in);
      return { ns, string: formatDuration(ns) };
    }),
  out,
);
vectors<{ seconds: number; out: string }>(
  'duration-human',
  ({ seconds }) => humanDuration(seconds),
  (one) => one.out,
);
// An empty name is not checked: the engine makes one up.
vectors<{ in: string; valid: boolean }>(
  'container-name',
  (one) => one.in === '' || isContainerName(one.in),
  ({ valid }) => valid,
);
vectors<{ in: string; valid: boolean }>(
  'volume-name',
  (one) => isVolumeName(one.in),
  ({ valid }) => valid,
);
