//! What an action is worth to a provider: own margin + motivation × need met − expected penalties − norm.
//!
//! All quantities are per unit of the provider's size, so that large and small providers weigh them alike. The same
//! function values what was done, what might have been done, and what a proposal would mean if all were bound by it.

mod deterrents;
mod effort;

pub use effort::{Division, Work, scarcest};

use super::books::Ledger;
use super::lanes::{Lanes, select};
use super::payment::{Activity, Bonus, Payment, PerNeed};
use super::rule::{ExternalAuthority, Membership, Reproof, Shunning};
use super::setup::{Kind, Provider, Setup};
use super::upstream;
use super::world::{ProviderState, World};

/// How things stand for one provider in one step, per unit of its size.
#[derive(Clone, Copy)]
pub struct Prospect<'a> {
    /// Its kind.
    pub kind: &'a Kind,
    /// Its size, in units of effort.
    pub size: f64,
    /// Need to be met, waiting need included.
    pub need: Lanes,
    /// Yield of a unit of effort at full attention.
    pub yield_per_effort: Lanes,
    /// Whether users crowd each other, so that a yield may be less than nothing.
    pub crowded: bool,
    /// Share of the effort that the pools let it exert.
    pub granted: Lanes,
    /// Share of the income that the payer can pay.
    pub funded: Lanes,
    /// Share of working time left for care.
    pub attention: Lanes,
    /// Level that it has been allotted.
    pub agreed: Lanes,
    /// Excess over that level, as a share of it, that is not fined.
    pub tolerance: f64,
    /// Penalty expected per unit of excess above that, where there are penalties.
    pub penalty: Option<Lanes>,
    /// Utility lost to the norm per unit of excess.
    pub norm: Lanes,
    /// Utility lost to it by any excess that is not tolerated, where a breach itself weighs on anybody.
    pub breach: Option<Lanes>,
    /// The target that the provider answers for alone, and the utility lost per unit of need missing to it.
    pub authority: Option<(&'a ExternalAuthority, Lanes)>,
    /// Its part in what members pool of their results.
    pub pooling: Option<Membership>,
    /// What awaits it above the norm, where the others ostracise.
    pub shunning: Option<Shunning>,
    /// What a breach is expected to cost it at the hands of its peers, where they fine each other.
    pub reproof: Option<Reproof>,
    /// The place's need met and need without this provider's own, per unit of this provider's size.
    pub others: (Lanes, Lanes),
    /// Need already prevented by upstream work, which counts as met, where that is foreseen.
    pub prevented: Option<Lanes>,
    /// What a unit of upstream effort brings back to this provider in need met later.
    pub upstream_return: Lanes,
    /// The payment in force.
    pub payment: Option<&'a Payment>,
    /// What may be earned on top.
    pub bonus_terms: Option<&'a Bonus>,
    /// The books of the place.
    pub ledger: Ledger,
    /// Prices against those at the start of the payment in force.
    pub price_index: f64,
    /// Costs against those of the first step.
    pub cost_index: f64,
}

/// What a level of effort costs, per unit of size.
#[derive(Clone, Copy, Debug)]
pub struct Charge {
    /// Cost of the effort that the pools let it exert.
    pub cost: Lanes,
    /// Effort above what is allotted.
    pub excess: Lanes,
    /// Utility lost to the norm and to the fines expected.
    pub deterred: Lanes,
}

/// What effort is worth, per unit of size.
#[derive(Clone, Copy, Debug)]
pub struct Worth {
    /// Income.
    pub income: Lanes,
    /// Cost of effort.
    pub cost: Lanes,
    /// Income less cost, with motivation, expected penalties and the norm.
    pub utility: Lanes,
}

impl<'a> Prospect<'a> {
    /// How things stand now: as the last step left them, or as this one has made them by the time it is asked.
    #[inline(always)]
    pub fn now(setup: &'a Setup, world: &World, provider: &Provider, state: &ProviderState) -> Self {
        let (kind, place, rules) = (setup.kind(provider), &world.place, &setup.rules.set);
        let mut prospect = Self::plain(setup, world, provider, state);
        if kind.norm.breach > 0.0 {
            prospect.breach = Some(deterrents::norm(kind, provider.kind, place, state) * kind.norm.breach);
        }
        prospect.authority = rules.external_authority.as_ref().map(|rule| (rule, place.pressure));
        prospect.pooling = rules.pooled_finance.as_ref().map(|rule| rule.membership(place, provider, state));
        prospect.shunning = deterrents::shunning(setup, place, state);
        prospect.reproof = deterrents::reproof(setup, place, kind, state);
        prospect.bonus_terms = kind.bonus.as_ref();
        prospect.ledger = Ledger::now(setup, place, provider, state);
        prospect
    }

    /// The same without what few scenarios have: no peers who shun or fine, no results pooled, no target, no bonus and no books.
    /// It says so in as many words, so that the compiler leaves out all of it from what follows. For what actions are worth it
    /// holds only where [`Self::is_plain`]; what effort comes to hangs on none of these.
    #[inline(always)]
    pub fn plain(setup: &'a Setup, world: &World, provider: &Provider, state: &ProviderState) -> Self {
        let kind = setup.kind(provider);
        let place = &world.place;
        let per_size = 1.0 / provider.size;
        Self {
            kind,
            size: provider.size,
            need: state.need,
            yield_per_effort: place.yields[provider.kind],
            crowded: setup.crowded,
            granted: state.granted,
            funded: state.funded,
            attention: place.attention[provider.kind],
            agreed: state.agreed,
            tolerance: setup.society.tolerance,
            penalty: deterrents::penalty(setup, place, state),
            norm: deterrents::norm(kind, provider.kind, place, state) * kind.norm.weight,
            breach: None,
            authority: None,
            pooling: None,
            shunning: None,
            reproof: None,
            others: (place.met * per_size - state.met, place.need * per_size - state.need),
            prevented: None,
            upstream_return: upstream::returned(setup, kind, provider.size, place.upstream_margin, state.need_new),
            payment: kind.payment_in(place.regime[provider.kind]),
            bonus_terms: None,
            ledger: Ledger::CLOSED,
            price_index: place.price_index[provider.kind],
            cost_index: place.cost_index[provider.kind],
        }
    }

    /// Whether a kind has nothing of what [`Self::plain`] leaves out.
    #[inline(always)]
    pub fn is_plain(setup: &Setup, kind: &Kind) -> bool {
        let rules = &setup.rules.set;
        let alone = rules.ostracism.is_none() && rules.peer_sanctions.is_none();
        let own = rules.pooled_finance.is_none() && rules.external_authority.is_none();
        alone && own && kind.norm.breach <= 0.0 && kind.bonus.is_none() && !setup.keeps_books
    }

    /// Takes off penalties and norms: what a level would be worth in itself.
    #[inline(always)]
    pub fn free(&mut self) {
        self.penalty = None;
        self.norm = Lanes::ZERO;
        self.breach = None;
        self.shunning = None;
        self.reproof = None;
        self.upstream_return = Lanes::ZERO;
    }

    /// What a level of effort costs, however much of it is upstream work.
    #[inline(always)]
    pub fn charge(&self, level: Lanes) -> Charge {
        let (excess, deterred) = self.deterred(level);
        Charge { cost: self.cost(level * self.granted), excess, deterred }
    }

    /// What a level of effort and a share of upstream work are worth.
    #[inline(always)]
    pub fn worth(&self, level: Lanes, work: &Work) -> Worth {
        self.worth_at(&self.charge(level), work, self.per_need())
    }

    /// The same where it is known what the level costs, and what one over need is.
    #[inline(always)]
    pub fn worth_at(&self, charge: &Charge, work: &Work, per_need: PerNeed) -> Worth {
        let Charge { cost, excess, deterred } = *charge;
        let mut income = self.income(work, cost, per_need);
        if self.bonus_terms.is_some() {
            income += self.bonus(work.met, income, cost, per_need);
        }
        let mut result = income - cost;
        if let Some(member) = &self.pooling {
            result += member.settlement(result);
        }
        if let Some((authority, pressure)) = &self.authority {
            result -= authority.shortfall(self.need, work.met) * *pressure;
        }
        let mut good = work.met + work.returned;
        if let Some(prevented) = self.prevented {
            good += prevented;
        }
        let mut utility = result + good * self.kind.motivation - deterred;
        if let Some(shunning) = &self.shunning {
            utility -= shunning.loss(utility, excess, self.agreed, self.tolerance);
        }
        Worth { income, cost, utility }
    }

    /// By how much a level is above what is allotted, and what that costs in conscience and in fines expected, of the place and
    /// of peers: what need not be tried out to be known.
    #[inline(always)]
    pub fn deterred(&self, level: Lanes) -> (Lanes, Lanes) {
        let excess = (level - self.agreed).max(Lanes::ZERO);
        let breaks = excess.greater(self.agreed * self.tolerance);
        let mut deterred = excess * self.norm;
        if let Some(penalty) = self.penalty {
            deterred += select(breaks, excess, Lanes::ZERO) * penalty;
        }
        if let Some(breach) = self.breach {
            deterred += select(breaks, breach, Lanes::ZERO);
        }
        if let Some(reproof) = &self.reproof {
            deterred += reproof.loss(level);
        }
        (excess, deterred)
    }

    /// Takes off what [`Self::deterred`] counts.
    #[inline(always)]
    pub fn undeterred(&mut self) {
        self.norm = Lanes::ZERO;
        self.breach = None;
        self.penalty = None;
        self.reproof = None;
    }

    /// Income before any bonus. The holder of a prime contract has paid the others what they received in this step.
    #[inline(always)]
    pub fn income(&self, work: &Work, cost: Lanes, per_need: PerNeed) -> Lanes {
        let Some(payment) = self.payment else { return Lanes::ZERO };
        let activity = self.activity(work.delivered, work.met, cost, per_need);
        let income = payment.income(&activity, self.price_index) * self.funded;
        match payment {
            Payment::Prime(_) => income - self.ledger.contracts,
            _ => income,
        }
    }

    /// Bonus for so much need met at that income and cost; nought where there is none to be earned.
    #[inline(always)]
    pub fn bonus(&self, met: Lanes, income: Lanes, cost: Lanes, per_need: PerNeed) -> Lanes {
        let Some(terms) = self.bonus_terms else { return Lanes::ZERO };
        terms.earned(&self.activity(Lanes::ZERO, met, cost, per_need), income)
    }

    /// One over the needs that what the provider is paid hangs on: see [`PerNeed`].
    #[inline(always)]
    pub fn per_need(&self) -> PerNeed {
        PerNeed::of(self.need, self.others.1 + self.need, self.payment, self.bonus_terms)
    }

    /// Cost of effort.
    #[inline(always)]
    pub fn cost(&self, effort: Lanes) -> Lanes {
        cost(self.kind, effort, self.cost_index)
    }

    #[inline(always)]
    fn activity(&self, delivered: Lanes, met: Lanes, cost: Lanes, per_need: PerNeed) -> Activity<'_> {
        let Self { kind, others: (others, _), ledger, .. } = self;
        let induced = kind.need.as_ref().map_or(1.0, |need| need.induced);
        Activity { delivered, met, induced, others: *others, per_need, plan: kind.plan, cost, ledger }
    }
}

/// Cost of effort per unit of size, at costs so many times those of the first step.
#[inline(always)]
pub fn cost(kind: &Kind, effort: Lanes, cost_index: f64) -> Lanes {
    let cost = &kind.cost;
    (effort * (effort * cost.convex + cost.per_effort) + cost.fixed) * cost_index
}

/// `part / whole`, one where there is no whole.
#[inline(always)]
pub fn ratio(part: Lanes, whole: Lanes) -> Lanes {
    let none = whole.at_most(Lanes::ZERO);
    select(none, Lanes::ONE, part / select(none, Lanes::ONE, whole))
}
