//! What a setup is made from, and what makes it impossible.

use super::{Cost, Derived, Forecast, Kind, Named, Outlooks, Segment, Setup, Use};
use crate::behaviour::{Action, Behaviour, MOST_ACTIONS};
use crate::need::Need;
use crate::outside::Outside;
use crate::payment::{Bonus, Payment, Regime};
use crate::pool::{Claimant, Pool};
use crate::prices::Course;
use crate::purse::Purse;
use crate::reviews::Reviews;
use crate::rule::{Decision, RuleSet, Rules, Sanctioning};
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

/// Why parts cannot be run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// The part: `kinds.acute.uses`.
    pub place: String,
    /// What is wrong with it, and what would be right.
    pub problem: String,
}

impl std::fmt::Display for Misfit {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.place, self.problem)
    }
}

impl std::error::Error for Misfit {}

impl Setup {
    /// Puts the parts together.
    ///
    /// # Errors
    /// Every part that cannot be run, or does not fit the others.
    pub fn new(parts: Parts) -> Result<Self, Vec<Misfit>> {
        let misfits = Check { parts: &parts, misfits: Vec::new() }.all();
        if !misfits.is_empty() {
            return Err(misfits);
        }
        let kinds: Vec<Kind> = parts.kinds.iter().map(|kind| kind.build(&parts)).collect();
        let pools: Vec<&str> = parts.pools.iter().map(|pool| pool.name.as_str()).collect();
        let rules = Rules::new(parts.rules.clone(), &pools, kinds.iter().map(|kind| kind.total_size).sum());
        let derived = Derived::of(&parts, &kinds, &rules);
        let Parts { steps, steps_per_year, pools, society, upstream, outside, shocks, listing, .. } = parts;
        let mut setup = Self {
            steps,
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
        if setup.kinds.iter().any(|kind| kind.cost.scarcity.is_some()) {
            setup.measure_occupancy();
        }
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
            segments.push(Segment { behaviour: behaviour.clone(), members: first..first + count });
        }
        let refers = self.refers();
        let action = |level: f64| {
            let shares =
                self.upstream.iter().flat_map(|upstream| refers.iter().map(move |refers| (*upstream, *refers)));
            shares.map(move |(upstream, refers)| Action { level, upstream, refers })
        };
        let course = Course {
            first: self.payment.as_ref(),
            then: &self.then,
            cost_change: self.cost.change_per_year,
            steps_per_year: all.steps_per_year,
        };
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
                purse.till((per_effort, fixed, convex), self.plan, all.steps_per_year)
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

    fn of(kind: &Kind) -> Self {
        let levels = kind.by_level().map(|actions| actions[0].level).collect();
        let referring = kind.need.as_ref().and_then(|need| need.substitute.as_ref()).map_or(1, |form| form.refer.len());
        let upstream = kind.actions[..kind.shares].iter().step_by(referring).map(|action| action.upstream).collect();
        Self {
            name: kind.name.clone(),
            total_size: kind.total_size,
            behaviours: kind.segments.iter().map(|part| (part.behaviour.clone(), part.members.len())).collect(),
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

/// Whether each position up to `count` is named once.
fn is_order(positions: &[usize], count: usize) -> bool {
    let mut sorted = positions.to_vec();
    sorted.sort_unstable();
    sorted.into_iter().eq(0..count)
}

/// Looks for what cannot be run.
struct Check<'a> {
    parts: &'a Parts,
    misfits: Vec<Misfit>,
}

impl Check<'_> {
    fn all(mut self) -> Vec<Misfit> {
        let parts = self.parts;
        self.ask(parts.steps > 0, "steps", "a run needs one step at least");
        self.ask(is_amount(parts.steps_per_year), "steps_per_year", "a year needs a part of a step at least");
        let renews = parts.pools.iter().any(|pool| pool.part.renews_itself());
        self.ask(renews, "pools", "one pool at least must renew itself");
        for Named { name, part } in &parts.pools {
            let grows = part.growth_acts_on.is_none() || part.growth.is_of_the_stock();
            let problem = "neither allotted money nor a fixed stock has growth that could act on anything";
            self.ask(grows, &format!("pools.{name}.growth_acts_on"), problem);
        }
        self.ask(!parts.kinds.is_empty(), "kinds", "somebody must draw on the pools");
        for kind in &parts.kinds {
            self.kind(kind, &format!("kinds.{}", kind.name));
        }
        let primes = parts.kinds.iter().filter(|kind| kind.payments().any(|payment| payment.as_prime().is_some()));
        self.ask(primes.count() <= 1, "kinds", "the budget of the place can be given to one kind only");
        if let Some(outside) = &parts.outside {
            self.ask(outside.pool < parts.pools.len(), "outside.pool", "there is no such pool");
            self.ask(is_amount(outside.cost), "outside.cost", "it must be above nought");
        }
        let listing = &parts.listing;
        let listed = is_order(&listing.kinds, parts.kinds.len()) && is_order(&listing.pools, parts.pools.len());
        self.ask(listed, "listing", "it names each kind and each pool once");
        self.rules();
        for shock in &parts.shocks {
            let (pool, kinds) = shock.part.names();
            let place = format!("shocks.{}", shock.name);
            self.ask(pool.is_none_or(|pool| self.has_pool(pool)), &place, "it names a pool that is not there");
            self.ask(kinds.iter().all(|kind| self.has_kind(kind)), &place, "it names a kind that is not there");
        }
        self.misfits
    }

    fn kind(&mut self, kind: &KindParts, place: &str) {
        let (pools, kinds, steps) = (self.parts.pools.len(), self.parts.kinds.len(), self.parts.steps);
        let count: usize = kind.behaviours.iter().map(|(_, count)| count).sum();
        self.ask(count > 0, place, "it needs one provider at least");
        self.ask(is_amount(kind.total_size), &format!("{place}.total_size"), "it must be above nought");
        self.ask(is_amount(kind.plan), &format!("{place}.plan"), "it must be above nought");
        let uses = kind.uses.iter().all(|uses| uses.pool < pools && is_amount(uses.amount));
        self.ask(uses, &format!("{place}.uses"), "each names a pool that is there, and an amount above nought");
        let choices = kind.levels.len() * kind.upstream.len() * kind.refers().len();
        self.ask(
            (1..=MOST_ACTIONS).contains(&choices),
            &format!("{place}.levels"),
            "from 1 to 128 choices are possible",
        );
        let sorted = kind.levels.is_sorted() && kind.upstream.is_sorted() && kind.refers().is_sorted();
        self.ask(sorted, &format!("{place}.levels"), "levels and upstream shares must be in ascending order");
        self.ask(
            kind.paid_from.is_none_or(|pool| pool < pools),
            &format!("{place}.paid_from"),
            "there is no such pool",
        );
        self.ask(kind.paid_by.is_none_or(|kind| kind < kinds), &format!("{place}.paid_by"), "there is no such kind");
        self.ask(
            kind.purse.is_none() || kind.payment.is_some(),
            &format!("{place}.purse"),
            "a provider that is not paid has no money to run out of",
        );
        let later: Vec<u32> = kind.then.iter().map(|regime| regime.at).collect();
        let in_order = later.iter().all(|at| (1..steps).contains(at)) && later.windows(2).all(|two| two[0] < two[1]);
        self.ask(in_order, &format!("{place}.then"), "each payment begins after the one before it and within the run");
        let is_prime = kind.payments().any(|payment| payment.as_prime().is_some());
        self.ask(!is_prime || count == 1, place, "only a kind with one provider can hold the budget of the place");
        for (holds, field, problem) in kind.shares_need_well(self.parts) {
            self.ask(holds, &format!("{place}.{field}"), problem);
        }
        if let Some(need) = &kind.need {
            let reaches = need.expected.len() >= steps as usize;
            self.ask(reaches, &format!("{place}.need.expected"), "it must reach to the last step");
            let spills =
                need.spills.iter().all(|spill| self.parts.kinds.get(spill.to).is_some_and(|to| to.need.is_some()));
            self.ask(spills, &format!("{place}.need.spills"), "need can only fall on a kind that has need");
        }
    }

    fn rules(&mut self) {
        let rules = &self.parts.rules;
        for (name, rule) in rules.present() {
            let from = rule.terms().cost.from.as_deref();
            let place = format!("rules.{}.cost.from", name.key());
            self.ask(from.is_none_or(|pool| self.has_pool(pool)), &place, "there is no such pool");
            let ends = format!("rules.{}.until", name.key());
            self.ask(rule.terms().clock.ever(), &ends, "a rule ends after it has begun");
        }
        let partners = rules.partners.iter().flat_map(|rule| &rule.kinds);
        let grouped = rules.nested_groups.iter().flat_map(|rule| rule.groups.values().flat_map(|group| &group.kinds));
        let known = partners.chain(grouped).all(|kind| self.has_kind(kind));
        self.ask(known, "rules", "partners and groups name kinds that are there");
        if let Some(Decision::OneDecider { kind }) = rules.collective_choice.as_ref().map(|rule| &rule.decision) {
            self.ask(self.has_kind(kind), "rules.collective_choice.decision", "there is no such kind");
        }
    }

    fn has_pool(&self, name: &str) -> bool {
        self.parts.pools.iter().any(|pool| pool.name == name)
    }

    fn has_kind(&self, name: &str) -> bool {
        self.parts.kinds.iter().any(|kind| kind.name == name)
    }

    fn ask(&mut self, holds: bool, place: &str, problem: &str) {
        if !holds {
            self.misfits.push(Misfit { place: place.to_owned(), problem: problem.to_owned() });
        }
    }
}

impl KindParts {
    fn payments(&self) -> impl Iterator<Item = &Payment> {
        self.payment.iter().chain(self.then.iter().map(|regime| &regime.payment))
    }
}

/// Whether a number is finite and above nought.
fn is_amount(number: f64) -> bool {
    number.is_finite() && number > 0.0
}
