// What a page has besides that is served: any scenario, any value, how many runs, and how far they are.

import { h } from './base.js';
import { DATA } from './recording.js';

/** The parts of the panel by name; made once, so that what is typed stays when the page is built anew. */
const part = {};

const titled = (id, label, input, kind = '') => h('div', { class: `field ${kind}` }, h('label', { for: id }, label), input);
const act = (label, listen, attributes = {}) => h('button', { type: 'button', onclick: listen, ...attributes }, ...[label].flat());
const hidden = text => h('span', { class: 'vh' }, text);

function form(listen, ...children) {
  return h('form', { class: 'seg', onsubmit: event => { event.preventDefault(); listen(); } }, ...children);
}

/** A value as it was typed: JSON, or else text. */
function typed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function scenarios(actions) {
  part.arms = h('ul');
  part.name = h('input', { id: 'live-name', list: 'live-names', autocomplete: 'off', spellcheck: 'false', maxlength: 200 });
  part.names = h('datalist', { id: 'live-names' });
  part.file = h('input', { id: 'live-file', type: 'file', accept: '.json,application/json' });
  part.file.addEventListener('change', () => { if (part.file.files.length) actions.openFile(part.file.files[0]); part.file.value = ''; });
  return h('fieldset', {}, h('legend', {}, 'Scenarios'), part.arms,
    form(() => actions.open(part.name.value.trim(), false),
      titled('live-name', 'Name of a bundled scenario', part.name), part.names,
      h('button', { type: 'submit' }, 'Show it alone'),
      act('Put it beside', () => actions.open(part.name.value.trim(), true))),
    titled('live-file', 'Or a scenario file from this machine (drop it anywhere on the page; it may extend bundled scenarios)', part.file));
}

function values(actions) {
  part.pointer = h('input', { id: 'live-pointer', list: 'live-pointers', autocomplete: 'off', spellcheck: 'false', maxlength: 200, 'aria-describedby': 'live-stands', placeholder: '/society/patience' });
  part.pointers = h('datalist', { id: 'live-pointers' });
  part.value = h('input', { id: 'live-value', autocomplete: 'off', spellcheck: 'false', maxlength: 2000 });
  part.stands = h('p', { id: 'live-stands', class: 'note' });
  part.pointer.addEventListener('input', stands);
  part.values = h('ul');
  return h('fieldset', {}, h('legend', {}, 'Any value'),
    form(() => actions.set(part.pointer.value.trim(), typed(part.value.value.trim())),
      titled('live-pointer', 'Place in the scenario (JSON pointer)', part.pointer), part.pointers,
      titled('live-value', 'Value', part.value, 'small'),
      h('button', { type: 'submit' }, 'Set and run')),
    part.stands, part.values);
}

/** Says what stands at the place that is typed. */
function stands() {
  const known = DATA.live?.numbers.find(([pointer]) => pointer === part.pointer.value.trim());
  part.stands.textContent = known ? `It is ${JSON.stringify(known[1])} now.` : `${DATA.live?.numbers.length ?? 0} places can be chosen; begin to type. Any other value may be set too, whole objects as JSON.`;
}

function runs(actions) {
  part.runs = h('select', { id: 'live-runs' }, ...[20, 50, 100, 200, 500, 1000].map(count => h('option', { value: count }, `${count} runs`)));
  part.seed = h('input', { id: 'live-seed', inputmode: 'numeric', maxlength: 16 });
  part.progress = h('progress', { id: 'live-progress', 'aria-label': 'Runs that are done', max: 1, value: 0, hidden: true });
  part.says = h('p', { id: 'live-says', role: 'status', 'aria-live': 'polite' });
  part.faults = h('div', { id: 'live-faults' });
  return h('fieldset', {}, h('legend', {}, 'Runs'),
    form(() => actions.again(Number(part.runs.value), typed(part.seed.value.trim())),
      h('div', { class: 'field small' }, h('label', { for: 'live-runs' }, 'How many'), part.runs),
      titled('live-seed', 'Seed', part.seed, 'small'),
      h('button', { type: 'submit', class: 'main', id: 'live-run' }, 'Run'),
      act('Cancel', actions.cancel, { id: 'live-cancel' })),
    part.progress, part.says, part.faults);
}

/** Makes the panel; `actions` are what its buttons do. */
export function panel(actions) {
  return h('section', { class: 'card panel', 'aria-labelledby': 'live-title' }, h('h2', { id: 'live-title' }, 'Any scenario, any value'),
    runs(actions), values(actions), scenarios(actions));
}

/** Offers the names of scenarios and of what can be laid over them. */
export function offer({ scenarios: known, fragments }) {
  const laid = known.some(([name]) => name === 'place-fortress') ? fragments.map(name => `place-fortress+${name}`) : [];
  part.names.replaceChildren(...known.map(([name, title]) => h('option', { value: name }, title)), ...laid.map(name => h('option', { value: name })));
}

/** Fills in what is asked. */
export function fill(asked, actions) {
  const many = DATA.arms.length > 1;
  part.arms.replaceChildren(...DATA.arms.map((arm, at) => h('li', {}, h('span', {}, h('b', {}, DATA.live.arms[at]), ` ${arm.title}${many && at === DATA.reference ? ' (the others are held against it)' : ''}`),
    many && at !== DATA.reference ? act(['Hold against', hidden(` ${arm.title}`)], () => actions.first(at)) : null,
    many ? act(['Take away', hidden(` ${arm.title}`)], () => actions.remove(at)) : null)));
  part.values.replaceChildren(...asked.values.map(([pointer, value], at) => h('li', {}, h('code', {}, `${pointer} = ${JSON.stringify(value)}`), act(['Take back', hidden(` ${pointer}`)], () => actions.unset(at)))));
  part.pointers.replaceChildren(...DATA.live.numbers.map(([pointer, value]) => h('option', { value: pointer }, `${pointer} is ${JSON.stringify(value)}`)));
  if (![...part.runs.options].some(option => Number(option.value) === asked.runs)) part.runs.append(h('option', { value: asked.runs }, `${asked.runs} runs`));
  part.runs.value = asked.runs;
  part.seed.value = asked.seed;
  stands();
}

/** Says how things are. */
export function say(text) {
  if (part.says.textContent !== text) part.says.textContent = text;
}

/** Shows how far the runs are; `null` takes the bar away. */
export function progress(share) {
  part.progress.hidden = share === null;
  part.progress.value = share ?? 0;
}

/** Shows what is wrong, all of it: place, value and way out. */
export function faults(problem, list) {
  if (!problem) { part.faults.replaceChildren(); return; }
  const told = list.map(({ place, problem: words, line }) => h('li', {}, place ? h('code', {}, place) : null, `${place ? ': ' : ''}${words}${line ? ` (${line})` : ''}`));
  part.faults.replaceChildren(h('div', { class: 'faults' }, h('p', {}, `${problem}. What is shown is from before.`), h('ul', {}, ...told)));
}
