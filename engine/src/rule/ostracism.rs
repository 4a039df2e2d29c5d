//! Ostracism: whoever is seen above the norm is shunned, the more the more keep to it. Tavoni, Schlüter & Levin 2012.
//!
//! *Mechanism*: a provider above what it is allotted (with the society's tolerance) loses ω(f)·(u − ū)/u of its utility u,
//! where ū < u is the mean utility of those who keep to the norm, f their share as it is seen, and
//! ω(f) = h·exp(t·exp(g·f)) a Gompertz curve. Those who are not better off for it are not shunned. The loss counts for
//! what was done, which imitators compare, and for what might have been done, which learners and best responders weigh.
//!
//! What is seen: only the visible part of an excess counts, and the loss is weighted with the share of all activity that
//! all get to see. Errors of single observations average out and are left out. The loss never exceeds ω: where u is no
//! longer above 0 the share (u − ū)/u of the paper has no meaning and is taken as one.
//!
//! *Fails by* being bistable: where too few keep to the norm nobody is there to shun, and all leave it.
//! Source: Tavoni, Schlüter & Levin 2012, *Journal of Theoretical Biology* 299.

use super::{Breach, Clock, InForce, Price, Rule, Terms};
use crate::english::{Time, number};
use crate::lanes::{Lanes, Mask, select};
use crate::place::Place;
use crate::society::Society;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Those above the norm are shunned, the more the more keep to it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Ostracism {
    /// How strongly the rule acts: 0 is off, 1 is in full force.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub strength: f64,
    /// What it costs.
    pub cost: Price,
    /// Pays the cost and leaves the mechanism off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub placebo: bool,
    /// The step with which it begins, counted from 0; before it the rule is not there.
    #[serde(default, skip_serializing_if = "super::is_first")]
    #[schemars(range(min = 0, max = 100_000))]
    pub from: u32,
    /// The step with which it is there no more; without it, it lasts to the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100_000))]
    pub until: Option<u32>,
    /// h: the most utility that shunning takes, per unit of size and step, where all others keep to the norm.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub most: f64,
    /// t: the lower, the more must keep to the norm before shunning is felt.
    #[schemars(range(min = -1e6, max = 0.0))]
    pub displacement: f64,
    /// g: the lower, the more suddenly shunning sets in as more keep to the norm.
    #[schemars(range(min = -1e3, max = 0.0))]
    pub growth: f64,
}

/// What awaits a provider that is seen above the norm.
#[derive(Clone, Copy, Debug)]
pub struct Shunning {
    /// ω, weighted with what is seen and with the strength of the rule.
    force: Lanes,
    /// Mean utility of the others who keep to the norm.
    keepers: Lanes,
    /// Part of an excess that can be seen.
    visible: Lanes,
}

impl Ostracism {
    /// ω(f): utility lost where a share `keeping` keeps to the norm.
    #[inline(always)]
    fn force(&self, keeping: Lanes) -> Lanes {
        ((keeping * self.growth).exp() * self.displacement).exp() * self.most
    }
}

impl InForce<'_, Ostracism> {
    /// Whether a provider is seen to keep to the norm.
    #[inline(always)]
    pub(crate) fn keeps(place: &Place, society: &Society, breach: &Breach) -> Mask {
        !is_above(breach.excess * (1.0 - place.hidden), breach.agreed, society.tolerance)
    }

    /// What awaits a provider of that utility if it is above the norm, the others (of whom there are `all` with itself) doing
    /// what they did.
    #[inline(always)]
    pub(crate) fn shunning(
        &self,
        place: &Place,
        society: &Society,
        breach: &Breach,
        utility: Lanes,
        all: usize,
    ) -> Shunning {
        let keeps = Self::keeps(place, society, breach);
        let count = place.keepers.count - select(keeps, Lanes::ONE, Lanes::ZERO);
        let utility = place.keepers.utility - select(keeps, utility, Lanes::ZERO);
        let company = count.greater(Lanes::all(0.5));
        let force = self.rule.force(count * (1.0 / all as f64)) * (place.seen_by_all() * self.strength());
        Shunning {
            force: select(company, force, Lanes::ZERO),
            keepers: utility / count.max(Lanes::ONE),
            visible: 1.0 - place.hidden,
        }
    }
}

impl Shunning {
    /// Utility lost with that `excess` over what was `agreed` by a provider whose utility would otherwise be `utility`.
    #[inline(always)]
    pub fn loss(&self, utility: Lanes, excess: Lanes, agreed: Lanes, tolerance: f64) -> Lanes {
        let ahead = utility - self.keepers;
        let share = (ahead / utility.max(Lanes::all(f64::MIN_POSITIVE))).min(Lanes::ONE);
        let shunned = is_above(excess * self.visible, agreed, tolerance) & ahead.greater(Lanes::ZERO);
        select(shunned, self.force * share, Lanes::ZERO)
    }
}

/// Whether that excess is more than passes for keeping to the norm.
#[inline(always)]
fn is_above(excess: Lanes, agreed: Lanes, tolerance: f64) -> Mask {
    excess.greater(agreed * tolerance)
}

impl Rule for Ostracism {
    fn terms(&self) -> Terms<'_> {
        Terms {
            strength: self.strength,
            placebo: self.placebo,
            cost: &self.cost,
            clock: Clock { from: self.from, until: self.until },
        }
    }
    fn principle(&self) -> &'static str {
        "informal sanctions: Tavoni, Schlüter & Levin 2012"
    }
    fn describe(&self, time: &Time) -> Vec<String> {
        // To three decimals, as the force is next to nothing where few keep to their share.
        let at = |keeping: f64| number(libm::round(self.force(Lanes::all(keeping)).lane(0) * 1000.0) / 1000.0);
        vec![
            "A provider that is seen above its share, and is better off for it, is shunned.".to_owned(),
            format!(
                "The utility at stake each {} is {} per unit of size where all others keep to their share, {} where half do and {} where a quarter do.",
                time.one(),
                at(1.0),
                at(0.5),
                at(0.25)
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLERANCE: f64 = 0.0;

    fn rule() -> Ostracism {
        Ostracism {
            strength: 1.0,
            cost: Price { money: 0.0, share: 0.0, attention: 0.0, from: None },
            placebo: false,
            from: 0,
            until: None,
            most: 0.34,
            displacement: -150.0,
            growth: -10.0,
        }
    }

    fn loss(shunning: &Shunning, utility: f64, excess: f64) -> f64 {
        shunning.loss(Lanes::all(utility), Lanes::all(excess), Lanes::ONE, TOLERANCE).lane(2)
    }

    #[test]
    fn shunning_rises_with_the_share_that_keeps_to_the_norm_as_in_the_paper() {
        // 0.34 exp(−150 exp(−10 f)): f = 0: e^−150; 0.5: exponent −1.010692; 1: −0.00681.
        let at = |keeping: f64| rule().force(Lanes::all(keeping)).lane(0);
        assert!(at(0.0) < 1e-60);
        assert!((at(0.5) - 0.34 * libm::exp(-1.010_692)).abs() < 1e-7);
        assert!((at(1.0) - 0.337_692).abs() < 1e-6);
    }

    #[test]
    fn the_loss_is_the_share_by_which_one_is_better_off_and_only_above_the_norm() {
        let shunning = Shunning { force: Lanes::all(0.3), keepers: Lanes::all(2.0), visible: Lanes::ONE };
        // (5 − 2)/5 of 0.3.
        assert!((loss(&shunning, 5.0, 0.5) - 0.18).abs() < 1e-12);
        assert!(loss(&shunning, 5.0, 0.0) == 0.0 && loss(&shunning, 1.5, 0.5) == 0.0);
    }

    #[test]
    fn whoever_loses_less_than_the_others_is_shunned_with_the_whole_force_and_no_more() {
        let shunning = Shunning { force: Lanes::all(0.3), keepers: Lanes::all(-2.0), visible: Lanes::ONE };
        assert!((loss(&shunning, -1.0, 0.5) - 0.3).abs() < 1e-12);
        assert!((loss(&shunning, 0.0, 0.5) - 0.3).abs() < 1e-12);
        assert!((loss(&shunning, 0.01, 0.5) - 0.3).abs() < 1e-12);
    }
}
