//! The unit of a formula over measures, worked out as on paper, and its words.

use crate::experiment::formula::{Function, Tree};
use crate::experiment::target::CHANCE_MATTERS;
use crate::model::measure::{Better, Measure, Sort, Unit};

/// What a part of a formula is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Found {
    pub(super) unit: Unit,
    pub(super) sort: Sort,
    pub(super) better: Better,
    pub(super) matters: f64,
    /// A number that is written there has no unit of its own: it takes that of what it is added to.
    literal: Option<f64>,
}

/// The unit of a formula.
///
/// # Errors
/// What cannot be added or compared, in words.
pub(super) fn of(tree: &Tree, measures: &[Measure]) -> Result<Found, String> {
    if let Some(number) = tree.constant() {
        return Ok(Found::literal(number));
    }
    match tree {
        Tree::Number(number) => Ok(Found::literal(*number)),
        Tree::Name(position) => Ok(Found::measured(&measures[*position])),
        Tree::Negative(inner) => {
            let found = of(inner, measures)?;
            Ok(Found { better: turned(found.better), ..found })
        }
        Tree::Binary(sign, sides) => {
            let (left, right) = (of(&sides[0], measures)?, of(&sides[1], measures)?);
            match sign {
                '+' => alike(left, right, tree, measures),
                '-' => alike(left, Found { better: turned(right.better), ..right }, tree, measures),
                '*' => Ok(product(left, right)),
                '/' if has_share(&sides[1]) => {
                    Err("`share` is 1 or 0 in a run, so dividing by it divides by 0 in some runs".to_owned())
                }
                '/' => Ok(quotient(left, right)),
                _ => Ok(Found::plain(&left, &right)),
            }
        }
        Tree::Call(Function::Min | Function::Max, parts) => {
            let mut found = parts.iter().map(|part| of(part, measures));
            let first = found.next().unwrap_or(Ok(Found::literal(0.0)))?;
            found.try_fold(first, |so_far, next| alike(so_far, next?, tree, measures))
        }
        Tree::Call(Function::Abs, parts) => {
            let found = parts.first().map_or(Ok(Found::literal(0.0)), |part| of(part, measures))?;
            Ok(Found { better: Better::Neither, ..found })
        }
        Tree::Call(_, parts) => {
            let found = parts.first().map_or(Ok(Found::literal(0.0)), |part| of(part, measures))?;
            Ok(Found::plain(&found, &found))
        }
        Tree::Share(sign, sides) => {
            let (left, right) = (of(&sides[0], measures)?, of(&sides[1], measures)?);
            let difference = alike(left, Found { better: turned(right.better), ..right }, tree, measures)?;
            let better = if *sign == '<' { turned(difference.better) } else { difference.better };
            Ok(Found { unit: Unit::Share, sort: Sort::Chance, better, matters: CHANCE_MATTERS, literal: None })
        }
    }
}

impl Found {
    fn literal(number: f64) -> Self {
        let (unit, sort) = (Unit::Number, Sort::Count);
        Self { unit, sort, better: Better::Neither, matters: 0.0, literal: Some(number) }
    }

    fn measured(measure: &Measure) -> Self {
        let better = if measure.better == Better::Towards { Better::Neither } else { measure.better };
        Self { unit: measure.unit, sort: measure.sort, better, matters: measure.matters, literal: None }
    }

    /// A number without a unit, made of two of which one at least is measured.
    fn plain(left: &Self, right: &Self) -> Self {
        let (unit, sort) = (Unit::Number, Sort::Count);
        let matters = if left.literal.is_some() { right.matters } else { left.matters };
        Self { unit, sort, better: Better::Neither, matters, literal: None }
    }

    /// What it is called where it does not fit: "a share", "money".
    fn words(&self) -> &'static str {
        match (self.unit, self.sort) {
            (Unit::Share, _) => "a share",
            (Unit::StepsOfNeed, _) => "steps' worth of need",
            (Unit::Steps, _) => "a point in time",
            (Unit::Duration, _) => "a number of steps",
            (Unit::Number, Sort::Money) => "money",
            (Unit::Number, Sort::Amount) => "care or yield",
            (Unit::Number, _) => "a plain number",
        }
    }
}

fn turned(better: Better) -> Better {
    match better {
        Better::Higher => Better::Lower,
        Better::Lower => Better::Higher,
        other => other,
    }
}

/// Two that are added, compared or of which one is taken.
fn alike(left: Found, right: Found, tree: &Tree, measures: &[Measure]) -> Result<Found, String> {
    match (left.literal, right.literal) {
        (_, Some(_)) => return Ok(left),
        (Some(_), None) => return Ok(right),
        (None, None) => {}
    }
    // A chance is a share of runs; points in time and times between them are both steps.
    let sort = |found: &Found| if found.unit == Unit::Share { Sort::Share } else { found.sort };
    let steps = |found: &Found| matches!(found.unit, Unit::Steps | Unit::Duration);
    let is_alike = left.unit == right.unit && sort(&left) == sort(&right);
    if !(is_alike || steps(&left) && steps(&right)) {
        return Err(format!(
            "in {} one side is {} and the other {}; only like is added to or compared with like",
            shown(tree, measures),
            left.words(),
            right.words()
        ));
    }
    let better = if left.better == right.better { left.better } else { Better::Neither };
    let unit = if steps(&left) { Unit::Duration } else { left.unit };
    Ok(Found { unit, sort: sort(&left), better, matters: left.matters.max(right.matters), literal: None })
}

/// What is measured, times a number.
fn scaled(found: Found, by: f64) -> Found {
    let better = if by < 0.0 { turned(found.better) } else { found.better };
    // A chance that is scaled is no longer one.
    let sort = if found.sort == Sort::Chance { Sort::Share } else { found.sort };
    // Of money and of amounts what matters is a share of them already.
    let is_relative = matches!(found.sort, Sort::Money | Sort::Amount);
    let matters = if is_relative { found.matters } else { found.matters * by.abs() };
    Found { sort, better, matters, ..found }
}

fn product(left: Found, right: Found) -> Found {
    match (left.literal, right.literal) {
        (Some(by), _) => scaled(right, by),
        (None, Some(by)) => scaled(left, by),
        // A share of something is in its unit.
        (None, None) if left.unit == Unit::Share => Found { better: Better::Neither, ..scaled(right, 1.0) },
        (None, None) if right.unit == Unit::Share => Found { better: Better::Neither, ..scaled(left, 1.0) },
        (None, None) => Found::plain(&left, &right),
    }
}

fn quotient(left: Found, right: Found) -> Found {
    match (left.literal, right.literal) {
        (None, Some(by)) => scaled(left, 1.0 / by),
        (None, None) if right.unit == Unit::Share => Found { better: Better::Neither, ..scaled(left, 1.0) },
        _ => Found::plain(&left, &right),
    }
}

fn has_share(tree: &Tree) -> bool {
    match tree {
        Tree::Share(..) => true,
        Tree::Number(_) | Tree::Name(_) => false,
        Tree::Negative(of) => has_share(of),
        Tree::Binary(_, sides) => sides.iter().any(has_share),
        Tree::Call(_, parts) => parts.iter().any(has_share),
    }
}

/// A formula with the labels of its measures: "need met in year 4 − need met in year 1".
pub(super) fn shown(tree: &Tree, measures: &[Measure]) -> String {
    match tree {
        Tree::Number(number) => number.to_string().replace('-', "−"),
        Tree::Name(position) => measures[*position].label.clone(),
        Tree::Negative(of) => format!("−{}", within(of, measures, 3)),
        Tree::Binary(sign, sides) => {
            let (strength, word) = match sign {
                '+' => (1, "+"),
                '-' => (1, "−"),
                '*' => (2, "×"),
                '/' => (2, "÷"),
                _ => (4, "^"),
            };
            let right = if matches!(sign, '-' | '/') { strength + 1 } else { strength };
            format!("{} {word} {}", within(&sides[0], measures, strength), within(&sides[1], measures, right))
        }
        Tree::Call(function, parts) => {
            let name = match function {
                Function::Sqrt => "square root",
                Function::Exp => "exp",
                Function::Ln => "logarithm",
                Function::Abs => "size",
                Function::Min => "smallest",
                Function::Max => "largest",
            };
            let parts: Vec<String> = parts.iter().map(|part| shown(part, measures)).collect();
            format!("{name} of ({})", parts.join(", "))
        }
        Tree::Share(sign, sides) => {
            let word = if *sign == '<' { "below" } else { "above" };
            let limit = match (&sides[1], of(&sides[0], measures)) {
                (Tree::Number(limit), Ok(found)) if found.unit == Unit::Share => percent(*limit),
                (limit, _) => shown(limit, measures),
            };
            format!("runs with {} {word} {limit}", shown(&sides[0], measures))
        }
    }
}

/// "85%"
pub(in crate::experiment) fn percent(share: f64) -> String {
    format!("{}%", (share * 1e8).round() / 1e6)
}

/// In brackets where signs around it are stronger than its own.
fn within(tree: &Tree, measures: &[Measure], strength: u8) -> String {
    let own = match tree {
        Tree::Binary('+' | '-', _) => 1,
        Tree::Binary('*' | '/', _) => 2,
        Tree::Negative(_) => 3,
        Tree::Binary(..) => 4,
        Tree::Share(..) if strength > 0 => 0,
        _ => 5,
    };
    let text = shown(tree, measures);
    if own < strength { format!("({text})") } else { text }
}
