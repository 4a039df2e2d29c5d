//! The shadow price of a stock: by how much the welfare of the coming steps rises with one more unit in the pool, everybody
//! at its planned effort.
//!
//! It is made once a scenario. The sixteen lanes hold sixteen starting stocks instead of sixteen runs, all other pools being
//! as they start; the price between two of them is the slope of welfare. Every price looks a whole run ahead: the end of a
//! run is not the end of the place. It knows the pool's law and nothing of chance, of rules or of what is really done.
//! Source: Clark 1990, *Mathematical Bioeconomics*, ch. 2, the user cost of a stock.

use super::planned::{Course, Planned};
use crate::lanes::{LANES, Lanes};
use crate::yardstick::{ShadowPrice, Slopes};

impl ShadowPrice {
    pub(super) fn of(planned: &Planned) -> Self {
        let pools = 0..planned.setup.pools.len();
        Self { pools: pools.map(|pool| slopes(planned, pool)).collect() }
    }
}

fn slopes(planned: &Planned, pool: usize) -> Option<Slopes> {
    let setup = &planned.setup;
    let part = &setup.pools[pool].part;
    if !part.renews_itself() {
        return None;
    }
    let course = Course {
        levels: setup.kinds.iter().map(|kind| Lanes::all(kind.plan)).collect(),
        upstream: vec![Lanes::ZERO; setup.kinds.len()],
    };
    let apart = part.capacity / (LANES - 1) as f64;
    let (welfare, ..) = planned.pursue(&course, 0, |world| {
        world.pools[pool].stock = Lanes::from_fn(|lane| apart * lane as f64);
    });
    let total = welfare * f64::from(setup.steps);
    let slope = |below: usize| (total.lane(below + 1) - total.lane(below)) / apart;
    Some(Slopes { slopes: std::array::from_fn(slope), capacity: part.capacity })
}
