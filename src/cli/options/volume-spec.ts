import { OptionError } from './option-error.ts';

/** What the client reads in the value of `-v`; the engine reads it once more, and thoroughly. */
export interface VolumeSpec {
  /** Empty for an anonymous volume. */
  readonly source: string;
  readonly target: string;
  readonly type: 'bind' | 'volume';
}

/** The value of `-v` (docker/cli, loader.ParseVolume); one letter before a colon is taken for a drive of Windows. Throws {@link OptionError}. */
export function parseVolumeSpec(value: string): VolumeSpec {
  if (value === '') throw new OptionError('invalid empty volume spec');
  if (value.length <= 2) return { source: '', target: value, type: 'volume' };
  const refused = (why: string) => new OptionError(`invalid spec: ${value}: ${why}`);
  const sections = value.match(/^\p{L}:[^:]*|[^:]+|(?<=:|^)(?=:|$)/gu) ?? [];
  if (sections.some((section) => section === '')) throw refused('empty section between colons');
  if (sections.length > 3) throw refused('too many colons');
  const [source = '', target] = sections;
  if (target === undefined) return { source: '', target: source, type: 'volume' };
  return { source, target, type: /^[./~]|^\p{L}:/u.test(source) ? 'bind' : 'volume' };
}
