import { type Mark, Scanner, type Token, type TokenType, YamlError } from './scanner.ts';

/** An error of the parser: its lines count from 0, as go-yaml prints them. */
function parserError(context: Mark, problem: Mark, message: string): YamlError {
  const line = context.line !== 0 ? context.line : problem.line;
  return new YamlError(line === 0 ? message : `line ${line}: ${message}`);
}

const NOWHERE: Mark = { index: 0, line: 0, column: 0 };

/**
 * Follows the grammar of YAML as go-yaml's parser does (yaml parserc.go) and throws {@link YamlError} with its message
 * where the text breaks it. Stops after the first document when told so.
 */
export function checkSyntax(text: string, firstOnly = false): void {
  const scanner = new Scanner(text);
  let first = true;
  for (;;) {
    while (!first && scanner.peek().type === 'document-end') scanner.next();
    if (scanner.peek().type === 'stream-end') return;
    const type = scanner.peek().type;
    if (!first || type === 'directive' || type === 'document-start') {
      while (scanner.peek().type === 'directive') scanner.next();
      const token = scanner.peek();
      if (token.type === 'stream-end') return;
      if (token.type !== 'document-start')
        throw parserError(NOWHERE, token.start, 'did not find expected <document start>');
      scanner.next();
    }
    document(scanner);
    if (firstOnly) {
      // go-yaml looks for the document's end, and so at the token after it.
      scanner.peek();
      return;
    }
    first = false;
  }
}

function document(scanner: Scanner): void {
  const anchors = new Set<string>();
  const at = (...types: TokenType[]) => types.includes(scanner.peek().type);
  if (at('directive', 'document-start', 'document-end', 'stream-end')) return;
  node(true, false);

  function node(block: boolean, indentless: boolean): void {
    if (at('alias')) {
      const { name = '' } = scanner.next();
      if (!anchors.has(name)) throw new YamlError(`unknown anchor '${name}' referenced`);
      return;
    }
    const { start } = scanner.peek();
    let decorated = false;
    while (at('anchor', 'tag')) {
      const token = scanner.next();
      if (token.name !== undefined) anchors.add(token.name);
      decorated = true;
    }
    const token = scanner.peek();
    if (indentless && at('block-entry')) indentlessSequence();
    else if (at('scalar')) scanner.next();
    else if (at('flow-sequence-start')) flowSequence();
    else if (at('flow-mapping-start')) flowMapping();
    else if (block && at('block-sequence-start')) blockSequence();
    else if (block && at('block-mapping-start')) blockMapping();
    else if (!decorated) throw parserError(start, token.start, 'did not find expected node content');
  }

  function blockSequence(): void {
    const { start } = scanner.next();
    while (at('block-entry')) {
      scanner.next();
      if (!at('block-entry', 'block-end')) node(true, false);
    }
    close('block-end', start, "did not find expected '-' indicator");
  }

  function indentlessSequence(): void {
    while (at('block-entry')) {
      scanner.next();
      if (!at('block-entry', 'key', 'value', 'block-end')) node(true, false);
    }
  }

  function blockMapping(): void {
    const { start } = scanner.next();
    while (at('key')) {
      scanner.next();
      if (!at('key', 'value', 'block-end')) node(true, true);
      if (!at('value')) continue;
      scanner.next();
      if (!at('key', 'value', 'block-end')) node(true, true);
    }
    close('block-end', start, 'did not find expected key');
  }

  function flowSequence(): void {
    const { start } = scanner.next();
    for (let first = true; !at('flow-sequence-end'); first = false) {
      if (!first) {
        separator(start, "did not find expected ',' or ']'");
        if (at('flow-sequence-end')) break;
      }
      if (!at('key')) {
        node(false, false);
        continue;
      }
      scanner.next();
      if (!at('value', 'flow-entry', 'flow-sequence-end')) node(false, false);
      if (!at('value')) continue;
      scanner.next();
      if (!at('flow-entry', 'flow-sequence-end')) node(false, false);
    }
    scanner.next();
  }

  function flowMapping(): void {
    const { start } = scanner.next();
    for (let first = true; !at('flow-mapping-end'); first = false) {
      if (!first) {
        separator(start, "did not find expected ',' or '}'");
        if (at('flow-mapping-end')) break;
      }
      if (!at('key')) {
        node(false, false);
        continue;
      }
      scanner.next();
      if (!at('value', 'flow-entry', 'flow-mapping-end')) node(false, false);
      if (!at('value')) continue;
      scanner.next();
      if (!at('flow-entry', 'flow-mapping-end')) node(false, false);
    }
    scanner.next();
  }

  function separator(start: Mark, message: string): Token {
    if (!at('flow-entry')) throw parserError(start, scanner.peek().start, message);
    return scanner.next();
  }

  function close(type: TokenType, start: Mark, message: string): Token {
    if (!at(type)) throw parserError(start, scanner.peek().start, message);
    return scanner.next();
  }
}
