//! Under which conditions a design fails: the box of PRIM in the space of shocks and of what is uncertain.

use super::Futures;
use super::file::Range;
use crate::statistics::Interval;
use crate::statistics::prim::{Column, Limits, Patience, PrimBox, prim, telling};

/// Where a design fails.
#[derive(Clone, Debug, PartialEq)]
pub enum Failing {
    /// It meets all goals in every future.
    Nowhere,
    /// It does so in none.
    Everywhere,
    /// It does so in so few ([`NEARLY`]) that a box says little of the failures.
    NearlyEverywhere(FailBox),
    /// Failures are densest here.
    Within(FailBox),
}

/// Share of the futures from which on a design fails nearly everywhere (assumed).
pub const NEARLY: f64 = 0.95;

/// The box of conditions under which a design fails.
#[derive(Clone, Debug, PartialEq)]
pub struct FailBox {
    /// All boxes that were tried, from the whole to the densest.
    pub boxes: Vec<PrimBox>,
    /// The one that tells failures from other futures best ([`telling`]).
    pub chosen: PrimBox,
    /// Its limits in the words of the study, those it has.
    pub conditions: Vec<Condition>,
}

/// One limit of a box.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// Which dimension.
    pub dimension: usize,
    /// What must hold.
    pub held: Held,
    /// How likely the limit would be by chance: the smaller of its ends' quasi-p-values.
    pub quasi_p: f64,
}

/// What must hold along a dimension.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    /// The number is within the first interval, of all in the second.
    Between(Interval, Interval),
    /// The shock is one of these ladders, by position; none is the absence of any.
    Among(Vec<Option<usize>>),
    /// Of a parameter that is one of several words, it is one of these, by position.
    Levels(Vec<usize>),
}

impl FailBox {
    /// Futures that fail, in the box or not.
    pub fn failures(&self) -> usize {
        self.boxes.first().map_or(0, |whole| whole.of_interest)
    }

    /// All futures.
    pub fn cases(&self) -> usize {
        self.boxes.first().map_or(0, |whole| whole.cases)
    }
}

impl Futures {
    /// Names of the dimensions in which boxes are sought, in their order: severity, every parameter, and of several ladders
    /// which one it is.
    pub fn dimensions(&self) -> Vec<String> {
        let mut names = vec!["Severity of the shock".to_owned()];
        names.extend(self.shocks.file.parameters.values().map(|parameter| parameter.label.clone()));
        names.extend(self.has_kinds().then(|| "Shock".to_owned()));
        names
    }

    fn has_kinds(&self) -> bool {
        self.shocks.file.ladders.len() > 1
    }

    /// Whether a parameter is one of several words rather than a number.
    pub fn is_levels(&self, parameter: usize) -> bool {
        let parameter = self.shocks.file.parameters.get_index(parameter);
        parameter.is_some_and(|(_, parameter)| matches!(parameter.range, Range::Among(_)))
    }

    /// What holds in every future, a column a dimension. No shock is category 0, the ladders follow.
    fn columns(&self) -> Vec<Column> {
        let futures = 0..self.count();
        let severity = futures.clone().map(|future| self.shocks.severity(self.place(future).1)).collect();
        let parameter = |position: usize| {
            let values = (0..self.count()).map(|future| self.points[self.place(future).0][position]);
            if self.is_levels(position) {
                return Column::Categories(values.map(|level| level as usize).collect());
            }
            Column::Numbers(values.collect())
        };
        let mut columns = vec![Column::Numbers(severity)];
        columns.extend((0..self.shocks.file.parameters.len()).map(parameter));
        if self.has_kinds() {
            let kind = |future: usize| self.shocks.rungs[self.place(future).1].step.map_or(0, |(ladder, _)| ladder + 1);
            columns.push(Column::Categories(futures.map(kind).collect()));
        }
        columns
    }
}

/// Where a design fails that meets all goals in some of the futures.
pub(super) fn failing(futures: &Futures, met: &[bool]) -> Failing {
    if met.iter().all(|met| *met) {
        return Failing::Nowhere;
    }
    let fails: Vec<bool> = met.iter().map(|met| !met).collect();
    let boxes = prim(&futures.columns(), &fails, Patience::default()).unwrap_or_default();
    let Some(chosen) = telling(&boxes).cloned() else { return Failing::Everywhere };
    let whole = &boxes[0].limits;
    let conditions = (0..whole.len()).filter(|dimension| chosen.restricted[*dimension]).filter_map(|dimension| {
        let held = match (&chosen.limits[dimension], &whole[dimension]) {
            (Limits::Between(own), Limits::Between(all)) => Held::Between(*own, *all),
            (Limits::Among(levels), _) if dimension > 0 && futures.is_levels(dimension - 1) => {
                Held::Levels(levels.clone())
            }
            (Limits::Among(kinds), _) => Held::Among(kinds.iter().map(|kind| kind.checked_sub(1)).collect()),
            _ => return None,
        };
        let chances = chosen.quasi_p[dimension].iter().flatten().copied();
        Some(Condition { dimension, held, quasi_p: chances.fold(1.0, f64::min) })
    });
    let ladders = futures.shocks.file.ladders.len();
    let found = FailBox { conditions: possible(conditions.collect(), ladders), chosen, boxes };
    if found.failures() as f64 >= NEARLY * found.cases() as f64 {
        return Failing::NearlyEverywhere(found);
    }
    Failing::Within(found)
}

/// The conditions without what another rules out: where the severity is above that of no shock, "no shock" is no case; and where
/// then every ladder is one, that the shock is one of them says nothing.
fn possible(mut conditions: Vec<Condition>, ladders: usize) -> Vec<Condition> {
    let is_severe = |condition: &Condition| match &condition.held {
        Held::Between(own, _) => condition.dimension == 0 && own.low > 0.0,
        Held::Among(_) | Held::Levels(_) => false,
    };
    if conditions.iter().any(is_severe) {
        for condition in &mut conditions {
            if let Held::Among(kinds) = &mut condition.held {
                kinds.retain(Option::is_some);
            }
        }
        conditions.retain(|condition| !matches!(&condition.held, Held::Among(kinds) if kinds.len() == ladders));
    }
    conditions
}

#[cfg(test)]
mod tests {
    use super::*;

    fn severity(low: f64) -> Condition {
        let held = Held::Between(Interval { low, high: 1.0 }, Interval { low: 0.0, high: 1.0 });
        Condition { dimension: 0, held, quasi_p: 0.01 }
    }

    fn among(kinds: &[Option<usize>]) -> Condition {
        Condition { dimension: 3, held: Held::Among(kinds.to_vec()), quasi_p: 0.01 }
    }

    #[test]
    fn no_box_asks_for_a_severe_shock_and_for_none() {
        let told = |kinds: &[Option<usize>], low| possible(vec![severity(low), among(kinds)], 3);
        assert_eq!(told(&[None, Some(1)], 0.6), [severity(0.6), among(&[Some(1)])]);
        assert_eq!(told(&[None, Some(1)], 0.0), [severity(0.0), among(&[None, Some(1)])]);
        assert_eq!(told(&[None, Some(0), Some(1), Some(2)], 0.6), [severity(0.6)]);
    }
}
