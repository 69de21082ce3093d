/** The value of a flag that the client refuses; the message is docker/cli's, without the flag's name. */
export class OptionError extends Error {}

/** A whole number as Go's strconv.ParseInt reads it. Throws {@link OptionError}. */
export function parseInteger(text: string): number {
  if (!/^[+-]?\d+$/.test(text))
    throw new OptionError(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`);
  return Number(text);
}
