import { encode } from '../bytes.ts';
import { sha256Hex } from '../digest.ts';
import type { Range } from './dockerfile-error.ts';
import type { RunMount } from './run-mount.ts';

/** One copy of a COPY or ADD. */
export interface CopyAction {
  /** Which input of the vertex holds the source. */
  readonly input: number;
  readonly source: string;
  readonly destination: string;
  readonly chown: string;
  readonly chmod: string;
  /** Archives are unpacked, as ADD does. */
  readonly unpack: boolean;
  /** The source is a pattern of the context, not the one file of a here-document. */
  readonly wildcard: boolean;
  /** Patterns of `--exclude`. */
  readonly exclude: readonly string[];
}

/** A mount of RUN; `input` is the vertex whose files it shows. */
export interface MountAction {
  readonly mount: RunMount;
  readonly target: string;
  readonly input?: number;
}

/** What a vertex does (BuildKit, solver/pb): sources have no inputs, the others build on their first one. */
export type Operation =
  | { readonly kind: 'image'; readonly image: string; readonly reference: string }
  | { readonly kind: 'local'; readonly context: string }
  | { readonly kind: 'inline'; readonly path: string; readonly data: string; readonly mode: number }
  | { readonly kind: 'http'; readonly url: string }
  | { readonly kind: 'mkdir'; readonly path: string; readonly user: string }
  | { readonly kind: 'copy'; readonly actions: readonly CopyAction[] }
  | {
      readonly kind: 'exec';
      readonly args: readonly string[];
      readonly environment: readonly (readonly [string, string])[];
      /** In the environment, but no part of what is cached. */
      readonly proxy: readonly (readonly [string, string])[];
      readonly folder: string;
      readonly user: string;
      readonly network: string;
      readonly mounts: readonly MountAction[];
      readonly hosts: readonly string[];
    };

/** A node of a build's graph. Equal operations on equal inputs are the same vertex. */
export interface Vertex {
  readonly digest: string;
  readonly operation: Operation;
  /** `undefined` stands for an empty file system (scratch). */
  readonly inputs: readonly (Vertex | undefined)[];
  /** As progress shows it. */
  readonly name: string;
  readonly location: readonly Range[];
  readonly ignoreCache: boolean;
}

export function vertex(
  operation: Operation,
  inputs: readonly (Vertex | undefined)[],
  about: Pick<Vertex, 'name'> & Partial<Pick<Vertex, 'location' | 'ignoreCache'>>,
): Vertex {
  const content = JSON.stringify([operation, inputs.map((input) => input?.digest ?? '')]);
  const digest = sha256Hex(encode(content));
  return { digest, operation, inputs, location: [], ignoreCache: false, ...about };
}

/**
 * The vertices that a result needs, each once, inputs before what uses them. Where two stages made the same vertex, the
 * name that was seen last counts, as in BuildKit's definitions.
 */
export function graph(target: Vertex | undefined): Vertex[] {
  const found = new Map<string, Vertex>();
  const depths = new Map<string, number>();
  const visited = new Set<Vertex>();
  const visit = (one: Vertex): void => {
    if (visited.has(one)) return;
    visited.add(one);
    for (const input of one.inputs) if (input) visit(input);
    const below = one.inputs.map((input) => (input ? (depths.get(input.digest) ?? 0) : -1));
    depths.set(one.digest, one.inputs.length === 0 ? 0 : Math.max(1, ...below.map((depth) => depth + 1)));
    found.set(one.digest, one);
  };
  if (target) visit(target);
  return [...found.values()].sort((a, b) => depths.get(a.digest)! - depths.get(b.digest)!);
}
