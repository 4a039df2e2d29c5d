//! Which points of each wave a process does, where several search together.

use std::fmt;
use std::str::FromStr;

/// One shard of several: every so manieth point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Share {
    /// Which, from 0.
    shard: usize,
    /// Of how many.
    of: usize,
}

/// Shards that a match may be cut into.
const MOST: usize = 10_000;

impl Share {
    /// All points.
    pub const ALL: Self = Self { shard: 0, of: 1 };

    /// Whether it does a point of a wave.
    pub(super) fn has(self, position: usize) -> bool {
        position % self.of == self.shard
    }
}

/// Written as people count: `2/4` is the second of four.
impl FromStr for Share {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let number = |text: &str| text.trim().parse::<usize>().ok();
        let parts = text.split_once('/').and_then(|(shard, of)| Some((number(shard)?, number(of)?)));
        match parts {
            Some((shard, of)) if (1..=of).contains(&shard) && of <= MOST => Ok(Self { shard: shard - 1, of }),
            _ => Err(format!("write which shard of how many, as in 2/4: from 1/1 to {MOST}/{MOST}")),
        }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "shard {} of {}", self.shard + 1, self.of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_point_is_done_by_one_of_all_shards() {
        let all: Vec<Share> = ["1/3", "2/3", "3/3"].iter().map(|text| text.parse().unwrap()).collect();
        assert!((0..20).all(|at| all.iter().filter(|share| share.has(at)).count() == 1));
        assert!((0..20).all(|at| Share::ALL.has(at)));
        for text in ["0/3", "4/3", "1", "1/", "/2", "-1/2", "1/0", "1/10001"] {
            assert!(text.parse::<Share>().is_err(), "{text}");
        }
    }
}
