// What is on stage: the setting, the run of each arm that is shown, and what arms and moments are called.

import { capital, fixed } from './base.js';
import { DATA, LENGTH, IS_MEADOW, pointOf, recordAt, runAt, course, herdOf, earnedSoFar } from './recording.js';
import { state } from './state.js';
import { TONES } from './chart.js';
import { shown } from './drawing.js';

/** The position of the setting, the arms by position, and the run of each arm that is shown. */
export const scene = { point: 0, arms: [], runs: [] };

export const nameOf = arm => DATA.records[recordAt(scene.point, arm)].name;
export const toneOf = arm => TONES[DATA.arms[arm].tone % TONES.length];
export const whenIs = at => `${capital(DATA.unit)} ${DATA.steps[at]} of ${DATA.steps[LENGTH - 1]}`;

/** Takes up what is set. */
export function pick() {
  const point = pointOf(state.stops);
  const run = runAt(point, state.run);
  scene.point = point;
  scene.arms = DATA.arms.map((_, at) => at);
  scene.runs = scene.arms.map(arm => {
    const record = recordAt(point, arm);
    const all = DATA.series.map((_, index) => course(record, run, index));
    const base = { all, stock: all[0], tone: DATA.arms[arm].tone % TONES.length };
    if (!IS_MEADOW) return base;
    const best = DATA.records[recordAt(point, DATA.reference)].best;
    return { ...base, cows: all[1].map(effort => effort * DATA.planned), earned: earnedSoFar(record, run), herd: herdOf(record, run), best };
  });
}

/** The numbers beside a drawing at a moment. */
export function facts(arm, at) {
  const run = scene.runs[arm];
  if (IS_MEADOW) return [`${fixed(run.stock[at] * 100)}%`, fixed(run.cows[at]), fixed(run.earned[at])];
  return DATA.series.slice(0, 3).map((series, index) => shown(series, run.all[index][at]));
}
