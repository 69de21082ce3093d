import { FileError } from '../../engine/files/errors.ts';
import type { Tool } from '../tool.ts';
import { type Invocation, tool, UsageError } from './invocation.ts';
import { humanGnu, suffixedNumber } from './sizes.ts';

/** Most bytes that are really copied; of more, only the number is kept. */
const KEPT = 4_194_304;
/** Bytes that a disk has at most. */
const DISK = 1024 ** 4;

interface Request {
  readonly input: string | undefined;
  readonly output: string | undefined;
  readonly blockIn: number;
  readonly blockOut: number;
  readonly count: number;
  readonly skip: number;
  readonly seek: number;
  readonly conversions: readonly string[];
  readonly flags: readonly string[];
  readonly status: string;
}

function numeric(call: Invocation, text: string): number {
  const value = text.split('x').reduce<number | undefined>((product, factor) => {
    const number = suffixedNumber(factor);
    return product === undefined || number === undefined ? undefined : product * number;
  }, 1);
  if (value === undefined) throw call.failure(`invalid number '${text}'`, `invalid number: ${call.quote(text)}`);
  return value;
}

function read(call: Invocation): Request {
  const given: Record<string, string> = {};
  for (const word of call.args) {
    const match = /^(if|of|bs|ibs|obs|count|skip|seek|iseek|oseek|conv|iflag|oflag|status|cbs)=(.*)$/s.exec(word);
    if (!match) throw new UsageError(call.busybox ? '' : `unrecognized operand ${call.quote(word)}`);
    given[match[1]!] = match[2]!;
  }
  const number = (name: string, other: number) => (given[name] === undefined ? other : numeric(call, given[name]));
  const block = number('bs', 512);
  return {
    ...{ input: given['if'], output: given['of'], blockIn: number('ibs', block), blockOut: number('obs', block) },
    ...{ count: number('count', Number.POSITIVE_INFINITY), skip: number('skip', number('iseek', 0)) },
    ...{ seek: number('seek', number('oseek', 0)), conversions: (given['conv'] ?? '').split(',') },
    ...{ flags: `${given['iflag'] ?? ''},${given['oflag'] ?? ''}`.split(','), status: given['status'] ?? '' },
  };
}

/** What the input gives: its bytes, or only how many they are when that is all that is known. */
function source(call: Invocation, request: Request): { data: string; size: number } {
  const { input, blockIn, count, skip, flags } = request;
  const most = flags.includes('count_bytes') ? count : count * blockIn;
  const first = flags.includes('skip_bytes') ? skip : skip * blockIn;
  if (input === undefined) {
    const data = call.kernel.wholeInput().slice(first, first + most);
    return { data, size: data.length };
  }
  const { files } = call.kernel;
  const path = call.path(input);
  const node = call.stat(input);
  if (node.type === 'directory') throw new FileError('EISDIR', input);
  if (node.type === 'character' && /^u?random$|^zero$|^full$/.test(node.device)) {
    // Without an end the device would be read until the disk is full.
    const size = Number.isFinite(most) ? most : Number.POSITIVE_INFINITY;
    const kept = Math.min(size, KEPT);
    const random = node.device.endsWith('random');
    const data = random
      ? Array.from({ length: kept }, () => String.fromCharCode(Math.floor(call.kernel.random() * 256))).join('')
      : '\0'.repeat(kept);
    return { data, size };
  }
  const whole = files.read(path);
  const size = node.type === 'file' ? node.size : 0;
  const length = Math.max(0, Math.min(most, size - first));
  return { data: whole.slice(first, first + length), size: length };
}

/** Copies a file in blocks, and says how many. */
export const dd: Tool = tool(
  (call) => {
    const request = read(call);
    if (request.blockIn === 0 || request.blockOut === 0)
      throw call.failure(
        `number 0 is not in 1..${Number.MAX_SAFE_INTEGER} range`,
        `invalid number: ${call.quote('0')}`,
      );
    call.kernel.allocate(Math.max(request.blockIn, request.blockOut));
    let { data, size } = { data: '', size: 0 };
    try {
      ({ data, size } = source(call, request));
    } catch (error) {
      if (!(error instanceof FileError)) throw error;
      if (error.code === 'EISDIR')
        return void call.complain(`read error: Is a directory`, `error reading '${request.input}': Is a directory`);
      return void call.complain(
        `can't open '${request.input}': ${error.message}`,
        `failed to open '${request.input}': ${error.message}`,
      );
    }
    if (request.conversions.includes('ucase')) data = data.toUpperCase();
    if (request.conversions.includes('lcase')) data = data.toLowerCase();
    let written = size;
    let full = false;
    if (request.output === undefined) {
      if (!Number.isFinite(size))
        throw call.failure(
          'write error: No space left on device',
          "error writing 'standard output': No space left on device",
        );
      call.out(data);
    } else {
      const outcome = write(call, request, data, size);
      if (outcome === undefined) return;
      ({ written, full } = outcome);
    }
    if (full)
      call.complain(
        `error writing '${request.output}': No space left on device`,
        `error writing '${request.output}': No space left on device`,
      );
    report(call, request, full ? written : size, written, full);
  },
  { usage: 'dd [if=FILE] [of=FILE] [ibs=N obs=N/bs=N] [count=N] [skip=N] [seek=N]' },
);

function write(
  call: Invocation,
  request: Request,
  data: string,
  size: number,
): { written: number; full: boolean } | undefined {
  const { files } = call.kernel;
  const output = request.output!;
  const path = call.path(output);
  try {
    const node = files.stat(path);
    if (node?.type === 'character' || node?.type === 'block') {
      if (node.type === 'character' && node.device === 'full') return { written: 0, full: true };
      return { written: size, full: false };
    }
    const room = Math.min(files.room(path), DISK);
    const full = size > room;
    const fits = full ? room : size;
    // What lies in memory counts as the container's.
    if (files.mountOf(path).type === 'tmpfs') call.kernel.allocate(fits);
    const offset = request.flags.includes('seek_bytes') ? request.seek : request.seek * request.blockOut;
    const old = node?.type === 'file' ? node : undefined;
    const append = request.flags.includes('append');
    const keep = request.conversions.includes('notrunc') || append;
    const start = append ? (old?.size ?? 0) : offset;
    const before = (old?.data ?? '').slice(0, start).padEnd(Math.min(start, KEPT), '\0');
    const after = keep ? (old?.data ?? '').slice(start + fits) : '';
    files.write(path, before + data.slice(0, fits) + after, {
      size: Math.max(start + fits, keep ? (old?.size ?? 0) : 0),
    });
    return { written: fits, full };
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    if (error.code === 'ENOSPC') return { written: 0, full: true };
    call.complain(`can't open '${output}': ${error.message}`, `failed to open '${output}': ${error.message}`);
    return undefined;
  }
}

function report(call: Invocation, request: Request, read: number, written: number, full: boolean): undefined {
  if (request.status === 'none') return;
  const line = (bytes: number, block: number, word: string, more = 0) =>
    call.err(`${Math.floor(bytes / block) + more}+${bytes % block > 0 ? 1 : 0} records ${word}\n`);
  line(read, request.blockIn, 'in', full ? 1 : 0);
  line(written, request.blockOut, 'out');
  if (call.busybox || request.status === 'noxfer') return;
  const seconds = Math.max(0.00005, written / 2_000_000_000);
  const units =
    written >= 1024 ? ` (${decimal(written)}, ${binary(written)})` : written >= 1000 ? ` (${decimal(written)})` : '';
  call.err(
    `${written} byte${written === 1 ? '' : 's'}${units} copied, ${Number(seconds.toPrecision(6))} s, ${decimal(written / seconds)}/s\n`,
  );
}

function decimal(bytes: number): string {
  return `${humanGnu(bytes, 1000).replace(/([a-zA-Z]?)$/, ' $1')}B`;
}

function binary(bytes: number): string {
  return `${humanGnu(bytes).replace(/([A-Z])$/, ' $1i')}B`;
}
