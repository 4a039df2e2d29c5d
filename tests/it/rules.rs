//! What each of the later rules does, in the smallest scenario that shows it, and how it can fail: worked out by hand. The
//! earlier ones are in `behaviour`, ostracism also in `replicate`.

mod authority;
pub(crate) mod clocks;
mod disputes;
mod groups;
mod leaders;
mod money;
mod peers;
mod place;
mod placebos;
mod shifts;
mod table;
mod vision;
mod watched;

use crate::behaviour::{choice, fixed, majority};
use crate::support::{free, setup, walk, with};
use commonground::model::look::Look;
use serde_json::{Value, json};

/// A rule in full force that costs nothing, with these parameters.
fn rule(parameters: &Value) -> Value {
    let mut rule = parameters.clone();
    rule["strength"] = json!(1);
    rule["cost"] = free();
    rule
}

/// Ten users who want twice their plan and have agreed, every `interval` steps, to keep to it: at level 1 while that holds in
/// full, at 2 while it does not.
fn agreed(interval: u32, steps: u32) -> Value {
    with(
        &fixed(2.0),
        [
            ("/rules/collective_choice", choice(&json!([1]), 1.0, &majority(), "equal")),
            ("/rules/collective_choice/interval", json!(interval)),
            ("/time/steps", json!(steps)),
        ],
    )
}

/// The same with as many ranchers beside them, in a pasture twice as large.
fn with_ranchers(value: &Value) -> Value {
    let mut value = with(
        value,
        [("/pools/pasture/capacity", json!(200)), ("/pools/pasture/production/schaefer/catchability", json!(0.005))],
    );
    value["providers"]["ranch"] = value["providers"]["herder"].clone();
    value
}

/// A number of every step, in run 3.
fn each_step(value: &Value, read: impl Fn(&Look) -> f64) -> Vec<f64> {
    let mut all = Vec::new();
    walk(&setup(value), |_, _, after| all.push(read(after)));
    all
}

/// Asserts that these are the numbers worked out by hand.
fn assert_numbers(got: &[f64], wanted: &[f64]) {
    assert_eq!(got.len(), wanted.len());
    let near = got.iter().zip(wanted).all(|(got, wanted)| (got - wanted).abs() < 1e-9);
    assert!(near, "{got:?} is not {wanted:?}");
}

/// The level of the first provider.
fn first_level(world: &Look) -> f64 {
    world.providers[0].level.lane(3)
}
