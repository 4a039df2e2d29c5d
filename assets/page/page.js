// The page at work: fills in what is looked at, plays runs, and listens to the controls.

import { h, byId, calm, fixed, signed, announce, capital } from './base.js';
import { DATA, LENGTH, IS_MEADOW, has, pointOf, recordAt } from './recording.js';
import { state, readAddress, address, keepAddress } from './state.js';
import { table } from './chart.js';
import { draw } from './drawing.js';
import { saveCsv, saveScenario } from './files.js';
import { matrix, matrixRows } from './matrix.js';
import { build } from './view.js';
import { scene, nameOf, whenIs, pick, facts } from './scene.js';
import { lineChart, lineTable, turnChart, csvOfRuns, turnRows } from './charts.js';

let last = -1;

/** Draws the moment; `all` also what does not move with time. */
function frame(all) {
  const at = Math.floor(state.time);
  for (const arm of scene.arms) draw(byId(`draw-${arm}`), scene.runs[arm], state.time);
  if (!all && at === last) return;
  last = at;
  for (const arm of scene.arms) facts(arm, at).forEach((fact, index) => { byId(`now-${arm}-${index}`).textContent = fact; });
  byId('when').textContent = whenIs(at);
  byId('time').value = at;
  byId('time').setAttribute('aria-valuetext', whenIs(at));
  if (!state.many || all) lineChart(at);
  if (all) describe(at);
}

/** What the drawings show, in words. */
function describe(at) {
  const labels = IS_MEADOW ? ['grass', 'cows', 'coins so far'] : DATA.series.map(series => series.label);
  for (const arm of scene.arms) byId(`draw-${arm}`).setAttribute('aria-label', `${nameOf(arm)}, ${whenIs(at)}: ${facts(arm, at).map((fact, index) => `${labels[index]} ${fact}`).join(', ')}`);
}

// ---------- words ----------

function verdict() {
  const [head, said] = DATA.verdicts[scene.point];
  byId('head').textContent = head;
  byId('verdict').replaceChildren(...said.map(([lead, text]) => h('li', {}, h('b', {}, lead), ' ', h('span', {}, text))));
}

function winners() {
  if (!byId('matrix')) return;
  byId('matrix').replaceChildren(matrix(scene.point, state.arm));
  each();
  const main = DATA.main === 'welfare' ? `${DATA.money} for all together` : 'need met';
  byId('win-runs').textContent = scene.arms.filter(arm => arm !== DATA.reference).map(arm => {
    const [more, less, same] = DATA.pairs[scene.point][arm];
    return same ? `${nameOf(arm)}: the same in every run.` : `${nameOf(arm)}: more ${main} in ${more} of ${DATA.runs} paired runs, less in ${less}.`;
  }).join(' ');
}

/** What each provider earned in the run that is shown, where there are few: the same one in each arm. */
function each() {
  const of = scene.runs.map(run => run.herd?.earned).map((earned, arm) => ({ arm, earned })).filter(({ earned }) => earned && earned.length > 1);
  const reference = of.find(({ arm }) => arm === DATA.reference)?.earned;
  if (!reference) { byId('each').replaceChildren(); return; }
  const last = values => values[LENGTH - 1];
  const cell = (earned, arm, owner) => (arm === DATA.reference ? fixed(last(earned[owner])) : `${fixed(last(earned[owner]))} (${signed(last(earned[owner]) - last(reference[owner]))})`);
  byId('each').replaceChildren(table(`${capital(DATA.money)} of each herder in ${state.run ? 'the unusual' : 'the typical'} run, and the difference from “${nameOf(DATA.reference)}”`,
    ['Herder', ...of.map(({ arm }) => nameOf(arm))], reference.map((_, owner) => ['ABCDEF'[owner], ...of.map(({ earned, arm }) => cell(earned, arm, owner))])));
}

function rules() {
  const of = arm => {
    const record = DATA.records[recordAt(scene.point, arm)];
    const sections = record.facts.map(([heading, facts]) => [h('h3', {}, DATA.texts[heading]), h('ul', {}, ...facts.map(fact => h('li', {}, DATA.texts[fact])))]);
    return h('details', {}, h('summary', {}, record.name), ...sections.flat());
  };
  byId('rules').replaceChildren(...scene.arms.map(of));
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
export function show() {
  if (!has(pointOf(state.stops))) { controls(); return; }
  pick();
  for (const arm of scene.arms) {
    byId(`name-${arm}`).textContent = nameOf(arm);
    byId(`about-${arm}`).textContent = DATA.records[recordAt(scene.point, arm)].about;
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
    announce(`${whenIs(LENGTH - 1)}. ${DATA.verdicts[scene.point][0]}`);
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

/** What a page does besides that is served: `turned` is called after a knob has been turned, with whether its setting is at hand. */
const live = { panel: null, turned: null, addressed: null, stops: null };

/** After a knob has been turned: the new setting at once, and the run from its beginning once the hand rests. */
function turn(at, stopAt) {
  state.stops[at] = stopAt;
  stop();
  clearTimeout(waiting);
  const isHere = has(pointOf(state.stops));
  if (isHere) present();
  else controls();
  live.turned?.(isHere);
}

/** Shows what is set, says what it comes to, and plays it once the hand rests. */
export function present() {
  stop();
  show();
  announce(DATA.verdicts[scene.point][0]);
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
  on('back', 'click', () => { clearTimeout(waiting); go(Math.ceil(state.time) - 1); });
  on('on', 'click', () => { clearTimeout(waiting); go(Math.floor(state.time) + 1); });
  on('time', 'input', event => { clearTimeout(waiting); go(Number(event.target.value)); });
  DATA.turns.forEach((one, at) => on(`knob-${at}`, one.rule ? 'change' : 'input', event => turn(at, one.rule ? Number(event.target.checked) : Number(event.target.value))));
  on('run', 'change', event => { state.run = Number(event.target.value); show(); });
  on('speed', 'change', event => { state.speed = Number(event.target.value); });
  on('series', 'change', event => { state.series = Number(event.target.value); show(); });
  on('turn', 'change', event => { state.turn = Number(event.target.value); show(); });
  on('arm', 'change', event => { state.arm = Number(event.target.value); show(); });
  on('one', 'click', () => { state.many = false; show(); });
  on('many', 'click', () => { state.many = true; show(); });
  on('home', 'click', () => { stop(); readAddress(''); state.time = calm.matches ? LENGTH - 1 : 0; reach(); });
  on('line-csv', 'click', () => saveCsv('runs', csvOfRuns()));
  on('turn-csv', 'click', () => saveCsv('settings', turnRows()));
  on('matrix-csv', 'click', () => saveCsv('measures', matrixRows(scene.point)));
  document.querySelectorAll('[data-scenario]').forEach(one => one.addEventListener('click', () => saveScenario(Number(one.dataset.scenario), state.stops)));
}

/** Listens to what is there whatever is built: once. */
function listenToWindow() {
  document.addEventListener('keydown', keys);
  addEventListener('hashchange', () => { stop(); if (live.addressed) live.addressed(); else { readAddress(location.hash); show(); } });
  let width = innerWidth;
  addEventListener('resize', () => { if (innerWidth !== width) { width = innerWidth; show(); } });
}

/** Shows a setting that an address or a button names, or has it made. */
function reach() {
  const isHere = has(pointOf(state.stops));
  if (isHere) { show(); announce(DATA.verdicts[scene.point][0]); } else controls();
  live.turned?.(isHere);
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

/** Builds the page anew for what has been taken in, and keeps the focus where it was. */
export function rebuild() {
  const id = document.activeElement?.id;
  cancelAnimationFrame(playing);
  playing = 0;
  build(live.panel);
  listen();
  show();
  if (id) byId(id)?.focus({ preventScroll: true });
}

/** Shows the data that have been taken in, for the first time. `further` is what a page does that is served. */
export function begin(hash, further = {}) {
  Object.assign(live, further);
  const hasTime = readAddress(hash);
  if (live.stops) state.stops = live.stops;
  if (!hasTime && calm.matches) state.time = LENGTH - 1;
  byId('still')?.remove();
  byId('app').hidden = false;
  listenToWindow();
  rebuild();
  if (!hasTime && !calm.matches) play();
}
