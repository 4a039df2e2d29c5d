//! What rides in the lanes, in the one place that knows: rows of members and sums over them.
//!
//! - Sixteen **runs** in the lanes: a row is one member of a kind in sixteen runs.
//! - Sixteen **members** in the lanes: row `4c + w` holds in lane `l` the member `64c + 4l + w` of one run, so that the words of
//!   the generator, which serves blocks of four members, fall into the lanes as they come.
//!
//! No formula of a part knows which of the two it is. *Sums* have one order in both: sixteen partial sums, that of member `p`
//! being `p / 4 mod 16`, each in the order of the members, joined as a tree. With runs in the lanes a partial sum is that of a
//! block of rows; with members it is a lane. So both packings give the same bits.

use crate::lanes::{LANES, Lanes, keep_lanes_together};
use std::ops::Range;

/// Rows that are walked together, and members that share a block of the generator.
pub const BLOCK: usize = 4;

/// What rides in the lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Sixteen runs of these numbers.
    Runs([u64; LANES]),
    /// One run of this number, with sixteen members of a kind side by side.
    Members(u64),
}

/// The rows of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rows {
    members: usize,
    count: usize,
    in_lanes: bool,
}

impl Rows {
    /// The rows of a kind with so many members.
    pub fn new(members: usize, packing: &Packing) -> Self {
        match packing {
            Packing::Runs(_) => Self { members, count: members, in_lanes: false },
            Packing::Members(_) => Self { members, count: members.div_ceil(BLOCK * LANES) * BLOCK, in_lanes: true },
        }
    }

    /// Number of rows.
    #[inline(always)]
    pub fn count(self) -> usize {
        self.count
    }

    /// Number of members.
    #[inline(always)]
    pub fn members(self) -> usize {
        self.members
    }

    /// Number of blocks.
    #[inline(always)]
    pub fn blocks(self) -> usize {
        self.count.div_ceil(BLOCK)
    }

    /// The rows of a block.
    #[inline(always)]
    pub fn block(self, block: usize) -> Range<usize> {
        block * BLOCK..self.count.min((block + 1) * BLOCK)
    }

    /// `size` in the lanes that hold a member, nought in those that hold none.
    #[inline(always)]
    pub fn weight(self, row: usize, size: f64) -> Lanes {
        let first = row / BLOCK * (BLOCK * LANES);
        if !self.in_lanes || first + BLOCK * LANES <= self.members {
            return Lanes::all(size);
        }
        Lanes::from_fn(|lane| if first + lane * BLOCK + row % BLOCK < self.members { size } else { 0.0 })
    }

    /// The rows that hold members `range`, whose ends must be those of whole rows where members ride in the lanes.
    #[inline(always)]
    pub fn range(self, range: &Range<usize>) -> Range<usize> {
        if self.in_lanes { 0..self.count } else { range.clone() }
    }

    /// The number that one member has in each lane's run, given what each row holds.
    #[inline(always)]
    pub fn of(self, member: usize, row: impl Fn(usize) -> Lanes) -> Lanes {
        if !self.in_lanes {
            return row(member);
        }
        let (at, lane) = Self::place(member);
        Lanes::all(row(at).lane(lane))
    }

    /// Puts the number of one member into what its row holds.
    #[inline(always)]
    pub fn put(self, member: usize, row: &mut Lanes, value: Lanes) {
        if self.in_lanes {
            row.set_lane(Self::place(member).1, value.lane(0));
        } else {
            *row = value;
        }
    }

    /// The row of a member.
    #[inline(always)]
    pub fn row(self, member: usize) -> usize {
        if self.in_lanes { Self::place(member).0 } else { member }
    }

    /// The member that a lane of a row is about, if any.
    #[inline(always)]
    pub fn member(self, row: usize, lane: usize) -> Option<usize> {
        let member = if self.in_lanes { row / BLOCK * (BLOCK * LANES) + lane * BLOCK + row % BLOCK } else { row };
        (member < self.members).then_some(member)
    }

    /// Row and lane in which a number of a member stands: that of the run in `lane`, or where members ride in the lanes, its own.
    #[inline(always)]
    pub(crate) fn seat(self, member: usize, lane: usize) -> (usize, usize) {
        if self.in_lanes { Self::place(member) } else { (member, lane) }
    }

    /// Row and lane of a member where members ride in the lanes.
    #[inline(always)]
    fn place(member: usize) -> (usize, usize) {
        let within = member % (BLOCK * LANES);
        (member / (BLOCK * LANES) * BLOCK + within % BLOCK, within / BLOCK)
    }

    /// The partial sum that the rows of a block add to.
    #[inline(always)]
    pub(crate) fn part(self, block: usize) -> usize {
        if self.in_lanes { 0 } else { block % LANES }
    }

    /// Partial sums joined as a tree.
    #[inline(always)]
    pub(crate) fn join(self, mut parts: [Lanes; LANES]) -> Lanes {
        if self.in_lanes {
            return across(parts[0]);
        }
        for half in [8, 4, 2, 1] {
            for part in 0..half {
                let other = parts[part + half];
                parts[part] += other;
                keep_lanes_together();
            }
        }
        parts[0]
    }

    /// Number of partial sums that are ever added to.
    fn parts(self) -> usize {
        if self.in_lanes { 1 } else { self.blocks().clamp(1, LANES) }
    }
}

/// Several sums that are taken together on a walk.
pub trait Total: Copy {
    /// Nothing yet.
    const NONE: Self;
    /// Adds other sums, each to its own.
    fn add(&mut self, other: &Self);
    /// Takes over other sums, each into its own, and leaves nothing of them.
    fn take_over(&mut self, other: &mut Self);
    /// Each sum joined over the lanes, in every lane.
    #[must_use]
    fn across(&self) -> Self;
}

/// The partial sums of a kind.
#[derive(Clone, Debug)]
pub struct Parts<T> {
    parts: Vec<T>,
    in_lanes: bool,
}

impl<T: Total> Parts<T> {
    /// No sums yet.
    pub fn new(rows: Rows) -> Self {
        Self { parts: vec![T::NONE; rows.parts()], in_lanes: rows.in_lanes }
    }

    /// Back to nothing.
    #[inline(always)]
    pub fn clear(&mut self) {
        self.parts.fill(T::NONE);
    }

    /// The partial sums that the rows of a block add to.
    #[inline(always)]
    pub fn of(&mut self, block: usize) -> &mut T {
        let count = self.parts.len();
        &mut self.parts[block % LANES % count]
    }

    /// The sums, all of which are then in the first part: what is added later is added to them.
    #[inline(always)]
    pub fn join(&mut self) -> T {
        for half in [8, 4, 2, 1] {
            for part in half..self.parts.len().min(2 * half) {
                let (into, from) = self.parts.split_at_mut(part);
                into[part - half].take_over(&mut from[0]);
            }
        }
        if self.in_lanes { self.parts[0].across() } else { self.parts[0] }
    }
}

/// One sum over the lanes, in every lane, joined in the order of partial sums.
#[inline(always)]
pub fn across(sum: Lanes) -> Lanes {
    let mut parts = sum.to_array();
    for half in [8, 4, 2, 1] {
        for part in 0..half {
            parts[part] += parts[part + half];
        }
    }
    Lanes::all(parts[0])
}

/// Defines a struct of sums.
macro_rules! totals {
    ($(#[$about:meta])* $visible:vis struct $name:ident { $($(#[$of:meta])* $field:ident,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug)]
        $visible struct $name { $($(#[$of])* pub $field: $crate::lanes::Lanes,)* }

        impl $crate::rows::Total for $name {
            const NONE: Self = Self { $($field: $crate::lanes::Lanes::ZERO,)* };

            #[inline(always)]
            fn add(&mut self, other: &Self) {
                $(self.$field += other.$field;)*
            }

            #[inline(always)]
            fn take_over(&mut self, other: &mut Self) {
                $(self.$field += other.$field;
                other.$field = $crate::lanes::Lanes::ZERO;)*
            }

            #[inline(always)]
            fn across(&self) -> Self {
                Self { $($field: $crate::rows::across(self.$field),)* }
            }
        }
    };
}
pub(crate) use totals;

#[cfg(test)]
mod tests {
    use super::*;

    totals! {
        /// Two sums.
        struct Two {
            /// The numbers.
            sum,
            /// How many there are.
            count,
        }
    }

    /// Numbers whose sum depends on the order in which they are added.
    fn number(member: usize) -> f64 {
        1.0 / (1.0 + member as f64) + 1e9 * ((member * 7919 % 13) as f64 - 6.0)
    }

    fn summed(members: usize, packing: &Packing) -> Two {
        let rows = Rows::new(members, packing);
        let mut parts = Parts::<Two>::new(rows);
        let mut values = vec![Lanes::ZERO; rows.count()];
        for member in 0..members {
            rows.put(member, &mut values[rows.row(member)], Lanes::all(number(member)));
        }
        for block in 0..rows.blocks() {
            let part = parts.of(block);
            for row in rows.block(block) {
                let weight = rows.weight(row, 1.0);
                part.sum += values[row] * weight;
                part.count += weight;
            }
        }
        parts.join()
    }

    #[test]
    fn both_packings_add_up_in_the_same_order() {
        for members in [1, 3, 4, 5, 17, 63, 64, 65, 200, 1000] {
            let runs = summed(members, &Packing::Runs([0; LANES]));
            let lanes = summed(members, &Packing::Members(0));
            assert_eq!(runs.sum.lane(5).to_bits(), lanes.sum.lane(9).to_bits(), "{members} members");
            assert_eq!(lanes.count, Lanes::all(members as f64));
        }
    }

    #[test]
    fn what_is_put_for_a_member_is_read_back() {
        for packing in [Packing::Runs([0; LANES]), Packing::Members(0)] {
            let rows = Rows::new(70, &packing);
            let mut column = vec![Lanes::ZERO; rows.count()];
            for member in 0..70 {
                rows.put(member, &mut column[rows.row(member)], Lanes::all(member as f64));
            }
            for member in 0..70 {
                assert_eq!(rows.of(member, |row| column[row]), Lanes::all(member as f64));
                let found = (0..LANES).any(|lane| rows.member(rows.row(member), lane) == Some(member));
                assert!(found, "no lane of its row is about member {member}");
            }
        }
    }
}
