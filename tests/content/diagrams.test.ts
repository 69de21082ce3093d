import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DIAGRAM_FOLDER, diagramKey, diagramTexts } from '../../src/markdown/diagrams.ts';
import { fences } from '../../src/markdown/fences.ts';
import { allPages } from './pages.ts';

const diagrams = allPages().flatMap(({ file, text }) =>
  fences(text)
    .filter(({ lang }) => lang === 'mermaid')
    .map(({ code, line }) => ({ place: `${file}:${line}`, code, key: diagramKey(code) })),
);
const files = globSync(`${DIAGRAM_FOLDER}/*.svg`);
const kept = files.map((file) => file.slice(DIAGRAM_FOLDER.length + 1, -'.svg'.length));

it('every diagram is rendered from its present source, and none is left over', () => {
  expect(diagrams.filter(({ key }) => !kept.includes(key)).map(({ place }) => place)).toEqual([]);
  expect(kept.filter((key) => !diagrams.some((diagram) => diagram.key === key))).toEqual([]);
});

it('every diagram has a title and a description', () => {
  const bare = diagrams.filter(({ code }) => !diagramTexts(code).title || !diagramTexts(code).description);
  expect(bare.map(({ place }) => place)).toEqual([]);
});

describe.each(files)('%s', (file) => {
  const svg = readFileSync(file, 'utf8');

  it('needs nothing that a strict policy forbids', () => {
    expect(svg).not.toMatch(/<style|\sstyle=|<script|<foreignObject|\son\w+=|https?:(?!\/\/www\.w3\.org)/);
  });

  it('takes every colour from the page', () => {
    expect(svg).not.toMatch(/#[0-9a-f]{3,8}\b|rgb\(/i);
  });

  it('holds every name that its source has', () => {
    const key = /([0-9a-f]{12})\.svg$/.exec(file)?.[1];
    const source = diagrams.find((diagram) => diagram.key === key)?.code ?? '';
    const squeeze = (text: string) =>
      text
        .replace(/&quot;/g, '"')
        .replace(/&lt;/g, '<')
        .replace(/&gt;/g, '>')
        .replace(/&amp;/g, '&')
        .replace(/[\s"']+/g, '');
    const drawn = squeeze(svg.replace(/<(?:title|desc)[\s\S]*?<\/(?:title|desc)>/g, '').replace(/<[^>]+>/g, ''));
    const labels = [...source.matchAll(/\["([^"]+)"\]|\[([^\]"(]+)\]|\|"?([^|"]+)"?\|/g)].map(
      (match) => match[1] ?? match[2] ?? match[3] ?? '',
    );
    for (const label of labels.filter((text) => text !== '*'))
      for (const part of label.split(/<br\s*\/?>/)) expect(drawn).toContain(squeeze(part));
  });
});
