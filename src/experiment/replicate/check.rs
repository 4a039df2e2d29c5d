//! One value of ours beside the published one.

use serde::Serialize;

/// One value of ours beside the published one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// What the value is.
    pub what: String,
    /// Ours.
    pub ours: f64,
    /// The published one.
    pub published: f64,
    /// How far ours may be from it.
    pub tolerance: Tolerance,
    /// What it is counted in.
    pub unit: Unit,
    /// How the published value is known.
    pub status: Status,
}

/// How far a value may be from the published one.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Tolerance {
    /// Not at all.
    Exact,
    /// By so much, in its own unit.
    Within(f64),
    /// By that share of the published value.
    Relative(f64),
    /// As far as it is: it is told beside the others and not judged.
    Told,
}

/// What a value is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A plain number.
    Number,
    /// A share, shown as per cent.
    Share,
}

/// How a published value is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Derived anew from the published formula and parameters.
    Computed,
    /// Read in the paper, its code or a text that quotes it.
    Read,
    /// Recalled and not checked against the paper.
    Recalled,
}

impl Check {
    /// Whether it is judged at all.
    pub fn is_judged(&self) -> bool {
        self.tolerance != Tolerance::Told
    }

    /// Whether ours is what was published, within the tolerance, where it is judged.
    pub fn passes(&self) -> bool {
        let allowed = match self.tolerance {
            Tolerance::Told => return true,
            Tolerance::Exact => 0.0,
            Tolerance::Within(distance) => distance,
            Tolerance::Relative(share) => share * self.published.abs(),
        };
        (self.ours - self.published).abs() <= allowed
    }
}

impl Status {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Computed => "computed",
            Self::Read => "read",
            Self::Recalled => "recalled",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_passes_within_its_tolerance_and_a_missing_one_never() {
        let check = |ours, tolerance| Check {
            what: "stock".to_owned(),
            ours,
            published: -20.0,
            tolerance,
            unit: Unit::Number,
            status: Status::Computed,
        };
        assert!(
            check(-20.1, Tolerance::Relative(0.006)).passes() && !check(-20.1, Tolerance::Relative(0.004)).passes()
        );
        assert!(check(-19.9, Tolerance::Within(0.11)).passes() && !check(-19.9, Tolerance::Within(0.09)).passes());
        assert!(check(-20.0, Tolerance::Exact).passes() && !check(-20.000_1, Tolerance::Exact).passes());
        assert!(!check(f64::NAN, Tolerance::Within(1e9)).passes());
        assert!(check(0.0, Tolerance::Told).passes() && !check(0.0, Tolerance::Told).is_judged());
    }
}
