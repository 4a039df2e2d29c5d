//! What a setup is made from.

use super::{Cost, Derived, Forecast, Kind, Misfit, Named, Outlooks, Segment, Setup, Use};
use crate::behaviour::{Action, Behaviour};
use crate::lanes::Lanes;
use crate::need::Need;
use crate::outside::Outside;
use crate::payment::{Bonus, Payment, Regime};
use crate::pool::{Claimant, Growth, Pool};
use crate::prices::Course;
use crate::purse::Purse;
use crate::reviews::Reviews;
use crate::rule::{RuleSet, Rules, Sanctioning};
use crate::shock::Shock;
use crate::society::{Norm, Society};
use crate::spread::Spread;
use crate::upstream::{Ahead, Prevents, Upstream};
use std::sync::Arc;

/// The parts of a scenario, as far as a run is concerned.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// Number of steps.
    pub steps: u32,
    /// Steps at the beginning of which measures of a whole run take no account.
    pub warm_up: u32,
    /// Steps in a year, for what changes by the year.
    pub steps_per_year: f64,
    /// The pools.
    pub pools: Vec<Named<Pool>>,
    /// The kinds of provider.
    pub kinds: Vec<KindParts>,
    /// What all know of each other, and what trust does, before any rule.
    pub society: Society,
    /// Upstream work.
    pub upstream: Option<Upstream>,
    /// Users from outside the place.
    pub outside: Option<Outside>,
    /// The rules.
    pub rules: RuleSet,
    /// What happens to the place.
    pub shocks: Vec<Named<Shock>>,
    /// In which order kinds and pools are shown.
    pub listing: Listing,
}

/// Positions of all kinds and of all pools in the order in which the reader wants to see them. Runs go by the order of the parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// Of the kinds.
    pub kinds: Vec<usize>,
    /// Of the pools. The first that renews itself is the main one.
    pub pools: Vec<usize>,
}

/// A kind of provider. Sums and efforts are per unit of a provider's size; fields that are not described here are those of
/// [`Kind`].
#[derive(Clone, Debug, PartialEq)]
#[expect(missing_docs, reason = "the fields are those of `Kind`, where they are documented")]
pub struct KindParts {
    pub name: String,
    /// Sum of the sizes of all its providers, who are of one size.
    pub total_size: f64,
    /// How its providers choose, each way with the number of those who do.
    pub behaviours: Vec<(Behaviour, usize)>,
    pub plan: f64,
    pub start: f64,
    pub uses: Vec<Use>,
    pub claimant: Claimant,
    pub cost: Cost,
    pub motivation: f64,
    pub worth: f64,
    pub reviews: Option<Reviews>,
    pub norm: Norm,
    pub sanctioning: Sanctioning,
    pub partner: bool,
    pub payment: Option<Payment>,
    pub purse: Option<Purse>,
    pub then: Vec<Regime>,
    pub bonus: Option<Bonus>,
    pub paid_from: Option<usize>,
    pub paid_by: Option<usize>,
    pub need: Option<Need>,
    pub prevents: Vec<Prevents>,
    pub spread: Spread,
    /// Levels to choose from, in ascending order.
    pub levels: Vec<f64>,
    /// Shares of upstream work to choose from, in ascending order.
    pub upstream: Vec<f64>,
}

impl Setup {
    /// Puts the parts together.
    ///
    /// # Errors
    /// Every part that cannot be run, or does not fit the others.
    pub fn new(parts: Parts) -> Result<Self, Vec<Misfit>> {
        let misfits = parts.misfits();
        if !misfits.is_empty() {
            return Err(misfits);
        }
        let kinds: Vec<Kind> = parts.kinds.iter().map(|kind| kind.build(&parts)).collect();
        let pools: Vec<&str> = parts.pools.iter().map(|pool| pool.name.as_str()).collect();
        let rules = Rules::new(parts.rules.clone(), &pools, kinds.iter().map(|kind| kind.total_size).sum());
        let derived = Derived::of(&parts, &kinds, &rules);
        let Parts { steps, warm_up, steps_per_year, pools, society, upstream, outside, shocks, listing, .. } = parts;
        let mut setup = Self {
            steps,
            warm_up,
            steps_per_year,
            pools,
            kinds,
            society,
            upstream,
            outside,
            rules,
            shocks,
            listing,
            benchmark: None,
            derived,
        };
        setup.derived.outlooks = Outlooks::of(&setup).map(Arc::new);
        let discount = setup.derived.outlooks.as_ref().map(|outlooks| outlooks.discount());
        setup.derived.ahead = setup.upstream.zip(discount).map(|(upstream, discount)| Ahead::new(&upstream, discount));
        if setup.derived.outlooks.is_none()
            && let Some(rule) = &setup.rules.set().collective_choice
        {
            let (totals, horizon) = (rule.totals.clone(), rule.horizon.unwrap_or(1));
            setup.derived.forecast = Some(Arc::new(Forecast::new(&setup, &totals, horizon)));
        }
        Ok(setup)
    }

    /// What it is made from, to be changed and put together anew. What it was measured against is left behind.
    pub fn parts(&self) -> Parts {
        Parts {
            steps: self.steps,
            warm_up: self.warm_up,
            steps_per_year: self.steps_per_year,
            pools: self.pools.clone(),
            kinds: self.kinds.iter().map(KindParts::of).collect(),
            society: self.society.clone(),
            upstream: self.upstream,
            outside: self.outside,
            rules: self.rules.set().clone(),
            shocks: self.shocks.clone(),
            listing: self.listing.clone(),
        }
    }
}

impl KindParts {
    fn build(&self, all: &Parts) -> Kind {
        let count: usize = self.behaviours.iter().map(|(_, count)| count).sum();
        let mut segments: Vec<Segment> = Vec::new();
        for (behaviour, count) in self.behaviours.iter().filter(|(_, count)| *count > 0) {
            let first = segments.last().map_or(0, |segment| segment.members.end);
            segments.push(Segment::of(behaviour, first..first + count));
        }
        let refers = self.refers();
        let action = |level: f64| {
            let shares =
                self.upstream.iter().flat_map(|upstream| refers.iter().map(move |refers| (*upstream, *refers)));
            shares.map(move |(upstream, refers)| Action { level, upstream, refers })
        };
        let course = self.course(all.steps_per_year);
        Kind {
            name: self.name.clone(),
            count,
            size: self.total_size / count as f64,
            total_size: self.total_size,
            plan: self.plan,
            start: self.start,
            uses: self.uses.clone(),
            claimant: self.claimant,
            cost: self.cost,
            motivation: self.motivation,
            worth: self.worth,
            reviews: self.reviews,
            norm: self.norm,
            sanctioning: self.sanctioning,
            partner: self.partner,
            payment: self.payment.clone(),
            then: self.then.clone(),
            prices: course.prices(all.steps),
            bonus: self.bonus.clone(),
            purse: self.purse,
            till: self.purse.map(|purse| {
                let Cost { per_effort, fixed, convex, .. } = self.cost;
                purse.till((per_effort, fixed, convex), self.plan, all.steps_per_year, self.reach(all))
            }),
            paid_from: self.paid_from,
            paid_by: self.paid_by,
            need: self.need.clone(),
            prevents: self.prevents.clone(),
            spread: self.spread,
            actions: self.levels.iter().flat_map(|level| action(*level)).collect(),
            shares: self.upstream.len() * refers.len(),
            levels: (self.levels[0], self.levels[self.levels.len() - 1]),
            segments,
        }
    }

    /// How it is paid over time, and how its costs move.
    pub(super) fn course(&self, steps_per_year: f64) -> Course<'_> {
        let Self { payment, then, cost, .. } = self;
        Course { first: payment.as_ref(), then, cost_change: cost.change_per_year, steps_per_year }
    }

    /// Share of its planned cost that whoever pays it has been allotted: one from outside, or out of a pool that is not of money.
    fn reach(&self, all: &Parts) -> f64 {
        let Some(Growth::Allocation(law)) = self.paid_from.map(|pool| &all.pools[pool].part.growth) else { return 1.0 };
        let paid = all.kinds.iter().filter(|other| other.paid_from == self.paid_from);
        let planned: f64 =
            paid.map(|kind| kind.cost.of(Lanes::all(kind.plan), 1.0, Lanes::ONE).lane(0) * kind.total_size).sum();
        let allotted = law.amount.at(0);
        if planned > allotted { (allotted / planned).max(0.0) } else { 1.0 }
    }

    fn of(kind: &Kind) -> Self {
        let levels = kind.by_level().map(|actions| actions[0].level).collect();
        let referring = kind.need.as_ref().and_then(|need| need.substitute.as_ref()).map_or(1, |form| form.refer.len());
        let upstream = kind.actions[..kind.shares].iter().step_by(referring).map(|action| action.upstream).collect();
        Self {
            name: kind.name.clone(),
            total_size: kind.total_size,
            behaviours: kind.segments.iter().map(|part| (part.as_written(), part.members.len())).collect(),
            plan: kind.plan,
            start: kind.start,
            uses: kind.uses.clone(),
            claimant: kind.claimant,
            cost: kind.cost,
            motivation: kind.motivation,
            worth: kind.worth,
            reviews: kind.reviews,
            norm: kind.norm,
            sanctioning: kind.sanctioning,
            partner: kind.partner,
            payment: kind.payment.clone(),
            purse: kind.purse,
            then: kind.then.clone(),
            bonus: kind.bonus.clone(),
            paid_from: kind.paid_from,
            paid_by: kind.paid_by,
            need: kind.need.clone(),
            prevents: kind.prevents.clone(),
            spread: kind.spread,
            levels,
            upstream,
        }
    }
}
