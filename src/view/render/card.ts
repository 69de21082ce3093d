import type { Change } from '../diff.ts';
import type { Action } from '../model/action.ts';
import type { Subject } from '../model/view.ts';
import { type Children, type Element, h } from '../node.ts';
import type { Words } from '../words.ts';

/** What all drawings need: words, and what the last command changed. */
export interface Scene {
  readonly words: Words;
  readonly changes: readonly Change[];
}

/** What is drawn of a thing. */
export interface Card {
  readonly id: string;
  readonly name: string;
  /** A sign before the name; for eyes only, what it means is among the notes. */
  readonly sign?: Element;
  /** Short facts behind the name. */
  readonly notes: Children;
  readonly body: Children;
  readonly actions: readonly Action[];
}

/** A thing with its name, what changed of it, its drawing, and what can be done with it. */
export function card(scene: Scene, subject: Subject, { id, name, sign, notes, body, actions }: Card): Element {
  const change = scene.changes.find((one) => one.subject === subject && one.id === id);
  return h(
    'li.card',
    { key: id, 'data-thing': `${subject} ${id}`, 'data-change': change?.kind },
    h(
      'div.head',
      {},
      h('h3', {}, sign, h('span', {}, name)),
      ...notes,
      change && h('span.flag', { key: 'flag' }, flag(scene.words, change)),
    ),
    ...body,
    actions.length > 0 && commands(scene, name, actions),
  );
}

/** `changed: state, ports`. */
function flag({ kinds, aspects }: Words, change: Change): string {
  const list = change.aspects.map((aspect) => aspects[aspect]).join(', ');
  return list === '' ? kinds[change.kind] : `${kinds[change.kind]}: ${list}`;
}

/** The commands that do something with a thing, each as it is typed. */
export function commands({ words }: Scene, name: string, actions: readonly Action[]): Element {
  return h(
    'details.commands',
    { key: 'commands' },
    h('summary', { 'aria-label': words.commandsFor(name) }, words.commands),
    h(
      'ul',
      {},
      actions.map(({ verb, line, destroys = false }) =>
        h(
          'li',
          { key: line },
          h(
            'button',
            { type: 'button', 'data-run': line, class: destroys ? 'destroys' : undefined },
            h('code', {}, line),
            ' ',
            h('span.verb', {}, words.verbs[verb]),
          ),
        ),
      ),
    ),
  );
}

/** A row of a description list; nothing when there is nothing to say. */
export function row(term: string, ...values: Children): Children {
  const said = values.some(
    (value) => value !== undefined && value !== false && !(Array.isArray(value) && !value.length),
  );
  return said ? [h('div', { key: term }, h('dt', {}, term), h('dd', {}, values))] : [];
}

export function note(text: string, kind = ''): Element {
  return h('span.note', { key: `note ${text}`, 'data-kind': kind === '' ? undefined : kind }, text);
}
