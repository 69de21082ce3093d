import { ComposeError } from '../error.ts';
import { clone, type Dict, isDict } from '../value.ts';
import { loadFile } from './file.ts';
import { absolutePath, folderOf, type Loading } from './loading.ts';
import { extendService } from './merge.ts';
import { resolvePaths } from './paths.ts';
import { removeReplaced } from './replaced.ts';

type Seen = readonly { readonly file: string; readonly service: string }[];

/** Where services that are extended are looked for. */
export interface ExtendsContext {
  readonly loading: Loading;
  /** The file being read, for messages and references to itself. */
  readonly filename: string;
  /** Folder against which files in `extends` are seen. */
  readonly folder: string;
  /** Paths that `!reset` and `!override` in this file replace. */
  readonly replaced: readonly string[];
}

/** The model with `extends` of its services carried out (compose-go, loader/extends.go). Throws {@link ComposeError}. */
export function applyExtends(model: Dict, context: ExtendsContext): Dict {
  if (!('services' in model)) return model;
  const { services } = model;
  if (!isDict(services)) throw new ComposeError('services must be a mapping');
  const result: Dict = { ...services };
  for (const name of Object.keys(services)) result[name] = extended(name, result, context, []);
  return { ...model, services: result };
}

function extended(name: string, services: Dict, context: ExtendsContext, seen: Seen): Dict | null {
  const service = services[name];
  if (service === null || service === undefined) return null;
  if (!isDict(service)) throw new ComposeError(`services.${name} must be a mapping`);
  if (!('extends' in service)) return service;
  const given = service['extends'];
  const reference = isDict(given) ? given['service'] : given;
  if (typeof reference !== 'string') throw new ComposeError(`extends.${name}.service is required`);
  const file = isDict(given) ? given['file'] : undefined;
  let { filename } = context;
  let from = services;
  let inner = context;
  if (typeof file === 'string') {
    const base = baseFile(name, reference, file, context);
    ({ services: from, context: inner } = base);
    filename = file;
  } else if (!(reference in services)) {
    throw new ComposeError(
      `cannot extend service ${JSON.stringify(name)} in ${filename}: service ${JSON.stringify(reference)} not found`,
    );
  }
  const base = extended(reference, from, inner, track(seen, { file: filename, service: name }));
  if (base === null) return service;
  const source = removeReplaced({ services: { [name]: clone(base) } }, context.replaced);
  const merged = extendService((source['services'] as Dict)[name] as Dict, service);
  delete merged['extends'];
  return merged;
}

function track(seen: Seen, next: Seen[number]): Seen {
  if (seen.some(({ file, service }) => file === next.file && service === next.service)) {
    const [first, ...rest] = seen;
    const lines = [...rest, next].map(({ file, service }) => `  extends ${service} in ${file}`);
    throw new ComposeError(['Circular reference:', `  ${first!.service} in ${first!.file}`, ...lines].join('\n'));
  }
  return [...seen, next];
}

function baseFile(
  name: string,
  reference: string,
  file: string,
  { loading, folder, filename }: ExtendsContext,
): { services: Dict; context: ExtendsContext } {
  const local = absolutePath(folder, file);
  const { model, replaced } = loadFile({}, local, undefined, {
    loading,
    folder: folderOf(local),
    extend: false,
    include: false,
    validate: false,
    included: [],
  });
  const where = `cannot extend service ${JSON.stringify(name)} in`;
  if (!('services' in model)) throw new ComposeError(`${where} ${local}: no services section`);
  if (!isDict(model['services'])) throw new ComposeError(`${where} ${local}: services must be a mapping`);
  if (!(reference in model['services']))
    throw new ComposeError(`${where} ${filename}: service ${JSON.stringify(reference)} not found in ${file}`);
  const home = loading.environment.get('HOME');
  const resolved = resolvePaths(model, folderOf(local), home);
  return {
    services: resolved['services'] as Dict,
    context: { loading, filename: local, folder: folderOf(local), replaced },
  };
}
