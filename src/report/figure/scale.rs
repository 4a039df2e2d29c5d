//! How numbers lie on an axis.

use serde::Serialize;

/// How numbers lie on an axis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AxisScale {
    /// Equal steps are equal differences.
    Even,
    /// Equal steps are equal factors.
    Log,
    /// The numbers are positions from 0, each with its name.
    Names(Vec<String>),
}

impl AxisScale {
    /// Whether equal steps are equal differences.
    pub fn is_even(&self) -> bool {
        *self == Self::Even
    }

    /// Whether what lies between two places means anything, so that they may be joined.
    pub fn is_ordered(&self) -> bool {
        !matches!(self, Self::Names(_))
    }

    /// A number as a place on an even axis.
    pub(in crate::report) fn place(&self, value: f64) -> f64 {
        match self {
            Self::Log if value > 0.0 => value.log10(),
            Self::Log => f64::NAN,
            Self::Even | Self::Names(_) => value,
        }
    }
}
