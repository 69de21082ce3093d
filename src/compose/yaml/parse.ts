import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
} from 'yaml';
import { ComposeError } from '../error.ts';
import { type Dict, isDict, print, type Value } from '../value.ts';
import { resolvePlain } from './scalar.ts';
import { YamlError } from './scanner.ts';
import { checkSyntax } from './syntax.ts';

/** One document of a file and where `!reset` and `!override` stand in it, as paths of keys. */
export interface ParsedDocument {
  readonly value: Value;
  readonly replaced: readonly string[];
}

/** The documents of a Compose file. Throws {@link ComposeError} with what go-yaml says (`yaml: line 3: …`). */
export function parseDocuments(text: string): ParsedDocument[] {
  check(text, false);
  const lines = new LineCounter();
  return parse(text, lines).map((document) => {
    const reader = new Reader(document, lines);
    return { value: reader.read(document.contents as Node | null, ''), replaced: reader.replaced };
  });
}

/**
 * The project name that the first document gives. Throws what go-yaml says when the text is no YAML, or no mapping with
 * a name that is text.
 */
export function nameInFile(text: string): string {
  check(text, true);
  const lines = new LineCounter();
  const [document] = parse(text, lines);
  const contents = document?.contents as Node | null | undefined;
  if (!document || !contents || (isScalar(contents) && contents.type === 'PLAIN' && plain(contents.source) === null))
    return '';
  const line = (node: Node) => lines.linePos(node.range?.[0] ?? 0).line;
  if (!isMap(contents)) throw typeError(line(contents), contents, 'cli.named');
  const seen = new Map<string, number>();
  let name = '';
  for (const pair of contents.items) {
    if (!isScalar(pair.key)) continue;
    const key = String(pair.key.value);
    const before = seen.get(key);
    if (before !== undefined)
      throw new ComposeError(
        `yaml: unmarshal errors:\n  line ${line(pair.key as Node)}: mapping key ${JSON.stringify(key)} already defined at line ${before}`,
      );
    seen.set(key, line(pair.key as Node));
    if (key !== 'name' || !pair.value) continue;
    const value = resolveAlias(document, pair.value as Node);
    if (value && !isScalar(value)) throw typeError(line(value), value, 'string');
    if (isScalar(value)) name = value.source ?? String(value.value ?? '');
    if (isScalar(value) && value.type === 'PLAIN' && plain(value.source) === null) name = '';
  }
  return name;
}

function typeError(line: number, node: Node, target: string): ComposeError {
  const kind = isMap(node) ? '!!map' : isSeq(node) ? '!!seq' : scalarKind(node);
  return new ComposeError(`yaml: unmarshal errors:\n  line ${line}: cannot unmarshal ${kind} into ${target}`);
}

function scalarKind(node: Node): string {
  const source = isScalar(node) ? (node.source ?? '') : '';
  const value = isScalar(node) && node.type === 'PLAIN' ? plain(source) : source;
  const tag =
    typeof value === 'number'
      ? Number.isInteger(value)
        ? '!!int'
        : '!!float'
      : typeof value === 'boolean'
        ? '!!bool'
        : '!!str';
  const short = source.length > 10 ? `${source.slice(0, 7)}...` : source;
  return `${tag} \`${short}\``;
}

function plain(source: string | undefined) {
  return resolvePlain(source ?? '');
}

function check(text: string, firstOnly: boolean): void {
  try {
    checkSyntax(text, firstOnly);
  } catch (error) {
    if (error instanceof YamlError) throw new ComposeError(`yaml: ${error.message}`);
    throw error;
  }
}

function parse(text: string, lineCounter: LineCounter): Document[] {
  const documents = parseAllDocuments(text, {
    schema: 'failsafe',
    uniqueKeys: false,
    strict: false,
    logLevel: 'silent',
    lineCounter,
  });
  return Array.isArray(documents) ? (documents as Document[]) : [];
}

function resolveAlias(document: Document, node: Node): Node | undefined {
  return isAlias(node) ? ((node as Alias).resolve(document) as Node | undefined) : node;
}

/** Makes values of a document's nodes: scalars by go-yaml's rules, aliases and merge keys filled in. */
class Reader {
  readonly #document: Document;
  readonly #lines: LineCounter;
  readonly replaced: string[] = [];

  constructor(document: Document, lines: LineCounter) {
    this.#document = document;
    this.#lines = lines;
  }

  read(node: Node | null, path: string): Value {
    return this.#read(node, path) ?? null;
  }

  /** The value, or undefined when `!reset` takes it away. */
  #read(node: Node | null, path: string): Value | undefined {
    if (!node) return null;
    if (isAlias(node)) return this.#read(resolveAlias(this.#document, node) ?? null, path);
    if (node.tag === '!reset') {
      this.replaced.push(path);
      return undefined;
    }
    if (node.tag === '!override') this.replaced.push(path);
    if (isMap(node)) return this.#mapping(node, path);
    if (isSeq(node))
      return node.items.flatMap((item, index) => {
        const value = this.#read((isPair(item) ? null : item) as Node | null, join(path, String(index)));
        return value === undefined ? [] : [value];
      });
    if (!isScalar(node)) return null;
    const text = String(node.value ?? '');
    if (node.tag === 'tag:yaml.org,2002:str') return text;
    return node.type === 'PLAIN' || node.type === undefined ? resolvePlain(node.source ?? text) : text;
  }

  #mapping(node: Node & { items: { key: unknown; value: unknown }[] }, path: string): Dict {
    const result: Dict = {};
    const merged: Dict[] = [];
    const seen = new Map<string, number>();
    for (const { key: keyNode, value: valueNode } of node.items) {
      const key = this.#key(keyNode as Node, path, seen);
      if (key === '<<') {
        const value = this.#read(valueNode as Node | null, path);
        for (const one of Array.isArray(value) ? value : [value ?? null]) {
          if (!isDict(one)) throw new ComposeError('yaml: map merge requires map or sequence of maps as the value');
          merged.push(one);
        }
        continue;
      }
      const value = this.#read(valueNode as Node | null, join(path, key));
      if (value !== undefined) result[key] = value;
    }
    for (const one of merged) for (const [key, value] of Object.entries(one)) if (!(key in result)) result[key] = value;
    return result;
  }

  #key(node: Node, path: string, seen: Map<string, number>): string {
    const target = isAlias(node) ? resolveAlias(this.#document, node) : node;
    if (!isScalar(target)) {
      const value = this.read(target ?? null, path);
      throw new ComposeError(`yaml: invalid map key: ${goSyntax(value)}`);
    }
    const text = String(target.value ?? '');
    const line = this.#lines.linePos(node.range?.[0] ?? 0).line;
    const before = seen.get(text);
    if (before !== undefined)
      throw new ComposeError(`line ${line}: mapping key ${JSON.stringify(text)} already defined at line ${before}`);
    seen.set(text, line);
    const value = target.type === 'PLAIN' ? resolvePlain(target.source ?? text) : text;
    if (typeof value !== 'string') {
      const where = path === '' ? 'at top level' : `in ${path}`;
      throw new ComposeError(`non-string key ${where}: ${print(value)}`);
    }
    return value;
  }
}

/** A value in Go syntax, `%#v`. */
function goSyntax(value: Value): string {
  if (Array.isArray(value)) return `[]interface {}{${value.map(goSyntax).join(', ')}}`;
  if (isDict(value))
    return `map[string]interface {}{${Object.entries(value)
      .map(([key, one]) => `${JSON.stringify(key)}:${goSyntax(one)}`)
      .join(', ')}}`;
  return typeof value === 'string' ? JSON.stringify(value) : value === null ? 'interface {}(nil)' : String(value);
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key.replaceAll('.', '\u{1F47B}')}`;
}
