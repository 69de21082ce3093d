import { ComposeError } from '../error.ts';
import { validateSchema } from '../schema/validate.ts';
import { type Dict, isDict } from '../value.ts';
import { parseDocuments } from '../yaml/parse.ts';
import { canonical } from './canonical.ts';
import { applyExtends } from './extends.ts';
import { applyInclude } from './include.ts';
import { interpolate } from './interpolate.ts';
import type { Loading } from './loading.ts';
import { merge } from './merge.ts';
import { removeReplaced } from './replaced.ts';
import { enforceUnicity } from './unicity.ts';

export interface FileOptions {
  readonly loading: Loading;
  /** Folder against which `extends` and `include` of the file are seen. */
  readonly folder: string;
  readonly extend: boolean;
  readonly include: boolean;
  readonly validate: boolean;
  /** The files on the way to this one. */
  readonly included: readonly string[];
}

/** Reads a file that must be there. Throws as Go's os.ReadFile. */
export function readFile(loading: Loading, path: string): string {
  const kind = loading.files.kind(path);
  if (kind === undefined) throw new ComposeError(`open ${path}: no such file or directory`);
  if (kind === 'directory') throw new ComposeError(`read ${path}: is a directory`);
  return loading.files.read(path)!;
}

/**
 * A file's documents over the model of the files before it, in long form (compose-go, loader.loadYamlFile). Also gives the
 * paths that its tags replace. Throws {@link ComposeError}.
 */
export function loadFile(
  before: Dict,
  filename: string,
  content: string | undefined,
  options: FileOptions,
): { model: Dict; replaced: readonly string[] } {
  const { loading, folder } = options;
  const text = content ?? readFile(loading, filename);
  let model = before;
  let replaced: readonly string[] = [];
  for (const document of documentsOf(text, filename)) {
    if (!isDict(document.value)) throw new ComposeError('top-level object must be a mapping');
    ({ replaced } = document);
    let own: Dict = document.value;
    if (loading.interpolate) own = interpolate(own, (name) => loading.environment.get(name), loading.warn);
    if (options.extend) own = applyExtends(own, { loading, filename, folder, replaced });
    model = removeReplaced(model, replaced);
    if (options.include) own = applyInclude(own, { ...options, included: [...options.included, filename] });
    model = enforceUnicity(merge(model, own));
    if (options.validate) model = validate(model, filename, loading);
    model = enforceUnicity(canonical(model, !loading.interpolate, loading.warn));
  }
  return { model, replaced };
}

function documentsOf(text: string, filename: string) {
  try {
    return parseDocuments(text);
  } catch (error) {
    if (!(error instanceof ComposeError) || error.message.startsWith('non-string key')) throw error;
    throw new ComposeError(`failed to parse ${filename}: ${error.message}`);
  }
}

function validate(model: Dict, filename: string, loading: Loading): Dict {
  try {
    validateSchema(model);
  } catch (error) {
    throw new ComposeError(`validating ${filename}: ${(error as Error).message}`);
  }
  if (!('version' in model)) return model;
  loading.warn(
    `${filename}: the attribute \`version\` is obsolete, it will be ignored, please remove it to avoid potential confusion`,
  );
  const { version: _version, ...rest } = model;
  return rest;
}
