//! All learn: providers take note of what their actions earned and of what they saw of the others.

use super::choose::{bound_level, bound_referral, bound_upstream, paid_for};
use crate::behaviour::{Behaviour, Learner, Lesson};
use crate::dice::Purpose;
use crate::lanes::{Lanes, keep_lanes_together};
use crate::payoff::{Deterrents, Earnings, Expected, Foresight, NeedAhead, Sight, referral};
use crate::place::Place;
use crate::pool::PoolState;
use crate::setup::Setup;
use crate::step::{At, Walk};
use crate::world::{Columns, Division, Scratch};
use std::ops::Range;

/// All learn.
pub(super) struct Learn;

impl Walk for Learn {
    #[inline(always)]
    fn begin(_: &mut Columns) {}

    #[inline(always)]
    fn block(at: &At<'_>, own: &mut Columns, scratch: &mut Scratch) {
        learn(at, own, scratch);
    }
}

#[inline(always)]
fn learn(at: &At<'_>, own: &mut Columns, scratch: &mut Scratch) {
    for (segment, part) in at.kind.segments.iter().enumerate() {
        let all = own.rows.range(&part.members);
        let rows = at.rows.start.max(all.start)..at.rows.end.min(all.end);
        if rows.is_empty() {
            continue;
        }
        match &part.behaviour {
            Behaviour::Learner(learner) => reinforce(at, own, scratch, (segment, all.start), rows, learner),
            Behaviour::Conditional(form) => observe(at, own, (segment, all.start), rows, form.belief_speed),
            Behaviour::Fixed(_) | Behaviour::BestResponse(_) | Behaviour::Imitator(_) | Behaviour::Played(_) => {}
        }
    }
    trust(at, own);
    account(at, own);
}

/// Learners move their attractions with what was experienced.
#[inline(always)]
fn reinforce(
    at: &At<'_>,
    own: &mut Columns,
    scratch: &mut Scratch,
    (segment, first): (usize, usize),
    rows: Range<usize>,
    learner: &Learner,
) {
    let count = at.kind.actions.len();
    let mut attractions = std::mem::take(&mut own.choosers[segment].attractions);
    let experience = own.choosers[segment].experience;
    for row in rows {
        let lesson = if at.setup.is_before_foresight(at.step) {
            Lesson::first(experience)
        } else {
            learner.lesson(own.conduct[row].position, experience)
        };
        let attractions = &mut attractions[(row - first) * count..][..count];
        if learner.foregone > 0.0 || learner.anticipates || at.setup.derived.outlooks.is_some() {
            let utility = own.gained(row);
            let asked = Asked { setup: at.setup, place: at.place, pools: at.pools, index: at.index, own, row, utility };
            asked.appraise(learner.anticipates, &mut scratch.divisions, attractions, &lesson);
        } else {
            let earned = own.gained(row);
            let mut position = 0.0;
            for attraction in attractions {
                *attraction = lesson.learnt(position, *attraction, earned);
                position += 1.0;
                keep_lanes_together();
            }
        }
    }
    own.choosers[segment].attractions = attractions;
}

/// What is kept of an action's worth. A trait, since a closure would not be inlined into the vector code.
pub(super) trait Keep {
    /// The number to keep for the action at a position, given the number kept before.
    fn keep(&self, position: f32, before: Lanes, worth: Lanes) -> Lanes;
}

/// The worth itself.
pub(super) struct Itself;

impl Keep for Itself {
    #[inline(always)]
    fn keep(&self, _: f32, _: Lanes, worth: Lanes) -> Lanes {
        worth
    }
}

impl Keep for Lesson {
    #[inline(always)]
    fn keep(&self, position: f32, before: Lanes, worth: Lanes) -> Lanes {
        self.learnt(position, before, worth)
    }
}

/// Who is asked what its actions would have been worth, the others doing what they did.
pub(super) struct Asked<'a> {
    pub(super) setup: &'a Setup,
    pub(super) place: &'a Place,
    pub(super) pools: &'a [PoolState],
    pub(super) index: usize,
    pub(super) own: &'a Columns,
    pub(super) row: usize,
    /// Its utility in this step, where the others look at it.
    pub(super) utility: Lanes,
}

impl Asked<'_> {
    /// Works out what each action would have been worth, level by level, since much depends on the level alone, and keeps of it what
    /// it is told to, one number an action. Where users crowd each other, one's own effect on the yield counts.
    #[inline(always)]
    pub(super) fn appraise(&self, undeterred: bool, divisions: &mut [Division], kept: &mut [Lanes], keep: &impl Keep) {
        let Self { setup, place, pools, index, own, row, utility } = *self;
        let (kind, common, binds) = (&setup.kinds[index], &place.kinds[index], setup.derived.bind);
        let mut earnings = Earnings::now(setup, place, index, own, row);
        let mut deterrents =
            Deterrents::now(setup, place, index, own, row).with_peers(setup, place, kind, own, (row, utility));
        if undeterred {
            deterrents.undeterred();
        }
        let need_new = own.needs.as_ref().map_or(Lanes::ZERO, |needs| needs[row].new);
        let ahead = NeedAhead::now(setup, place, index, own, row);
        let foresight = match ahead {
            Some(_) => Foresight::NONE,
            None => Foresight::now(setup, place, index, need_new),
        };
        let (elsewhere, need) = (referral(place, kind), own.need_before_referral(row));
        let mut per_need = earnings.per_need();
        let divisions = &mut divisions[..kind.shares];
        for (division, action) in divisions.iter_mut().zip(&kind.actions) {
            let upstream = bound_upstream(binds, common, Lanes::all(action.upstream));
            *division = Division {
                care: earnings.attention * (1.0 - upstream),
                upstream,
                refers: bound_referral(setup.derived.binds_referral, common, Lanes::all(action.refers)),
                returned: foresight.of(upstream),
            };
        }
        let mut position = 0.0;
        for (actions, kept) in kind.by_level().zip(kept.chunks_exact_mut(kind.shares)) {
            let plan = bound_level(binds, common, deterrents.agreed, Lanes::all(actions[0].level));
            let level = own.effort(kind, row, plan);
            let level = paid_for(own.most(row), level);
            let change = level - own.conduct[row].level;
            let yields = match &setup.derived.outlooks {
                Some(_) => earnings.foreseen_yield(setup, Sight::Read, place, pools, change),
                None => earnings.crowded_yield(setup, place, pools, change),
            };
            earnings.scarce(setup, place, change);
            let cost = earnings.cost(level * earnings.granted);
            let loss = deterrents.loss(plan);
            for (division, kept) in divisions.iter().zip(kept) {
                if ahead.is_some() || elsewhere.is_some() {
                    let mut expected = match &ahead {
                        Some(ahead) => ahead.if_it_did(level * earnings.granted, division.upstream),
                        None => Expected { need, prevented: Lanes::ZERO },
                    };
                    if let Some(counts) = elsewhere {
                        earnings.refers(expected.need * division.refers);
                        expected = expected.refer(division.refers, counts);
                    }
                    earnings.expect(expected);
                    per_need = earnings.per_need();
                }
                let work = earnings.divided(level, division.care, yields);
                let mut worth = earnings.gain(&work, cost, work.effort * division.returned, per_need) - loss;
                if deterrents.shunning.is_some() {
                    worth -= deterrents.shunned(worth, plan);
                }
                *kept = keep.keep(position, *kept, worth);
                position += 1.0;
                keep_lanes_together();
            }
        }
    }
}

/// Conditional cooperators revise what they believe of the others, so far as it can be seen.
#[inline(always)]
fn observe(at: &At<'_>, own: &mut Columns, (segment, first): (usize, usize), rows: Range<usize>, speed: f64) {
    let (kind, derived) = (at.kind, &at.setup.derived);
    let others = derived.planned_effort - kind.plan * kind.size;
    if others <= 0.0 {
        return;
    }
    let all = at.place.level * derived.planned_effort;
    for row in rows {
        let seen = (all - own.conduct[row].level * kind.size) * (1.0 / others);
        let belief = &mut own.choosers[segment].beliefs[row - first];
        *belief += (seen - *belief) * at.place.publicity * speed;
        keep_lanes_together();
    }
}

/// √12: a uniform draw less one half, times this, has a standard deviation of one.
const UNIFORM_TO_UNIT_DEVIATION: f64 = 3.464_101_615_137_754_6;

/// Trust moves with the share of all providers that is seen to exceed what it was allotted, and with being fined.
#[inline(always)]
fn trust(at: &At<'_>, own: &mut Columns) {
    let Some(trust) = &mut own.trust else { return };
    let (place, society, common) = (at.place, &at.setup.society, &at.place.kinds[at.index]);
    let (share, noise) = near(at);
    let say = at.kind.norm.say(common.force);
    let seen = place.seen_by_all() * common.inside;
    let draws = at.dice.block(&own.luck, Purpose::Trust, at.step, at.block, &mut own.kept.trust);
    let mut sum = own.settled.of(at.block).trust;
    for row in at.rows.clone() {
        let error = (draws.of(row) - 0.5) * UNIFORM_TO_UNIT_DEVIATION * noise;
        let observed = (share + error * share * (1.0 - share)).max(Lanes::ZERO);
        let moved = society.trust_after(trust[row], observed.min(Lanes::ONE), seen);
        trust[row] = match &own.offenders {
            Some(offenders) => society.trust_after_fine(moved, offenders[row].fined, say),
            None => moved,
        };
        sum += trust[row] * own.rows.weight(row, 1.0);
        keep_lanes_together();
    }
    own.settled.of(at.block).trust = sum;
}

/// What a kind's providers see of breaches, and its error: near at hand where they belong to a group.
#[inline(always)]
fn near(at: &At<'_>) -> (Lanes, Lanes) {
    let (setup, place) = (at.setup, at.place);
    let Some(rule) = setup.rules.nested_groups() else { return (place.breaches, place.noise) };
    let (mut near, mut groups) = (Lanes::ZERO, 0.0);
    for (_, group) in setup.groups_of(at.index) {
        let (mut sum, mut members) = (Lanes::ZERO, 0.0);
        for other in group {
            sum += place.kinds[*other].breaches;
            members += setup.kinds[*other].count as f64;
        }
        near += sum * (1.0 / members);
        groups += 1.0;
    }
    if groups == 0.0 {
        return (place.breaches, place.noise);
    }
    (rule.seen(place.breaches, near * (1.0 / groups)), rule.error(place.noise))
}

/// Sums up what has been earned and met, by provider over the run and by kind in this step.
#[inline(always)]
fn account(at: &At<'_>, own: &mut Columns) {
    let sums = own.settled.of(at.block);
    let (mut margins, mut income, mut unpaid, mut bonus) = (sums.margin, sums.income, sums.unpaid, sums.bonus);
    let received = at.place.kinds[at.index].received;
    for row in at.rows.clone() {
        if let Some((so_far, needs)) = own.need_so_far.as_mut().zip(own.needs.as_ref()) {
            let (so_far, needs) = (&mut so_far[row], &needs[row]);
            so_far.met += needs.need - needs.unmet;
            so_far.arisen += needs.new + received;
            if let Some(referred) = &own.referred {
                so_far.arisen -= referred[row];
            }
        }
        if own.accounts.is_some() {
            let margin = own.margin(row);
            if let Some(so_far) = &mut own.margins {
                so_far[row] += margin;
            }
            let weight = own.rows.weight(row, at.kind.size);
            margins += margin * weight;
            if let Some(accounts) = &own.accounts {
                let account = &accounts[row];
                income += account.income * weight;
                unpaid += account.unpaid * weight;
                bonus += account.bonus * weight;
            }
        }
        keep_lanes_together();
    }
    let sums = own.settled.of(at.block);
    (sums.margin, sums.income, sums.unpaid, sums.bonus) = (margins, income, unpaid, bonus);
}
