//! Income is claimed and paid, in full or so far as the payer can; rules have been paid for before ([`crate::clocks`]).

use crate::lanes::{Lanes, keep_lanes_together};
use crate::payoff::Earnings;
use crate::place::{Place, Work};
use crate::setup::Setup;
use crate::step::{At, Couple, Moment, Walk};
use crate::world::{Account, Columns, Scratch, World};

/// Income is claimed, where it depends on what the others have done.
pub(super) struct Claim;

/// Payers pay so far as they can.
pub(super) struct Fund;

/// Income is received, before results are parted.
pub(super) struct Receive;

impl Walk for Claim {
    #[inline(always)]
    fn begin(_: &mut Columns) {}

    #[inline(always)]
    fn block(at: &At<'_>, own: &mut Columns, _: &mut Scratch) {
        let mut claims = own.delivered.of(at.block).claims;
        for row in at.rows.clone() {
            let mut earnings = Earnings::claim(at.setup, at.place, at.index, own, row);
            earnings.funded = Lanes::ONE;
            let work = work_of(at, own, row, &earnings);
            if let Some(accounts) = &mut own.accounts {
                let claimed = earnings.income(&work, accounts[row].cost, earnings.per_need());
                accounts[row].income = claimed;
                if at.kind.paid_from.is_some() {
                    claims += claimed.max(Lanes::ZERO) * own.rows.weight(row, at.kind.size);
                }
            }
            keep_lanes_together();
        }
        own.delivered.of(at.block).claims = claims;
    }
}

/// What the effort of a row has come to.
#[inline(always)]
pub(super) fn work_of(_: &At<'_>, own: &Columns, row: usize, earnings: &Earnings<'_>) -> Work {
    let upstream = own.upstream.as_ref().map_or(Lanes::ZERO, |upstream| upstream[row]);
    earnings.work(own.conduct[row].level, upstream, earnings.yields)
}

impl Couple for Fund {
    #[inline(always)]
    fn couple(moment: &Moment<'_>, world: &mut World) {
        let Moment { setup, .. } = *moment;
        let World { kinds, place, .. } = &mut *world;
        place.paid.fill(Lanes::ZERO);
        for (common, own) in place.kinds.iter_mut().zip(kinds) {
            common.claims = own.delivered.join().claims;
            common.funded = Lanes::ONE;
        }
        for pool in 0..setup.pools.len() {
            if !setup.derived.paid[pool].kinds.is_empty() {
                pay(setup, world, pool);
            }
        }
    }
}

/// Pays the claims on one pool of money, so far as it reaches.
#[inline(always)]
fn pay(setup: &Setup, world: &mut World, pool: usize) {
    let World { pools, place, scratch, .. } = world;
    let (part, paid) = (&setup.pools[pool].part, &setup.derived.paid[pool]);
    scratch.claims.take(paid.kinds.iter().map(|(kind, _)| place.kinds[*kind].claims), Lanes::ZERO);
    let (claims, shares) = (&scratch.claims, &mut scratch.shares[..paid.who.len()]);
    if !part.rationing.share_out(part.available(&pools[pool]), claims, &paid.who, &paid.by_priority, shares) {
        place.paid[pool] = claims.total;
        pools[pool].drawn += claims.total;
        return;
    }
    let mut total = Lanes::ZERO;
    for (((kind, _), claim), share) in paid.kinds.iter().zip(&claims.each).zip(&*shares) {
        place.kinds[*kind].funded = *share;
        total += *claim * *share;
        keep_lanes_together();
    }
    place.paid[pool] = total;
    pools[pool].drawn += total;
}

impl Walk for Receive {
    #[inline(always)]
    fn begin(_: &mut Columns) {}

    #[inline(always)]
    fn block(at: &At<'_>, own: &mut Columns, _: &mut Scratch) {
        receive(at, own);
    }
}

/// What of its claims each provider of a block receives.
#[inline(always)]
pub(super) fn receive(at: &At<'_>, own: &mut Columns) {
    let Some(accounts) = &mut own.accounts else { return };
    if at.kind.paid_from.is_none() {
        return;
    }
    let funded = at.place.kinds[at.index].funded;
    for row in at.rows.clone() {
        let Account { income, unpaid, .. } = &mut accounts[row];
        let claimed = *income;
        *income = claimed.max(Lanes::ZERO) * funded;
        *unpaid = claimed - *income;
        keep_lanes_together();
    }
}

/// Opens the books, so that each can be paid by what the place spends and delivers.
#[inline(always)]
pub(super) fn open(place: &mut Place, cost: Lanes, delivered: Lanes) {
    place.books.spending = cost;
    place.books.delivered = delivered;
    place.books.contract.paid = Lanes::ZERO;
}
