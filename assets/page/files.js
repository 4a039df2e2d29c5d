// What can be taken away from the page: numbers as CSV, and the scenario that was run as JSON.

import { h } from './base.js';
import { DATA } from './recording.js';

/** Saves a text under a name. */
function save(name, kind, text) {
  const link = h('a', { href: URL.createObjectURL(new Blob([text], { type: kind })), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

/** A cell of a CSV file; one that a spreadsheet would take for a formula is told apart from it. */
function cell(value) {
  const text = typeof value === 'number' ? (Number.isFinite(value) ? String(value) : '') : String(value ?? '');
  const safe = typeof value !== 'number' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Saves rows, the first of which is the head, as CSV. */
export function saveCsv(name, rows) {
  save(`${name}.csv`, 'text/csv', `${rows.map(row => row.map(cell).join(',')).join('\n')}\n`);
}

/** Puts a value at a JSON pointer. */
function put(scenario, pointer, value) {
  const steps = pointer.split('/').slice(1).map(step => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = steps.pop();
  const room = steps.reduce((here, step) => here?.[step], scenario);
  if (room) room[last] = value;
}

/** The scenario of an arm at a setting, as JSON. */
export function scenarioAt(arm, stops) {
  const scenario = JSON.parse(DATA.arms[arm].scenario);
  DATA.turns.forEach((turn, at) => {
    if (!turn.follows[arm]) return;
    const value = turn.stops[stops[at]][2];
    if (turn.rule) { if (!value) delete scenario.rules[turn.rule]; }
    else for (const pointer of turn.sets) put(scenario, pointer, value);
  });
  delete scenario.knobs;
  return `${JSON.stringify(scenario, null, 2)}\n`;
}

/** Saves the scenario of an arm at a setting. */
export function saveScenario(arm, stops) {
  save(`${DATA.arms[arm].key}.json`, 'application/json', scenarioAt(arm, stops));
}
