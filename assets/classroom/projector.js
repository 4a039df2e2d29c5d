// The page for the board: how to join, how many have chosen, what became of the games, the debrief. Nothing on it is to be pressed.
import { debrief, groupsNow } from './chart.js';
import { connect, fill, make, talk } from './room.js';
import { label, words } from './words.js';

const main = document.getElementById('main');
const where = document.getElementById('where');
let drawn = '';
const clock = talk();

connect({
  hello: () => ({ hello: { as: 'projector', token: null } }),
  show: (view) => {
    const { done, of, talk_left, ...rest } = view;
    const now = JSON.stringify(rest);
    if (now !== drawn) {
      drawn = now;
      where.textContent = `${view.address} · ${view.code}`;
      fill(main, page(view));
    }
    const count = document.getElementById('count');
    if (count) count.textContent = `${done} of ${of} have ${view.phase === 'voting' ? 'voted' : 'chosen'}`;
    clock(talk_left);
  },
});

function page(view) {
  if (view.phase === 'debrief') return debrief(view);
  if (view.phase === 'lobby') {
    return make('section', { class: 'card two' },
      make('div', {}, make('h1', { class: 'big' }, 'Join'), make('p', { class: 'address' }, view.address), make('p', { class: 'code-big' }, view.code),
        make('p', {}, `${view.people} of ${view.seats} seats are taken.`)),
      make('img', { class: 'qr', src: 'qr.svg', alt: 'Code to scan with a phone, to join the class' }));
  }
  const told = words(view);
  const heads = {
    talking: () => [make('h1', { class: 'big' }, 'Talk: ', make('span', { id: 'clock' })), make('p', {}, told.talk)],
    voting: () => make('h1', { class: 'big', id: 'count' }),
    choosing: () => [make('h1', { class: 'big', id: 'count' }), make('p', {}, label(view))],
    between: () => make('h1', { class: 'big' }, view.practice ? 'Practice is over' : 'This game is over'),
    over: () => make('h1', { class: 'big' }, `The last ${told.round.toLowerCase()} is over`),
  };
  return [make('section', { class: 'card' }, heads[view.phase]()),
    make('section', { class: 'card' }, make('h2', {}, view.groups.length === 1 ? told.stock : view.practice ? told.same : `${told.same}. Only the rules differ.`), groupsNow(view))];
}
