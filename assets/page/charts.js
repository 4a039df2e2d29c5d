// The charts and their tables: one run or all over time, and what lasts at each stop of a knob.

import { h, byId, fixed, capital } from './base.js';
import { DATA, LENGTH, IS_MEADOW, has, pointOf, recordAt, runAt, quantiles, sample } from './recording.js';
import { state } from './state.js';
import { chart, table } from './chart.js';
import { scene, nameOf, toneOf, whenIs } from './scene.js';

/** How a series is shown: factor, title of its axis. */
function shownAs(index) {
  const series = DATA.series[index];
  if (IS_MEADOW) return [[100, 'grass, % of full'], [DATA.planned, 'cows on the pasture'], [1, `coins a ${DATA.unit}, all together`]][index];
  return series.percent ? [100, `${series.label}, %`] : [1, series.label];
}

function lines(index, factor, at) {
  const times = values => values.map(value => value * factor);
  return scene.arms.map(arm => {
    const [record, tone, name] = [recordAt(scene.point, arm), toneOf(arm), nameOf(arm)];
    if (!state.many) return { tone, name, ys: times(scene.runs[arm].all[index]).map((value, step) => (step <= at ? value : NaN)) };
    const [low, middle, high] = quantiles(record, index).map(times);
    return { tone, name, ys: middle, band: [low, high], thin: index === 0 ? sample(record).map(times) : [] };
  });
}

function range(index, factor) {
  const { low, high, percent, key } = DATA.series[index];
  const top = percent && key !== 'margin' && factor === 100 ? Math.max(100, high * 100) : high * factor;
  return [low * factor, index === 1 && IS_MEADOW ? high * factor : top];
}

export function lineChart(at) {
  const [factor, title] = shownAs(state.series);
  const steps = DATA.steps;
  const marks = [0, 0.25, 0.5, 0.75, 1].map(share => steps[Math.round(share * (LENGTH - 1))]);
  const many = lines(state.series, factor, at);
  const value = line => fixed(line.ys[state.many ? LENGTH - 1 : at], factor === 1 ? 1 : 0);
  byId('line-title').textContent = state.many ? manyTitle() : `One run, ${DATA.unit} by ${DATA.unit}: ${state.run ? 'the unusual' : 'a typical'} one`;
  byId('line-note').textContent = state.many ? manyNote() : '';
  chart(byId('line'), {
    lines: many, xs: steps, range: range(state.series, factor), xTicks: [...new Set(marks)].map(step => [step, step]), xTitle: DATA.unit, yTitle: title,
    says: `${title} by ${DATA.unit}, ${state.many ? `middle of ${DATA.runs} runs at the end` : whenIs(at)}: ${many.map(line => `${line.name} ${value(line)}`).join(', ')}. The table below has the numbers.`,
  });
}

/** Arms whose runs end in two humps. */
const humped = () => scene.arms.map(arm => ({ name: nameOf(arm), humps: DATA.records[recordAt(scene.point, arm)].humps })).filter(({ humps }) => humps);

function manyTitle() {
  const two = state.series === 0 ? humped() : [];
  if (!two.length) return `All ${DATA.runs} runs: the middle one, and the band of nine in ten`;
  return two.map(({ name, humps: [low, high, between] }) => `${name}: ${low} runs end below ${fixed(between * 100)}%, ${high} above`).join('; ');
}

function manyNote() {
  const two = state.series === 0 && humped().length;
  return `Thick: the middle of ${DATA.runs} runs. Band: nine runs in ten.${two ? ' Where runs end in two groups with a gap between, a band says too little: the thin lines are twelve single runs.' : ''}`;
}

export const csvOfRuns = () => [['arm', 'run', DATA.unit, ...DATA.series.map(series => series.key), ...DATA.series.flatMap(series => [`${series.key}_q05`, `${series.key}_median`, `${series.key}_q95`])],
  ...scene.arms.flatMap(arm => {
    const fan = DATA.series.flatMap((_, index) => quantiles(recordAt(scene.point, arm), index));
    return DATA.steps.map((step, at) => [DATA.arms[arm].key, runAt(scene.point, state.run), step, ...scene.runs[arm].all.map(values => values[at]), ...fan.map(values => values[at])]);
  })];

export function lineTable() {
  const [factor, title] = shownAs(state.series);
  const decimals = factor === 1 ? 2 : 1;
  const cells = (arm, at) => (state.many ? quantiles(recordAt(scene.point, arm), state.series) : [scene.runs[arm].all[state.series]]).map(values => fixed(values[at] * factor, decimals));
  const heads = arm => (state.many ? [`${nameOf(arm)}: 5% of runs below`, 'middle', '95% below'] : [nameOf(arm)]);
  byId('line-table').replaceChildren(table(`${capital(title)}: ${state.many ? `${DATA.runs} runs` : `${state.run ? 'the unusual' : 'a typical'} run`}`,
    [capital(DATA.unit), ...scene.arms.flatMap(heads)], DATA.steps.map((step, at) => [step, ...scene.arms.flatMap(arm => cells(arm, at))])));
}

/** Whether every stop of the knob that is shown is at hand. */
const isTurned = () => DATA.turns[state.turn].stops.every((_, stop) => has(pointOf(state.stops.map((one, position) => (position === state.turn ? stop : one)))));

/** The measure that is shown over the stops of a knob: of a commons the stock at the end, of a place the main one. */
function turned() {
  const found = DATA.measures.findIndex(measure => measure.key === (DATA.main === 'welfare' ? 'stock_end' : DATA.main));
  const index = Math.max(0, found);
  const turn = DATA.turns[state.turn];
  const at = stop => pointOf(state.stops.map((one, position) => (position === state.turn ? stop : one)));
  const factor = DATA.measures[index].percent ? 100 : 1;
  const values = arm => turn.stops.map((_, stop) => (DATA.records[recordAt(at(stop), arm)].outcomes[index] ?? [NaN, NaN, NaN]).map(value => (value === null ? NaN : value * factor)));
  return { measure: DATA.measures[index], index, turn, factor, values };
}

export function turnChart() {
  if (!DATA.turns.length) return;
  if (!isTurned()) {
    byId('turn-title').textContent = `By ${DATA.turns[state.turn].label.toLowerCase()}`;
    byId('turned').replaceChildren(h('p', { class: 'note' }, 'What the other stops come to is being worked out …'));
    byId('turn-table').replaceChildren();
    return;
  }
  const { measure, turn, factor, values } = turned();
  const all = scene.arms.map(values);
  const ends = all.flat(2).filter(Number.isFinite);
  const range = factor === 100 && measure.key !== 'margin' ? [0, 100] : [Math.min(0, ...ends), Math.max(...ends)];
  const named = IS_MEADOW ? 'Grass left at the end' : capital(measure.label);
  byId('turn-title').textContent = `${named}, by ${turn.label.toLowerCase()}`;
  chart(byId('turned'), {
    lines: scene.arms.map(arm => ({ tone: toneOf(arm), name: turnName(arm, turn), ys: all[arm].map(([mean]) => mean), ends: all[arm].map(([, low, high]) => [low, high]) })),
    xs: turn.stops.map((_, at) => at), margin: 0.3, mark: state.stops[state.turn], range, xTicks: turn.stops.map(([name], at) => [at, name]),
    xTitle: turn.label, yTitle: factor === 100 ? `${named.toLowerCase()}, %` : named.toLowerCase(),
    says: `${named} by ${turn.label}: ${scene.arms.map(arm => `${turnName(arm, turn)} ${all[arm].map(([mean], at) => `${fixed(mean, 1)} at ${turn.stops[at][0]}`).join(', ')}`).join('; ')}.`,
  });
  byId('turn-table').replaceChildren(table(`${named}, mean of ${DATA.runs} runs (95% interval)`, [turn.label, ...scene.arms.map(arm => turnName(arm, turn))],
    turn.stops.map(([name], at) => [name, ...scene.arms.map(arm => `${fixed(all[arm][at][0], 1)} (${fixed(all[arm][at][1], 1)} to ${fixed(all[arm][at][2], 1)})`)])));
}

/** What an arm is called whatever the stop: without its first word, where that is a number which the knob itself changes. */
function turnName(arm, turn) {
  const at = stop => DATA.records[recordAt(pointOf(state.stops.map((one, position) => (DATA.turns[position] === turn ? stop : one))), arm)].name;
  if (turn.rule || at(turn.stops.length - 1) === at(0)) return nameOf(arm);
  return capital(at(turn.stops.length - 1).replace(/^\S+ /, ''));
}

export function turnRows() {
  if (!isTurned()) return [];
  const { measure, turn: one, factor, values } = turned();
  return [[one.name, 'arm', measure.key, 'low', 'high'], ...scene.arms.flatMap(arm => values(arm).map((three, at) => [one.stops[at][0], DATA.arms[arm].key, ...three.map(value => value / factor)]))];
}
