//! Every measure there is, in scenarios of two steps that are worked out by hand. No two measures of a scenario have the same
//! value, so that none can change places with another unnoticed; and no measure is left out.

mod contract;
mod pasture;
mod place;
mod purse;
mod recovery;
mod referral;

use crate::laws::scenarios;
use crate::random::Without;
use crate::support::{outcome, series, setup, sixteen_runs};
use commonground::model::measure::{Measure, outcome_measures, series_measures};
use serde_json::Value;
use std::collections::BTreeSet;

/// Rounding allowed where a number was worked out by hand.
const BY_HAND: f64 = 1e-9;
/// What two measures of a scenario differ by at least.
const APART: f64 = 1e-6;

/// What a measure comes to, by its key.
pub(crate) type Worked<'a> = Vec<(&'a str, f64)>;

/// Asserts that the outcomes of a scenario are these, all of them and no others.
fn assert_outcomes(value: &Value, worked: &Worked<'_>) {
    let (setup, expected) = (setup(value), distinct(worked));
    let record = sixteen_runs(&setup);
    assert_eq!(keys(&outcome_measures(&setup)), expected, "outcomes");
    for (key, wanted) in worked {
        assert_near(key, outcome(&setup, &record, key).lane(3), *wanted, BY_HAND);
    }
}

/// Asserts that the series of a scenario are these at the end of each step, all of them and no others.
fn assert_series(value: &Value, steps: &[Worked<'_>]) {
    let setup = setup(value);
    let record = sixteen_runs(&setup);
    for (step, worked) in steps.iter().enumerate() {
        assert_eq!(keys(&series_measures(&setup)), distinct(worked), "series");
        for (key, wanted) in worked {
            assert_near(key, series(&setup, &record, key)[step], *wanted, BY_HAND);
        }
    }
}

/// Asserts that these outcomes of a scenario are so, and says nothing of the others.
fn assert_among(value: &Value, worked: &Worked<'_>) {
    let setup = setup(value);
    let record = sixteen_runs(&setup);
    distinct(worked);
    for (key, wanted) in worked {
        assert_near(key, outcome(&setup, &record, key).lane(3), *wanted, BY_HAND);
    }
}

fn assert_near(key: &str, got: f64, wanted: f64, error: f64) {
    let both_missing = got.is_nan() && wanted.is_nan();
    assert!(both_missing || (got - wanted).abs() <= error, "`{key}` is {got}, not {wanted}");
}

fn keys(measures: &[Measure]) -> BTreeSet<&str> {
    measures.iter().map(|measure| measure.key.as_str()).collect()
}

/// The keys of what was worked out, of which no two may have the same value.
fn distinct<'a>(worked: &Worked<'a>) -> BTreeSet<&'a str> {
    for (index, (one, value)) in worked.iter().enumerate() {
        for (other, same) in &worked[..index] {
            assert!(
                (value - same).abs() >= APART || value.is_nan() || same.is_nan(),
                "`{one}` and `{other}` are both {value} and might change places"
            );
        }
    }
    worked.iter().map(|(key, _)| *key).collect()
}

/// A measure without the kind or pool that it is about.
fn sort(key: &str) -> &str {
    key.split('.').next().unwrap_or(key)
}

#[test]
fn no_measure_is_left_to_itself() {
    let outcomes = [
        place::outcomes(),
        pasture::outcomes(),
        contract::outcomes(),
        recovery::outcomes(),
        purse::outcomes(),
        referral::outcomes(),
    ]
    .concat();
    let mut series = [place::series(), pasture::series()].concat().concat();
    series.extend(purse::series_of_it().map(|share| ("special_measures", share)));
    let worked = |all: &Worked<'_>| all.iter().map(|(key, _)| sort(key).to_owned()).collect::<BTreeSet<String>>();
    let (outcomes, series) = (worked(&outcomes), worked(&series));
    for (number, scenario) in scenarios(300, Without::default()) {
        let setup = setup(&scenario);
        for (there, measures) in [(&outcomes, outcome_measures(&setup)), (&series, series_measures(&setup))] {
            let left_out = measures.iter().map(|measure| sort(&measure.key)).find(|key| !there.contains(*key));
            assert_eq!(left_out, None, "scenario {number} has a measure that is not worked out by hand in `measured`");
        }
    }
}
