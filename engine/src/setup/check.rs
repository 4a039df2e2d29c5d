//! What makes it impossible to run the parts of a setup: every fault, each with its place.

use super::{KindParts, Named, Parts};
use crate::behaviour::{Behaviour, MOST_ACTIONS};
use crate::payment::Payment;
use crate::rule::Decision;

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

impl Parts {
    /// Everything that cannot be run, or does not fit together.
    pub(super) fn misfits(&self) -> Vec<Misfit> {
        Check { parts: self, misfits: Vec::new() }.all()
    }
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
        self.ask(parts.warm_up < parts.steps.max(1), "warm_up", "a run needs one step at least after it has warmed up");
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
        for (behaviour, count) in kind.behaviours.iter().filter(|(_, count)| *count > 0) {
            if let Behaviour::Played(played) = behaviour
                && let Some(problem) = played.misfit(*count, steps)
            {
                self.ask(false, &format!("{place}.behaviour"), &problem);
            }
        }
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

/// Whether each position up to `count` is named once.
fn is_order(positions: &[usize], count: usize) -> bool {
    let mut sorted = positions.to_vec();
    sorted.sort_unstable();
    sorted.into_iter().eq(0..count)
}
