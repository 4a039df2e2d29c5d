//! What measures are called in code: `Measure::NEED_MET`, `Measure::MARGIN.of("acute").in_year(4)`.

use super::Measure;
use super::address::YEAR;
use std::borrow::Cow;
use std::fmt;

/// The name of a measure: one of the constants of [`Measure`], or whatever text names one in files.
///
/// ```
/// use commonground_engine::measure::{Measure, Name};
///
/// let margin = Measure::MARGIN.of("acute").in_year(4);
/// assert_eq!(margin, Name::from("margin.acute@year4"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name(Cow<'static, str>);

impl Name {
    const fn new(key: &'static str) -> Self {
        Self(Cow::Borrowed(key))
    }

    /// The measure of one kind of provider, or of one pool, instead of the whole place.
    #[must_use]
    pub fn of(&self, kind_or_pool: &str) -> Self {
        Self(Cow::Owned(format!("{self}.{kind_or_pool}")))
    }

    /// The measure in one year, from 1, instead of the whole run.
    #[must_use]
    pub fn in_year(&self, year: u32) -> Self {
        Self(Cow::Owned(format!("{self}{YEAR}{year}")))
    }

    /// As it stands in files.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Name {
    fn from(key: &str) -> Self {
        Self(Cow::Owned(key.to_owned()))
    }
}

impl From<String> for Name {
    fn from(key: String) -> Self {
        Self(Cow::Owned(key))
    }
}

impl From<&Self> for Name {
    fn from(name: &Self) -> Self {
        name.clone()
    }
}

impl From<&Measure> for Name {
    fn from(measure: &Measure) -> Self {
        Self::from(measure.key.as_str())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Names of all measures. A scenario has those that it has use for.
impl Measure {
    /// Stock of a pool at the end of a step, as a share of its capacity: `STOCK.of("pasture")`.
    pub const STOCK: Name = Name::new("stock");
    /// Stock of the main pool at the end, as a share of its capacity.
    pub const STOCK_END: Name = Name::new("stock_end");
    /// Stock of the main pool on average over the run, as a share of its capacity.
    pub const STOCK_MEAN: Name = Name::new("stock_mean");
    /// Whether the main pool collapsed: 1 or 0, so that the mean is the share of runs in which it did.
    pub const COLLAPSED: Name = Name::new("collapsed");
    /// Step of the collapse, from 1; missing in runs without one.
    pub const COLLAPSE_STEP: Name = Name::new("collapse_step");
    /// Effort, in multiples of what is planned.
    pub const EFFORT: Name = Name::new("effort");
    /// Care delivered against plan; without need, the yield of a unit of planned effort.
    pub const YIELD: Name = Name::new("yield");
    /// Share of providers that keep within their share.
    pub const COMPLIANCE: Name = Name::new("compliance");
    /// Share of the need that came up that was met.
    pub const NEED_MET: Name = Name::new("need_met");
    /// Waiting need, in steps' worth of need.
    pub const WAITING: Name = Name::new("waiting");
    /// Waiting need at the end, in steps' worth of need.
    pub const WAITING_END: Name = Name::new("waiting_end");
    /// Need that fell on other kinds of provider, as a share of need.
    pub const SPILLED: Name = Name::new("spilled");
    /// Need that was lost, as a share of need.
    pub const LOST: Name = Name::new("lost");
    /// Need that was referred to other kinds of provider, as a share of need.
    pub const REFERRED: Name = Name::new("referred");
    /// Gini coefficient of need met.
    pub const INEQUALITY: Name = Name::new("inequality");
    /// Care or yield delivered, in the scenario's unit.
    pub const DELIVERED: Name = Name::new("delivered");
    /// Waiting need, in units of care.
    pub const BACKLOG: Name = Name::new("backlog");
    /// Income less cost, as a share of income.
    pub const MARGIN: Name = Name::new("margin");
    /// Income less cost, in money.
    pub const MARGIN_MONEY: Name = Name::new("margin_money");
    /// Income, in money.
    pub const INCOME: Name = Name::new("income");
    /// Cost, in money.
    pub const COST: Name = Name::new("cost");
    /// Share of the paid providers that are in deficit.
    pub const IN_DEFICIT: Name = Name::new("in_deficit");
    /// Cost of governance, as a share of income.
    pub const GOVERNANCE: Name = Name::new("governance");
    /// What the payer pays in a step, in the scenario's unit of money.
    pub const PAYER: Name = Name::new("payer");
    /// Cash in hand at the end, in money.
    pub const CASH: Name = Name::new("cash");
    /// Owed to suppliers at the end, in money.
    pub const DEBT: Name = Name::new("debt");
    /// Paid by a lender, in money.
    pub const LENT: Name = Name::new("lent");
    /// Share of those with a purse whose own money does not pay for their plan.
    pub const SPECIAL_MEASURES: Name = Name::new("special_measures");
    /// What a pool of money is overdrawn by at the end, as a share of a step's sum.
    pub const OVERDRAWN: Name = Name::new("overdrawn");
    /// Income claimed and not paid, as a share of what was claimed.
    pub const UNPAID: Name = Name::new("unpaid");
    /// Bonus earned, as a share of the whole bonus.
    pub const BONUS: Name = Name::new("bonus");
    /// Trust on average over providers, 0 to 1.
    pub const TRUST: Name = Name::new("trust");
    /// The same at the end.
    pub const TRUST_END: Name = Name::new("trust_end");
    /// Need prevented upstream, as a share of need.
    pub const RELIEF: Name = Name::new("relief");
    /// Fees and fines among peers, in money.
    pub const PEER_SANCTIONS: Name = Name::new("peer_sanctions");
    /// Welfare of a step, in money.
    pub const WELFARE: Name = Name::new("welfare");
    /// Welfare against the best that a planner could reach with one constant plan. Measured where there is a benchmark.
    pub const WELFARE_SHARE: Name = Name::new("welfare_share");
    /// What one more unit of claim brings its maker beyond what it brings the place. Measured where there is a benchmark.
    pub const FORTRESS_INDEX: Name = Name::new("fortress_index");
    /// Whether the place recovered from a shock: 1 or 0.
    pub const RECOVERED: Name = Name::new("recovered");
    /// Steps until it did; missing in runs in which it did not.
    pub const RECOVERY_STEPS: Name = Name::new("recovery_steps");
    /// Whether the prime contract failed: 1 or 0.
    pub const CONTRACT_FAILED: Name = Name::new("contract_failed");
    /// Step in which it did, from 1; missing in runs in which it stood.
    pub const CONTRACT_FAILED_STEP: Name = Name::new("contract_failed_step");

    /// All names that have a constant.
    pub const NAMES: [Name; 42] = [
        Self::STOCK,
        Self::STOCK_END,
        Self::STOCK_MEAN,
        Self::COLLAPSED,
        Self::COLLAPSE_STEP,
        Self::EFFORT,
        Self::YIELD,
        Self::COMPLIANCE,
        Self::NEED_MET,
        Self::WAITING,
        Self::WAITING_END,
        Self::SPILLED,
        Self::LOST,
        Self::REFERRED,
        Self::INEQUALITY,
        Self::DELIVERED,
        Self::BACKLOG,
        Self::MARGIN,
        Self::MARGIN_MONEY,
        Self::INCOME,
        Self::COST,
        Self::IN_DEFICIT,
        Self::GOVERNANCE,
        Self::PAYER,
        Self::CASH,
        Self::DEBT,
        Self::LENT,
        Self::SPECIAL_MEASURES,
        Self::OVERDRAWN,
        Self::UNPAID,
        Self::BONUS,
        Self::TRUST,
        Self::TRUST_END,
        Self::RELIEF,
        Self::PEER_SANCTIONS,
        Self::WELFARE,
        Self::WELFARE_SHARE,
        Self::FORTRESS_INDEX,
        Self::RECOVERED,
        Self::RECOVERY_STEPS,
        Self::CONTRACT_FAILED,
        Self::CONTRACT_FAILED_STEP,
    ];
}
