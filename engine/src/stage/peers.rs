//! Providers compare what they have with what others have and did: they shun, and fine each other.

use crate::lanes::{Lanes, keep_lanes_together, select};
use crate::place::{Keepers, Place};
use crate::rows::Total;
use crate::rule::{Breach, Conduct, InForce, Ostracism, Spent};
use crate::setup::Setup;
use crate::step::{Couple, Moment};
use crate::world::{Columns, World};

/// All look at each other.
pub(super) struct Compare;

impl Couple for Compare {
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, .. } = *moment;
        shun(setup, world);
        fine(setup, world);
    }
}

/// Counts those who keep to the norm and takes from the utility of those who do not.
#[inline(always)]
fn shun(setup: &Setup, world: &mut World) {
    let Some(rule) = setup.rules.ostracism() else { return };
    let World { kinds, place, .. } = world;
    let mut keepers = Keepers::NONE;
    for (index, own) in kinds.iter().enumerate() {
        let keeps =
            |row: usize| InForce::<Ostracism>::keeps(place, &setup.society, &Breach::now(place, index, own, row));
        keepers.count += own.sum(1.0, |row| keeps(row).number());
        keepers.utility += own.sum(1.0, |row| select(keeps(row), own.gained(row), Lanes::ZERO));
    }
    place.keepers = keepers;
    for (index, own) in kinds.iter_mut().enumerate() {
        for row in 0..own.rows.count() {
            let breach = Breach::now(place, index, own, row);
            let utility = own.gained(row);
            let shunning = rule.shunning(place, &setup.society, &breach, utility, setup.derived.providers);
            let loss = shunning.loss(utility, breach.excess, breach.agreed, setup.society.tolerance);
            own.lose(row, loss);
            keep_lanes_together();
        }
    }
}

/// Members fine each other for what they did in this step, and remember what a breach cost.
#[inline(always)]
fn fine(setup: &Setup, world: &mut World) {
    let Some(rule) = setup.rules.peer_sanctions() else { return };
    let World { kinds, place, .. } = world;
    place.conduct = place.level;
    let society = &setup.society;
    let company = |own: &Conduct| setup.derived.total_size - own.size;
    let mut breaches = Lanes::ZERO;
    for (index, own) in kinds.iter().enumerate() {
        let Some(peers) = &own.peers else { continue };
        breaches +=
            own.sum(1.0, |row| rule.breach(place, society, &conduct(setup, place, index, own, row), &peers[row]));
    }
    let mut all = Spent::NONE;
    for (index, own) in kinds.iter().enumerate() {
        let Some(peers) = &own.peers else { continue };
        let spends = |row: usize| {
            let one = conduct(setup, place, index, own, row);
            let others = breaches - rule.breach(place, society, &one, &peers[row]);
            rule.spends(&one, &peers[row], others, company(&one))
        };
        all.per_breach += own.sum(1.0, |row| spends(row).per_breach);
        all.per_size += own.sum(1.0, |row| spends(row).per_size);
    }
    let mut total = Lanes::ZERO;
    for (index, (kind, own)) in setup.kinds.iter().zip(kinds).enumerate() {
        for row in 0..own.rows.count() {
            let one = conduct(setup, place, index, own, row);
            let Some(peers) = &mut own.peers else { continue };
            let breach = rule.breach(place, society, &one, &peers[row]);
            rule.settle(&one, &mut peers[row], breach, breaches, &all, (company(&one), society));
            let lost = peers[row].fine + peers[row].spending;
            own.lose(row, lost);
            keep_lanes_together();
        }
        if let Some(peers) = &own.peers {
            total += own.sum(kind.size, |row| peers[row].fine + peers[row].spending);
        }
    }
    place.peer_sanctions = total;
}

/// One provider as its peers see it.
#[inline(always)]
fn conduct(setup: &Setup, place: &Place, index: usize, own: &Columns, row: usize) -> Conduct {
    let kind = &setup.kinds[index];
    Conduct {
        size: kind.size,
        plan: kind.plan,
        level: own.planned(row),
        agreed: crate::payoff::agreed(place, index, own, row),
        visible: place.seen_by_all() * (1.0 - place.hidden) * place.kinds[index].inside,
        sanctioning: kind.sanctioning,
    }
}
