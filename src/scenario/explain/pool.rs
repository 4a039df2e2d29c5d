//! A pool in plain English: what it says of itself, and what is done with it here.

use super::{Fact, title};
use crate::model::commissioner::Commissioner;
use crate::model::english::Time;
use crate::model::pool::Pool;
use crate::model::production::Production;
use crate::scenario::file::File;

/// What is said of a pool. Some pools are not used by effort: providers are paid out of them.
pub(super) fn describe(name: &str, pool: &Pool, file: &File, time: &Time) -> Fact {
    let used = file.providers.values().any(|kind| kind.uses.get(name).is_some_and(|units| units.0 > 0.0))
        || file.outside.as_ref().is_some_and(|outside| outside.pool == *name);
    let pays = file.providers.values().any(|kind| kind.paid_from.as_deref() == Some(name));
    let mut sentences = vec![pool.describe_stock(), pool.describe_growth(time)];
    sentences.extend(pool.describe_growing());
    if pays {
        sentences.push("Providers are paid out of it.".to_owned());
        sentences.extend(pool.commissioner().map(Commissioner::describe));
    }
    if used {
        sentences.push(pool.production.as_ref().map_or_else(
            || "A unit of effort yields one unit wherever the pool can grant it.".to_owned(),
            Production::describe,
        ));
        sentences.push(pool.describe_loss());
    }
    sentences.push(pool.rationing.describe().to_owned());
    sentences.extend(pool.describe_limits());
    Fact::of(title(name), sentences)
}
