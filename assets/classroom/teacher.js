// The teacher's page: who has chosen, what to press next. The part of the address behind # is the teacher's key.
import { debrief, groupsNow } from './chart.js';
import { connect, fill, make, talk, tell } from './room.js';
import { label, words } from './words.js';

const main = document.getElementById('main');
const where = document.getElementById('where');
const key = location.hash.slice(1);
let view;
let asking = false;
const clock = talk();

const say = connect({
  hello: () => ({ hello: { as: 'teacher', token: key } }),
  show: (next) => {
    if (!next.groups) {
      fill(main, make('section', { class: 'card' }, make('h1', {}, 'This is not the teacher’s address'), make('p', {}, 'Open the address that the program printed, with all of the letters behind #.')));
      return;
    }
    if (view?.phase !== next.phase || view?.round !== next.round) asking = false;
    view = next;
    page();
    clock(next.talk_left);
  },
});

function page() {
  where.textContent = `Class ${view.code} · ${view.people} of ${view.seats} seats are people, the others ${words(view).bot}s`;
  fill(main, make('div', { class: 'two' }, make('div', {}, now(), groups(), chart()), make('div', {}, joining(), lesson(), tools())));
}

const press = (id, text, message, main = true) => make('button', { id, class: main ? 'main' : null, click: () => say(message) }, text);

function now() {
  const undo = view.can_undo && press('undo', `Undo: open the last ${words(view).round.toLowerCase()} again`, { undo: {} }, false);
  const heads = {
    lobby: () => [make('h1', { class: 'big' }, `${view.people} of ${view.seats} have joined`), make('p', {}, 'Begin when most are there. Who comes late takes a computer’s seat.'), press('next', 'Begin', { next: {} })],
    talking: () => [make('h1', { class: 'big' }, 'They talk: ', make('span', { id: 'clock' })), make('p', {}, 'Groups that have nothing to decide wait, and do not talk.'), press('next', 'On to the vote', { next: {} })],
    voting: () => [make('h1', { class: 'big' }, `${view.done} of ${view.of} have voted`), closing('Close the vote')],
    choosing: () => [make('h1', { class: 'big' }, `${view.done} of ${view.of} have chosen`), make('p', {}, label(view)), closing(`Close the ${words(view).round.toLowerCase()}`)],
    between: () => [make('h1', { class: 'big' }, view.practice ? 'Practice is over' : 'This game is over'), press('next', 'Begin the next game', { next: {} })],
    over: () => [make('h1', { class: 'big' }, `The last ${words(view).round.toLowerCase()} is over`), press('next', 'Show the debrief', { next: {} })],
    debrief: () => [make('h1', { class: 'big' }, 'Debrief'), screens()],
  };
  return make('section', { class: 'card' }, heads[view.phase](), undo && make('div', { class: 'row' }, undo));
}

/** Asks once where somebody is missing, and names the seats. */
function closing(text) {
  const missing = view.groups.flatMap((group) => group.waits_for.map((seat) => `${group.letter}${seat}`));
  if (!asking) {
    return make('div', { class: 'row' }, make('button', { id: 'close', class: 'main', click: () => {
      if (missing.length === 0) return say({ close: {} });
      asking = true;
      page();
      document.getElementById('yes')?.focus();
    } }, text));
  }
  return [make('p', {}, missing.length ? `Not there yet: ${missing.slice(0, 12).join(', ')}${missing.length > 12 ? ` and ${missing.length - 12} more` : ''}. A computer goes on for them. You can undo it.` : 'All are there now.'),
    make('div', { class: 'row' },
      make('button', { id: 'yes', class: 'main', click: () => { asking = false; say({ close: {} }); } }, text),
      make('button', { id: 'no', click: () => { asking = false; page(); } }, 'Not yet'))];
}

function screens() {
  return [make('div', { class: 'row' }, view.titles.map((name, screen) => make('button', { id: `screen-${screen}`, 'aria-pressed': String(view.debrief?.screen === screen), click: () => say({ screen: { screen } }) }, name))),
    view.debrief && debrief(view)];
}

function groups() {
  const seat = (one, group) => {
    const state = !one.present ? 'computer' : one.acted === true ? 'done' : one.acted === false ? 'waits' : '';
    const word = !one.held ? words(view).bot : !one.present ? 'away, a computer goes on' : one.acted === true ? 'has chosen' : one.acted === false ? 'not yet' : 'is there';
    const number = one.seat - view.groups.slice(0, group).reduce((sum, before) => sum + before.size, 0);
    return make('li', { class: state }, `${number}${one.name ? ` ${one.name}` : ''}`, make('span', { class: 'hush' }, ` ${word}`));
  };
  return make('section', { class: 'card' }, make('h2', {}, 'Groups'), make('ul', { class: 'groups' }, view.groups.map((group, index) => make('li', {},
    make('b', {}, `Group ${group.letter}: ${view.practice ? 'practice' : group.given}`), ` · ${words(view).state(group)}`,
    group.rule && make('div', {}, group.rule),
    make('ul', { class: 'seats' }, group.seats.map((one) => seat(one, index)))))),
    make('p', {}, 'Filled: has chosen. Dashed: not yet. Grey: a computer.'));
}

function chart() {
  if (view.round === 0 || view.phase === 'debrief') return null;
  return make('section', { class: 'card' }, make('h2', {}, words(view).stock), groupsNow(view));
}

function joining() {
  return make('section', { class: 'card' }, make('h2', {}, 'Join'), make('p', { class: 'code-big' }, view.code), make('p', {}, view.address),
    make('img', { class: 'qr', src: 'qr.svg', alt: 'Code to scan with a phone, to join the class' }),
    make('p', {}, make('a', { href: 'projector', target: '_blank' }, 'Open the page for the board')));
}

function lesson() {
  const says = [...new Map(view.groups.map((group) => [group.given, group.says]))];
  return make('section', { class: 'card' }, make('h2', {}, 'What the groups are given'), view.practice
    ? make('p', {}, 'Practice: all decide alone. It does not count.')
    : says.map(([given, text]) => make('p', {}, make('b', {}, `${given}: `), text)));
}

function tools() {
  const download = (file, text) => make('a', { class: 'button', href: `${file}?key=${encodeURIComponent(key)}`, download: file }, text);
  const held = view.groups.flatMap((group) => group.seats.filter((seat) => seat.held));
  const choice = make('select', { id: 'freed' }, held.map((seat) => make('option', { value: seat.seat - 1 }, `${seat.seat} ${seat.name}${seat.present ? '' : ' (away)'}`)));
  return make('section', { class: 'card' }, make('h2', {}, 'Tools'),
    make('div', { class: 'row' }, make('button', { id: 'names', 'aria-pressed': String(view.names), click: () => say({ names: { shown: !view.names } }) }, view.names ? 'Names are shown in the debrief' : 'Show names in the debrief')),
    make('div', { class: 'row' }, download('turns.csv', 'All turns as CSV'), download('scenarios.json', 'All games as scenarios'), make('button', { id: 'print', click: () => window.print() }, 'Print')),
    held.length > 0 && make('div', {}, make('label', { for: 'freed' }, 'Free a seat, for one who lost it'), make('div', { class: 'row' }, choice,
      make('button', { id: 'free', click: () => { say({ free: { seat: Number(choice.value) } }); tell('The seat is free.'); } }, 'Free'))));
}
