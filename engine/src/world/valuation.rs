//! Room for a meeting: what members make of the options, and the votes. What is done with it stands with the stages.

use super::Columns;
use crate::lanes::Lanes;
use crate::place::Work;
use crate::prospects::Prospects;
use crate::purse::Held;
use crate::rows::{Parts, totals};
use crate::setup::Setup;
use crate::setup::ShiftOnTable;

/// What the members, and last the public, make of the options. It is kept from meeting to meeting, with room for all of it from
/// the first, so that no meeting allocates.
#[derive(Clone, Debug, Default)]
pub(crate) struct Valuation {
    /// What each option would bring about.
    pub(crate) outlooks: Vec<Outlook>,
    /// What each option would reach of each stock of upstream work, as far ahead as members look: `options × stocks`.
    pub(crate) reached: Vec<Lanes>,
    /// The outlook of each pool, where members have patience.
    pub(crate) prospects: Vec<Prospects>,
    /// Yields per effort that members foresee: `levels × pools`.
    pub(crate) yields: Vec<Lanes>,
    /// What of each member does not depend on the option, row by row.
    pub(crate) members: Vec<Member>,
    /// What each member would do under the option at hand.
    pub(crate) deeds: Vec<Deed>,
    /// Sums over the members of each kind.
    pub(crate) parts: Vec<Parts<Foreseen>>,
    /// One a row and option, row by row.
    pub(crate) worth: Vec<Lanes>,
    /// What each option is worth to the public.
    pub(crate) public: Vec<Lanes>,
    /// Position of the option worth most, one a row, and last the public's.
    pub(crate) favourites: Vec<Lanes>,
    /// What the second ballot is about, where there is one.
    pub(crate) second: Second,
    /// Room to count in.
    pub(crate) count: Count,
}

/// The second ballot: shifts at the total that has been decided or stands, whatever it is in each lane.
#[derive(Clone, Debug, Default)]
pub(crate) struct Second {
    /// No shift, then each that is on the table.
    pub(crate) outlooks: Vec<Outlook>,
    /// What would be reached of each stock of upstream work.
    pub(crate) reached: Vec<Lanes>,
    /// Yields per effort that members foresee, one a pool.
    pub(crate) yields: Vec<Lanes>,
    /// One a row and outlook, row by row.
    pub(crate) worth: Vec<Lanes>,
    /// What each outlook is worth to the public.
    pub(crate) public: Vec<Lanes>,
}

impl Second {
    /// What a shift, or none, is worth to a row.
    pub(crate) fn worth(&self, row: usize, position: usize) -> &Lanes {
        &self.worth[row * self.outlooks.len() + position]
    }

    /// Room for it; none where nothing is shifted.
    fn new(setup: &Setup, rows: usize) -> Self {
        if setup.derived.shifts.is_empty() {
            return Self::default();
        }
        let count = setup.derived.shifts.len() + 1;
        Self {
            outlooks: Vec::with_capacity(count),
            reached: vec![Lanes::ZERO; if setup.upstream.is_some() { setup.derived.streams.len() } else { 0 }],
            yields: vec![Lanes::ONE; setup.pools.len()],
            worth: Vec::with_capacity(rows * count),
            public: Vec::with_capacity(count),
        }
    }
}

impl Valuation {
    /// Room for the meetings of these members; none where there are no meetings.
    pub(crate) fn new(setup: &Setup, kinds: &[Columns]) -> Self {
        let Some(rule) = setup.rules.collective_choice() else { return Self::default() };
        let options = &setup.derived.options;
        let rows: usize = kinds.iter().map(|own| own.rows.count()).sum();
        Self {
            outlooks: Vec::with_capacity(options.len()),
            reached: Vec::with_capacity(options.len() * setup.derived.streams.len()),
            prospects: setup.derived.outlooks.as_ref().map(|outlooks| outlooks.room()).unwrap_or_default(),
            yields: vec![Lanes::ONE; rule.rule.totals.len() * setup.pools.len()],
            members: Vec::with_capacity(rows),
            deeds: vec![Deed::NONE; rows],
            parts: kinds.iter().map(|own| Parts::new(own.rows)).collect(),
            worth: Vec::with_capacity(rows * options.len()),
            public: Vec::with_capacity(options.len()),
            favourites: Vec::with_capacity(rows + 1),
            second: Second::new(setup, rows),
            count: Count::new(setup),
        }
    }

    /// What an option is worth to a row.
    pub(crate) fn worth(&self, row: usize, option: usize) -> &Lanes {
        &self.worth[row * self.outlooks.len() + option]
    }

    /// What an option is worth to the public.
    pub(crate) fn public(&self, option: usize) -> Lanes {
        self.public[option]
    }

    /// The option worth most to a row; of equal ones the first.
    pub(crate) fn favourite(&self, row: usize) -> &Lanes {
        &self.favourites[row]
    }

    /// The option worth most to the public.
    pub(crate) fn public_favourite(&self) -> Lanes {
        self.favourites[self.members.len()]
    }
}

/// What an option would bring about.
#[derive(Clone, Debug)]
pub(crate) struct Outlook {
    /// Position of its total among those whose yields are foreseen.
    pub(crate) level: usize,
    /// Total, in multiples of the sum of all plans.
    pub(crate) total: Lanes,
    /// Share of upstream work.
    pub(crate) upstream: Lanes,
    /// One if the total is shared by need, nought if by plan.
    pub(crate) by_need: Lanes,
    /// What is shifted from one kind to another.
    pub(crate) shift: Option<ShiftOnTable>,
    /// Need that comes with it to all who take it, in units of their care.
    pub(crate) arrives: Lanes,
    /// Upstream stock that would be built in each step, in a place that plans a unit of effort a unit of size.
    pub(crate) built: f64,
    /// What all would meet, need, spend, deliver and earn.
    pub(crate) all: Foreseen,
    /// What the holder of a prime contract would pay the others.
    pub(crate) contracts: Lanes,
    /// Mean result of those who pool theirs.
    pub(crate) pooled: Lanes,
}

totals! {
    /// What all would do under an option, in units of care and money.
    pub(crate) struct Foreseen {
        met,
        need,
        spending,
        delivered,
        income,
        /// Result of all, each so far as it is due to be pooled.
        result,
        /// Good done, at what it is worth to the public.
        public,
    }
}

/// What of a member does not depend on the option.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Member {
    /// Its level if plans were shared out by need.
    pub(crate) by_need: Lanes,
    /// Its new need if none were prevented.
    pub(crate) unrelieved: Lanes,
    /// Its need that is not new.
    pub(crate) old_need: Lanes,
    /// Its result in this step, so far as it is settled.
    pub(crate) result: Lanes,
    /// What it holds, where money binds.
    pub(crate) purse: Option<Held>,
    /// All its need, and the share of that which it refers now.
    pub(crate) need: Lanes,
    pub(crate) refers: Lanes,
}

/// What a member would do under an option, per unit of its size.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deed {
    pub(crate) need: Lanes,
    /// Need that upstream work would prevent.
    pub(crate) prevented: Lanes,
    /// What need that it would refer on top of what it refers now would count, to itself and beyond its units there to the public.
    pub(crate) elsewhere: (Lanes, Lanes),
    pub(crate) work: Work,
    pub(crate) cost: Lanes,
    /// What it would earn before any bonus, once it is known where members pool their results.
    pub(crate) income: Lanes,
    /// What follows care to it, less what it hands on.
    pub(crate) moved: Lanes,
}

impl Deed {
    /// Nothing.
    const NONE: Self = Self {
        need: Lanes::ZERO,
        prevented: Lanes::ZERO,
        elsewhere: (Lanes::ZERO, Lanes::ZERO),
        work: Work { effort: Lanes::ZERO, delivered: Lanes::ZERO, met: Lanes::ZERO },
        cost: Lanes::ZERO,
        income: Lanes::ZERO,
        moved: Lanes::ZERO,
    };
}

/// Room to count in.
#[derive(Clone, Debug, Default)]
pub(crate) struct Count {
    /// Votes of each voter, the public's last.
    pub(crate) weights: Vec<f64>,
    /// Position of each voter's favourite among the options.
    pub(crate) favourites: Vec<usize>,
    /// Worth of what is proposed and of what stands to each voter.
    pub(crate) ballots: Vec<(f64, f64)>,
    /// Votes that favour each shift.
    pub(crate) favour: Vec<f64>,
}

impl Count {
    /// For all members and the public.
    pub(crate) fn new(setup: &Setup) -> Self {
        let voters = setup.providers() + 1;
        Self {
            weights: Vec::with_capacity(voters),
            favourites: Vec::with_capacity(voters),
            ballots: Vec::with_capacity(voters),
            favour: Vec::with_capacity(setup.derived.shifts.len() + 1),
        }
    }
}
