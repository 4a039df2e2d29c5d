//! What is gained later, or elsewhere: what a provider's own upstream work will bring back to it, and what happens to need that it
//! refers.
//!
//! Without patience a unit of upstream effort is worth the need that it will prevent, at what need met is worth to the provider:
//! the same however it is paid. With patience each level and share of upstream work are weighed as a pair, at the need that
//! would come up on the discounted mean of the steps to come if it kept to them,
//!
//! ```text
//! n̄ = n − new + new (1 − R̄)/(1 − R)        good = m + n̂,   n̂ = new R̄/(1 − R)
//! ```
//!
//! with R the share of new need prevented in this step and R̄ the discounted mean: need that never comes up is no loss of good work, but
//! whoever is paid by the unit loses its price, and whoever is paid a sum saves its cost.

use crate::lanes::{Lanes, keep_lanes_together};
use crate::place::Place;
use crate::setup::{Kind, Setup};
use crate::upstream::{Ahead, Left, MOST_RELIEF, Upstream};
use crate::world::Columns;

/// What is gained later by what is done now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Foresight {
    /// Need met later that a unit of upstream effort brings back to the provider, where there is upstream work.
    pub(crate) returned: Option<Lanes>,
}

impl Foresight {
    /// Nothing that is not in the need foreseen.
    pub(crate) const NONE: Self = Self { returned: None };

    /// What a unit of upstream effort brings back over the life of what it built, given a provider's new need: its own patients'
    /// share of a good that everybody enjoys.
    #[inline(always)]
    pub(crate) fn now(setup: &Setup, place: &Place, index: usize, need_new: Lanes) -> Self {
        let kind = &setup.kinds[index];
        let returned = setup.upstream.as_ref().zip(kind.need.as_ref()).map(|(upstream, _)| {
            let discount = setup.derived.outlooks.as_ref().map(|outlooks| outlooks.discount());
            let built = upstream.built(setup.derived.total_size, discount) * kind.size;
            let stream = setup.derived.builds[index];
            place.upstream[stream].margin * need_new * (built * setup.derived.streams[stream].acts[index])
        });
        Self { returned }
    }

    /// Need met later that a unit of effort with that share of upstream work brings back.
    #[inline(always)]
    pub(crate) fn of(&self, upstream: Lanes) -> Lanes {
        self.returned.map_or(Lanes::ZERO, |returned| upstream * returned)
    }
}

/// Need as a provider with patience foresees it, for anything that it might do upstream.
#[derive(Clone, Copy)]
pub(crate) struct NeedAhead<'a> {
    ahead: &'a Ahead,
    upstream: &'a Upstream,
    /// The most that the stock which it builds reaches, and what of that prevents its own need.
    most: f64,
    acts: f64,
    /// Stock built by a unit of its effort.
    built: f64,
    /// What is left of that stock, with what the others build.
    left: Left,
    /// Share prevented by all other stocks.
    elsewhere: Lanes,
    /// Its new need if none were prevented.
    unrelieved: Lanes,
    /// Its need that is not new.
    old: Lanes,
}

/// Need to be met, and need that counts as met: prevented, or so far as it is met elsewhere.
#[derive(Clone, Copy)]
pub(crate) struct Expected {
    pub(crate) need: Lanes,
    pub(crate) prevented: Lanes,
}

impl Expected {
    /// The same where a share of the need is referred, of which a unit counts so much.
    #[inline(always)]
    pub(crate) fn refer(self, share: Lanes, counts: Lanes) -> Self {
        let referred = self.need * share;
        Self { need: self.need - referred, prevented: self.prevented + referred * counts }
    }
}

/// What a unit of need that a kind refers counts for whoever refers it, if any may be referred.
#[inline(always)]
pub(crate) fn referral(place: &Place, kind: &Kind) -> Option<Lanes> {
    let form = kind.substitute()?;
    let there = &place.kinds[form.by].output;
    Some(form.counts(there.met, there.need))
}

impl<'a> NeedAhead<'a> {
    /// That of a row; `None` where nobody has patience or nothing is prevented.
    #[inline(always)]
    pub(crate) fn now(setup: &'a Setup, place: &Place, index: usize, own: &Columns, row: usize) -> Option<Self> {
        let (ahead, upstream) = setup.derived.ahead.as_ref().zip(setup.upstream.as_ref())?;
        let new = own.needs.as_ref()?[row].new;
        let need = own.need_before_referral(row);
        let (streams, stream) = (&setup.derived.streams, setup.derived.builds[index]);
        let (kind, common) = (&setup.kinds[index], &place.kinds[index]);
        let built = upstream.productivity / setup.derived.total_size * kind.size;
        let share = own.upstream.as_ref().map_or(Lanes::ZERO, |upstream| upstream[row]);
        let stock = &place.upstream[stream];
        let others = (stock.built - own.conduct[row].level * common.granted * share * built).max(Lanes::ZERO);
        let mut elsewhere = Lanes::ZERO;
        for (position, (other, stock)) in streams.iter().zip(&place.upstream).enumerate() {
            if position != stream {
                elsewhere += stock.ahead * other.acts[index];
            }
            keep_lanes_together();
        }
        Some(Self {
            ahead,
            upstream,
            most: streams[stream].most,
            acts: streams[stream].acts[index],
            built,
            left: ahead.left(stock, others),
            elsewhere,
            unrelieved: new / (1.0 - common.relieved.min(MOST_RELIEF)),
            old: need - new,
        })
    }

    /// If in each step it exerted so much effort with that share of upstream work.
    #[inline(always)]
    pub(crate) fn if_it_did(&self, effort: Lanes, share: Lanes) -> Expected {
        let reached = self.ahead.reached(self.upstream, self.most, &self.left, effort * share * self.built);
        let prevented = self.unrelieved * (self.elsewhere + reached * self.acts);
        Expected { need: self.old + (self.unrelieved - prevented), prevented }
    }
}
