//! The place of `place-fortress` for sixteen runs, with nothing in it but what that scenario needs: one pool of staff and beds,
//! one of money, need that waits and falls on others, three ways of being paid, trust, and learners who choose among fourteen
//! actions. The numbers are those of the scenario; what is done with them is written out by hand.

use super::provider::{PLAN, Provider, Step, cost, income};
use super::{blocks, mean, rows, words};
use commonground::model::behaviour::{Behaviour, Learner};
use commonground::model::dice::{Dice, Kept, Luck, Purpose};
use commonground::model::lanes::{Lanes, keep_lanes_together};
use commonground::model::need::Need;
use commonground::model::payment::Payment;
use commonground::model::pool::{Allocation, Claimant, Claims, Growth, Logistic, Pool};
use commonground::model::production::{Production, Saturating};
use commonground::model::setup::{Kind, Setup};
use commonground::model::simd::Work;
use commonground::model::upstream::Upstream;

/// Stock lost per unit of yield.
const WEAR: f64 = 0.015;

/// The place in sixteen runs: stock at the end as a share of capacity, share of need met, margin as a share of income.
pub(crate) struct SixteenRuns<'a> {
    pub(crate) setup: &'a Setup,
    pub(crate) dice: &'a Dice,
    /// One a kind.
    pub(crate) luck: &'a [Luck],
}

impl Work for SixteenRuns<'_> {
    type Output = [f64; 3];

    #[inline(always)]
    fn run(self) -> [f64; 3] {
        let Self { setup, dice, luck } = self;
        let mut place = Place::begin(setup, dice, luck);
        for step in 0..setup.steps() {
            place.choose(step);
            place.deliver(step);
            place.pay(step);
            place.learn(step);
        }
        [
            mean(place.stock) / place.care.capacity,
            mean(place.total.met / place.total.arisen),
            mean((place.total.income - place.total.cost) / place.total.income),
        ]
    }
}

struct Place<'a> {
    setup: &'a Setup,
    dice: &'a Dice,
    learner: &'a Learner,
    care: &'a Pool,
    growth: &'a Logistic,
    production: &'a Saturating,
    money: &'a Pool,
    budget: &'a Allocation,
    prevention: Upstream,
    members: f64,
    kinds: Vec<Group<'a>>,
    claims: Claims,
    shares: Vec<Lanes>,
    /// One a claim.
    claimants: Vec<Claimant>,
    by_priority: Vec<usize>,
    experience: f64,
    stock: Lanes,
    purse: Lanes,
    owed: Lanes,
    prevented: Lanes,
    effort: Lanes,
    yields: Lanes,
    granted: Lanes,
    total: Total,
}

/// Sums over the run.
struct Total {
    met: Lanes,
    arisen: Lanes,
    income: Lanes,
    cost: Lanes,
}

/// The providers of a kind, and what they have in common.
struct Group<'a> {
    kind: &'a Kind,
    need: &'a Need,
    payment: &'a Payment,
    luck: &'a Luck,
    /// Draws for need, choice and trust.
    words: [Kept; 3],
    providers: Vec<Provider>,
    /// Need that others let fall on each.
    arriving: Lanes,
    funded: Lanes,
}

impl<'a> Place<'a> {
    fn begin(setup: &'a Setup, dice: &'a Dice, luck: &'a [Luck]) -> Self {
        let main = setup.main_pool();
        let (kinds, care, money) = (setup.kinds(), &setup.pools()[main].part, &setup.pools()[1 - main].part);
        let Behaviour::Learner(learner) = &kinds[0].segments[0].behaviour else { panic!("they all learn") };
        let Some(Production::Saturating(production)) = &care.production else { panic!("production saturates") };
        let Growth::Logistic(growth) = &care.growth else { panic!("staff and beds grow") };
        let Growth::Allocation(budget) = &money.growth else { panic!("money is allotted") };
        let nobody = Claimant { priority: u32::MAX, strength: 1.0 };
        let claimants: Vec<Claimant> = kinds.iter().map(|kind| kind.claimant).chain([nobody]).collect();
        let mut by_priority: Vec<usize> = (0..claimants.len()).collect();
        by_priority.sort_by_key(|claim| claimants[*claim].priority);
        Self {
            setup,
            dice,
            learner,
            care,
            growth,
            production,
            money,
            budget,
            prevention: *setup.upstream().expect("prevention"),
            members: kinds.iter().filter(|kind| kind.partner).map(|kind| kind.count as f64).sum(),
            kinds: kinds.iter().zip(luck).map(|(kind, luck)| Group::begin(setup, kind, luck, learner)).collect(),
            claims: Claims::new(vec![Lanes::ZERO; claimants.len()]),
            shares: vec![Lanes::ONE; claimants.len()],
            claimants,
            by_priority,
            experience: 1.0,
            stock: Lanes::all(care.capacity * care.start),
            purse: Lanes::all(money.capacity),
            owed: Lanes::ZERO,
            prevented: Lanes::ZERO,
            effort: Lanes::ZERO,
            yields: Lanes::ONE,
            granted: Lanes::ONE,
            total: Total { met: Lanes::ZERO, arisen: Lanes::ZERO, income: Lanes::ZERO, cost: Lanes::ZERO },
        }
    }

    /// Need comes up, and all choose what they will do about it.
    #[inline(always)]
    fn choose(&mut self, step: u32) {
        let Self { dice, learner, prevention, .. } = *self;
        let relief = self.prevented * prevention.most / (self.prevented + prevention.half);
        self.effort = Lanes::ZERO;
        for Group { kind, need, luck, words: [needs, choices, _], providers, arriving, .. } in &mut self.kinds {
            let expected = (1.0 - relief) * need.expected[step as usize];
            for block in blocks(providers.len()) {
                let chance = dice.block(luck, Purpose::Need, step, block, needs);
                let draws = dice.block(luck, Purpose::Choice, step, block, choices);
                for row in rows(block, providers.len()) {
                    let provider = &mut providers[row];
                    let deviation = chance.of(row).standard_normal_quantile() * need.noise;
                    provider.new = (expected * (deviation + 1.0)).max(0.0);
                    let arisen = provider.new + *arriving;
                    provider.needed = arisen + provider.unmet * need.waits;
                    self.total.arisen += arisen * kind.size;
                    provider.choose(learner, draws.of(row));
                    self.effort += provider.level * kind.size;
                    keep_lanes_together();
                }
            }
            *arriving = Lanes::ZERO;
        }
    }

    /// Effort becomes care, and wears staff and beds; need that is not met falls on others.
    #[inline(always)]
    fn deliver(&mut self, step: u32) {
        let Self { setup, care, production, prevention, .. } = *self;
        let share = self.stock * (1.0 / care.capacity);
        self.yields = share * (1.0 + production.half) / (share + production.half);
        let claimed = self.effort * self.yields * WEAR;
        self.granted = (self.stock / claimed).min(1.0);
        let mut built = Lanes::ZERO;
        for index in 0..self.kinds.len() {
            let Group { kind, need, payment, providers, .. } = &mut self.kinds[index];
            let prices = kind.prices[step as usize];
            let mut waiting = Lanes::ZERO;
            for provider in providers {
                let effort = provider.level * self.granted;
                let delivered = effort * self.yields * (1.0 - provider.upstream);
                let met = delivered.min(provider.needed);
                provider.income = income(payment, need, delivered, met, 1.0 / provider.needed, prices.paid);
                provider.unmet = provider.needed - met;
                self.total.met += met * kind.size;
                self.total.cost += cost(kind, effort, prices.cost) * kind.size;
                built += effort * provider.upstream * kind.size;
                waiting += provider.unmet * kind.size;
                keep_lanes_together();
            }
            for spill in &need.spills {
                let each = spill.share * spill.becomes / setup.kinds()[spill.to].total_size;
                self.kinds[spill.to].arriving += waiting * each;
                keep_lanes_together();
            }
        }
        self.prevented =
            self.prevented * (1.0 - prevention.decay) + built * (prevention.productivity / setup.total_size());
        let grown = self.growth.growth(self.stock, care.capacity);
        self.stock = (self.stock - claimed * self.granted + grown).max(care.floor());
    }

    /// Providers are paid, so far as the money reaches.
    #[inline(always)]
    fn pay(&mut self, step: u32) {
        let Self { money, budget, .. } = *self;
        let available = (self.purse + (budget.overdraft - self.owed).max(0.0)).max(0.0);
        self.claims.total = Lanes::ZERO;
        for (claim, Group { kind, providers, .. }) in self.claims.each.iter_mut().zip(&self.kinds) {
            *claim = Lanes::ZERO;
            for provider in providers {
                *claim += provider.income * kind.size;
                keep_lanes_together();
            }
            if kind.paid_from.is_none() {
                self.total.income += *claim;
                *claim = Lanes::ZERO;
            }
            self.claims.total += *claim;
        }
        let Self { claims, claimants, by_priority, shares, .. } = self;
        let short = money.rationing.share_out(available, claims, claimants, by_priority, shares);
        let mut spent = Lanes::ZERO;
        for (group, (claim, share)) in self.kinds.iter_mut().zip(claims.each.iter().zip(&*shares)) {
            let is_rationed = short && group.kind.paid_from.is_some();
            group.funded = if is_rationed { *share } else { Lanes::ONE };
            spent += *claim * group.funded;
            keep_lanes_together();
        }
        self.total.income += spent;
        self.purse = budget.next(self.purse - spent, &mut self.owed, Lanes::ONE, step).max(0.0);
    }

    /// Providers learn what each action would have earned, and members whether they can trust each other.
    #[inline(always)]
    fn learn(&mut self, step: u32) {
        let Self { setup, dice, learner, prevention, granted, yields, .. } = *self;
        let society = setup.society();
        let after = learner.experience(self.experience);
        let (keep, gain) = (learner.memory * self.experience / after, 1.0 / after);
        self.experience = after;
        let sum = self.prevented + prevention.half;
        let margin = Lanes::all(prevention.most * prevention.half) / (sum * sum);
        let breaches = self.breaches(society.tolerance);
        for Group { kind, need, payment, luck, words: [.., trusts], providers, funded, .. } in &mut self.kinds {
            let rationed = granted.min(*funded).less(1.0).number() * society.grievance;
            let built = prevention.productivity * kind.size / (setup.total_size() * prevention.decay);
            let (prices, funded, norm) = (kind.prices[step as usize], *funded, kind.norm.weight);
            let known = Step { prices, granted, funded, yields, norm, returned: margin * built, keep, gain };
            for block in blocks(providers.len()) {
                let draws = dice.block(luck, Purpose::Trust, step, block, trusts);
                for row in rows(block, providers.len()) {
                    let provider = &mut providers[row];
                    provider.dispute = (provider.dispute * (1.0 - society.settling)).max(rationed);
                    provider.learn(learner, kind, need, payment, &known);
                    if kind.partner {
                        let error = (draws.of(row) - 0.5) * f64::sqrt(12.0) * society.noise;
                        let observed = (breaches + error * breaches * (1.0 - breaches)).max(0.0).min(1.0);
                        provider.trust = society.trust_after(provider.trust, observed, Lanes::all(society.coverage));
                    }
                    keep_lanes_together();
                }
            }
        }
    }

    /// Share of the members that do more than their plan.
    #[inline(always)]
    fn breaches(&self, tolerance: f64) -> Lanes {
        let mut breaches = Lanes::ZERO;
        for provider in self.kinds.iter().filter(|group| group.kind.partner).flat_map(|group| &group.providers) {
            breaches += (provider.level - PLAN).greater(PLAN * tolerance).number();
            keep_lanes_together();
        }
        breaches * (1.0 / self.members)
    }
}

impl<'a> Group<'a> {
    fn begin(setup: &Setup, kind: &'a Kind, luck: &'a Luck, learner: &Learner) -> Self {
        Self {
            kind,
            need: kind.need.as_ref().expect("need"),
            payment: kind.payment.as_ref().expect("a payment"),
            luck,
            words: std::array::from_fn(|_| words(kind.count)),
            providers: (0..kind.count).map(|_| Provider::begin(setup, learner)).collect(),
            arriving: Lanes::ZERO,
            funded: Lanes::ONE,
        }
    }
}
