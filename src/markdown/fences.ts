/**
 * Fenced code blocks of a Markdown or MDX text, without a parse of the whole.
 * Source: CommonMark 0.31, section 4.5 (fenced code blocks), backtick fences only.
 */
export interface Fence {
  /** First word of the info string, `''` when there is none. */
  lang: string;
  /** The info string after the language, unparsed. */
  meta: string;
  /** Content without the fences, without the fence's indentation, no newline at the end. */
  code: string;
  /** Line of the opening fence, counted from 1. */
  line: number;
  /** Line of the closing fence, counted from 1. */
  endLine: number;
  /** Columns the fence is indented by. */
  indent: number;
}

const OPEN = /^( *)(`{3,})([^\s`]*)[ \t]*([^`]*)$/;

/** All fences of a text in their order; an unclosed fence runs to the end of the text. */
export function fences(text: string): Fence[] {
  const found: Fence[] = [];
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i += 1) {
    const open = OPEN.exec(lines[i]!);
    if (!open) continue;
    const [, spaces = '', ticks = '', lang = '', meta = ''] = open;
    const body: string[] = [];
    const close = new RegExp(`^ *\`{${ticks.length},}\\s*$`);
    const line = i + 1;
    for (i += 1; i < lines.length && !close.test(lines[i]!); i += 1) {
      body.push(lines[i]!.replace(new RegExp(`^ {0,${spaces.length}}`), ''));
    }
    found.push({ lang, meta: meta.trim(), code: body.join('\n'), line, endLine: i + 1, indent: spaces.length });
  }
  return found;
}

/** The value of `name="…"` in a fence's meta, or `undefined` when the meta does not carry it. */
export function metaValue(meta: string, name: string): string | undefined {
  return new RegExp(`(?:^|\\s)${name}="([^"]*)"`).exec(meta)?.[1];
}

/** Whether a fence's meta carries the bare word `name`. */
export function metaFlag(meta: string, name: string): boolean {
  return new RegExp(`(?:^|\\s)${name}(?:\\s|$)`).test(meta.replace(/"[^"]*"/g, '""'));
}
