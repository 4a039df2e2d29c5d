//! What a report is about: the arms as they were written, and what many runs of them came to.

use std::collections::BTreeSet;

use crate::experiment::failures::FailedRuns;
use crate::experiment::{Ensemble, Level, Summary, contrast_interval, mean_interval};
use crate::model::measure::{Better, Measure, words};
use crate::model::pool::Pool;
use crate::scenario::Scenario;
use crate::statistics::{Interval, Paired};

use super::figure::Tone;

/// The arms of an experiment with their results.
#[derive(Clone, Copy, Debug)]
pub struct Study<'a> {
    /// In the order of `ensemble.arms`. The first is what the others are compared with.
    pub arms: &'a [Scenario],
    /// What the runs came to.
    pub ensemble: &'a Ensemble,
}

/// Short names of the arms, each another, fit for file names: the stem of the scenario's file.
pub fn arm_keys(arms: &[Scenario]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut keys = Vec::new();
    for arm in arms {
        let stem = stem(&arm.name);
        let numbered = (2..).map(|number| format!("{stem}-{number}"));
        let free = std::iter::once(stem.clone()).chain(numbered).find(|key| taken.insert(key.to_lowercase()));
        keys.extend(free);
    }
    keys
}

/// `scenarios/Winter plan.json` → `Winter-plan`.
fn stem(name: &str) -> String {
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let stem = file.strip_suffix(".json").unwrap_or(file);
    let safe = |letter: char| if letter.is_alphanumeric() || "-_".contains(letter) { letter } else { '-' };
    let key: String = stem.chars().map(safe).collect();
    if key.is_empty() { "arm".to_owned() } else { key }
}

/// The mean of a measure over the runs of one arm.
#[derive(Clone, Copy, Debug)]
pub(super) struct Estimate<'a> {
    pub(super) measure: &'a Measure,
    pub(super) mean: f64,
    /// Wilson's of a chance, Student's of every other measure.
    pub(super) interval: Option<Interval>,
}

/// The mean difference of a measure between an arm and the first, run by run.
#[derive(Clone, Copy, Debug)]
pub(super) struct Contrast<'a> {
    pub(super) measure: &'a Measure,
    pub(super) pairs: &'a Paired,
    pub(super) difference: f64,
    pub(super) interval: Option<Interval>,
    pub(super) change: Change,
    /// Which direction is better between the two arms.
    pub(super) better: Better,
}

/// What a difference and its interval let one say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    /// The whole interval is above zero.
    Higher,
    /// The whole interval is below zero.
    Lower,
    /// The measure is the same in every pair of runs.
    Same,
    /// The interval spans zero, or there are too few runs for one.
    Unclear,
}

/// Key of the measure that is 1 in a run in which the pool collapsed.
pub(super) const COLLAPSED: &str = "collapsed";
/// Key of the time to collapse, which exists only in runs that collapsed.
pub(super) const COLLAPSE_STEP: &str = "collapse_step";

impl<'a> Study<'a> {
    /// Short names of the arms, each another.
    pub fn keys(&self) -> Vec<String> {
        arm_keys(self.arms)
    }

    /// Titles of the arms, each another: those that share one have their key added.
    pub fn titles(&self) -> Vec<String> {
        let same = |title: &str| self.arms.iter().filter(|arm| arm.file.title == title).count() > 1;
        let title = |(arm, key): (&Scenario, String)| match &arm.file.title {
            title if same(title) => format!("{title} ({key})"),
            title => title.clone(),
        };
        self.arms.iter().zip(self.keys()).map(title).collect()
    }

    /// What a step is, in the singular; that of the first arm.
    pub fn unit(&self) -> &'a str {
        self.arms.first().map_or("step", |arm| &arm.file.time.unit)
    }

    /// The level of all intervals.
    pub(super) fn level(&self) -> Level {
        self.ensemble.level
    }

    /// Arms that are compared with the first, by their positions.
    pub(super) fn others(&self) -> std::ops::Range<usize> {
        1..self.ensemble.arms.len().min(self.arms.len()).max(1)
    }

    /// What is to be told of runs that failed, arm by arm.
    pub fn failed(&self) -> Vec<FailedRuns> {
        let titles = if self.arms.len() > 1 { self.titles() } else { vec![String::new()] };
        let arms = self.arms.iter().zip(self.summaries()).zip(&titles);
        let Ensemble { seed, runs, .. } = self.ensemble;
        arms.filter_map(|((arm, summary), title)| summary.failures.told(title, *runs, &arm.setup, *seed)).collect()
    }

    /// Whether some arm has no run left, all having failed.
    pub(super) fn lacks_an_arm(&self) -> bool {
        self.summaries().any(|summary| summary.runs() == 0)
    }

    /// The results of the arms that there are.
    pub(super) fn summaries(&self) -> impl Iterator<Item = &'a Summary> {
        self.ensemble.arms.iter().take(self.arms.len())
    }

    /// Measures of a run in the first arm.
    pub(super) fn measures(&self) -> &'a [Measure] {
        self.ensemble.arms.first().map_or(&[], |arm| &arm.measures)
    }

    /// Kinds of provider in the first arm that are measured apart; none where there is but one.
    pub(super) fn kinds(&self) -> Vec<&'a str> {
        let mut kinds: Vec<&str> = self.measures().iter().filter_map(|measure| measure.kind.as_deref()).collect();
        kinds.dedup();
        if kinds.len() > 1 { kinds } else { Vec::new() }
    }

    /// The main pool of an arm.
    pub(super) fn pool(&self, arm: usize) -> Option<&'a Pool> {
        let setup = &self.arms.get(arm)?.setup;
        setup.pools().get(setup.main_pool()).map(|pool| &pool.part)
    }

    /// The main pool of the first arm in words: "the pasture pool".
    pub(super) fn pool_name(&self) -> String {
        let Some(setup) = self.arms.first().map(|arm| &arm.setup) else { return "the pool".to_owned() };
        let name = setup.pools().get(setup.main_pool()).map(|pool| words(&pool.name)).unwrap_or_default();
        if name.ends_with("pool") { format!("the {name}") } else { format!("the {name} pool") }
    }

    /// The mean of a measure in an arm; `None` where it is not measured or no run has it.
    pub(super) fn estimate(&self, arm: usize, key: &str) -> Option<Estimate<'a>> {
        let summary = self.ensemble.arms.get(arm)?;
        let position = summary.position(key)?;
        let (measure, cell) = (summary.measures.get(position)?, summary.outcomes.get(position)?);
        let mean = cell.tally.mean()?;
        Some(Estimate { measure, mean, interval: mean_interval(&cell.tally, measure.sort, self.level()) })
    }

    /// The difference of a measure between an arm, from 1, and the first; `None` where no pair of runs has it.
    pub(super) fn contrast(&self, arm: usize, key: &str) -> Option<Contrast<'a>> {
        let position = self.ensemble.arms.first()?.position(key)?;
        let pairs = self.ensemble.differences.get(arm.checked_sub(1)?)?.get(position)?.as_ref()?;
        let difference = pairs.differences().mean()?;
        let (measure, first) = (self.measures().get(position)?, self.ensemble.arms.first()?.outcomes.get(position)?);
        let interval = contrast_interval(pairs, &first.tally, measure.sort, self.level());
        let from = first.tally.mean()?;
        let better = measure.direction(from, from + difference);
        Some(Contrast { measure, pairs, difference, interval, change: change(pairs, interval), better })
    }

    /// A quantile of a measure in an arm. That of the time to collapse is counted step by step.
    pub(super) fn quantile(&self, arm: usize, key: &str, probability: f64) -> Option<f64> {
        let summary = self.ensemble.arms.get(arm)?;
        if key == COLLAPSE_STEP {
            return collapse_quantile(summary, probability).map(|step| step as f64);
        }
        summary.outcome(key)?.sketch.quantile(probability)
    }
}

impl Contrast<'_> {
    /// What the difference means for the place; `None` for a measure of which neither direction is better.
    pub(super) fn tone(&self) -> Option<Tone> {
        let better = match self.better {
            Better::Higher => Change::Higher,
            Better::Lower => Change::Lower,
            Better::Towards | Better::Neither => return None,
        };
        Some(match self.change {
            Change::Same | Change::Unclear => Tone::Unclear,
            change if change == better => Tone::Better,
            Change::Higher | Change::Lower => Tone::Worse,
        })
    }

    /// In how many pairs of runs the arm is better than the first; `None` as for [`Contrast::tone`].
    pub(super) fn better_runs(&self) -> Option<u64> {
        match self.better {
            Better::Higher => Some(self.pairs.above()),
            Better::Lower => Some(self.pairs.below()),
            Better::Towards | Better::Neither => None,
        }
    }
}

fn change(pairs: &Paired, interval: Option<Interval>) -> Change {
    match interval {
        _ if pairs.above() == 0 && pairs.below() == 0 => Change::Same,
        Some(interval) if interval.low > 0.0 => Change::Higher,
        Some(interval) if interval.high < 0.0 => Change::Lower,
        _ => Change::Unclear,
    }
}

/// The step, from 1, by whose end that share of the runs that collapsed had collapsed.
pub(super) fn collapse_quantile(summary: &Summary, probability: f64) -> Option<usize> {
    let survival = &summary.survival;
    let wanted = survival.collapsed() as f64 * probability;
    if survival.collapsed() == 0 {
        return None;
    }
    let gone = |share: f64| ((1.0 - share) * survival.runs() as f64).round();
    let point = survival.curve(Level::USUAL.share()).into_iter().find(|point| gone(point.share) >= wanted.max(1.0))?;
    Some(point.step + 1)
}
