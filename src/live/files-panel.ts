import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { type Language as CodeLanguage, StreamLanguage } from '@codemirror/language';
import { dockerFile } from '@codemirror/legacy-modes/mode/dockerfile';
import { javascript, json } from '@codemirror/legacy-modes/mode/javascript';
import { nginx } from '@codemirror/legacy-modes/mode/nginx';
import { shell } from '@codemirror/legacy-modes/mode/shell';
import { yaml } from '@codemirror/legacy-modes/mode/yaml';
import { EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { basicSetup } from 'codemirror';
import { decode } from '../engine/bytes.ts';
import { element } from './elements.ts';
import { LAB, type Lab } from './lab.ts';
import { type Language, wordsIn } from './words.ts';

/** Larger files are not for an editor in a drawer; in bytes. */
const LARGEST = 200_000;
const DEEPEST = 4;

/** The files of the lab folder: a list of them, and an editor for the one that was chosen. */
export class FilesPanel {
  readonly #lab: Lab;
  readonly #say: ReturnType<typeof wordsIn>;
  readonly #select: HTMLSelectElement;
  readonly #name: HTMLInputElement;
  readonly #save: HTMLButtonElement;
  readonly #word = element('p', { class: 'live-status', role: 'status' });
  readonly #editor: EditorView;
  readonly #shadow: ShadowRoot;
  /** The file in the editor, and its content as the folder has it. */
  #open = { name: '', text: '' };

  constructor(root: HTMLElement, lab: Lab, language: Language) {
    this.#lab = lab;
    this.#say = wordsIn(language);
    this.#select = element('select', { 'aria-label': this.#say('files') });
    this.#name = element('input', { type: 'text', 'aria-label': this.#say('fileName'), spellcheck: 'false' });
    this.#save = element('button', { type: 'button' }, this.#say('save'));
    const place = element('div', { class: 'live-editor' });
    root.append(element('div', { class: 'live-file-bar' }, this.#select, this.#name, this.#save), place, this.#word);
    // In a shadow root CodeMirror writes its styles into constructed sheets, which a strict policy allows.
    this.#shadow = place.attachShadow({ mode: 'open' });
    this.#editor = new EditorView({ parent: this.#shadow, root: this.#shadow, state: this.#state('', '') });
    this.#select.addEventListener('change', () => this.#choose(this.#select.value));
    this.#save.addEventListener('click', () => this.#write());
    lab.subscribe(() => this.#refresh());
    this.#refresh();
    this.#choose(this.#names()[0] ?? '');
  }

  /** Names of the folder's text files, those of its folders among them. */
  #names(): readonly string[] {
    const files = this.#lab.session.engine.hostFiles();
    const names: string[] = [];
    const walk = (folder: string, prefix: string, depth: number) => {
      if (files.stat(folder)?.type !== 'directory') return;
      for (const name of files.list(folder)) {
        const path = `${folder}/${name}`;
        const node = files.stat(path);
        if (node?.type === 'directory' && depth < DEEPEST) walk(path, `${prefix}${name}/`, depth + 1);
        else if (node?.type === 'file') names.push(prefix + name);
      }
    };
    walk(LAB, '', 0);
    return names;
  }

  /** What the folder holds of a file; undefined when it is not there or nothing to be read as text. */
  #read(name: string): string | undefined {
    const files = this.#lab.session.engine.hostFiles();
    const path = `${LAB}/${name}`;
    if (name === '' || files.stat(path)?.type !== 'file') return undefined;
    const bytes = files.read(path);
    return bytes.length > LARGEST || bytes.includes('\0') ? undefined : decode(bytes);
  }

  #refresh(): void {
    const options = this.#names().map((name) => element('option', { value: name }, decode(name)));
    this.#select.replaceChildren(...options, element('option', { value: '' }, this.#say('newFile')));
    this.#select.value = this.#open.name;
    const now = this.#read(this.#open.name);
    // What somebody is writing is not overwritten by what a command did meanwhile.
    const untouched = this.#editor.state.doc.toString() === this.#open.text;
    if (untouched && now !== undefined && now !== this.#open.text) this.#choose(this.#open.name);
  }

  #choose(name: string): void {
    const text = this.#read(name) ?? '';
    this.#open = { name, text };
    this.#select.value = name;
    this.#name.value = decode(name);
    this.#editor.setState(this.#state(decode(name), text));
    this.#word.textContent = '';
  }

  #write(): void {
    const name = this.#name.value.trim().replace(/^\/+/, '');
    if (name === '' || name.split('/').includes('..')) {
      this.#name.focus();
      return;
    }
    const text = this.#editor.state.doc.toString();
    try {
      this.#lab.write(name, text);
    } catch (error) {
      this.#word.textContent = error instanceof Error ? error.message : String(error);
      return;
    }
    this.#open = { name, text };
    this.#refresh();
    this.#word.textContent = this.#say('saved', { name });
  }

  #state(name: string, doc: string): EditorState {
    const save = () => {
      this.#write();
      return true;
    };
    return EditorState.create({
      doc,
      extensions: [
        ...[keymap.of([{ key: 'Mod-s', run: save }]), basicSetup, history()],
        keymap.of([...defaultKeymap, ...historyKeymap]),
        EditorView.contentAttributes.of({ 'aria-label': this.#say('editorLabel', { name }) }),
        ...languageOf(name),
        EditorView.theme({
          '&': { height: '100%', color: 'var(--sl-color-white)', fontSize: '0.8125rem' },
          '.cm-scroller': { fontFamily: 'var(--sl-font-system-mono)', lineHeight: '1.5' },
          '.cm-gutters': { background: 'transparent', color: 'var(--sl-color-gray-2)', border: 'none' },
          '.cm-content': { caretColor: 'var(--sl-color-white)' },
          '.cm-cursor': { borderLeftColor: 'var(--sl-color-white)' },
          '.cm-activeLine, .cm-activeLineGutter': { background: 'transparent' },
        }),
      ],
    });
  }
}

/** How the content of a file is coloured, as its name tells. */
function languageOf(name: string): readonly Extension[] {
  const parsers: readonly (readonly [RegExp, Parameters<typeof StreamLanguage.define>[0]])[] = [
    [/(?:^|\/|\.)(?:Docker|Container)file(?:\.|$)/i, dockerFile],
    [/\.ya?ml$/, yaml],
    [/\.json$/, json],
    [/\.(?:m?js|ts)$/, javascript],
    [/\.(?:sh|env)$|(?:^|\/)\.env/, shell],
    [/nginx.*\.conf$/, nginx],
  ];
  const parser = parsers.find(([pattern]) => pattern.test(name))?.[1];
  return parser ? [StreamLanguage.define(parser) satisfies CodeLanguage] : [];
}
