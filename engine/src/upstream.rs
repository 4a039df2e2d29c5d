//! Upstream work: prevention, hand-offs, freeing a neighbour's bed. It builds a stock that lowers need, and so brings something
//! back to whoever builds it, and often more to others.
//!
//! A kind that does not say what it `prevents` builds the stock of the place, which lowers all need by `most` at most, each kind's as
//! far as its `relief` says. A kind that does builds a stock of its own, which lowers the need of those it names up to a ceiling each.
//! With a `delay` D (steps, 1 and above; 0 is at once) what is built ripens first: in each step a part 1/D of it begins to act,
//! so that the mean wait is D steps,
//!
//! ```text
//! P ← P (1 − decay) + Q/D,    Q ← Q − Q/D + built        reached = most · P / (P + half)
//! ```
//!
//! and by `ceiling` in place of `most` for a kind's own stock. Relief of a kind's need is the sum over all stocks.
//!
//! Ceilings as experts put them (medians and ranges; `scenarios/bundles/prevention-by-kind.json`): 19% of admissions are amenable to
//! primary care (3 to 45), 25% to care for long-term conditions (3 to 59), 6% to care for frailty (0.4 to 16). Delay: 3 to 36 months,
//! *assumed*.

use crate::lanes::{Lanes, keep_lanes_together};
use crate::place::UpstreamStock;

/// Relief beyond which no more counts as prevented: need that is prevented altogether leaves nothing to reckon from.
pub(crate) const MOST_RELIEF: f64 = 0.99;

/// Upstream work and what its stocks do.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Upstream {
    /// Stock built by a place that spends all its planned effort of one step on upstream work.
    pub productivity: f64,
    /// Share of a stock lost per step.
    pub decay: f64,
    /// The most by which the stock of the place lowers need, as a share.
    pub most: f64,
    /// Stock at which half of the most is reached.
    pub half: f64,
    /// Mean number of steps before what is built begins to act: 0, or 1 and above.
    pub delay: f64,
}

/// Need of a kind that the upstream work of another prevents.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Prevents {
    /// Position of the kind whose need it is.
    pub of: usize,
    /// The most of that need that can be prevented, as a share.
    pub most: f64,
}

/// What builds a stock of upstream work, and what that does.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stream {
    /// The most that is reached of it, as a share.
    pub(crate) most: f64,
    /// Share of need prevented where so much is reached, by kind.
    pub(crate) acts: Vec<f64>,
    /// Planned effort of those who build it.
    pub(crate) planned: f64,
}

impl Upstream {
    /// How much of the most `most` a stock reaches.
    #[inline(always)]
    pub(crate) fn reached(&self, most: f64, stock: Lanes) -> Lanes {
        stock * most / (stock + self.half)
    }

    /// How much more is reached with one more unit of stock.
    #[inline(always)]
    pub(crate) fn margin(&self, most: f64, stock: Lanes) -> Lanes {
        let sum = stock + self.half;
        Lanes::all(most * self.half) / (sum * sum)
    }

    /// A step passes in which so much is built.
    #[inline(always)]
    pub(crate) fn pass(&self, stock: &mut Lanes, ripening: &mut Lanes, built: Lanes) {
        if self.delay > 0.0 {
            let ripe = *ripening * (1.0 / self.delay);
            *stock = *stock * (1.0 - self.decay) + ripe;
            *ripening += built - ripe;
        } else {
            *stock = *stock * (1.0 - self.decay) + built;
        }
    }

    /// Stock built by a unit of effort, over all steps in which it is there, in a place whose providers have this size together:
    /// 1/decay of what is built, or with a discount δ, from the next step on, δ/(1 − δ(1 − decay)), and where it ripens first
    /// (δ/D)/(1 − δ(1 − 1/D)) of that.
    #[inline(always)]
    pub(crate) fn built(&self, total_size: f64, discount: Option<f64>) -> f64 {
        let decay = self.decay.max(1e-6);
        let life = discount.map_or(1.0 / decay, |discount| discount / (1.0 - discount * (1.0 - decay)));
        let built = self.productivity / total_size * life;
        match discount {
            Some(discount) if self.delay > 0.0 => {
                let part = 1.0 / self.delay;
                built * (discount * part / (1.0 - discount * (1.0 - part)))
            }
            _ => built,
        }
    }
}

impl Stream {
    /// Of a place whose kinds have so much need relieved and prevent so much, and plan so much effort: the stock of the place first,
    /// then that of each kind that prevents something itself. With it, which of them each kind builds.
    pub(crate) fn all(most: f64, kinds: &[(f64, &[Prevents], f64)]) -> (Vec<Self>, Vec<usize>) {
        let common = kinds.iter().filter(|(_, prevents, _)| prevents.is_empty()).map(|(.., planned)| planned).sum();
        let acts = kinds.iter().map(|(relief, ..)| *relief).collect();
        let (mut streams, mut builds) = (vec![Self { most, acts, planned: common }], Vec::with_capacity(kinds.len()));
        for (_, prevents, planned) in kinds {
            if prevents.is_empty() {
                builds.push(0);
                continue;
            }
            let mut acts = vec![0.0; kinds.len()];
            for part in *prevents {
                acts[part.of] += part.most;
            }
            builds.push(streams.len());
            streams.push(Self { most: 1.0, acts, planned: *planned });
        }
        (streams, builds)
    }
}

/// Parts into which the steps to come are put together, of about the same weight each.
const PARTS: usize = 4;
/// The most steps that are followed; what comes later counts as the last of them.
const MOST_STEPS: u32 = 2_000;

/// The steps to come as somebody with patience counts them: what of a stock, of what ripens and of what is built in each step is
/// there on average in each part of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Ahead {
    parts: [Part; PARTS],
}

/// A part of the steps to come.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Part {
    weight: f64,
    of_stock: f64,
    of_ripening: f64,
    of_built: f64,
}

/// What of the stock and of what ripens is left in each part of the steps to come, before what is built from now on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Left([Lanes; PARTS]);

impl Ahead {
    /// For upstream work where such a share of a step's worth counts a step later: (1 − δ) Σ δᵏ over the steps k to come, this one
    /// included, which nothing built from now on can change any more.
    pub fn new(upstream: &Upstream, discount: f64) -> Self {
        let mut parts = [Part::default(); PARTS];
        let ripens = if upstream.delay > 0.0 { 1.0 / upstream.delay } else { 0.0 };
        let (mut stock, mut ripening, mut later) = ([1.0, 0.0, 0.0], [0.0, 1.0, 0.0], 1.0);
        for step in 0..=MOST_STEPS {
            let after = if step == MOST_STEPS { 0.0 } else { later * discount };
            let middle = 1.0 - 0.5 * (later + after);
            let part = &mut parts[((middle * PARTS as f64) as usize).min(PARTS - 1)];
            let weight = later - after;
            part.weight += weight;
            part.of_stock += weight * stock[0];
            part.of_ripening += weight * stock[1];
            part.of_built += weight * stock[2];
            later = after;
            let ripe = ripening.map(|share| share * ripens);
            for (share, ripe) in stock.iter_mut().zip(ripe) {
                *share = *share * (1.0 - upstream.decay) + ripe;
            }
            for (share, ripe) in ripening.iter_mut().zip(ripe) {
                *share -= ripe;
            }
            *(if ripens > 0.0 { &mut ripening[2] } else { &mut stock[2] }) += 1.0;
        }
        for part in &mut parts {
            let whole = if part.weight > 0.0 { part.weight } else { 1.0 };
            part.of_stock /= whole;
            part.of_ripening /= whole;
            part.of_built /= whole;
        }
        Self { parts }
    }

    /// What is left of a stock if so much is built in each step anyhow.
    #[inline(always)]
    pub(crate) fn left(&self, stock: &UpstreamStock, built: Lanes) -> Left {
        let mut left = [Lanes::ZERO; PARTS];
        for (left, part) in left.iter_mut().zip(&self.parts) {
            *left = stock.stock * part.of_stock + stock.ripening * part.of_ripening + built * part.of_built;
            keep_lanes_together();
        }
        Left(left)
    }

    /// How much of the most is reached on the discounted mean, if so much more is built in each step.
    #[inline(always)]
    pub(crate) fn reached(&self, upstream: &Upstream, most: f64, left: &Left, built: Lanes) -> Lanes {
        let mut reached = Lanes::ZERO;
        for (left, part) in left.0.iter().zip(&self.parts) {
            reached += upstream.reached(most, *left + built * part.of_built) * part.weight;
            keep_lanes_together();
        }
        reached
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SLOW: Upstream = Upstream { productivity: 1.0, decay: 0.25, most: 0.2, half: 3.0, delay: 4.0 };

    /// One unit built at once and then nothing: after step 1 a quarter of it acts, 0.25; after step 2 0.25·0.75 + 0.1875 = 0.375;
    /// after step 3 0.375·0.75 + 0.140625 = 0.421875. Without delay it is there after the step in which it is built.
    #[test]
    fn what_is_built_ripens_first() {
        let (mut stock, mut ripening) = (Lanes::ZERO, Lanes::ZERO);
        let mut seen = Vec::new();
        for built in [1.0, 0.0, 0.0, 0.0] {
            SLOW.pass(&mut stock, &mut ripening, Lanes::all(built));
            seen.push(stock.lane(0));
        }
        assert_eq!(seen, [0.0, 0.25, 0.375, 0.421_875]);
        let (mut stock, mut ripening) = (Lanes::ZERO, Lanes::ZERO);
        Upstream { delay: 0.0, ..SLOW }.pass(&mut stock, &mut ripening, Lanes::ONE);
        assert_eq!((stock.lane(0), ripening.lane(0)), (1.0, 0.0));
    }

    /// The discounted mean in four parts is that of all steps followed one by one, within 1% of it; at a discount of 1 it is the rest,
    /// where 0.5 a step at a decay of 0.25 is a stock of 2, which reaches 0.2 · 2/5.
    #[test]
    fn four_parts_stand_for_all_the_steps_to_come() {
        for (discount, delay) in [(0.0, 4.0), (0.5, 0.0), (0.9, 4.0), (0.99, 0.0), (0.99, 36.0), (1.0, 4.0)] {
            let upstream = Upstream { delay, ..SLOW };
            let ahead = Ahead::new(&upstream, discount);
            let none = UpstreamStock::begin(Lanes::ZERO);
            let now = UpstreamStock { stock: Lanes::all(0.7), ripening: Lanes::all(1.5), ..none };
            let (own, others) = (Lanes::all(0.2), Lanes::all(0.3));
            let reached = ahead.reached(&upstream, 0.2, &ahead.left(&now, others), own).lane(0);
            let (mut stock, mut ripening, mut followed, mut weight) = (now.stock, now.ripening, 0.0, 1.0 - discount);
            for _ in 0..4_000 {
                followed += upstream.reached(0.2, stock).lane(0) * weight;
                weight *= discount;
                upstream.pass(&mut stock, &mut ripening, own + others);
            }
            let rest = if discount < 1.0 { 0.0 } else { 0.08 };
            let followed = followed + rest;
            assert!((reached / followed - 1.0).abs() < 0.01, "{discount} {delay}: {reached} against {followed}");
        }
    }

    /// Two kinds plan 3 and 1 of effort; the second prevents 19% of the need of the first and nothing of its own.
    #[test]
    fn a_kind_that_prevents_something_builds_a_stock_of_its_own() {
        let prevents = [Prevents { of: 0, most: 0.19 }];
        let (streams, builds) = Stream::all(0.15, &[(1.0, &[], 3.0), (0.5, &prevents, 1.0)]);
        assert_eq!(builds, [0, 1]);
        assert_eq!(streams[0], Stream { most: 0.15, acts: vec![1.0, 0.5], planned: 3.0 });
        assert_eq!(streams[1], Stream { most: 1.0, acts: vec![0.19, 0.0], planned: 1.0 });
    }
}
