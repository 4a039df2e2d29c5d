//! Which program this is: its version, and what it was built from. Two builds with other sources are other programs, whose
//! parts are never put together.

use crate::{model, statistics};

/// The version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A hash of all sources that decide results: those of the model, of the statistics, and of scenarios and experiments. It is
/// the same for a checkout and a packed crate, and for a debug and a release build.
pub fn sources() -> String {
    [model::SOURCES, statistics::SOURCES, env!("COMMONGROUND_SOURCES")]
        .map(|hash| hash.get(..DIGITS).unwrap_or(hash))
        .join("-")
}

/// Hexadecimal digits of each hash that are told.
const DIGITS: usize = 12;
