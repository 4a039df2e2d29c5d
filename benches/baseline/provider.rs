//! A provider of the place: what it chooses, and what it learns from.

use commonground::model::behaviour::Learner;
use commonground::model::lanes::{Lanes, Singles, keep_lanes_together, select};
use commonground::model::need::Need;
use commonground::model::payment::Payment;
use commonground::model::prices::Prices;
use commonground::model::setup::{Kind, Setup};

const LEVELS: [f64; 7] = [0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3];
const UPSTREAM: [f64; 2] = [0.0, 0.04];
const ACTIONS: usize = LEVELS.len() * UPSTREAM.len();
pub(crate) const PLAN: f64 = 1.0;

/// One provider in sixteen runs.
pub(crate) struct Provider {
    attractions: [Lanes; ACTIONS],
    position: Lanes,
    pub(crate) level: Lanes,
    pub(crate) upstream: Lanes,
    pub(crate) needed: Lanes,
    pub(crate) new: Lanes,
    pub(crate) unmet: Lanes,
    pub(crate) income: Lanes,
    pub(crate) trust: Lanes,
    pub(crate) dispute: Lanes,
}

/// What the providers of a kind learn from.
pub(crate) struct Step {
    pub(crate) prices: Prices,
    pub(crate) granted: Lanes,
    pub(crate) funded: Lanes,
    pub(crate) yields: Lanes,
    /// Weight of the norm in utility.
    pub(crate) norm: f64,
    /// Need met later that a unit of upstream effort brings back for a unit of need.
    pub(crate) returned: Lanes,
    pub(crate) keep: f64,
    pub(crate) gain: f64,
}

impl Provider {
    /// Before the first step.
    pub(crate) fn begin(setup: &Setup, learner: &Learner) -> Self {
        let attraction = |action: usize| Lanes::all(-learner.habit * (LEVELS[action / UPSTREAM.len()] - PLAN).abs());
        Self {
            attractions: std::array::from_fn(attraction),
            position: Lanes::ZERO,
            level: Lanes::ZERO,
            upstream: Lanes::ZERO,
            needed: Lanes::ZERO,
            new: Lanes::ZERO,
            unmet: Lanes::ZERO,
            income: Lanes::ZERO,
            trust: Lanes::all(setup.society().trust),
            dispute: Lanes::ZERO,
        }
    }

    /// Chooses by logit.
    #[inline(always)]
    pub(crate) fn choose(&mut self, learner: &Learner, draw: Lanes) {
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
    pub(crate) fn learn(&mut self, learner: &Learner, kind: &Kind, need: &Need, payment: &Payment, step: &Step) {
        let (taken, per_need) = (self.position.single(), 1.0 / self.needed);
        let (own, other) = (Lanes::all(step.gain), Lanes::all(learner.foregone * step.gain));
        let norm = self.trust * (1.0 - self.dispute) * step.norm;
        let returned = step.returned * self.new;
        for (at, level) in LEVELS.into_iter().enumerate() {
            let effort = step.granted * level;
            let mut charge = cost(kind, effort, step.prices.cost);
            if level > PLAN {
                charge += norm * (level - PLAN);
            }
            for (share, upstream) in UPSTREAM.into_iter().enumerate() {
                let delivered = effort * step.yields * (1.0 - upstream);
                let met = delivered.min(self.needed);
                let income = income(payment, need, delivered, met, per_need, step.prices.paid) * step.funded;
                let good = met + effort * (returned * upstream);
                let worth = income + good * kind.motivation - charge;
                let index = at * UPSTREAM.len() + share;
                let weight = select(taken.equals(Singles::all(index as f32)), own, other);
                self.attractions[index] = self.attractions[index] * step.keep + weight * worth;
                keep_lanes_together();
            }
        }
    }
}

/// Cost of effort.
#[inline(always)]
pub(crate) fn cost(kind: &Kind, effort: Lanes, index: f64) -> Lanes {
    let cost = &kind.cost;
    (effort * (effort * cost.convex + cost.per_effort) + cost.fixed) * index
}

/// Income before it is known how much of it the payer can pay.
#[inline(always)]
pub(crate) fn income(
    payment: &Payment,
    need: &Need,
    delivered: Lanes,
    met: Lanes,
    per_need: Lanes,
    price_index: f64,
) -> Lanes {
    match payment {
        Payment::Tariff(form) => {
            let billed = met * (1.0 - need.induced) + delivered * need.induced;
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
