// The page as it is served: asks for runs, shows what comes, and keeps the address up with what is asked.

import { byId, fixed } from './base.js';
import { DATA, LENGTH, take } from './recording.js';
import { state, further } from './state.js';
import { begin, rebuild, show, present } from './page.js';
import { panel, offer, fill, say, progress, faults } from './panel.js';

/** The name of this page: a newer question of it takes the place of an older. */
const PAGE = [...crypto.getRandomValues(new Uint32Array(4))].map(part => part.toString(36)).join('-');
const MOST_LETTERS = 900000;
/** What an address says of the view and not of knobs. */
const VIEW = ['run', 'show', 'series', 'by', 'at', 'scenario', 'set', 'runs', 'seed'];

/** What is asked, besides the stops of the knobs; no arms are those that the server was started with. */
let asked = { arms: [], values: [], runs: 200, seed: 1 };
let flight = null;
let waiting = 0;
/** The stops of what is shown. */
let settled = [];
/** What the panel shows as asked. */
let filled = null;

// ---------- the address ----------

/** The stops that an address names. */
const stopsIn = hash => Object.fromEntries([...new URLSearchParams(hash.replace(/^#/, ''))].filter(([name]) => !VIEW.includes(name)));

/** What an address asks for; what it says wrongly is as usual. */
function askedIn(hash) {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  const whole = (name, usual) => (/^\d{1,16}$/.test(said.get(name) ?? '') ? Number(said.get(name)) : usual);
  const values = said.getAll('set').map(one => {
    const at = one.indexOf('=');
    try {
      return at > 0 ? [one.slice(0, at), JSON.parse(one.slice(at + 1))] : null;
    } catch {
      return null;
    }
  });
  return { arms: said.getAll('scenario').map(name => ({ name })), values: values.filter(one => one), runs: whole('runs', 200), seed: whole('seed', 1) };
}

/** Puts what is asked into the address of every view. */
function keepAsked() {
  const pairs = [...asked.arms.filter(arm => arm.text === undefined).map(arm => ['scenario', arm.name]), ...asked.values.map(([pointer, value]) => ['set', `${pointer}=${JSON.stringify(value)}`])];
  if (asked.runs !== 200) pairs.push(['runs', asked.runs]);
  if (asked.seed !== 1) pairs.push(['seed', asked.seed]);
  further.splice(0, further.length, ...pairs);
}

// ---------- asking ----------

async function fetched(question, signal) {
  const response = await fetch('/api/run', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ page: PAGE, ...question }), signal });
  const answer = await response.json().catch(() => ({ problem: `the server answers ${response.status}`, faults: [] }));
  if (!response.ok) throw Object.assign(new Error(answer.problem), { told: answer });
  return answer;
}

/** Asks now and then how far the runs are, until the flight is over. */
function watch(signal) {
  const ask = async () => {
    if (signal.aborted) return;
    const far = await fetch(`/api/progress/${PAGE}`, { signal }).then(response => response.json()).catch(() => null);
    if (signal.aborted || !far || !far[1]) return;
    progress(far[0] / far[1]);
  };
  const timer = setInterval(ask, 400);
  signal.addEventListener('abort', () => clearInterval(timer));
  return () => clearInterval(timer);
}

const namesOfStops = () => Object.fromEntries(DATA.turns.map((turn, at) => [turn.name, turn.stops[state.stops[at]][0]]));

/** Asks for a setting and then for those around it, and shows what comes; of a setting that is at hand only those around it. */
async function ask(next, stops, isHere) {
  clearTimeout(waiting);
  flight?.abort();
  flight = new AbortController();
  const { signal } = flight;
  const done = watch(signal);
  try {
    if (!isHere) {
      const data = await fetched({ ...next, stops, around: false }, signal);
      asked = next;
      put(data, true);
    }
    if (DATA.turns.length) put(await fetched({ ...asked, stops: namesOfStops(), around: true }, signal), false);
  } catch (error) {
    if (!signal.aborted) refused(error);
  } finally {
    done();
    if (!signal.aborted) {
      flight = null;
      progress(null);
    }
  }
}

/** What makes a page another one, so that it must be built anew. */
const shape = () => JSON.stringify([DATA.arms?.map(arm => [arm.key, arm.title, arm.tone]), DATA.turns, DATA.series?.map(one => one.key), DATA.view, DATA.steps, DATA.runs, DATA.fixed, DATA.reference, DATA.seed]);

/** Takes in an answer and shows it; `anew` as another setting, which is played from its beginning. */
function put(data, anew) {
  const [isFirst, before] = [!DATA.steps, shape()];
  take(data);
  settled = data.live.stops;
  keepAsked();
  faults(null);
  if (filled !== asked) fill(asked, actions);
  filled = asked;
  const names = asked.arms.some(arm => arm.text !== undefined) ? ' A dropped file is not in the link: download the scenario to keep it.' : '';
  const around = data.live.around || !DATA.turns.length ? '' : ' The other stops of the knobs are being worked out.';
  say(`${DATA.runs} runs of ${DATA.arms.length === 1 ? 'one scenario' : `${DATA.arms.length} scenarios`}${data.live.around ? ' at every stop' : ''} in ${fixed(data.live.milliseconds / 1000, 2)} s.${around}${data.live.notes.map(note => ` ${note}`).join('')}${names}`);
  document.title = `${DATA.title} – commonground`;
  if (isFirst) { begin(location.hash, { panel: room, turned, addressed, stops: [...settled] }); return; }
  state.stops = [...settled];
  within();
  if (shape() !== before) rebuild();
  else if (!anew) show();
  if (anew) present();
}

/** Keeps what is looked at within what there is. */
function within() {
  if (state.series >= DATA.series.length) state.series = 0;
  if (state.turn >= DATA.turns.length) state.turn = 0;
  if (state.arm >= DATA.arms.length || state.arm === DATA.reference) state.arm = DATA.judged ?? 0;
  state.time = Math.min(state.time, LENGTH - 1);
}

/** Tells why there is no answer; what is shown stays as it was. */
function refused(error) {
  const { problem, faults: list } = error.told ?? { problem: 'The server does not answer: is it still running', faults: [] };
  if (!DATA.steps) {
    byId('app').replaceChildren(room);
    say('');
  } else {
    state.stops = [...settled];
    fill(asked, actions);
    show();
    say(`${problem}.`);
  }
  faults(problem, list);
}

// ---------- what can be done ----------

/** After a knob has been turned: once the hand rests what is missing is asked for. */
function turned(isHere) {
  flight?.abort();
  clearTimeout(waiting);
  if (isHere) settled = [...state.stops];
  waiting = setTimeout(() => ask(asked, namesOfStops(), isHere), isHere ? 300 : 40);
}

/** After the address has been changed by hand or by going back. */
function addressed() {
  ask(askedIn(location.hash), stopsIn(location.hash), false);
}

/** The arms that are shown, as they are asked for. */
const arms = () => (asked.arms.length ? asked.arms : DATA.live?.arms.map(name => ({ name })) ?? []);
const change = (next, stops = DATA.steps ? namesOfStops() : {}) => ask({ ...asked, ...next }, stops, false);

/** The stops of all knobs but those that turn a place, or something in it: what is set there by hand is where they stand. */
function stopsBut(pointer) {
  const isTurned = turn => turn.sets?.some(place => place === pointer || place.startsWith(`${pointer}/`));
  const turned = new Set((DATA.turns ?? []).filter(isTurned).map(turn => turn.name));
  return Object.fromEntries(Object.entries(DATA.steps ? namesOfStops() : {}).filter(([name]) => !turned.has(name)));
}

function opened(arm, isBeside) {
  if (isBeside) change({ arms: [...arms(), arm] });
  else change({ arms: [arm], values: [] }, {});
}

const actions = {
  open(name, isBeside) {
    if (name) opened({ name }, isBeside);
  },
  async openFile(file) {
    if (file.size > MOST_LETTERS) { faults(`${file.name} has more than ${MOST_LETTERS / 1000} kB; a page takes smaller files`, []); return; }
    opened({ name: file.name, text: await file.text() }, false);
  },
  first: at => change({ arms: [arms()[at], ...arms().filter((_, other) => other !== at)] }),
  remove: at => change({ arms: arms().filter((_, other) => other !== at) }),
  set(pointer, value) {
    if (pointer) change({ values: [...asked.values.filter(([other]) => other !== pointer), [pointer, value]] }, stopsBut(pointer));
  },
  unset: at => change({ values: asked.values.filter((_, other) => other !== at) }, stopsBut(asked.values[at][0])),
  again(runs, seed) {
    change({ runs, seed: Number.isSafeInteger(seed) && seed >= 0 ? seed : 1 });
  },
  cancel() {
    const wasAtWork = flight && !flight.signal.aborted;
    clearTimeout(waiting);
    flight?.abort();
    progress(null);
    fetch(`/api/cancel/${PAGE}`, { method: 'POST' }).catch(() => null);
    say(wasAtWork ? 'Cancelled. What is shown is from before.' : 'Nothing is running.');
    if (DATA.steps) { state.stops = [...settled]; show(); }
  },
};

const room = panel(actions);

function listenToFiles() {
  const mark = isOver => document.body.classList.toggle('drop', isOver);
  addEventListener('dragover', event => { event.preventDefault(); mark(true); });
  addEventListener('dragleave', event => { if (!event.relatedTarget) mark(false); });
  addEventListener('drop', event => {
    event.preventDefault();
    mark(false);
    const [file] = event.dataTransfer?.files ?? [];
    if (file) actions.openFile(file);
  });
}

listenToFiles();
fetch('/api/scenarios').then(response => response.json()).then(offer).catch(() => null);
ask(askedIn(location.hash), stopsIn(location.hash), false);
