// A pupil's page: join, choose, see what came of it. The seat is this tab's: its token lies in the tab's own store.
import { debrief, grass, table } from './chart.js';
import { coins, connect, cows, fill, make, tell, whole } from './room.js';

const main = document.getElementById('main');
const where = document.getElementById('where');
const phone = new URLSearchParams(location.search).get('phone') ?? '';
const store = `commonground seat ${phone}`;
const [code, name] = decodeURIComponent(location.hash.slice(1)).split(',');

let view;
let drawn = '';
let picked = null;
let limit = null;
let rule = null;
let round = '';

const say = connect({
  hello: () => ({ hello: { as: 'pupil', token: sessionStorage.getItem(store) } }),
  token: (token) => sessionStorage.setItem(store, token),
  show: (next) => { view = next; draw(); },
});

/** Draws anew only what has changed, so that a choice that was begun is not lost. */
function draw() {
  if (!view.you) {
    if (drawn !== 'join') { drawn = 'join'; join(); }
    return;
  }
  const { done, of, talk_left, ...rest } = view;
  const now = JSON.stringify(rest);
  if (now !== drawn) {
    drawn = now;
    const at = `${view.game}/${view.round}/${view.phase}`;
    if (at !== round) { round = at; picked = null; limit = null; rule = null; tell(news()); }
    page();
  }
  const progress = document.getElementById('progress');
  if (progress) progress.textContent = `${done} of ${of} have ${view.phase === 'voting' ? 'voted' : 'chosen'}.`;
}

function news() {
  if (view.phase === 'choosing') return `${label()} is open.`;
  if (view.phase === 'voting') return 'The vote is open.';
  if (view.phase === 'between' || view.phase === 'over') return 'The last round is closed.';
  return '';
}

const label = () => `${view.practice ? 'Practice round' : 'Round'} ${Math.min(view.round + 1, view.rounds)} of ${view.rounds}`;

function join() {
  where.textContent = '';
  const send = (event) => {
    event.preventDefault();
    say({ join: { code: form.elements.code.value, name: form.elements.name.value } });
  };
  const form = make('form', { submit: send },
    make('div', { class: 'field' }, make('label', { for: 'code' }, 'The four letters on the board'),
      make('input', { id: 'code', name: 'code', class: 'code', maxlength: '4', autocomplete: 'off', autocapitalize: 'characters', spellcheck: 'false', required: true, value: code ?? '' })),
    make('div', { class: 'field' }, make('label', { for: 'name' }, 'A name for this lesson (you may leave it empty)'),
      make('input', { id: 'name', name: 'name', maxlength: '24', autocomplete: 'off', value: name ?? '' })),
    make('button', { class: 'main' }, 'Take a seat'));
  fill(main, make('section', { class: 'card' }, make('h1', {}, 'Join your class'), form,
    make('p', {}, 'Your teacher sees the name. It is shown to the class only if your teacher says so.')));
  if (phone && code) say({ join: { code, name: name ?? '' } });
}

function page() {
  const { you } = view;
  where.textContent = `Group ${you.group}, seat ${you.number} of ${you.of}`;
  if (view.phase === 'debrief') return fill(main, debrief(view.debrief, view.rounds));
  const parts = { lobby, talking, voting, choosing, between: ended, over: ended };
  fill(main, parts[view.phase]());
}

const facts = () => make('ul', { class: 'facts' },
  make('li', {}, make('b', {}, `${whole(view.you.grass)}%`), 'grass left'),
  make('li', {}, make('b', {}, whole(view.you.coins)), 'your coins'),
  make('li', {}, make('b', {}, whole(view.you.together)), 'group’s coins'));

function lobby() {
  return make('section', { class: 'card' }, make('h1', {}, view.you.name ? `Hello, ${view.you.name}` : 'You have a seat'),
    make('p', {}, `You are seat ${view.you.number} of group ${view.you.group}. ${view.you.of} seats share a meadow. You all send cows on it; the more grass there is, the more a cow earns. Nobody can take your seat while this tab is open.`),
    make('p', {}, 'Wait for your teacher to begin.'));
}

function talking() {
  return make('section', { class: 'card' }, make('h1', {}, view.you.decides ? 'Talk with your group' : 'The other groups talk'),
    make('p', {}, view.you.given),
    make('p', {}, view.you.decides ? 'How many cows should each of you send? Who will keep to it?' : 'Please wait, and do not talk.'));
}

function voting() {
  const { you } = view;
  if (!you.decides) return make('section', { class: 'card' }, make('h1', {}, 'The other groups vote'), make('p', {}, 'Please wait.'));
  rule ??= you.vote?.rule ?? you.offers[0].rule;
  limit ??= you.vote?.limit ?? 6;
  const offer = (one) => make('label', {},
    make('input', { type: 'radio', name: 'rule', id: `rule-${one.rule}`, value: one.rule, checked: one.rule === rule, change: () => { rule = one.rule; } }),
    make('span', {}, one.says.replace('6 cows', 'the limit')));
  return make('section', { class: 'card' }, make('h1', {}, 'Vote'),
    make('fieldset', { class: 'rules' }, make('legend', {}, 'Which rule?'), you.offers.map(offer)),
    numbers('Which limit, in cows for each seat?', limit, (count) => { limit = count; }),
    make('button', { class: 'main', id: 'vote', click: () => say({ vote: { game: view.game, rule, limit } }) }, 'Vote'),
    you.vote && make('p', {}, `You voted. You may change it until the vote is closed.`),
    make('p', { id: 'progress' }));
}

/** A number of cows, as buttons to press. */
function numbers(legend, chosen, change) {
  return make('fieldset', {}, make('legend', {}, legend),
    make('div', { class: 'cows' }, Array.from({ length: view.most + 1 }, (_, count) =>
      make('label', {}, make('input', { type: 'radio', name: 'cows', id: `cows-${count}`, value: count, checked: count === chosen, change: () => change(count) }), make('span', {}, count)))));
}

function choosing() {
  const { you } = view;
  picked ??= you.choice;
  const box = make('div', { class: 'say', id: 'say' });
  const button = make('button', { class: 'main', id: 'send', click: () => say({ choose: { game: view.game, round: view.round, cows: picked } }) });
  const update = () => {
    button.disabled = picked == null || picked === you.choice;
    button.textContent = picked == null ? 'Choose first' : you.choice == null ? `Send ${cows(picked)}` : picked === you.choice ? `Sent: ${cows(picked)}` : `Change to ${cows(picked)}`;
    const one = you.prospects[picked ?? 6];
    const later = Math.max(0, one.grass / 10 - 2);
    fill(box, make('p', {}, make('b', {}, picked == null ? 'Press a number to see what it would earn.' : `${cows(one.cows)}: ${coins(one.coins)} this round.`)),
      picked != null && make('p', {}, `If the other ${you.of - 1} want ${whole(you.others)} cows together, as ${view.round ? 'in the last round' : 'six each would be'}, ${whole(one.grass)}% of the grass is left, and a cow then earns ${later.toFixed(1)} coins instead of ${Math.max(0, you.grass / 10 - 2).toFixed(1)}.`));
  };
  update();
  return make('section', { class: 'card' }, make('h1', {}, 'How many cows?'), make('p', {}, label()), facts(), last(),
    you.rule && make('p', {}, you.rule),
    numbers(`Cows to send, 0 to ${view.most}`, picked, (count) => { picked = count; update(); }),
    box, make('div', { class: 'row' }, button),
    make('p', {}, you.choice == null ? 'No hurry: your teacher closes the round. If you do not choose, a computer herder does.' : 'You may change it until your teacher closes the round. '),
    make('p', { id: 'progress' }),
    table('What each choice would earn', ['Cows', 'Coins now', 'Grass then'], you.prospects.map((one) => [one.cows, whole(one.coins), `${whole(one.grass)}%`]), 'What each choice would earn'));
}

function last() {
  const { last: turn, dry, seen } = view.you;
  if (!turn) return null;
  const fine = turn.fine > 0 ? ` You were found above the limit and fined ${coins(turn.fine)}.` : '';
  const home = turn.cows < turn.wanted ? ` ${whole(turn.wanted - turn.cows)} of your cows were sent home.` : '';
  return [make('p', {}, `Last round ${turn.bot ? 'a computer herder sent' : 'you sent'} ${cows(turn.wanted)} and earned ${coins(turn.coins)}.${home}${fine}${dry ? ' It was a dry round: a tenth of the grass is gone.' : ''}`),
    seen && make('p', {}, `Seats 1 to ${seen.length} wanted ${seen.join(', ')} cows.`)];
}

function ended() {
  return make('section', { class: 'card' }, make('h1', {}, view.practice ? 'Practice is over' : 'The last round is over'), facts(), last(),
    make('p', {}, view.practice ? 'Next you start on a full meadow, and it counts.' : 'Look at the board.'),
    grass([{ name: 'Your meadow', numbers: view.you.grass_by_round }], view.rounds, 'Your meadow'));
}
