//! How sure intervals are.

use serde::{Deserialize, Serialize};
use std::fmt;

/// The level of an interval: the share of experiments in which one made so holds the true value. Shown, it is what goes before the
/// word: `95%` interval.
///
/// ```
/// use commonground::experiment::Level;
///
/// assert_eq!(Level::default().to_string(), "95%");
/// assert_eq!(Level::new(0.9)?.to_string(), "90%");
/// assert_eq!(Level::new(95.0), Err("a level is a share: 95% is 0.95".to_owned()));
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Level(f64);

/// The ends of what can be asked for: beyond them an interval says nothing, or everything.
const LEAST: f64 = 0.01;
const MOST: f64 = 0.9999;

impl Level {
    /// That of all intervals of which nothing else is said: 0.95.
    pub const USUAL: Self = Self(0.95);

    /// A level as a share from 0.01 to 0.9999.
    ///
    /// # Errors
    /// It is another number; the words say what to write.
    pub fn new(share: f64) -> Result<Self, String> {
        if (LEAST..=MOST).contains(&share) {
            return Ok(Self(share));
        }
        if share > 1.0 && share < 100.0 {
            return Err(format!("a level is a share: {share}% is {}", percent_as_share(share)));
        }
        Err(format!("a level is a share from {LEAST} to {MOST}, such as 0.9: 95% is 0.95"))
    }

    /// As a number between 0 and 1.
    pub fn share(self) -> f64 {
        self.0
    }

    /// Whether it is the usual one, which need not be written down.
    pub fn is_usual(&self) -> bool {
        *self == Self::USUAL
    }

    /// Of many intervals by themselves one of so many misses what it is about, by chance: 20 at a level of 0.95.
    pub fn misses_one_of(self) -> f64 {
        1.0 / (1.0 - self.0)
    }
}

/// 99.9% is 0.999, and not 0.9990000000000001.
fn percent_as_share(percent: f64) -> f64 {
    (percent * 1e6).round() / 1e8
}

impl Default for Level {
    fn default() -> Self {
        Self::USUAL
    }
}

impl TryFrom<f64> for Level {
    type Error = String;

    fn try_from(share: f64) -> Result<Self, String> {
        Self::new(share)
    }
}

impl From<Level> for f64 {
    fn from(level: Level) -> Self {
        level.0
    }
}

impl fmt::Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}%", (self.0 * 1e8).round() / 1e6)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_level_is_shown_as_people_say_it() {
        let shown = |share: f64| Level::new(share).unwrap().to_string();
        assert_eq!([0.9, 0.95, 0.99, 0.999, 0.975, 0.5].map(shown), ["90%", "95%", "99%", "99.9%", "97.5%", "50%"]);
    }

    #[test]
    fn what_is_no_level_says_what_is() {
        assert_eq!(Level::new(99.9).unwrap_err(), "a level is a share: 99.9% is 0.999");
        for share in [0.0, 1.0, -0.5, 100.0, f64::NAN, f64::INFINITY] {
            assert_eq!(
                Level::new(share).unwrap_err(),
                "a level is a share from 0.01 to 0.9999, such as 0.9: 95% is 0.95",
                "{share}"
            );
        }
        assert!(serde_json::from_str::<Level>("95").is_err());
    }
}
