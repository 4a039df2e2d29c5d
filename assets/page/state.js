// What is looked at: the stops of all knobs, the run, the time and the chart; and the same as the address of the page.

import { DATA, LENGTH } from './recording.js';

export const RUNS = ['typical', 'unusual'];

/** What is looked at. `time` counts points in time from 0, and lies between two of them while a run is played. */
export const state = { stops: [], run: 0, time: 0, many: false, series: 0, turn: 0, arm: 0, speed: 10 };

/** What else the address of the page holds, as pairs of name and value: of a page that is served what is asked of it. */
export const further = [];

/** Everything as the scenarios themselves have it. */
export function home() {
  state.stops = DATA.turns.map(turn => turn.home);
  Object.assign(state, { run: 0, time: 0, many: false, series: 0, turn: 0 });
  state.arm = DATA.judged ?? 0;
}

/** Takes on what an address says; what it does not say, or says wrongly, is as the scenarios have it. */
export function readAddress(hash) {
  home();
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  DATA.turns.forEach((turn, at) => {
    const stop = turn.stops.findIndex(([name]) => name === said.get(turn.name));
    if (stop >= 0) state.stops[at] = stop;
  });
  state.run = Math.max(0, RUNS.indexOf(said.get('run')));
  state.many = said.get('show') === 'all';
  state.series = Math.max(0, DATA.series.findIndex(one => one.key === said.get('series')));
  state.turn = Math.max(0, DATA.turns.findIndex(one => one.name === said.get('by')));
  const at = Number.parseInt(said.get('at') ?? '', 10);
  const has = Number.isFinite(at);
  if (has) state.time = Math.min(LENGTH - 1, Math.max(0, DATA.steps.findIndex(step => step >= at)));
  return has;
}

/** The address of what is looked at. */
export function address() {
  const said = new URLSearchParams();
  DATA.turns.forEach((turn, at) => said.set(turn.name, turn.stops[state.stops[at]][0]));
  said.set('run', RUNS[state.run]);
  if (state.many) said.set('show', 'all');
  if (state.series > 0) said.set('series', DATA.series[state.series].key);
  if (state.turn > 0) said.set('by', DATA.turns[state.turn].name);
  said.set('at', DATA.steps[Math.floor(state.time)]);
  for (const [name, value] of further) said.append(name, value);
  return `#${said}`;
}

/** Keeps the address up with what is looked at. */
export function keepAddress() {
  try {
    history.replaceState(null, '', address());
  } catch {
    // A viewer in a sandbox has no history; all else works.
  }
}
