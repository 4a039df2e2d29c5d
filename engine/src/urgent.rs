//! Urgent need: part of the need cannot wait, and moves what is done step by step around the plan.
//!
//! Of new need n and what others let fall, r, the part υ is urgent ([`crate::need::Need::urgent`]). With y the yield of a unit of
//! effort at full attention and L the plan, what is done in a step is
//!
//! ```text
//! e = max(e_u, L + e_u − ē_u),        e_u = υ (n + r)/y,        ē_u ← ē_u + α (e_u − ē_u),        α = min(1, 2/(steps a year + 1))
//! ```
//!
//! at most the highest level on the list or the plan. ē_u is what is usual: an exponential mean of the steps before, as old on
//! average as the plain mean of a year; before the first step it is what is expected of the first year. Over the year the
//! deviations come to nothing, so that urgent need changes when work is done and not how much. A mere floor, e = max(e_u, L), would do nothing:
//! urgent need alone is less than half of a plan.
//!
//! Source: emergency care is 0.49 of acute spending (`emergency_share_of_acute` in scenarios/data/place-parameters.csv); that
//! planned work does not give way within the month is *assumed*.

use crate::lanes::Lanes;

/// The urgent need of one provider, as effort per unit of its size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Urgent {
    /// Effort that the urgent need of this step asks for: e_u.
    pub(crate) now: Lanes,
    /// What it usually asks for: ē_u, the mean of the steps before.
    pub(crate) usual: Lanes,
}

/// How far the mean moves towards each step: as old as a mean over a year.
pub(crate) fn pace(steps_per_year: f64) -> f64 {
    (2.0 / (steps_per_year + 1.0)).min(1.0)
}

impl Urgent {
    /// None before the first step.
    pub(crate) const NONE: Self = Self { now: Lanes::ZERO, usual: Lanes::ZERO };

    /// The effort that so much need, of which `share` is urgent, asks for where a unit of effort yields so much; at most `most`.
    #[inline(always)]
    pub(crate) fn asked(need: Lanes, share: f64, yields: Lanes, most: f64) -> Lanes {
        (need * share / yields.max(Lanes::all(f64::MIN_POSITIVE))).min(Lanes::all(most))
    }

    /// Urgent need comes up. What was usual is what had come up by the step before.
    #[inline(always)]
    pub(crate) fn arise(&mut self, now: Lanes, pace: f64) {
        self.usual += (self.now - self.usual) * pace;
        self.now = now;
    }

    /// What is done in a step under a plan, where no more than `most` can be done.
    #[inline(always)]
    pub(crate) fn effort(&self, plan: Lanes, most: f64) -> Lanes {
        (plan + (self.now - self.usual)).max(self.now).min(plan.max(Lanes::all(most)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn urgent(now: f64, usual: f64) -> Urgent {
        Urgent { now: Lanes::all(now), usual: Lanes::all(usual) }
    }

    #[test]
    fn what_is_done_follows_urgent_need_around_the_plan() {
        let effort = |now: f64, plan: f64| urgent(now, 0.5).effort(Lanes::all(plan), 1.3).lane(3);
        // 0.9 + 0.55 − 0.5 = 0.95; a plan below what is urgent gives way; at most 1.3.
        assert!((effort(0.55, 0.9) - 0.95).abs() < 1e-12);
        assert!((effort(0.45, 0.9) - 0.85).abs() < 1e-12);
        assert!((effort(0.7, 0.3) - 0.7).abs() < 1e-12);
        assert!((effort(1.0, 1.2) - 1.3).abs() < 1e-12);
        assert!((effort(0.5, 1.4) - 1.4).abs() < 1e-12);
    }

    #[test]
    fn urgent_need_asks_for_effort_by_what_effort_yields() {
        let asked = |need: f64, yields: f64| Urgent::asked(Lanes::all(need), 0.5, Lanes::all(yields), 1.3).lane(0);
        // 0.5 · 0.9/0.75 = 0.6; where nothing yields, all that can be done, and nothing where nothing is needed.
        assert!((asked(0.9, 0.75) - 0.6).abs() < 1e-12);
        assert!((asked(0.9, 0.0) - 1.3).abs() < 1e-12 && asked(0.0, 0.0).abs() < 1e-12);
    }

    #[test]
    fn what_is_usual_is_the_mean_of_the_steps_before() {
        let mut one = urgent(0.5, 0.4);
        one.arise(Lanes::all(0.6), pace(9.0));
        // 0.4 + 2/10 · (0.5 − 0.4) = 0.42
        assert!((one.usual.lane(0) - 0.42).abs() < 1e-12 && (one.now.lane(0) - 0.6).abs() < 1e-12);
        assert!((pace(0.5) - 1.0).abs() < 1e-12);
    }
}
