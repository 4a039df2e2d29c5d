//! The arithmetic of a meeting: what each option on the table would be worth to each member if all were bound by it.
//!
//! Members take up the options one after the other, so that what does not depend on the option is worked out once a member.

use super::collective_choice::{OptionOnTable, Sharing};
use super::demand::Demand;
use super::outlook::{self, Outlook};
use super::{Forecast, RuleName};
use crate::behaviour::BestResponse;
use crate::books;
use crate::lanes::{Lanes, keep_lanes_together};
use crate::setup::{Provider, Setup};
use crate::simd::Work;
use crate::utility;
use crate::utility::Prospect;
use crate::world::{ProviderState, World};

/// A meeting at which the options are weighed, with what is known of the pools.
pub(super) struct Meeting<'a> {
    pub(super) setup: &'a Setup,
    pub(super) world: &'a World,
    pub(super) options: &'a [OptionOnTable],
    pub(super) forecast: &'a Forecast,
    /// Error of what is seen of the pools, as a share.
    pub(super) error: Lanes,
    /// Where the members' valuation is written.
    pub(super) valuation: &'a mut Valuation,
}

/// What members look at while they weigh the options.
struct Table<'a> {
    setup: &'a Setup,
    world: &'a World,
    demand: Demand,
    yields: &'a [Lanes],
}

/// What the members, and last the public, make of the options. It is kept from meeting to meeting, so that only the first
/// allocates.
#[derive(Clone, Debug, Default)]
pub struct Valuation {
    /// What each option would bring about.
    outlooks: Vec<Outlook>,
    /// Yields per effort that members foresee: `levels × pools`.
    yields: Vec<Lanes>,
    /// One a voter and option, voter by voter.
    worth: Vec<Lanes>,
    /// Position of the option worth most, one a voter.
    favourites: Vec<Lanes>,
}

impl Valuation {
    /// What an option is worth to a voter in one lane.
    pub(super) fn worth(&self, voter: usize, option: usize, lane: usize) -> f64 {
        self.worth[voter * self.outlooks.len() + option].lane(lane)
    }

    /// The option worth most to a voter in one lane; of equal ones the first.
    pub(super) fn favourite(&self, voter: usize, lane: usize) -> usize {
        self.favourites[voter].lane(lane) as usize
    }
}

/// What of a member does not depend on the option: how things stand for it where nothing is rationed, fined or frowned upon.
struct Member<'a> {
    prospect: Prospect<'a>,
    /// Its level if plans were shared out by need.
    by_need: Lanes,
    /// Its new need if none were prevented.
    unrelieved: Lanes,
    /// Its need that is not new.
    old_need: Lanes,
}

/// What a member would do under an option.
struct Conduct<'a> {
    prospect: Prospect<'a>,
    level: Lanes,
    work: utility::Work,
}

impl Work for Meeting<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { setup, world, options, forecast, error, valuation } = self;
        let Valuation { outlooks, yields, worth, favourites } = valuation;
        foresee(setup, world, options, forecast, error, yields);
        Outlook::of_all(setup, world, options, outlooks);
        let demand = Demand::of_all(setup, world.providers.iter().map(|state| state.need_new));
        let table = Table { setup, world, demand, yields };
        table.add_up(outlooks);
        if setup.keeps_books {
            table.keep_books(outlooks);
        }
        if setup.rules.set.pooled_finance.is_some() {
            table.pool_results(outlooks);
        }
        table.weigh(outlooks, worth);
        favourites.clear();
        for worth in worth.chunks_exact(outlooks.len()) {
            favourites.push(BestResponse::choose(worth)); // a loop, since what `extend` is given would not be inlined
        }
    }
}

/// Writes down the yields per effort that members foresee: `levels × pools`.
fn foresee(
    setup: &Setup,
    world: &World,
    options: &[OptionOnTable],
    forecast: &Forecast,
    error: Lanes,
    yields: &mut Vec<Lanes>,
) {
    let levels = options.iter().map(|option| option.level + 1).max().unwrap_or(0);
    let boundary = setup.rules.strength(RuleName::Boundary);
    yields.clear();
    for level in 0..levels {
        for (pool, named) in setup.pools.iter().enumerate() {
            let seen = world.place.seen[pool] * (1.0 + error) * (1.0 / named.part.capacity);
            yields.push(forecast.yield_per_effort(level, pool, seen, boundary));
        }
    }
}

impl<'a> Table<'a> {
    /// What all would meet, need, deliver and spend under each option.
    #[inline(always)]
    fn add_up(&self, outlooks: &mut [Outlook]) {
        let Self { setup, world, .. } = *self;
        for (provider, state) in setup.providers.iter().zip(&world.providers) {
            let member = self.member(provider, state);
            for outlook in &mut *outlooks {
                let Conduct { prospect, work, .. } = member.conduct(outlook, self.yields);
                outlook.met += work.met * provider.size;
                outlook.need += prospect.need * provider.size;
                if setup.keeps_books {
                    outlook.spending += prospect.cost(work.effort) * provider.size;
                    outlook.delivered += work.delivered * provider.size;
                }
                keep_lanes_together();
            }
        }
    }

    /// What each option is worth to each member, and last to the public.
    #[inline(always)]
    fn weigh(&self, outlooks: &mut [Outlook], worth: &mut Vec<Lanes>) {
        let Self { setup, world, .. } = *self;
        worth.clear();
        for (provider, state) in setup.providers.iter().zip(&world.providers) {
            let member = self.member(provider, state);
            for outlook in &mut *outlooks {
                let conduct = member.conduct(outlook, self.yields);
                outlook.public += for_the_public(&conduct) * provider.size;
                worth.push(self.for_the_member(&conduct, outlook));
                keep_lanes_together();
            }
        }
        worth.extend(outlooks.iter().map(|outlook| outlook.public));
    }

    /// What all would earn before any bonus under each option, once what all do and spend is known.
    #[inline(always)]
    fn keep_books(&self, outlooks: &mut [Outlook]) {
        let Self { setup, world, .. } = *self;
        let prime = books::prime_in_force(setup, &world.place).is_some();
        let standing = 1.0 - world.place.books.contract.failed;
        for (provider, state) in setup.providers.iter().zip(&world.providers) {
            let by_contract = prime && setup.kind(provider).paid_by.is_some();
            let member = self.member(provider, state);
            for outlook in &mut *outlooks {
                let Conduct { mut prospect, work, .. } = member.conduct(outlook, self.yields);
                let cost = prospect.cost(work.effort);
                look_at_place(&mut prospect, &work, outlook);
                prospect.ledger.spending = outlook.spending * (1.0 / provider.size) - cost;
                prospect.ledger.delivered = outlook.delivered - work.delivered * provider.size;
                prospect.ledger.contracts = Lanes::ZERO; // so that the holder's income is all that it receives
                let income = prospect.income(&work, cost, prospect.per_need()) * provider.size;
                outlook.income += income;
                if by_contract {
                    outlook.contracts += income * standing;
                }
                keep_lanes_together();
            }
        }
        for outlook in outlooks {
            outlook.income -= outlook.contracts;
        }
    }

    /// The mean result of those who pool theirs under each option.
    #[inline(always)]
    fn pool_results(&self, outlooks: &mut [Outlook]) {
        let Self { setup, world, .. } = *self;
        for (provider, state) in setup.providers.iter().zip(&world.providers) {
            let weight = world.place.inside[provider.kind] * provider.size / world.place.pooling.size;
            let member = self.member(provider, state);
            for outlook in &mut *outlooks {
                let conduct = member.conduct(outlook, self.yields);
                outlook.pooled += result(&at_the_place(setup, &conduct, outlook), &conduct.work) * weight;
                keep_lanes_together();
            }
        }
    }

    /// The member's own utility, given what the option brings about across the place.
    #[inline(always)]
    fn for_the_member(&self, conduct: &Conduct<'_>, outlook: &Outlook) -> Lanes {
        let mut prospect = at_the_place(self.setup, conduct, outlook);
        if let Some(member) = prospect.pooling {
            let own = result(&prospect, &conduct.work);
            prospect.pooling = Some(member.among(outlook.pooled, own, &self.world.place.pooling));
        }
        prospect.worth(conduct.level, &conduct.work).utility
    }

    #[inline(always)]
    fn member(&self, provider: &Provider, state: &ProviderState) -> Member<'a> {
        let mut prospect = Prospect::now(self.setup, self.world, provider, state);
        prospect.free();
        prospect.granted = Lanes::ONE;
        let unrelieved = state.need_new / (1.0 - outlook::relief_now(self.setup, self.world) * relief(&prospect));
        let by_need = self.demand.share(prospect.kind, state.need_new);
        Member { prospect, by_need, unrelieved, old_need: state.need - state.need_new }
    }
}

impl<'a> Member<'a> {
    /// What the member would do and meet under an option.
    #[inline(always)]
    fn conduct(&self, outlook: &Outlook, yields: &[Lanes]) -> Conduct<'a> {
        let Self { mut prospect, by_need, unrelieved, old_need } = *self;
        let option = &outlook.option;
        let prevented = unrelieved * outlook.relief * relief(&prospect);
        prospect.need = old_need + unrelieved - prevented;
        prospect.prevented = Some(prevented);
        let level = match option.sharing {
            Sharing::Plan => Lanes::all(prospect.kind.plan) * option.total,
            Sharing::Need => by_need * option.total,
        };
        let pools = prospect.kind.uses.len();
        let yields = &yields[option.level * pools..(option.level + 1) * pools];
        let work = prospect.work(level, Lanes::all(option.upstream), prospect.scarcest(yields));
        Conduct { prospect, level, work }
    }
}

/// How strongly upstream work lowers a member's need, against 1 for the most.
#[inline(always)]
fn relief(prospect: &Prospect<'_>) -> f64 {
    prospect.kind.need.as_ref().map_or(0.0, |need| need.relief)
}

/// Need met or prevented by a member, or its yield where there is no need, per unit of its size.
#[inline(always)]
fn for_the_public(conduct: &Conduct<'_>) -> Lanes {
    match conduct.prospect.kind.need {
        Some(_) => conduct.prospect.prevented.map_or(conduct.work.met, |prevented| conduct.work.met + prevented),
        None => conduct.work.delivered,
    }
}

/// How things would stand for a member, given what the option brings about across the place.
#[inline(always)]
fn at_the_place<'a>(setup: &Setup, conduct: &Conduct<'a>, outlook: &Outlook) -> Prospect<'a> {
    let Conduct { mut prospect, work, .. } = *conduct;
    look_at_place(&mut prospect, &work, outlook);
    if setup.keeps_books {
        let per_size = 1.0 / prospect.size;
        let cost = prospect.cost(work.effort);
        prospect.ledger.spending = outlook.spending * per_size - cost;
        prospect.ledger.delivered = outlook.delivered - work.delivered * prospect.size;
        prospect.ledger.contracts = outlook.contracts * per_size;
        let income = prospect.income(&work, cost, prospect.per_need());
        prospect.ledger.income = outlook.income * per_size - income;
    }
    prospect
}

/// Income before any bonus, less cost.
#[inline(always)]
fn result(prospect: &Prospect<'_>, work: &utility::Work) -> Lanes {
    let cost = prospect.cost(work.effort);
    prospect.income(work, cost, prospect.per_need()) - cost
}

/// Lets a member see what an option brings about for the others: their need, and what of it is met.
#[inline(always)]
fn look_at_place(prospect: &mut Prospect<'_>, work: &utility::Work, outlook: &Outlook) {
    let size = prospect.size;
    let per_size = 1.0 / size;
    prospect.others = ((outlook.met - work.met * size) * per_size, (outlook.need - prospect.need * size) * per_size);
}
