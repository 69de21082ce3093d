import { expect, it } from 'vitest';
import { h, prose, toHtml, toText } from '../../src/explore/tree.ts';

it('writes whatever is in it as text, never as markup', () => {
  const hostile = '"><script>alert(1)</script>&amp;<img src=x onerror=alert(1)>';
  const html = toHtml(h('p', { title: hostile, 'data-do': undefined, hidden: false }, hostile, [' and ', h('br')]));
  expect(html).toBe(
    '<p title="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&lt;img src=x onerror=alert(1)&gt;">' +
      '&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;&lt;img src=x onerror=alert(1)&gt; and <br></p>',
  );
});

it('has texts as a parser makes them: joined, none of them empty', () => {
  expect(h('p', {}, 'a', '', ['b', 'c'], '').children).toEqual(['abc']);
  expect(prose('say `docker ps` now')).toEqual(['say ', h('code', {}, 'docker ps'), ' now']);
  expect(toText(prose('say `docker ps` now'))).toBe('say docker ps now');
});

it('keeps a first empty line of a text area', () => {
  expect(toHtml(h('textarea', { name: 'a' }, '\nx'))).toBe('<textarea name="a">\n\nx</textarea>');
});
