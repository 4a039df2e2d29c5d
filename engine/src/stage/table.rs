//! The table at which members weigh the options: what each would do under one, and what that would be worth to it.

use super::books::prime_in_force;
use crate::lanes::{Lanes, keep_lanes_together};
use crate::payment::Ledger;
use crate::payoff::{Earnings, Work, scarcest};
use crate::place::Place;
use crate::rows::{Parts, Total};
use crate::rule::Sharing;
use crate::setup::{Kind, Setup};
use crate::world::{Columns, Foreseen, Member, Outlook};

/// What members look at while they weigh the options.
pub(super) struct Table<'a> {
    pub(super) setup: &'a Setup,
    pub(super) place: &'a Place,
    pub(super) kinds: &'a [Columns],
    pub(super) yields: &'a [Lanes],
    pub(super) members: &'a [Member],
}

/// What a member would do under an option.
struct Conduct<'a> {
    earnings: Earnings<'a>,
    work: Work,
    cost: Lanes,
}

impl<'a> Table<'a> {
    /// What all would meet, spend and earn under an option, where a payment looks at it.
    #[inline(always)]
    pub(super) fn foresee(&self, outlook: &mut Outlook, parts: &mut [Parts<Foreseen>]) {
        let derived = &self.setup.derived;
        let pools = self.setup.rules.pooled_finance().is_some();
        if !derived.looks_at_place && !derived.keeps_books && !pools {
            return;
        }
        self.add_up::<Deeds>(outlook, parts);
        if derived.keeps_books {
            self.add_up::<Incomes>(outlook, parts);
            outlook.all.income -= outlook.contracts;
        }
        if pools {
            self.add_up::<Results>(outlook, parts);
            outlook.pooled = outlook.all.result / self.place.pooling.size;
        }
    }

    /// What each option is worth to each member, and to the public.
    #[inline(always)]
    pub(super) fn weigh(
        &self,
        outlook: &mut Outlook,
        parts: &mut [Parts<Foreseen>],
        position: usize,
        options: usize,
        worth: &mut [Lanes],
    ) {
        self.add_up::<Goods>(outlook, parts);
        let mut seat = 0;
        for (index, own) in self.kinds.iter().enumerate() {
            let yields = self.yields_of(index, outlook);
            for row in 0..own.rows.count() {
                let conduct = self.conduct(index, seat, outlook, yields);
                worth[seat * options + position] = self.for_the_member(&conduct, (index, row, seat), outlook);
                seat += 1;
                keep_lanes_together();
            }
        }
    }

    /// Adds up something over all members.
    #[inline(always)]
    fn add_up<A: AddUp>(&self, outlook: &mut Outlook, parts: &mut [Parts<Foreseen>]) {
        let mut first = 0;
        let mut all = Foreseen::NONE;
        for ((index, own), parts) in self.kinds.iter().enumerate().zip(parts) {
            parts.clear();
            let yields = self.yields_of(index, outlook);
            for block in 0..own.rows.blocks() {
                let mut sums = *parts.of(block);
                for row in own.rows.block(block) {
                    let conduct = self.conduct(index, first + row, outlook, yields);
                    let weight = own.rows.weight(row, self.setup.kinds[index].size);
                    A::add(self, &conduct, index, outlook, weight, &mut sums);
                    keep_lanes_together();
                }
                *parts.of(block) = sums;
            }
            let sums = parts.join();
            A::kind(self, index, outlook, &sums);
            all.add(&sums);
            first += own.rows.count();
        }
        outlook.all.add(&all);
    }

    /// What a unit of effort of a kind would yield.
    #[inline(always)]
    fn yields_of(&self, index: usize, outlook: &Outlook) -> Lanes {
        let pools = self.setup.pools.len();
        scarcest(&self.setup.kinds[index], &self.yields[outlook.option.level * pools..][..pools])
    }

    /// What a member would do and meet under an option, where nothing is rationed, fined or frowned upon.
    #[inline(always)]
    fn conduct(&self, index: usize, seat: usize, outlook: &Outlook, yields: Lanes) -> Conduct<'a> {
        let (kind, member) = (&self.setup.kinds[index], &self.members[seat]);
        let mut earnings = Earnings::of_kind(self.setup, &self.place.kinds[index], kind);
        earnings.granted = Lanes::ONE;
        let prevented = member.unrelieved * outlook.relief * relief(kind);
        earnings.need = member.old_need + member.unrelieved - prevented;
        earnings.prevented = Some(prevented);
        let level = match outlook.option.sharing {
            Sharing::Plan => Lanes::all(kind.plan * outlook.option.total),
            Sharing::Need => member.by_need * outlook.option.total,
        };
        let work = earnings.work(level, Lanes::all(outlook.option.upstream), yields);
        let cost = earnings.cost(work.effort);
        Conduct { earnings, work, cost }
    }

    /// The member's own utility, given what the option brings about across the place.
    #[inline(always)]
    fn for_the_member(&self, conduct: &Conduct<'a>, seat: (usize, usize, usize), outlook: &Outlook) -> Lanes {
        let mut earnings = self.at_the_place(conduct, seat.0, outlook);
        let kind = earnings.kind;
        earnings.bonus = kind.bonus.as_ref();
        if let Some(rule) = self.setup.rules.external_authority() {
            earnings.target = Some((&rule.rule.target, self.place.pressure));
        }
        let per_need = earnings.per_need();
        if let Some(rule) = self.setup.rules.pooled_finance() {
            let inside = self.place.kinds[seat.0].inside;
            let own = earnings.income(&conduct.work, conduct.cost, per_need) - conduct.cost;
            let member = rule.membership(&self.place.pooling, inside, kind.size, self.members[seat.2].result);
            earnings.membership = Some(member.among(outlook.pooled, own, &self.place.pooling));
        }
        earnings.gain(&conduct.work, conduct.cost, Lanes::ZERO, per_need)
    }

    /// How things would stand for a member, given what the option brings about across the place.
    #[inline(always)]
    fn at_the_place(&self, conduct: &Conduct<'a>, index: usize, outlook: &Outlook) -> Earnings<'a> {
        let mut earnings = self.among(conduct, index, outlook);
        if self.setup.derived.keeps_books {
            let per_size = 1.0 / earnings.kind.size;
            if let Some(ledger) = &mut earnings.ledger {
                ledger.contracts = outlook.contracts * per_size;
            }
            let income = earnings.income(&conduct.work, conduct.cost, earnings.per_need());
            if let Some(ledger) = &mut earnings.ledger {
                ledger.income = outlook.all.income * per_size - income;
            }
        }
        earnings
    }

    /// Lets a member see what an option brings about for the others: their need, what of it is met, what they spend and deliver.
    #[inline(always)]
    fn among(&self, conduct: &Conduct<'a>, index: usize, outlook: &Outlook) -> Earnings<'a> {
        let Conduct { mut earnings, work, cost } = *conduct;
        let (size, per_size) = (earnings.kind.size, 1.0 / earnings.kind.size);
        if self.setup.derived.looks_at_place {
            let (met, need) = (outlook.all.met - work.met * size, outlook.all.need - earnings.need * size);
            earnings.others = (met * per_size, need * per_size);
        }
        if self.setup.derived.keeps_books {
            let mut ledger = self.ledger(index);
            ledger.spending = outlook.all.spending * per_size - cost;
            ledger.delivered = outlook.all.delivered - work.delivered * size;
            ledger.contracts = Lanes::ZERO; // so that the holder's income is all that it receives
            earnings.ledger = Some(ledger);
        }
        earnings
    }

    #[inline(always)]
    fn ledger(&self, index: usize) -> Ledger {
        let (kind, contract) = (&self.setup.kinds[index], &self.place.books.contract);
        Ledger {
            weight: kind.size / self.setup.derived.total_size,
            stake: self.setup.derived.total_size / kind.total_size,
            size: kind.size,
            failed: contract.failed,
            fallback_index: contract.fallback_index,
            ..Ledger::CLOSED
        }
    }
}

/// Something to add up over all members. A trait, since a closure would not be inlined into the vector code.
trait AddUp {
    /// Adds what a member does, which has that weight.
    fn add(
        table: &Table<'_>,
        conduct: &Conduct<'_>,
        index: usize,
        outlook: &Outlook,
        weight: Lanes,
        sums: &mut Foreseen,
    );

    /// Takes note of the sums of a kind.
    #[inline(always)]
    fn kind(_: &Table<'_>, _: usize, _: &mut Outlook, _: &Foreseen) {}
}

/// What members meet, need, spend and deliver.
struct Deeds;

impl AddUp for Deeds {
    #[inline(always)]
    fn add(_: &Table<'_>, conduct: &Conduct<'_>, _: usize, _: &Outlook, weight: Lanes, sums: &mut Foreseen) {
        sums.met += conduct.work.met * weight;
        sums.need += conduct.earnings.need * weight;
        sums.spending += conduct.cost * weight;
        sums.delivered += conduct.work.delivered * weight;
    }
}

/// What members earn before any bonus, once what all do and spend is known.
struct Incomes;

impl AddUp for Incomes {
    #[inline(always)]
    fn add(
        table: &Table<'_>,
        conduct: &Conduct<'_>,
        index: usize,
        outlook: &Outlook,
        weight: Lanes,
        sums: &mut Foreseen,
    ) {
        let earnings = table.among(conduct, index, outlook);
        sums.income += earnings.income(&conduct.work, conduct.cost, earnings.per_need()) * weight;
    }

    #[inline(always)]
    fn kind(table: &Table<'_>, index: usize, outlook: &mut Outlook, sums: &Foreseen) {
        let prime = prime_in_force(table.setup, table.place).is_some();
        if prime && table.setup.kinds[index].paid_by.is_some() {
            outlook.contracts += sums.income * (1.0 - table.place.books.contract.failed);
        }
    }
}

/// What members have left to pool.
struct Results;

impl AddUp for Results {
    #[inline(always)]
    fn add(
        table: &Table<'_>,
        conduct: &Conduct<'_>,
        index: usize,
        outlook: &Outlook,
        weight: Lanes,
        sums: &mut Foreseen,
    ) {
        let earnings = table.at_the_place(conduct, index, outlook);
        let income = earnings.income(&conduct.work, conduct.cost, earnings.per_need());
        sums.result += (income - conduct.cost) * table.place.kinds[index].inside * weight;
    }
}

/// Need met or prevented, or yield where there is no need.
struct Goods;

impl AddUp for Goods {
    #[inline(always)]
    fn add(_: &Table<'_>, conduct: &Conduct<'_>, _: usize, _: &Outlook, weight: Lanes, sums: &mut Foreseen) {
        let good = match (&conduct.earnings.kind.need, conduct.earnings.prevented) {
            (Some(_), Some(prevented)) => conduct.work.met + prevented,
            (Some(_), None) => conduct.work.met,
            (None, _) => conduct.work.delivered,
        };
        sums.public += good * weight;
    }
}

/// How strongly upstream work lowers a kind's need, against 1 for the most.
#[inline(always)]
pub(super) fn relief(kind: &Kind) -> f64 {
    kind.need.as_ref().map_or(0.0, |need| need.relief)
}
