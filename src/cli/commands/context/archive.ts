import { decode, encode } from '../../../engine/bytes.ts';
import { directory, regularFile } from '../../../engine/files/node.ts';
import { readTar, TarError, writeTar } from '../../../engine/files/tar.ts';
import type { ContextMetadata } from './store.ts';

/** An archive of a context, as `docker context export` writes it; `mtime` in milliseconds since 1970. */
export function contextArchive(context: ContextMetadata, mtime: number): string {
  return writeTar([
    { path: 'meta.json', node: regularFile(encode(JSON.stringify(context)), { mode: 0o644, mtime }) },
    { path: 'tls', node: directory({ mode: 0o700, mtime }) },
  ]);
}

/** The context in an archive, or nothing. */
export function readContextArchive(archive: string): ContextMetadata | undefined {
  try {
    const member = readTar(archive).find(({ path }) => path === 'meta.json');
    return member?.node.type === 'file' ? (JSON.parse(decode(member.node.data)) as ContextMetadata) : undefined;
  } catch (error) {
    if (error instanceof TarError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
