import type { Language } from '../../languages.ts';
import { tick } from '../controls.ts';
import type { View } from '../explorable.ts';
import { h, prose, type Tree } from '../tree.ts';
import { type EntrypointState, FORMS, type Form, type Outcome } from './model.ts';
import { words } from './words.ts';

export function view(state: EntrypointState, language: Language): View {
  const { args, override, more, dockerfile } = words[language];
  const { choice } = state;
  const field = (name: string, label: string, value: string) =>
    h(
      'label',
      { class: 'ex-choice' },
      h('span', {}, label),
      h('input', {
        type: 'text',
        name,
        value,
        size: '14',
        'data-do': 'set',
        spellcheck: 'false',
        autocapitalize: 'off',
        autocomplete: 'off',
      }),
    );
  return {
    sentence: prose(sentence(state, language)),
    controls: [
      h('div', { class: 'ex-row' }, field('override', override, choice.override), field('args', args, choice.args)),
      h('div', {}, tick('more', more, choice.more, 'set')),
    ],
    picture: [
      matrix(state, language),
      h(
        'div',
        {},
        h('p', { class: 'ex-label' }, dockerfile),
        h('pre', { class: 'ex-source', tabindex: '0' }, state.dockerfile),
      ),
    ],
  };
}

function matrix({ outcomes, choice }: EntrypointState, language: Language): Tree {
  const { caption } = words[language];
  return h(
    'div',
    {},
    h(
      'table',
      { class: 'ex-nine' },
      h('caption', { class: 'ex-label' }, caption),
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          h('td', {}),
          FORMS.map((form) => h('th', { scope: 'col' }, name('cmd', form, language))),
        ),
      ),
      h(
        'tbody',
        {},
        FORMS.map((entrypoint) =>
          h(
            'tr',
            {},
            h('th', { scope: 'row' }, name('entrypoint', entrypoint, language)),
            outcomes
              .filter((outcome) => outcome.entrypoint === entrypoint)
              .map((outcome) =>
                cell(outcome, outcome.entrypoint === choice.entrypoint && outcome.cmd === choice.cmd, language),
              ),
          ),
        ),
      ),
    ),
  );
}

function name(what: 'entrypoint' | 'cmd', form: Form, language: Language): Tree[] {
  const { none, exec, shell } = words[language];
  if (form === 'none') return [none[what]];
  const keyword = what === 'cmd' ? 'CMD' : 'ENTRYPOINT';
  return [h('code', {}, keyword), h('span', { class: 'ex-block ex-note' }, form === 'exec' ? exec : shell)];
}

function cell({ entrypoint, cmd, argv, stop, error }: Outcome, chosen: boolean, language: Language): Tree {
  const { stop: stops, refused } = words[language];
  const bad = error !== undefined || stop === 'killed';
  return h(
    'td',
    {},
    h(
      'button',
      {
        type: 'button',
        class: 'ex-pick',
        'aria-pressed': chosen ? 'true' : 'false',
        'data-do': `pick ${entrypoint} ${cmd}`,
      },
      error === undefined ? h('code', {}, shown(argv ?? [])) : '',
      h(
        'span',
        { class: `ex-block ${bad ? 'ex-no' : stop === 'over' ? 'ex-half' : 'ex-yes'}` },
        error === undefined ? stops[stop] : refused,
      ),
    ),
  );
}

/** Arguments as one would type them. */
function shown(argv: readonly string[]): string {
  return argv.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`)).join(' ');
}

function sentence({ outcomes, choice }: EntrypointState, language: Language): string {
  const { sentence: say } = words[language];
  const outcome = outcomes.find(({ entrypoint, cmd }) => entrypoint === choice.entrypoint && cmd === choice.cmd)!;
  const { argv = [], error, process, others, stop, exitCode, seconds } = outcome;
  if (error !== undefined) return say.refused(error.replaceAll('`', "'"));
  const starts = say.starts(shown(argv).replaceAll('`', "'"));
  if (process === undefined) return starts + say.over(exitCode);
  const shell = argv[0] === '/bin/sh' && argv[1] === '-c';
  const child = others.find((line) => !line.startsWith('sleep'));
  const line = process.startsWith('/bin/sh -c');
  const middle = !shell ? '' : line && child ? say.between(child) : line ? '' : say.became(process);
  return starts + middle + (stop === 'killed' ? say.killed(seconds) : say.arrived);
}
