// A class in real browsers: teacher, board and three phones through a whole lesson, with what pupils do to a page: reload, drop, come
// late, give a name that is none.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { axe, open, overhang, tab } from './browser.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const NAME = '<img src=x onerror=alert(1)>';
let browser;
const servers = [];
let addresses;

/** Starts a class and reads where it is. */
function opened(...words) {
  const program = process.env.COMMONGROUND ?? join(root, 'target', 'debug', 'commonground');
  const log = join(mkdtempSync(join(tmpdir(), 'class-')), 'class.jsonl');
  const server = spawn(program, [...words, '--port', '0', '--log', log]);
  servers.push(server);
  return new Promise((resolve, reject) => {
    let text = '';
    server.on('error', reject);
    server.on('exit', code => reject(new Error(`the class ended with ${code}: ${text}`)));
    server.stderr.on('data', data => { text += data; });
    server.stdout.on('data', data => {
      text += data;
      const found = name => text.match(new RegExp(`^${name} +(\\S+)(?: +code ([A-Z]{4}))?`, 'm'));
      if (found('Log')) resolve({ teacher: found('Teacher')[1], board: found('Board')[1], pupils: found('Pupils')[1], code: found('Pupils')[2] });
    });
  });
}

before(async () => {
  [browser, addresses] = await Promise.all([open(), opened('class', '--seats', '30', '--rounds', '3', '--practice', '1')]);
});

after(async () => {
  await browser?.close();
  for (const server of servers) {
    server.removeAllListeners('exit');
    server.kill();
  }
});

/** What every state of every page must be: no sideways scroll, nothing that axe finds, no fault; a picture where it is asked for. */
async function sound(name, tabs) {
  for (const [who, one] of Object.entries(tabs)) {
    assert.ok(await overhang(one.page) <= 0, `${who} scrolls sideways at ${name}`);
    assert.deepEqual(await axe(one.page), [], `${who} at ${name}`);
    assert.deepEqual(one.faults, [], `${who} at ${name}`);
    if (process.env.SHOTS) {
      mkdirSync(process.env.SHOTS, { recursive: true });
      await one.page.screenshot({ path: join(process.env.SHOTS, `${name}-${who}.png`), fullPage: true });
    }
  }
}

async function joins(phone, name, at = addresses) {
  await phone.page.goto(at.pupils);
  await phone.page.getByLabel('The four letters on the board').fill(at.code.toLowerCase());
  await phone.page.getByLabel('A name for this lesson').fill(name);
  await phone.page.getByRole('button', { name: 'Take a seat' }).click();
  await phone.page.locator('#where', { hasText: 'Group' }).waitFor();
}

async function send(phone, cows) {
  await phone.page.locator(`#level-${cows}`).check({ force: true });
  await phone.page.getByRole('button', { name: `Send ${cows} cows` }).click();
  await phone.page.getByRole('button', { name: `Sent: ${cows} cows` }).waitFor();
}

test('a lesson from joining to the debrief', { timeout: 600_000 }, async () => {
  const [teacher, board, one, two, three] = await Promise.all([1280, 1280, 390, 390, 768].map(width => tab(browser, width)));
  const all = { teacher, board, one, two, three };
  await teacher.page.goto(addresses.teacher);
  await board.page.goto(addresses.board);
  await three.page.goto(addresses.pupils);
  await three.page.getByRole('button', { name: 'Take a seat' }).waitFor();
  await joins(one, NAME);
  await joins(two, 'Ben');
  await teacher.page.getByText('2 of 30 have joined').waitFor();
  await sound('1-lobby', all);
  assert.equal(await teacher.page.locator('img[src="x"]').count(), 0);

  await teacher.page.getByRole('button', { name: 'Begin' }).click();
  await send(one, 9);
  await teacher.page.getByText('1 of 2 have chosen').waitFor();
  await sound('2-practice', all);
  // Early close: asked once, with the seat that is missing; undone; then again, without a question once all are there.
  await teacher.page.getByRole('button', { name: 'Close the round' }).click();
  await teacher.page.getByText('Not there yet').waitFor();
  await sound('3-asked', { teacher });
  await teacher.page.locator('#yes').click();
  await teacher.page.getByText('Practice is over').waitFor();
  await teacher.page.getByRole('button', { name: /Undo/ }).click();
  await one.page.getByRole('button', { name: 'Sent: 9 cows' }).waitFor();
  await send(two, 4);
  await teacher.page.getByText('2 of 2 have chosen').waitFor();
  await teacher.page.getByRole('button', { name: 'Close the round' }).click();
  await teacher.page.getByText('Practice is over').waitFor();
  await sound('4-between', all);

  await teacher.page.getByRole('button', { name: 'Begin the next game' }).click();
  await teacher.page.getByText('They talk').waitFor();
  await joins(three, 'Late');
  await sound('5-talk', all);
  await teacher.page.getByRole('button', { name: 'On to the vote' }).click();
  await teacher.page.getByRole('button', { name: 'Close the vote' }).waitFor();
  await three.page.locator('#level-5').check({ force: true });
  await three.page.getByRole('button', { name: 'Vote', exact: true }).click();
  await three.page.getByText('You voted.').waitFor();
  await sound('6-vote', all);
  await teacher.page.getByRole('button', { name: 'Close the vote' }).click();

  for (let round = 1; round <= 3; round += 1) {
    await teacher.page.getByText(`Round ${round} of 3`).waitFor();
    await one.page.getByText(`Round ${round} of 3`).first().waitFor();
    await send(one, 6 + round);
    if (round === 2) {
      // A reload keeps seat and choice; another tab is another pupil; a page that is gone leaves its seat to a computer herder.
      await one.page.reload();
      await one.page.getByRole('button', { name: 'Sent: 8 cows' }).waitFor();
      const stranger = await one.page.context().newPage();
      await stranger.goto(addresses.pupils);
      await stranger.getByRole('button', { name: 'Take a seat' }).waitFor();
      await stranger.close();
      await two.page.goto('about:blank');
      await teacher.page.getByText('2 of 30 seats are people').waitFor();
      await two.page.goto(addresses.pupils);
      await two.page.getByText('How many cows?').waitFor();
      await sound('7-round', all);
    }
    await teacher.page.getByRole('button', { name: 'Close the round' }).click();
    await teacher.page.locator('#yes').click();
  }
  await teacher.page.getByText('The last round is over').waitFor();
  await sound('8-over', all);
  await teacher.page.getByRole('button', { name: 'Show the debrief' }).click();
  for (const [screen, title] of ['Your pool', 'The same meadow in one hand', 'The same meadow under a rule', 'Who took what'].entries()) {
    await teacher.page.locator(`#screen-${screen}`).click();
    for (const page of [board.page, one.page]) await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    await sound(`9-debrief-${screen + 1}`, { teacher, board, one });
  }
  assert.ok(!(await board.page.locator('main').innerText()).includes('Ben'));
  await teacher.page.getByRole('button', { name: 'Show names' }).click();
  await board.page.getByText('Ben').first().waitFor();
  const origin = new URL(addresses.pupils).origin;
  for (const one of Object.values(all)) assert.deepEqual(one.requests.filter(asked => !asked.startsWith(origin) && !asked.startsWith('about:')), []);
  await Promise.all(Object.values(all).map(one => one.close()));
});

test('a lesson in a place: providers, years, prevention and referral', { timeout: 600_000 }, async () => {
  const place = await opened('serve', '--class', '--game', 'place', '--seats', '24', '--rounds', '3', '--practice', '0', '--seed', '4');
  const [teacher, board, hospital, second, third, voter, practice] = await Promise.all([1280, 1280, 390, 390, 390, 390, 390].map(width => tab(browser, width)));
  const all = { teacher, board, hospital, voter, practice };
  await teacher.page.goto(place.teacher);
  await board.page.goto(place.board);
  await joins(hospital, NAME, place);
  // Each goes where fewest are: four hospitals, then the practice of the first group.
  for (const [name, phone] of Object.entries({ second, third, voter })) await joins(phone, name, place);
  await joins(practice, 'Ben', place);
  await hospital.page.getByText('You are the hospital of group A').waitFor();
  await sound('p1-lobby', all);
  await practice.page.getByText('You are the general practice of group A').waitFor();
  await teacher.page.getByRole('button', { name: 'Begin' }).click();
  await teacher.page.getByRole('button', { name: 'On to the vote' }).click();
  await voter.page.locator('#rule-fence').check({ force: true });
  await voter.page.locator('#level-100').check({ force: true });
  await voter.page.getByRole('button', { name: 'Vote', exact: true }).click();
  await voter.page.getByText('You voted.').waitFor();
  await sound('p1-vote', all);
  // One of two who may vote has not.
  await teacher.page.getByRole('button', { name: 'Close the vote' }).click();
  await teacher.page.locator('#yes').click();
  await voter.page.getByText('A fence: at most 100% of plan each.').waitFor();
  for (let year = 1; year <= 3; year += 1) {
    await hospital.page.getByText(`Year ${year} of 3`).first().waitFor();
    await hospital.page.locator('#level-110').check({ force: true });
    await hospital.page.locator('#upstream-4').check({ force: true });
    await hospital.page.locator('#refers-50').check({ force: true });
    await hospital.page.getByRole('button', { name: 'Do 110%' }).click();
    await hospital.page.getByRole('button', { name: 'Chosen: 110%' }).waitFor();
    assert.equal(await practice.page.locator('#refers-50').count(), 0);
    if (year === 2) await sound('p2-year', all);
    await teacher.page.getByRole('button', { name: 'Close the year' }).click();
    await teacher.page.locator('#yes').click();
    if (year < 3) await hospital.page.getByText('Last year you chose 110% of plan, 4% of it prevention').waitFor();
  }
  await teacher.page.getByText('The last year is over').waitFor();
  await sound('p3-over', all);
  await teacher.page.getByRole('button', { name: 'Show the debrief' }).click();
  for (const [screen, title] of ['Your place', 'The same place under one board', 'The same place under a rule', 'Who came out how'].entries()) {
    await teacher.page.locator(`#screen-${screen}`).click();
    for (const page of [board.page, hospital.page]) await page.getByRole('heading', { name: title, level: 1 }).waitFor();
    await sound(`p4-debrief-${screen + 1}`, { teacher, board, hospital });
  }
  await Promise.all(Object.values(all).map(one => one.close()));
});
