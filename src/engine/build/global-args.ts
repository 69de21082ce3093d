import { at } from './dockerfile-error.ts';
import { formatPlatform, HOST_PLATFORM, type Platform } from './platform.ts';
import { processWords } from './shell-words.ts';
import type { ParsedDockerfile } from './stages.ts';

/** Arguments that exist without ARG (Dockerfile reference, "Automatic platform ARGs in the global scope"). */
export function defaultArgs(
  buildArgs: ReadonlyMap<string, string>,
  target: Platform,
  stage: string,
): Map<string, string> {
  const of = (prefix: string, platform: Platform): [string, string][] => [
    [`${prefix}PLATFORM`, formatPlatform(platform)],
    [`${prefix}OS`, platform.os],
    [`${prefix}OSVERSION`, ''],
    [`${prefix}ARCH`, platform.architecture],
    [`${prefix}VARIANT`, platform.variant],
  ];
  const all = [...of('BUILD', HOST_PLATFORM), ...of('TARGET', target), ['TARGETSTAGE', stage] as [string, string]];
  return new Map(all.map(([key, value]) => [key, buildArgs.get(key) ?? value]));
}

/** Global arguments with the values that ARG before FROM gives them. */
export function metaArguments(
  defaults: ReadonlyMap<string, string>,
  { metaArgs, escapeToken }: ParsedDockerfile,
  buildArgs: ReadonlyMap<string, string>,
): Map<string, string> {
  const values = new Map(defaults);
  for (const { args, location } of metaArgs)
    for (const { key, value } of args) {
      const given =
        buildArgs.get(key) ??
        (value === undefined
          ? undefined
          : at(location, () => processWords(value, values, { escape: escapeToken }).result));
      if (given !== undefined) values.set(key, given);
    }
  return values;
}
