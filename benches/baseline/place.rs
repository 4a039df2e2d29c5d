//! The place of `place-fortress` for sixteen runs, with nothing in it but what that scenario needs: one pool of staff and beds,
//! one of money, need that waits and falls on others, three ways of being paid, trust, and learners who choose among fourteen
//! actions. The numbers are those of the scenario; what is done with them is written out by hand.

use super::mean;
use commonground::model::behaviour::{Behaviour, Learner};
use commonground::model::dice::{Dice, Stream};
use commonground::model::lanes::{Lanes, Singles, keep_lanes_together, select};
use commonground::model::payment::Payment;
use commonground::model::pool::{Allocation, Claims, Growth, Logistic, Pool};
use commonground::model::prices::Prices;
use commonground::model::production::{Production, Saturating};
use commonground::model::setup::{Kind, Need, Setup, Upstream};
use commonground::model::simd::Work;

const LEVELS: [f64; 7] = [0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3];
const UPSTREAM: [f64; 2] = [0.0, 0.04];
const ACTIONS: usize = LEVELS.len() * UPSTREAM.len();
const PLAN: f64 = 1.0;
/// Stock lost per unit of yield.
const WEAR: f64 = 0.015;

/// The place in sixteen runs: stock at the end as a share of capacity, share of need met, margin as a share of income.
pub(crate) struct SixteenRuns<'a> {
    pub(crate) setup: &'a Setup,
    pub(crate) dice: &'a Dice,
}

impl Work for SixteenRuns<'_> {
    type Output = [f64; 3];

    #[inline(always)]
    fn run(self) -> [f64; 3] {
        let Self { setup, dice } = self;
        let mut place = Place::begin(setup, dice);
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
    providers: Vec<Provider<'a>>,
    draws: [Vec<Lanes>; 2],
    claims: Claims,
    shares: Vec<Lanes>,
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

struct Provider<'a> {
    kind: &'a Kind,
    need: &'a Need,
    payment: &'a Payment,
    size: f64,
    attractions: [Lanes; ACTIONS],
    position: Lanes,
    level: Lanes,
    upstream: Lanes,
    needed: Lanes,
    new: Lanes,
    unmet: Lanes,
    arriving: Lanes,
    income: Lanes,
    funded: Lanes,
    trust: Lanes,
    dispute: Lanes,
}

/// What a provider learns from.
struct Step {
    prices: Prices,
    granted: Lanes,
    yields: Lanes,
    norm: Lanes,
    returned: Lanes,
    keep: f64,
    gain: f64,
}

impl<'a> Place<'a> {
    fn begin(setup: &'a Setup, dice: &'a Dice) -> Self {
        let (care, money) = (&setup.pools()[0].part, &setup.pools()[1].part);
        let Behaviour::Learner(learner) = &setup.providers[0].behaviour else { panic!("they all learn") };
        let Some(Production::Saturating(production)) = &care.production else { panic!("production saturates") };
        let Growth::Logistic(growth) = &care.growth else { panic!("staff and beds grow") };
        let Growth::Allocation(budget) = &money.growth else { panic!("money is allotted") };
        let count = setup.providers();
        Self {
            setup,
            dice,
            learner,
            care,
            growth,
            production,
            money,
            budget,
            prevention: setup.upstream().expect("prevention"),
            members: setup.providers.iter().filter(|provider| setup.kind(provider).partner).count() as f64,
            providers: setup.providers.iter().map(|provider| Provider::begin(setup, provider.kind, learner)).collect(),
            draws: [vec![Lanes::ZERO; count], vec![Lanes::ZERO; count]],
            claims: Claims::new(vec![Lanes::ZERO; count + 1]),
            shares: vec![Lanes::ONE; count + 1],
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
        let [luck, draws] = &mut self.draws;
        self.dice.fill(Stream::Need, step, luck);
        self.dice.fill(Stream::Choice, step, draws);
        let relief = self.prevented * self.prevention.most / (self.prevented + self.prevention.half);
        self.effort = Lanes::ZERO;
        for (provider, (luck, draw)) in self.providers.iter_mut().zip(luck.iter().zip(draws.iter())) {
            let expected = (1.0 - relief) * provider.need.expected[step as usize];
            provider.new = (expected * (luck.standard_normal_quantile() * provider.need.noise + 1.0)).max(0.0);
            let arisen = provider.new + provider.arriving;
            provider.needed = arisen + provider.unmet * provider.need.waits;
            provider.arriving = Lanes::ZERO;
            self.total.arisen += arisen * provider.size;
            provider.choose(self.learner, *draw);
            self.effort += provider.level * provider.size;
            keep_lanes_together();
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
        for index in 0..self.providers.len() {
            let provider = &mut self.providers[index];
            let prices = provider.kind.prices[step as usize];
            let effort = provider.level * self.granted;
            let delivered = effort * self.yields * (1.0 - provider.upstream);
            let met = delivered.min(provider.needed);
            let cost = provider.cost(effort, prices.cost);
            provider.income = provider.income(delivered, met, 1.0 / provider.needed, prices.paid);
            provider.unmet = provider.needed - met;
            self.total.met += met * provider.size;
            self.total.cost += cost * provider.size;
            built += effort * provider.upstream * provider.size;
            self.spill(index);
            keep_lanes_together();
        }
        self.prevented =
            self.prevented * (1.0 - prevention.decay) + built * (prevention.productivity / setup.total_size());
        let grown = self.growth.growth(self.stock, care.capacity);
        self.stock = (self.stock - claimed * self.granted + grown).max(care.floor());
    }

    #[inline(always)]
    fn spill(&mut self, index: usize) {
        let Provider { need, size, unmet, .. } = self.providers[index];
        for spill in &need.spills {
            let to = &self.setup.kinds()[spill.to];
            let each = unmet * (spill.share * size * spill.becomes / to.total_size);
            for receiver in to.members.clone() {
                self.providers[receiver].arriving += each;
                keep_lanes_together();
            }
        }
    }

    /// Providers are paid, so far as the money reaches.
    #[inline(always)]
    fn pay(&mut self, step: u32) {
        let Self { setup, money, budget, .. } = *self;
        let available = (self.purse + (budget.overdraft - self.owed).max(0.0)).max(0.0);
        let own = |provider: &Provider<'_>| {
            if provider.kind.paid_from.is_some() { provider.income * provider.size } else { Lanes::ZERO }
        };
        self.claims.take(self.providers.iter().map(own), Lanes::ZERO);
        let Setup { claimants, by_priority, .. } = setup;
        let short = money.rationing.share_out(available, &self.claims, claimants, by_priority, &mut self.shares);
        let mut spent = Lanes::ZERO;
        for (provider, share) in self.providers.iter_mut().zip(&self.shares) {
            let is_rationed = short && provider.kind.paid_from.is_some();
            provider.funded = if is_rationed { *share } else { Lanes::ONE };
            let received = provider.income * provider.funded * provider.size;
            self.total.income += received;
            if provider.kind.paid_from.is_some() {
                spent += received;
            }
            keep_lanes_together();
        }
        self.purse = budget.next(self.purse - spent, &mut self.owed, Lanes::ONE, step).max(0.0);
    }

    /// Providers learn what each action would have earned, and members whether they can trust each other.
    #[inline(always)]
    fn learn(&mut self, step: u32) {
        let Self { setup, learner, prevention, granted, yields, .. } = *self;
        let (society, norm) = (&setup.society(), &setup.kinds()[0].norm);
        let after = learner.experience(self.experience);
        let (keep, gain) = (learner.memory * self.experience / after, 1.0 / after);
        self.experience = after;
        let sum = self.prevented + prevention.half;
        let margin = Lanes::all(prevention.most * prevention.half) / (sum * sum);
        let breaches = self.breaches(society.tolerance);
        let [_, draws] = &mut self.draws;
        self.dice.fill(Stream::Trust, step, draws);
        for (provider, draw) in self.providers.iter_mut().zip(draws) {
            let rationed = granted.min(provider.funded).less(1.0).number() * society.grievance;
            provider.dispute = (provider.dispute * (1.0 - society.settling)).max(rationed);
            let built = prevention.productivity * provider.size / (setup.total_size() * prevention.decay);
            provider.learn(
                learner,
                &Step {
                    prices: provider.kind.prices[step as usize],
                    granted,
                    yields,
                    norm: provider.trust * (1.0 - provider.dispute) * norm.weight,
                    returned: margin * provider.new * built,
                    keep,
                    gain,
                },
            );
            if provider.kind.partner {
                let error = (*draw - 0.5) * f64::sqrt(12.0) * society.noise;
                let observed = (breaches + error * breaches * (1.0 - breaches)).max(0.0).min(1.0);
                provider.trust = society.trust_after(provider.trust, observed, Lanes::all(society.coverage));
            }
            keep_lanes_together();
        }
    }

    /// Share of the members that do more than their plan.
    #[inline(always)]
    fn breaches(&self, tolerance: f64) -> Lanes {
        let mut breaches = Lanes::ZERO;
        for provider in self.providers.iter().filter(|provider| provider.kind.partner) {
            breaches += (provider.level - PLAN).greater(PLAN * tolerance).number();
            keep_lanes_together();
        }
        breaches * (1.0 / self.members)
    }
}

impl<'a> Provider<'a> {
    fn begin(setup: &'a Setup, kind: usize, learner: &Learner) -> Self {
        let kind = &setup.kinds()[kind];
        let attraction = |action: usize| Lanes::all(-learner.habit * (LEVELS[action / UPSTREAM.len()] - PLAN).abs());
        Self {
            kind,
            need: kind.need.as_ref().expect("need"),
            payment: kind.payment.as_ref().expect("a payment"),
            size: kind.total_size / kind.members.len() as f64,
            attractions: std::array::from_fn(attraction),
            position: Lanes::ZERO,
            level: Lanes::ZERO,
            upstream: Lanes::ZERO,
            needed: Lanes::ZERO,
            new: Lanes::ZERO,
            unmet: Lanes::ZERO,
            arriving: Lanes::ZERO,
            income: Lanes::ZERO,
            funded: Lanes::ONE,
            trust: Lanes::all(setup.society().trust),
            dispute: Lanes::ZERO,
        }
    }

    /// Chooses by logit.
    #[inline(always)]
    fn choose(&mut self, learner: &Learner, draw: Lanes) {
        let mut highest = self.attractions[0];
        for attraction in &self.attractions[1..] {
            highest = highest.max(*attraction);
        }
        let sharpness = Singles::all((learner.choice_sharpness * std::f64::consts::LOG2_E) as f32);
        let (mut total, mut sums) = (Singles::ZERO, [Singles::ZERO; ACTIONS]);
        for (sum, attraction) in sums.iter_mut().zip(&self.attractions) {
            total += ((*attraction - highest).single() * sharpness).exp2();
            *sum = total;
            keep_lanes_together();
        }
        let target = draw.single() * total;
        (self.position, self.level, self.upstream) = (Lanes::ZERO, Lanes::all(LEVELS[0]), Lanes::all(UPSTREAM[0]));
        for (last, sum) in sums[..ACTIONS - 1].iter().enumerate() {
            let (beyond, next) = (sum.less(target), last + 1);
            self.position = select(beyond, next as f64, self.position);
            self.upstream = select(beyond, UPSTREAM[next % UPSTREAM.len()], self.upstream);
            if next.is_multiple_of(UPSTREAM.len()) {
                self.level = select(beyond, LEVELS[next / UPSTREAM.len()], self.level);
            }
            keep_lanes_together();
        }
    }

    /// Moves the attractions by what each action would have been worth.
    #[inline(always)]
    fn learn(&mut self, learner: &Learner, step: &Step) {
        let (taken, per_need) = (self.position.single(), 1.0 / self.needed);
        let (own, other) = (Lanes::all(step.gain), Lanes::all(learner.foregone * step.gain));
        for (at, level) in LEVELS.into_iter().enumerate() {
            let effort = step.granted * level;
            let mut charge = self.cost(effort, step.prices.cost);
            if level > PLAN {
                charge += step.norm * (level - PLAN);
            }
            for (share, upstream) in UPSTREAM.into_iter().enumerate() {
                let delivered = effort * step.yields * (1.0 - upstream);
                let met = delivered.min(self.needed);
                let income = self.income(delivered, met, per_need, step.prices.paid) * self.funded;
                let good = met + effort * (step.returned * upstream);
                let worth = income + good * self.kind.motivation - charge;
                let index = at * UPSTREAM.len() + share;
                let weight = select(taken.equals(Singles::all(index as f32)), own, other);
                self.attractions[index] = self.attractions[index] * step.keep + weight * worth;
                keep_lanes_together();
            }
        }
    }

    #[inline(always)]
    fn cost(&self, effort: Lanes, index: f64) -> Lanes {
        let cost = &self.kind.cost;
        (effort * (effort * cost.convex + cost.per_effort) + cost.fixed) * index
    }

    #[inline(always)]
    fn income(&self, delivered: Lanes, met: Lanes, per_need: Lanes, price_index: f64) -> Lanes {
        match self.payment {
            Payment::Tariff(form) => {
                let billed = met * (1.0 - self.need.induced) + delivered * self.need.induced;
                let above = (billed - form.baseline * PLAN).max(0.0);
                (billed - above * (1.0 - form.marginal_rate)) * (form.price * price_index)
            }
            Payment::Block(form) => Lanes::all(form.amount * price_index),
            Payment::Capitation(form) => {
                let reached = (met * per_need * (1.0 / form.target)).min(1.0);
                (reached * form.outcome_share + (1.0 - form.outcome_share)) * (form.amount * price_index)
            }
            _ => panic!("nobody in the place is paid like this"),
        }
    }
}
