//! Payment: income as a function of what is delivered, needed and achieved. All sums are per unit of a provider's size,
//! so that 1.0 pays for planned care at its base cost.
//!
//! To add a way of paying: one new file here and its lines in [`Payment`].

mod blended;
mod block;
mod capitation;
mod tariff;

pub use blended::Blended;
pub use block::Block;
pub use capitation::{Capitation, Outcome};
pub use tariff::Tariff;

use super::lanes::Lanes;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a provider is paid.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Payment {
    /// A price for each unit of activity.
    Tariff(Tariff),
    /// A fixed sum whatever is delivered.
    Block(Block),
    /// A fixed sum for planned activity, and a part of the price for each unit above or below it.
    Blended(Blended),
    /// A sum per head by need, part of it tied to outcomes.
    Capitation(Capitation),
}

/// What a payment looks at, per unit of the provider's size.
#[derive(Clone, Copy, Debug)]
pub struct Activity {
    /// Activity that can be charged for.
    pub billed: Lanes,
    /// The provider's own need met, and its need.
    pub own: (Lanes, Lanes),
    /// The whole place's need met, and its need.
    pub place: (Lanes, Lanes),
    /// The planned level of activity.
    pub plan: f64,
}

impl Payment {
    /// Income of one step, with prices as they stand after `years`.
    #[inline(always)]
    pub fn income(&self, activity: &Activity, price_index: f64) -> Lanes {
        match self {
            Self::Tariff(form) => form.income(activity, price_index),
            Self::Block(form) => form.income(price_index),
            Self::Blended(form) => form.income(activity, price_index),
            Self::Capitation(form) => form.income(activity, price_index),
        }
    }

    /// What a unit of money in the contract is worth after so many years, against 1 at the start.
    pub fn price_index(&self, years: f64) -> f64 {
        let change = match self {
            Self::Tariff(form) => form.change_per_year,
            Self::Block(form) => form.change_per_year,
            Self::Blended(form) => form.change_per_year,
            Self::Capitation(form) => form.change_per_year,
        };
        libm::pow(1.0 + change, years)
    }

    /// One clause of plain English.
    pub fn describe(&self) -> String {
        match self {
            Self::Tariff(form) => form.describe(),
            Self::Block(form) => form.describe(),
            Self::Blended(form) => form.describe(),
            Self::Capitation(form) => form.describe(),
        }
    }
}

/// ", falling by 3.8% a year", or nothing where prices stand still.
fn yearly(change: f64) -> String {
    match change {
        0.0 => String::new(),
        rise if rise > 0.0 => format!(", rising by {:.1}% a year", rise * 100.0),
        fall => format!(", falling by {:.1}% a year", -fall * 100.0),
    }
}

#[cfg(test)]
fn activity(billed: f64, own: f64, place: f64) -> Activity {
    Activity {
        billed: Lanes::all(billed),
        own: (Lanes::all(own), Lanes::ONE),
        place: (Lanes::all(place), Lanes::ONE),
        plan: 1.0,
    }
}
