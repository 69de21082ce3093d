/**
 * Inside a host and its containers, text is what it is to a kernel: bytes. A byte string has one character for each
 * byte (U+0000 to U+00FF), so that `wc -c`, offsets and archives are exact. It is made where text enters (a line
 * typed, arguments of a container) and turned back where it leaves (the terminal, JSON answers).
 */
const ASCII = /^[\0-\x7f]*$/;

/** UTF-8 bytes of a text, as a byte string. */
export function encode(text: string): string {
  if (ASCII.test(text)) return text;
  return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

/** The text that a byte string holds; invalid sequences become U+FFFD. */
export function decode(bytes: string): string {
  if (ASCII.test(bytes)) return bytes;
  return new TextDecoder().decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
}
