//! A surge of need: a bad winter, an epidemic.

use super::When;
use crate::english::{Time, listed, percent};
use crate::lanes::Lanes;
use crate::place::Place;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// More need than usual, for a time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NeedSurge {
    /// When it begins.
    pub when: When,
    /// For how many steps.
    #[schemars(range(min = 1, max = 100_000))]
    pub length: u32,
    /// By what share need rises.
    #[schemars(range(min = -1.0, max = 100.0))]
    pub size: f64,
    /// Kinds of provider whose need rises; all if the list is empty.
    pub kinds: Vec<String>,
}

impl NeedSurge {
    #[inline(always)]
    pub(super) fn strike<'a>(&self, names: impl Iterator<Item = &'a str>, place: &mut Place, active: Lanes) {
        for (kind, name) in place.kinds.iter_mut().zip(names) {
            if self.kinds.is_empty() || self.kinds.iter().any(|other| other == name) {
                kind.surge *= active * self.size + 1.0;
            }
        }
    }

    pub(super) fn describe(&self, time: &Time) -> String {
        let whose = if self.kinds.is_empty() { "all".to_owned() } else { listed(&self.kinds) };
        let change = if self.size < 0.0 { "falls" } else { "rises" };
        let (by, length) = (percent(self.size.abs()), time.count(f64::from(self.length)));
        format!("{}, need of {whose} {change} by {by} for {length}.", self.when.describe(time))
    }
}
