//! Which targets exclude each other, and what each rules out.

use super::target::Aim;
use super::waves::{Point, Search, matched};

/// Two targets, and how often points meet both.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Positions of the targets.
    pub targets: [usize; 2],
    /// Points of the first wave that meet both.
    pub met: usize,
    /// So many would if meeting one told nothing of meeting the other.
    pub expected: f64,
    /// Points of all waves that meet both.
    pub met_in_all: usize,
    /// The least of what points are off from the worse of the two.
    pub nearest_miss: f64,
}

/// Targets that no point meets at once, although each lesser set of them is met.
#[derive(Clone, Debug, PartialEq)]
pub struct Exclusion {
    /// Positions of the targets, ascending.
    pub targets: Vec<usize>,
    /// Points of the first wave that would meet all if meeting one told nothing of meeting another.
    pub expected: f64,
    /// The least of what points are off from the worst of them.
    pub nearest_miss: f64,
}

/// What a target rules out of the first wave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RuledOut {
    /// Position of the target.
    pub target: usize,
    /// Points that it rules out.
    pub points: usize,
    /// Points that it alone rules out.
    pub alone: usize,
    /// Points of the wave that could be run.
    pub of: usize,
}

/// The most targets of an exclusion that are looked for.
const LARGEST: usize = 4;

/// The most exclusions of one size that are told.
const TOLD: usize = 5;

/// Points as the targets that each meets, a bit each.
struct Masks {
    first: Vec<u64>,
    all: Vec<u64>,
}

impl Masks {
    fn of(search: &Search, cutoff: f64) -> Self {
        let mask = |point: &Point| {
            let met = point.implausibility.iter().enumerate().filter(|(_, off)| **off <= cutoff);
            met.fold(0_u64, |mask, (target, _)| mask | 1 << target.min(63))
        };
        let usable = || search.points.iter().filter(|point| point.foretold.is_some());
        Self { first: usable().filter(|point| point.wave == 0).map(mask).collect(), all: usable().map(mask).collect() }
    }

    fn count(masks: &[u64], targets: &[usize]) -> usize {
        let wanted = targets.iter().fold(0_u64, |mask, target| mask | 1 << target.min(&63));
        masks.iter().filter(|mask| *mask & wanted == wanted).count()
    }

    fn expected(&self, targets: &[usize]) -> f64 {
        let count = self.first.len().max(1) as f64;
        targets.iter().map(|target| Self::count(&self.first, &[*target]) as f64 / count).product::<f64>() * count
    }
}

fn nearest_miss(search: &Search, targets: &[usize]) -> f64 {
    let worst = |point: &Point| targets.iter().map(|target| point.implausibility[*target]).fold(0.0, f64::max);
    search.points.iter().map(worst).fold(f64::INFINITY, f64::min)
}

/// Every pair of targets that are matched.
pub fn pairs(aims: &[Aim], search: &Search, cutoff: f64) -> Vec<Pair> {
    let masks = Masks::of(search, cutoff);
    let matched = matched(aims);
    let all =
        matched.iter().enumerate().flat_map(|(at, one)| matched[at + 1..].iter().map(move |other| [*one, *other]));
    all.map(|targets| Pair {
        targets,
        met: Masks::count(&masks.first, &targets),
        expected: masks.expected(&targets),
        met_in_all: Masks::count(&masks.all, &targets),
        nearest_miss: nearest_miss(search, &targets),
    })
    .collect()
}

/// The smallest sets of targets that no point meets at once, those first that most points were expected to meet. Nothing where some
/// point meets all, or every set of four is met.
pub fn exclusions(aims: &[Aim], search: &Search, cutoff: f64) -> Vec<Exclusion> {
    let masks = Masks::of(search, cutoff);
    let matched = matched(aims);
    for size in 1..=LARGEST.min(matched.len()) {
        let sets = subsets(&matched, size);
        let excluded = sets.into_iter().filter(|set| Masks::count(&masks.all, set) == 0);
        let mut found: Vec<Exclusion> = excluded
            .map(|targets| Exclusion {
                expected: masks.expected(&targets),
                nearest_miss: nearest_miss(search, &targets),
                targets,
            })
            .collect();
        if !found.is_empty() {
            found.sort_by(|a, b| b.expected.total_cmp(&a.expected).then(b.nearest_miss.total_cmp(&a.nearest_miss)));
            found.truncate(TOLD);
            return found;
        }
    }
    Vec::new()
}

/// Every set of so many.
fn subsets(of: &[usize], size: usize) -> Vec<Vec<usize>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let with = |at: usize| {
        subsets(&of[at + 1..], size - 1).into_iter().map(move |rest| std::iter::once(of[at]).chain(rest).collect())
    };
    (0..of.len()).flat_map(with).collect()
}

/// What each target that is matched rules out of the first wave; those first that rule out most.
pub fn ruled_out(aims: &[Aim], search: &Search, cutoff: f64) -> Vec<RuledOut> {
    let masks = Masks::of(search, cutoff);
    let matched = matched(aims);
    let whole = matched.iter().fold(0_u64, |mask, target| mask | 1 << target.min(&63));
    let of = |target: &usize| {
        let own = 1_u64 << target.min(&63);
        let points = masks.first.iter().filter(|mask| *mask & own == 0).count();
        let alone = masks.first.iter().filter(|mask| *mask & own == 0 && *mask & whole == whole & !own).count();
        RuledOut { target: *target, points, alone, of: masks.first.len() }
    };
    let mut all: Vec<RuledOut> = matched.iter().map(of).collect();
    all.sort_by_key(|out| std::cmp::Reverse(out.points));
    all
}
