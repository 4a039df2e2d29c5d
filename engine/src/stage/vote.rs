//! The vote at a meeting, one run at a time: the median voter's proposal against what stands. Source: Black 1948.

use super::shift_vote::shift_ballot;
use crate::dice::Purpose;
use crate::lanes::{LANES, Lanes};
use crate::place::Shift;
use crate::place::{Decision as Decided, NOTHING, Pending, Place};
use crate::rule::ballot::{favourite, support, weighted_median};
use crate::rule::{CollectiveChoice, Decision, InForce, OptionOnTable, Sharing};
use crate::setup::Setup;
use crate::step::Moment;
use crate::world::{Count, Valuation, World};

/// A count in one lane.
pub(super) struct Vote<'a> {
    pub(super) rule: &'a CollectiveChoice,
    pub(super) setup: &'a Setup,
    pub(super) world: &'a World,
    pub(super) values: &'a Valuation,
    pub(super) lane: usize,
}

/// Finds what is decided in every lane. While one decision is on its way no other is made, or where meetings come faster than decisions
/// take effect, none ever would.
pub(super) fn count(
    Moment { setup, step, .. }: Moment<'_>,
    world: &mut World,
    rule: &InForce<'_, CollectiveChoice>,
    values: &mut Valuation,
) {
    let mut room = std::mem::take(&mut values.count);
    let due = delay(setup, &world.place, 0..setup.kinds.len());
    // Where the rule does not act nobody meets, whatever happens in the runs beside.
    let closed = world.place.pending.option.at_least(Lanes::ZERO) | !rule.acts();
    let lot = lot(setup, world, rule.rule, step);
    let mut chosen = NOTHING;
    for lane in (0..LANES).filter(|lane| !closed.lane(*lane)) {
        let vote = Vote { rule: rule.rule, setup, world, values, lane };
        if let Some(index) = vote.decided(&lot, &mut room) {
            chosen.set_lane(lane, index as f64);
        }
    }
    let shifts = shift_ballot(setup, world, rule, (step, &closed), &mut chosen, (values, &mut room));
    for lane in 0..LANES {
        if chosen.lane(lane) >= 0.0 {
            let index = chosen.lane(lane) as usize;
            let usual = world.place.usual;
            let Pending { option: pending, decision, due: left } = &mut world.place.pending;
            let chosen = usual.unwrap_or_else(|| bound_by(&setup.derived.options[index]));
            decision.total.set_lane(lane, chosen.total.lane(lane));
            decision.upstream.set_lane(lane, chosen.upstream.lane(lane));
            decision.by_need.set_lane(lane, chosen.by_need.lane(lane));
            pending.set_lane(lane, index as f64);
            left.set_lane(lane, due.lane(lane));
        }
    }
    if let Some(shifts) = shifts {
        let shift = &mut world.place.pending.decision.shift;
        *shift = shift.or(chosen.at_least(Lanes::ZERO), &shifts);
    }
    decide_in_groups(setup, world, rule, values, &mut room);
    values.count = room;
}

/// The option that the lot falls on, where what is decided is left to it.
fn lot(setup: &Setup, world: &mut World, rule: &CollectiveChoice, step: u32) -> Lanes {
    if rule.decision != (Decision::Lot {}) {
        return Lanes::ZERO;
    }
    let options = setup.derived.options.len() as f64;
    let drawn = world.dice.uniform(&world.luck, Purpose::Lot, step, 0);
    Lanes::from_fn(|lane| (drawn.lane(lane) * options).floor().min(options - 1.0))
}

/// What all are held to under an option.
fn bound_by(option: &OptionOnTable) -> Decided {
    let by_need = if option.sharing == Sharing::Need { 1.0 } else { 0.0 };
    let (total, upstream) = (Lanes::all(option.total), Lanes::all(option.upstream));
    Decided { total, upstream, by_need: Lanes::all(by_need), shift: Shift::NONE }
}

/// Steps from a decision at a table of these kinds until it takes effect: the more, the more sit there, and the less, the more of
/// the work a team does.
fn delay(setup: &Setup, place: &Place, kinds: impl Iterator<Item = usize>) -> Lanes {
    let Some(partners) = setup.rules.partners() else { return Lanes::ZERO };
    let mut seats = Lanes::ZERO;
    for kind in kinds {
        seats += place.kinds[kind].inside * setup.kinds[kind].count as f64;
    }
    let delay = partners.delay(seats);
    setup.rules.dedicated_team().map_or(delay, |team| delay * team.undone())
}

/// What each group decides: its median member's total as its quota, or where members have no say that of the whole. Who does not sit at
/// the table has no vote in its group either.
fn decide_in_groups(
    setup: &Setup,
    world: &mut World,
    choice: &InForce<'_, CollectiveChoice>,
    values: &Valuation,
    room: &mut Count,
) {
    let Some(groups) = setup.rules.nested_groups() else { return };
    let meets = choice.acts() & groups.acts();
    for (group, kinds) in setup.derived.groups.iter().enumerate() {
        let due = delay(setup, &world.place, kinds.iter().copied());
        if !choice.rule.decision.is_by_members() {
            world.place.group_quotas[group].decide(world.place.pending.decision.total, due, meets);
            continue;
        }
        let mut decided = Lanes::ONE;
        for lane in 0..LANES {
            room.ballots.clear();
            each_member(setup, world, |index, seat, member| {
                if kinds.contains(&index) {
                    let favourite = seat_of(world, (index, member), lane, |row| values.favourite(seat + row)) as usize;
                    let inside = world.place.kinds[index].inside.lane(lane);
                    room.ballots.push((setup.derived.options[favourite].total, inside));
                }
            });
            decided.set_lane(lane, weighted_median(&mut room.ballots));
        }
        world.place.group_quotas[group].decide(decided, due, meets);
    }
}

/// Visits every member: the position of its kind, the first row of that kind among all, and its number within the kind.
pub(super) fn each_member(setup: &Setup, world: &World, mut visit: impl FnMut(usize, usize, usize)) {
    let mut first = 0;
    for (index, own) in world.kinds.iter().enumerate() {
        for member in 0..setup.kinds[index].count {
            visit(index, first, member);
        }
        first += own.rows.count();
    }
}

/// A number of a member of a kind in the run of a lane.
#[inline(always)]
pub(super) fn seat_of<'a>(
    world: &World,
    (index, member): (usize, usize),
    lane: usize,
    of: impl Fn(usize) -> &'a Lanes,
) -> f64 {
    let (row, lane) = world.kinds[index].rows.seat(member, lane);
    of(row).lane(lane)
}

impl Vote<'_> {
    /// The option that is decided, if any; given the one that the lot falls on.
    fn decided(&self, lot: &Lanes, room: &mut Count) -> Option<usize> {
        match &self.rule.decision {
            Decision::Majority {} | Decision::Supermajority { .. } | Decision::Unanimity {} => self.carried(room),
            Decision::OneDecider { kind } => self.decided_by(kind),
            Decision::Outsider {} => Some(self.values.public_favourite().lane(self.lane) as usize),
            Decision::Lot {} | Decision::AsWeAre {} => Some(lot.lane(self.lane) as usize),
        }
    }

    /// The option that is carried against what stands, if any.
    fn carried(&self, room: &mut Count) -> Option<usize> {
        if !self.register(room) {
            return None;
        }
        let proposed = self.proposed(room)?;
        let present = self.standing_option();
        let Count { weights, ballots, .. } = room;
        ballots.clear();
        each_member(self.setup, self.world, |index, first, member| {
            let worth = |option: usize| {
                seat_of(self.world, (index, member), self.lane, |row| self.values.worth(first + row, option))
            };
            ballots.push((worth(proposed), worth(present)));
        });
        let public = |option: usize| self.values.public(option).lane(self.lane);
        ballots.push((public(proposed), public(present)));
        let ballots = ballots.iter().zip(&*weights).map(|((proposed, present), weight)| (*proposed, *present, *weight));
        (support(ballots) >= self.threshold()).then_some(proposed)
    }

    /// What one member decides alone; nothing where it has no seat at the table.
    fn decided_by(&self, kind: &str) -> Option<usize> {
        let (index, first, member) = self.decider(kind)?;
        Some(self.favourite(index, first, member))
    }

    /// The option that a member favours.
    fn favourite(&self, index: usize, first: usize, member: usize) -> usize {
        seat_of(self.world, (index, member), self.lane, |row| self.values.favourite(first + row)) as usize
    }

    /// Writes down the votes and the favourite of each voter, the public last; `false` if nobody is at the table.
    pub(super) fn register(&self, room: &mut Count) -> bool {
        let Count { weights, favourites, .. } = room;
        let public = self.rule.public_seats;
        weights.clear();
        favourites.clear();
        each_member(self.setup, self.world, |index, first, member| {
            let seat = self.world.place.kinds[index].inside.lane(self.lane);
            weights.push(seat * self.rule.votes.of(self.setup.kinds[index].size));
            favourites.push(self.favourite(index, first, member));
        });
        let total: f64 = weights.iter().sum();
        for weight in &mut *weights {
            *weight = *weight / total * (1.0 - public);
        }
        weights.push(public);
        favourites.push(self.values.public_favourite().lane(self.lane) as usize);
        total > 0.0
    }

    /// The median voter's total and upstream share, and the sharing with most votes.
    #[expect(clippy::float_cmp, reason = "medians are taken from the options themselves, to the bit")]
    fn proposed(&self, room: &mut Count) -> Option<usize> {
        let Count { weights, favourites, ballots, .. } = room;
        let options = &self.setup.derived.options;
        let mut median = |of: &dyn Fn(&OptionOnTable) -> f64| {
            ballots.clear();
            let voters = favourites.iter().zip(&*weights);
            ballots.extend(voters.map(|(favourite, weight)| (of(&options[*favourite]), *weight)));
            weighted_median(ballots)
        };
        let (total, upstream) = (median(&|option| option.total), median(&|option| option.upstream));
        let by_need = median(&|option| if option.sharing == Sharing::Need { 1.0 } else { 0.0 }) > 0.5;
        options.iter().position(|option| {
            option.total == total && option.upstream == upstream && (option.sharing == Sharing::Need) == by_need
        })
    }

    /// What stands: the option decided last, or before that the one nearest to what all do now.
    pub(super) fn standing_option(&self) -> usize {
        let decided = self.world.place.decided.lane(self.lane);
        if decided >= 0.0 {
            return decided as usize;
        }
        let now = self.world.place.level.lane(self.lane);
        favourite(self.setup.derived.options.iter().map(|option| -libm::fabs(option.total - now) - option.upstream))
    }

    /// The first member of a kind, if it has a seat at the table.
    pub(super) fn decider(&self, kind: &str) -> Option<(usize, usize, usize)> {
        let mut decider = None;
        each_member(self.setup, self.world, |index, first, member| {
            if member == 0 && self.setup.kinds[index].name == kind {
                let seat = self.world.place.kinds[index].inside.lane(self.lane);
                decider = (seat > 0.0).then_some((index, first, member));
            }
        });
        decider
    }

    /// Share of the votes that a change needs.
    pub(super) fn threshold(&self) -> f64 {
        /// So that rounding in a sum of weights does not deny a change that all support.
        const ROUNDING: f64 = 1e-9;
        match self.rule.decision {
            Decision::Supermajority { share } => share - ROUNDING,
            Decision::Unanimity {} => 1.0 - ROUNDING,
            _ => 0.5 - ROUNDING,
        }
    }
}
