//! The verdict on a commons, where there is no need: whether the pool lasts, and what is earned from it.

use super::{Line, placebo};
use crate::experiment::recording::{Recorded, Recording};
use crate::model::english::{lowered, words};
use crate::page::cast::Cast;
use crate::page::pairs::{Pair, Pairs, mean, values};
use crate::page::words::{fixed, in_runs, share, signed};

/// Headline, what happens in the arm that others are held against, and what happens in the others.
pub(super) fn told(cast: &Cast, recording: &Recording, pairs: &Pairs, point: usize) -> (String, Line, Line) {
    let arms = recording.at(point);
    let at = Setting { cast, recording, point };
    let reference = arms[recording.reference];
    let others: Vec<(&Recorded, &Pair)> =
        arms.iter().zip(&pairs.arms).filter_map(|(arm, pair)| Some((*arm, pair.as_ref()?))).collect();
    let first = format!("{}: {}. {}", cast.name(reference), at.fate(reference), at.earnings(reference));
    let rest: Vec<String> = others.iter().map(|(arm, pair)| at.beside(arm, pair)).collect();
    let second = if rest.is_empty() { "Nothing is held against it.".to_owned() } else { rest.join(" ") };
    let lead = if others.len() > 1 { "The others" } else { "The other" };
    let has_rules = reference.scenario.file.rules.present().next().is_some();
    let held = if has_rules { "Held against" } else { "Each for itself" };
    (at.head(&arms), Line { lead: held, text: first }, Line { lead, text: second })
}

/// "more than six fortresses in 180 of 200 runs, less in 3"; `than` is "than six fortresses " or nothing.
fn paired(pair: &Pair, than: &str, all: usize) -> String {
    match (pair.more, pair.less) {
        (0, 0) => format!("no more and no less {than}by enough to matter"),
        (more, 0) => format!("more {than}{}", in_runs(more, all)),
        (0, less) => format!("less {than}{}", in_runs(less, all)),
        (more, less) => format!("more {than}{}, less in {less}", in_runs(more, all)),
    }
}

struct Setting<'a> {
    cast: &'a Cast,
    recording: &'a Recording,
    point: usize,
}

impl Setting<'_> {
    fn pool(&self) -> String {
        let setup = &self.recording.arms[self.recording.reference].setup;
        words(&setup.pools()[setup.main_pool()].name)
    }

    /// Runs that end with less than the threshold below which the pool counts as collapsed.
    fn lost(record: &Recorded) -> usize {
        let setup = &record.scenario.setup;
        let threshold = setup.pools()[setup.main_pool()].part.collapse;
        values(record, "stock_end").map_or(0, |stock| stock.iter().filter(|stock| **stock < threshold).count())
    }

    fn runs(&self, record: &Recorded) -> usize {
        self.recording.options.runs as usize - record.failed
    }

    /// "the pasture is lost in 120 of 200 runs".
    fn fate(&self, record: &Recorded) -> String {
        let (pool, lost, all) = (self.pool(), Self::lost(record), self.runs(record));
        let left = values(record, "stock_end")
            .map_or(f64::NAN, |stock| stock.iter().filter(|stock| stock.is_finite()).sum::<f64>() / all.max(1) as f64);
        match lost {
            0 => format!("the {pool} lasts in all {all} runs, at {} of full on average at the end", share(left)),
            lost if lost == all => {
                format!("the {pool} is lost in all {all} runs{}", self.when(record))
            }
            lost => format!("the {pool} is lost {}", in_runs(lost, all)),
        }
    }

    /// When it first fell, where it fell in all runs.
    fn when(&self, record: &Recorded) -> String {
        let mut steps: Vec<f64> = values(record, "collapse_step").map_or_else(Vec::new, <[f64]>::to_vec);
        steps.retain(|step| step.is_finite());
        steps.sort_by(f64::total_cmp);
        let unit = &self.recording.arms[self.recording.reference].file.time.unit;
        steps
            .get(steps.len() / 2)
            .map_or_else(String::new, |step| format!(", in half of them by {unit} {}", fixed(*step, 0)))
    }

    fn welfare(&self, record: &Recorded) -> f64 {
        mean(record, &self.recording.main).map_or(f64::NAN, |(mean, _)| mean)
    }

    /// "28.8 coins a season, 95% of the best fixed plan".
    fn sum(&self, record: &Recorded) -> String {
        let (welfare, money) = (self.welfare(record), self.cast.money());
        let time = crate::model::english::Time::new(&record.scenario.file.time.unit);
        let earned = format!("{} {money} {}", fixed(welfare, 1), time.per());
        let reference = self.recording.points[self.point][self.recording.reference];
        match self.recording.best.get(&reference) {
            Some(best) if *best > 0.0 => {
                format!("{earned}, {} of the best fixed plan", share((welfare / best).max(0.0)))
            }
            _ => earned,
        }
    }

    fn earnings(&self, record: &Recorded) -> String {
        let together = if record.scenario.setup.providers() > 1 { "Together: " } else { "Earned: " };
        format!("{together}{}.", self.sum(record))
    }

    /// An arm beside the reference.
    fn beside(&self, record: &Recorded, pair: &Pair) -> String {
        let name = self.cast.name(record);
        if pair.same {
            return format!("{name}: the same to the last digit, as it is the same place.");
        }
        let all = self.recording.options.runs as usize;
        let reference = self.recording.points[self.point][self.recording.reference];
        let than = format!("than {} ", lowered(&self.cast.name(&self.recording.records[reference])));
        let paired = paired(pair, &than, all);
        let gain = self.gain(record).map_or_else(String::new, |gain| format!(" {gain}"));
        format!("{name}: {}; {}; {paired}.{gain}", self.fate(record), self.sum(record))
    }

    /// "The gain of what they agree on, over six under a random rule: +8.3 coins a season, more in 150 of 200 runs."
    fn gain(&self, record: &Recorded) -> Option<String> {
        let over = placebo::over(self.cast, self.recording, self.point, record)?;
        let (gain, is_sure) = over.gain;
        let (all, than) = (self.recording.options.runs as usize, lowered(&over.name));
        let unit = &record.scenario.file.time.unit;
        if over.pair.same {
            return Some(format!("What they agree on adds nothing to being bound: it is the same as {than}."));
        }
        if !is_sure {
            return Some(format!("What they agree on adds nothing sure to being bound: no clear gain over {than}."));
        }
        let time = crate::model::english::Time::new(unit);
        let gain = format!("{} {} {}", signed(gain, 1), self.cast.money(), time.per());
        Some(format!("The gain of what they agree on, over {than}: {gain}, {}.", paired(&over.pair, "", all)))
    }

    /// "The pasture is lost by six fortresses in 120 of 200 runs, by one owner in 12, by six who agree in none."
    fn head(&self, arms: &[&Recorded]) -> String {
        let reference = arms[self.recording.reference];
        if arms.iter().all(|arm| Self::lost(arm) == 0) {
            return format!("The {} lasts in every run, whoever has it.", self.pool());
        }
        if arms.iter().all(|arm| Self::lost(arm) == self.runs(arm)) {
            return format!("The {} is lost in every run, whoever has it.", self.pool());
        }
        let first = in_runs(Self::lost(reference), self.runs(reference));
        let rest = arms.iter().enumerate().filter(|(arm, _)| *arm != self.recording.reference).map(|(_, arm)| {
            let lost = match Self::lost(arm) {
                0 => "in none".to_owned(),
                lost if lost == self.runs(arm) => "in all".to_owned(),
                lost => format!("in {lost}"),
            };
            format!(", by {} {lost}", lowered(&self.cast.name(arm)))
        });
        let rest: String = rest.collect();
        format!("The {} is lost by {} {first}{rest}.", self.pool(), lowered(&self.cast.name(reference)))
    }
}
