//! What is gained later: so far only what a provider's own upstream work will bring back to it.

use crate::lanes::Lanes;
use crate::place::Place;
use crate::setup::{Kind, Setup};

/// What is gained later by what is done now.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Foresight {
    /// Need met later that a unit of upstream effort brings back to the provider, where there is upstream work.
    pub(crate) returned: Option<Lanes>,
}

impl Foresight {
    /// What a unit of upstream effort brings back over the life of what it built, given a provider's new need: its own patients'
    /// share of a good that everybody enjoys.
    #[inline(always)]
    pub(crate) fn now(setup: &Setup, place: &Place, kind: &Kind, need_new: Lanes) -> Self {
        let returned = setup.upstream.as_ref().zip(kind.need.as_ref()).map(|(upstream, own)| {
            let discount = setup.derived.outlooks.as_ref().map(|outlooks| outlooks.discount());
            let built = upstream.built(setup.derived.total_size, discount) * kind.size;
            place.upstream_margin * need_new * (built * own.relief)
        });
        Self { returned }
    }

    /// Need met later that a unit of effort with that share of upstream work brings back.
    #[inline(always)]
    pub(crate) fn of(&self, upstream: Lanes) -> Lanes {
        self.returned.map_or(Lanes::ZERO, |returned| upstream * returned)
    }
}
