import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** SHA-256 of a byte string, 64 hexadecimal digits. */
export function sha256Hex(bytes: string): string {
  const buffer = new Uint8Array(bytes.length);
  for (let index = 0; index < bytes.length; index += 1) buffer[index] = bytes.charCodeAt(index);
  return bytesToHex(sha256(buffer));
}

/** An OCI content identifier, `sha256:` and 64 hexadecimal digits (OCI image specification, "Digests"). */
export function digest(bytes: string): string {
  return `sha256:${sha256Hex(bytes)}`;
}
