//! A study as its answer sees it: short names, the measures that have content, and the facts.

use super::super::phrase::{count, counted, plural};
use super::super::study::{COLLAPSED, Study};
use super::fact::{Fact, Judged};
use super::grid::Grid;
use super::names::Names;
use super::topics::{Topic, topics};
use super::{compared, reached, single};
use crate::model::measure::Measure;

/// What an answer is made of.
pub(super) struct View<'a> {
    pub(super) study: Study<'a>,
    pub(super) names: Names,
    /// What stands in the table.
    pub(super) topics: Vec<Topic>,
    /// What does not, as no design differs in it by what matters.
    pub(super) same: Vec<Topic>,
    /// Designs in the order of the table: the first, then from best to worst by the main measure.
    pub(super) order: Vec<usize>,
}

impl<'a> View<'a> {
    pub(super) fn of(study: &Study<'a>) -> Self {
        let all = topics(study).into_iter().filter(|topic| has_content(study, topic));
        let (same, topics) = all.partition(|topic| is_same(study, topic));
        Self { study: *study, names: Names::of(study), topics, same, order: order(study) }
    }

    pub(super) fn fact(&self, design: usize, key: &str) -> Option<Fact<'a>> {
        Fact::of(&self.study, design, key)
    }

    /// The facts of a measure, in the order of the table.
    pub(super) fn facts(&self, key: &str) -> Vec<Fact<'a>> {
        self.others().filter_map(|design| self.fact(design, key)).collect()
    }

    /// The designs but the first, in the order of the table.
    pub(super) fn others(&self) -> impl Iterator<Item = usize> + '_ {
        self.order.iter().copied().skip(1)
    }

    pub(super) fn designs(&self) -> usize {
        self.order.len()
    }

    /// The topic of a measure, whether it stands in the table or not.
    pub(super) fn topic(&self, key: &str) -> Option<&Topic> {
        self.topics.iter().chain(&self.same).find(|topic| topic.key == key)
    }

    /// The mean of a measure with a design.
    pub(super) fn mean(&self, design: usize, key: &str) -> Option<f64> {
        self.study.estimate(design, key).map(|estimate| estimate.mean)
    }

    /// A measure of the first design.
    pub(super) fn measure(&self, key: &str) -> Option<&'a Measure> {
        self.study.measures().iter().find(|measure| measure.key == key)
    }

    /// Kinds of provider that are measured apart, with the facts of a measure of theirs for a design.
    pub(super) fn by_kind(&self, design: usize, measure: &str) -> Vec<(&'a str, Fact<'a>)> {
        let kinds = self.study.kinds().into_iter();
        kinds.filter_map(|kind| Some((kind, self.fact(design, &format!("{measure}.{kind}"))?))).collect()
    }

    /// "10 years, 500 paired runs", "60 seasons, run 0 only".
    pub(super) fn measured(&self) -> String {
        let time = self.study.arms.first().map_or_else(String::new, |arm| {
            let (steps, per_year) = (f64::from(arm.file.time.steps), arm.file.time.steps_per_year);
            let years = steps / per_year;
            let whole = (years - years.round()).abs() < 1e-9 && years >= 1.0 && per_year > 1.0;
            if whole { counted(years.round() as u64, "year") } else { counted(steps as u64, self.study.unit()) }
        });
        let runs = self.study.ensemble.runs;
        let runs = match (runs, self.designs() > 1) {
            (1, false) => "run 0 only".to_owned(),
            (1, true) => "1 pair of runs".to_owned(),
            (_, false) => counted(runs, "run"),
            (_, true) => format!("{} paired {}", count(runs), plural("run")),
        };
        format!("{time}, {runs}")
    }

    /// The table for 80 columns, and that for more.
    pub(super) fn grids(&self) -> (Grid, Grid) {
        match self.designs() {
            0 | 1 => (single::grid(self), single::grid(self)),
            2 => (compared::two(self, false), compared::two(self, true)),
            _ => (compared::many(self, false), compared::many(self, true)),
        }
    }

    /// What stands under the table.
    pub(super) fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        let named =
            if self.names.prefix.is_empty() { String::new() } else { format!("   (names: {}…)", self.names.prefix) };
        if self.designs() > 2 {
            notes.push(format!("▲ better than {}  ▼ worse  ≈ less than matters{named}", self.names.first()));
        }
        if !self.names.letters.is_empty() {
            let letters = self.names.letters.iter().map(|(letter, name)| format!("{letter} = {name}"));
            notes.push(letters.collect::<Vec<_>>().join(", "));
        }
        if !self.same.is_empty() {
            let same: Vec<&str> = self.same.iter().map(|topic| topic.subject.as_str()).collect();
            notes.push(format!("About the same: {}.", same.join(", ")));
        }
        notes.extend(reached::sentence(&self.study));
        notes
    }
}

/// Whether any design has a value that is not the same number everywhere; of a single design, whether it is not nothing.
fn has_content(study: &Study, topic: &Topic) -> bool {
    let designs = study.ensemble.arms.len();
    let mut means = (0..designs).filter_map(|design| study.estimate(design, &topic.key)).map(|estimate| estimate.mean);
    let Some(first) = means.next() else { return false };
    if designs == 1 { first != 0.0 } else { means.any(|mean| mean.total_cmp(&first).is_ne()) }
}

/// Whether no design differs in it by what matters, and it is not a trouble that people must see.
fn is_same(study: &Study, topic: &Topic) -> bool {
    let mut facts = study.others().filter_map(|design| Fact::of(study, design, &topic.key)).peekable();
    let Some(first) = facts.peek() else { return false };
    let trouble = topic.key == COLLAPSED && first.from > 0.0 || topic.key.starts_with("margin") && first.from < 0.0;
    !trouble && facts.all(|fact| fact.judged == Judged::Same)
}

/// The first design, then from best to worst by the main measure; in their own order where that does not rank them.
fn order(study: &Study) -> Vec<usize> {
    let key = study.ensemble.main_measure.as_str();
    let good = |design: usize| {
        let estimate = study.estimate(design, key);
        estimate.and_then(|estimate| estimate.measure.good(estimate.mean)).unwrap_or(f64::NEG_INFINITY)
    };
    let mut others: Vec<usize> = study.others().collect();
    others.sort_by(|one, other| good(*other).total_cmp(&good(*one)));
    let first = usize::from(!study.arms.is_empty());
    (0..first).chain(others).collect()
}
