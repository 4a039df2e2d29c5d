//! Graduated sanctions: fines that rise with repeated offences. King's Fund principle 6, Ostrom 5.
//!
//! *Mechanism*: whoever is checked and found above the allotted level pays a fine per unit of excess seen, rising with the
//! number of offences not yet forgiven. The perceived risk is learnt from experience. Fines are shared out among all by
//! size. *Fails by* biting nobody where nobody watches, and by retaliation: those punished under a limit that they had no say
//! in trust the others less (`resentment` in [`crate::society::Society`]). Source: Ostrom 1990, ch. 3; Ostrom, Walker & Gardner 1992.

use super::{Breach, Clock, InForce, Price, Rule, Terms};
use crate::english::{Time, counted, number, percent};
use crate::lanes::{Lanes, Mask, select};
use crate::place::Place;
use crate::society::Society;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Fines that rise with repeated offences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GraduatedSanctions {
    /// How strongly the rule acts: 0 is off, 1 is in full force.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub strength: f64,
    /// What it costs.
    pub cost: Price,
    /// Pays the cost and leaves the mechanism off.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub placebo: bool,
    /// The step with which it begins, counted from 0; before it the rule is not there.
    #[serde(default, skip_serializing_if = "super::is_first")]
    #[schemars(range(min = 0, max = 100_000))]
    pub from: u32,
    /// The step with which it is there no more; without it, it lasts to the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(range(min = 1, max = 100_000))]
    pub until: Option<u32>,
    /// Fine per unit of excess that is seen, for a first offence.
    #[schemars(range(min = 0.0, max = 1e9))]
    pub fine: f64,
    /// By how much the fine rises with each offence not yet forgiven: 1 doubles it after the first.
    #[schemars(range(min = 0.0, max = 100.0))]
    pub rise: f64,
    /// The most offences that count.
    #[schemars(range(min = 0.0, max = 1000.0))]
    pub most: f64,
    /// Share of past offences forgiven per step.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub forgiven: f64,
}

/// What a provider has on its record, and what this step added to it.
#[derive(Clone, Copy, Debug)]
pub struct Offender {
    /// Perceived chance of being caught.
    pub risk: Lanes,
    /// Offences not yet forgiven.
    pub offences: Lanes,
    /// Fine of the step, per unit of size.
    pub fine: Lanes,
    /// Whether it was fined in this step: one or nought.
    pub fined: Lanes,
}

impl Offender {
    /// A clean record, with the risk that is perceived before anybody was checked.
    pub(crate) fn begin(coverage: f64) -> Self {
        Self { risk: Lanes::all(coverage), offences: Lanes::ZERO, fine: Lanes::ZERO, fined: Lanes::ZERO }
    }

    /// The penalty that it expects per unit of excess, from what it has lived through.
    #[inline(always)]
    pub(crate) fn penalty(&self, place: &Place) -> Lanes {
        self.risk * place.fine * (1.0 + place.rise * self.offences) * (1.0 - place.hidden)
    }
}

impl InForce<'_, GraduatedSanctions> {
    #[inline(always)]
    pub(crate) fn inform(&self, place: &mut Place) {
        place.fine = self.strength() * self.rule.fine;
        place.rise = Lanes::all(self.rule.rise);
    }

    /// Whoever is checked and seen above what is tolerated is fined; all remember.
    #[inline(always)]
    pub(crate) fn inspect(&self, own: &mut Offender, place: &Place, society: &Society, breach: &Breach, checked: Mask) {
        let seen = breach.excess * (1.0 - place.hidden);
        let guilty = checked & seen.greater(breach.agreed * society.tolerance);
        let fine = place.fine * (1.0 + place.rise * own.offences) * seen;
        own.fine = select(guilty, fine, Lanes::ZERO);
        let offence = guilty.number() * self.strength();
        own.offences = ((own.offences + offence) * (1.0 - self.rule.forgiven)).min(Lanes::all(self.rule.most));
        own.fined = offence;
        own.risk = society.risk_after(own.risk, checked.number());
    }
}

impl Rule for GraduatedSanctions {
    fn terms(&self) -> Terms<'_> {
        Terms {
            strength: self.strength,
            placebo: self.placebo,
            cost: &self.cost,
            clock: Clock { from: self.from, until: self.until },
        }
    }
    fn principle(&self) -> &'static str {
        "King's Fund 6, Ostrom 5"
    }
    fn describe(&self, time: &Time) -> Vec<String> {
        let rises = self.rise > 0.0;
        let rise = if rises {
            let (rise, most) = (percent(self.rise), counted(self.most, "offence"));
            format!("and {rise} more for each earlier offence that is not yet forgiven, up to {most}")
        } else {
            "and no more for a repeated offence".to_owned()
        };
        let fine = format!(
            "A provider that is seen to exceed its share pays {} per unit of excess, {rise}.",
            number(self.fine)
        );
        let forgiven = (rises && self.forgiven > 0.0)
            .then(|| format!("Each {} {} of past offences is forgiven.", time.one(), percent(self.forgiven)));
        [fine].into_iter().chain(forgiven).collect()
    }
}
