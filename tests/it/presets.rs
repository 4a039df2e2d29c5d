//! Presets of payment: what England paid in a year, laid over a place.

use crate::support::{bits, changed, sixteen_runs, walk};
use commonground::model::behaviour::{Behaviour, Constant};
use commonground::model::setup::Setup;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::BUNDLED;

fn bundled(name: &str) -> Setup {
    Scenario::load(&BUNDLED, name).unwrap_or_else(|faults| panic!("{faults}")).setup
}

#[test]
fn the_preset_of_2015_is_what_the_flagship_is_paid_whatever_was_laid_before() {
    let first_years = |name: &str| bits(&sixteen_runs(&bundled(name).with_steps(24).expect("two years")));
    let flagship = first_years("place-fortress");
    assert!(first_years("place-fortress+2015") == flagship);
    assert!(first_years("place-fortress+2024+2015") == flagship);
    assert!(first_years("place-fortress+2024") != flagship);
}

/// Income of the hospital over a year in which everybody keeps to the plan, as a share of its size.
fn income_at_plan(name: &str) -> f64 {
    let setup = changed(&bundled(name).with_steps(12).expect("a year"), |parts| {
        for kind in &mut parts.kinds {
            for (behaviour, _) in &mut kind.behaviours {
                *behaviour = Behaviour::Fixed(Constant { level: 1.0, upstream: 0.0 });
            }
            kind.paid_from = None; // so that what is claimed is paid
        }
    });
    let mut income = 0.0;
    walk(&setup, |_, _, after| income += after.providers[0].income.to_array().iter().sum::<f64>());
    income / (12.0 * 16.0)
}

#[test]
fn the_presets_pay_a_hospital_that_keeps_to_its_plan_alike_but_for_the_deflator() {
    // Half a year of deflator lies between the price at the start and the mean of the year.
    let year = |name: &str, deflator: f64| income_at_plan(name) / (1.0 - deflator * 11.0 / 24.0);
    let (before, after) = (year("place-fortress+2015", 0.038), year("place-fortress+2024", 0.011));
    assert!((before / after - 1.0).abs() < 0.005, "{before} and {after}");
    assert!((before - 0.98).abs() < 0.01, "{before}");
}
