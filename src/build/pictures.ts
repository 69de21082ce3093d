/**
 * Makes the pictures that cannot be SVG: the icons for old browsers and phones, and the images that social networks
 * show beside a link. Run by `npm run pictures` when the mark or the tagline changes.
 */
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { type Language, languages } from '../languages.ts';
import { browserOptions } from './browser.ts';

const mark = readFileSync('public/favicon.svg', 'utf8');
const font = readFileSync('src/styles/fonts/atkinson.woff2').toString('base64');
const browser = await chromium.launch(browserOptions());
const page = await browser.newPage();

async function picture(path: string, width: number, height: number, body: string): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.setContent(
    `<style>@font-face{font-family:Atkinson;src:url(data:font/woff2;base64,${font});font-weight:400 700}
    *{margin:0;box-sizing:border-box}body{width:${width}px;height:${height}px;font-family:Atkinson}svg{display:block}</style>${body}`,
  );
  await page.evaluate(() => document.fonts.ready);
  await page.screenshot({ path, omitBackground: true });
}

const sized = (size: number) => mark.replace('<svg ', `<svg width="${size}" height="${size}" `);
await picture('public/favicon-32.png', 32, 32, sized(32));
await picture('public/apple-touch-icon.png', 180, 180, sized(180).replace('rx="14"', 'rx="0"'));
for (const lang of Object.keys(languages) as Language[]) {
  const layers = ['#2c4052', '#38526a', '#446482', '#6fa8d6', '#ff7f50']
    .map(
      (colour, i) =>
        `<div style="height:34px;margin-top:12px;margin-left:${(4 - i) * 22}px;border-radius:8px;background:${colour}"></div>`,
    )
    .join('');
  await picture(
    `public/social-${lang}.png`,
    1200,
    630,
    `<div style="display:flex;gap:70px;align-items:center;width:1200px;height:630px;padding:80px;background:#0f1b26;color:#f4f7fa">
      <div style="flex:1"><div style="display:flex;gap:28px;align-items:center;font-size:52px;font-weight:700;color:#ff9b76">${sized(96)}Stapellauf</div>
      <p style="margin-top:48px;font-size:76px;line-height:1.1;font-weight:700;letter-spacing:-0.02em;text-wrap:balance">${languages[lang].tagline}</p></div>
      <div style="width:300px">${layers}</div></div>`,
  );
}
await browser.close();
