// The room of the page: cards, controls, charts and tables, built once; what is in them is filled in by page.js.

import { h, byId, capital } from './base.js';
import { DATA, IS_MEADOW } from './recording.js';

const button = (id, label, attributes = {}) => h('button', { id, type: 'button', ...attributes }, ...[label].flat());
const hidden = text => h('span', { class: 'vh' }, text);

function card(arm, at) {
  const facts = IS_MEADOW ? ['grass', 'cows', 'coins so far'] : DATA.series.slice(0, 3).map(series => series.label);
  return h('section', { class: `card arm tone${arm.tone}`, 'aria-labelledby': `name-${at}` },
    h('h2', { id: `name-${at}` }), h('p', { class: 'who', id: `about-${at}` }),
    h('canvas', { id: `draw-${at}`, role: 'img', 'aria-label': 'Drawing' }),
    h('ul', { class: 'now' }, ...facts.map((fact, index) => h('li', {}, h('b', { id: `now-${at}-${index}` }), ' ', h('span', {}, fact)))));
}

function bar() {
  return h('div', { class: 'card bar', role: 'group', 'aria-label': 'Watch the run' },
    button('play', 'Play', { class: 'main' }),
    button('back', [h('span', { 'aria-hidden': 'true' }, '◀ '), 'Step', hidden(' back')]),
    button('on', ['Step', hidden(' on'), h('span', { 'aria-hidden': 'true' }, ' ▶')]),
    h('div', { class: 'scrub' }, h('label', { class: 'vh', for: 'time' }, capital(DATA.unit)),
      h('input', { type: 'range', id: 'time', min: 0, max: DATA.steps.length - 1, value: 0 }), h('output', { id: 'when', for: 'time' })));
}

function knob(turn, at) {
  const id = `knob-${at}`;
  const ticks = turn.stops.map(([name]) => h('span', {}, name));
  return h('div', { class: 'knob' },
    h('label', { for: id }, `${turn.label}: `, h('output', { id: `${id}-name`, for: id })),
    h('input', { type: 'range', id, min: 0, max: turn.stops.length - 1, step: 1, 'data-turn': at }),
    h('div', { class: 'ticks', 'aria-hidden': 'true' }, ...ticks), h('p', { id: `${id}-says` }));
}

function rule(turn, at) {
  const id = `knob-${at}`;
  return h('div', { class: 'rule' },
    h('input', { type: 'checkbox', id, 'data-turn': at, 'aria-describedby': `${id}-says` }),
    h('div', {}, h('label', { for: id }, turn.label), h('p', { id: `${id}-says` }, turn.stops[1][1])));
}

function select(id, label, options) {
  return h('div', { class: 'pick' }, h('label', { for: id }, label),
    h('select', { id }, ...options.map(([value, name]) => h('option', { value }, name))));
}

function controlsCard() {
  const turns = DATA.turns.map((turn, at) => ({ turn, at }));
  const knobs = turns.filter(({ turn }) => !turn.rule).map(({ turn, at }) => knob(turn, at));
  const rules = turns.filter(({ turn }) => turn.rule).map(({ turn, at }) => rule(turn, at));
  const fixed = DATA.fixed.length ? h('p', {}, `Always on, since one page holds few switches: ${DATA.fixed.join(', ')}.`) : null;
  return h('div', { class: 'card' },
    h('div', { class: 'knobs' }, ...knobs,
      select('run', 'Luck', [[0, 'a typical run'], [1, 'an unusual run']]),
      select('speed', `${DATA.steps[DATA.steps.length - 1]} ${DATA.units} in`, [[30, '30 seconds'], [10, '10 seconds'], [3, '3 seconds']])),
    rules.length ? h('fieldset', { class: 'rules' }, h('legend', {}, 'Rules'), ...rules, fixed) : null,
    h('p', { class: 'seg' }, button('home', 'Back to how the scenarios have it')));
}

const verdictCard = () => h('section', { class: 'card verdict', 'aria-labelledby': 'verdict-title' },
  h('h2', { id: 'verdict-title' }, 'The verdict'), h('ol', { id: 'verdict' }));

function courses() {
  const names = DATA.series.map((series, at) => [at, IS_MEADOW ? ['Grass', 'Cows', `Coins a ${DATA.unit}`][at] : capital(series.label)]);
  return h('section', { class: 'card chart', 'aria-labelledby': 'line-title' }, h('h2', { id: 'line-title' }),
    h('div', { class: 'seg', role: 'group', 'aria-label': 'One run or all' },
      button('one', 'This run', { 'aria-pressed': 'true' }), button('many', `All ${DATA.runs} runs`, { 'aria-pressed': 'false' }),
      select('series', 'Show', names)),
    h('div', { id: 'line' }), h('p', { id: 'line-note', class: 'note' }),
    h('details', {}, h('summary', {}, 'Numbers of this chart'), h('div', { id: 'line-table' }), button('line-csv', 'Download as CSV')));
}

function turns() {
  const knobs = DATA.turns.map((turn, at) => [at, turn.label]);
  if (!knobs.length) return null;
  return h('section', { class: 'card chart', 'aria-labelledby': 'turn-title' }, h('h2', { id: 'turn-title' }),
    h('div', { class: 'seg' }, select('turn', 'Turn', knobs)), h('div', { id: 'turned' }),
    h('p', { class: 'note' }, `Mean of ${DATA.runs} runs at every stop, all else as it is set; upright lines are 95% intervals.`),
    h('details', {}, h('summary', {}, 'Numbers of this chart'), h('div', { id: 'turn-table' }), button('turn-csv', 'Download as CSV')));
}

function winnersCard() {
  const others = DATA.arms.map((_, at) => at).filter(at => at !== DATA.reference);
  if (!others.length) return null;
  return h('section', { class: 'card', 'aria-labelledby': 'win-title' }, h('h2', { id: 'win-title' }, 'What gets better, what gets worse, and for whom'),
    others.length > 1 ? h('div', { class: 'narrow-only' }, select('arm', 'Design', others.map(at => [at, DATA.arms[at].title]))) : null,
    h('p', { id: 'win-runs' }), h('div', { id: 'matrix' }), h('div', { id: 'each' }),
    h('p', { class: 'note' }, 'Better and worse are said where the 95% interval leaves out 0 and the difference is large enough to matter; a stock is only more or less, since what lies idle is no gain in itself.'),
    button('matrix-csv', 'Download as CSV'));
}

/** What the arms come to at every point that evidence leaves open, and what that depends on. */
const evidenceCard = () => DATA.evidence && h('section', { class: 'card', 'aria-labelledby': 'evidence-title' },
  h('h2', { id: 'evidence-title' }, 'Over all that the evidence leaves open'), h('p', {}, DATA.evidence.head),
  h('ul', {}, ...DATA.evidence.verdict.map(line => h('li', {}, h('b', {}, line.head), ` ${line.text}`)), ...DATA.evidence.findings.map(finding => h('li', {}, finding))));

const rulesInWords = () => h('section', { class: 'card', 'aria-labelledby': 'rules-title' },
  h('h2', { id: 'rules-title' }, 'The rules in plain English'), h('div', { id: 'rules' }));

function about() {
  const arms = DATA.arms.map(arm => h('li', {}, h('b', {}, arm.title), ` (${arm.name}). ${arm.question}`));
  const scenarios = DATA.arms.map((arm, at) => button(`scenario-${at}`, `Scenario ${arm.key}`, { 'data-scenario': at }));
  return h('section', { class: 'card', 'aria-labelledby': 'about-title' }, h('h2', { id: 'about-title' }, 'What this is'),
    h('p', {}, `These are simulated runs, not observations: ${DATA.runs} of each arm at each setting, made by commonground ${DATA.version} with the seed ${DATA.seed}. All arms meet the same luck, so that they differ by nothing but what they are. The typical run is in the middle by what “${DATA.records[recordOfReference()].name}” comes to, the unusual one farthest from it; the same two are shown in every arm.`),
    h('ul', {}, ...arms),
    h('p', {}, gainIs()),
    h('p', {}, 'The scenarios as they are set now, to run or to change: ', h('span', { class: 'seg' }, ...scenarios)),
    h('p', {}, h('a', { id: 'link', href: '#' }, 'A link to this view'), '. The address of the page holds all that is set.'));
}

const recordOfReference = () => (DATA.points[DATA.home] ?? Object.values(DATA.points)[0])[DATA.reference];

/** What a gain under rules is a gain over. */
function gainIs() {
  const placebos = DATA.arms.filter(arm => arm.placebo).map(arm => `“${arm.title}”`);
  if (!placebos.length) return 'No arm here is bound by a rule drawn at random. So a gain under rules is the gain over having none, and how much of it comes from being bound to anything is not told.';
  return `${placebos.join(' and ')} ${placebos.length > 1 ? 'are' : 'is'} bound, watched and fined alike, but nobody has a say in what is decided. So the gain of what members agree on is told over ${placebos.length > 1 ? 'the better of these' : 'this'}: what is gained by being bound to anything is not in it.`;
}

/** Builds everything into the page; `panel` is what a page has besides that is served. */
export function build(panel) {
  const all = DATA.arms.length;
  const columns = all === 4 ? 4 : Math.min(3, all);
  byId('app').replaceChildren(
    h('p', { id: 'status', class: 'vh', role: 'status', 'aria-live': 'polite' }),
    h('h1', {}, DATA.title), h('p', { class: 'head', id: 'head' }),
    h('div', { class: `arms of${columns}${all > 3 ? ' many' : ''}` }, ...DATA.arms.map(card)),
    bar(), controlsCard(), verdictCard(), ...(panel ? [panel] : []), h('div', { class: 'two' }, courses(), turns()), winnersCard(), evidenceCard(), rulesInWords(), about());
}
