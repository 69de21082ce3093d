import { parseDuration } from '../engine/duration.ts';
import { ramInBytes } from '../engine/units.ts';
import { OptionError } from './options/option-error.ts';
import { goQuote } from './quote.ts';

const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const FALSE = ['0', 'f', 'F', 'FALSE', 'false', 'False'];
const INTEGER = /^[+-]?(?:0[xX](?:_?[0-9a-fA-F])+|0[bB](?:_?[01])+|0[oO]?(?:_?[0-7])*|[1-9](?:_?\d)*)$/;
const FLOAT = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$|^[+-]?(?:inf|infinity|nan)$/i;

function syntax(reader: string, text: string): OptionError {
  return new OptionError(`strconv.${reader}: parsing ${goQuote(text)}: invalid syntax`);
}

/** What Go's strconv.ParseBool reads. Throws {@link OptionError}. */
export function parseBool(text: string): boolean {
  if (TRUE.includes(text)) return true;
  if (FALSE.includes(text)) return false;
  throw syntax('ParseBool', text);
}

/** What Go's ParseInt and ParseUint with base 0 read, limited to so many bits. Throws {@link OptionError}. */
export function parseInteger(text: string, bits: number, unsigned = false): number {
  const reader = unsigned ? 'ParseUint' : 'ParseInt';
  if (!INTEGER.test(text) || (unsigned && /^[+-]/.test(text))) throw syntax(reader, text);
  const digits = text.replaceAll('_', '').replace(/^[+-]/, '');
  const size = BigInt(/^0\d/.test(digits) ? `0o${digits.slice(1)}` : digits);
  const value = text.startsWith('-') ? -size : size;
  const limit = 1n << BigInt(unsigned ? bits : bits - 1);
  if (value >= limit || value < (unsigned ? 0n : -limit))
    throw new OptionError(`strconv.${reader}: parsing ${goQuote(text)}: value out of range`);
  return Number(value);
}

/** Processors as `--cpus` takes them, in 10⁻⁹ (docker/cli, opts.ParseCPUs). Throws {@link OptionError}. */
export function parseCpus(text: string): number {
  const match = /^[+-]?(?:(\d+)\/(\d+)|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)$/.exec(text);
  if (!match || (match[2] !== undefined && Number(match[2]) === 0))
    throw new OptionError(`failed to parse ${text} as a rational number`);
  const value = match[2] === undefined ? Number(text) : Number(match[1]) / Number(match[2]);
  const nano = value * 1e9;
  const whole = Math.round(nano);
  if (Math.abs(nano - whole) > 1e-3) throw new OptionError('value is too precise');
  return whole;
}

/** Reads one value of a flag by the flag's type; a number where {@link FlagValues.number} has one. Throws {@link Error}. */
export function readValue(type: string, text: string): number | boolean | undefined {
  switch (type) {
    case 'bool':
      return parseBool(text);
    case 'int':
    case 'int64':
      return parseInteger(text, 64);
    case 'uint':
    case 'uint64':
      return parseInteger(text, 64, true);
    case 'uint32':
      return parseInteger(text, 32, true);
    case 'uint16':
      return parseInteger(text, 16, true);
    case 'float':
      if (!FLOAT.test(text)) throw syntax('ParseFloat', text);
      return Number(text);
    case 'duration':
      return parseDuration(text);
    case 'bytes':
      return ramInBytes(text);
    case 'decimal':
      return parseCpus(text);
    case 'filter':
      if (text !== '' && !text.includes('=')) throw new OptionError('bad format of filter (expected name=value)');
      return undefined;
    case 'stringToString':
      if (!text.includes('=')) throw new OptionError(`${text} must be formatted as key=value`);
      return undefined;
    default:
      return undefined;
  }
}
