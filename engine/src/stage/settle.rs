//! What each has gained is settled; what providers do is checked, and whoever was fined or rationed takes it amiss.

use super::fund::{receive, work_of};
use crate::dice::Purpose;
use crate::lanes::{Lanes, keep_lanes_together};
use crate::payoff::{Deterrents, Earnings, Foresight, referral};
use crate::rule::Breach;
use crate::step::{At, Walk};
use crate::world::{Columns, Scratch};

/// Income is received, gains are settled, and what was done is checked.
pub(super) struct Settle;

/// The same where income has been received.
pub(super) struct SettleReceived;

impl Walk for Settle {
    #[inline(always)]
    fn begin(own: &mut Columns) {
        own.settled.clear();
    }

    #[inline(always)]
    fn block(at: &At<'_>, own: &mut Columns, _: &mut Scratch) {
        receive(at, own);
        settle(at, own);
    }
}

impl Walk for SettleReceived {
    #[inline(always)]
    fn begin(own: &mut Columns) {
        own.settled.clear();
    }

    #[inline(always)]
    fn block(at: &At<'_>, own: &mut Columns, _: &mut Scratch) {
        settle(at, own);
    }
}

/// Settles a block.
#[inline(always)]
fn settle(at: &At<'_>, own: &mut Columns) {
    if let Some(mut all) = own.utility.take() {
        for row in at.rows.clone() {
            all[row] = utility(at, own, row);
            keep_lanes_together();
        }
        own.utility = Some(all);
    }
    inspect(at, own);
    dispute(at, own);
}

/// What a provider's step was worth to it, before anybody is compared: its result, with what a missed target weighs, the good it
/// did, and what it expected to be fined for.
#[inline(always)]
fn utility(at: &At<'_>, own: &Columns, row: usize) -> Lanes {
    let At { setup, place, index, kind, .. } = *at;
    let mut earnings = Earnings::of_kind(setup, &place.kinds[index], kind);
    earnings.hold(own.purses.as_ref().map(|purses| &purses[row]));
    if let Some(rule) = setup.rules.external_authority() {
        earnings.target = Some((&rule.rule.target, place.pressure));
    }
    let need_new = match &own.needs {
        Some(needs) => {
            earnings.need = needs[row].need;
            needs[row].new
        }
        None => Lanes::ZERO,
    };
    if let Some((counts, referred)) = referral(place, kind).zip(own.referred.as_ref()) {
        earnings.prevented = Some(referred[row] * counts);
    }
    let work = work_of(at, own, row, &earnings);
    let mut result = match &own.accounts {
        Some(accounts) => accounts[row].income - accounts[row].cost,
        None => -earnings.cost(work.effort),
    };
    if let Some(settlements) = &own.settlements {
        result += settlements[row];
    }
    let upstream = own.upstream.as_ref().map_or(Lanes::ZERO, |upstream| upstream[row]);
    let returned = work.effort * Foresight::now(setup, place, index, need_new).of(upstream);
    let deterrents = Deterrents::now(setup, place, index, own, row);
    earnings.valued(result, work.met, returned) - deterrents.loss(own.planned(row))
}

/// Checks what the providers of a block do, and fines those seen to exceed their share.
#[inline(always)]
fn inspect(at: &At<'_>, own: &mut Columns) {
    let Some(rule) = at.setup.rules.graduated_sanctions() else { return };
    let draws = at.dice.block(&own.luck, Purpose::Audit, at.step, at.block, &mut own.kept.audit);
    let checked = at.place.kinds[at.index].checked;
    let mut fines = own.settled.of(at.block).fines;
    for row in at.rows.clone() {
        let breach = Breach::now(at.place, at.index, own, row);
        let weight = own.rows.weight(row, at.kind.size);
        if let Some(offenders) = &mut own.offenders {
            rule.inspect(&mut offenders[row], at.place, &at.setup.society, &breach, draws.of(row).less(checked));
            fines += offenders[row].fine * weight;
        }
        keep_lanes_together();
    }
    own.settled.of(at.block).fines = fines;
}

/// Old disputes die down, and whoever has been fined or rationed in this step is in a new one.
#[inline(always)]
fn dispute(at: &At<'_>, own: &mut Columns) {
    let Some(disputes) = &mut own.disputes else { return };
    let society = &at.setup.society;
    let alone = Lanes::all(society.settling);
    let settling = at.setup.rules.mediation().map_or(alone, |rule| rule.settling(alone));
    let common = &at.place.kinds[at.index];
    let rationed = common.granted.min(common.funded).less(Lanes::ONE).number();
    let mut sum = own.settled.of(at.block).disputes;
    for row in at.rows.clone() {
        let fined = own.offenders.as_ref().map_or(Lanes::ZERO, |offenders| offenders[row].fined);
        let aggrieved = fined.max(rationed) * society.grievance;
        disputes[row] = (disputes[row] * (1.0 - settling)).max(aggrieved);
        sum += disputes[row] * own.rows.weight(row, 1.0);
        keep_lanes_together();
    }
    own.settled.of(at.block).disputes = sum;
}
