import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { moveStyles, withPolicy } from '../../src/build/strict-policy.ts';

function sheet() {
  const seen: string[] = [];
  return { seen, classFor: (declarations: string) => `c${seen.push(declarations)}` };
}

describe('moveStyles', () => {
  it('turns style attributes into classes, beside classes that are there', () => {
    const target = sheet();
    expect(moveStyles(`<p style="color:red">a</p><b class="x" style='--a:"1";'>`, target)).toBe(
      '<p class="c1">a</p><b class="c2 x">',
    );
    expect(target.seen).toEqual(['color:red', '--a:"1"']);
  });

  it('decodes what the attribute escaped', () => {
    const target = sheet();
    moveStyles('<p style="background:url(&quot;a&amp;b&quot;)">', target);
    expect(target.seen).toEqual(['background:url("a&b")']);
  });

  it('leaves text, scripts and comments alone', () => {
    const html = `<script>a = '<p style="x">'</script><!-- <p style="x"> --><code>&lt;p style="x"&gt;</code>`;
    expect(moveStyles(html, sheet())).toBe(html);
  });

  it('sees an attribute behind one that holds a ">"', () => {
    expect(moveStyles('<a title="a > b" style="x:y">', sheet())).toBe('<a class="c1" title="a > b">');
  });
});

describe('withPolicy', () => {
  const page = '<head><meta charset="utf-8"></head>';

  it('names inline scripts by their hash and nothing else', () => {
    const html = withPolicy(
      `${page}<script>let a</script><script src="/b.js"></script><script type="module">1</script>`,
    );
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    expect(html).toContain(`script-src 'self' 'wasm-unsafe-eval' ${hash('let a')} ${hash('1')};`);
  });

  it('allows nothing inline for styles and no other host', () => {
    const policy = /content="([^"]*)"/.exec(withPolicy(page))?.[1] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).not.toMatch(/unsafe-inline|https?:/);
  });
});
