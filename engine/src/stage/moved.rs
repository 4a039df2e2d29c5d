//! What a shift on the table would mean for those whom it concerns, were it carried out in full. Formulas: [`crate::rule::Shifts`].

use super::table::Table;
use crate::lanes::{Lanes, keep_lanes_together};
use crate::payoff::{referral, unit};
use crate::setup::ShiftOnTable;
use crate::world::{Columns, Member, Outlook};

/// A shift as it concerns a kind, per unit of its size.
pub(super) struct Moved {
    /// Effort that it is allotted on top; below nought for whoever gives.
    pub(super) effort: Lanes,
    /// Money that comes with it, or goes.
    pub(super) money: Lanes,
    /// Units that whoever gives is paid for as if they were met there.
    pub(super) billed: Lanes,
    /// Share of need that is to be referred at least.
    pub(super) refers: Lanes,
    /// What a unit of that counts to whoever refers it, and to the public beyond what it is worth as a unit of the other kind.
    pub(super) counts: (Lanes, Lanes),
    /// Need that comes with it.
    pub(super) arrives: Lanes,
}

impl Moved {
    /// That of a kind that gives or takes; nothing for any other.
    #[inline(always)]
    pub(super) fn by(table: &Table<'_>, shift: ShiftOnTable, index: usize, outlook: &Outlook) -> Option<Self> {
        let rule = table.setup.rules.set().collective_choice.as_ref()?.shifts.as_ref()?;
        if index != shift.from && index != shift.to {
            return None;
        }
        let (from, common) = (&table.setup.kinds[shift.from], &table.place.kinds[shift.from]);
        let given = shift.in_all_lanes().given(rule, shift.from, from, outlook.total);
        let (care, none) = (given.effort * given.follows, Lanes::ZERO);
        let money = care * unit(from, common);
        if index == shift.from {
            let counts = from.substitute().zip(referral(table.place, from)).map_or((none, none), |(form, counts)| {
                let met = if form.care > 0.0 { counts * (1.0 / form.care) } else { Lanes::ONE };
                (counts, met * (form.worth - form.cost))
            });
            let refers = given.refers;
            return Some(Self { effort: -given.effort, money: -money, billed: care, refers, counts, arrives: none });
        }
        let to = &table.setup.kinds[shift.to];
        let per_size = from.total_size / to.total_size;
        Some(Self {
            effort: given.effort * given.becomes * per_size,
            money: money * per_size,
            billed: none,
            refers: none,
            counts: (none, none),
            arrives: outlook.arrives * (1.0 / to.total_size),
        })
    }
}

impl Member {
    /// Need that it would refer beyond what it refers now, if it were at least such a share.
    #[inline(always)]
    pub(super) fn referred_beyond(&self, share: Lanes) -> Lanes {
        self.need * (share - self.refers).max(Lanes::ZERO)
    }
}

/// Need that would come to whoever takes a shift, in units of their care, from those who give, whose first seat is given.
#[inline(always)]
pub(super) fn arrives(
    table: &Table<'_>,
    shift: ShiftOnTable,
    (own, first): (&Columns, usize),
    outlook: &Outlook,
) -> Lanes {
    let Some(rule) = table.setup.rules.set().collective_choice.as_ref().and_then(|rule| rule.shifts.as_ref()) else {
        return Lanes::ZERO;
    };
    let kind = &table.setup.kinds[shift.from];
    let given = shift.in_all_lanes().given(rule, shift.from, kind, outlook.total);
    keep_lanes_together();
    own.sum(kind.size, |row| table.members[first + row].referred_beyond(given.refers)) * given.becomes
}
