// Lines of what is shared over rounds and bars of what was earned, as SVG with labels at the lines and a table below.
import { make, whole } from './room.js';
import { words } from './words.js';

const STYLES = [
  ['#F46A25', '9 5'],
  ['#801650', '9 4 2 4'],
  ['#28A197', '2 5'],
  ['#12436D', ''],
  ['#212B32', '14 4'],
  ['#4C6272', '3 3'],
];

function draw(name, attributes, text) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text != null) element.textContent = text;
  return element;
}

/** How wide a chart is drawn, so that its letters are as large as those around it: on a phone, in a part of a page, or all over it. */
function space(part = false) {
  if (document.documentElement.clientWidth < 600) return 390;
  return part || document.body.classList.contains('teacher') ? 600 : 860;
}

/** Labels at the ends of lines, moved apart. */
function spread(ends, least, most) {
  const sorted = [...ends].sort((a, b) => a.y - b.y);
  sorted.forEach((end, index) => {
    const above = index ? sorted[index - 1].y + 19 : least;
    end.y = Math.max(end.y, above);
  });
  const over = sorted.length ? sorted[sorted.length - 1].y - most : 0;
  if (over > 0) sorted.forEach((end) => { end.y = Math.max(least, end.y - over); });
}

/** What is shared, by round. `lines` have a name and numbers; `band` shades what lies between two of them. */
export function stock(lines, view, title) {
  const { rounds, starts } = view;
  const told = words(view);
  const width = space();
  // On a phone names have no room beside the lines and stand below them.
  const below = width === 390;
  const bottom = 46 + (below ? 22 * lines.length : 0);
  const [height, right] = { 390: [280 - 46 + bottom, 12], 600: [320, 200], 860: [380, 230] }[width];
  const [left, top] = [46, 26];
  const x = (round) => left + ((width - left - right) * round) / Math.max(1, rounds);
  const y = (share) => height - bottom - ((height - top - bottom) * Math.min(100, Math.max(0, share))) / 100;
  const svg = draw('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${title}. ${lines.map((line) => `${line.name}: ${whole(line.numbers.at(-1) ?? starts)}% at the end`).join('; ')}.` });
  for (const share of [0, 25, 50, 75, 100]) {
    svg.append(draw('line', { x1: left, x2: width - right, y1: y(share), y2: y(share), stroke: share === 0 ? '#212B32' : '#D8DDE0' }));
    svg.append(draw('text', { x: left - 7, y: y(share) + 5, 'text-anchor': 'end', class: 'mute' }, share));
  }
  const every = rounds > 12 ? 5 : rounds > 6 ? 2 : 1;
  for (let round = 0; round <= rounds; round += every) {
    svg.append(draw('text', { x: x(round), y: height - bottom + 19, 'text-anchor': 'middle', class: 'mute' }, round));
  }
  svg.append(draw('text', { x: (left + width - right) / 2, y: height - bottom + 40, 'text-anchor': 'middle' }, told.round.toLowerCase()));
  svg.append(draw('text', { x: 0, y: 14, class: 'mute' }, told.axis));
  const ends = [];
  lines.forEach((line, index) => {
    const [colour, dashes] = STYLES[index % STYLES.length];
    const all = [starts, ...line.numbers];
    if (line.band) {
      const [low, high] = line.band.map((numbers) => [starts, ...numbers]);
      const path = [...high.map((share, round) => `${x(round)},${y(share)}`), ...low.map((share, round) => `${x(round)},${y(share)}`).reverse()];
      svg.append(draw('polygon', { points: path.join(' '), fill: colour, 'fill-opacity': '0.12' }));
    }
    const path = all.map((share, round) => `${round ? 'L' : 'M'}${x(round).toFixed(1)} ${y(share).toFixed(1)}`).join('');
    svg.append(draw('path', { d: path, fill: 'none', stroke: colour, 'stroke-width': 3, 'stroke-dasharray': dashes || 'none' }));
    if (all.length === 1) svg.append(draw('circle', { cx: x(0), cy: y(starts), r: 4, fill: colour }));
    ends.push({ y: y(all.at(-1)) + 5, from: x(all.length - 1), colour, dashes, name: line.name });
  });
  spread(ends, top + 5, height - bottom + 5);
  if (below) [...ends].sort((one, other) => one.y - other.y).forEach((end, index) => { end.y = height - bottom + 64 + 22 * index; });
  const names = below ? 0 : width - right + 6;
  for (const end of ends) {
    svg.append(draw('line', { x1: names, x2: names + 18, y1: end.y - 5, y2: end.y - 5, stroke: end.colour, 'stroke-width': 3, 'stroke-dasharray': end.dashes || 'none' }));
    svg.append(draw('text', { x: names + 23, y: end.y, class: 'bold' }, end.name));
  }
  const head = [told.round, ...lines.map((line) => line.name)];
  const rows = Array.from({ length: rounds + 1 }, (_, round) => [round, ...lines.map((line) => { const share = [starts, ...line.numbers][round]; return share == null ? '' : whole(share); })]);
  return make('figure', { class: 'chart' }, svg, table(`${title}: ${told.axis}`, head, rows));
}

/** Bars of what was earned; what was lost goes to the left. `part` where they stand beside others. */
export function bars(rows, view, title, part = false) {
  const told = words(view);
  const width = space(part);
  const height = rows.length * 34 + 4;
  const [names, room, letters] = { 390: [150, 60, 16], 600: [190, 60, 22], 860: [240, 90, 26] }[width];
  const [least, most] = [Math.min(0, ...rows.map(([, earned]) => earned)), Math.max(0, ...rows.map(([, earned]) => earned))];
  const x = (earned) => names + (least < 0 ? room : 0) + ((earned - least) / Math.max(1, most - least)) * (width - names - room * (least < 0 ? 2 : 1));
  const svg = draw('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${title}: ${rows.map(([name, earned]) => `${name} ${told.money(earned)}`).join(', ')}.` });
  rows.forEach(([name, earned], index) => {
    const at = index * 34;
    svg.append(draw('text', { x: 0, y: at + 21, class: 'bold' }, name.length > letters ? `${name.slice(0, letters - 1)}…` : name));
    svg.append(draw('rect', { x: x(Math.min(0, earned)), y: at + 4, width: Math.abs(x(earned) - x(0)), height: 24, fill: STYLES[earned < 0 ? 0 : 3][0] }));
    svg.append(draw('text', { x: x(earned) + (earned < 0 ? -8 : 8), y: at + 21, 'text-anchor': earned < 0 ? 'end' : 'start', class: 'bold' }, whole(earned)));
  });
  if (least < 0) svg.append(draw('line', { x1: x(0), x2: x(0), y1: 0, y2: height, stroke: '#212B32' }));
  return make('figure', { class: 'chart' }, make('figcaption', {}, title), svg, table(title, ['', told.column], rows.map(([name, earned]) => [name, whole(earned)])));
}

/** All groups as they stand: what is left, and, once a round is closed, what they earned. */
export function groupsNow(view) {
  const told = words(view);
  const lines = view.groups.map((group) => ({ name: `${group.letter} ${view.practice ? '' : group.given}`.trim(), numbers: group.stock_by_round }));
  return [stock(lines, view, told.title), view.round > 0 && bars(view.groups.map((group) => [`Group ${group.letter}`, group.earned]), view, told.earned)];
}

/** A table that opens on demand. */
export function table(caption, head, rows, summary = 'Numbers of this chart') {
  const body = rows.map((row) => make('tr', {}, row.map((cell, index) => make(index ? 'td' : 'th', index ? {} : { scope: 'row' }, String(cell)))));
  return make('details', {}, make('summary', {}, summary),
    make('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
      make('table', {}, make('caption', {}, caption), make('thead', {}, make('tr', {}, head.map((cell) => make('th', { scope: 'col' }, cell)))), make('tbody', {}, body))));
}

const told = (findings, lucks) => findings.map((finding) =>
  make('p', { class: 'finding' }, `${finding.says}: so in `, make('b', {}, `${finding.holds} of ${lucks}`), ' lucks.'));

const line = (group, name) => ({ name, numbers: group.stock_by_round });
const fan = (one) => ({ name: one.name, numbers: one.middle, band: [one.low, one.high] });
const SHADE = 'Lines of computers are the middle of 200 lucks. One in ten lies above the shade, one in ten below it.';

/** What one group is shown on its own pages. */
function ofGroup(group, view) {
  const fans = (group.fans ?? []).map(fan);
  const name = `Group ${group.group}`;
  return make('section', { class: 'card' },
    make('h2', {}, `${name}, ${group.given}`),
    group.rule && make('p', {}, group.rule),
    told(group.findings, view.debrief.lucks),
    group.took ? bars(group.took, view, words(view).by) : stock([line(group, name), ...fans], view, name),
    fans.length > 0 && make('p', {}, SHADE));
}

/** The same in one hand: one line for all groups, or several where it differs by how many seats they have. */
function inOneHand(view) {
  const all = new Map();
  for (const { group, fans: [one] } of view.debrief.groups) {
    const key = JSON.stringify(one.middle.map(whole));
    const { size } = view.groups.find(({ letter }) => letter === group);
    if (!all.has(key)) all.set(key, { one: fan(one), sizes: new Set() });
    all.get(key).sizes.add(size);
  }
  return [...all.values()].map(({ one, sizes }) => (all.size === 1 ? one : { ...one, name: `${one.name}, ${[...sizes].join(' or ')} seats` }));
}

/** What all groups are shown together on the board: one chart, and a sentence for each. */
function ofAll(view) {
  const { groups, lucks, screen } = view.debrief;
  const list = (some) => make('ul', { class: 'groups' }, some.map((group) => make('li', {}, make('b', {}, `Group ${group.group}, ${group.given}`), told(group.findings, lucks))));
  if (screen === 3) {
    return make('div', { class: 'pairs' }, groups.map((group) => make('section', { class: 'card' }, make('h2', {}, `Group ${group.group}, ${group.given}`), told(group.findings, lucks), bars(group.took, view, `${words(view).by}, group ${group.group}`, true))));
  }
  if (screen === 2) {
    // Groups of one size under one rule are told the same of computers, so they are told it once.
    const same = new Map();
    for (const group of groups) {
      const key = JSON.stringify([group.rule, group.findings, group.fans]);
      same.set(key, [...(same.get(key) ?? []), group]);
    }
    return [...same.values()].map((some) => make('section', { class: 'card' },
      make('h2', {}, some[0].rule), make('p', {}, `Held against group${some.length > 1 ? 's' : ''} ${some.map((group) => group.group).join(', ')}.`),
      told(some[0].findings, lucks), stock(some[0].fans.map(fan), view, words(view).computers), make('p', {}, SHADE)));
  }
  const lines = groups.map((group) => line(group, `${group.group} ${group.given}`));
  const owner = screen === 1 ? inOneHand(view) : [];
  return make('section', { class: 'card' }, stock([...lines, ...owner], view, words(view).title), owner.length > 0 && make('p', {}, SHADE), list(groups));
}

/** The screen of the debrief that is shown. */
export function debrief(view) {
  const { title, task, question, groups } = view.debrief;
  return [make('h1', {}, title),
    groups.length === 0 && make('p', {}, 'This is being worked out. It takes some seconds.'),
    groups.length > 1 ? ofAll(view) : groups.map((group) => ofGroup(group, view)),
    make('p', { class: 'question' }, make('b', {}, `${task} `), question)];
}
