import type { Language } from '../../languages.ts';
import { choice, tick } from '../controls.ts';
import type { View } from '../explorable.ts';
import { h, prose } from '../tree.ts';
import { type CapabilitiesState, GIVEN, SWITCHES } from './model.ts';
import { words } from './words.ts';

export function view(state: CapabilitiesState, language: Language): View {
  const { user, root, ordinary, give, columns, sentence, broken } = words[language];
  const { flags, results, mask } = state;
  const allowed = results.filter((result) => result.allowed).length;
  const own = flags.includes('-u 1000') ? '1000' : '';
  const switches = Object.entries(SWITCHES).map(([name, option]) =>
    tick(name, h('code', {}, option), flags.includes(option), 'set'),
  );
  const line = flags.join(' ');
  return {
    sentence: prose(mask === '' ? broken(line) : sentence(line, allowed, results.length, mask)),
    controls: [
      h(
        'div',
        { class: 'ex-row' },
        choice(
          'user',
          user,
          [
            ['', root],
            ['1000', ordinary],
          ],
          own,
          'set',
        ),
        switches,
      ),
      h(
        'fieldset',
        {},
        h('legend', {}, give, ' ', h('code', {}, '--cap-add')),
        GIVEN.map((name) => tick(name, h('code', {}, name), flags.includes(`--cap-add ${name}`), 'set')),
      ),
    ],
    picture: [
      h(
        'table',
        { class: 'ex-acts' },
        h(
          'thead',
          {},
          h(
            'tr',
            {},
            columns.map((column) => h('th', { scope: 'col' }, column)),
          ),
        ),
        h(
          'tbody',
          {},
          results.map((result) => row(result, language)),
        ),
      ),
    ],
    quiet: true,
  };
}

function row({ name, command, needs, allowed, message }: CapabilitiesState['results'][number], language: Language) {
  const { acts, needs: takes, special, allowed: yes, forbidden: no } = words[language];
  const note = needs === '' ? special[name as keyof typeof special] : takes(needs);
  return h(
    'tr',
    {},
    h(
      'td',
      {},
      acts[name],
      h('code', { class: 'ex-block ex-small' }, command),
      h('span', { class: 'ex-note ex-small' }, note),
    ),
    h(
      'td',
      {},
      h('span', { class: allowed ? 'ex-yes' : 'ex-no' }, allowed ? yes : no),
      message === '' ? '' : h('span', { class: 'ex-block ex-small ex-note' }, message),
    ),
  );
}
