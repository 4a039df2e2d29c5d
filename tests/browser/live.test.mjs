// The live page in a real browser: any value, any scenario, a dropped file, faults, cancelling, links, the keyboard, three widths, axe,
// and no request that leaves the machine.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe, open, overhang, PROGRAM, serve, tab } from './browser.mjs';

let browser;
let server;
const folder = mkdtempSync(join(tmpdir(), 'commonground-'));
let fortress;

/** A pasture of few seasons and stops, so that its runs take little time. */
function short(name) {
  const file = join(folder, `short-${name}.json`);
  const stops = values => values.map(value => ({ value, name: String(value), says: `It is ${value}.` }));
  const knobs = { owners: { stops: stops([1, 6]) }, patience: { stops: stops([0, 0.9]) } };
  writeFileSync(file, JSON.stringify({ extends: name, time: { steps: 12 }, knobs }));
  return file;
}

before(async () => {
  browser = await open();
  fortress = short('pasture-fortress');
  server = await serve(fortress, short('pasture-ostrom'));
});

after(async () => {
  await browser?.close();
  server?.end();
});

const text = (page, selector) => page.locator(selector).evaluate(one => one.innerText);

/** Waits until nothing is being worked out. */
const settled = page => page.waitForFunction(() => document.getElementById('live-says')?.textContent.includes('at every stop'), null, { timeout: 60000 });

async function opened(width, hash = '#runs=20') {
  const one = await tab(browser, width);
  await one.page.goto(server.address + hash);
  await settled(one.page);
  return one;
}

const own = one => { for (const url of one.requests) assert.ok(url.startsWith(server.address), `${url} is asked for`); };

test('any value can be set, the answer changes, is in the link, and can be taken back', async () => {
  const one = await opened(1280);
  const { page } = one;
  const head = await text(page, '#verdict');
  await page.locator('#live-pointer').fill('/society/patience');
  assert.match(await text(page, '#live-stands'), /It is 0.9 now/);
  await page.locator('#live-value').fill('0.35');
  await page.locator('#live-value').press('Enter');
  await page.waitForFunction(before => document.getElementById('verdict').innerText !== before, head);
  await settled(page);
  assert.match(await text(page, '#knob-1-name'), /0.35/, 'the knob of that value has a stop there');
  assert.match(await page.evaluate(() => location.hash), /set=%2Fsociety%2Fpatience%3D0.35/);
  const set = await text(page, '#verdict');
  const again = await opened(1280, await page.evaluate(() => location.hash));
  assert.equal(await text(again.page, '#verdict'), set, 'the link shows the same');
  await page.getByRole('button', { name: 'Take back' }).click();
  await page.waitForFunction(before => document.getElementById('verdict').innerText !== before, set);
  await settled(page);
  assert.equal(await text(page, '#verdict'), head);
  assert.deepEqual([...one.faults, ...again.faults], []);
  own(one);
  await again.close();
  await one.close();
});

test('a knob shows at once what is at hand, and the same as when it is asked for anew', async () => {
  const one = await opened(1280);
  const { page } = one;
  const title = await text(page, '#turn-title');
  assert.match(title, /by herders/);
  await page.locator('#knob-0').fill('0');
  const [head, names] = await page.evaluate(() => [document.getElementById('head').textContent, document.querySelector('.arm h2').textContent]);
  assert.ok(head && names);
  assert.match(await page.evaluate(() => location.hash), /owners=1&/);
  await page.waitForFunction(() => document.querySelectorAll('#turned path').length > 1);
  await settled(page);
  await page.locator('#knob-1').fill('0');
  await page.waitForFunction(() => /patience=0&/.test(location.hash));
  await settled(page);
  const verdict = await text(page, '#verdict');
  const again = await opened(1280, await page.evaluate(() => location.hash));
  assert.equal(await text(again.page, '#verdict'), verdict);
  assert.deepEqual([...one.faults, ...again.faults], []);
  own(one);
  await again.close();
  await one.close();
});

test('faults are told all at once, as text whatever they are called, and what is shown stays', async () => {
  const one = await opened(768);
  const { page } = one;
  const head = await text(page, '#head');
  const evil = '<img src=x onerror=alert(1)>';
  const file = join(folder, `${evil.replaceAll('/', '')}.json`);
  writeFileSync(file, JSON.stringify({ extends: 'pasture-fortress', society: { trust: 7 }, time: { steps: 0 }, [evil]: 1 }));
  await page.locator('#live-file').setInputFiles(file);
  await page.waitForFunction(() => document.querySelectorAll('#live-faults li').length === 3);
  const told = await text(page, '#live-faults');
  assert.match(told, /society.trust: `7` is outside the range 0 to 1/);
  assert.ok(told.includes(evil), told);
  assert.equal(await page.locator('#app img').count(), 0);
  assert.equal(await text(page, '#head'), head);
  assert.deepEqual(await axe(page), []);
  await page.locator('#live-pointer').fill('/society/patiense');
  await page.locator('#live-value').fill('1');
  await page.locator('#live-value').press('Enter');
  await page.waitForFunction(() => document.getElementById('live-faults').textContent.includes('patience'));
  assert.deepEqual(one.faults.filter(fault => !fault.includes('422')), [], 'nothing but the refusals themselves');
  own(one);
  await one.close();
});

test('a dropped file and another bundled scenario are shown, alone and side by side, and can be downloaded', async () => {
  const one = await opened(1280);
  const { page } = one;
  const evil = '<b>Mine</b> & "yours"';
  await page.evaluate(body => {
    const data = new DataTransfer();
    data.items.add(new File([body], 'mine.json', { type: 'application/json' }));
    dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true, cancelable: true }));
  }, JSON.stringify({ extends: 'pasture-ostrom', title: evil, time: { steps: 12 } }));
  await page.waitForFunction(title => document.querySelector('h1')?.textContent === title, evil);
  await settled(page);
  assert.equal(await page.locator('.arm').count(), 1);
  assert.equal(await page.locator('#app b', { hasText: 'mine.json' }).count(), 1);
  await page.locator('#live-name').fill(fortress);
  await page.getByRole('button', { name: 'Put it beside' }).click();
  await page.waitForFunction(() => document.querySelectorAll('.arm').length === 2);
  await settled(page);
  await page.locator('#live-pointer').fill('/society/trust');
  await page.locator('#live-value').fill('0.25');
  await page.getByRole('button', { name: 'Set and run' }).click();
  await page.waitForFunction(() => document.getElementById('live-says').textContent.includes('download the scenario') && document.body.textContent.includes('/society/trust = 0.25'));
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-scenario="0"]').click()]);
  const saved = join(folder, 'saved.json');
  await download.saveAs(saved);
  assert.equal(JSON.parse(readFileSync(saved, 'utf8')).society.trust, 0.25);
  execFileSync(PROGRAM, ['check', saved]);
  assert.deepEqual(one.faults, []);
  own(one);
  await one.close();
});

test('runs can be cancelled, and the page goes on', async () => {
  const one = await opened(1280);
  const { page } = one;
  // So many months that a thousand runs cannot be done before they are cancelled.
  const long = join(folder, 'long.json');
  writeFileSync(long, JSON.stringify({ extends: 'place-based', time: { steps: 1000 } }));
  await page.locator('#live-file').setInputFiles(long);
  await page.waitForFunction(() => document.getElementById('head').textContent.includes('need met'));
  await settled(page);
  const head = await text(page, '#head');
  await page.locator('#live-runs').selectOption('1000');
  await page.locator('#live-run').click();
  await page.locator('#live-progress').waitFor({ state: 'visible' });
  await page.locator('#live-cancel').click();
  await page.waitForFunction(() => document.getElementById('live-says').textContent.startsWith('Cancelled'));
  assert.equal(await text(page, '#head'), head);
  await page.locator('#live-runs').selectOption('50');
  await page.locator('#live-run').click();
  await page.waitForFunction(() => document.getElementById('many').textContent === 'All 50 runs');
  await settled(page);
  assert.deepEqual(one.faults, []);
  await one.close();
});

test('nothing hangs over, axe finds nothing at any width, and the keyboard alone reaches and does everything', async () => {
  for (const width of [390, 768, 1280]) {
    const one = await opened(width, '#runs=20&set=%2Fsociety%2Ftrust%3D0.3');
    const { page } = one;
    await page.evaluate(() => document.querySelectorAll('details').forEach(details => { details.open = true; }));
    assert.ok((await overhang(page)) <= 0, `at ${width} it hangs over by ${await overhang(page)}`);
    assert.deepEqual(await axe(page), [], `at ${width}`);
    const order = [];
    for (let at = 0; at < 80; at++) {
      await page.keyboard.press('Tab');
      if (await page.evaluate(() => document.activeElement === document.body)) break;
      const here = await page.evaluate(() => {
        const focused = document.activeElement;
        const box = focused.getBoundingClientRect();
        const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
        return { id: focused.id || focused.textContent, seen: Boolean(top) && (focused === top || focused.contains(top) || top.contains(focused)), tall: box.height };
      });
      order.push(here.id);
      assert.ok(here.seen, `${here.id} at ${width} is hidden when it has the focus`);
      assert.ok(here.tall >= 24 || here.id === 'link', `${here.id} is ${here.tall} tall`);
    }
    for (const id of ['play', 'knob-0', 'live-runs', 'live-seed', 'live-run', 'live-cancel', 'live-pointer', 'live-value', 'live-name', 'live-file']) assert.ok(order.includes(id), `${id} is never reached: ${order}`);
    await page.locator('#live-seed').focus();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('7');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash.includes('seed=7'));
    await settled(page);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'live-seed', 'the focus stays where it was');
    assert.deepEqual(one.faults, []);
    own(one);
    await one.close();
  }
});
