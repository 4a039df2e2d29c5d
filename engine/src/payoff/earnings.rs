//! What work earns: payment × activity, less its cost, and what good it does in the eyes of whoever does it.

use super::{Expected, Following, Sight};
use crate::lanes::{Lanes, keep_lanes_together, select};
use crate::payment::{Activity, Bonus, Ledger, Payment, PerNeed};
use crate::place::{Common, Place, Work};
use crate::pool::PoolState;
use crate::purse::Held;
use crate::rule::{Membership, Target};
use crate::setup::{Kind, Setup, Use};
use crate::spread::Factors;
use crate::world::Columns;

/// How things stand for what one provider earns in one step, per unit of its size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Earnings<'a> {
    pub(crate) kind: &'a Kind,
    /// Whether users crowd each other, so that a yield may be less than nothing.
    pub(crate) crowded: bool,
    /// Yield of a unit of effort at full attention.
    pub(crate) yields: Lanes,
    /// Share of the effort that the pools let it exert.
    pub(crate) granted: Lanes,
    /// Share of the income that the payer can pay.
    pub(crate) funded: Lanes,
    /// Share of working time left for care.
    pub(crate) attention: Lanes,
    /// Need to be met, waiting need included.
    pub(crate) need: Lanes,
    /// The place's need met and need without this provider's own, per unit of its size, where a payment looks at them.
    pub(crate) others: (Lanes, Lanes),
    /// Need that counts as met, where that is foreseen: prevented by upstream work, or met elsewhere.
    pub(crate) prevented: Option<Lanes>,
    /// The payment in force.
    pub(crate) payment: Option<&'a Payment>,
    /// Prices against those at the start of the payment in force.
    pub(crate) price_index: f64,
    /// By how many times a commissioner has set fixed sums anew, where one does.
    pub(crate) contract: Option<Lanes>,
    /// Costs against those of the first step.
    pub(crate) cost_index: f64,
    /// Factor by which scarcity multiplies what varies with effort of the cost.
    pub(crate) dear: Lanes,
    /// How the place differs from others this year, where places do.
    pub(crate) spread: Option<Factors>,
    /// What may be earned on top.
    pub(crate) bonus: Option<&'a Bonus>,
    /// The books of the place, where they are kept.
    pub(crate) ledger: Option<Ledger>,
    /// Money that follows care from or to it, where any does.
    pub(crate) following: Option<Following>,
    /// Its part in what members pool of their results.
    pub(crate) membership: Option<Membership>,
    /// What a pound is worth to it, where it has a purse.
    pub(crate) pound: Option<Lanes>,
    /// Its fixed cost less that of the scenario, where that may differ.
    pub(crate) overhead: Option<Lanes>,
    /// The target that the provider answers for alone, and the utility lost per unit of need missing to it.
    pub(crate) target: Option<(&'a Target, Lanes)>,
}

impl<'a> Earnings<'a> {
    /// What a kind's members have in common: nobody's need, no bonus, no books, nothing pooled.
    #[inline(always)]
    pub(crate) fn of_kind(setup: &'a Setup, common: &Common, kind: &'a Kind) -> Self {
        Self {
            kind,
            crowded: setup.derived.crowded,
            yields: common.yields,
            granted: common.granted,
            funded: common.funded,
            attention: common.attention,
            need: Lanes::ZERO,
            others: (Lanes::ZERO, Lanes::ZERO),
            prevented: None,
            payment: kind.payment_in(common.regime),
            price_index: common.price_index,
            contract: common.contract,
            cost_index: common.cost_index,
            dear: common.dear,
            spread: common.spread,
            bonus: None,
            ledger: None,
            following: setup.derived.money_follows.then(|| Following::of(kind, common)),
            membership: None,
            pound: None,
            overhead: None,
            target: None,
        }
    }

    /// Lets it be as rich or poor as whoever has this purse.
    #[inline(always)]
    pub(crate) fn hold(&mut self, purse: Option<&Held>) {
        if let Some(held) = purse {
            self.pound = Some(held.pound);
            self.overhead = Some(held.overhead);
        }
    }

    /// Lets money follow what has been referred.
    #[inline(always)]
    pub(crate) fn refers(&mut self, referred: Lanes) {
        if let Some(following) = &mut self.following {
            following.referred = referred;
        }
    }

    /// What the work of a row comes to and is paid for, before results are pooled and bonuses awarded.
    #[inline(always)]
    pub(crate) fn claim(setup: &'a Setup, place: &Place, index: usize, own: &Columns, row: usize) -> Self {
        let kind = &setup.kinds[index];
        let mut earnings = Self::of_kind(setup, &place.kinds[index], kind);
        earnings.hold(own.purses.as_ref().map(|purses| &purses[row]));
        if let Some(needs) = &own.needs {
            earnings.need = needs[row].need;
        }
        if let Some(referred) = &own.referred {
            earnings.refers(referred[row]);
        }
        if setup.derived.looks_at_place {
            let (per_size, need) = (1.0 / kind.size, earnings.need);
            let met = own.needs.as_ref().map_or(Lanes::ZERO, |needs| needs[row].need - needs[row].unmet);
            earnings.others = (place.met * per_size - met, place.need * per_size - need);
        }
        if setup.derived.keeps_books {
            earnings.ledger = Some(ledger(setup, place, kind, own, row));
        }
        earnings
    }

    /// The same with all that a provider may earn and answer for.
    #[inline(always)]
    pub(crate) fn now(setup: &'a Setup, place: &Place, index: usize, own: &Columns, row: usize) -> Self {
        let mut earnings = Self::claim(setup, place, index, own, row);
        let kind = earnings.kind;
        earnings.bonus = kind.bonus.as_ref();
        if let Some(rule) = setup.rules.external_authority() {
            earnings.target = Some((&rule.rule.target, place.pressure));
        }
        if let Some((rule, accounts)) = setup.rules.pooled_finance().zip(own.accounts.as_ref()) {
            let result = accounts[row].income - accounts[row].cost;
            earnings.membership = Some(rule.membership(&place.pooling, place.kinds[index].inside, kind.size, result));
        }
        earnings
    }

    /// The yield of a unit of effort if the provider's level changed by `change` and all others stayed as they are: less
    /// where users crowd each other.
    #[inline(always)]
    pub(crate) fn crowded_yield(&self, setup: &Setup, place: &Place, pools: &[PoolState], change: Lanes) -> Lanes {
        if !self.crowded {
            return self.yields;
        }
        let mut least = Lanes::all(f64::MAX);
        for uses in &self.kind.uses {
            let effort = place.efforts[uses.pool] + change * (self.kind.size * uses.amount);
            least = least.min(setup.pools[uses.pool].part.yield_per_effort(effort, pools[uses.pool].stock));
        }
        one_if_no_pool(least)
    }

    /// The yield of a unit of effort as far as somebody sees, if the provider's level changed by `change` and all others kept to what
    /// they do. What the scarcest pool could then not grant is taken off.
    #[inline(always)]
    pub(crate) fn foreseen_yield(
        &mut self,
        setup: &Setup,
        sight: Sight<'_>,
        place: &Place,
        pools: &[PoolState],
        change: Lanes,
    ) -> Lanes {
        let own = change * self.kind.size;
        let mut least = Lanes::all(f64::MAX);
        self.granted = Lanes::ONE;
        for uses in &self.kind.uses {
            let effort = place.efforts[uses.pool] + own * uses.amount;
            let prospect = sight.of(uses.pool, effort, setup, place, pools);
            least = least.min(prospect.care / prospect.granted.max(f64::MIN_POSITIVE));
            self.granted = self.granted.min(prospect.granted);
            keep_lanes_together();
        }
        one_if_no_pool(least)
    }

    /// Lets scarcity be what it would be if the provider's level changed by `change` and all others stayed as they are.
    #[inline(always)]
    pub(crate) fn scarce(&mut self, setup: &Setup, place: &Place, change: Lanes) {
        let Some(scarcity) = &self.kind.cost.scarcity else { return };
        let effort = |uses: &Use| place.efforts[uses.pool] + change * (self.kind.size * uses.amount);
        self.dear = scarcity.factor(setup.occupancy(self.kind, effort));
    }

    /// The same if all kinds did so many times their plans, and those from outside what they do.
    #[inline(always)]
    pub(crate) fn scarce_at(&mut self, setup: &Setup, place: &Place, total: Lanes) {
        let Some(scarcity) = &self.kind.cost.scarcity else { return };
        let effort = |uses: &Use| setup.outside_on(place, uses.pool) + total * setup.derived.planned_on[uses.pool];
        self.dear = scarcity.factor(setup.occupancy(self.kind, effort));
    }

    /// What a level of effort with that share of upstream work comes to, at that yield of a unit of effort.
    #[inline(always)]
    pub(crate) fn work(&self, level: Lanes, upstream: Lanes, yields: Lanes) -> Work {
        self.divided(level, self.attention * (1.0 - upstream), yields)
    }

    /// The same where it is known what share of effort becomes care.
    #[inline(always)]
    pub(crate) fn divided(&self, level: Lanes, care: Lanes, yields: Lanes) -> Work {
        let effort = level * self.granted;
        let delivered = effort * yields * care;
        let met = match &self.kind.need {
            None => Lanes::ZERO,
            Some(_) if self.crowded => delivered.min(self.need).max(Lanes::ZERO),
            Some(_) => delivered.min(self.need),
        };
        Work { effort, delivered, met }
    }

    /// Cost of effort.
    #[inline(always)]
    pub(crate) fn cost(&self, effort: Lanes) -> Lanes {
        let mut cost = self.kind.cost.of(effort, self.cost_index, self.dear);
        if let Some(more) = self.overhead {
            cost += more * self.cost_index;
        }
        match &self.spread {
            Some(spread) => cost * spread.cost,
            None => cost,
        }
    }

    /// Income before any bonus, so far as the payer can pay it. The holder of a prime contract has paid the others what they
    /// received in this step.
    #[inline(always)]
    pub(crate) fn income(&self, work: &Work, cost: Lanes, per_need: PerNeed) -> Lanes {
        let Some(payment) = self.payment else { return Lanes::ZERO };
        let activity = self.activity(work.delivered, work.met, cost, per_need);
        let mut income = payment.income(&activity, self.price_index);
        if let Some(contract) = self.contract {
            income = payment.set_anew(income, &activity, self.price_index, contract);
        }
        income *= self.funded;
        if let Some(spread) = &self.spread {
            income *= spread.income;
        }
        match (payment, &self.ledger) {
            (Payment::Prime(_), Some(ledger)) => income - ledger.contracts,
            _ => income,
        }
    }

    /// Bonus for so much need met at that income and cost; nought where there is none to be earned.
    #[inline(always)]
    pub(crate) fn earned_on_top(&self, met: Lanes, income: Lanes, cost: Lanes, per_need: PerNeed) -> Lanes {
        let Some(terms) = self.bonus else { return Lanes::ZERO };
        terms.earned(&self.activity(Lanes::ZERO, met, cost, per_need), income)
    }

    /// Income less cost, with a bonus and what is pooled, less what a missed target weighs, and the good that is done at what it
    /// is worth to the provider, given need met later that is brought back to it.
    #[inline(always)]
    pub(crate) fn gain(&self, work: &Work, cost: Lanes, returned: Lanes, per_need: PerNeed) -> Lanes {
        self.gain_of(work, self.income(work, cost, per_need), cost, returned, per_need)
    }

    /// The same where the income before any bonus is known.
    #[inline(always)]
    pub(crate) fn gain_of(
        &self,
        work: &Work,
        mut income: Lanes,
        cost: Lanes,
        returned: Lanes,
        per_need: PerNeed,
    ) -> Lanes {
        if let Some(following) = &self.following {
            income += following.money();
        }
        if self.bonus.is_some() {
            income += self.earned_on_top(work.met, income, cost, per_need);
        }
        let mut result = income - cost;
        if let Some(member) = &self.membership {
            result += member.settlement(result);
        }
        self.valued(result, work.met, returned)
    }

    /// The same where the result is known.
    #[inline(always)]
    pub(crate) fn valued(&self, mut result: Lanes, met: Lanes, returned: Lanes) -> Lanes {
        if let Some(pound) = self.pound {
            result *= pound;
        }
        if let Some((target, pressure)) = &self.target {
            result -= target.shortfall(self.need, met) * *pressure;
        }
        let mut good = met + returned;
        if let Some(prevented) = self.prevented {
            good += prevented;
        }
        result + good * self.kind.motivation
    }

    /// The same with need as it is foreseen.
    #[inline(always)]
    pub(crate) fn expect(&mut self, expected: Expected) {
        self.need = expected.need;
        self.prevented = Some(expected.prevented);
    }

    /// One over the needs that what the provider is paid depends on: see [`PerNeed`].
    #[inline(always)]
    pub(crate) fn per_need(&self) -> PerNeed {
        PerNeed::of(self.need, self.others.1 + self.need, self.payment, self.bonus)
    }

    #[inline(always)]
    fn activity(&self, delivered: Lanes, met: Lanes, cost: Lanes, per_need: PerNeed) -> Activity<'_> {
        let Self { kind, others: (others, _), .. } = self;
        let induced = kind.need.as_ref().map_or(1.0, |need| need.induced);
        let ledger = self.ledger.as_ref().unwrap_or(&Ledger::CLOSED);
        let elsewhere = self.following.as_ref().map(Following::billed);
        Activity { delivered, met, induced, elsewhere, others: *others, per_need, plan: kind.plan, cost, ledger }
    }
}

/// The books as they stand now for the provider of a row: as the last step left them, or as this one has made them by the time it
/// is asked.
#[inline(always)]
pub(crate) fn ledger(setup: &Setup, place: &Place, kind: &Kind, own: &Columns, row: usize) -> Ledger {
    let per_size = 1.0 / kind.size;
    let books = &place.books;
    let mut ledger = Ledger {
        weight: kind.size / setup.derived.total_size,
        stake: setup.derived.total_size / kind.total_size,
        spending: books.spending * per_size,
        income: books.income * per_size,
        delivered: books.delivered,
        size: kind.size,
        contracts: books.contract.paid * per_size,
        failed: books.contract.failed,
        fallback_index: books.contract.fallback_index,
    };
    if let Some(delivered) = &own.yields {
        ledger.delivered -= delivered[row] * kind.size;
    }
    if let Some(accounts) = &own.accounts {
        let account = &accounts[row];
        ledger.spending -= account.cost;
        ledger.income -= account.income - account.bonus;
    }
    ledger
}

/// The least yield per effort of the pools that a kind uses.
#[inline(always)]
pub(crate) fn scarcest(kind: &Kind, yields: &[Lanes]) -> Lanes {
    let mut least = Lanes::all(f64::MAX);
    for uses in &kind.uses {
        least = least.min(yields[uses.pool]);
    }
    one_if_no_pool(least)
}

/// A unit of effort yields one unit where no pool stands in its way.
#[inline(always)]
pub(crate) fn one_if_no_pool(least: Lanes) -> Lanes {
    select(least.equals(Lanes::all(f64::MAX)), Lanes::ONE, least)
}
