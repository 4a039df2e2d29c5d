//! Payment and governance crossed: nine arms of one comparison, none of which costs the payer more than another.

use commonground::prelude::{Runs, Scenario};
use commonground::scenario::bundled;

#[test]
fn every_arm_of_the_crossed_comparison_costs_the_payer_the_same() {
    let names: Vec<&str> = bundled::crossed().collect();
    assert_eq!(names.len(), 9, "three payments by three ways of governing");
    let paid: Vec<(&str, f64)> = names
        .into_iter()
        .map(|name| {
            let outcomes = Scenario::bundled(name).unwrap().run(Runs::of(64).seed(1));
            (name, outcomes.outcome("payer").unwrap().mean().unwrap())
        })
        .collect();
    let (_, base) = paid[0];
    for (name, paid) in &paid {
        let more = paid / base - 1.0;
        assert!(more.abs() <= 0.005, "`{name}` costs the payer {:.2}% more than `crossed/tariff-none`", 100.0 * more);
    }
}
