//! Shifts between kinds: what members vote on in a second ballot, once the total is known.
//!
//! On the table is every shift of a `size` s from one kind i to another j, both of which sit at the table, that j has room for: on top of its
//! plan it lies within the levels that j may choose from. Members weigh each against none,
//! at the total T that has just been agreed on or stands. With S the sizes of kinds, a shift moves allotted effort, and where j may meet
//! part of i's need (`substitute`: share, cost κ; else κ = 1 and nothing is referred) the need that goes with it:
//!
//! ```text
//! aᵢ ← aᵢ − x,   x = s · T · planᵢ              effort per unit of i's size
//! aⱼ ← aⱼ + κ x · Sᵢ/Sⱼ
//! φᵢ ← at least min(s, share), so far as i is bound    share of its need that i refers
//! money of j += f · v · x · Sᵢ                   f = `follows`; v what i is paid for a unit of planned care
//! ```
//!
//! Money: i goes on being paid for the share f of what has been shifted as if it met it, and hands on f · v for each unit
//! ([`crate::payoff::Following`]), so that whoever is paid by the unit loses its price whatever f is and the payer pays the share f of
//! what it would have saved; whoever is paid a sum hands over the share f of it that was for that care. Money moves only so far as the
//! shift does: × q′ of the agreement (strength, clock, what is carried out) × what has been ceded × the seats of both. Where the referral
//! itself brings money (`substitute.follows`), that is not paid twice.
//!
//! The three shifts that most votes favour are put one by one, the most favoured first, against none; the first that is carried is
//! decided, and holds until the next meeting decides anew. Sizes 2, 5 and 10% and f between 0 and 1: *assumed*.

use crate::english::percent;
use crate::lanes::{Lanes, Mask, select};
use crate::setup::Kind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Shifts between kinds on the table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shifts {
    /// Sizes on the table, as shares of what the kind does that gives.
    #[schemars(length(min = 1, max = 8), inner(range(min = 0.0, max = 1.0)))]
    pub sizes: Vec<f64>,
    /// Share of what the giver is paid for care shifted that follows it to whoever does it instead.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub follows: f64,
}

/// A shift on the table: positions of the kinds, and the share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct ShiftOnTable {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) size: f64,
}

/// A shift as it was decided; nothing where it is of no size.
#[derive(Clone, Copy, Debug)]
pub struct Shift {
    /// Position of the kind that gives.
    pub from: Lanes,
    /// Position of the kind that takes.
    pub to: Lanes,
    /// Share of what the giver does.
    pub size: Lanes,
}

/// What a shift means for the kind that gives it, per unit of its size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Given {
    /// Effort given up, at the plan's total.
    pub(crate) effort: Lanes,
    /// Units of the other kind's effort that a unit becomes there.
    pub(crate) becomes: Lanes,
    /// Share of its need that goes along.
    pub(crate) refers: Lanes,
    /// Share of the money that follows.
    pub(crate) follows: Lanes,
}

/// How many shifts are put to the vote.
pub(crate) const PUT_TO_THE_VOTE: usize = 3;

impl Shifts {
    /// All shifts between these kinds for which whoever takes has room: by giver, taker and size.
    pub(crate) fn options(&self, kinds: &[Kind]) -> Vec<ShiftOnTable> {
        let all = 0..kinds.len();
        let pairs = all.clone().flat_map(|from| all.clone().map(move |to| (from, to))).filter(|(from, to)| from != to);
        let shifts =
            pairs.flat_map(|(from, to)| self.sizes.iter().map(move |size| ShiftOnTable { from, to, size: *size }));
        shifts.filter(|shift| shift.has_room(kinds)).collect()
    }

    /// Plain English.
    pub(crate) fn describe(&self) -> String {
        let sizes: Vec<String> = self.sizes.iter().map(|size| percent(*size)).collect();
        let money = match self.follows {
            0.0 => "no money goes with it".to_owned(),
            1.0 => "what the giver is paid for it goes with it".to_owned(),
            share => format!("{} of what the giver is paid for it goes with it", percent(share)),
        };
        format!(
            "A second ballot may shift {} of what one kind does to another, with the need that can be met there; {money}.",
            either(&sizes)
        )
    }
}

/// "2%, 5% or 10%".
fn either(sizes: &[String]) -> String {
    match sizes {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} or {last}", first.join(", ")),
    }
}

impl ShiftOnTable {
    /// Whether whoever takes could do it on top of its plan, within the levels that it may choose from.
    fn has_room(&self, kinds: &[Kind]) -> bool {
        /// So that rounding does not deny what just fits.
        const ROUNDING: f64 = 1e-9;
        let (from, to) = (&kinds[self.from], &kinds[self.to]);
        let becomes = from.substitute().filter(|form| form.by == self.to).map_or(1.0, |form| form.cost);
        let level = to.plan + self.size * from.plan * becomes * from.total_size / to.total_size;
        level <= to.levels.1 + ROUNDING
    }

    /// The same in every lane.
    pub(crate) fn in_all_lanes(self) -> Shift {
        Shift { from: Lanes::all(self.from as f64), to: Lanes::all(self.to as f64), size: Lanes::all(self.size) }
    }
}

impl Shift {
    /// None.
    pub const NONE: Self = Self { from: Lanes::all(-1.0), to: Lanes::all(-1.0), size: Lanes::ZERO };

    /// Another one where that has come into force.
    #[inline(always)]
    pub(crate) fn or(&self, arrives: Mask, other: &Self) -> Self {
        Self {
            from: select(arrives, other.from, self.from),
            to: select(arrives, other.to, self.to),
            size: select(arrives, other.size, self.size),
        }
    }

    /// What it takes from the kind at a position under a total.
    #[inline(always)]
    pub(crate) fn given(&self, rule: &Shifts, index: usize, kind: &Kind, total: Lanes) -> Given {
        let gives = self.from.equals(Lanes::all(index as f64));
        let effort = select(gives, self.size * total * kind.plan, Lanes::ZERO);
        let (mut becomes, mut refers, mut follows) = (Lanes::ONE, Lanes::ZERO, Lanes::all(rule.follows));
        if let Some(form) = kind.substitute() {
            let there = gives & self.to.equals(Lanes::all(form.by as f64));
            becomes = select(there, Lanes::all(form.cost), becomes);
            refers = select(there, self.size.min(Lanes::all(form.share)), refers);
            follows = select(there, Lanes::all((rule.follows - form.follows).max(0.0)), follows);
        }
        Given { effort, becomes, refers, follows }
    }

    /// Such a part of what is moved as comes to each unit of size of the kind at a position.
    #[inline(always)]
    pub(crate) fn taken(&self, index: usize, kind: &Kind, moved: Lanes) -> Lanes {
        let takes = self.to.equals(Lanes::all(index as f64));
        select(takes, moved * (1.0 / kind.total_size), Lanes::ZERO)
    }
}
