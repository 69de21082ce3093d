import { humanDuration } from '../../../engine/duration.ts';
import { type ImageSummary, listImages } from '../../../engine/images/manage.ts';
import { familiarName, parseNormalized, truncateId } from '../../../engine/images/reference.ts';
import { humanSize } from '../../../engine/units.ts';
import type { CommandContext } from '../../command.ts';
import { formatRows, RAW, TABLE } from '../../format/formatter.ts';
import { timeText } from '../../format/print.ts';
import { Methods, Time } from '../../format/value.ts';
import { parseFilters } from '../../options/filter.ts';
import { goQuote } from '../../quote.ts';

export const IMAGE_HEADERS = {
  ...{ ID: 'IMAGE ID', Repository: 'REPOSITORY', Tag: 'TAG', Digest: 'DIGEST', CreatedSince: 'CREATED' },
  ...{ CreatedAt: 'CREATED AT', Size: 'SIZE', Containers: 'CONTAINERS', VirtualSize: 'SIZE' },
  ...{ SharedSize: 'SHARED SIZE', UniqueSize: 'UNIQUE SIZE' },
};
const CREATED = '{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}';
const NONE = '<none>';

/** One line of an image: a tag, a digest, or neither. */
interface Line {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

export interface RowOptions {
  readonly now: number;
  readonly trunc: boolean;
  /** Whether shared and unique sizes were counted, as `docker system df -v` has them. */
  readonly shared?: boolean;
}

/** A row of images as templates see it (docker/cli, formatter.imageContext). */
export function imageRow(image: ImageSummary, { repository, tag, digest }: Line, options: RowOptions): Methods {
  const { id, size, sharedSize, containers } = image;
  const created = Math.floor(image.created / 1000) * 1000;
  const counted = (bytes: number) => (options.shared ? humanSize(bytes, 4) : 'N/A');
  return new Methods('*formatter.imageContext', {
    ID: () => (options.trunc ? truncateId(id) : id),
    Repository: () => repository,
    Tag: () => tag,
    Digest: () => digest,
    CreatedSince: () => `${humanDuration((options.now - created) / 1000)} ago`,
    CreatedAt: () => timeText(new Time(created)),
    Size: () => humanSize(size),
    Containers: () => String(containers),
    VirtualSize: () => humanSize(size, 4),
    SharedSize: () => counted(sharedSize),
    UniqueSize: () => counted(size - sharedSize),
  });
}

/** The lines of an image: one for each tag, with its digests where these are shown, and for digests without a tag. */
function lines({ tags, digests }: ImageSummary, needsDigest: boolean, showsDigest: boolean): readonly Line[] {
  if (tags.length === 0 && digests.length === 0) return [{ repository: NONE, tag: NONE, digest: NONE }];
  const found: Line[] = [];
  const byName = Map.groupBy(digests.map(parseNormalized), familiarName);
  const tagged = Map.groupBy(tags.map(parseNormalized), familiarName);
  for (const [repository, references] of tagged) {
    const own = needsDigest ? (byName.get(repository) ?? []) : [];
    byName.delete(repository);
    for (const { tag = '' } of references)
      for (const digest of own.length > 0 ? own.map((one) => one.digest ?? '') : [NONE])
        found.push({ repository, tag, digest });
  }
  for (const [repository, references] of byName) {
    if (!showsDigest) found.push({ repository, tag: NONE, digest: '' });
    else for (const { digest = '' } of references) found.push({ repository, tag: NONE, digest });
  }
  return found;
}

function rawFormat(quiet: boolean, digests: boolean): string {
  if (quiet) return 'image_id: {{.ID}}';
  const digest = digests ? 'digest: {{.Digest}}\n' : '';
  return `repository: {{ .Repository }}\ntag: {{.Tag}}\n${digest}image_id: {{.ID}}\ncreated_at: {{.CreatedAt}}\nvirtual_size: {{.Size}}\n`;
}

function wholeFormat(format: string, quiet: boolean, digests: boolean): string {
  if (format === '' || format === TABLE) {
    if (quiet) return '{{.ID}}';
    return `table {{.Repository}}\t{{.Tag}}\t${digests ? '{{.Digest}}\t' : ''}{{.ID}}\t${CREATED}\t{{.Size}}`;
  }
  if (format === RAW) return rawFormat(quiet, digests);
  return format.startsWith(TABLE) && digests && !format.includes('{{.Digest}}') ? `${format}\t{{.Digest}}` : format;
}

/** Words that people take for the name of an image where they mean a command. */
const COMMANDS = [
  ...['build', 'history', 'import', 'inspect', 'list', 'load', 'ls', 'prune', 'pull', 'push', 'rm', 'save', 'tag'],
];

/** `docker images`. */
export function list({ engine, flags, args: [name], out, err, name: typed }: CommandContext): number {
  const filters = parseFilters(flags.list('filter'));
  const images = listImages(engine, {
    all: flags.boolean('all'),
    filters:
      name === undefined || name === '' ? filters : { ...filters, reference: [...(filters['reference'] ?? []), name] },
  });
  const digests = flags.boolean('digests');
  const format = wholeFormat(flags.string('format'), flags.boolean('quiet'), digests);
  const options = { now: engine.state.now, trunc: !flags.boolean('no-trunc') };
  const needsDigest = digests || format.includes('{{.Digest}}');
  const rows = images.flatMap((image) =>
    lines(image, needsDigest, digests).map((line) => imageRow(image, line, options)),
  );
  out(formatRows(format, IMAGE_HEADERS, rows));
  if (name !== undefined && images.length === 0 && typed === 'docker images' && COMMANDS.includes(name))
    err(`\nNo images found matching ${goQuote(name)}: did you mean "docker image ${name}"?\n`);
  return 0;
}
