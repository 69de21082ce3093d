import { expect, it } from 'vitest';
import { createSession } from '../../src/session/session.ts';
import { changesBetween } from '../../src/view/diff.ts';
import { SUBJECTS, type Subject, viewOf } from '../../src/view/model/view.ts';
import { h } from '../../src/view/node.ts';
import { frame } from '../../src/view/render/frame.ts';
import { words } from '../../src/view/words.ts';
import { textOf } from './text.ts';

/** The view as text, one subject after the other. */
async function read(language: 'de' | 'en', ...lines: string[]): Promise<Record<Subject, string>> {
  const session = createSession({
    files: { Dockerfile: 'FROM alpine AS bau\nRUN echo 1 > /x\nFROM alpine\nCOPY --from=bau /x /\n' },
  });
  let before = viewOf(session.state);
  for (const line of lines) {
    before = viewOf(session.snapshot());
    await session.run(line);
  }
  const view = viewOf(session.state);
  const changes = changesBetween(before, view);
  const parts = frame({ view, changes, words: words[language], selected: 'images', ran: true, prefix: 'v' });
  return Object.fromEntries(
    SUBJECTS.map((subject) => [
      subject,
      parts
        .filter(({ key }) => key === `panel ${subject}`)
        .map(textOf)
        .join('\n'),
    ]),
  ) as Record<Subject, string>;
}

it('reads as text', async () => {
  const text = await read(
    'en',
    'docker network create net',
    'docker build -t app .',
    'docker run -d --name web --network net -p 8080:80 -v data:/data:ro nginx:1.29',
  );
  expect(text.containers).toMatch(/^web\nrunning new\n/m);
  expect(text.containers).toContain('localhost:8080 → 80/tcp');
  expect(text.containers).toMatch(/writable layer \d+ changes/);
  expect(text.images).toMatch(/^app:latest\n.*shared/m);
  expect(text.images).toMatch(/shared with .*app:latest/);
  expect(text.volumes).toMatch(/^web:\/data read only$/m);
  expect(text.networks).toMatch(/^web 172\.18\.0\.2 called web$/m);
  expect(text.build).toContain('Stages of the build. bau: 0/1 CACHED. stage-1: 0/1 CACHED, copies from bau.');
  expect(text.build).toContain('No cache from here on: never built before executed RUN echo 1 > /x');
});

it('speaks German where Docker says nothing', async () => {
  const text = await read('de', 'docker run -d --name web nginx:1.29', 'docker stop web');
  expect(text.containers).toMatch(/^web\nexited \(0\) geändert: Zustand, Prozesse/m);
  expect(text.volumes).toBe('Noch kein Volume, und nichts ist eingehängt.');
});

it('describes elements with classes, keys and texts, and leaves out what is not', () => {
  expect(h('li.card.big', { key: 1, id: 'x' }, 'a', false, undefined, [['b']])).toEqual({
    ...{ tag: 'li', key: '1', attributes: { class: 'card big', id: 'x' }, children: ['a', 'b'] },
  });
});
