//! Production: what total effort draws from a stock. The yield is shared in proportion to effort.
//!
//! To add a production function: one new file here and its lines in [`Production`].

mod cobb_douglas;
mod quadratic;
mod saturating;
mod schaefer;

pub use cobb_douglas::CobbDouglas;
pub use quadratic::Quadratic;
pub use saturating::Saturating;
pub use schaefer::Schaefer;

use crate::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Total yield as a function of total effort E and stock R.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Production {
    /// qER: yield falls in step with the stock.
    Schaefer(Schaefer),
    /// E·(R/K)(1+h)/(R/K+h): yield holds up while the stock runs down, then breaks.
    Saturating(Saturating),
    /// aE − bE²: the laboratory game, with no stock in it.
    Quadratic(Quadratic),
    /// γ E^α R^β.
    CobbDouglas(CobbDouglas),
}

impl Production {
    /// Yield per unit of effort: total yield over total effort.
    #[inline(always)]
    pub fn per_effort(&self, effort: Lanes, stock: Lanes, capacity: f64) -> Lanes {
        match self {
            Self::Schaefer(form) => form.per_effort(stock),
            Self::Saturating(form) => form.per_effort(stock, capacity),
            Self::Quadratic(form) => form.per_effort(effort),
            Self::CobbDouglas(form) => form.per_effort(effort, stock),
        }
    }

    /// What effort yields, in a sentence of plain English.
    pub fn describe(&self) -> String {
        match self {
            Self::Schaefer(form) => form.describe(),
            Self::Saturating(form) => form.describe(),
            Self::Quadratic(form) => form.describe(),
            Self::CobbDouglas(form) => form.describe(),
        }
    }

    /// Whether one user's effort changes what a unit of effort yields in the same step.
    pub fn is_crowded(&self) -> bool {
        matches!(self, Self::Quadratic(_) | Self::CobbDouglas(_))
    }
}
