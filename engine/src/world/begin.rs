//! How the columns of a kind begin: which there are, and what they hold before the first step.

use super::columns::{Account, Chooser, Columns, Conduct, KeptDraws, NeedSoFar};
use crate::behaviour::Behaviour;
use crate::dice::Luck;
use crate::lanes::Lanes;
use crate::need::Needs;
use crate::reviews::Plan;
use crate::rows::{Packing, Parts, Rows};
use crate::rule::{CollectiveChoice, Offender, Peers};
use crate::setup::{Kind, Segment, Setup};
use crate::spread::Deviations;
use crate::urgent::Urgent;

impl Columns {
    pub(super) fn begin(setup: &Setup, kind: &Kind, seed: u64, packing: &Packing) -> Self {
        let rows = Rows::new(kind.count, packing);
        let count = rows.count();
        let rules = setup.rules.set();
        let learns = kind.segments.iter().any(|part| matches!(part.behaviour, Behaviour::Learner(_)));
        let compared = setup.derived.imitates || rules.ostracism.is_some() || rules.peer_sanctions.is_some();
        let imitates = kind.segments.iter().any(|part| matches!(part.behaviour, Behaviour::Imitator(_)));
        let compared_by_margin = rules.leadership.is_some() || rules.pooled_finance.is_some();
        let shared_by_need = rules.collective_choice.as_ref().is_some_and(CollectiveChoice::shares_by_need);
        let column = |present: bool| present.then(|| vec![Lanes::ZERO; count]);
        let kept = |present: bool| if present { vec![[0; 16]; rows.blocks() * 16] } else { Vec::new() };
        let mut columns = Self {
            rows,
            luck: Luck::of(seed, &kind.name),
            kept: KeptDraws {
                need: kept(kind.need.is_some()),
                choice: kept(learns),
                audit: kept(rules.graduated_sanctions.is_some()),
                trust: kept(setup.society.trust_moves()),
                review: kept(kind.reviews.is_some()),
                imitation: std::array::from_fn(|_| kept(imitates)),
            },
            conduct: vec![Conduct { level: Lanes::ZERO, position: Lanes::ZERO }; count],
            plans: (kind.reviews.is_some() || kind.has_urgent_need())
                .then(|| vec![Plan { own: Lanes::ZERO, held: Lanes::ZERO }; count]),
            urgent: kind.has_urgent_need().then(|| vec![Urgent::NONE; count]),
            upstream: column(setup.derived.works_upstream),
            choosers: kind.segments.iter().map(|segment| Chooser::new(kind, segment, rows)).collect(),
            needs: kind.need.as_ref().map(|_| vec![Needs::NONE; count]),
            referred: column(kind.substitute().is_some()),
            spread: (!kind.spread.is_none()).then_some(Deviations::NONE),
            deviations: column(kind.need.as_ref().is_some_and(|need| need.persistence > 0.0)),
            allotted: column(shared_by_need && kind.need.is_some()),
            yields: column(setup.derived.keeps_books),
            accounts: (setup.has_income() || compared_by_margin).then(|| vec![Account::NONE; count]),
            purses: kind.till.map(|till| vec![till.begin(); count]),
            settlements: column(rules.pooled_finance.is_some()),
            offenders: rules.graduated_sanctions.as_ref().map(|_| vec![Offender::begin(0.0); count]),
            disputes: column(setup.society.grievance > 0.0),
            peers: rules.peer_sanctions.as_ref().map(|_| vec![Peers::NONE; count]),
            trust: column(setup.society.trust_moves()),
            need_so_far: kind.need.as_ref().map(|_| vec![NeedSoFar::NONE; count]),
            margins: column(setup.has_income()),
            utility: column(compared || kind.segments.iter().any(learns_from_its_own)),
            claimed: Parts::new(rows),
            delivered: Parts::new(rows),
            settled: Parts::new(rows),
            banked: kind.till.map(|_| Parts::new(rows)),
        };
        columns.begin_again(setup, kind);
        columns
    }

    pub(super) fn begin_again(&mut self, setup: &Setup, kind: &Kind) {
        let Self {
            rows,
            luck: _,
            kept: _,
            conduct,
            plans,
            urgent,
            upstream,
            choosers,
            needs,
            referred,
            spread,
            deviations,
            allotted,
            yields,
            accounts,
            purses,
            settlements,
            offenders,
            disputes,
            peers,
            trust,
            need_so_far,
            margins,
            utility,
            claimed: _,
            delivered: _,
            settled: _,
            banked: _,
        } = self;
        for (segment, chooser) in kind.segments.iter().zip(choosers) {
            let (level, share, position) = kind.first(&segment.behaviour);
            let members = rows.range(&segment.members);
            let first = Conduct { level: Lanes::all(level), position: Lanes::all(position as f64) };
            conduct[members.clone()].fill(first);
            if let Some(plans) = plans {
                plans[members.clone()].fill(Plan { own: first.level, held: first.level });
            }
            if let Some(upstream) = upstream {
                upstream[members].fill(Lanes::all(share));
            }
            chooser.begin_again(setup, kind, &segment.behaviour, first.position);
        }
        fill(urgent, Urgent::NONE);
        *spread = spread.map(|_| Deviations::NONE);
        fill(needs, Needs::NONE);
        fill(need_so_far, NeedSoFar::NONE);
        fill(accounts, Account::NONE);
        if let Some(till) = &kind.till {
            fill(purses, till.begin());
        }
        fill(offenders, Offender::begin(setup.society.coverage));
        fill(peers, Peers::NONE);
        fill(trust, Lanes::all(setup.society.trust));
        fill(allotted, Lanes::all(kind.plan));
        for column in [utility, referred, deviations, yields, settlements, disputes, margins] {
            fill(column, Lanes::ZERO);
        }
    }
}

/// Whether members of a segment learn from what they gained themselves, and from nothing else.
fn learns_from_its_own(segment: &Segment) -> bool {
    matches!(&segment.behaviour, Behaviour::Learner(learner) if learner.foregone == 0.0 && !learner.anticipates)
}

fn fill<T: Copy>(column: &mut Option<Vec<T>>, value: T) {
    if let Some(column) = column {
        column.fill(value);
    }
}

impl Account {
    const NONE: Self = Self { income: Lanes::ZERO, cost: Lanes::ZERO, unpaid: Lanes::ZERO, bonus: Lanes::ZERO };
}

impl Columns {
    /// Back to nothing with what measures of a whole run are made of.
    pub(super) fn forget_so_far(&mut self) {
        if let Some(so_far) = &mut self.need_so_far {
            so_far.fill(NeedSoFar::NONE);
        }
        if let Some(margins) = &mut self.margins {
            margins.fill(Lanes::ZERO);
        }
    }
}

impl NeedSoFar {
    const NONE: Self = Self { met: Lanes::ZERO, arisen: Lanes::ZERO };
}

impl Chooser {
    fn new(kind: &Kind, segment: &Segment, rows: Rows) -> Self {
        let count = rows.range(&segment.members).len();
        let column = |present: bool| if present { vec![Lanes::ZERO; count] } else { Vec::new() };
        let attractions = match &segment.behaviour {
            Behaviour::Learner(_) => vec![Lanes::ZERO; count * kind.actions.len()],
            _ => Vec::new(),
        };
        Self {
            attractions,
            experience: 1.0,
            aims: column(matches!(segment.behaviour, Behaviour::BestResponse(_))),
            beliefs: column(matches!(segment.behaviour, Behaviour::Conditional(_))),
        }
    }

    fn begin_again(&mut self, setup: &Setup, kind: &Kind, behaviour: &Behaviour, position: Lanes) {
        let Self { attractions, experience, aims, beliefs } = self;
        *experience = 1.0;
        if let Behaviour::Learner(learner) = behaviour {
            for own in attractions.chunks_exact_mut(kind.actions.len()) {
                for (attraction, action) in own.iter_mut().zip(&kind.actions) {
                    *attraction = learner.first_attraction(*action, kind.plan);
                }
            }
        }
        // Best responders begin with the listed level that is nearest to their start.
        aims.fill(kind.action(position).0);
        beliefs.fill(Lanes::all(setup.society.first_belief));
    }
}
