import { encode } from '../bytes.ts';
import { sha256Hex } from '../digest.ts';
import type { Directory } from '../files/node.ts';
import { selectionDigest } from './content.ts';
import type { Vertex } from './vertex.ts';

/** What an input of a vertex is for its key. */
interface Input {
  readonly key: string;
  readonly tree: Directory;
}

/**
 * The key under which a step's result is kept: its definition, the key of what it builds on, and the content of the files
 * that it copies or mounts. Proxies do not count.
 */
export function cacheKey({ operation, digest }: Vertex, inputs: readonly Input[]): string {
  const [base] = inputs;
  if (operation.kind === 'copy') {
    const sources = operation.actions.map(({ input, source, wildcard, exclude }) =>
      selectionDigest(inputs[input]!.tree, source, wildcard, exclude),
    );
    const actions = operation.actions.map(({ input: _input, ...action }) => action);
    return sha256Hex(encode(JSON.stringify(['copy', base!.key, actions, sources])));
  }
  if (operation.kind === 'exec') {
    const { proxy: _proxy, ...definition } = operation;
    const files = operation.mounts.map(({ mount, input }) =>
      input === undefined ? '' : selectionDigest(inputs[input]!.tree, `/${mount.source}`, false),
    );
    return sha256Hex(encode(JSON.stringify([definition, base!.key, files])));
  }
  return sha256Hex(encode(JSON.stringify([operation, base?.key ?? digest])));
}

/** The paths of a context that steps name: another choice of them is kept as another copy. */
export function followedPaths(order: readonly Vertex[], context: Vertex): string {
  const paths = order.flatMap(({ operation, inputs }) =>
    operation.kind === 'copy'
      ? operation.actions.filter(({ input }) => inputs[input] === context).map(({ source }) => source)
      : [],
  );
  return paths.includes('/') ? '' : [...new Set(paths)].sort().join(' ');
}
