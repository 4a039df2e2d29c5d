//! On is felt: every rule in full force changes what a small scenario of its own comes to. A rule that is added without a line here fails.

mod parts;
mod rules;

use crate::support::{bits, checked, sixteen_runs};
use serde_json::Value;

/// Every number that sixteen runs of a scenario leave behind.
fn came_to(what: &str, value: &Value) -> Vec<u64> {
    let scenario = checked(value).unwrap_or_else(|faults| panic!("{what}: {faults}\n{value:#}"));
    bits(&sixteen_runs(&scenario.setup))
}
