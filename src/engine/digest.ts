import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** SHA-256 of a byte string, 64 hexadecimal digits. */
export function sha256Hex(bytes: string): string {
  return bytesToHex(sha256(Uint8Array.from(bytes, (char) => char.charCodeAt(0))));
}

/** An OCI content identifier, `sha256:` and 64 hexadecimal digits (OCI image specification, "Digests"). */
export function digest(bytes: string): string {
  return `sha256:${sha256Hex(bytes)}`;
}
