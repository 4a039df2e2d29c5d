//! Shapley values and pairwise interaction indices of cooperative games: what each player is worth when the worth of every
//! coalition is known, and what two players are worth together beyond what each is worth alone.
//!
//! Sources: Shapley, L. S. (1953). A value for n-person games. *Contributions to the Theory of Games II*, 307–317. Grabisch, M.
//! & Roubens, M. (1999). An axiomatic approach to the concept of interaction among players in cooperative games.
//! *International Journal of Game Theory* 28, 547–565.

mod orders;

pub use orders::{Order, Sampled};

/// A set of players: player `i` belongs to it where bit `i` is set.
pub type Coalition = u32;

/// A game in which the worth of every coalition is known.
#[derive(Clone, Copy, Debug)]
pub struct Game<'a> {
    players: usize,
    worth: &'a [f64],
}

impl<'a> Game<'a> {
    /// The game in which the coalition `s` is worth `worth[s]`. `None` unless there is a worth for every coalition of some
    /// number of players, the empty one included.
    pub fn new(worth: &'a [f64]) -> Option<Self> {
        let players = worth.len().checked_ilog2()? as usize;
        worth.len().is_power_of_two().then_some(Self { players, worth })
    }

    /// The Shapley value of each player: what it adds to the worth when players join in an order, on average over all orders.
    /// The values sum to the worth of all players less that of none.
    pub fn shapley(&self) -> Vec<f64> {
        let weights = weights(self.players);
        let value = |player: usize| {
            let bit = 1 << player;
            let others = (0..self.worth.len()).filter(|coalition| coalition & bit == 0);
            let gain = |coalition: usize| {
                weights[coalition.count_ones() as usize] * (self.worth[coalition | bit] - self.worth[coalition])
            };
            others.map(gain).sum()
        };
        (0..self.players).map(value).collect()
    }

    /// The Shapley interaction index of each pair, in the order of [`pairs`]: by how much the one adds more where the other is
    /// there, on average. Above zero they need each other; below zero either does the work of the other.
    pub fn interactions(&self) -> Vec<f64> {
        let weights = weights(self.players.saturating_sub(1));
        let index = |(one, other): (usize, usize)| {
            let (one, other) = (1 << one, 1 << other);
            let others = (0..self.worth.len()).filter(|coalition| coalition & (one | other) == 0);
            let gain = |coalition: usize| {
                let together = self.worth[coalition | one | other] - self.worth[coalition | one];
                let apart = self.worth[coalition | other] - self.worth[coalition];
                weights[coalition.count_ones() as usize] * (together - apart)
            };
            others.map(gain).sum()
        };
        pairs(self.players).map(index).collect()
    }
}

/// All pairs of players: (0, 1), (0, 2), … (1, 2), …
pub fn pairs(players: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..players).flat_map(move |one| (one + 1..players).map(move |other| (one, other)))
}

/// The weight of a coalition of s of the n − 1 other players in the value of one: s! (n − 1 − s)! / n!, by size from 0.
fn weights(players: usize) -> Vec<f64> {
    let mut weights = Vec::with_capacity(players);
    let mut weight = 1.0 / players as f64;
    for size in 0..players {
        weights.push(weight);
        weight *= (size + 1) as f64 / (players - 1 - size).max(1) as f64;
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Rounding in sums of at most a few thousand numbers of size one.
    const ROUNDING: f64 = 1e-12;

    fn close(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < ROUNDING, "{found} is not {expected}");
        }
    }

    /// The worth of every coalition, asked with a function that says who is in it.
    fn worth(players: usize, of: impl Fn(&dyn Fn(usize) -> bool) -> f64) -> Vec<f64> {
        (0..1_usize << players).map(|coalition| of(&|player| coalition >> player & 1 == 1)).collect()
    }

    fn shapley(worth: &[f64]) -> Vec<f64> {
        Game::new(worth).unwrap().shapley()
    }

    fn interactions(worth: &[f64]) -> Vec<f64> {
        Game::new(worth).unwrap().interactions()
    }

    /// One left and two right gloves; a pair is worth one. Of six orders the left glove completes a pair in four, each right
    /// one in one.
    fn glove() -> Vec<f64> {
        worth(3, |has| f64::from(has(0) && (has(1) || has(2))))
    }

    #[test]
    fn the_glove_game_gives_the_rare_glove_two_thirds() {
        close(&shapley(&glove()), &[4.0 / 6.0, 1.0 / 6.0, 1.0 / 6.0]);
    }

    /// By hand: left and a right one: ½ (1 − 0 − 0 + 0) + ½ (1 − 1 − 0 + 0) = ½. The two right ones: ½ · 0 + ½ (1 − 1 − 1 + 0) = −½.
    #[test]
    fn in_the_glove_game_left_and_right_need_each_other_and_the_rights_crowd_each_other_out() {
        close(&interactions(&glove()), &[0.5, 0.5, -0.5]);
    }

    /// Littlechild & Owen 1973: a runway costs what its largest aircraft needs, here 1, 2 and 4. All share the first part,
    /// the larger two the second, the largest pays the rest: ⅓, ⅓ + ½, ⅓ + ½ + 2.
    #[test]
    fn the_airport_game_splits_each_part_of_the_runway_among_those_who_need_it() {
        let costs = [1.0, 2.0, 4.0];
        let runway =
            worth(3, |has| (0..3).filter(|player| has(*player)).map(|player| costs[player]).fold(0.0, f64::max));
        close(&shapley(&runway), &[1.0 / 3.0, 5.0 / 6.0, 17.0 / 6.0]);
    }

    /// Worth one only where players 0, 1 and 3 of five are all there: they share it, and the index of two of m who are all
    /// needed is 1 / (m − 1).
    #[test]
    fn a_unanimity_game_is_shared_by_those_who_are_needed() {
        let unanimity = worth(5, |has| f64::from(has(0) && has(1) && has(3)));
        let third = 1.0 / 3.0;
        close(&shapley(&unanimity), &[third, third, 0.0, third, 0.0]);
        for (index, pair) in interactions(&unanimity).into_iter().zip(pairs(5)) {
            let needed = [(0, 1), (0, 3), (1, 3)].contains(&pair);
            assert!((index - if needed { 0.5 } else { 0.0 }).abs() < ROUNDING, "{pair:?}: {index}");
        }
    }

    #[test]
    fn where_each_adds_its_own_nobody_needs_or_crowds_out_another() {
        let additive = worth(4, |has| (0..4).filter(|player| has(*player)).map(|player| player as f64 - 1.5).sum());
        close(&shapley(&additive), &[-1.5, -0.5, 0.5, 1.5]);
        close(&interactions(&additive), &[0.0; 6]);
    }

    #[test]
    fn only_a_worth_for_every_coalition_is_a_game() {
        for count in [0, 3, 5, 12] {
            assert!(Game::new(&vec![0.0; count]).is_none(), "{count}");
        }
        assert!(shapley(&[7.0]).is_empty() && interactions(&[7.0, 9.0]).is_empty());
        close(&shapley(&[7.0, 9.5]), &[2.5]);
    }

    proptest! {
        #[test]
        fn values_sum_to_the_worth_of_all_less_that_of_none(
            worth in (0_u32..8).prop_flat_map(|players| prop::collection::vec(-1.0..1.0, 1 << players))
        ) {
            let sum: f64 = shapley(&worth).iter().sum();
            prop_assert!((sum - (worth[worth.len() - 1] - worth[0])).abs() < ROUNDING);
        }

        #[test]
        fn the_value_of_a_sum_of_games_is_the_sum_of_values(
            one in prop::collection::vec(-1.0..1.0, 16), other in prop::collection::vec(-1.0..1.0, 16)
        ) {
            let both: Vec<f64> = one.iter().zip(&other).map(|(one, other)| one + other).collect();
            let sum: Vec<f64> = shapley(&one).iter().zip(shapley(&other)).map(|(one, other)| one + other).collect();
            for (of_sum, sum_of) in shapley(&both).iter().zip(sum) {
                prop_assert!((of_sum - sum_of).abs() < ROUNDING);
            }
        }
    }
}
