// usage: node browser.mjs SITE ARTICLE [--screenshots FOLDER]
//
// Drives the pages of SITE, which `aloud build` wrote, in headless Chromium: the listen page of the article with
// the slug ARTICLE, the index, and the listen button in a page of somebody else's. Nothing waits for a time, only
// for what must come to hold. Exit 1 when a check fails.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

import { chromium } from 'playwright-core';

import { serve } from './server.mjs';

const [site, slug] = process.argv.slice(2);
const shots = process.argv[4] === '--screenshots' ? process.argv[5] : null;
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const manifest = JSON.parse(readFileSync(join(site, slug, `${slug}.json`), 'utf8'));
const post = readFileSync(new URL('post.html', import.meta.url), 'utf8')
  .replaceAll('SLUG', slug)
  .replaceAll('TITLE', manifest.title)
  .replace('ARTICLE', articleOf(manifest));

const server = await serve(site, { '/post.html': post });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--mute-audio'],
});
const failures = [];
let count = 0;

/** The text of an article as a theme would set it: other quotation marks, a heading, links and emphasis. */
function articleOf({ segments }) {
  const escape = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  let html = '', block = null;
  for (const segment of segments.filter((s) => s.text && s.role !== 'title')) {
    if (segment.block !== block) html += `${block === null ? '' : '</p>\n'}<p>`;
    else html += ' ';
    block = segment.block;
    const text = escape(segment.text).replaceAll("'", '’');
    html += segment.words.length > 12 ? text.replace(/ (\w+ \w+) /, ' <a href="#x"><em>$1</em></a> ') : text;
  }
  return html + '</p>';
}

/** A page in a context of its own; whatever it asks of another host, and whatever goes wrong in it, fails it. */
async function check(name, path, options, test) {
  count += 1;
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on('pageerror', (error) => wrong.push(String(error)));
  page.on('console', (message) => { if (message.type() === 'error') wrong.push(message.text()); });
  page.on('request', (request) => {
    if (!request.url().startsWith(server.address) && !request.url().startsWith('data:')) wrong.push(`asks for ${request.url()}`);
  });
  page.setDefaultTimeout(60_000);
  try {
    await page.goto(server.address + path);
    await test(page, wrong);
    assert.deepEqual(wrong, []);
    console.log(`ok    ${name}`);
  } catch (error) {
    failures.push(name);
    console.log(`FAIL  ${name}\n${error.stack}`);
  }
  await context.close();
}

/** No finding of axe-core. The page's policy keeps axe out like any other script, so `options` have `bypassCSP`. */
async function accessible(page) {
  await page.addScriptTag({ path: axe });
  const found = await page.evaluate(() => axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  assert.deepEqual(found.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(' ')}`), []);
}

/** The pictures that docs/publishing.md shows. */
const SHOWN = ['page-1280-light', 'page-320-dark', 'index-1280-light', 'button-1280-light'];

async function shot(page, name) {
  if (!shots || !SHOWN.includes(name)) return;
  mkdirSync(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`) });
}

const listen = `/${slug}/index.html`;
const state = (page) => page.evaluate(() => {
  const audio = document.querySelector('audio');
  return {
    paused: audio.paused, time: audio.currentTime, rate: audio.playbackRate,
    sentence: document.querySelector('.now')?.id ?? null, word: document.querySelector('.word')?.id ?? null,
    focus: document.activeElement.id,
  };
});
const loaded = (page) => page.waitForFunction(() => document.querySelector('audio').readyState >= 1);
const playing = (page) => page.waitForFunction(() => {
  const audio = document.querySelector('audio');
  return !audio.paused && audio.currentTime > 0;
});

await check('the page plays and pauses', listen, {}, async (page) => {
  await loaded(page);
  assert.equal((await state(page)).paused, true, 'nothing plays by itself');
  await page.getByRole('button', { name: 'Listen' }).click();
  await playing(page);
  await page.waitForSelector('.now .word, .now.word');
  await page.getByRole('button', { name: 'Pause' }).click();
  assert.equal((await state(page)).paused, true);
});

await check('the highlight follows the recording, word by word', listen, {}, async (page) => {
  await loaded(page);
  const sentences = manifest.segments.filter((s) => s.words.length > 3);
  for (const segment of [sentences[0], sentences[Math.floor(sentences.length / 2)], sentences.at(-1)]) {
    const times = await page.$$eval(`[id^="${segment.id}-"]`, (words) => words.map((w) => [w.id, Number(w.dataset.t)]));
    assert.ok(times.length > 1, `words of ${segment.id}`);
    for (const [id, ms] of [times[0], times.at(-1)]) {
      await page.evaluate((time) => { document.querySelector('audio').currentTime = time; }, ms / 1000 + 0.01);
      await page.waitForFunction((id) => document.querySelector('.word')?.id === id, id);
      assert.equal((await state(page)).sentence, segment.id);
      const known = segment.words.some((word) => word.start_ms === ms);
      assert.ok(known, `${id} sounds when the manifest says`);
    }
  }
});

await check('seeking by sentence, by position, by speed', listen, {}, async (page) => {
  await loaded(page);
  const starts = manifest.segments.map((s) => s.start_ms / 1000);
  const near = async (index) => {
    const time = (await state(page)).time;
    assert.ok(Math.abs(time - starts[index]) < 0.02, `${time} is not sentence ${index} at ${starts[index]}`);
  };
  for (const index of [0, 1, 2]) {
    await page.getByRole('button', { name: 'Next sentence' }).click();
    await near(index);
  }
  await page.getByRole('button', { name: 'Previous sentence' }).click();
  await near(1);
  await page.getByRole('slider', { name: 'Position' }).fill('12');
  assert.ok(Math.abs((await state(page)).time - 12) < 0.2);
  assert.match(await page.getByRole('slider').getAttribute('aria-valuetext'), /^12 seconds of (\d+ minutes? )?\d+ seconds?$/);
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('1.5');
  assert.equal((await state(page)).rate, 1.5);
  await page.reload();
  await loaded(page);
  assert.equal((await state(page)).rate, 1.5, 'and it is kept');
});

await check('a click on a sentence plays from it and keeps it in view', listen, { reducedMotion: 'reduce' }, async (page) => {
  await loaded(page);
  const last = manifest.segments.filter((s) => s.words.length > 3).at(-1);
  await page.locator(`[id^="${last.id}-"]`).first().click();
  await playing(page);
  await page.waitForFunction((id) => document.querySelector('.now')?.id === id, last.id);
  assert.ok((await state(page)).time >= last.start_ms / 1000 - 0.02);
  await page.evaluate(() => document.querySelector('audio').pause());
  // From the end back to the start: the page scrolls there by itself.
  await page.getByRole('button', { name: 'Listen' }).click();
  await page.evaluate(() => { document.querySelector('audio').currentTime = 0.2; });
  await page.waitForFunction(() => {
    const box = document.querySelector('.now')?.getBoundingClientRect();
    return box && box.top >= 0 && box.bottom <= innerHeight;
  });
});

await check('following can be switched off', listen, {}, async (page) => {
  await loaded(page);
  await page.getByRole('button', { name: 'Next sentence' }).click();
  assert.notEqual((await state(page)).sentence, null);
  await page.getByRole('checkbox', { name: 'Follow' }).uncheck();
  assert.equal((await state(page)).sentence, null);
});

await check('everything works by keyboard alone', listen, {}, async (page) => {
  await loaded(page);
  const seen = [];
  const wanted = ['s1', 'play', 'back', 'next', 'seek', 'speed', 'follow'];
  for (let i = 0; i < 40 && !wanted.every((id) => seen.includes(id)); i += 1) {
    await page.keyboard.press('Tab');
    seen.push((await state(page)).focus);
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.notEqual(outline, 'none', `focus on ${seen.at(-1)} is visible`);
  }
  assert.deepEqual(wanted.filter((id) => !seen.includes(id)), [], `all are reached: ${seen}`);
  for (let i = 0; i < 40 && (await state(page)).focus !== 's1'; i += 1) await page.keyboard.press('Shift+Tab');
  const first = (await state(page)).focus;
  assert.equal(first, 's1', 'and back');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const target = (await state(page)).focus;
  assert.notEqual(target, first);
  await page.keyboard.press('Enter');
  await playing(page);
  assert.equal((await state(page)).sentence, target);
  await page.keyboard.press('Space');
  assert.equal((await state(page)).paused, true);
  await page.locator('#play').focus();
  await page.keyboard.press('Enter');
  await playing(page);
});

await check('a recording that is missing leaves the browser\'s own player', listen, {}, async (page, wrong) => {
  await page.route(/\.(mp3|wav)$/, (route) => route.fulfill({ status: 404 }));
  await page.reload();
  await page.waitForFunction(() => document.querySelector('audio').controls && document.getElementById('controls').hidden);
  assert.equal(await page.locator('audio').isVisible(), true);
  wrong.splice(0, wrong.length, ...wrong.filter((message) => !message.includes('404')));
});

await check('without scripts there is a plain player and the text', listen, { javaScriptEnabled: false }, async (page) => {
  assert.ok(await page.locator('audio[controls]').isVisible());
  assert.ok(!(await page.locator('#controls').isVisible()));
  assert.ok((await page.locator('article').innerText()).length > 200);
});

for (const width of [320, 768, 1280]) {
  for (const colorScheme of ['light', 'dark']) {
    await check(`the page at ${width} px, ${colorScheme}`, listen, { viewport: { width, height: 800 }, colorScheme, bypassCSP: true }, async (page) => {
      await loaded(page);
      const middle = manifest.segments.filter((s) => s.role === 'paragraph' && s.words.length > 6)[1] ?? manifest.segments[1];
      await page.evaluate((time) => { document.querySelector('audio').currentTime = time; }, (middle.words[4] ?? middle.words[0]).start_ms / 1000 + 0.01);
      await page.waitForSelector('.word');
      assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), 'nothing is wider than the window');
      await shot(page, `page-${width}-${colorScheme}`);
      await accessible(page);
    });
  }
}

await check('the index lists and filters', '/index.html', {}, async (page) => {
  const all = await page.locator('#articles > li:visible').count();
  assert.ok(all >= 2, 'there are articles');
  const times = await page.$$eval('#articles time', (list) => list.map((t) => t.dateTime));
  assert.deepEqual(times, [...times].sort().reverse(), 'newest first');
  await shot(page, 'index-1280-light');
  await page.getByRole('searchbox', { name: 'Filter' }).fill(manifest.title.toUpperCase());
  assert.equal(await page.locator('#articles > li:visible').count(), 1);
  assert.match(await page.getByRole('status').innerText(), /^1 of \d+ articles$/);
  await page.getByRole('searchbox', { name: 'Filter' }).fill('no such words anywhere');
  assert.ok(await page.getByText('No article has these words.').isVisible());
  await page.getByRole('searchbox', { name: 'Filter' }).fill('');
  await page.getByRole('link', { name: manifest.title }).click();
  assert.ok(page.url().endsWith(listen));
});
await check('the index is accessible', '/index.html', { bypassCSP: true }, async (page) => {
  await accessible(page);
});
await check('the index at 320 px, dark', '/index.html', { viewport: { width: 320, height: 800 }, colorScheme: 'dark', bypassCSP: true }, async (page) => {
  assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth));
  await shot(page, 'index-320-dark');
  await accessible(page);
});
await check('the index without scripts', '/index.html', { javaScriptEnabled: false }, async (page) => {
  assert.ok((await page.locator('#articles > li').count()) >= 2);
  assert.ok(!(await page.locator('#filter').isVisible()));
});

await check('an article full of scripts runs none of them', '/hostile/index.html', {}, async (page) => {
  const dialogs = [];
  page.on('dialog', (dialog) => { dialogs.push(dialog.message()); dialog.dismiss(); });
  await page.reload();
  await loaded(page);
  assert.deepEqual(dialogs, []);
  assert.equal(await page.locator('article script, article svg:not(.player svg), article img, article [onclick]').count(), 0);
  assert.ok((await page.locator('h1').innerText()).includes('<script>alert(1)</script>'));
  await page.getByRole('button', { name: 'Listen' }).click();
  await playing(page);
});

const highlighted = (page) => page.evaluate(() => {
  const text = (name) => [...(CSS.highlights.get(name) ?? [])].map(String).join();
  return { sentence: text('aloud-sentence'), word: text('aloud-word') };
});
const heard = (page) => page.waitForFunction(() => CSS.highlights.get('aloud-word'));

await check('the button plays, highlights the page, and stops', '/post.html', {}, async (page) => {
  await accessible(page);
  const first = page.locator('aloud-button').first().getByRole('button');
  assert.equal(await first.innerText(), 'Listen to this');
  await first.click();
  await heard(page);
  const { sentence, word } = await highlighted(page);
  assert.ok(sentence.includes(word) && word.length > 0, `"${word}" in "${sentence}"`);
  assert.equal(await first.innerText(), 'Stop');
  await shot(page, 'button-1280-light');
  await first.click();
  assert.deepEqual(await highlighted(page), { sentence: '', word: '' });
  assert.equal(await first.innerText(), 'Listen to this');
});
await check('a second button stops the first, and Escape stops any', '/post.html', {}, async (page) => {
  const [first, second] = [0, 1].map((n) => page.locator('aloud-button').nth(n).getByRole('button'));
  await first.focus();
  await page.keyboard.press('Enter');
  await heard(page);
  await second.focus();
  await page.keyboard.press('Space');
  assert.equal(await first.innerText(), 'Listen to this');
  assert.equal(await second.innerText(), 'Halt');
  await page.keyboard.press('Escape');
  assert.equal(await second.innerText(), 'Hear it');
  assert.equal(await page.evaluate(() => [...document.querySelectorAll('aloud-button')].some((b) => b.playing)), false);
});
await check('a button whose article is not there says so', '/post.html', {}, async (page, wrong) => {
  const broken = page.locator('aloud-button').nth(2);
  await broken.getByRole('button').click();
  await broken.getByText('The recording cannot be played.').waitFor();
  assert.equal(await broken.getByRole('button').innerText(), 'Listen to this');
  wrong.length = 0; // what the browser says about a file that is not there
});
await check('the button highlights without the highlight interface', '/post.html', {}, async (page) => {
  await page.addInitScript(() => { delete globalThis.Highlight; });
  await page.reload();
  await page.locator('aloud-button').first().getByRole('button').click();
  await page.waitForSelector('.aloud-highlight > div');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.aloud-highlight > div').count(), 0);
});

await browser.close();
server.close();
console.log(`${count - failures.length} of ${count} checks hold`);
process.exitCode = failures.length ? 1 : 0;
