//! Conditional cooperation: does as it believes others do, with a bias. Fischbacher, Gächter & Fehr 2001 found about half
//! of people to be of this type, 30% free riders (slope 0) and 14% hump-shaped; Fischbacher & Gächter 2010 the bias.

use crate::english::{Time, number, percent};
use crate::lanes::{Lanes, select};
use crate::rule::Reproof;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Does as it believes others do: level/plan = bias + slope × believed level/plan of the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conditional {
    /// How far one's own level follows the believed level of the others: 1 follows fully, 0 not at all.
    #[schemars(range(min = -10.0, max = 10.0))]
    pub slope: f64,
    /// What is added to it, in multiples of the plan: above 0 takes somewhat more than the others.
    #[schemars(range(min = -100.0, max = 100.0))]
    pub bias: f64,
    /// Belief above which the level falls again as the others' rises (the hump-shaped type), in multiples of the plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 0.0, max = 100.0))]
    pub hump: Option<f64>,
    /// Share of the way that the belief moves towards what is observed in one step.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub belief_speed: f64,
    /// Fine expected per unit of effort in breach at which it gives up half of the breach that it would otherwise commit;
    /// without it, it never gives way to fines.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = crate::limits::LEAST, max = 1e6))]
    pub gives_way: Option<f64>,
}

impl Conditional {
    pub(super) fn describe(&self, time: &Time) -> String {
        let bias = match self.bias {
            0.0 => String::new(),
            more if more > 0.0 => format!(", plus {} of the plan", percent(more)),
            less => format!(", less {} of the plan", percent(-less)),
        };
        let hump = self.hump.map_or_else(String::new, |hump| {
            format!("; where others do more than {} of the plan it does less again", percent(hump))
        });
        let way = self.gives_way.map_or_else(String::new, |half| {
            format!("; where it expects a fine of {} per unit it gives up half of a breach", number(half))
        });
        format!(
            "does {} of what it believes the others do{bias}{hump}{way}; each {} that belief moves {} of the way to what it sees",
            percent(self.slope),
            time.one(),
            percent(self.belief_speed)
        )
    }

    /// The level wanted, in multiples of the plan, given the believed level of the others in multiples of theirs.
    #[inline(always)]
    pub fn wants(&self, belief: Lanes) -> Lanes {
        let matched = match self.hump {
            Some(peak) => {
                let over = (belief - peak).max(Lanes::ZERO);
                select(over.greater(Lanes::ZERO), peak - over, belief)
            }
            None => belief,
        };
        (matched * self.slope + self.bias).max(Lanes::ZERO)
    }

    /// What is left of the level wanted once it has given way to the fines that it expects above what is `agreed`: per unit of
    /// excess, of the place and of its peers.
    #[inline(always)]
    pub(crate) fn give_way(
        &self,
        wanted: Lanes,
        agreed: Lanes,
        penalty: Option<Lanes>,
        reproof: Option<&Reproof>,
    ) -> Lanes {
        let Some(half) = self.gives_way else { return wanted };
        let excess = (wanted - agreed).max(Lanes::ZERO);
        let fined = penalty.map_or(wanted, |penalty| wanted - excess * (penalty / (penalty + half)));
        reproof.map_or(fined, |reproof| reproof.yielded(fined, half))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wants(slope: f64, bias: f64, hump: Option<f64>, belief: f64) -> f64 {
        Conditional { slope, bias, hump, belief_speed: 0.5, gives_way: None }.wants(Lanes::all(belief)).lane(0)
    }

    #[test]
    fn it_follows_the_others_with_its_bias() {
        assert!((wants(1.0, 0.1, None, 1.2) - 1.3).abs() < 1e-12);
        assert!((wants(0.0, 2.0, None, 1.2) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn the_hump_turns_down_beyond_its_peak() {
        assert!((wants(1.0, 0.0, Some(0.5), 0.4) - 0.4).abs() < 1e-12);
        assert!((wants(1.0, 0.0, Some(0.5), 0.7) - 0.3).abs() < 1e-12);
    }
}
