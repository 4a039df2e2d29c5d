// The recording that the page carries: its settings, its records, and curves that are written as text.

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const POSITION = new Map([...LETTERS].map((letter, position) => [letter, position]));
const NONE = 4095;

/** All that is shown. A file has every setting of it; a page that is served takes in other data with every answer. */
export const DATA = {};
/** Number of points in time. */
export let LENGTH = 0;
export let IS_MEADOW = false;

/** Takes in the data of a recording. */
export function take(data) {
  for (const name of Object.keys(DATA)) delete DATA[name];
  Object.assign(DATA, data);
  LENGTH = DATA.steps.length;
  IS_MEADOW = DATA.view === 'meadow';
  known.clear();
}

/** Numbers between two ends, from two letters each. */
function decoded(text, low, high) {
  const values = new Array(text.length / 2);
  for (let at = 0; at < values.length; at++) {
    const step = POSITION.get(text[2 * at]) * 64 + POSITION.get(text[2 * at + 1]);
    values[at] = step === NONE ? NaN : low + (step / (NONE - 1)) * (high - low);
  }
  return values;
}

const known = new Map();

/** What `make` makes of a record, made once. */
function once(key, make) {
  if (!known.has(key)) {
    if (known.size > 4000) known.clear();
    known.set(key, make());
  }
  return known.get(key);
}

function curve(index, text) {
  const { low, high } = DATA.series[index];
  return decoded(text, low, high);
}

/** The setting at which every knob stands at its stop. */
export function pointOf(stops) {
  return DATA.turns.reduce((point, turn, at) => point * turn.stops.length + stops[at], 0);
}

/** Whether a setting is at hand. */
export const has = point => Boolean(DATA.points[point]);

/** Position of the record of an arm at a setting. */
export const recordAt = (point, arm) => DATA.points[point][arm];

/** The typical run at a setting, or an unusual one: the same number in all arms. */
export function runAt(point, which) {
  return DATA.records[recordAt(point, DATA.reference)].named[which];
}

/** The course of a series in one run of a record. */
export function course(record, run, index) {
  return once(`${record} ${run} ${index}`, () => curve(index, DATA.records[record].runs[run][index]));
}

/** What nine runs in ten do, and the middle one: three curves. */
export function quantiles(record, index) {
  return once(`${record} q ${index}`, () => DATA.records[record].q[index].map(text => curve(index, text)));
}

/** Some runs of a record whose stock ends in two humps. */
export function sample(record) {
  return once(`${record} sample`, () => (DATA.records[record].sample ?? []).map(text => curve(0, text)));
}

/** What each provider did and earned in one run, where there are few. */
export function herdOf(record, run) {
  const text = DATA.records[record].herds?.[run];
  if (!text || text[0][0].length !== 2 * LENGTH) return null;
  return once(`${record} ${run} herd`, () => {
    const effort = text[0].map(one => decoded(one, ...DATA.effort));
    const earned = text[1].map(one => sums(decoded(one, ...DATA.earned)));
    return { effort, earned };
  });
}

/** Sums so far. */
function sums(values) {
  let sum = 0;
  return values.map(value => (sum += value));
}

/** What has been earned so far in one run. */
export function earnedSoFar(record, run) {
  return once(`${record} ${run} earned`, () => sums(course(record, run, 2)));
}
