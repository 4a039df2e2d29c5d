//! The second ballot of a meeting: shifts between kinds at the total that has just been agreed on or stands, each against none.
//! Formulas: [`crate::rule::Shifts`].

use super::moved::arrives;
use super::table::Table;
use crate::lanes::{Lanes, keep_lanes_together, select};
use crate::place::Place;
use crate::rule::Sharing;
use crate::setup::Setup;
use crate::world::{Outlook, Second, Valuation, World};

/// What a shift is worth in the eyes of all that concerns a kind without a seat: nobody puts it on the table.
const OUT_OF_ORDER: f64 = -1e30;

/// Works out what each shift would be worth to each member at the option of the first ballot that is given for each lane.
#[inline(always)]
pub(super) fn weigh(setup: &Setup, world: &World, options: &Lanes, values: &mut Valuation) {
    let World { kinds, place, .. } = world;
    let mut second = std::mem::take(&mut values.second);
    let terms = stand(setup, place, options, values, &mut second);
    let Second { outlooks, reached, yields, worth, public, .. } = &mut second;
    let Valuation { members, deeds, parts, .. } = values;
    let shifts = &setup.derived.shifts;
    let count = shifts.len() + 1;
    outlooks.clear();
    for position in 0..count {
        let mut outlook = Outlook::under(0, terms);
        outlook.shift = position.checked_sub(1).map(|position| shifts[position]);
        outlooks.push(outlook);
    }
    worth.clear();
    worth.resize(members.len() * count, Lanes::ZERO);
    public.clear();
    for (position, outlook) in outlooks.iter_mut().enumerate() {
        let table = Table { setup, place, kinds, yields, members, reached };
        if let Some(shift) = outlook.shift {
            let first = kinds[..shift.from].iter().map(|own| own.rows.count()).sum();
            outlook.arrives = arrives(&table, shift, (&kinds[shift.from], first), outlook);
        }
        table.foresee(outlook, deeds, parts);
        table.weigh(outlook, deeds, position, count, worth);
        public.push(outlook.all.public);
        if let Some(shift) = outlook.shift {
            let seats = place.kinds[shift.from].inside * place.kinds[shift.to].inside;
            let out = seats.at_most(Lanes::ZERO);
            for worth in worth.iter_mut().skip(position).step_by(count).chain(public.last_mut()) {
                *worth = select(out, Lanes::all(OUT_OF_ORDER), *worth);
                keep_lanes_together();
            }
        }
    }
    values.second = second;
}

/// Total, upstream share and way of sharing that stand in each lane, with what members foresee of pools and upstream work.
fn stand(
    setup: &Setup,
    place: &Place,
    options: &Lanes,
    values: &Valuation,
    second: &mut Second,
) -> (Lanes, Lanes, Lanes) {
    let of = |lane: usize| options.lane(lane) as usize;
    let option = |lane: usize| &setup.derived.options[of(lane)];
    let pools = setup.pools.len();
    for (pool, yields) in second.yields.iter_mut().enumerate() {
        *yields = Lanes::from_fn(|lane| values.yields[option(lane).level * pools + pool].lane(lane));
    }
    let stocks = place.upstream.len();
    for (stock, reached) in second.reached.iter_mut().enumerate() {
        *reached = Lanes::from_fn(|lane| values.reached[of(lane) * stocks + stock].lane(lane));
    }
    let by_need = |lane: usize| if option(lane).sharing == Sharing::Need { 1.0 } else { 0.0 };
    let (total, upstream) = (|lane: usize| option(lane).total, |lane: usize| option(lane).upstream);
    (Lanes::from_fn(total), Lanes::from_fn(upstream), Lanes::from_fn(by_need))
}
