//! Rationing: who gets what when claims on a pool exceed what it can give.

use crate::lanes::{Lanes, select};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Who gets what when claims exceed the stock.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rationing {
    /// Everybody gets the same share of what they claimed.
    Proportional {},
    /// Kinds are served in the order of their `priority`, lowest number first; those of equal number share in proportion.
    Priority {},
    /// The stock is shared in proportion to `strength` × claim, nobody getting more than they claimed: the strong are served first.
    Weight {},
}

/// What rationing needs to know of one who claims.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Claimant {
    /// Lower is served first.
    pub priority: u32,
    /// Weight of the claim.
    pub strength: f64,
}

/// What all claim of a pool in one step.
#[derive(Clone, Debug)]
pub struct Claims {
    /// One a claimant.
    pub each: Vec<Lanes>,
    /// Their sum.
    pub total: Lanes,
}

/// Rounds in which what the strong leave over is offered again. What is left after these goes in proportion.
const ROUNDS: usize = 4;

impl Rationing {
    /// Who gets what in a shortage, in a sentence of plain English.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Proportional {} => "When more is claimed than is there, all get the same share of their claims.",
            Self::Priority {} => "When more is claimed than is there, those with priority are served first.",
            Self::Weight {} => "When more is claimed than is there, the strong get more of what they claim.",
        }
    }

    /// Writes to `granted` the share of its claim that each gets, so that the grants sum to `available` at most, and says yes.
    /// Where there is enough for all in every run it says no, and writes nothing.
    ///
    /// `order` lists the claimants by priority. All slices are of the same length.
    #[inline(always)]
    pub fn share_out(
        &self,
        available: Lanes,
        claims: &Claims,
        who: &[Claimant],
        order: &[usize],
        granted: &mut [Lanes],
    ) -> bool {
        let enough = claims.total.at_most(available);
        if enough.all() {
            return false;
        }
        match self {
            Self::Proportional {} => granted.fill(part(available, claims.total)),
            Self::Priority {} => by_priority(available, &claims.each, who, order, granted),
            Self::Weight {} => by_weight(available, &claims.each, who, granted),
        }
        // Exactly all, so that a run with enough does not depend on whether those in the other lanes have enough.
        for share in granted {
            *share = select(enough, Lanes::ONE, *share);
        }
        true
    }
}

impl Claims {
    /// These claims, one a claimant.
    pub fn new(each: Vec<Lanes>) -> Self {
        let total = each.iter().fold(Lanes::ZERO, |sum, claim| sum + *claim);
        Self { each, total }
    }

    /// Takes the claims one after the other, each claimant's and last that of the outside.
    #[inline(always)]
    pub(crate) fn take(&mut self, claims: impl Iterator<Item = Lanes>, outside: Lanes) {
        self.each.clear();
        let mut total = Lanes::ZERO;
        for claim in claims {
            self.each.push(claim);
            total += claim;
        }
        self.each.push(outside);
        self.total = total + outside;
    }
}

/// `available / claimed`, at most one; one where nothing is claimed.
#[inline(always)]
fn part(available: Lanes, claimed: Lanes) -> Lanes {
    let nothing = claimed.at_most(Lanes::ZERO);
    let ratio = available / select(nothing, Lanes::ONE, claimed);
    select(nothing, Lanes::ONE, ratio.min(Lanes::ONE))
}

#[inline(always)]
fn by_priority(available: Lanes, claims: &[Lanes], who: &[Claimant], order: &[usize], granted: &mut [Lanes]) {
    let mut left = available;
    for group in order.chunk_by(|a, b| who[*a].priority == who[*b].priority) {
        let mut claimed = Lanes::ZERO;
        for &i in group {
            claimed += claims[i];
        }
        let share = part(left, claimed);
        for &i in group {
            granted[i] = share;
        }
        left = (left - claimed * share).max(Lanes::ZERO);
    }
}

#[inline(always)]
fn by_weight(available: Lanes, claims: &[Lanes], who: &[Claimant], granted: &mut [Lanes]) {
    granted.fill(Lanes::ZERO);
    let mut left = available;
    for round in 0..=ROUNDS {
        let last = round == ROUNDS;
        let weight = |i: usize| if last { 1.0 } else { who[i].strength };
        let mut open = Lanes::ZERO;
        for (i, claim) in claims.iter().enumerate() {
            open += *claim * (1.0 - granted[i]) * weight(i);
        }
        let ratio = left / open.max(Lanes::all(f64::MIN_POSITIVE));
        let mut given = Lanes::ZERO;
        for (i, claim) in claims.iter().enumerate() {
            let more = (1.0 - granted[i]) * (ratio * weight(i)).min(Lanes::ONE);
            granted[i] += more;
            given += *claim * more;
        }
        left = (left - given).max(Lanes::ZERO);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHO: [Claimant; 3] = [
        Claimant { priority: 2, strength: 1.0 },
        Claimant { priority: 1, strength: 3.0 },
        Claimant { priority: 2, strength: 1.0 },
    ];

    fn grants(rule: &Rationing, available: f64, claims: [f64; 3]) -> [f64; 3] {
        let mut granted = [Lanes::ONE; 3];
        let all = Claims::new(claims.map(Lanes::all).to_vec());
        let short = rule.share_out(Lanes::all(available), &all, &WHO, &[1, 0, 2], &mut granted);
        assert_eq!(short, claims.iter().sum::<f64>() > available);
        [0, 1, 2].map(|i| granted[i].lane(0) * claims[i])
    }

    fn close(got: [f64; 3], wanted: [f64; 3]) {
        assert!(got.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-9), "{got:?} is not {wanted:?}");
    }

    #[test]
    fn everybody_gets_all_when_there_is_enough() {
        for rule in [Rationing::Proportional {}, Rationing::Priority {}, Rationing::Weight {}] {
            close(grants(&rule, 60.0, [10.0, 20.0, 30.0]), [10.0, 20.0, 30.0]);
        }
    }

    #[test]
    fn in_proportion_all_lose_the_same_share() {
        close(grants(&Rationing::Proportional {}, 30.0, [10.0, 20.0, 30.0]), [5.0, 10.0, 15.0]);
    }

    #[test]
    fn by_priority_the_first_is_served_in_full_and_equals_share_the_rest() {
        close(grants(&Rationing::Priority {}, 30.0, [10.0, 20.0, 30.0]), [2.5, 20.0, 7.5]);
    }

    #[test]
    fn by_weight_the_strong_get_more_and_nothing_is_left_over() {
        // First round: 30 / (10 + 3·20 + 30) = 0.3, so 3, 18 and 9: all of it.
        close(grants(&Rationing::Weight {}, 30.0, [10.0, 20.0, 30.0]), [3.0, 18.0, 9.0]);
        let got = grants(&Rationing::Weight {}, 50.0, [10.0, 20.0, 30.0]);
        assert!((got[1] - 20.0).abs() < 1e-9 && (got.iter().sum::<f64>() - 50.0).abs() < 1e-9, "{got:?}");
    }
}
