// The words of each game and how its numbers are written. Every page asks here.
import { make, whole } from './room.js';

const many = (count, one, more) => (whole(count) === '1' ? `1 ${one}` : `${whole(count)} ${more}`);
const percent = (share) => `${whole(share * 100)}%`;
const pounds = (amount) => `${Math.round(amount) < 0 ? '−\u2060' : ''}£${whole(Math.abs(amount))}m`;
const ofPlan = (level) => `${whole(level)}%`;
const cows = (count) => (count === 1 ? '1 cow' : `${count} cows`);
const coins = (count) => many(count, 'coin', 'coins');

/** What a choice in the place spends on prevention and refers, where it does. */
const besides = (upstream, refers) => [upstream > 0 && `${whole(upstream)}% of it prevention`, refers > 0 && `${whole(refers)}% of what can be referred`].filter(Boolean).map((text) => `, ${text}`).join('');

const GAMES = {
  meadow: {
    round: 'Round',
    stock: 'Grass', axis: 'grass, % of a full meadow', title: 'Grass by group', own: 'Your meadow', same: 'The same meadow, the same luck',
    level: cows, money: coins, earned: 'Coins of each group', by: 'Coins by seat', column: 'Coins',
    bot: 'computer herder', ask: 'How many cows?', choose: (levels) => `Cows to send, ${levels[0]} to ${levels.at(-1)}`,
    limit: 'Which limit, in cows for each seat?', talk: 'How many cows should each of you send? Who will keep to it?',
    send: (level) => `Send ${cows(level)}`, sent: (level) => `Sent: ${cows(level)}`,
    again: 'Next you start on a full meadow, and it counts.', press: 'Press a number to see what it would earn.',
    facts: ({ stock, earned, together }) => [[`${whole(stock)}%`, 'grass left'], [whole(earned), 'your coins'], [whole(together), 'group’s coins']],
    welcome: (you) => `You are seat ${you.number} of group ${you.group}. ${you.of} seats share a meadow. You all send cows on it; the more grass there is, the more a cow earns.`,
    prospect: (one, view) => {
      const { you } = view;
      const earns = (grass) => Math.max(0, grass / 10 - 2).toFixed(1);
      return [`${cows(one.level)}: ${coins(one.earned)} this round.`,
        `If the other ${you.of - 1} want ${whole(you.others)} cows together, as ${view.round ? 'in the last round' : 'six each would be'}, ${whole(one.stock)}% of the grass is left, and a cow then earns ${earns(one.stock)} coins instead of ${earns(you.stock)}.`];
    },
    table: { caption: 'What each choice would earn', head: ['Cows', 'Coins now', 'Grass then'], row: (one) => [one.level, whole(one.earned), `${whole(one.stock)}%`] },
    last: (turn, dry) => {
      const fine = turn.fine > 0 ? ` You were found above the limit and fined ${coins(turn.fine)}.` : '';
      const home = turn.held < turn.wanted ? ` ${whole(turn.wanted - turn.held)} of your cows were sent home.` : '';
      return `Last round ${turn.bot ? 'a computer herder sent' : 'you sent'} ${cows(turn.wanted)} and earned ${coins(turn.earned)}.${home}${fine}${dry ? ' It was a dry round: a tenth of the grass is gone.' : ''}`;
    },
    seen: (seen) => `Seats 1 to ${seen.length} wanted ${seen.map((one) => one.wanted).join(', ')} cows.`,
    state: (group) => `grass ${whole(group.stock)}% · ${coins(group.earned)}`,
    computers: 'Computer herders without the rule and with it',
  },
  place: {
    round: 'Year',
    stock: 'Staff and beds', axis: 'staff and beds, % of full', title: 'Staff and beds by group', own: 'Your place', same: 'The same place, the same luck',
    level: ofPlan, money: pounds, earned: 'Margins of each group, £m', by: 'Margin by seat, £m', column: '£m',
    bot: 'computer manager', ask: 'How much will you do?', choose: () => 'Care, in % of plan',
    limit: 'Which limit, in % of plan for each?', talk: 'How much should each of you do? Who will keep to it?',
    send: (level) => `Do ${ofPlan(level)}`, sent: (level) => `Chosen: ${ofPlan(level)}`,
    again: 'Next the place begins again, and it counts.', press: 'Press a number to see what it would come to.',
    facts: ({ stock, earned, met }) => [[`${whole(stock)}%`, 'staff and beds left'], [pounds(earned), 'your margin'], [met == null ? '–' : percent(met), 'of your need met']],
    welcome: (you) => `You are the ${you.role.name.toLowerCase()} of group ${you.group}. ${you.role.says} ${you.of} providers share staff and beds; the more each does, the more they are worn, and worn out they meet less need.`,
    prospect: (one, view) => [`${ofPlan(one.level)} of plan: margin ${pounds(one.earned)} this year, ${percent(one.met)} of your need met.`,
      `If all others do ${view.round ? 'what they did last' : 'what was planned, 100% each'}, ${whole(one.stock)}% of staff and beds are left at its end. Reckoned with ${view.round ? 'the prevention and referral of your last year' : 'no prevention and no referral'}, in usual luck.`],
    table: { caption: 'What each level would come to', head: ['% of plan', 'Margin, £m', 'Your need met', 'Staff and beds then'], row: (one) => [one.level, whole(one.earned), percent(one.met), `${whole(one.stock)}%`] },
    last: (turn, dry, view) => {
      const fine = turn.fine > 0 ? ` You were found above the limit and fined ${pounds(turn.fine)}.` : '';
      const home = turn.held < turn.wanted - 0.5 ? ` The rule held you to ${ofPlan(turn.held)}.` : '';
      return `Last year ${turn.bot ? 'a computer manager chose' : 'you chose'} ${ofPlan(turn.wanted)} of plan${besides(turn.upstream * 100, (turn.refers / view.referable) * 100)}: margin ${pounds(turn.earned)}, ${percent(view.you.last_met ?? 0)} of your need met.${home}${fine}`;
    },
    seen: (seen) => `Last year: ${seen.map((one) => `${one.name.toLowerCase()} ${ofPlan(one.wanted)}${besides(one.upstream * 100, 0)}`).join('; ')}.`,
    state: (group) => `staff and beds ${whole(group.stock)}% · ${pounds(group.earned)}${group.met == null ? '' : ` · ${percent(group.met)} of need met`}`,
    computers: 'Computer managers without the rule and with it',
  },
};

/** The words of the game that a view is of. */
export const words = (view) => GAMES[view.what];

/** "Practice round 1 of 2", "Year 3 of 10". */
export function label(view) {
  const { round } = words(view);
  const name = view.practice ? `Practice ${round.toLowerCase()}` : view.games > 1 ? `Game ${view.game} of ${view.games}, ${round.toLowerCase()}` : round;
  return `${name} ${Math.min(view.round + 1, view.rounds)} of ${view.rounds}`;
}

/** A number to choose among a few, as buttons to press. `values` are shown by `text`; what is chosen is the position. */
export function choice(name, legend, values, chosen, text, change) {
  return make('fieldset', {}, make('legend', {}, legend),
    make('div', { class: 'stops' }, values.map((value, position) =>
      make('label', {}, make('input', { type: 'radio', name, id: `${name}-${value}`, value, checked: position === chosen, change: () => change(position) }), make('span', {}, text(value))))));
}
