// Lines of grass over rounds and bars of coins, as SVG with labels at the lines and a table below.
import { make, whole } from './room.js';

const STYLES = [
  ['#F46A25', '9 5'],
  ['#801650', '9 4 2 4'],
  ['#28A197', '2 5'],
  ['#12436D', ''],
  ['#212B32', '14 4'],
];

function draw(name, attributes, text) {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text != null) element.textContent = text;
  return element;
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

/** Grass by round. `lines` have a name and numbers; `band` shades what lies between two of them. */
export function grass(lines, rounds, title) {
  const narrow = document.documentElement.clientWidth < 600;
  const [width, height, left, right, top, bottom] = [narrow ? 390 : 860, narrow ? 280 : 380, 46, narrow ? 110 : 230, 26, 46];
  const x = (round) => left + ((width - left - right) * round) / Math.max(1, rounds);
  const y = (share) => height - bottom - ((height - top - bottom) * Math.min(100, Math.max(0, share))) / 100;
  const svg = draw('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${title}. ${lines.map((line) => `${line.name}: ${whole(line.numbers.at(-1) ?? 100)}% at the end`).join('; ')}.` });
  for (const share of [0, 25, 50, 75, 100]) {
    svg.append(draw('line', { x1: left, x2: width - right, y1: y(share), y2: y(share), stroke: share === 0 ? '#212B32' : '#D8DDE0' }));
    svg.append(draw('text', { x: left - 7, y: y(share) + 5, 'text-anchor': 'end', class: 'mute' }, share));
  }
  const every = rounds > 12 ? 5 : rounds > 6 ? 2 : 1;
  for (let round = 0; round <= rounds; round += every) {
    svg.append(draw('text', { x: x(round), y: height - bottom + 19, 'text-anchor': 'middle', class: 'mute' }, round));
  }
  svg.append(draw('text', { x: (left + width - right) / 2, y: height - 6, 'text-anchor': 'middle' }, 'round'));
  svg.append(draw('text', { x: 0, y: 14, class: 'mute' }, 'grass, % of a full meadow'));
  const ends = [];
  lines.forEach((line, index) => {
    const [colour, dashes] = STYLES[index % STYLES.length];
    const all = [100, ...line.numbers];
    if (line.band) {
      const [low, high] = line.band.map((numbers) => [100, ...numbers]);
      const path = [...high.map((share, round) => `${x(round)},${y(share)}`), ...low.map((share, round) => `${x(round)},${y(share)}`).reverse()];
      svg.append(draw('polygon', { points: path.join(' '), fill: colour, 'fill-opacity': '0.12' }));
    }
    const path = all.map((share, round) => `${round ? 'L' : 'M'}${x(round).toFixed(1)} ${y(share).toFixed(1)}`).join('');
    svg.append(draw('path', { d: path, fill: 'none', stroke: colour, 'stroke-width': 3, 'stroke-dasharray': dashes || 'none' }));
    if (all.length === 1) svg.append(draw('circle', { cx: x(0), cy: y(100), r: 4, fill: colour }));
    ends.push({ y: y(all.at(-1)) + 5, from: x(all.length - 1), colour, dashes, name: line.name });
  });
  spread(ends, top + 5, height - bottom + 5);
  for (const end of ends) {
    svg.append(draw('line', { x1: width - right + 6, x2: width - right + 24, y1: end.y - 5, y2: end.y - 5, stroke: end.colour, 'stroke-width': 3, 'stroke-dasharray': end.dashes || 'none' }));
    svg.append(draw('text', { x: width - right + 29, y: end.y, class: 'bold' }, end.name));
  }
  const head = ['Round', ...lines.map((line) => line.name)];
  const rows = Array.from({ length: rounds + 1 }, (_, round) => [round, ...lines.map((line) => { const share = [100, ...line.numbers][round]; return share == null ? '' : whole(share); })]);
  return make('figure', { class: 'chart' }, svg, table(`${title}: grass in %`, head, rows));
}

/** Bars of coins. */
export function bars(rows, title) {
  const most = Math.max(1, ...rows.map(([, coins]) => coins));
  const [width, height] = [860, rows.length * 34 + 4];
  const svg = draw('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': `${title}: ${rows.map(([name, coins]) => `${name} ${whole(coins)}`).join(', ')}.` });
  rows.forEach(([name, coins], index) => {
    const at = index * 34;
    svg.append(draw('text', { x: 0, y: at + 21, class: 'bold' }, name.length > 26 ? `${name.slice(0, 25)}…` : name));
    svg.append(draw('rect', { x: 240, y: at + 4, width: Math.max(0, (coins / most) * 520), height: 24, fill: STYLES[3][0] }));
    svg.append(draw('text', { x: 248 + Math.max(0, (coins / most) * 520), y: at + 21, class: 'bold' }, whole(coins)));
  });
  return make('figure', { class: 'chart' }, svg, table(title, ['', 'Coins'], rows.map(([name, coins]) => [name, whole(coins)])));
}

/** A table that opens on demand. */
export function table(caption, head, rows) {
  const body = rows.map((row) => make('tr', {}, row.map((cell, index) => make(index ? 'td' : 'th', index ? {} : { scope: 'row' }, String(cell)))));
  return make('details', {}, make('summary', {}, 'Numbers'),
    make('div', { class: 'scroll', tabindex: '0', role: 'region', 'aria-label': caption },
      make('table', {}, make('caption', {}, caption), make('thead', {}, make('tr', {}, head.map((cell) => make('th', { scope: 'col' }, cell)))), make('tbody', {}, body))));
}

const TITLES = ['Your pool', 'The same meadow in one hand', 'The same meadow under a rule', 'Who took what'];

/** A screen of the debrief. */
export function debrief(screen, rounds) {
  const parts = screen.groups.map((group) => {
    const own = { name: `Group ${group.group}`, numbers: group.grass_by_round };
    const fans = (group.fans ?? []).map((fan) => ({ name: fan.name, numbers: fan.middle, band: [fan.low, fan.high] }));
    return make('section', { class: 'card' },
      make('h2', {}, `Group ${group.group}, ${group.given}`),
      group.rule && make('p', {}, group.rule),
      group.findings.map((finding) => make('p', { class: 'finding' }, `${finding.says}: so in `, make('b', {}, `${finding.holds} of ${screen.lucks}`), ' lucks.')),
      group.took ? bars(group.took, 'Coins by seat') : grass([own, ...fans], rounds, `Group ${group.group}`),
      fans.length > 0 && make('p', {}, 'Lines of computer herders are the middle of 200 lucks; nine of ten lie below the top of their shade, one of ten below its foot.'));
  });
  return [make('h1', {}, TITLES[screen.screen]), ...parts,
    make('p', { class: 'question' }, make('b', {}, `${screen.name}. `), screen.question)];
}
