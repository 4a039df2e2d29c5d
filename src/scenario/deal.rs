//! From kinds to single providers: sizes are shared equally, behaviours dealt out.

use super::file::{Behaviours, File};
use crate::model::behaviour::Behaviour;
use crate::model::setup;

/// Every single provider. A mixture is dealt out by largest remainders, so that shares are kept as exactly as the count
/// allows.
pub(super) fn providers(file: &File, kinds: &[setup::Kind]) -> Vec<setup::Provider> {
    let mut list = Vec::new();
    let mut attractions = 0;
    for (position, (kind, part)) in kinds.iter().zip(file.providers.values()).enumerate() {
        for behaviour in dealt(&part.behaviour, part.count as usize) {
            let learns = matches!(behaviour, Behaviour::Learner(_));
            list.push(setup::Provider {
                kind: position,
                size: part.size / f64::from(part.count),
                behaviour,
                attractions,
            });
            if learns {
                attractions += kind.actions.len();
            }
        }
    }
    list
}

fn dealt(all: &Behaviours, count: usize) -> Vec<Behaviour> {
    let parts = match all {
        Behaviours::One(one) => return vec![one.clone(); count],
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
    parts
        .iter()
        .zip(counts)
        .flat_map(|(part, count)| std::iter::repeat_n(part.behaviour.clone(), count))
        .take(count)
        .collect()
}
