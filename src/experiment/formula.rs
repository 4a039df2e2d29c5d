//! Formulas in a file or a command: `100 * ({with: delivered.acute@year2} / {without: delivered.acute@year2} - 1)`.
//!
//! Numbers, names in braces, `+ - * / ^`, brackets, and `sqrt`, `exp`, `ln`, `abs`, `min`, `max`. Formulas over measures have names
//! without braces, too, and `share(a < b)`.

mod reader;

use reader::{Names, Reader};

/// A formula that has been read.
#[derive(Clone, Debug, PartialEq)]
pub struct Formula {
    tree: Tree,
    /// What stands in braces, each once, in the order in which it is first met.
    pub names: Vec<String>,
}

/// What a formula is made of.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree {
    Number(f64),
    Name(usize),
    Negative(Box<Tree>),
    Binary(char, Box<[Tree; 2]>),
    Call(Function, Vec<Tree>),
    /// Whether the first is below the second (`<`) or above it: 1 or 0.
    Share(char, Box<[Tree; 2]>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Sqrt,
    Exp,
    Ln,
    Abs,
    Min,
    Max,
}

impl std::str::FromStr for Formula {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Self::read(text, Names::InBraces)
    }
}

#[cfg(test)]
impl Default for Formula {
    fn default() -> Self {
        Self { tree: Tree::Number(0.0), names: Vec::new() }
    }
}

impl Formula {
    /// A formula over measures: `margin.acute@year4 - margin.acute@year1`, `share(need_met < 0.85)`.
    ///
    /// # Errors
    /// It cannot be read, in words that say where and what was expected.
    pub(super) fn of_measures(text: &str) -> Result<Self, String> {
        Self::read(text, Names::OfMeasures)
    }

    fn read(text: &str, style: Names) -> Result<Self, String> {
        let mut reader = Reader::new(text, style);
        let tree = reader.sum()?;
        match reader.next() {
            None => Ok(Self { tree, names: reader.names }),
            Some(letter) => Err(format!("`{letter}` was not expected {}", reader.place())),
        }
    }

    /// What it is made of.
    pub(super) fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Its value, given that of each name by its position.
    pub fn value(&self, name: &impl Fn(usize) -> f64) -> f64 {
        self.tree.value(name)
    }
}

impl Tree {
    /// Its value if it holds no name, and is the same in every run.
    pub(super) fn constant(&self) -> Option<f64> {
        (!self.has_name()).then(|| self.value(&|_| f64::NAN))
    }

    fn has_name(&self) -> bool {
        match self {
            Self::Number(_) => false,
            Self::Name(_) => true,
            Self::Negative(of) => of.has_name(),
            Self::Binary(_, sides) | Self::Share(_, sides) => sides.iter().any(Self::has_name),
            Self::Call(_, of) => of.iter().any(Self::has_name),
        }
    }

    fn value(&self, name: &impl Fn(usize) -> f64) -> f64 {
        match self {
            Self::Number(number) => *number,
            Self::Name(position) => name(*position),
            Self::Negative(of) => -of.value(name),
            Self::Share(sign, sides) => {
                let [left, right] = [&sides[0], &sides[1]].map(|side| side.value(name));
                match sign {
                    _ if left.is_nan() || right.is_nan() => f64::NAN,
                    '<' => f64::from(u8::from(left < right)),
                    _ => f64::from(u8::from(left > right)),
                }
            }
            Self::Binary(sign, sides) => {
                let [left, right] = [&sides[0], &sides[1]].map(|side| side.value(name));
                match sign {
                    '+' => left + right,
                    '-' => left - right,
                    '*' => left * right,
                    '/' => left / right,
                    _ => libm::pow(left, right),
                }
            }
            Self::Call(function, of) => {
                let mut values = of.iter().map(|tree| tree.value(name));
                let first = values.next().unwrap_or(f64::NAN);
                match function {
                    Function::Sqrt => first.sqrt(),
                    Function::Exp => libm::exp(first),
                    Function::Ln => libm::log(first),
                    Function::Abs => first.abs(),
                    // Where one of them has no value, nor has the smallest or the largest.
                    Function::Min => values.fold(first, |one, other| of_both(f64::min, one, other)),
                    Function::Max => values.fold(first, |one, other| of_both(f64::max, one, other)),
                }
            }
        }
    }
}

/// What is made of two numbers; none where one of them is none.
fn of_both(make: fn(f64, f64) -> f64, one: f64, other: f64) -> f64 {
    if one.is_nan() || other.is_nan() { f64::NAN } else { make(one, other) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> f64 {
        let formula: Formula = text.parse().unwrap();
        formula.value(&|position| (position + 2) as f64)
    }

    #[test]
    fn what_is_written_is_worked_out_as_on_paper() {
        for (text, expected) in [
            ("1 + 2 * 3", 7.0),
            ("2 - 3 - 4", -5.0),
            ("8 / 2 / 2", 2.0),
            ("-2 ^ 2", -4.0),
            ("2 ^ 3 ^ 2", 512.0),
            ("(1 + 2) * 3", 9.0),
            ("100 * ({a: x@year1} / {b} - {a: x@year1})", 100.0 * (2.0 / 3.0 - 2.0)),
            ("sqrt(16) + abs(-1) + max(1, {a}, 1.5e0) - min(4, 3)", 4.0),
            ("exp(ln(1.5e1))", 15.0),
        ] {
            assert!((value(text) - expected).abs() < 1e-12, "{text}: {}", value(text));
        }
    }

    #[test]
    fn the_smallest_and_the_largest_of_no_value_are_none() {
        for text in ["min({a}, {b})", "min({b}, {a})", "max({a}, {b})", "max(1, {b}, {a})"] {
            let formula: Formula = text.parse().unwrap();
            let known = formula.names[0] == "a";
            let value = formula.value(&|position| if (position == 0) == known { f64::NAN } else { 2.0 });
            assert!(value.is_nan(), "{text}: {value}");
        }
    }

    #[test]
    fn what_is_no_formula_is_told_and_nothing_panics() {
        let deep = "(".repeat(4000) + "1";
        let long = "1".to_owned() + &"+1".repeat(5000);
        let texts = ["", "1 +", "(1", "1)", "{a", "sin(1)", "1..2", "sqrt(1, 2)", "1 2", "é", "min()", "{a} {b}"];
        for text in texts.into_iter().chain([deep.as_str(), long.as_str()]) {
            assert!(text.parse::<Formula>().is_err(), "{}", &text[..text.len().min(20)]);
        }
        assert_eq!(
            "1 + x".parse::<Formula>(),
            Err("there is no `x`: there are sqrt, exp, ln, abs, min and max; a name stands in braces".to_owned())
        );
    }
}
