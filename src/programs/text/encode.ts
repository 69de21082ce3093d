import { md5, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { FileError } from '../../engine/files/errors.ts';
import type { ToolTable } from '../tool.ts';
import { readFile, readOperands, splitLines } from './support/input.ts';
import { parseOptions } from './support/options.ts';
import { type Context, textTool } from './support/tool.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Base64 of a byte string. */
export function toBase64(bytes: string): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const group =
      (bytes.charCodeAt(at) << 16) | ((bytes.charCodeAt(at + 1) || 0) << 8) | (bytes.charCodeAt(at + 2) || 0);
    const digits = [18, 12, 6, 0].map((shift) => ALPHABET[(group >> shift) & 63]);
    const used = Math.min(4, bytes.length - at + 1);
    text += digits.slice(0, used).join('').padEnd(4, '=');
  }
  return text;
}

/** Bytes of base64 text; undefined where it is wrong, with what came before. */
export function fromBase64(text: string): { bytes: string; valid: boolean } {
  let bytes = '';
  let bits = 0;
  let count = 0;
  const body = text.replace(/=+$/, '');
  for (const char of body) {
    const digit = ALPHABET.indexOf(char);
    if (digit < 0) return { bytes, valid: false };
    bits = (bits << 6) | digit;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes += String.fromCharCode((bits >> count) & 0xff);
      bits &= (1 << count) - 1;
    }
  }
  const padding = text.length - body.length;
  return { bytes, valid: text.length % 4 === 0 && padding <= 2 && body.length % 4 !== 1 };
}

function base64(context: Context): undefined {
  const options = parseOptions(
    context,
    context.busybox ? { short: 'dw:' } : { short: 'diw:', long: { decode: 'd', 'ignore-garbage': 'i', wrap: 'w:' } },
  );
  const wrap = options.value('w') ?? '76';
  if (!/^\d+$/.test(wrap))
    throw context.fail(context.busybox ? `invalid number '${wrap}'` : `invalid wrap size: ${context.quote(wrap)}`);
  const [name = '-', extra] = options.operands;
  if (extra !== undefined && !context.busybox) throw context.usage(`extra operand ${context.quote(extra)}`);
  let text: string;
  try {
    text = readFile(context.kernel, name);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw context.fail(error.code === 'EISDIR' ? `read error: ${error.message}` : `${name}: ${error.message}`);
  }
  if (options.has('d')) {
    const clean = options.has('i') ? text.replace(/[^A-Za-z0-9+/=]/g, '') : text.replace(/\n/g, '');
    const { bytes, valid } = fromBase64(clean);
    context.out(context.busybox && !valid ? bytes.slice(0, bytes.length - (bytes.length % 3)) : bytes);
    // GNU accepts missing padding at the end, BusyBox breaks off.
    if (valid || (!context.busybox && /^[A-Za-z0-9+/]*$/.test(clean) && clean.length % 4 > 1)) return;
    if (context.busybox && clean.length % 4 !== 0 && /[^A-Za-z0-9+/=]/.test(clean)) return;
    throw context.fail(context.busybox ? 'truncated input' : 'invalid input');
  }
  const encoded = toBase64(text);
  const width = Number(wrap);
  if (width === 0) context.out(encoded);
  else for (let at = 0; at < encoded.length; at += width) context.out(`${encoded.slice(at, at + width)}\n`);
}

type Hash = (bytes: Uint8Array) => Uint8Array;

const HASHES: Readonly<Record<string, { readonly hash: Hash; readonly tag: string }>> = {
  md5sum: { hash: md5, tag: 'MD5' },
  sha1sum: { hash: sha1, tag: 'SHA1' },
  sha224sum: { hash: sha224, tag: 'SHA224' },
  sha256sum: { hash: sha256, tag: 'SHA256' },
  sha384sum: { hash: sha384, tag: 'SHA384' },
  sha512sum: { hash: sha512, tag: 'SHA512' },
};

function digest(hash: Hash, text: string): string {
  const bytes = hash(Uint8Array.from(text, (char) => char.charCodeAt(0)));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function checksum(context: Context): undefined {
  const { hash, tag } = HASHES[context.applet] ?? HASHES['sha256sum']!;
  const options = parseOptions(
    context,
    context.busybox
      ? { short: 'scw' }
      : {
          short: 'bctwz',
          long: {
            binary: 'b',
            check: 'c',
            tag: 'tag',
            text: 't',
            quiet: 'quiet',
            status: 'status',
            warn: 'w',
            zero: 'z',
            'ignore-missing': 'ignore-missing',
            strict: 'strict',
          },
        },
  );
  if (options.has('c'))
    return check(context, options.operands, hash, {
      quiet: options.has('quiet', 'status', 's'),
      silent: options.has('status', 's'),
    });
  const problem = (name: string, error: FileError) =>
    context.busybox
      ? `can't ${error.code === 'EISDIR' ? 'read' : 'open'} '${name}': ${error.message}`
      : `${name}: ${error.message}`;
  for (const { name, text } of readOperands(context, options.operands, problem)) {
    const hex = digest(hash, text);
    if (options.has('tag')) context.out(`${tag} (${name}) = ${hex}\n`);
    else context.out(`${hex} ${options.has('b') ? '*' : ' '}${name}\n`);
  }
  return undefined;
}

function check(
  context: Context,
  operands: readonly string[],
  hash: Hash,
  { quiet, silent }: { quiet: boolean; silent: boolean },
): undefined {
  let failed = 0;
  let unreadable = 0;
  let wrong = 0;
  let checked = 0;
  for (const { name, text } of readOperands(context, operands, (file, error) =>
    context.busybox ? `can't open '${file}': ${error.message}` : `${file}: ${error.message}`,
  )) {
    let good = 0;
    for (const line of splitLines(text)) {
      const [, hex, file] = /^([0-9a-fA-F]{32,128}) [ *](.+)$/.exec(line) ?? [];
      if (hex === undefined || file === undefined) {
        wrong += 1;
        if (context.busybox) {
          failed += 1;
          checked += 1;
        }
        continue;
      }
      good += 1;
      checked += 1;
      let content: string;
      try {
        content = readFile(context.kernel, file);
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        if (context.busybox) {
          failed += 1;
          context.complain(`can't open '${file}': ${error.message}`);
        } else {
          unreadable += 1;
          context.complain(`${file}: ${error.message}`);
        }
        if (!silent) context.out(`${file}: FAILED${context.busybox ? '' : ' open or read'}\n`);
        continue;
      }
      const right = digest(hash, content) === hex.toLowerCase();
      if (!right) failed += 1;
      if (right ? !quiet : !silent) context.out(`${file}: ${right ? 'OK' : 'FAILED'}\n`);
    }
    if (good === 0) {
      if (context.busybox) continue;
      context.complain(`${name === '-' ? "'standard input'" : name}: no properly formatted checksum lines found`);
      return undefined;
    }
  }
  const plural = (count: number, one: string, many: string) => `WARNING: ${count} ${count === 1 ? one : many}`;
  if (context.busybox) {
    if (failed > 0 && !silent) context.complain(`WARNING: ${failed} of ${checked} computed checksums did NOT match`);
    if (checked === 0) context.complain('no checksum lines found');
  } else if (!silent) {
    if (wrong > 0) context.complain(plural(wrong, 'line is improperly formatted', 'lines are improperly formatted'), 0);
    if (unreadable > 0)
      context.complain(plural(unreadable, 'listed file could not be read', 'listed files could not be read'));
    if (failed > 0)
      context.complain(plural(failed, 'computed checksum did NOT match', 'computed checksums did NOT match'));
  }
  if (failed + unreadable > 0) context.status = 1;
  return undefined;
}

/** POSIX cksum's polynomial, and the length after the bytes. */
function cksum(context: Context): undefined {
  const options = parseOptions(context, { short: 'a:', long: { algorithm: 'a:' } });
  const plain = (name: string, error: FileError) => `${name}: ${error.message}`;
  for (const { name, text } of readOperands(context, options.operands, plain)) {
    let crc = 0;
    const feed = (byte: number) => {
      crc ^= byte << 24;
      for (let bit = 0; bit < 8; bit += 1) crc = crc & 0x80000000 ? (crc << 1) ^ 0x04c11db7 : crc << 1;
    };
    for (let at = 0; at < text.length; at += 1) feed(text.charCodeAt(at));
    for (let length = text.length; length > 0; length = Math.floor(length / 256)) feed(length & 0xff);
    context.out(`${~crc >>> 0} ${text.length}${options.operands.length > 0 ? ` ${name}` : ''}\n`);
  }
}

export const encodeTools: ToolTable = {
  base64: textTool(base64),
  ...Object.fromEntries(Object.keys(HASHES).map((name) => [name, textTool(checksum)])),
  cksum: textTool(cksum),
};
