import type { Part, Word } from './ast.ts';

const RANGE = /^(-?\d+)\.\.(-?\d+)(?:\.\.(-?\d+))?$/;
const LETTERS = /^([A-Za-z])\.\.([A-Za-z])(?:\.\.(-?\d+))?$/;

/** `{a,b}` and `{1..3}`: one word becomes several (bash, Brace Expansion). */
export function expandBraces(word: Word): Word[] {
  if (!word.some((part) => part.t === 'text' && !part.q && part.s.includes('{'))) return [word];
  const units = unitsOf(word);
  return expand(units).map(joined);
}

type Unit = string | Part;

function unitsOf(word: Word): Unit[] {
  return word.flatMap((part): Unit[] => (part.t === 'text' && !part.q ? [...part.s] : [part]));
}

function joined(units: readonly Unit[]): Part[] {
  const parts: Part[] = [];
  for (const unit of units) {
    const last = parts.at(-1);
    if (typeof unit !== 'string') parts.push(unit);
    else if (last?.t === 'text' && !last.q) parts[parts.length - 1] = { ...last, s: last.s + unit };
    else parts.push({ t: 'text', s: unit, q: false });
  }
  return parts;
}

function expand(units: readonly Unit[]): Unit[][] {
  for (let start = 0; start < units.length; start += 1) {
    if (units[start] !== '{') continue;
    const { end, commas } = closing(units, start);
    if (end < 0) continue;
    const inside = units.slice(start + 1, end);
    const choices = commas.length > 0 ? parts(units, start, end, commas).flatMap(expand) : sequence(inside);
    if (!choices) continue;
    const tails = expand(units.slice(end + 1));
    return choices.flatMap((choice) => tails.map((tail) => [...units.slice(0, start), ...choice, ...tail]));
  }
  return [[...units]];
}

function closing(units: readonly Unit[], start: number): { end: number; commas: number[] } {
  let depth = 0;
  const commas: number[] = [];
  for (let at = start; at < units.length; at += 1) {
    if (units[at] === '{') depth += 1;
    else if (units[at] === ',' && depth === 1) commas.push(at);
    else if (units[at] === '}') {
      depth -= 1;
      if (depth === 0) return { end: at, commas };
    }
  }
  return { end: -1, commas };
}

function parts(units: readonly Unit[], start: number, end: number, commas: readonly number[]): Unit[][] {
  const edges = [start, ...commas, end];
  return edges.slice(1).map((edge, index) => units.slice(edges[index]! + 1, edge));
}

function sequence(inside: readonly Unit[]): Unit[][] | undefined {
  if (inside.some((unit) => typeof unit !== 'string')) return undefined;
  const text = inside.join('');
  const numbers = RANGE.exec(text);
  const letters = LETTERS.exec(text);
  if (!numbers && !letters) return undefined;
  const [, a = '', b = '', by] = (numbers ?? letters)!;
  const from = numbers ? Number(a) : a.charCodeAt(0);
  const to = numbers ? Number(b) : b.charCodeAt(0);
  const step = Math.max(Math.abs(Number(by ?? 1)), 1) * (from <= to ? 1 : -1);
  const width = /^-?0\d/.test(a) || /^-?0\d/.test(b) ? Math.max(a.length, b.length) : 0;
  const result: Unit[][] = [];
  for (let value = from; step > 0 ? value <= to : value >= to; value += step)
    result.push([...(numbers ? String(value).padStart(width, '0') : String.fromCharCode(value))]);
  return result;
}
