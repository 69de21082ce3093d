import { DurationError, parseDuration } from '../../engine/duration.ts';

/** Nanoseconds of a duration of a Compose file: as Go's, with days and weeks besides (xhit/go-str2duration). */
export function parseComposeDuration(text: string): number {
  if (!/[dw]/.test(text)) return parseDuration(text);
  let sum = 0;
  let rest = text.replace(/^[+-]/, '');
  while (rest !== '') {
    const [part, number = '', unit = ''] = /^(\d+\.?\d*|\.\d+)?([^\d.]*)/.exec(rest)!;
    if (number === '') throw new DurationError(`time: invalid duration ${JSON.stringify(text)}`);
    if (unit === 'd') sum += Number(number) * 24 * 3600e9;
    else if (unit === 'w') sum += Number(number) * 7 * 24 * 3600e9;
    else {
      try {
        sum += parseDuration(part);
      } catch (error) {
        throw new DurationError((error as Error).message.replace(JSON.stringify(part), JSON.stringify(text)));
      }
    }
    rest = rest.slice(part.length);
  }
  return text.startsWith('-') ? -sum : sum;
}
