//! From a mixture of behaviours to how many providers of a kind choose in each way.

use super::file::Behaviours;
use crate::model::behaviour::Behaviour;

/// How many of `count` providers choose in each way. A mixture is dealt out by largest remainders, so that shares are kept as exactly
/// as the count allows.
pub(super) fn behaviours(all: &Behaviours, count: usize) -> Vec<(Behaviour, usize)> {
    let parts = match all {
        Behaviours::One(one) => return vec![(one.clone(), count)],
        Behaviours::Mixed(parts) => parts,
    };
    let mut counts: Vec<usize> = parts.iter().map(|part| (part.share * count as f64) as usize).collect();
    let mut order: Vec<usize> = (0..parts.len()).collect();
    let remainders: Vec<f64> =
        parts.iter().zip(&counts).map(|(part, whole)| part.share * count as f64 - *whole as f64).collect();
    order.sort_by(|a, b| remainders[*b].total_cmp(&remainders[*a]));
    let missing = count - counts.iter().sum::<usize>().min(count);
    for index in order.into_iter().cycle().take(missing) {
        counts[index] += 1;
    }
    let mut left = count;
    let take = |(part, wanted): (&super::file::Part, usize)| {
        let taken = wanted.min(left);
        left -= taken;
        (part.behaviour.clone(), taken)
    };
    parts.iter().zip(counts).map(take).collect()
}
