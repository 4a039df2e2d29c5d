// The page at work: fills in what is looked at, plays runs, and listens to the controls.

import { h, byId, calm, fixed, signed, announce, capital } from './base.js';
import { DATA, LENGTH, IS_MEADOW, pointOf, recordAt, runAt, course, quantiles, sample, herdOf, earnedSoFar } from './recording.js';
import { state, readAddress, address, keepAddress } from './state.js';
import { TONES, chart, table } from './chart.js';
import { draw, shown } from './drawing.js';
import { saveCsv, saveScenario } from './files.js';
import { matrix, matrixRows } from './matrix.js';
import { build } from './view.js';

const ARMS = DATA.arms.map((_, at) => at);
let point = 0;
let runs = [];

const nameOf = arm => DATA.records[recordAt(point, arm)].name;
const toneOf = arm => TONES[DATA.arms[arm].tone % TONES.length];
const whenIs = at => `${capital(DATA.unit)} ${DATA.steps[at]} of ${DATA.steps[LENGTH - 1]}`;

/** The run of each arm that is shown. */
function pick() {
  point = pointOf(state.stops);
  const run = runAt(point, state.run);
  runs = ARMS.map(arm => {
    const record = recordAt(point, arm);
    const all = DATA.series.map((_, index) => course(record, run, index));
    const base = { all, stock: all[0], tone: DATA.arms[arm].tone % TONES.length };
    if (!IS_MEADOW) return base;
    const best = DATA.records[recordAt(point, DATA.reference)].best;
    return { ...base, cows: all[1].map(effort => effort * DATA.planned), earned: earnedSoFar(record, run), herd: herdOf(record, run), best };
  });
}

function facts(arm, at) {
  const run = runs[arm];
  if (IS_MEADOW) return [`${fixed(run.stock[at] * 100)}%`, fixed(run.cows[at]), fixed(run.earned[at])];
  return DATA.series.slice(0, 3).map((series, index) => shown(series, run.all[index][at]));
}

let last = -1;

/** Draws the moment; `all` also what does not move with time. */
function frame(all) {
  const at = Math.floor(state.time);
  for (const arm of ARMS) draw(byId(`draw-${arm}`), runs[arm], state.time);
  if (!all && at === last) return;
  last = at;
  for (const arm of ARMS) facts(arm, at).forEach((fact, index) => { byId(`now-${arm}-${index}`).textContent = fact; });
  byId('when').textContent = whenIs(at);
  byId('time').value = at;
  byId('time').setAttribute('aria-valuetext', whenIs(at));
  if (!state.many || all) lineChart(at);
  if (all) describe(at);
}

/** What the drawings show, in words. */
function describe(at) {
  const labels = IS_MEADOW ? ['grass', 'cows', 'coins so far'] : DATA.series.map(series => series.label);
  for (const arm of ARMS) byId(`draw-${arm}`).setAttribute('aria-label', `${nameOf(arm)}, ${whenIs(at)}: ${facts(arm, at).map((fact, index) => `${labels[index]} ${fact}`).join(', ')}`);
}

// ---------- charts ----------

/** How a series is shown: factor, title of its axis. */
function shownAs(index) {
  const series = DATA.series[index];
  if (IS_MEADOW) return [[100, 'grass, % of full'], [DATA.planned, 'cows on the pasture'], [1, `coins a ${DATA.unit}, all together`]][index];
  return series.percent ? [100, `${series.label}, %`] : [1, series.label];
}

function lines(index, factor, at) {
  const times = values => values.map(value => value * factor);
  return ARMS.map(arm => {
    const [record, tone, name] = [recordAt(point, arm), toneOf(arm), nameOf(arm)];
    if (!state.many) return { tone, name, ys: times(runs[arm].all[index]).map((value, step) => (step <= at ? value : NaN)) };
    const [low, middle, high] = quantiles(record, index).map(times);
    return { tone, name, ys: middle, band: [low, high], thin: index === 0 ? sample(record).map(times) : [] };
  });
}

function range(index, factor) {
  const { low, high, percent, key } = DATA.series[index];
  const top = percent && key !== 'margin' && factor === 100 ? Math.max(100, high * 100) : high * factor;
  return [low * factor, index === 1 && IS_MEADOW ? high * factor : top];
}

function lineChart(at) {
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
const humped = () => ARMS.map(arm => ({ name: nameOf(arm), humps: DATA.records[recordAt(point, arm)].humps })).filter(({ humps }) => humps);

function manyTitle() {
  const two = state.series === 0 ? humped() : [];
  if (!two.length) return `All ${DATA.runs} runs: the middle one, and the band of nine in ten`;
  return two.map(({ name, humps: [low, high, between] }) => `${name}: ${low} runs end below ${fixed(between * 100)}%, ${high} above`).join('; ');
}

function manyNote() {
  const two = state.series === 0 && humped().length;
  return `Thick: the middle of ${DATA.runs} runs. Band: nine runs in ten.${two ? ' Where runs end in two groups with a gap between, a band says too little: the thin lines are twelve single runs.' : ''}`;
}

const csvOfRuns = () => [['arm', 'run', DATA.unit, ...DATA.series.map(series => series.key), ...DATA.series.flatMap(series => [`${series.key}_q05`, `${series.key}_median`, `${series.key}_q95`])],
  ...ARMS.flatMap(arm => {
    const fan = DATA.series.flatMap((_, index) => quantiles(recordAt(point, arm), index));
    return DATA.steps.map((step, at) => [DATA.arms[arm].key, runAt(point, state.run), step, ...runs[arm].all.map(values => values[at]), ...fan.map(values => values[at])]);
  })];

function lineTable() {
  const [factor, title] = shownAs(state.series);
  const decimals = factor === 1 ? 2 : 1;
  const cells = (arm, at) => (state.many ? quantiles(recordAt(point, arm), state.series) : [runs[arm].all[state.series]]).map(values => fixed(values[at] * factor, decimals));
  const heads = arm => (state.many ? [`${nameOf(arm)}: 5% of runs below`, 'middle', '95% below'] : [nameOf(arm)]);
  byId('line-table').replaceChildren(table(`${capital(title)}: ${state.many ? `${DATA.runs} runs` : `${state.run ? 'the unusual' : 'a typical'} run`}`,
    [capital(DATA.unit), ...ARMS.flatMap(heads)], DATA.steps.map((step, at) => [step, ...ARMS.flatMap(arm => cells(arm, at))])));
}

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

function turnChart() {
  if (!DATA.turns.length) return;
  const { measure, turn, factor, values } = turned();
  const all = ARMS.map(values);
  const ends = all.flat(2).filter(Number.isFinite);
  const range = factor === 100 && measure.key !== 'margin' ? [0, 100] : [Math.min(0, ...ends), Math.max(...ends)];
  const named = IS_MEADOW ? 'Grass left at the end' : capital(measure.label);
  byId('turn-title').textContent = `${named}, by ${turn.label.toLowerCase()}`;
  chart(byId('turned'), {
    lines: ARMS.map(arm => ({ tone: toneOf(arm), name: turnName(arm, turn), ys: all[arm].map(([mean]) => mean), ends: all[arm].map(([, low, high]) => [low, high]) })),
    xs: turn.stops.map((_, at) => at), margin: 0.3, mark: state.stops[state.turn], range, xTicks: turn.stops.map(([name], at) => [at, name]),
    xTitle: turn.label, yTitle: factor === 100 ? `${named.toLowerCase()}, %` : named.toLowerCase(),
    says: `${named} by ${turn.label}: ${ARMS.map(arm => `${turnName(arm, turn)} ${all[arm].map(([mean], at) => `${fixed(mean, 1)} at ${turn.stops[at][0]}`).join(', ')}`).join('; ')}.`,
  });
  byId('turn-table').replaceChildren(table(`${named}, mean of ${DATA.runs} runs (95% interval)`, [turn.label, ...ARMS.map(arm => turnName(arm, turn))],
    turn.stops.map(([name], at) => [name, ...ARMS.map(arm => `${fixed(all[arm][at][0], 1)} (${fixed(all[arm][at][1], 1)} to ${fixed(all[arm][at][2], 1)})`)])));
}

/** What an arm is called whatever the stop: without its first word, where that is a number which the knob itself changes. */
function turnName(arm, turn) {
  const at = stop => DATA.records[recordAt(pointOf(state.stops.map((one, position) => (DATA.turns[position] === turn ? stop : one))), arm)].name;
  if (turn.rule || at(turn.stops.length - 1) === at(0)) return nameOf(arm);
  return capital(at(turn.stops.length - 1).replace(/^\S+ /, ''));
}

// ---------- words ----------

function verdict() {
  const [head, said] = DATA.verdicts[point];
  byId('head').textContent = head;
  byId('verdict').replaceChildren(...said.map(([lead, text]) => h('li', {}, h('b', {}, lead), ' ', h('span', {}, text))));
}

function winners() {
  if (!byId('matrix')) return;
  byId('matrix').replaceChildren(matrix(point, state.arm));
  each();
  const main = DATA.main === 'welfare' ? `${DATA.money} for all together` : 'need met';
  byId('win-runs').textContent = ARMS.filter(arm => arm !== DATA.reference).map(arm => {
    const [more, less, same] = DATA.pairs[point][arm];
    return same ? `${nameOf(arm)}: the same in every run.` : `${nameOf(arm)}: more ${main} in ${more} of ${DATA.runs} paired runs, less in ${less}.`;
  }).join(' ');
}

/** What each provider earned in the run that is shown, where there are few: the same one in each arm. */
function each() {
  const of = runs.map(run => run.herd?.earned).map((earned, arm) => ({ arm, earned })).filter(({ earned }) => earned && earned.length > 1);
  const reference = of.find(({ arm }) => arm === DATA.reference)?.earned;
  if (!reference) { byId('each').replaceChildren(); return; }
  const last = values => values[LENGTH - 1];
  const cell = (earned, arm, owner) => (arm === DATA.reference ? fixed(last(earned[owner])) : `${fixed(last(earned[owner]))} (${signed(last(earned[owner]) - last(reference[owner]))})`);
  byId('each').replaceChildren(table(`${capital(DATA.money)} of each herder in ${state.run ? 'the unusual' : 'the typical'} run, and the difference from “${nameOf(DATA.reference)}”`,
    ['Herder', ...of.map(({ arm }) => nameOf(arm))], reference.map((_, owner) => ['ABCDEF'[owner], ...of.map(({ earned, arm }) => cell(earned, arm, owner))])));
}

function rules() {
  const of = arm => {
    const record = DATA.records[recordAt(point, arm)];
    const sections = record.facts.map(([heading, facts]) => [h('h3', {}, DATA.texts[heading]), h('ul', {}, ...facts.map(fact => h('li', {}, DATA.texts[fact])))]);
    return h('details', {}, h('summary', {}, record.name), ...sections.flat());
  };
  byId('rules').replaceChildren(...ARMS.map(of));
}

function controls() {
  DATA.turns.forEach((turn, at) => {
    const [input, [name, says]] = [byId(`knob-${at}`), turn.stops[state.stops[at]]];
    if (turn.rule) { input.checked = state.stops[at] === 1; return; }
    const full = turn.unit ? `${name} ${turn.unit}` : name;
    input.value = state.stops[at];
    input.setAttribute('aria-valuetext', `${full}. ${says}`);
    byId(`knob-${at}-name`).textContent = full;
    byId(`knob-${at}-says`).textContent = says;
  });
  byId('run').value = state.run;
  byId('series').value = state.series;
  byId('speed').value = state.speed;
  if (byId('turn')) byId('turn').value = state.turn;
  if (byId('arm')) byId('arm').value = state.arm;
  byId('one').setAttribute('aria-pressed', String(!state.many));
  byId('many').setAttribute('aria-pressed', String(state.many));
}

/** Everything anew for what is set. */
function show() {
  pick();
  for (const arm of ARMS) {
    byId(`name-${arm}`).textContent = nameOf(arm);
    byId(`about-${arm}`).textContent = DATA.records[recordAt(point, arm)].about;
  }
  controls();
  verdict();
  turnChart();
  winners();
  rules();
  lineTable();
  frame(true);
  link();
}

function link() {
  keepAddress();
  byId('link').setAttribute('href', address());
}

// ---------- playing ----------

let playing = 0;
let before = 0;

function stop() {
  cancelAnimationFrame(playing);
  playing = 0;
  byId('play').textContent = state.time >= LENGTH - 1 ? 'Play again' : 'Play';
}

function play() {
  if (state.time >= LENGTH - 1) state.time = 0;
  byId('play').textContent = 'Pause';
  before = 0;
  const step = now => {
    if (before) state.time = Math.min(LENGTH - 1, state.time + ((now - before) / 1000) * (LENGTH / state.speed));
    before = now;
    frame(false);
    if (state.time < LENGTH - 1) { playing = requestAnimationFrame(step); return; }
    rest();
    announce(`${whenIs(LENGTH - 1)}. ${DATA.verdicts[point][0]}`);
  };
  playing = requestAnimationFrame(step);
}

/** Stops, and brings everything up with the moment. */
function rest() {
  stop();
  frame(true);
  link();
}

function go(to) {
  state.time = Math.max(0, Math.min(LENGTH - 1, to));
  rest();
}

// ---------- listening ----------

let waiting = 0;

/** After a knob has been turned: the new setting at once, and the run from its beginning once the hand rests. */
function turn(at, stopAt) {
  state.stops[at] = stopAt;
  stop();
  show();
  announce(DATA.verdicts[point][0]);
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (calm.matches) { go(LENGTH - 1); return; }
    state.time = 0;
    play();
  }, 500);
}

const on = (id, kind, listen) => byId(id)?.addEventListener(kind, listen);

function listen() {
  on('play', 'click', () => { clearTimeout(waiting); if (playing) rest(); else play(); });
  on('back', 'click', () => go(Math.ceil(state.time) - 1));
  on('on', 'click', () => go(Math.floor(state.time) + 1));
  on('time', 'input', event => { clearTimeout(waiting); go(Number(event.target.value)); });
  DATA.turns.forEach((one, at) => on(`knob-${at}`, one.rule ? 'change' : 'input', event => turn(at, one.rule ? Number(event.target.checked) : Number(event.target.value))));
  on('run', 'change', event => { state.run = Number(event.target.value); show(); });
  on('speed', 'change', event => { state.speed = Number(event.target.value); });
  on('series', 'change', event => { state.series = Number(event.target.value); show(); });
  on('turn', 'change', event => { state.turn = Number(event.target.value); show(); });
  on('arm', 'change', event => { state.arm = Number(event.target.value); show(); });
  on('one', 'click', () => { state.many = false; show(); });
  on('many', 'click', () => { state.many = true; show(); });
  on('home', 'click', () => { stop(); readAddress(''); state.time = calm.matches ? LENGTH - 1 : 0; show(); announce(DATA.verdicts[point][0]); });
  on('line-csv', 'click', () => saveCsv('runs', csvOfRuns()));
  on('turn-csv', 'click', () => saveCsv('settings', turnRows()));
  on('matrix-csv', 'click', () => saveCsv('measures', matrixRows(point)));
  document.querySelectorAll('[data-scenario]').forEach(one => one.addEventListener('click', () => saveScenario(Number(one.dataset.scenario), state.stops)));
  document.addEventListener('keydown', keys);
  addEventListener('hashchange', () => { stop(); readAddress(location.hash); show(); });
  let width = innerWidth;
  addEventListener('resize', () => { if (innerWidth !== width) { width = innerWidth; show(); } });
}

function turnRows() {
  const { measure, turn: one, factor, values } = turned();
  return [[one.name, 'arm', measure.key, 'low', 'high'], ...ARMS.flatMap(arm => values(arm).map((three, at) => [one.stops[at][0], DATA.arms[arm].key, ...three.map(value => value / factor)]))];
}

/** Space plays and pauses, arrows step, wherever no control wants these keys for itself. */
function keys(event) {
  const wanted = event.target.closest?.('input, select, button, summary, a, .scroll');
  if (wanted || event.ctrlKey || event.metaKey || event.altKey) return;
  const action = { ' ': 'play', ArrowLeft: 'back', ArrowRight: 'on' }[event.key];
  if (!action) return;
  event.preventDefault();
  byId(action).click();
}

function start() {
  const hasTime = readAddress(location.hash);
  if (!hasTime && calm.matches) state.time = LENGTH - 1;
  byId('still').remove();
  byId('app').hidden = false;
  build();
  listen();
  show();
  if (!hasTime && !calm.matches) play();
}

start();
