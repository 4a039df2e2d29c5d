//! What is measured: the list of measures of a scenario, and the steps at which series are recorded.

pub use crate::english::{listed, words};
use crate::recovery::Window;
use crate::setup::Setup;
use serde::{Deserialize, Serialize};

/// Something measured, in every step (a series) or once a run (an outcome).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Measure {
    /// Name in files: `need_met`, `stock.capacity`, `margin.acute`.
    pub key: String,
    /// Name for people, without its unit: "need met".
    pub label: String,
    /// Its unit.
    pub unit: Unit,
    /// Which direction is better.
    pub better: Better,
    /// The kind of provider it is about; `None`: the whole place.
    pub kind: Option<String>,
}

/// Unit of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A share, shown as per cent.
    Share,
    /// Steps' worth of need.
    StepsOfNeed,
    /// Steps since the start.
    Steps,
    /// A number of steps.
    Duration,
    /// A plain number.
    Number,
}

/// Which direction of a measure is better for the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither in itself.
    Neither,
}

/// The most points in time at which series are recorded.
pub(super) const MOST_POINTS: u32 = 240;

/// Steps at whose end series are recorded: every one, or evenly thinned in a long run. The last is always among them.
pub fn recorded_steps(steps: u32) -> Vec<u32> {
    let stride = steps.div_ceil(MOST_POINTS).max(1);
    (0..steps).filter(|step| (steps - 1 - step).is_multiple_of(stride)).collect()
}

/// The series of a scenario, in the order in which they are recorded.
pub fn series_measures(setup: &Setup) -> Vec<Measure> {
    let mut list = Vec::new();
    for pool in setup.pools.iter().filter(|pool| pool.part.renews_itself()) {
        list.push(measure(
            &format!("stock.{}", pool.name),
            &format!("stock of {}", words(&pool.name)),
            Unit::Share,
            Better::Higher,
        ));
    }
    list.push(measure("effort", "effort against plan", Unit::Share, Better::Neither));
    list.push(yield_measure(setup));
    if setup.has_need() {
        list.push(measure("need_met", "need met", Unit::Share, Better::Higher));
        list.push(measure("waiting", "waiting need", Unit::StepsOfNeed, Better::Lower));
    } else {
        list.push(measure("welfare", "welfare of a step", Unit::Number, Better::Higher));
    }
    if setup.has_income() {
        list.push(measure("margin", "margin of all providers", Unit::Share, Better::Higher));
    }
    if setup.society.trust_moves() {
        list.push(measure("trust", "trust", Unit::Share, Better::Higher));
    }
    if setup.upstream.is_some() {
        list.push(measure("relief", "need prevented upstream", Unit::Share, Better::Higher));
    }
    if setup.may_fine_peers() {
        list.push(measure("peer_sanctions", "fees and fines among peers", Unit::Number, Better::Lower));
    }
    list
}

/// The outcomes of a run, in the order in which they are recorded.
pub fn outcome_measures(setup: &Setup) -> Vec<Measure> {
    let mut list = vec![
        measure("stock_end", "stock at the end", Unit::Share, Better::Higher),
        measure("stock_mean", "stock on average", Unit::Share, Better::Higher),
        measure("collapsed", "runs in which the pool collapsed", Unit::Share, Better::Lower),
        measure("collapse_step", "step of the collapse", Unit::Steps, Better::Higher),
        measure("effort", "effort against plan", Unit::Share, Better::Neither),
        yield_measure(setup),
        measure("compliance", "providers within their share", Unit::Share, Better::Higher),
    ];
    if setup.has_need() {
        list.push(measure("need_met", "need met", Unit::Share, Better::Higher));
        list.push(measure("waiting_end", "need waiting at the end", Unit::StepsOfNeed, Better::Lower));
        list.push(measure("spilled", "need that fell on others", Unit::Share, Better::Lower));
        list.push(measure("lost", "need that was lost", Unit::Share, Better::Lower));
        list.push(measure("inequality", "inequality of need met (Gini)", Unit::Number, Better::Lower));
    }
    if setup.has_income() {
        list.push(measure("margin", "margin of all providers", Unit::Share, Better::Higher));
        list.push(measure("in_deficit", "paid providers in deficit", Unit::Share, Better::Lower));
        list.push(measure("governance", "cost of governance against income", Unit::Share, Better::Lower));
    }
    for pool in setup.pools.iter().filter(|pool| !pool.part.renews_itself()) {
        let label = format!("{} overdrawn at the end, of a step's sum", words(&pool.name));
        list.push(measure(&format!("overdrawn.{}", pool.name), &label, Unit::Share, Better::Lower));
    }
    if setup.prime().is_some() {
        list.push(measure("contract_failed", "runs in which the prime contract failed", Unit::Share, Better::Lower));
        list.push(measure(
            "contract_failed_step",
            "step in which the prime contract failed",
            Unit::Steps,
            Better::Higher,
        ));
    }
    if setup.society.trust_moves() {
        list.push(measure("trust_end", "trust at the end", Unit::Share, Better::Higher));
    }
    list.extend(welfare_measures(setup));
    for kind in &setup.kinds {
        let name = words(&kind.name);
        if kind.need.is_some() {
            list.push(of_kind(&kind.name, "need_met", &format!("need met, {name}"), Better::Higher));
        } else {
            let measure = yield_measure(setup);
            let label = format!("{}, {name}", measure.label);
            list.push(Measure { unit: measure.unit, ..of_kind(&kind.name, "yield", &label, Better::Higher) });
        }
        if kind.payment.is_some() {
            list.push(of_kind(&kind.name, "margin", &format!("margin, {name}"), Better::Higher));
        }
        if kind.paid_from.is_some() {
            list.push(of_kind(&kind.name, "unpaid", &format!("income claimed and not paid, {name}"), Better::Lower));
        }
        if kind.bonus.is_some() {
            list.push(of_kind(&kind.name, "bonus", &format!("bonus earned, {name}"), Better::Higher));
        }
    }
    list
}

/// What is measured in the public's money, and the recovery from a shock.
fn welfare_measures(setup: &Setup) -> Vec<Measure> {
    let mut list = vec![measure("welfare", "welfare of a step", Unit::Number, Better::Higher)];
    if setup.benchmark.is_some() {
        list.push(measure("welfare_share", "welfare against the best constant plan", Unit::Share, Better::Higher));
        list.push(measure("fortress_index", "fortress index", Unit::Number, Better::Neither));
    }
    if Window::of(setup).is_some() {
        list.push(measure("recovered", "runs that recovered from the shock", Unit::Share, Better::Higher));
        list.push(measure("recovery_steps", "recovery time after the shock", Unit::Duration, Better::Lower));
    }
    list
}

fn measure(key: &str, label: &str, unit: Unit, better: Better) -> Measure {
    Measure { key: key.to_owned(), label: label.to_owned(), unit, better, kind: None }
}

/// Where there is need, planned effort is planned care, and the yield a share of it; in a fishery it is a catch per effort.
fn yield_measure(setup: &Setup) -> Measure {
    if setup.has_need() {
        measure("yield", "care delivered against plan", Unit::Share, Better::Higher)
    } else {
        measure("yield", "yield per unit of planned effort", Unit::Number, Better::Higher)
    }
}

fn of_kind(kind: &str, key: &str, label: &str, better: Better) -> Measure {
    Measure { kind: Some(kind.to_owned()), ..measure(&format!("{key}.{kind}"), label, Unit::Share, better) }
}
