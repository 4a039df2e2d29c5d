//! Measures as people name them: one of ours, or one of their own worked out from ours in every run, as
//! `margin.acute@year4 - margin.acute@year1` or `share(need_met < 0.85)`.

mod unit;

pub(super) use unit::percent;

use super::formula::{Formula, Tree};
use super::target::unknown;
use crate::model::failure::{FAILED, NO_VALUE};
use crate::model::lanes::{LANES, Lanes};
use crate::model::measure::{self, Address, Better, Measure};
use crate::model::record::Record;
use crate::model::setup::Setup;
use std::fmt;
use std::sync::Arc;

/// Where a measure is read in the record of a run, and what is made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading(What);

#[derive(Clone, Debug, PartialEq)]
enum What {
    Plain(Address),
    Worked(Arc<Formula>, Vec<Address>),
}

/// Why there is no such measure. Shown, it says what might be meant or what is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfound {
    /// There is no measure of ours of that name.
    Unknown(measure::Unknown),
    /// The formula cannot be read, or adds what cannot be added.
    Formula(String),
}

impl fmt::Display for Unfound {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown(found) => formatter.write_str(&unknown(found)),
            Self::Formula(problem) => formatter.write_str(problem),
        }
    }
}

impl Default for Reading {
    /// The first outcome of a run.
    fn default() -> Self {
        Self(What::Plain(Address::Outcome(0)))
    }
}

impl Reading {
    /// Finds a measure, and describes it: one of ours by its key, or a formula over ours, with or without a name as in
    /// `gain = need_met@year4 - need_met@year1`.
    ///
    /// # Errors
    /// A measure that the scenario does not have; a formula that cannot be read, or whose units do not fit each other.
    pub fn find(setup: &Setup, text: &str) -> Result<(Self, Measure), Unfound> {
        let not_ours = match Address::find(setup, text) {
            Ok((address, measure)) => return Ok((Self(What::Plain(address)), measure)),
            Err(unknown) => unknown,
        };
        let (name, text) = named(text);
        if name.is_none() && !is_formula(text) {
            return Err(Unfound::Unknown(not_ours));
        }
        let problem = |problem: String| Unfound::Formula(format!("`{text}`: {problem}"));
        let formula = Formula::of_measures(text).map_err(problem)?;
        let found: Result<Vec<(Address, Measure)>, measure::Unknown> =
            formula.names.iter().map(|key| Address::find(setup, key)).collect();
        let (addresses, measures): (Vec<Address>, Vec<Measure>) = found.map_err(Unfound::Unknown)?.into_iter().unzip();
        if measures.is_empty() {
            return Err(problem("it names no measure".to_owned()));
        }
        let described = describe(&formula, &measures, text).map_err(problem)?;
        let described = match name {
            Some(name) => {
                let key = name.replace(' ', "_");
                if Address::find(setup, &key).is_ok() {
                    return Err(problem(format!("there is a measure `{key}` already; choose another name")));
                }
                Measure { key, label: name.replace('_', " "), ..described }
            }
            None => described,
        };
        Ok((Self(What::Worked(Arc::new(formula), addresses)), described))
    }

    /// The measure in sixteen runs. A run that failed stays one; what cannot be worked out is no value.
    #[must_use]
    pub fn of(&self, record: &Record) -> Lanes {
        match &self.0 {
            What::Plain(address) => address.of(record),
            What::Worked(formula, addresses) => {
                let values: Vec<[f64; LANES]> = addresses.iter().map(|address| address.of(record).to_array()).collect();
                Lanes::from_fn(|lane| {
                    if values.iter().any(|value| value[lane] == FAILED) {
                        return FAILED;
                    }
                    let value = formula.value(&|name| values[name][lane]);
                    if value.is_finite() { value } else { NO_VALUE }
                })
            }
        }
    }
}

/// Whether a text has signs that no key of a measure has.
fn is_formula(text: &str) -> bool {
    text.contains(['+', '-', '*', '/', '^', '(', '{', '<', '>'])
}

/// The name that is given to a formula, and the formula: `gain = need_met@year4 - need_met@year1`.
pub(super) fn named(text: &str) -> (Option<&str>, &str) {
    let Some((name, formula)) = text.split_once('=') else { return (None, text.trim()) };
    let name = name.trim();
    let is_plain = |letter: char| letter.is_alphanumeric() || " _-".contains(letter);
    let is_name = name.chars().next().is_some_and(char::is_alphabetic) && name.chars().all(is_plain);
    if is_name { (Some(name), formula.trim()) } else { (None, text.trim()) }
}

/// What a formula over measures is: its title, unit and direction.
fn describe(formula: &Formula, measures: &[Measure], text: &str) -> Result<Measure, String> {
    let found = unit::of(formula.tree(), measures)?;
    let change = change(formula.tree(), measures);
    let (label, better) = match change {
        Some((of, label)) => (label, if of.better == Better::Towards { Better::Neither } else { of.better }),
        None => (unit::shown(formula.tree(), measures), found.better),
    };
    let about: Vec<&Option<String>> = measures.iter().map(|measure| &measure.kind).collect();
    Ok(Measure {
        key: text.chars().filter(|letter| !letter.is_whitespace()).collect(),
        label,
        unit: found.unit,
        sort: found.sort,
        better,
        level: None,
        matters: found.matters,
        kind: about.first().filter(|first| about.iter().all(|kind| kind == *first)).and_then(|kind| (*kind).clone()),
    })
}

/// The change of one measure from year to year: "change of need met from year 1 to year 4".
fn change<'a>(tree: &Tree, measures: &'a [Measure]) -> Option<(&'a Measure, String)> {
    let Tree::Binary('-', sides) = tree else { return None };
    let [Tree::Name(later), Tree::Name(earlier)] = **sides else { return None };
    let (later, earlier) = (measures.get(later)?, measures.get(earlier)?);
    let (stem, to) = later.key.split_once("@year")?;
    let (other, from) = earlier.key.split_once("@year")?;
    let label = later.label.strip_suffix(&format!(" in year {to}"))?;
    (stem == other).then(|| (later, format!("change of {label} from year {from} to year {to}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::measure::{Sort, Unit};
    use crate::scenario::Scenario;

    fn found(text: &str) -> Result<Measure, String> {
        let scenario = Scenario::bundled("place-fortress").unwrap();
        Reading::find(&scenario.setup, text).map(|found| found.1).map_err(|problem| problem.to_string())
    }

    #[test]
    fn a_formula_has_a_title_a_unit_and_a_direction() {
        let change = found("margin.acute@year4 - margin.acute@year1").unwrap();
        assert_eq!(change.key, "margin.acute@year4-margin.acute@year1");
        assert!(
            change.label.starts_with("change of ") && change.label.ends_with(" from year 1 to year 4"),
            "{}",
            change.label
        );
        assert_eq!((change.unit, change.better, change.kind.as_deref()), (Unit::Share, Better::Higher, Some("acute")));
        let below = found("share(need_met < 0.85)").unwrap();
        assert_eq!((below.unit, below.sort, below.better), (Unit::Share, Sort::Chance, Better::Lower));
        assert_eq!(below.label, "runs with need met below 85%");
        let double = found("-2 * need_met").unwrap();
        assert_eq!((double.unit, double.better, double.label.as_str()), (Unit::Share, Better::Lower, "−2 × need met"));
        let of_both = found("(1 - 3) * need_met").unwrap();
        assert_eq!(
            (of_both.better, of_both.matters),
            (Better::Lower, 2.0 * found("need_met").unwrap().matters),
            "a factor that is worked out has a sign and a size"
        );
        let half = found("need_met / max(2, 1)").unwrap();
        assert_eq!((half.better, half.matters), (Better::Higher, found("need_met").unwrap().matters / 2.0));
        let named = found("worst of two = min(margin.acute, margin.community)").unwrap();
        assert_eq!(
            (named.key.as_str(), named.label.as_str(), named.better),
            ("worst_of_two", "worst of two", Better::Higher)
        );
        assert_eq!(found("margin.acute / need_met").unwrap().unit, Unit::Share);
        assert_eq!(found("need_met").unwrap().key, "need_met");
    }

    #[test]
    fn what_cannot_be_added_compared_or_found_is_told() {
        for (text, words) in [
            ("need_met + collapse_step", "only like is added to or compared with like"),
            ("need_mat - need_met", "did you mean"),
            ("need_met -", "it ends where"),
            ("1 + 1", "names no measure"),
            ("share(need_met)", "`<` or `>` is missing"),
            ("share(need_met < collapse_step)", "only like"),
            ("margin.acute / share(need_met < 0.9)", "0 in some runs"),
            ("2 ^ need_met + collapse_step", "only like is added to"),
            ("need met = margin.acute", "there is a measure `need_met` already"),
            ("gain = need_met", ""),
        ] {
            match found(text) {
                Err(problem) => assert!(problem.contains(words), "{text}: {problem}"),
                Ok(_) => assert!(words.is_empty(), "{text}"),
            }
        }
    }

    #[test]
    fn a_formula_is_worked_out_in_every_run() {
        use crate::model::run;
        use crate::model::simd::InstructionSet;
        let scenario = Scenario::bundled("pasture-fortress").unwrap();
        let record = run::run(&scenario.setup, 3, std::array::from_fn(|run| run as u64), InstructionSet::best());
        let of = |text: &str| Reading::find(&scenario.setup, text).unwrap().0.of(&record).to_array();
        let (end, mean, both) = (of("stock_end"), of("stock_mean"), of("2 * stock_end - stock_mean"));
        let below = of("share(stock_end < stock_mean)");
        for run in 0..LANES {
            assert!((both[run] - (2.0 * end[run] - mean[run])).abs() < 1e-15);
            assert_eq!(below[run] > 0.5, end[run] < mean[run]);
        }
        assert!(of("stock_end / (stock_end - stock_end)").iter().all(|value| value.is_nan()));
    }
}
