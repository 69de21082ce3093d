import type { Language } from '../../languages.ts';
import { editor } from '../controls.ts';
import type { View } from '../explorable.ts';
import { answer } from '../frame.ts';
import { h, prose, type Tree } from '../tree.ts';
import type { Service } from './graph.ts';
import type { ComposeState } from './model.ts';
import { picture } from './picture.ts';
import { words } from './words.ts';

export function view(state: ComposeState, language: Language): View {
  const { file, text } = words[language];
  const { graph, refused, running } = state;
  return {
    sentence: prose(sentence(state, language)),
    controls: [
      editor('compose.yaml', file, state.file, 'edit'),
      h(
        'div',
        { class: 'ex-row' },
        h('button', { type: 'button', class: 'ex-run', 'data-do': 'up' }, 'docker compose up -d'),
        h('button', { type: 'button', class: 'ex-move', 'data-do': 'down' }, 'docker compose down -v'),
      ),
    ],
    picture: [
      ...(refused ? [h('div', { class: 'ex-console', tabindex: '0' }, answer(refused))] : []),
      picture(graph, running, language),
      h(
        'details',
        { class: 'ex-all' },
        h('summary', {}, text),
        h(
          'ul',
          {},
          graph.services.map((service) => h('li', {}, prose(inWords(service, language)))),
          made(state, language),
        ),
      ),
    ],
  };
}

function inWords({ name, image, networks, volumes, mounts, ports, needs }: Service, language: Language): string {
  const say = words[language];
  const list = (items: readonly string[], as: (text: string) => string) =>
    items.length > 0 ? [as(items.join(', '))] : [];
  return `${[
    say.service(name, image),
    ...list(networks, say.networks),
    ...list(
      volumes.map(({ key, target }) => `${key} (${target})`),
      say.volumes,
    ),
    ...list(mounts, say.mounts),
    ...list(ports, say.ports),
    ...list(
      needs.map(({ service, condition }) => `${service} (${condition})`),
      say.needs,
    ),
  ].join('; ')}.`;
}

/** What is made besides containers, by the names that it gets. */
function made({ graph }: ComposeState, language: Language): Tree[] {
  const { made: titles } = words[language];
  return (['networks', 'volumes'] as const).map((what) => {
    const names = graph[what].map(({ name }) => name).join(', ');
    return h('li', {}, `${titles[what]}: ${names === '' ? titles.none : names}.`);
  });
}

function sentence({ graph, refused, running, log, before }: ComposeState, language: Language): string {
  const { sentence: say } = words[language];
  if (refused) return say.refused;
  const act = log.slice(before).find(({ purpose }) => purpose === 'act');
  if (act?.command.includes('down')) return say.down;
  if (act) {
    const seconds = (value: number) => value.toLocaleString(language, { maximumFractionDigits: 1 });
    const list = running.map(({ service, after }) => say.start(service, seconds(after))).join(', ');
    return act.exitCode === 0 ? say.started(list) : say.failed;
  }
  const { services, networks, volumes } = graph;
  const levels = [...new Set(services.map(({ level }) => level))];
  const names = (at: number) => services.filter(({ level }) => level === at).map(({ name }) => `\`${name}\``);
  const order = levels.map((level) => names(level).join(' + ')).join(' → ');
  return say.order(services.length, networks.length, volumes.length, order);
}
