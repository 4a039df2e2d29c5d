//! Best responders settle, in turn, on what they will do in the next step.

use super::choose::{bound_level, bound_referral, bound_upstream, paid_for, rule_out};
use super::learn::{Asked, Itself};
use crate::behaviour::{Behaviour, BestResponse, Foresight as Looks};
use crate::dice::Purpose;
use crate::lanes::{Lanes, Mask, select};
use crate::payoff::{Deterrents, Earnings, Expected, Foresight, NeedAhead, Sight, referral};
use crate::setup::Setup;
use crate::step::{Couple, Moment};
use crate::world::World;

/// Best responders settle in turn, after the learners have taken note of what all did in this step.
pub(super) struct Respond;

impl Couple for Respond {
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, .. } = *moment;
        for (index, kind) in setup.kinds.iter().enumerate() {
            for (segment, part) in kind.segments.iter().enumerate() {
                let Behaviour::BestResponse(form) = &part.behaviour else { continue };
                for member in part.members.clone() {
                    let one = One { index, segment, member, first: part.members.start };
                    let reviewed = one.reviews(moment, world);
                    if reviewed.any() {
                        one.weigh(setup, world, form);
                        one.settle_on_best(setup, world, form, reviewed);
                    }
                }
            }
        }
    }
}

/// How far a best responder sees beyond this step, if at all.
fn sight<'a>(setup: &'a Setup, form: &BestResponse) -> Option<Sight<'a>> {
    match form.foresight {
        Looks::SteadyState => Some(Sight::AtRest),
        Looks::Myopic => setup.derived.outlooks.as_deref().map(Sight::Followed),
    }
}

/// A best responder.
#[derive(Clone, Copy)]
struct One {
    index: usize,
    segment: usize,
    member: usize,
    /// The first member of its segment.
    first: usize,
}

impl One {
    /// Whether it reviews its plan: always, where nothing says when.
    #[inline(always)]
    fn reviews(self, moment: &Moment<'_>, world: &World) -> Mask {
        let Some(reviews) = moment.setup.kinds[self.index].reviews else { return Mask::all_of(true) };
        let luck = &world.kinds[self.index].luck;
        world.dice.uniform(luck, Purpose::Review, moment.step, self.member).less(Lanes::all(reviews.chance))
    }

    /// Works out what each action would be worth, the others doing what they did: now, or in the steady state that it leads to.
    #[inline(always)]
    fn weigh(self, setup: &Setup, world: &mut World, form: &BestResponse) {
        let kind = &setup.kinds[self.index];
        let mut worth = std::mem::take(&mut world.scratch.worth);
        match sight(setup, form) {
            None => {
                let World { kinds, pools, place, scratch, .. } = &mut *world;
                let own = &mut kinds[self.index];
                let row = own.rows.row(self.member);
                let utility = own.gained(row);
                let asked = Asked { setup, place, pools, index: self.index, own, row, utility };
                let worth = &mut worth[..kind.actions.len()];
                asked.appraise(false, &mut scratch.divisions, worth, &Itself);
                for worth in worth {
                    *worth = own.rows.of(self.member, |_| *worth);
                }
            }
            sight => {
                for (action, worth) in kind.actions.iter().zip(&mut worth) {
                    let shares = [action.upstream, action.refers].map(Lanes::all);
                    *worth = self.worth_of(setup, world, sight, Lanes::all(action.level), shares);
                }
            }
        }
        let own = &world.kinds[self.index];
        if let Some(purses) = &own.purses {
            let most = own.rows.of(self.member, |row| purses[row].most);
            rule_out(kind, most, &mut worth[..kind.actions.len()]);
        }
        world.scratch.worth = worth;
    }

    /// What a choice of a level, a share of upstream work and a share of need to refer would be worth, as far as it looks.
    #[inline(never)]
    fn worth_of(
        self,
        setup: &Setup,
        world: &World,
        sight: Option<Sight<'_>>,
        level: Lanes,
        [upstream, refers]: [Lanes; 2],
    ) -> Lanes {
        let World { kinds, pools, place, .. } = world;
        let (own, common, binds) = (&kinds[self.index], &place.kinds[self.index], setup.derived.bind);
        let row = own.rows.row(self.member);
        let mut earnings = Earnings::now(setup, place, self.index, own, row);
        let utility = if setup.rules.ostracism().is_some() { own.gained(row) } else { Lanes::ZERO };
        let deterrents = Deterrents::now(setup, place, self.index, own, row).with_peers(
            setup,
            place,
            earnings.kind,
            own,
            (row, utility),
        );
        let plan = bound_level(binds, common, deterrents.agreed, level);
        let level = own.effort(earnings.kind, row, plan);
        let level = paid_for(own.most(row), level);
        let upstream = bound_upstream(binds, common, upstream);
        let change = level - own.conduct[row].level;
        let yields = match sight {
            None => earnings.crowded_yield(setup, place, pools, change),
            Some(sight) => earnings.foreseen_yield(setup, sight, place, pools, change),
        };
        earnings.scarce(setup, place, change);
        let returned = if let Some(ahead) = NeedAhead::now(setup, place, self.index, own, row) {
            earnings.expect(ahead.if_it_did(level * earnings.granted, upstream));
            Lanes::ZERO
        } else {
            let need_new = own.needs.as_ref().map_or(Lanes::ZERO, |needs| needs[row].new);
            Foresight::now(setup, place, self.index, need_new).of(upstream)
        };
        if let Some(counts) = referral(place, earnings.kind) {
            let before = Expected { need: own.need_before_referral(row), prevented: Lanes::ZERO };
            let expected = match earnings.prevented {
                Some(prevented) => Expected { need: earnings.need, prevented },
                None => before,
            };
            let refers = bound_referral(setup.derived.binds_referral, common, refers);
            earnings.refers(expected.need * refers);
            earnings.expect(expected.refer(refers, counts));
        }
        let work = earnings.work(level, upstream, yields);
        let cost = earnings.cost(work.effort);
        let gain = earnings.gain(&work, cost, work.effort * returned, earnings.per_need()) - deterrents.loss(plan);
        let worth = gain - deterrents.shunned(gain, plan);
        own.rows.of(self.member, |_| worth)
    }

    /// Settles on the best action for the next step, and lets those who come after see what it will be once it is bound.
    #[inline(always)]
    fn settle_on_best(self, setup: &Setup, world: &mut World, form: &BestResponse, reviewed: Mask) {
        let kind = &setup.kinds[self.index];
        let choice = BestResponse::choose(&world.scratch.worth[..kind.actions.len()]);
        let (mut level, upstream) = kind.action(choice);
        if form.between {
            level = self.between(setup, world, form, choice, (level, upstream));
        }
        let World { kinds, place, .. } = world;
        let own = &mut kinds[self.index];
        let (rows, row) = (own.rows, own.rows.row(self.member));
        let mut position = if form.between { kind.standing_for(level, choice) } else { choice };
        if let (Some(reviews), Some(plans)) = (&kind.reviews, &own.plans) {
            let plan = rows.of(self.member, |row| plans[row].own);
            let before = rows.of(self.member, |row| own.conduct[row].position);
            level = reviews.after(plan, level, reviewed);
            position = kind.standing_for(level, select(reviewed, choice, before));
        }
        let aims = &mut own.choosers[self.segment].aims;
        rows.put(self.member, &mut aims[row - rows.row(self.first)], level);
        rows.put(self.member, &mut own.conduct[row].position, position);
        let agreed = rows.of(self.member, |row| crate::payoff::agreed(place, self.index, own, row));
        let before = rows.of(self.member, |row| own.planned(row));
        let bound = bound_level(setup.derived.bind, &place.kinds[self.index], agreed, level);
        let level = kind.reviews.map_or(bound, |reviews| reviews.towards(before, bound));
        let most = own.purses.as_ref().map(|purses| rows.of(self.member, |row| purses[row].most));
        let level = paid_for(most, level);
        let change = (level - before) * kind.size;
        for uses in &kind.uses {
            place.efforts[uses.pool] += change * uses.amount;
        }
    }

    /// The best level between the neighbours of the best one in the list; that one itself if nothing beats it.
    #[inline(never)]
    fn between(
        self,
        setup: &Setup,
        world: &World,
        form: &BestResponse,
        choice: Lanes,
        (level, upstream): (Lanes, Lanes),
    ) -> Lanes {
        let kind = &setup.kinds[self.index];
        let (mut low, mut high) = (Lanes::all(kind.levels.0), Lanes::all(kind.levels.1));
        for action in &kind.actions {
            let other = Lanes::all(action.level);
            low = select(other.less(level), low.max(other), low);
            high = select(other.greater(level), high.min(other), high);
        }
        let sight = sight(setup, form);
        let worth = |level: Lanes| self.worth_of(setup, world, sight, level, [upstream, kind.refers(choice)]);
        let peak = BestResponse::peak(low, high, worth);
        let listed = Lanes::from_fn(|lane| world.scratch.worth[choice.lane(lane) as usize].lane(lane));
        select(worth(peak).greater(listed), peak, level)
    }
}
