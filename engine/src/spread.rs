//! Spread: by how much places differ from each other, and the years of a place, in what they are given and do not choose.
//!
//! A run is a place. What a kind is paid, needs or costs is multiplied by
//!
//! `1 + spread · (√½ z + √½ a(y))`, never below 0,
//!
//! z a standard normal draw once a run, a(y) one of the year y: `a(y) = φ a(y−1) + √(1 − φ²) ε(y)`, stationary from the first year, so
//! that the standard deviation over runs is `spread` in every year, half of the variance lasting and half passing. φ = 0.6, so that
//! two years of a place correlate by ½ + ½ φ = 0.8, as the margins of English trusts do from one year to the next; that need and
//! costs last as long is *assumed*. All members of a kind share it. The draws stand at addresses of their own, by the name of the
//! kind and of what is drawn, so that no other draw moves.

use crate::dice::{Dice, Luck, Purpose};
use crate::english::{list, percent};
use crate::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Share of a year's deviation that is still there a year later.
const LASTING: f64 = 0.6;

/// By how much places differ, each a standard deviation over runs as a share of the number itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// Of what the kind is paid for the same work.
    #[serde(default, skip_serializing_if = "is_nothing")]
    #[schemars(range(min = 0.0, max = 0.3))]
    pub income: f64,
    /// Of the need that falls to it.
    #[serde(default, skip_serializing_if = "is_nothing")]
    #[schemars(range(min = 0.0, max = 0.3))]
    pub need: f64,
    /// Of what the same work costs it.
    #[serde(default, skip_serializing_if = "is_nothing")]
    #[schemars(range(min = 0.0, max = 0.3))]
    pub cost: f64,
}

/// By what the numbers of a kind are multiplied in a step.
#[derive(Clone, Copy, Debug)]
pub struct Factors {
    /// Income for the same work.
    pub income: Lanes,
    /// Need.
    pub need: Lanes,
    /// Cost of the same work.
    pub cost: Lanes,
}

/// How a kind of a place deviates in its three numbers, in standard deviations.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deviations {
    /// For good.
    place: [Lanes; NUMBERS],
    /// In the year under way.
    year: [Lanes; NUMBERS],
}

/// How many numbers of a kind may be spread, and where the draws of a year stand behind those of a run.
const NUMBERS: usize = 3;
const OF_THE_YEAR: usize = 4;

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks for it")]
fn is_nothing(value: &f64) -> bool {
    *value == 0.0
}

impl Factors {
    /// Nothing deviates.
    pub const NONE: Self = Self { income: Lanes::ONE, need: Lanes::ONE, cost: Lanes::ONE };
}

impl Deviations {
    /// None before the first step.
    pub(crate) const NONE: Self = Self { place: [Lanes::ZERO; NUMBERS], year: [Lanes::ZERO; NUMBERS] };
}

impl Spread {
    /// Whether nothing is spread.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }

    /// Draws what deviates from a step on, with which so many years have begun since the step before (in the first step: the
    /// place itself), and says what that comes to; nothing where no year begins.
    pub(crate) fn draw(
        &self,
        own: &mut Deviations,
        dice: &Dice,
        luck: &Luck,
        step: u32,
        years: u32,
    ) -> Option<Factors> {
        if step > 0 && years == 0 {
            return None;
        }
        let normal = |number: usize| dice.uniform(luck, Purpose::Spread, step, number).standard_normal_quantile();
        let lasting = if step == 0 { 0.0 } else { libm::pow(LASTING, f64::from(years)) };
        let fresh = libm::sqrt(1.0 - lasting * lasting);
        let mut factors = [Lanes::ONE; NUMBERS];
        for (number, spread) in [self.income, self.need, self.cost].into_iter().enumerate() {
            if spread > 0.0 {
                if step == 0 {
                    own.place[number] = normal(number);
                }
                own.year[number] = own.year[number] * lasting + normal(OF_THE_YEAR + number) * fresh;
                let deviation = (own.place[number] + own.year[number]) * libm::sqrt(0.5);
                factors[number] = (deviation * spread + 1.0).max(Lanes::ZERO);
            }
        }
        let [income, need, cost] = factors;
        Some(Factors { income, need, cost })
    }

    /// What differs between places, in a sentence of plain English.
    pub fn describe(&self) -> Option<String> {
        let named = [
            ("what it is paid for the same work", self.income),
            ("its need", self.need),
            ("what the same work costs it", self.cost),
        ];
        let spread = named.into_iter().filter(|(_, spread)| *spread > 0.0);
        let parts: Vec<String> =
            spread.map(|(what, spread)| format!("{what} (typically by {})", percent(spread))).collect();
        let all = (!parts.is_empty()).then(|| list(&parts))?;
        Some(format!("Places differ in {all}; half of that lasts, and half comes and goes with the years."))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::Packing;

    const SPREAD: Spread = Spread { income: 0.1, need: 0.0, cost: 0.05 };

    /// Factors of income in eight years of so many runs.
    fn incomes(runs: u64) -> Vec<[f64; 8]> {
        let luck = Luck::of(7, "acute");
        let packed = |first: u64| {
            let dice = Dice::new(&Packing::Runs(std::array::from_fn(|lane| first + lane as u64)));
            let mut own = Deviations::NONE;
            let years: [Lanes; 8] = std::array::from_fn(|year| {
                let factors = SPREAD.draw(&mut own, &dice, &luck, year as u32 * 12, 1).expect("a year begins");
                assert_eq!(factors.need.lane(3).to_bits(), 1.0_f64.to_bits(), "what is not spread deviates");
                factors.income
            });
            (0..16).map(move |lane| years.map(|year| year.lane(lane)))
        };
        (0..runs / 16).flat_map(|batch| packed(batch * 16)).collect()
    }

    fn correlation(pairs: impl Iterator<Item = (f64, f64)>) -> f64 {
        let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
        for (x, y) in pairs.map(|(x, y)| (x - 1.0, y - 1.0)) {
            (xy, xx, yy) = (xy + x * y, xx + x * x, yy + y * y);
        }
        xy / libm::sqrt(xx * yy)
    }

    #[test]
    fn half_of_the_variance_lasts_and_half_comes_and_goes_with_the_years() {
        let runs = incomes(16_000);
        for year in [0, 7] {
            let variance = runs.iter().map(|run| (run[year] - 1.0) * (run[year] - 1.0)).sum::<f64>() / 16_000.0;
            assert!((variance - 0.01).abs() < 4e-4, "year {year}: {variance}");
        }
        // ½ + ½ · 0.6 = 0.8 one year on; ½ + ½ · 0.6^7 = 0.514 seven years on.
        for (later, expected) in [(1, 0.8), (7, 0.514)] {
            let found = correlation(runs.iter().map(|run| (run[0], run[later])));
            assert!((found - expected).abs() < 0.02, "{later} years on: {found}");
        }
    }

    #[test]
    fn within_a_year_nothing_is_drawn() {
        let (dice, luck) = (Dice::new(&Packing::Members(4)), Luck::of(7, "acute"));
        assert!(SPREAD.draw(&mut Deviations::NONE.clone(), &dice, &luck, 5, 0).is_none());
    }
}
