//! Which combinations of rules are run: all of them, or those that some random orders of adoption ask for.

use crate::model::rule::RuleName;
use crate::model::setup::Setup;
use crate::statistics::shapley::{Coalition, Order, pairs};
use rand::SeedableRng;
use rand::seq::SliceRandom;
use rand_chacha::ChaCha8Rng;

/// The most rules of which every combination is run: 2¹² = 4,096 of them.
pub const MOST_EXACT: usize = 12;

/// Orders drawn in each run where there are more rules and nobody says how many.
pub const ORDERS: u32 = 32;

/// Rules and the way in which their combinations are chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Design {
    rules: Vec<RuleName>,
    method: Method,
}

/// How combinations are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// Every combination, in every run.
    Exact,
    /// In every run so many random orders in which the rules might be adopted, half of them the reverse of the other half.
    Orders(u32),
}

/// Random orders have a stream of their own, apart from those of the model's chance, which begin with the number of a purpose.
const ORDERS_STREAM: u64 = 0xff << 56;

impl Design {
    /// The design for the rules of a scenario; `None` without any.
    pub(super) fn new(setup: &Setup, orders: Option<u32>) -> Option<Self> {
        let mut rules: Vec<RuleName> = setup.rules().set().present().map(|(name, _)| name).collect();
        // Sixteen combinations that share their higher rules ride side by side. Meetings are dear and not held where the
        // rule is off in all of them, so that it had better be the highest.
        rules.sort_by_key(|name| *name == RuleName::CollectiveChoice);
        let method = match orders {
            Some(orders) => Method::Orders(orders.max(1).next_multiple_of(2)),
            None if rules.len() > MOST_EXACT => Method::Orders(ORDERS),
            None => Method::Exact,
        };
        (!rules.is_empty()).then_some(Self { rules, method })
    }

    /// The rules; that at position `i` is bit `i` of a combination.
    pub fn rules(&self) -> &[RuleName] {
        &self.rules
    }

    /// How combinations are chosen.
    pub fn method(&self) -> Method {
        self.method
    }

    /// The rules of a combination.
    pub fn rules_in(&self, coalition: Coalition) -> impl Iterator<Item = RuleName> {
        self.rules.iter().enumerate().filter(move |(bit, _)| coalition >> bit & 1 == 1).map(|(_, name)| *name)
    }

    /// Whether a rule is in a combination.
    pub fn has(&self, coalition: Coalition, rule: RuleName) -> bool {
        self.rules_in(coalition).any(|name| name == rule)
    }

    /// All rules together.
    pub fn all(&self) -> Coalition {
        (1 << self.rules.len()) - 1
    }

    /// The pairs of rules, by their positions.
    pub fn pairs(&self) -> impl Iterator<Item = (usize, usize)> {
        pairs(self.rules.len())
    }

    /// The combinations that are run in every run, in ascending order: all there are, or with random orders none of the
    /// rules, each alone, all but each, and all.
    pub fn listed(&self) -> Vec<Coalition> {
        let all = self.all();
        match self.method {
            Method::Exact => (0..=all).collect(),
            Method::Orders(_) => {
                let single = (0..self.rules.len()).map(|bit| 1 << bit);
                let mut listed: Vec<Coalition> = single.flat_map(|rule| [rule, all ^ rule]).chain([0, all]).collect();
                listed.sort_unstable();
                listed.dedup();
                listed
            }
        }
    }

    /// How many numbers a run has for each measure: the worth of each listed combination, then the Shapley value of each
    /// rule, then the interaction of each pair.
    pub fn numbers(&self) -> usize {
        self.listed().len() + self.rules.len() + self.pairs().count()
    }

    /// The random orders of a run: the same for the same seed and run, whatever else is done.
    pub(super) fn orders(&self, seed: u64, run: u64) -> Vec<Order> {
        let Method::Orders(count) = self.method else { return Vec::new() };
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        random.set_stream(ORDERS_STREAM | run);
        (0..count / 2)
            .flat_map(|_| {
                let order = Order::shuffled(self.rules.len(), |order| order.shuffle(&mut random));
                [order.reversed(), order]
            })
            .collect()
    }
}
