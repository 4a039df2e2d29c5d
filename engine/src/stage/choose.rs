//! Each provider chooses its effort and its share of upstream work; what it has ceded is taken off.

use crate::behaviour::{Behaviour, Choice, Conditional, Learner, Played, Turn};
use crate::dice::{Draws, Purpose};
use crate::lanes::{LANES, Lanes, Mask, keep_lanes_together, select};
use crate::payoff::{Deterrents, ratio};
use crate::place::{Common, Place};
use crate::reviews::Reviews;
use crate::rule::{Breach, blend};
use crate::setup::Kind;
use crate::step::{At, Walk};
use crate::urgent::{self, Urgent};
use crate::world::{Columns, Scratch};
use std::ops::Range;

/// All choose.
pub(super) struct Choose;

impl Walk for Choose {
    #[inline(always)]
    fn begin(own: &mut Columns) {
        own.claimed.clear();
    }

    #[inline(always)]
    fn block(at: &At<'_>, own: &mut Columns, scratch: &mut Scratch) {
        choose(at, own, scratch);
        bind(at, own);
    }
}

/// What the providers of a block wish to do.
#[inline(always)]
fn choose(at: &At<'_>, own: &mut Columns, scratch: &mut Scratch) {
    let reviewed =
        at.kind.reviews.map(|_| at.dice.block(&own.luck, Purpose::Review, at.step, at.block, &mut own.kept.review));
    for (segment, part) in at.kind.segments.iter().enumerate() {
        let all = own.rows.range(&part.members);
        let rows = at.rows.start.max(all.start)..at.rows.end.min(all.end);
        if rows.is_empty() {
            continue;
        }
        let chosen = rows.clone();
        match &part.behaviour {
            Behaviour::Fixed(constant) => {
                for row in rows {
                    settle(own, row, Lanes::all(constant.level));
                    set_upstream(own, row, Lanes::all(constant.upstream));
                }
            }
            Behaviour::Learner(learner) => learned(at, own, scratch, (segment, all.start), rows, (learner, reviewed)),
            Behaviour::BestResponse(_) => {
                for row in rows {
                    let aim = own.choosers[segment].aims[row - all.start];
                    settle(own, row, aim);
                    let (_, upstream) = at.kind.action(own.conduct[row].position);
                    set_upstream(own, row, upstream);
                }
            }
            Behaviour::Imitator(_) => {
                for row in rows {
                    let (level, upstream) = at.kind.action(own.conduct[row].position);
                    review(at, own, row, level, reviewed);
                    set_upstream(own, row, upstream);
                }
            }
            Behaviour::Conditional(conditional) => {
                for row in rows {
                    let belief = own.choosers[segment].beliefs[row - all.start];
                    let level = matched(at, own, row, belief, conditional);
                    review(at, own, row, level, reviewed);
                    own.conduct[row].position = at.kind.nearest(own.conduct[row].level);
                    set_upstream(own, row, Lanes::all(at.kind.actions[0].upstream));
                }
            }
            Behaviour::Played(_) => {
                for row in rows {
                    set_upstream(own, row, Lanes::all(at.kind.actions[0].upstream));
                }
            }
        }
        if let Some(played) = &part.played {
            play(at, own, chosen, (part.members.start, played));
        }
    }
}

/// What was played takes the place of what was chosen; `first` is the number of the first member that the lists are about.
fn play(at: &At<'_>, own: &mut Columns, rows: Range<usize>, (first, played): (usize, &Played)) {
    let (all, nothing) = (own.rows, Turn { level: None, upstream: None, refers: None });
    for row in rows {
        let turns: [Turn; LANES] = std::array::from_fn(|lane| {
            let member = all.member(row, lane).and_then(|member| member.checked_sub(first));
            member.map_or(nothing, |member| played.turn(member, at.step))
        });
        let written = |of: fn(&Turn) -> Option<f64>, before: Lanes| {
            Lanes::from_fn(|lane| of(&turns[lane]).unwrap_or_else(|| before.lane(lane)))
        };
        let before = own.conduct[row];
        let level = written(|turn| turn.level, before.level);
        settle(own, row, level);
        if let Some(upstream) = &mut own.upstream {
            upstream[row] = written(|turn| turn.upstream, upstream[row]);
        }
        let standing = at.kind.standing_for(level, before.position);
        own.conduct[row].position = Lanes::from_fn(|lane| {
            let Turn { level, upstream, refers } = turns[lane];
            let position = if level.is_some() { standing } else { before.position };
            at.kind.with_shares(position.lane(lane), upstream, refers)
        });
    }
}

/// A provider settles on a plan.
#[inline(always)]
fn settle(own: &mut Columns, row: usize, plan: Lanes) {
    own.conduct[row].level = plan;
    if let Some(plans) = &mut own.plans {
        plans[row].own = plan;
    }
}

/// A provider reviews its plan, or not: at once and in full where nothing says when and how far.
#[inline(always)]
fn review(at: &At<'_>, own: &mut Columns, row: usize, target: Lanes, reviewed: Option<Draws>) {
    let plan = match (&at.kind.reviews, &own.plans, reviewed) {
        (Some(reviews), Some(plans), Some(draws)) => {
            reviews.after(plans[row].own, target, draws.of(row).less(Lanes::all(reviews.chance)))
        }
        _ => target,
    };
    settle(own, row, plan);
}

#[inline(always)]
fn set_upstream(own: &mut Columns, row: usize, share: Lanes) {
    if let Some(upstream) = &mut own.upstream {
        upstream[row] = share;
    }
}

/// Learners choose with a logit; whoever looks ahead goes on as it began until it has foreseen anything. `segment` is the position of
/// the segment and its first row.
#[inline(always)]
fn learned(
    at: &At<'_>,
    own: &mut Columns,
    scratch: &mut Scratch,
    (segment, first): (usize, usize),
    rows: Range<usize>,
    (learner, reviewed): (&Learner, Option<Draws>),
) {
    let count = at.kind.actions.len();
    // Drawn in any case, since it is drawn for several steps at once.
    let draws = at.dice.block(&own.luck, Purpose::Choice, at.step, at.block, &mut own.kept.choice);
    if at.setup.is_before_foresight(at.step) {
        return;
    }
    for row in rows {
        if learner.anticipates {
            weigh(at, own, (segment, row - first), row, &mut scratch.worth[..count]);
        }
        let most = own.most(row);
        if let Some(most) = most {
            if !learner.anticipates {
                let attractions = &own.choosers[segment].attractions[(row - first) * count..][..count];
                scratch.worth[..count].copy_from_slice(attractions);
            }
            rule_out(at.kind, most, &mut scratch.worth[..count]);
        }
        let Columns { conduct, choosers, upstream, .. } = &mut *own;
        let attractions = &choosers[segment].attractions[(row - first) * count..][..count];
        let weighed = if learner.anticipates || most.is_some() { &scratch.worth[..count] } else { attractions };
        let choice = learner.choose(&at.kind.actions, weighed, draws.of(row), &mut scratch.sums);
        if let (Some(reviews), Some(draws)) = (&at.kind.reviews, reviewed) {
            let reviewed = draws.of(row).less(Lanes::all(reviews.chance));
            revise(at.kind, reviews, own, row, &choice, reviewed);
        } else {
            conduct[row].position = choice.position;
            if let Some(upstream) = upstream {
                upstream[row] = choice.upstream;
            }
            settle(own, row, choice.level);
        }
        keep_lanes_together();
    }
}

/// A learner that may review its plan moves it towards what it has chosen. What it then experiences is credited to the action that
/// stands for its plan, whatever it is heading for.
#[inline(always)]
fn revise(kind: &Kind, reviews: &Reviews, own: &mut Columns, row: usize, choice: &Choice, reviewed: Mask) {
    let like = select(reviewed, choice.position, own.conduct[row].position);
    let plan = own.plans.as_ref().map_or(choice.level, |plans| reviews.after(plans[row].own, choice.level, reviewed));
    settle(own, row, plan);
    own.conduct[row].position = kind.standing_for(plan, like);
    set_upstream(own, row, kind.action(like).1);
}

/// Works out what each action is worth to a learner that is about to choose: what it has learnt of it, less what it will cost
/// in conscience and in fines as things stand now.
#[inline(always)]
fn weigh(at: &At<'_>, own: &Columns, (segment, local): (usize, usize), row: usize, weighed: &mut [Lanes]) {
    let (kind, common) = (at.kind, &at.place.kinds[at.index]);
    let deterrents = Deterrents::now(at.setup, at.place, at.index, own, row).with_peers(
        at.setup,
        at.place,
        kind,
        own,
        (row, Lanes::ZERO),
    );
    let count = kind.actions.len();
    let attractions = &own.choosers[segment].attractions[local * count..][..count];
    let levels = kind.by_level().zip(attractions.chunks_exact(kind.shares));
    for ((actions, attractions), weighed) in levels.zip(weighed.chunks_exact_mut(kind.shares)) {
        let level = bound_level(at.setup.derived.bind, common, deterrents.agreed, Lanes::all(actions[0].level));
        let level = paid_for(own.most(row), level);
        let deterred = deterrents.loss(level);
        for (attraction, weighed) in attractions.iter().zip(weighed) {
            *weighed = *attraction - deterred;
            keep_lanes_together();
        }
    }
}

/// The level of a conditional cooperator, given what it believes of the others.
#[inline(always)]
fn matched(at: &At<'_>, own: &Columns, row: usize, belief: Lanes, conditional: &Conditional) -> Lanes {
    let kind = at.kind;
    let deterrents = Deterrents::now(at.setup, at.place, at.index, own, row);
    let as_agreed = ratio(deterrents.agreed, Lanes::all(kind.plan));
    let expected = blend(belief, as_agreed, at.place.vision);
    let mut wanted = conditional.wants(expected) * kind.plan;
    if conditional.gives_way.is_some() {
        let deterrents = deterrents.with_peers(at.setup, at.place, kind, own, (row, Lanes::ZERO));
        wanted = conditional.give_way(wanted, deterrents.agreed, deterrents.penalty, deterrents.reproof.as_ref());
    }
    wanted.max(Lanes::all(kind.levels.0)).min(Lanes::all(kind.levels.1))
}

/// Takes off what has been ceded, and sums up what is claimed.
#[inline(always)]
fn bind(at: &At<'_>, own: &mut Columns) {
    let (common, binds) = (&at.place.kinds[at.index], at.setup.derived.bind);
    let mut sums = *own.claimed.of(at.block);
    for row in at.rows.clone() {
        if binds {
            let agreed = crate::payoff::agreed(at.place, at.index, own, row);
            own.conduct[row].level = bound_level(binds, common, agreed, own.conduct[row].level);
            if let Some(upstream) = &mut own.upstream {
                upstream[row] = bound_upstream(binds, common, upstream[row]);
            }
        }
        if own.plans.is_some() {
            hold(at, own, row);
        }
        own.conduct[row].level = paid_for(own.most(row), own.conduct[row].level);
        let Breach { agreed, excess } = Breach::now(at.place, at.index, own, row);
        let breaks = excess.greater(agreed * at.setup.society.tolerance);
        sums.effort += own.conduct[row].level * own.rows.weight(row, at.kind.size);
        sums.breaches += breaks.number() * own.rows.weight(row, 1.0);
        keep_lanes_together();
    }
    *own.claimed.of(at.block) = sums;
}

/// Writes down the plan that a provider goes by, once it is bound, and what urgent need makes of it in this step.
#[inline(always)]
fn hold(at: &At<'_>, own: &mut Columns, row: usize) {
    let bound = own.conduct[row].level;
    let Some(plans) = &mut own.plans else { return };
    let held = match &at.kind.reviews {
        Some(reviews) => reviews.towards(plans[row].held, bound),
        None => bound,
    };
    plans[row].held = held;
    if let Some(((urgent, need), needs)) = own.urgent.as_mut().zip(at.kind.need.as_ref()).zip(own.needs.as_ref()) {
        let urgent = &mut urgent[row];
        let (yields, most) = (at.place.kinds[at.index].promised, at.kind.levels.1);
        let now = Urgent::asked(needs[row].new + at.place.kinds[at.index].received, need.urgent, yields, most);
        urgent.arise(now, urgent::pace(at.setup.steps_per_year));
        if at.step == 0 {
            let first = Lanes::all(need.expected_at_first(at.setup.steps_per_year));
            urgent.usual = Urgent::asked(first, need.urgent, yields, most);
        }
    }
    own.conduct[row].level = own.effort(at.kind, row, held);
}

/// The effort that a wish comes to once it is bound: less by what has been ceded of an excess, more by what has been agreed to be made up.
#[inline(always)]
pub(super) fn bound_level(binds: bool, common: &Common, agreed: Lanes, level: Lanes) -> Lanes {
    if !binds {
        return level;
    }
    let excess = level - agreed;
    level - common.bound * excess.max(Lanes::ZERO) + common.obliged * (-excess).max(Lanes::ZERO)
}

/// So much of a level as can be paid for, where money binds.
#[inline(always)]
pub(super) fn paid_for(most: Option<Lanes>, level: Lanes) -> Lanes {
    most.map_or(level, |most| level.min(most))
}

/// What an action is worth that cannot be paid for. It is far below anything else, and a plain number still in single precision.
const RULED_OUT: f64 = -1e30;

/// Takes off the table what cannot be paid for; the least effort stays, and is bound by what can.
#[inline(always)]
pub(super) fn rule_out(kind: &Kind, most: Lanes, worth: &mut [Lanes]) {
    let most = most.max(kind.levels.0);
    for (action, worth) in kind.actions.iter().zip(worth) {
        *worth = select(most.less(Lanes::all(action.level)), Lanes::all(RULED_OUT), *worth);
        keep_lanes_together();
    }
}

/// The upstream share that remains of a wish.
#[inline(always)]
pub(super) fn bound_upstream(binds: bool, common: &Common, upstream: Lanes) -> Lanes {
    if binds { upstream + common.bound * (common.agreed_upstream - upstream).max(Lanes::ZERO) } else { upstream }
}

/// The share of need that is referred of a wish to refer so much.
#[inline(always)]
pub(super) fn bound_referral(binds: bool, common: &Common, refers: Lanes) -> Lanes {
    if binds { refers + common.bound * (common.agreed_referral - refers).max(Lanes::ZERO) } else { refers }
}

/// Share of providers at the table that were in breach, across the place.
#[inline(always)]
pub(super) fn breaches(place: &Place, counts: impl Iterator<Item = usize>) -> Lanes {
    let (mut breaches, mut members) = (Lanes::ZERO, Lanes::ZERO);
    for (kind, count) in place.kinds.iter().zip(counts) {
        breaches += kind.breaches * kind.inside;
        members += kind.inside * count as f64;
    }
    breaches / members.max(Lanes::all(f64::MIN_POSITIVE))
}
