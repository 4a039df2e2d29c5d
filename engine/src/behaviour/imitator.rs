//! Imitation: now and then a provider looks at a peer and copies it if the peer does better.
//!
//! With `fermi` the chance is 1/(1 + exp(−s(Uⱼ − Uᵢ))) (Traulsen, Nowak & Pacheco 2006); with `proportional` it is
//! (Uⱼ − Uᵢ)/(|Uᵢ| + |Uⱼ|) where positive (Tavoni, Schlüter & Levin 2012). In large groups both follow replicator dynamics.

use crate::english::{Time, percent};
use crate::lanes::{Lanes, Mask, select};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Copies a better-off peer.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Imitator {
    /// Chance per step of looking at a peer.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub rate: f64,
    /// Chance per step of trying an action at random instead.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub mutation: f64,
    /// How the comparison decides.
    pub comparison: Comparison,
    /// Who is looked at.
    pub peers: Peers,
}

/// How a comparison of utilities becomes a chance of copying.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Comparison {
    /// 1/(1 + exp(−sharpness·(Uⱼ − Uᵢ))).
    Fermi {
        /// Sharpness, per unit of utility per unit of size.
        #[schemars(range(min = 0.0, max = 1e6))]
        sharpness: f64,
    },
    /// (Uⱼ − Uᵢ)/(|Uᵢ| + |Uⱼ|), never copying one who does worse.
    Proportional {},
}

/// Who is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Peers {
    /// Providers of the same kind.
    Kind,
    /// All providers. Levels are copied in multiples of size.
    All,
}

/// Sum of utilities below which two are held to be equal.
const LEAST_SCALE: f64 = 1e-12;

impl Imitator {
    pub(super) fn describe(&self, time: &Time) -> String {
        let peers = match self.peers {
            Peers::Kind => "another of its kind",
            Peers::All => "any other provider",
        };
        let at_random = match self.mutation {
            0.0 => String::new(),
            chance => format!(", or tries something at random with a chance of {}", percent(chance)),
        };
        let (rate, per) = (percent(self.rate), time.per());
        format!("looks at {peers} with a chance of {rate} {per} and copies it if it is better off{at_random}")
    }

    /// Whether the peer is copied, given one's own utility, the peer's, and a uniform draw.
    #[inline(always)]
    pub fn copies(&self, own: Lanes, peer: Lanes, draw: Lanes) -> Mask {
        let chance = match self.comparison {
            Comparison::Fermi { sharpness } => Lanes::ONE / (Lanes::ONE + ((own - peer) * sharpness).exp()),
            Comparison::Proportional {} => {
                let scale = own.abs() + peer.abs();
                let comparable = scale.greater(Lanes::all(LEAST_SCALE));
                select(comparable, (peer - own) / scale.max(Lanes::all(LEAST_SCALE)), Lanes::ZERO)
            }
        };
        draw.less(chance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn copies(comparison: Comparison, own: f64, peer: f64, draw: f64) -> bool {
        let imitator = Imitator { rate: 1.0, mutation: 0.0, comparison, peers: Peers::All };
        imitator.copies(Lanes::all(own), Lanes::all(peer), Lanes::all(draw)).lane(0)
    }

    #[test]
    fn a_better_peer_is_copied_in_proportion_and_a_worse_one_never() {
        // (3 − 1)/(1 + 3) = 0.5
        assert!(copies(Comparison::Proportional {}, 1.0, 3.0, 0.499));
        assert!(!copies(Comparison::Proportional {}, 1.0, 3.0, 0.501));
        assert!(!copies(Comparison::Proportional {}, 3.0, 1.0, 1e-9));
    }

    #[test]
    fn with_the_fermi_rule_even_a_worse_peer_is_copied_now_and_then() {
        // 1/(1 + e) = 0.2689
        let fermi = || Comparison::Fermi { sharpness: 1.0 };
        assert!(copies(fermi(), 1.0, 0.0, 0.268));
        assert!(!copies(fermi(), 1.0, 0.0, 0.270));
    }
}
