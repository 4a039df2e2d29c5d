// The interactive page in a real browser: every setting, the keyboard, three widths, axe, no request, and a viewer without scripts.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe, open, overhang, pageOf, PROGRAM, tab } from './browser.mjs';

const WIDTHS = [390, 768, 1280];
/** Of so many settings one is walked; with ALL set, every one. A Rust test reads the verdict of each. */
const STRIDE = process.env.ALL ? 1 : 7;
let browser;
let front;
let place;

before(async () => {
  browser = await open();
  front = pageOf('front', '--runs', '20');
  place = pageOf('place', 'place-fortress', 'place-based', '--runs', '20');
});

after(() => browser?.close());

const text = (page, selector) => page.locator(selector).innerText();
const data = page => page.evaluate(() => JSON.parse(document.getElementById('data').textContent));

/** The place of a setting among all: the last turn changes fastest. */
const pointOf = (turns, stops) => turns.reduce((point, turn, at) => point * turn.stops.length + stops[at], 0);

/** Every setting, one stop at a time, as the address of a view. */
function* settings(turns, from = 0, stops = []) {
  if (from === turns.length) { yield stops; return; }
  for (let stop = 0; stop < turns[from].stops.length; stop++) yield* settings(turns, from + 1, [...stops, stop]);
}

test('settings show their own verdict, arms and charts, and nothing goes wrong', async () => {
  const { page, requests, faults, close } = await tab(browser, 1280);
  await page.goto(front.address);
  const { turns, verdicts, records, points } = await data(page);
  let seen = 0;
  let at = 0;
  for (const stops of settings(turns)) {
    if (at++ % STRIDE) continue;
    const hash = turns.map((turn, at) => `${turn.name}=${encodeURIComponent(turn.stops[stops[at]][0])}`).join('&');
    await page.evaluate(hash => { location.hash = hash; }, hash);
    const point = pointOf(turns, stops);
    await page.waitForFunction(head => document.getElementById('head').textContent === head, verdicts[point][0]);
    const shown = await page.evaluate(() => ({
      names: [...document.querySelectorAll('.arm h2')].map(one => one.textContent),
      lines: [...document.querySelectorAll('#verdict li span')].map(one => one.textContent),
      paths: document.querySelectorAll('#line path').length + document.querySelectorAll('#turned path').length,
      broken: document.getElementById('app').textContent.includes('NaN') || document.getElementById('app').textContent.includes('undefined'),
    }));
    assert.deepEqual(shown.names, points[point].map(record => records[record].name));
    assert.deepEqual(shown.lines, verdicts[point][1].map(([, said]) => said));
    assert.ok(shown.paths >= 2 * shown.names.length && !shown.broken, `${hash}: ${shown.paths} lines`);
    seen++;
  }
  assert.equal(at, points.length);
  assert.equal(seen, Math.ceil(points.length / STRIDE));
  assert.deepEqual(faults, []);
  assert.deepEqual(requests, [front.address], 'the file asks for nothing');
  await close();
});

test('nothing hangs over the window and axe finds nothing, at any width and in any view', async () => {
  for (const width of WIDTHS) {
    for (const [name, made, hash] of [['front', front, ''], ['one owner', front, '#owners=1'], ['all runs', front, '#owners=6&patience=0.9&show=all'], ['place', place, ''], ['place, all', place, '#show=all&series=need_met']]) {
      const { page, faults, close } = await tab(browser, width);
      await page.goto(made.address + hash);
      await page.evaluate(() => document.querySelectorAll('details').forEach(one => { one.open = true; }));
      assert.ok((await overhang(page)) <= 0, `${name} at ${width} hangs over by ${await overhang(page)}`);
      assert.deepEqual(await axe(page), [], `${name} at ${width}`);
      assert.deepEqual(faults, [], `${name} at ${width}`);
      await close();
    }
  }
});

test('the keyboard alone plays, steps, turns knobs and switches rules, and focus is always seen', async () => {
  for (const width of [390, 1280]) {
    const { page, close } = await tab(browser, width);
    await page.goto(front.address);
    const order = [];
    for (let at = 0; at < 60; at++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement === document.body)) break;
      const here = await page.evaluate(() => {
        const one = document.activeElement;
        const box = one.getBoundingClientRect();
        const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        const outline = getComputedStyle(one).outlineStyle;
        return { id: one.id || one.className, seen: Boolean(top) && (one === top || one.contains(top) || top.contains(one)), outline, tall: box.height, wide: box.width };
      });
      order.push(here.id);
      assert.ok(here.seen, `${here.id} at ${width} is hidden when it has the focus`);
      assert.notEqual(here.outline, 'none', `${here.id} shows no focus`);
      assert.ok(here.tall >= 24 && here.wide >= 24 || here.id === 'link', `${here.id} is ${here.wide} × ${here.tall}`);
    }
    assert.equal(order[1], 'play', `after the skip link comes Play: ${order.slice(0, 4)}`);
    for (const id of ['back', 'on', 'time', 'knob-0', 'knob-1', 'knob-2', 'run', 'speed', 'many', 'series']) assert.ok(order.includes(id), `${id} is never reached`);
    await page.locator('#knob-0').focus();
    const before = await text(page, '#head');
    await page.keyboard.press('Home');
    assert.notEqual(await text(page, '#head'), before, 'the first stop of the first knob');
    await page.locator('#knob-2').focus();
    await page.keyboard.press('Space');
    assert.match(await page.evaluate(() => location.hash), /measures=off/);
    await page.waitForFunction(() => document.getElementById('status').textContent.length > 20);
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press('ArrowLeft');
    assert.match(await text(page, '#when'), /59 of 60/);
    await close();
  }
});

test('an address shows the view again, and a wrong one the scenarios as they are', async () => {
  const { page, faults, close } = await tab(browser, 1280);
  await page.goto(front.address);
  await page.locator('#knob-0').fill('5');
  await page.locator('#run').selectOption('1');
  await page.locator('#many').click();
  await page.locator('#time').fill('19');
  const [address, head] = [await page.evaluate(() => location.href), await text(page, '#head')];
  const again = await tab(browser, 1280);
  await again.page.goto(address);
  assert.equal(await text(again.page, '#head'), head);
  assert.match(await text(again.page, '#when'), /20 of 60/);
  assert.equal(await again.page.locator('#run').inputValue(), '1');
  assert.equal(await again.page.locator('#many').getAttribute('aria-pressed'), 'true');
  await again.page.goto(`${front.address}#owners=<img>&patience=7&run=x&at=-3&series=__proto__&by=constructor`);
  await again.page.reload();
  assert.match(await text(again.page, '#head'), /six fortresses/);
  assert.deepEqual([...faults, ...again.faults], []);
  await again.close();
  await close();
});

test('a run is played to its end in the time that is asked for, at 30 frames a second, after a first picture within a second', async () => {
  const { page, close } = await tab(browser, 1280, { reducedMotion: 'no-preference' });
  await page.goto(front.address);
  const first = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN);
  await page.locator('#speed').selectOption('3');
  const rate = await page.evaluate(() => new Promise(done => {
    let [frames, from] = [0, performance.now()];
    const count = () => { frames++; if (performance.now() - from < 2000) requestAnimationFrame(count); else done(frames / 2); };
    requestAnimationFrame(count);
  }));
  console.log(`first picture after ${Math.round(first)} ms, ${Math.round(rate)} frames a second while playing`);
  await page.waitForFunction(() => document.getElementById('play').textContent === 'Play again', null, { timeout: 20000 });
  assert.match(await text(page, '#when'), /60 of 60/);
  if (process.env.TIMED) {
    assert.ok(first <= 1000, `${first} ms`);
    assert.ok(rate >= 30, `${rate} frames a second`);
  }
  await close();
});

test('on a phone all pastures and Play are on the first screen, and the matrix shows one design', async () => {
  const { page, close } = await tab(browser, 390);
  await page.goto(front.address);
  for (const selector of ['.arm >> nth=0', '.arm >> nth=1', '.arm >> nth=2', '.arm >> nth=3', '#play', '#time']) {
    const box = await page.locator(selector).boundingBox();
    assert.ok(box.y >= 0 && box.y + box.height <= 844, `${selector} ends at ${box.y + box.height}`);
  }
  assert.equal(await page.locator('.matrix thead th').count(), 3);
  await close();
});

test('the page says what a gain is over: a placebo only where there is one', async () => {
  for (const [made, said, unsaid] of [[front, 'The gain', 'No arm here is bound'], [place, 'No arm here is bound', 'the gain of what members']]) {
    const { page, close } = await tab(browser, 1280);
    await page.goto(made.address);
    const about = await page.locator('section[aria-labelledby="about-title"]').innerText();
    assert.ok(!about.includes(unsaid), about);
    assert.ok((about + await text(page, '#verdict')).includes(said), about);
    await close();
  }
});

test('a viewer that runs no script shows the verdict and a picture', async () => {
  const { page, close } = await tab(browser, 768, { javaScriptEnabled: false });
  await page.goto(front.address);
  assert.equal(await page.locator('#still .verdict li').count(), 3);
  assert.ok(await page.locator('#still svg').isVisible());
  assert.equal(await page.locator('#app').isVisible(), false);
  await close();
});

test('in a sandbox without an origin the page works', async () => {
  const { page, close } = await tab(browser, 768);
  await page.setContent('<iframe sandbox="allow-scripts" width="700" height="800"></iframe>');
  await page.locator('iframe').evaluate((frame, html) => { frame.srcdoc = html; }, readFileSync(front.file, 'utf8'));
  const inside = page.frameLocator('iframe');
  await inside.locator('#head').waitFor();
  await inside.locator('#knob-0').fill('0');
  assert.match(await inside.locator('.arm h2 >> nth=1').innerText(), /One fortress/);
  await close();
});

test('numbers and scenarios can be taken away, and the scenario is sound', async () => {
  const { page, close } = await tab(browser, 1280);
  await page.goto(`${front.address}#owners=12&patience=0.8&measures=off`);
  const folder = mkdtempSync(join(tmpdir(), 'commonground-'));
  const take = async selector => {
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator(selector).evaluate(one => one.click())]);
    const file = join(folder, download.suggestedFilename());
    await download.saveAs(file);
    return file;
  };
  const scenario = await take('[data-scenario="2"]');
  const written = JSON.parse(readFileSync(scenario, 'utf8'));
  assert.deepEqual([written.providers.herder.count, written.society.patience, Object.keys(written.rules)], [12, 0.8, ['collective_choice', 'graduated_sanctions']]);
  execFileSync(PROGRAM, ['check', scenario]);
  const rows = readFileSync(await take('#line-csv'), 'utf8').trim().split('\n');
  assert.equal(rows.length, 1 + 4 * 60);
  assert.ok(readFileSync(await take('#matrix-csv'), 'utf8').includes('welfare,pasture-ostrom,'));
  assert.ok(readFileSync(await take('#turn-csv'), 'utf8').startsWith('owners,arm,stock_end'));
  await close();
});
