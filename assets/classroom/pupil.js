// A pupil's page: join, choose, see what came of it. The seat is this tab's: its token lies in the tab's own store.
import { debrief, stock, table } from './chart.js';
import { connect, fill, make, tell } from './room.js';
import { choice, label, words } from './words.js';

const main = document.getElementById('main');
const where = document.getElementById('where');
const phone = new URLSearchParams(location.search).get('phone') ?? '';
const store = `commonground seat ${phone}`;
const [code, name] = decodeURIComponent(location.hash.slice(1)).split(',');

let view;
let drawn = '';
/** What is chosen on this page and not yet sent: positions, and what is voted. */
let picked = null;
let voted = null;
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
    if (at !== round) { round = at; picked = null; voted = null; tell(news()); }
    page();
  }
  const progress = document.getElementById('progress');
  if (progress) progress.textContent = `${done} of ${of} have ${view.phase === 'voting' ? 'voted' : 'chosen'}.`;
}

function news() {
  if (view.phase === 'choosing') return `${label(view)} is open.`;
  if (view.phase === 'voting') return 'The vote is open.';
  if (view.phase === 'between' || view.phase === 'over') return `The last ${words(view).round.toLowerCase()} is closed.`;
  return '';
}

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
  where.textContent = `Group ${you.group}, ${you.role ? you.role.name.toLowerCase() : `seat ${you.number} of ${you.of}`}`;
  if (view.phase === 'debrief') return fill(main, debrief(view));
  const parts = { lobby, talking, voting, choosing, between: ended, over: ended };
  fill(main, parts[view.phase]());
}

const facts = () => make('ul', { class: 'facts' }, words(view).facts(view.you).map(([number, what]) => make('li', {}, make('b', {}, number), what)));

function lobby() {
  return make('section', { class: 'card' }, make('h1', {}, view.you.name ? `Hello, ${view.you.name}` : 'You have a seat'),
    make('p', {}, `${words(view).welcome(view.you)} Nobody can take your seat while this tab is open.`),
    make('p', {}, 'Wait for your teacher to begin.'));
}

function talking() {
  return make('section', { class: 'card' }, make('h1', {}, view.you.decides ? 'Talk with your group' : 'The other groups talk'),
    make('p', {}, view.you.given),
    make('p', {}, view.you.decides ? words(view).talk : 'Please wait, and do not talk.'));
}

function voting() {
  const { you } = view;
  if (!you.decides) return make('section', { class: 'card' }, make('h1', {}, 'The other groups vote'), make('p', {}, 'Please wait.'));
  voted ??= you.vote ?? { rule: you.offers[0].rule, limit: view.fair };
  const offer = (one) => make('label', {},
    make('input', { type: 'radio', name: 'rule', id: `rule-${one.rule}`, value: one.rule, checked: one.rule === voted.rule, change: () => { voted = { ...voted, rule: one.rule }; } }),
    make('span', {}, one.says));
  return make('section', { class: 'card' }, make('h1', {}, 'Vote'),
    make('fieldset', { class: 'rules' }, make('legend', {}, 'Which rule?'), you.offers.map(offer)),
    choice('level', words(view).limit, view.levels, voted.limit, String, (limit) => { voted = { ...voted, limit }; }),
    make('button', { class: 'main', id: 'vote', click: () => say({ vote: { game: view.game, ...voted } }) }, 'Vote'),
    you.vote && make('p', {}, 'You voted. You may change it until the vote is closed.'),
    make('p', { id: 'progress' }));
}

/** What a choice leaves out is nought. */
const whole = (one) => one && { level: one.level, upstream: one.upstream ?? 0, refers: one.refers ?? 0 };
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

function choosing() {
  const { you } = view;
  const told = words(view);
  const sent = whole(you.choice);
  picked ??= sent ?? { level: null, upstream: 0, refers: 0 };
  const box = make('div', { class: 'say', id: 'say' });
  const button = make('button', { class: 'main', id: 'send', click: () => say({ choose: { game: view.game, round: view.round, choice: picked } }) });
  const update = (part) => {
    picked = { ...picked, ...part };
    const chosen = picked.level != null;
    const level = view.levels[picked.level];
    button.disabled = !chosen || same(picked, sent);
    button.textContent = !chosen ? 'Choose first' : !sent ? told.send(level) : same(picked, sent) ? told.sent(level) : `Change to ${told.level(level)}`;
    const [first, then] = chosen && !you.prospects ? ['What that would come to is being worked out.'] : chosen ? told.prospect(you.prospects[picked.level], view) : [told.press];
    fill(box, make('p', {}, make('b', {}, first)), then && make('p', {}, then));
  };
  update({});
  return make('section', { class: 'card' }, make('h1', {}, told.ask), make('p', {}, label(view)), facts(), last(),
    you.rule && make('p', {}, you.rule),
    choice('level', told.choose(view.levels), view.levels, picked.level, String, (level) => update({ level })),
    view.upstream.length > 1 && choice('upstream', 'Of that for prevention, which lowers everybody’s need in later years', view.upstream, picked.upstream, (share) => `${share}%`, (upstream) => update({ upstream })),
    you.role?.refers && choice('refers', 'Of the patients who could be treated nearer home, refer', view.refers, picked.refers, (share) => `${share}%`, (refers) => update({ refers })),
    box, make('div', { class: 'row' }, button),
    make('p', {}, sent ? `You may change it until your teacher closes the ${told.round.toLowerCase()}.` : `No hurry: your teacher closes the ${told.round.toLowerCase()}. If you do not choose, a ${told.bot} does.`),
    make('p', { id: 'progress' }),
    you.prospects && table(told.table.caption, told.table.head, you.prospects.map(told.table.row), told.table.caption));
}

function last() {
  const { last: turn, dry, seen } = view.you;
  if (!turn) return null;
  return [make('p', {}, words(view).last(turn, dry, view)), seen && make('p', {}, words(view).seen(seen))];
}

function ended() {
  const told = words(view);
  return make('section', { class: 'card' }, make('h1', {}, view.practice ? 'Practice is over' : `The last ${told.round.toLowerCase()} is over`), facts(), last(),
    make('p', {}, view.practice ? told.again : 'Look at the board.'),
    stock([{ name: told.own, numbers: view.you.stock_by_round }], view, told.own));
}
