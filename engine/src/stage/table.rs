//! The table at which members weigh the options: what each would do under one, and what that would be worth to it.

use super::books::prime_in_force;
use super::choose::paid_for;
use super::moved::Moved;
use crate::lanes::{Lanes, keep_lanes_together, select};
use crate::payment::Ledger;
use crate::payoff::{Earnings, Following, scarcest};
use crate::place::Place;
use crate::rows::{Parts, Total};
use crate::setup::{Kind, Setup};
use crate::world::{Columns, Deed, Foreseen, Member, Outlook};

/// What members look at while they weigh the options.
pub(super) struct Table<'a> {
    pub(super) setup: &'a Setup,
    pub(super) place: &'a Place,
    pub(super) kinds: &'a [Columns],
    pub(super) yields: &'a [Lanes],
    pub(super) members: &'a [Member],
    /// What the option would reach of each stock of upstream work.
    pub(super) reached: &'a [Lanes],
}

impl Table<'_> {
    /// What all would do under an option, row by row, and what that comes to: what they would meet, spend and earn only where a
    /// payment looks at it.
    #[inline(always)]
    pub(super) fn foresee(&self, outlook: &mut Outlook, deeds: &mut [Deed], parts: &mut [Parts<Foreseen>]) {
        self.do_all(outlook, deeds, parts);
        let keeps_books = self.setup.derived.keeps_books;
        if keeps_books {
            self.add_up::<Incomes>(outlook, deeds, parts);
            outlook.all.income -= outlook.contracts;
        }
        if self.setup.rules.pooled_finance().is_some() {
            self.earn(outlook, deeds);
            self.add_up::<Results>(outlook, deeds, parts);
            outlook.pooled = outlook.all.result / self.place.pooling.size;
        }
    }

    /// What an option is worth to each member.
    #[inline(always)]
    pub(super) fn weigh(
        &self,
        outlook: &Outlook,
        deeds: &[Deed],
        position: usize,
        options: usize,
        worth: &mut [Lanes],
    ) {
        let mut seat = 0;
        for (index, own) in self.kinds.iter().enumerate() {
            for _ in 0..own.rows.count() {
                worth[seat * options + position] = self.for_the_member(&deeds[seat], (index, seat), outlook);
                seat += 1;
                keep_lanes_together();
            }
        }
    }

    /// Writes down what each member would earn.
    #[inline(always)]
    fn earn(&self, outlook: &Outlook, deeds: &mut [Deed]) {
        let mut seat = 0;
        for (index, own) in self.kinds.iter().enumerate() {
            for _ in 0..own.rows.count() {
                let deed = &mut deeds[seat];
                let earnings = self.at_the_place(deed, (index, seat), outlook);
                deed.income = earnings.income(&deed.work, deed.cost, earnings.per_need());
                seat += 1;
                keep_lanes_together();
            }
        }
    }

    /// Works out what each member would do, once, and adds it up.
    #[inline(always)]
    fn do_all(&self, outlook: &mut Outlook, deeds: &mut [Deed], parts: &mut [Parts<Foreseen>]) {
        let mut first = 0;
        let mut all = Foreseen::NONE;
        for ((index, own), parts) in self.kinds.iter().enumerate().zip(parts) {
            parts.clear();
            let kind = &self.setup.kinds[index];
            let yields = self.yields_of(index, outlook);
            for block in 0..own.rows.blocks() {
                let mut sums = *parts.of(block);
                for row in own.rows.block(block) {
                    let deed = self.deed(index, first + row, outlook, yields);
                    deed.add(kind, own.rows.weight(row, kind.size), &mut sums);
                    deeds[first + row] = deed;
                    keep_lanes_together();
                }
                *parts.of(block) = sums;
            }
            all.add(&parts.join());
            first += own.rows.count();
        }
        outlook.all.add(&all);
    }

    /// Adds up something over all members.
    #[inline(always)]
    fn add_up<A: AddUp>(&self, outlook: &mut Outlook, deeds: &[Deed], parts: &mut [Parts<Foreseen>]) {
        let mut first = 0;
        let mut all = Foreseen::NONE;
        for ((index, own), parts) in self.kinds.iter().enumerate().zip(parts) {
            parts.clear();
            for block in 0..own.rows.blocks() {
                let mut sums = *parts.of(block);
                for row in own.rows.block(block) {
                    let weight = own.rows.weight(row, self.setup.kinds[index].size);
                    A::add(self, &deeds[first + row], (index, first + row), outlook, weight, &mut sums);
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
        scarcest(&self.setup.kinds[index], &self.yields[outlook.level * pools..][..pools])
    }

    /// What a member would do and meet under an option, where nothing is rationed, fined or frowned upon.
    #[inline(always)]
    fn deed(&self, index: usize, seat: usize, outlook: &Outlook, yields: Lanes) -> Deed {
        let (kind, member) = (&self.setup.kinds[index], &self.members[seat]);
        let mut prevented = Lanes::ZERO;
        for (stream, reached) in self.setup.derived.streams.iter().zip(self.reached) {
            prevented += member.unrelieved * *reached * stream.acts[index];
        }
        let mut need = member.old_need + member.unrelieved - prevented;
        let moved = outlook.shift.and_then(|shift| Moved::by(self, shift, index, outlook));
        let mut elsewhere = (Lanes::ZERO, Lanes::ZERO);
        if let Some(moved) = &moved {
            let referred = member.referred_beyond(moved.refers).min(need);
            need += moved.arrives - referred;
            elsewhere = (referred * moved.counts.0, referred * moved.counts.1);
        }
        let mut earnings = self.earnings((index, seat), (need, prevented + elsewhere.0), outlook);
        earnings.overhead = member.purse.as_ref().map(|purse| purse.overhead);
        earnings.scarce_at(self.setup, self.place, outlook.total);
        let by_plan = outlook.total * kind.plan;
        let mut level = select(outlook.by_need.greater(Lanes::ZERO), member.by_need * outlook.total, by_plan);
        if let Some(moved) = &moved {
            level = (level + moved.effort).max(Lanes::ZERO);
        }
        let level = paid_for(member.purse.as_ref().map(|purse| purse.most), level);
        let work = earnings.work(level, outlook.upstream, yields);
        let moved = earnings.following.as_ref().map_or(Lanes::ZERO, Following::money);
        Deed { need, prevented, elsewhere, work, cost: earnings.cost(work.effort), income: Lanes::ZERO, moved }
    }

    #[inline(always)]
    fn earnings(
        &self,
        (index, seat): (usize, usize),
        (need, prevented): (Lanes, Lanes),
        outlook: &Outlook,
    ) -> Earnings<'_> {
        let mut earnings = Earnings::of_kind(self.setup, &self.place.kinds[index], &self.setup.kinds[index]);
        earnings.granted = Lanes::ONE;
        earnings.need = need;
        earnings.prevented = Some(prevented);
        if let Some(following) = &mut earnings.following {
            // What it refers now it would go on to refer, and what follows to it for that of others it would have whatever is decided.
            let moved = outlook.shift.and_then(|shift| Moved::by(self, shift, index, outlook));
            let member = &self.members[seat];
            let beyond = moved.as_ref().map_or(Lanes::ZERO, |moved| member.referred_beyond(moved.refers));
            following.referred = member.need * member.refers + beyond;
            following.agreed = moved.as_ref().map_or(Lanes::ZERO, |moved| moved.billed);
            following.moved = moved.as_ref().map_or(Lanes::ZERO, |moved| moved.money);
        }
        earnings
    }

    /// The member's own utility, given what the option brings about across the place.
    #[inline(always)]
    fn for_the_member(&self, deed: &Deed, (index, seat): (usize, usize), outlook: &Outlook) -> Lanes {
        let mut earnings = self.at_the_place(deed, (index, seat), outlook);
        let kind = earnings.kind;
        earnings.bonus = kind.bonus.as_ref();
        earnings.pound = self.members[seat].purse.as_ref().map(|purse| purse.pound);
        if let Some(rule) = self.setup.rules.external_authority() {
            earnings.target = Some((&rule.rule.target, self.place.pressure));
        }
        let per_need = earnings.per_need();
        if let Some(rule) = self.setup.rules.pooled_finance() {
            let inside = self.place.kinds[index].inside;
            let own = deed.income + deed.moved - deed.cost;
            let member = rule.membership(&self.place.pooling, inside, kind.size, self.members[seat].result);
            earnings.membership = Some(member.among(outlook.pooled, own, &self.place.pooling));
            return earnings.gain_of(&deed.work, deed.income, deed.cost, Lanes::ZERO, per_need);
        }
        earnings.gain(&deed.work, deed.cost, Lanes::ZERO, per_need)
    }

    /// How things would stand for a member, given what the option brings about across the place.
    #[inline(always)]
    fn at_the_place(&self, deed: &Deed, (index, seat): (usize, usize), outlook: &Outlook) -> Earnings<'_> {
        let mut earnings = self.among(deed, (index, seat), outlook);
        if self.setup.derived.keeps_books {
            let per_size = 1.0 / earnings.kind.size;
            if let Some(ledger) = &mut earnings.ledger {
                ledger.contracts = outlook.contracts * per_size;
            }
            let income = earnings.income(&deed.work, deed.cost, earnings.per_need());
            if let Some(ledger) = &mut earnings.ledger {
                ledger.income = outlook.all.income * per_size - income;
            }
        }
        earnings
    }

    /// Lets a member see what an option brings about for the others: their need, what of it is met, what they spend and deliver.
    #[inline(always)]
    fn among(&self, deed: &Deed, (index, seat): (usize, usize), outlook: &Outlook) -> Earnings<'_> {
        let mut earnings = self.earnings((index, seat), (deed.need, deed.prevented + deed.elsewhere.0), outlook);
        let (size, per_size) = (earnings.kind.size, 1.0 / earnings.kind.size);
        if self.setup.derived.looks_at_place {
            let (met, need) = (outlook.all.met - deed.work.met * size, outlook.all.need - deed.need * size);
            earnings.others = (met * per_size, need * per_size);
        }
        if self.setup.derived.keeps_books {
            let mut ledger = self.ledger(index);
            ledger.spending = outlook.all.spending * per_size - deed.cost;
            ledger.delivered = outlook.all.delivered - deed.work.delivered * size;
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

impl Deed {
    /// Adds what is met, needed, spent and delivered, and the good done: need met or prevented, or yield where there is no need.
    #[inline(always)]
    fn add(&self, kind: &Kind, weight: Lanes, sums: &mut Foreseen) {
        let Self { need, prevented, elsewhere, work, cost, .. } = self;
        let good = if kind.need.is_some() { work.met + *prevented + elsewhere.1 } else { work.delivered };
        sums.met += work.met * weight;
        sums.need += *need * weight;
        sums.spending += *cost * weight;
        sums.delivered += work.delivered * weight;
        sums.public += good * weight;
    }
}

/// Something to add up over all members. A trait, since a closure would not be inlined into the vector code.
trait AddUp {
    /// Adds what a member does, which has that weight.
    fn add(table: &Table<'_>, deed: &Deed, at: (usize, usize), outlook: &Outlook, weight: Lanes, sums: &mut Foreseen);

    /// Takes note of the sums of a kind.
    #[inline(always)]
    fn kind(_: &Table<'_>, _: usize, _: &mut Outlook, _: &Foreseen) {}
}

/// What members earn before any bonus, once what all do and spend is known.
struct Incomes;

impl AddUp for Incomes {
    #[inline(always)]
    fn add(table: &Table<'_>, deed: &Deed, at: (usize, usize), outlook: &Outlook, weight: Lanes, sums: &mut Foreseen) {
        let earnings = table.among(deed, at, outlook);
        sums.income += earnings.income(&deed.work, deed.cost, earnings.per_need()) * weight;
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
        deed: &Deed,
        (index, _): (usize, usize),
        _: &Outlook,
        weight: Lanes,
        sums: &mut Foreseen,
    ) {
        sums.result += (deed.income + deed.moved - deed.cost) * table.place.kinds[index].inside * weight;
    }
}
