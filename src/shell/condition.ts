import type { Kernel } from '../engine/process/program.ts';
import type { Word } from './ast.ts';
import type { Expander } from './expand.ts';
import { ExpansionProblem } from './expand.ts';
import { matches } from './pattern.ts';
import type { ShellMemory } from './state.ts';
import { binaryTest, TestProblem, type TestSubject, UNARY, unaryTest } from './test.ts';

/** Status of `[[ … ]]`: 0 when it holds, 1 when not, 2 when it makes no sense. */
export function evaluateCondition(
  words: readonly Word[],
  expander: Expander,
  kernel: Kernel,
  memory: ShellMemory,
): number {
  const subject: TestSubject = { files: kernel.files, cwd: memory.env.cwd, terminal: () => kernel.tty };
  const operator = (word: Word | undefined) =>
    word?.length === 1 && word[0]!.t === 'text' && !word[0]!.q ? word[0]!.s : '';
  let at = 0;
  const or = (): boolean => {
    let value = and();
    while (operator(words[at]) === '||') {
      at += 1;
      const right = and();
      value = value || right;
    }
    return value;
  };
  const and = (): boolean => {
    let value = primary();
    while (operator(words[at]) === '&&') {
      at += 1;
      const right = primary();
      value = value && right;
    }
    return value;
  };
  const primary = (): boolean => {
    const first = words[at];
    if (!first) throw new TestProblem('argument');
    if (operator(first) === '!') {
      at += 1;
      return !primary();
    }
    if (operator(first) === '(') {
      at += 1;
      const value = or();
      at += 1;
      return value;
    }
    if (UNARY.has(operator(first)) && words[at + 1]) {
      at += 2;
      return unaryTest(operator(first), expander.text(words[at - 1]!), subject);
    }
    if (operator(first) === '-v' && words[at + 1]) {
      at += 2;
      return expander.lookup(expander.text(words[at - 1]!)) !== undefined;
    }
    const middle = operator(words[at + 1]);
    const right = words[at + 2];
    if (right && ['=', '==', '!='].includes(middle)) {
      at += 3;
      return matches(expander.pattern(right), expander.text(first)) === (middle !== '!=');
    }
    if (right && middle === '=~') {
      at += 3;
      return regular(expander.text(first), right, expander);
    }
    if (right && (middle === '<' || middle === '>' || /^-(eq|ne|lt|le|gt|ge|nt|ot|ef)$/.test(middle))) {
      at += 3;
      const number = (word: Word) =>
        /^-(eq|ne|lt|le|gt|ge)$/.test(middle) ? String(expander.evaluate(expander.text(word))) : expander.text(word);
      return binaryTest(number(first), middle, number(right), subject);
    }
    at += 1;
    return expander.text(first) !== '';
  };
  try {
    return or() ? 0 : 1;
  } catch (error) {
    if (error instanceof TestProblem) return 2;
    throw error;
  }
}

/** `=~`: an extended regular expression; quoted parts stand for themselves. */
function regular(text: string, word: Word, expander: Expander): boolean {
  const source = word
    .map((part) =>
      part.t === 'text' && part.q ? part.s.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : expander.text([part], false),
    )
    .join('');
  let found: RegExpExecArray | null;
  try {
    found = new RegExp(
      source.replace(
        /\[\[:(\w+):\]\]/g,
        (whole, name: string) =>
          ({ digit: '\\d', space: '\\s', alpha: '[A-Za-z]', alnum: '[A-Za-z0-9]' })[name] ?? whole,
      ),
    ).exec(text);
  } catch {
    throw new ExpansionProblem(`syntax error in regular expression: ${source}`);
  }
  expander.vars = {
    ...expander.vars,
    BASH_REMATCH: { values: Object.fromEntries((found ?? []).map((group, at) => [String(at), group ?? ''])) },
  };
  return found !== null;
}
