//! How a plan is cut into shards. The cut decides who does what, and no bit of the result.

use super::{Experiment, Rows};
use crate::experiment::Watcher;
use serde::{Deserialize, Serialize};
use std::io;
use std::ops::Range;
use std::time::{Duration, Instant};

/// Items between two looks of a stopping rule; without one there is a single round. The shards of a round hold as many items
/// each, give or take one, in ascending order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// Items done at the end of the round, those of earlier rounds included.
    pub until: u64,
    /// Shards that the round is cut into.
    pub shards: u64,
}

/// How large shards are to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Size {
    /// So many shards in all (a few more with a stopping rule, as its looks fall between shards).
    Shards(u64),
    /// Each about so many seconds of work for one core of this machine, found by doing a few items.
    Seconds(f64),
}

/// A plan that is cut by time has no more shards than this, however long they become.
const MOST_SHARDS: u64 = 10_000;

/// The rounds of an experiment, each cut into its share of the shards.
pub(super) fn rounds(experiment: &dyn Experiment, size: Size) -> Vec<Round> {
    let items = experiment.items();
    let shards = match size {
        Size::Shards(shards) => shards,
        Size::Seconds(seconds) => ((seconds_of_all(experiment) / seconds).ceil() as u64).min(MOST_SHARDS),
    };
    let shards = shards.clamp(1, items.max(1));
    let mut first = 0;
    let round = |until: u64| {
        let length = until - first;
        first = until;
        let fair = (u128::from(length) * u128::from(shards)).div_ceil(u128::from(items.max(1))) as u64;
        Round { until, shards: fair.clamp(1, length.max(1)) }
    };
    experiment.looks().into_iter().map(round).collect()
}

/// The items of a shard; `None` if there is no such shard.
pub(super) fn items_of(rounds: &[Round], shard: u64) -> Option<Range<u64>> {
    let (mut first_item, mut within) = (0, shard);
    for round in rounds {
        if within < round.shards {
            let length = u128::from(round.until - first_item);
            let cut = |number: u64| (length * u128::from(number) / u128::from(round.shards)) as u64;
            return Some(first_item + cut(within)..first_item + cut(within + 1));
        }
        within -= round.shards;
        first_item = round.until;
    }
    None
}

/// Whether rounds make up so many items, with no more shards than items.
pub(super) fn are_whole(rounds: &[Round], items: u64) -> bool {
    let mut first = 0;
    let fits = rounds.iter().all(|round| {
        let length = round.until.checked_sub(std::mem::replace(&mut first, round.until));
        length.is_some_and(|length| (1..=length.max(1)).contains(&round.shards))
    });
    fits && first == items
}

/// Items are done for so long to find out how long they take.
const TRIAL: Duration = Duration::from_millis(300);

/// What all items would take one core of this machine, in seconds, judged by the first few.
fn seconds_of_all(experiment: &dyn Experiment) -> f64 {
    let trial = || {
        let begun = Instant::now();
        let (mut done, mut next) = (0, 1);
        while done < experiment.items() && begun.elapsed() < TRIAL {
            let until = (done + next).min(experiment.items());
            // Nothing is kept, and nobody says stop, so that nothing can go wrong.
            let _ = experiment.shard(done..until, &mut Nowhere, &Nobody);
            (done, next) = (until, next * 2);
        }
        begun.elapsed().as_secs_f64() / done.max(1) as f64 * experiment.items() as f64
    };
    rayon::ThreadPoolBuilder::new().num_threads(1).build().map_or_else(|_| trial(), |core| core.install(trial))
}

/// Where rows go that nobody keeps.
struct Nowhere;

impl Rows for Nowhere {
    fn take(&mut self, _: u64, _: Result<&[f64], &str>) -> io::Result<()> {
        Ok(())
    }
}

/// A watcher who never says stop.
#[derive(Clone, Copy, Debug)]
pub struct Nobody;

impl Watcher for Nobody {
    fn done(&self, _: u64) {}

    fn stop(&self) -> bool {
        false
    }
}
