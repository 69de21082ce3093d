import type { Language } from '../languages.ts';
import type { Explorable, Explored } from './explorable.ts';
import type { Ran } from './record.ts';
import { explorables } from './registry.ts';
import { h, type Tree } from './tree.ts';
import { frameWords } from './words.ts';

/** Lines of an answer that are shown, the last ones: of one that went well, and of a refusal. */
const LINES = { well: 3, refused: 14 };

/** An explorable with all around it: title, controls, what came out, and the commands that were run. */
export function frame(name: string, explorable: Explorable, state: Explored, language: Language): Tree[] {
  const words = frameWords[language];
  const { sentence, controls, picture, quiet } = explorable.view(state, language);
  const last = state.log.slice(state.before);
  const acted = last.filter(({ purpose }) => purpose === 'act');
  const looked = last.filter(({ purpose }) => purpose === 'look');
  const done = state.log.filter(({ purpose }) => purpose !== 'look');
  return [
    h(
      'div',
      { class: 'ex-head' },
      h(
        'p',
        { class: 'ex-title' },
        h('span', { class: 'ex-kicker' }, words.try),
        ' ',
        explorables[name]!.title[language],
      ),
      h('button', { type: 'button', class: 'ex-quiet ex-live', 'data-do': 'reset' }, words.reset),
    ),
    h('div', { class: 'ex-controls' }, [...controls]),
    h('p', { class: 'ex-sentence', role: 'status' }, [...sentence]),
    h('div', { class: 'ex-picture' }, [...picture]),
    ...(acted.length > 0 && quiet !== true
      ? [
          h(
            'div',
            { class: 'ex-console', role: 'group', 'aria-label': words.answers, tabindex: '0' },
            acted.slice(-4).flatMap(answer),
          ),
        ]
      : []),
    h(
      'details',
      { class: 'ex-all' },
      h('summary', {}, words.all),
      h('pre', { tabindex: '0' }, done.map(({ command }) => command).join('\n')),
      h(
        'button',
        { type: 'button', class: 'ex-quiet ex-live', 'data-copy': '', 'data-done': words.copied },
        words.copy,
      ),
      ...(looked.length > 0
        ? [
            h('p', { class: 'ex-label' }, words.looked),
            h('pre', { tabindex: '0' }, looked.map(({ command }) => command).join('\n')),
          ]
        : []),
    ),
  ];
}

/** A command and what came back. */
export function answer({ command, output, exitCode }: Ran): Tree[] {
  const lines = output.trimEnd().split('\n');
  const most = exitCode === 0 ? LINES.well : LINES.refused;
  const shown = lines.length > most ? ['…', ...lines.slice(-most)] : lines;
  const text = shown.join('\n').trimEnd();
  return [
    h('p', { class: 'ex-command' }, h('span', { class: 'ex-prompt', 'aria-hidden': 'true' }, '$ '), command),
    ...(text === '' ? [] : [h('p', { class: exitCode === 0 ? 'ex-answer' : 'ex-answer ex-refused' }, text)]),
  ];
}
