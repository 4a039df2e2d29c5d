// The page for the board: how to join, how many have chosen, what became of the meadows, the debrief. Nothing on it is to be pressed.
import { bars, debrief, grass } from './chart.js';
import { connect, fill, make } from './room.js';

const main = document.getElementById('main');
const where = document.getElementById('where');
let drawn = '';

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
    ends = talk_left == null ? null : Date.now() + talk_left * 1000;
  },
});

let ends = null;
setInterval(() => {
  const clock = document.getElementById('clock');
  if (!clock || ends == null) return;
  const left = Math.max(0, Math.round((ends - Date.now()) / 1000));
  clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, '0')}`;
}, 500);

function page(view) {
  const round = `${view.practice ? 'Practice round' : 'Round'} ${Math.min(view.round + 1, view.rounds)} of ${view.rounds}`;
  if (view.phase === 'debrief') return debrief(view.debrief, view.rounds);
  if (view.phase === 'lobby') {
    return make('section', { class: 'card two' },
      make('div', {}, make('h1', { class: 'big' }, 'Join'), make('p', { class: 'address' }, view.address), make('p', { class: 'code-big' }, view.code),
        make('p', {}, `${view.people} of ${view.seats} seats are taken.`)),
      make('img', { class: 'qr', src: 'qr.svg', alt: 'Code to scan with a phone, to join the class' }));
  }
  const heads = {
    talking: () => [make('h1', { class: 'big' }, 'Talk: ', make('span', { id: 'clock' })), make('p', {}, 'How many cows should each send? Who will keep to it?')],
    voting: () => make('h1', { class: 'big', id: 'count' }),
    choosing: () => [make('h1', { class: 'big', id: 'count' }), make('p', {}, round)],
    between: () => make('h1', { class: 'big' }, view.practice ? 'Practice is over' : 'This game is over'),
    over: () => make('h1', { class: 'big' }, 'The last round is over'),
  };
  const lines = view.groups.map((group) => ({ name: `${group.letter} ${view.practice ? '' : group.given}`.trim(), numbers: group.grass_by_round }));
  return [make('section', { class: 'card' }, heads[view.phase]()),
    make('section', { class: 'card' }, make('h2', {}, view.groups.length === 1 ? 'The meadow' : view.practice ? 'The same meadow, the same luck' : 'The same meadow, the same luck. Only the rules differ.'),
      grass(lines, view.rounds, 'Grass by group'), view.round > 0 && bars(view.groups.map((group) => [`Group ${group.letter}`, group.coins]), 'Coins of each group'))];
}
