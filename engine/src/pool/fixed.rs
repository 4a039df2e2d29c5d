//! A stock that does not renew itself: what is drawn is gone.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// No growth at all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fixed {}

impl Fixed {
    pub(super) fn describe() -> String {
        "It does not renew itself: what is drawn from it is gone.".to_owned()
    }
}
