//! The setup of a file without faults: every part in its place.

use crate::model::outside;
use crate::model::setup::{KindParts, Listing, Misfit, Named, Parts, Setup};
use crate::model::upstream;
use crate::scenario::file::{File, Outside, Upstream};
use indexmap::IndexMap;

/// Puts together what the file says, with its kinds as they have been checked, to be shown in the order of `listing`.
pub(super) fn setup(file: &File, kinds: Vec<KindParts>, listing: Listing) -> Result<Setup, Vec<Misfit>> {
    Setup::new(Parts {
        steps: file.time.steps,
        warm_up: file.time.warm_up,
        steps_per_year: file.time.steps_per_year,
        pools: named(&file.pools),
        kinds,
        society: file.society.clone(),
        upstream: file.upstream.as_ref().map(upstream),
        outside: file.outside.as_ref().map(|part| outside(part, file)),
        rules: file.rules.clone(),
        shocks: named(&file.shocks),
        listing,
    })
}

fn named<T: Clone>(parts: &IndexMap<String, T>) -> Vec<Named<T>> {
    parts.iter().map(|(name, part)| Named { name: name.clone(), part: part.clone() }).collect()
}

fn upstream(part: &Upstream) -> upstream::Upstream {
    let Upstream { productivity, decay, most, half, delay } = *part;
    upstream::Upstream { productivity, decay, most, half, delay: delay.unwrap_or(0.0) }
}

fn outside(part: &Outside, file: &File) -> outside::Outside {
    let Outside { effort, limit, price, cost, entry, crossing, .. } = *part;
    let pool = file.pools.get_index_of(&part.pool).unwrap_or_default();
    outside::Outside { pool, effort, limit, price, cost, entry, crossing }
}
