// Who wins and who loses: measures by arms, each against the same arm on the same luck. Marks differ by shape, word and ground.

import { h, s, fixed, signed, capital, isNarrow } from './base.js';
import { DATA, recordAt } from './recording.js';

const level = (measure, value) => (measure.percent ? `${fixed(value * 100, 1)}%` : fixed(value, 2));
const gap = (measure, value) => (measure.percent ? signed(value * 100, 1) : signed(value, 2));

/** What a difference and its interval let one say. */
export function mark(measure, difference) {
  if (!difference) return 'unknown';
  const [mean, low, high] = difference;
  if (low === null || (low <= 0 && high >= 0)) return Math.abs(mean) < measure.least || mean === 0 ? 'same' : 'unclear';
  if (Math.abs(mean) < measure.least) return 'same';
  if (measure.better === 0) return mean > 0 ? 'more' : 'less';
  return mean * measure.better > 0 ? 'better' : 'worse';
}

const SHAPES = {
  better: () => s('path', { d: 'M7 1 13 12H1z', fill: '#12436D' }),
  worse: () => s('path', { d: 'M7 13 1 2h12z', fill: '#fff', stroke: '#9a3412', 'stroke-width': 2 }),
  more: () => s('path', { d: 'M2 7h10M7 2v10', stroke: '#212b32', 'stroke-width': 2.5 }),
  less: () => s('path', { d: 'M2 7h10', stroke: '#212b32', 'stroke-width': 2.5 }),
  same: () => s('path', { d: 'M2 5h10M2 9h10', stroke: '#4c6272', 'stroke-width': 2 }),
  unclear: () => s('circle', { cx: 7, cy: 7, r: 4.5, fill: 'none', stroke: '#4c6272', 'stroke-width': 2, 'stroke-dasharray': '2 2' }),
  unknown: () => null,
};

function against(measure, difference, value) {
  const kind = mark(measure, difference);
  if (!difference || !value) return h('td', {}, '–');
  const sign = s('svg', { class: 'shape', width: 14, height: 14, viewBox: '0 0 14 14', 'aria-hidden': 'true' }, SHAPES[kind]());
  return h('td', { class: kind }, h('span', { class: 'mark' }, sign, gap(measure, difference[0])),
    h('span', { class: 'word' }, `${kind}, ${level(measure, value[0])}`));
}

/** Arms that are held against the reference; on a phone the one that is looked at. */
function compared(arm) {
  const others = DATA.arms.map((_, at) => at).filter(at => at !== DATA.reference);
  return isNarrow() && others.length > 1 ? others.filter(at => at === arm) : others;
}

/** The table of a setting. */
export function matrix(point, arm) {
  const shown = compared(arm);
  const record = at => DATA.records[recordAt(point, at)];
  const reference = record(DATA.reference);
  const head = [h('th', { scope: 'col' }, 'Measure'), h('th', { scope: 'col' }, reference.name),
    ...shown.map(at => h('th', { scope: 'col' }, record(at).name))];
  const row = (measure, index) => h('tr', {}, h('th', { scope: 'row' }, capital(measure.label)),
    h('td', {}, reference.outcomes[index] ? level(measure, reference.outcomes[index][0]) : '–'),
    ...shown.map(at => against(measure, DATA.pairs[point][at][3][index], record(at).outcomes[index])));
  return h('div', { class: 'scroll whole', tabindex: 0, role: 'region', 'aria-label': 'Measures by arms' },
    h('table', { class: 'matrix' }, h('caption', {}, `Mean of ${DATA.runs} runs, and the mean difference from “${reference.name}”, run by run`),
      h('thead', {}, h('tr', {}, ...head)), h('tbody', {}, ...DATA.measures.map(row))));
}

/** The same as rows for a file, with all arms and their intervals. */
export function matrixRows(point) {
  const head = ['measure', 'arm', 'mean', 'low', 'high', 'difference', 'difference_low', 'difference_high'];
  const rows = DATA.measures.flatMap((measure, index) => DATA.arms.map((arm, at) => {
    const difference = DATA.pairs[point][at]?.[3][index];
    return [measure.key, arm.key, ...(DATA.records[recordAt(point, at)].outcomes[index] ?? [null, null, null]), ...(difference ?? [null, null, null])];
  }));
  return [head, ...rows];
}
