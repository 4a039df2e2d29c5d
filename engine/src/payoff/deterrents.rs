//! What holds a provider back from taking more than its share: the norm, fines, peers and shunning.

use crate::lanes::{Lanes, select};
use crate::place::Place;
use crate::rule::{Breach, Reproof, Shunning, blend};
use crate::setup::{Kind, Setup};
use crate::world::Columns;

/// What holds a provider back. What is absent is not asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deterrents {
    /// Level that it has been allotted.
    pub(crate) agreed: Lanes,
    /// Excess over that level, as a share of it, that is not fined.
    pub(crate) tolerance: f64,
    /// Utility lost to the norm per unit of excess.
    pub(crate) norm: Option<Lanes>,
    /// Utility lost to it by any excess that is not tolerated, where a breach itself weighs on anybody.
    pub(crate) breach: Option<Lanes>,
    /// Penalty expected per unit of excess that is not tolerated.
    pub(crate) penalty: Option<Lanes>,
    /// What a breach is expected to cost at the hands of peers, where they fine each other.
    pub(crate) reproof: Option<Reproof>,
    /// What awaits it above the norm, where the others ostracise.
    pub(crate) shunning: Option<Shunning>,
}

impl Deterrents {
    /// As the last inspection has left them for the provider of a row, without peers and shunning.
    #[inline(always)]
    pub(crate) fn now(setup: &Setup, place: &Place, index: usize, own: &Columns, row: usize) -> Self {
        let kind = &setup.kinds[index];
        let force = norm(setup, place, index, own, row);
        Self {
            agreed: agreed(place, index, own, row),
            tolerance: setup.society.tolerance,
            norm: force.map(|force| force * kind.norm.weight),
            breach: force.filter(|_| kind.norm.breach > 0.0).map(|force| force * kind.norm.breach),
            penalty: own.offenders.as_ref().filter(|_| !is_alone(setup)).map(|offenders| offenders[row].penalty(place)),
            reproof: None,
            shunning: None,
        }
    }

    /// With what peers will do, as they did in the last step, and with shunning, as the last inspection found the others.
    #[inline(always)]
    pub(crate) fn with_peers(
        mut self,
        setup: &Setup,
        place: &Place,
        kind: &Kind,
        own: &Columns,
        (row, utility): (usize, Lanes),
    ) -> Self {
        if let Some((rule, peers)) = setup.rules.peer_sanctions().zip(own.peers.as_ref()) {
            self.reproof = Some(rule.reproof(place, &setup.society, kind.plan, self.agreed, &peers[row]));
        }
        if let Some(rule) = setup.rules.ostracism() {
            let breach = self.breach(own.planned(row));
            self.shunning = Some(rule.shunning(place, &setup.society, &breach, utility, setup.derived.providers));
        }
        self
    }

    /// By how much a level is above what is allotted.
    #[inline(always)]
    pub(crate) fn breach(&self, level: Lanes) -> Breach {
        Breach { agreed: self.agreed, excess: (level - self.agreed).max(Lanes::ZERO) }
    }

    /// What a level costs in conscience and in fines expected, of the place and of peers: what need not be tried out to be known.
    #[inline(always)]
    pub(crate) fn loss(&self, level: Lanes) -> Lanes {
        let excess = (level - self.agreed).max(Lanes::ZERO);
        let breaks = excess.greater(self.agreed * self.tolerance);
        let mut loss = Lanes::ZERO;
        if let Some(norm) = self.norm {
            loss += excess * norm;
        }
        if let Some(penalty) = self.penalty {
            loss += select(breaks, excess, Lanes::ZERO) * penalty;
        }
        if let Some(breach) = self.breach {
            loss += select(breaks, breach, Lanes::ZERO);
        }
        if let Some(reproof) = &self.reproof {
            loss += reproof.loss(level);
        }
        loss
    }

    /// What shunning costs one whose utility would otherwise be `utility` at a level.
    #[inline(always)]
    pub(crate) fn shunned(&self, utility: Lanes, level: Lanes) -> Lanes {
        match &self.shunning {
            Some(shunning) => {
                shunning.loss(utility, (level - self.agreed).max(Lanes::ZERO), self.agreed, self.tolerance)
            }
            None => Lanes::ZERO,
        }
    }

    /// Takes off what [`Self::loss`] counts.
    #[inline(always)]
    pub(crate) fn undeterred(&mut self) {
        self.norm = None;
        self.breach = None;
        self.penalty = None;
        self.reproof = None;
    }
}

impl Breach {
    /// That of the provider of a row, by the plan that it goes by now.
    #[inline(always)]
    pub(crate) fn now(place: &Place, index: usize, own: &Columns, row: usize) -> Self {
        let agreed = agreed(place, index, own, row);
        Self { agreed, excess: (own.planned(row) - agreed).max(Lanes::ZERO) }
    }
}

/// The level allotted to the provider of a row.
#[inline(always)]
pub(crate) fn agreed(place: &Place, index: usize, own: &Columns, row: usize) -> Lanes {
    own.allotted.as_ref().map_or(place.kinds[index].agreed, |allotted| allotted[row])
}

/// Whether there is nobody to whom anything could be owed.
#[inline(always)]
fn is_alone(setup: &Setup) -> bool {
    setup.derived.providers == 1 && setup.outside.is_none()
}

/// How much of the norm's force a provider feels: the more, the more it trusts the others or the vision and had a say in
/// the limit; less while it is in dispute.
#[inline(always)]
fn norm(setup: &Setup, place: &Place, index: usize, own: &Columns, row: usize) -> Option<Lanes> {
    let kind = &setup.kinds[index];
    if kind.norm.weight == 0.0 && kind.norm.breach == 0.0 || is_alone(setup) {
        return None;
    }
    let trust = own.trust.as_ref().map_or(Lanes::all(setup.society.trust), |trust| trust[row]);
    let trust = blend(trust, Lanes::ONE, place.vision);
    let undisputed = own.disputes.as_ref().map_or(Lanes::ONE, |disputes| 1.0 - disputes[row]);
    Some(trust * undisputed * kind.norm.say(place.kinds[index].force))
}
