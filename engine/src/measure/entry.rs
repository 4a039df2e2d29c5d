//! One measure: everything that is known of it, and the function that takes it, in one place.

use super::period::Period;
use super::{Better, Measure, Sort, Unit, words};
use crate::lanes::Lanes;
use crate::limits::LARGEST;
use crate::setup::Setup;

/// When a measure is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// At the end of each recorded step.
    Step,
    /// At the end of each year.
    Year,
    /// At the end of the run.
    Run,
}

/// What a measure is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    /// The whole place.
    Place,
    /// The kind of provider at that position.
    Kind(usize),
    /// The pool at that position.
    Pool(usize),
}

/// Takes a measure of a period: of the sums over it, and of the world as it is at its end.
pub(crate) type Take = fn(&Period<'_>, Subject) -> Lanes;

/// One measure of one subject.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    key: &'static str,
    label: &'static str,
    unit: Unit,
    sort: Sort,
    better: Better,
    level: Option<f64>,
    matters: f64,
    of: Subject,
    taken: &'static [Occasion],
    take: Take,
}

impl Entry {
    /// A measure of the place of which neither direction is better; what differs is said by the methods below. A label of a
    /// pool has `{}` where its name goes.
    pub(super) fn new(key: &'static str, label: &'static str, sort: Sort, take: Take) -> Self {
        let (unit, matters) = usual(sort);
        let (better, of, taken) = (Better::Neither, Subject::Place, &[Occasion::Run]);
        Self { key, label, unit, sort, better, level: None, matters, of, taken, take }
    }

    pub(super) fn of(self, of: Subject) -> Self {
        Self { of, ..self }
    }

    pub(super) fn better(self, better: Better) -> Self {
        Self { better, ..self }
    }

    /// The nearer to a level the better, so far as it is known and a number that can be computed with.
    pub(super) fn towards(self, level: Option<f64>) -> Self {
        let level = level.filter(|level| level.abs() <= LARGEST);
        Self { better: Better::Towards, level, ..self }
    }

    pub(super) fn unit(self, unit: Unit) -> Self {
        Self { unit, ..self }
    }

    pub(super) fn matters(self, matters: f64) -> Self {
        Self { matters, ..self }
    }

    pub(super) fn taken(self, taken: &'static [Occasion]) -> Self {
        Self { taken, ..self }
    }

    pub(crate) fn is_taken(&self, occasion: Occasion) -> bool {
        self.taken.contains(&occasion)
    }

    /// Takes the measure.
    pub(crate) fn take(&self, period: &Period<'_>) -> Lanes {
        (self.take)(period, self.of)
    }

    /// What everybody may know of it.
    pub(crate) fn describe(&self, setup: &Setup) -> Measure {
        let Self { key, label, unit, sort, better, level, matters, of, .. } = *self;
        let (key, label, kind) = match of {
            Subject::Place => (key.to_owned(), label.to_owned(), None),
            Subject::Kind(position) => {
                let name = &setup.kinds[position].name;
                (format!("{key}.{name}"), format!("{label}, {}", words(name)), Some(name.clone()))
            }
            Subject::Pool(position) => {
                let name = &setup.pools[position].name;
                (format!("{key}.{name}"), label.replace("{}", &words(name)), None)
            }
        };
        Measure { key, label, unit, sort, better, level, matters, kind }
    }

    /// Whether it has that key in files, told without making the key.
    pub(super) fn is_called(&self, setup: &Setup, key: &str) -> bool {
        let name = match self.of {
            Subject::Place => return key == self.key,
            Subject::Kind(position) => &setup.kinds[position].name,
            Subject::Pool(position) => &setup.pools[position].name,
        };
        key.strip_prefix(self.key).and_then(|rest| rest.strip_prefix('.')) == Some(name)
    }
}

/// The unit of a sort of number, and how much of a difference in it matters where nothing else is said.
fn usual(sort: Sort) -> (Unit, f64) {
    match sort {
        Sort::Share => (Unit::Share, 0.005),
        Sort::Chance => (Unit::Share, 0.02),
        Sort::Amount | Sort::Money => (Unit::Number, 0.005),
        Sort::Time => (Unit::Duration, 1.0),
        Sort::Count => (Unit::Number, 0.01),
    }
}
