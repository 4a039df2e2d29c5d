//! What holds a provider back from taking more than its share: fines, peers, shunning and the norm.

use crate::lanes::Lanes;
use crate::rule::{Reproof, RuleName, Shunning, blend};
use crate::setup::{Kind, Setup};
use crate::world::{Place, ProviderState};

/// The penalty that a provider expects per unit of excess, from what it has lived through.
#[inline(always)]
pub(super) fn penalty(setup: &Setup, place: &Place, state: &ProviderState) -> Option<Lanes> {
    setup.rules.set.graduated_sanctions.as_ref()?;
    Some(state.risk * place.fine * (1.0 + place.rise * state.offences) * (1.0 - place.hidden))
}

/// What awaits a provider above the norm, as the last inspection found the others.
#[inline(always)]
pub(super) fn shunning(setup: &Setup, place: &Place, state: &ProviderState) -> Option<Shunning> {
    let rule = setup.rules.set.ostracism.as_ref()?;
    Some(rule.shunning(setup, place, state, setup.rules.strength(RuleName::Ostracism)))
}

/// What a breach is expected to cost a provider at the hands of its peers.
#[inline(always)]
pub(super) fn reproof(setup: &Setup, place: &Place, kind: &Kind, state: &ProviderState) -> Option<Reproof> {
    let rule = setup.rules.set.peer_sanctions.as_ref()?;
    Some(rule.reproof(setup, place, kind.plan, state))
}

/// How much of the norm's force a provider feels: the more, the more it trusts the others or the vision and had a say in
/// the limit; less while it is in dispute.
#[inline(always)]
pub(super) fn norm(kind: &Kind, position: usize, place: &Place, state: &ProviderState) -> Lanes {
    if kind.norm.weight == 0.0 && kind.norm.breach == 0.0 {
        return Lanes::ZERO;
    }
    let trust = blend(state.trust, Lanes::ONE, place.vision);
    trust * (1.0 - state.dispute) * kind.norm.say(place.force[position])
}
