//! The scenarios and data that come with the program, in the order in which they are listed.

use super::text::Bundled;

/// Every scenario by name, and every data file by its path from the scenarios.
pub const BUNDLED: Bundled = Bundled(&[
    ("pasture-fortress.json", include_str!("../../scenarios/pasture-fortress.json")),
    ("pasture-ostrom.json", include_str!("../../scenarios/pasture-ostrom.json")),
]);
