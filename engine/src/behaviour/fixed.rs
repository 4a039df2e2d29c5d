//! Always the same effort: the textbook fortress (all one can take) or steward (one's sustainable share).

use crate::english::percent;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The same effort in every step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Constant {
    /// Level of effort, in multiples of the provider's size.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub level: f64,
    /// Share of the effort spent on upstream work.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub upstream: f64,
}

impl Constant {
    pub(super) fn describe(&self, plan: f64) -> String {
        let upstream =
            if self.upstream > 0.0 { format!(", {} of it upstream", percent(self.upstream)) } else { String::new() };
        format!("always does {}{upstream}", super::level(self.level, plan))
    }
}
