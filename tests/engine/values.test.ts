import { describe, expect, it } from 'vitest';
import { formatDuration, humanDuration, parseDuration } from '../../src/engine/duration.ts';
import {
  familiarName,
  normalizeAny,
  parseNormalized,
  parseReference,
  referenceText,
} from '../../src/engine/images/reference.ts';
import { isContainerName, isVolumeName } from '../../src/engine/names.ts';
import { bytesSize, humanSize, ramInBytes } from '../../src/engine/units.ts';

describe('an image reference', () => {
  it.each([
    ['alpine', 'docker.io/library/alpine', 'alpine'],
    ['mein/alpine:v1', 'docker.io/mein/alpine:v1', 'mein/alpine'],
    ['index.docker.io/nginx', 'docker.io/library/nginx', 'nginx'],
    ['localhost/app', 'localhost/app', 'localhost/app'],
    ['localhost:5000/app:2', 'localhost:5000/app:2', 'localhost:5000/app'],
    ['ghcr.io/team/app', 'ghcr.io/team/app', 'ghcr.io/team/app'],
  ])('%s', (text, long, familiar) => {
    const reference = parseNormalized(text);
    expect(referenceText(reference)).toBe(long);
    expect(familiarName(reference)).toBe(familiar);
  });

  // The messages are those of docker tag on a real engine.
  it.each([
    ['Alpine:Gross', 'invalid reference format: repository name (library/Alpine) must be lowercase'],
    ['ein bild', 'invalid reference format'],
    ['a'.repeat(64), `invalid repository name (${'a'.repeat(64)}), cannot specify 64-byte hexadecimal strings`],
  ])('%s is refused', (text, message) => expect(() => parseNormalized(text)).toThrow(message));

  it('says what is wrong with a digest', () => {
    expect(() => parseReference(`app@md5:${'0'.repeat(32)}`)).toThrow('unsupported digest algorithm');
    expect(() => parseReference(`app@sha256:${'0'.repeat(32)}`)).toThrow('invalid checksum digest length');
    expect(normalizeAny('0'.repeat(64))).toBe(`sha256:${'0'.repeat(64)}`);
  });
});

it('sizes are printed as Docker prints them', () => {
  expect([0, 999, 2_065_557, 120_206_019, 999_999].map((n) => humanSize(n))).toEqual([
    ...['0B', '999B', '2.07MB', '120MB', '1e+03kB'],
  ]);
  expect([1024, 4672, 67_108_864].map(bytesSize)).toEqual(['1KiB', '4.562KiB', '64MiB']);
});

it('sizes are read as Docker reads them', () => {
  expect(['64m', '1.5g', '1KiB', '6291456'].map(ramInBytes)).toEqual([67108864, 1610612736, 1024, 6291456]);
  expect(() => ramInBytes('viel')).toThrow("invalid size: 'viel'");
  expect(() => ramInBytes('1x')).toThrow("invalid suffix: 'x'");
});

it('durations are read and printed as Go does', () => {
  expect(['1h30m', '.5s', '-2m', '1500us'].map((d) => formatDuration(parseDuration(d)))).toEqual([
    ...['1h30m0s', '500ms', '-2m0s', '1.5ms'],
  ]);
  expect(() => parseDuration('5')).toThrow('time: missing unit in duration "5"');
  expect([0.3, 1, 75, 5400, 200_000].map(humanDuration)).toEqual([
    ...['Less than a second', '1 second', 'About a minute', '2 hours', '2 days'],
  ]);
});

it('names have two characters or more', () => {
  expect(['web', '/web', 'a', 'böse', '-x', 'x.y-z_1'].map(isContainerName)).toEqual([
    ...[true, true, false, false, false, true],
  ]);
  expect(['daten', 'a', 'schlecht/name'].map(isVolumeName)).toEqual([true, false, false]);
});
