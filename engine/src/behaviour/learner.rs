//! Experience-weighted attraction with logit choice: Camerer & Ho 1999, *Econometrica* 67.
//!
//! Every action has an attraction. After each step the attraction of the action taken moves with what it earned, and those
//! of the others with what they would have earned, weighted by δ (`foregone`). δ = 0 is reinforcement learning, δ = 1
//! fictitious play; κ (`cumulation`) decides whether attractions average (0) or add up (1) what was earned.
//!
//! Attractions begin at nought, but for habit. A learner with patience foresees what each action leads to and does not have to try
//! it: in the first step it goes on as it began, and its attractions begin with what it then foresees of each. That a theory of first
//! play supplies what learning begins with: Camerer, Ho & Chong 2004, *Quarterly Journal of Economics* 119.

use super::{Action, Choice};
use crate::english::{Time, number, percent};
use crate::lanes::{Lanes, Singles, keep_lanes_together, select};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Learns from experience and chooses with a logit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Learner {
    /// φ: share of an attraction that is remembered from step to step.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub memory: f64,
    /// δ: weight of what actions not taken would have earned, against 1 for the action taken.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub foregone: f64,
    /// κ: 0 if attractions average what was earned, 1 if they add it up.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub cumulation: f64,
    /// What happens to the attraction of an action not taken, so far as it is not moved by foregone earnings.
    pub unplayed: Unplayed,
    /// λ: sharpness of choice, per unit of utility per unit of size. 0 chooses blindly; large always takes the best.
    #[schemars(range(min = 0.0, max = 1000.0))]
    pub choice_sharpness: f64,
    /// Head start of the planned level over others before anything has been learnt, in utility per unit of level. It counts
    /// for as much as one step's experience (N(0) = 1).
    #[schemars(range(min = 0.0, max = 1e6))]
    pub habit: f64,
    /// Weighs what a choice will cost it in conscience and in fines as that stands when it chooses, instead of learning it with
    /// all else from experience: a promise is felt as soon as it is given.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub anticipates: bool,
}

/// What happens to the attraction of an action that is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unplayed {
    /// It fades with memory, as in Camerer & Ho.
    Fade,
    /// It stays as it was: each attraction is a running average of what its action earned when it was taken. κ has no part
    /// in it.
    Stay,
}

/// What a step has to teach a learner.
#[derive(Clone, Copy, Debug)]
pub struct Lesson {
    /// Position of the action taken.
    taken: Singles,
    /// How the action taken is learnt from.
    own: Weights,
    /// How all others are.
    other: Weights,
    /// Weight of experience after the step.
    pub experience: f64,
}

/// What happens to an attraction.
#[derive(Clone, Copy, Debug)]
struct Weights {
    /// Share of it that is kept.
    kept: f64,
    /// Weight of what its action earned or would have earned.
    gained: f64,
}

impl Learner {
    pub(super) fn describe(&self, time: &Time) -> String {
        let foregone = match self.foregone {
            0.0 => String::new(),
            1.0 => " and as much from what its other choices would have earned".to_owned(),
            weight => format!(" and, at a weight of {}, from what its other choices would have earned", number(weight)),
        };
        let one = time.one();
        format!(
            "learns what pays from what its choices earned{foregone}; it remembers {} from one {one} to the next and leans to whatever paid best (sharpness {}; 0 would be a coin toss){}",
            percent(self.memory),
            number(self.choice_sharpness),
            if self.anticipates { "; conscience and expected fines it weighs as they stand" } else { "" }
        )
    }

    /// Attraction before the first step.
    pub fn first_attraction(&self, action: Action, plan: f64) -> Lanes {
        let distance = if action.level > plan { action.level - plan } else { plan - action.level };
        Lanes::all(-self.habit * distance)
    }

    /// Logit choice among actions with these attractions, given one uniform draw. `sums` is room to work in, one an action.
    #[inline(always)]
    pub fn choose(&self, actions: &[Action], attractions: &[Lanes], draw: Lanes, sums: &mut [Singles]) -> Choice {
        let mut highest = Lanes::all(f64::MIN);
        for attraction in attractions {
            highest = highest.max(*attraction);
        }
        let sharpness = Singles::all((self.choice_sharpness * std::f64::consts::LOG2_E) as f32);
        let mut total = Singles::ZERO;
        for (sum, attraction) in sums.iter_mut().zip(attractions) {
            total += ((*attraction - highest).single() * sharpness).exp2();
            *sum = total;
        }
        let target = draw.single() * total;
        let (mut index, mut position) = (0.0, Lanes::ZERO);
        let (mut level, mut upstream) = (Lanes::all(actions[0].level), Lanes::all(actions[0].upstream));
        for (neighbours, sum) in actions.windows(2).zip(sums) {
            let (last, next) = (neighbours[0], neighbours[1]);
            let beyond = sum.less(target);
            index += 1.0;
            position = select(beyond, index, position);
            // What neighbours have in common need not be chosen anew.
            if next.level.to_bits() != last.level.to_bits() {
                level = select(beyond, next.level, level);
            }
            if next.upstream.to_bits() != last.upstream.to_bits() {
                upstream = select(beyond, next.upstream, upstream);
            }
            keep_lanes_together();
        }
        Choice { position, level, upstream }
    }

    /// The weight of experience after one more step, given the weight before it: N ← φ(1 − κ)N + 1.
    pub fn experience(&self, before: f64) -> f64 {
        self.memory * (1.0 - self.cumulation) * before + 1.0
    }

    /// What a step has to teach, given the position of the action taken and the weight of experience before it.
    #[inline(always)]
    pub fn lesson(&self, taken: Lanes, experience: f64) -> Lesson {
        let after = self.experience(experience);
        let weights = |weight: f64| match self.unplayed {
            Unplayed::Fade => Weights { kept: self.memory * experience / after, gained: weight * (1.0 / after) },
            Unplayed::Stay => {
                let gained = weight * (1.0 - self.memory);
                Weights { kept: 1.0 - gained, gained }
            }
        };
        Lesson { taken: taken.single(), own: weights(1.0), other: weights(self.foregone), experience: after }
    }
}

impl Lesson {
    /// What is foreseen of each action before any has been chosen: it stands on top of habit, and counts for the experience that
    /// learners begin with.
    #[inline(always)]
    pub fn first(experience: f64) -> Self {
        let whole = Weights { kept: 1.0, gained: 1.0 };
        Self { taken: Singles::ZERO, own: whole, other: whole, experience }
    }

    /// The attraction of the action at a position, once it is known what that action earned or would have earned.
    #[inline(always)]
    pub fn learnt(&self, position: f32, attraction: Lanes, worth: Lanes) -> Lanes {
        let taken = self.taken.equals(Singles::all(position));
        let kept = select(taken, self.own.kept, self.other.kept);
        attraction * kept + worth * select(taken, self.own.gained, self.other.gained)
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::float_cmp, reason = "positions and averages of round numbers are exact")]

    use super::*;

    fn learner(foregone: f64, cumulation: f64, unplayed: Unplayed) -> Learner {
        Learner { memory: 0.9, foregone, cumulation, unplayed, choice_sharpness: 2.0, habit: 0.0, anticipates: false }
    }

    /// What a lesson makes of the attractions of two actions with these worths.
    fn learnt(lesson: &Lesson, attractions: [f64; 2], worth: [f64; 2]) -> [f64; 2] {
        let of = |index: usize| lesson.learnt(index as f32, Lanes::all(attractions[index]), Lanes::all(worth[index]));
        [0, 1].map(|index| of(index).lane(0))
    }

    #[test]
    fn a_reinforcement_learner_moves_only_what_it_did() {
        let lesson = learner(0.0, 0.0, Unplayed::Stay).lesson(Lanes::ONE, 0.0);
        let [not_taken, taken] = learnt(&lesson, [1.0; 2], [5.0; 2]);
        // 1 + 0.1 (5 − 1) = 1.4
        assert_eq!(not_taken, 1.0);
        assert!((taken - 1.4).abs() < 1e-12);
    }

    #[test]
    fn experience_weighted_attraction_follows_camerer_and_ho() {
        let lesson = learner(0.5, 0.5, Unplayed::Fade).lesson(Lanes::ZERO, 1.0);
        let [taken, not_taken] = learnt(&lesson, [2.0, 1.0], [3.0, 4.0]);
        // N' = 0.9·0.5·1 + 1 = 1.45; A0 = (0.9·2 + 3)/1.45; A1 = (0.9·1 + 0.5·4)/1.45.
        assert!((taken - 4.8 / 1.45).abs() < 1e-12);
        assert!((not_taken - 2.9 / 1.45).abs() < 1e-12);
    }

    #[test]
    fn what_is_foreseen_at_first_stands_on_top_of_habit() {
        // −0.1 + 3 and −0.3 + 4.
        let [low, high] = learnt(&Lesson::first(1.0), [-0.1, -0.3], [3.0, 4.0]);
        assert!((low - 2.9).abs() < 1e-12 && (high - 3.7).abs() < 1e-12, "{low} {high}");
    }

    #[test]
    fn choice_follows_the_logit_and_the_draw() {
        let learner = learner(0.0, 0.0, Unplayed::Fade);
        let actions = [0.9, 1.1].map(|level| Action { level, upstream: 0.1, refers: 0.0 });
        let attractions = [Lanes::ZERO, Lanes::all(0.5)];
        let chosen = |draw: f64| learner.choose(&actions, &attractions, Lanes::all(draw), &mut [Singles::ZERO; 2]);
        // P(second) = e / (1 + e) = 0.7311, so draws above 0.2689 take it.
        assert_eq!((chosen(0.2688).position.lane(0), chosen(0.2688).level.lane(0)), (0.0, 0.9));
        assert_eq!((chosen(0.2690).position.lane(0), chosen(0.2690).level.lane(0)), (1.0, 1.1));
        assert_eq!(chosen(0.2690).upstream.lane(0), 0.1);
    }
}
