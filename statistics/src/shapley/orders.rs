//! Shapley values and interaction indices from some orders in which players join, where all coalitions would be too many.
//!
//! In an order each player adds something to the worth of those before it, and the mean over random orders is an unbiased
//! estimate of its Shapley value (Castro, Gómez & Tejada 2009, *Computers & Operations Research* 36, 1726–1730). Two neighbours
//! tell how they interact once it is also known what the later of them would have added alone: those before them are a random
//! coalition of just the distribution that the interaction index asks for. An order and its reverse together have less
//! variance than two that are independent (Mitchell et al. 2022, *Journal of Machine Learning Research* 23, 43).

use super::{Coalition, pairs};

/// An order in which players join: each number from 0 once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order(Vec<usize>);

/// What some orders tell of a game.
#[derive(Clone, Debug, PartialEq)]
pub struct Sampled {
    /// The mean of what each player adds.
    pub shapley: Vec<f64>,
    /// The mean interaction of each pair, in the order of [`pairs`]; NaN for a pair that is never neighbours.
    pub interactions: Vec<f64>,
}

/// Two neighbours in an order and the coalitions that tell how they interact.
struct Neighbours {
    before: Coalition,
    one: usize,
    other: usize,
}

impl Order {
    /// The order in which so many players stand, brought into another by `shuffle`.
    pub fn shuffled(players: usize, shuffle: impl FnOnce(&mut [usize])) -> Self {
        let mut order: Vec<usize> = (0..players).collect();
        shuffle(&mut order);
        Self(order)
    }

    /// The same order from its end.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self(self.0.iter().rev().copied().collect())
    }

    /// Every coalition whose worth must be known; some occur twice.
    pub fn coalitions(&self) -> Vec<Coalition> {
        let mut all = vec![0];
        for neighbours in self.neighbours() {
            all.extend([neighbours.with_one(), neighbours.with_other()]);
        }
        all.push(self.0.iter().fold(0, |coalition, player| coalition | bit(*player)));
        all
    }

    fn neighbours(&self) -> impl Iterator<Item = Neighbours> {
        let mut before = 0;
        self.0.windows(2).map(move |pair| {
            let neighbours = Neighbours { before, one: pair[0], other: pair[1] };
            before = neighbours.with_one();
            neighbours
        })
    }
}

impl Neighbours {
    fn with_one(&self) -> Coalition {
        self.before | bit(self.one)
    }

    fn with_other(&self) -> Coalition {
        self.before | bit(self.other)
    }

    fn with_both(&self) -> Coalition {
        self.with_one() | bit(self.other)
    }
}

fn bit(player: usize) -> Coalition {
    1 << player
}

impl Sampled {
    /// What these orders tell of a game of so many players.
    pub fn new(players: usize, orders: &[Order], worth: impl Fn(Coalition) -> f64) -> Self {
        let mut shapley = vec![Mean::default(); players];
        let mut grid = vec![Mean::default(); players * players];
        for order in orders {
            let mut coalition = 0;
            for player in &order.0 {
                let joined = coalition | bit(*player);
                shapley[*player].push(worth(joined) - worth(coalition));
                coalition = joined;
            }
            for pair in order.neighbours() {
                let together = worth(pair.with_both()) - worth(pair.with_one());
                let apart = worth(pair.with_other()) - worth(pair.before);
                grid[pair.one.min(pair.other) * players + pair.one.max(pair.other)].push(together - apart);
            }
        }
        Self {
            shapley: shapley.iter().map(Mean::value).collect(),
            interactions: pairs(players).map(|(one, other)| grid[one * players + other].value()).collect(),
        }
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Mean {
    sum: f64,
    count: u32,
}

impl Mean {
    fn push(&mut self, value: f64) {
        self.sum += value;
        self.count += 1;
    }

    /// NaN where nothing was pushed.
    fn value(&self) -> f64 {
        self.sum / f64::from(self.count)
    }
}

#[cfg(test)]
mod tests {
    use super::super::Game;
    use super::*;
    use rand::SeedableRng;
    use rand::seq::SliceRandom;
    use rand_chacha::ChaCha8Rng;

    /// A game of four players in which everything interacts, and no two coalitions are worth the same.
    fn worth(coalition: Coalition) -> f64 {
        let coalition = f64::from(coalition);
        coalition * coalition * 0.01 - (coalition * 1.7).rem_euclid(5.0)
    }

    /// Every order of so many players.
    fn all_orders(players: usize) -> Vec<Order> {
        let mut orders = vec![Vec::new()];
        for player in 0..players {
            let longer = |order: &Vec<usize>| {
                (0..=order.len())
                    .map(|place| [&order[..place], &[player], &order[place..]].concat())
                    .collect::<Vec<_>>()
            };
            orders = orders.iter().flat_map(longer).collect();
        }
        orders.into_iter().map(Order).collect()
    }

    fn close(found: &[f64], expected: &[f64], tolerance: f64) {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < tolerance, "{found} is not {expected}");
        }
    }

    #[test]
    fn all_orders_together_give_the_exact_values_and_indices() {
        let table: Vec<f64> = (0..16).map(worth).collect();
        let game = Game::new(&table).unwrap();
        let orders = all_orders(4);
        assert_eq!(orders.len(), 24);
        let sampled = Sampled::new(4, &orders, worth);
        close(&sampled.shapley, &game.shapley(), 1e-12);
        close(&sampled.interactions, &game.interactions(), 1e-12);
    }

    /// The standard error of these means is about 0.01.
    #[test]
    fn random_orders_come_near_and_sum_exactly() {
        let mut random = ChaCha8Rng::seed_from_u64(20_261_122);
        let orders: Vec<Order> = (0..40_000).map(|_| Order::shuffled(4, |order| order.shuffle(&mut random))).collect();
        let sampled = Sampled::new(4, &orders, worth);
        let table: Vec<f64> = (0..16).map(worth).collect();
        let game = Game::new(&table).unwrap();
        close(&sampled.shapley, &game.shapley(), 0.06);
        close(&sampled.interactions, &game.interactions(), 0.12);
        assert!((sampled.shapley.iter().sum::<f64>() - (worth(15) - worth(0))).abs() < 1e-9);
    }

    #[test]
    fn an_order_names_every_coalition_that_it_asks_about() {
        let order = Order(vec![2, 0, 1]);
        assert_eq!(order.coalitions(), [0, 0b100, 0b001, 0b101, 0b110, 0b111]);
        let asked = order.coalitions();
        let sampled = Sampled::new(3, &[order], |coalition| {
            assert!(asked.contains(&coalition), "{coalition:b} was not named");
            f64::from(coalition)
        });
        assert_eq!(sampled.shapley, [1.0, 2.0, 4.0]);
        let lonely = Sampled::new(3, &[Order(vec![0, 2, 1])], |_| 1.0);
        assert!(lonely.interactions[0].is_nan(), "0 and 1 are not");
    }
}
