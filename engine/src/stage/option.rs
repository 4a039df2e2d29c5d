//! What each option on the table would bring about for all, and how much its upstream work would reach.

use crate::lanes::{Lanes, keep_lanes_together};
use crate::place::{Place, UpstreamStock};
use crate::rows::Total;
use crate::rule::{OptionOnTable, Sharing};
use crate::setup::Setup;
use crate::upstream::{Stream, Upstream};
use crate::world::{Foreseen, Outlook};

impl Outlook {
    /// Of a total, a share of upstream work and a way of sharing, before anybody looks what it would bring about.
    #[inline(always)]
    pub(super) fn under(level: usize, (total, upstream, by_need): (Lanes, Lanes, Lanes)) -> Self {
        let (all, none) = (Foreseen::NONE, Lanes::ZERO);
        Self {
            level,
            total,
            upstream,
            by_need,
            shift: None,
            arrives: none,
            built: 0.0,
            all,
            contracts: none,
            pooled: none,
        }
    }

    /// Writes down the options so far as what they bring about does not depend on the members, and what each would reach of each stock
    /// of upstream work: `options × stocks`. Options that build as much upstream reach the same, which is worked out once.
    #[inline(always)]
    pub(super) fn of_all(
        setup: &Setup,
        place: &Place,
        options: &[OptionOnTable],
        outlooks: &mut Vec<Self>,
        reached: &mut Vec<Lanes>,
    ) {
        outlooks.clear();
        reached.clear();
        let stocks = place.upstream.len();
        for option in options {
            let built = built(setup, option);
            let mut known = None;
            for (position, other) in outlooks.iter().enumerate() {
                if other.built.to_bits() == built.to_bits() {
                    known = Some(position);
                    break;
                }
            }
            for stock in 0..stocks {
                let mean = match known {
                    Some(position) => reached[position * stocks + stock],
                    None => mean_reached(setup, &place.upstream[stock], &setup.derived.streams[stock], built),
                };
                reached.push(mean);
            }
            let by_need = if option.sharing == Sharing::Need { Lanes::ONE } else { Lanes::ZERO };
            let terms = (Lanes::all(option.total), Lanes::all(option.upstream), by_need);
            outlooks.push(Self { built, ..Self::under(option.level, terms) });
        }
    }
}

/// Stock that would be built in each step under an option in a place that plans a unit of effort a unit of size.
fn built(setup: &Setup, option: &OptionOnTable) -> f64 {
    setup.upstream.map_or(0.0, |upstream| upstream.productivity * option.upstream * option.total)
}

/// How much is reached on the mean of the steps to come, discounted or over the horizon, if so much were built in each from now on.
#[inline(always)]
fn mean_reached(setup: &Setup, now: &UpstreamStock, stream: &Stream, built: f64) -> Lanes {
    let Some(upstream) = &setup.upstream else { return Lanes::ZERO };
    let built = Lanes::all(built * (stream.planned / setup.derived.total_size));
    if let Some(ahead) = &setup.derived.ahead {
        return ahead.reached(upstream, stream.most, &ahead.left(now, built), Lanes::ZERO);
    }
    let horizon = setup.rules.set().collective_choice.as_ref().and_then(|rule| rule.horizon).unwrap_or(1);
    mean_over(upstream, now, stream, built, horizon)
}

/// The mean over so many steps.
#[inline(always)]
fn mean_over(upstream: &Upstream, now: &UpstreamStock, stream: &Stream, built: Lanes, horizon: u32) -> Lanes {
    let (mut stock, mut ripening, mut sum) = (now.stock, now.ripening, Lanes::ZERO);
    for _ in 0..horizon {
        upstream.pass(&mut stock, &mut ripening, built);
        sum += upstream.reached(stream.most, stock);
        keep_lanes_together();
    }
    sum * (1.0 / f64::from(horizon))
}
