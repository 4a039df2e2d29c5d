//! The recorder, which takes the measures while sixteen runs go on.

mod outcomes;

use crate::lanes::{Lanes, select};
use crate::measure::{MOST_POINTS, recorded_steps, series_measures};
use crate::payoff::{ratio, share_of};
use crate::place::Common;
use crate::recovery::{Recovery, Window};
use crate::setup::{Kind, Setup};
use crate::simd::Work;
use crate::weighing::Weighing;
use crate::welfare::Welfare;
use crate::world::World;

/// What sixteen runs leave behind.
#[derive(Clone, Debug)]
pub struct Record {
    /// `recorded steps × series measures`.
    pub series: Vec<Lanes>,
    /// One an outcome measure.
    pub outcomes: Vec<Lanes>,
    /// Step at whose end the main pool was first below its threshold; negative if it never was.
    pub collapse: Lanes,
}

/// Takes the measures while runs go on.
#[derive(Clone, Debug)]
pub(super) struct Recorder {
    stride: u32,
    series: Vec<Lanes>,
    collapse: Lanes,
    stock: Lanes,
    effort: Lanes,
    delivered: Lanes,
    compliant: Lanes,
    governance: Lanes,
    spilled: Lanes,
    lost: Lanes,
    /// Need that waits after the last step.
    waiting: Lanes,
    /// One a kind.
    flows: Vec<Flows>,
    welfare: Lanes,
    pub(super) fortress: Option<Weighing>,
    recovery: Option<Recovery>,
}

/// Sums over the run for all providers of a kind together.
#[derive(Clone, Debug)]
struct Flows {
    delivered: Lanes,
    income: Lanes,
    unpaid: Lanes,
    bonus: Lanes,
}

impl Flows {
    const NONE: Self = Self { delivered: Lanes::ZERO, income: Lanes::ZERO, unpaid: Lanes::ZERO, bonus: Lanes::ZERO };
}

impl Recorder {
    pub(super) fn new(setup: &Setup) -> Self {
        let points = recorded_steps(setup.steps).len();
        Self {
            stride: setup.steps.div_ceil(MOST_POINTS).max(1),
            series: Vec::with_capacity(points * series_measures(setup).len()),
            collapse: Lanes::all(-1.0),
            stock: Lanes::ZERO,
            effort: Lanes::ZERO,
            delivered: Lanes::ZERO,
            compliant: Lanes::ZERO,
            governance: Lanes::ZERO,
            spilled: Lanes::ZERO,
            lost: Lanes::ZERO,
            waiting: Lanes::ZERO,
            flows: vec![Flows::NONE; setup.kinds.len()],
            welfare: Lanes::ZERO,
            fortress: setup.benchmark.as_ref().map(|_| Weighing::new(setup)),
            recovery: Window::of(setup).map(Recovery::new),
        }
    }

    /// Takes the measures of a step that has just ended.
    #[inline(always)]
    pub(super) fn observe(&mut self, setup: &Setup, world: &World, step: u32) {
        let totals = self.add(setup, world);
        let welfare = Welfare { setup, place: &world.place }.run();
        self.welfare += welfare;
        if let Some(recovery) = &mut self.recovery {
            recovery.observe(setup, world, step);
        }
        let main = &setup.pools[setup.main_pool()].part;
        let stock = world.pools[setup.main_pool()].stock * (1.0 / main.capacity);
        self.stock += stock;
        let falls = stock.less(Lanes::all(main.collapse)) & self.collapse.less(Lanes::ZERO);
        self.collapse = select(falls, Lanes::all(f64::from(step)), self.collapse);
        if (setup.steps - 1 - step).is_multiple_of(self.stride) {
            self.note(setup, world, &totals, welfare);
        }
    }

    /// Adds a step to the sums and gives the step's totals across the place.
    #[inline(always)]
    fn add(&mut self, setup: &Setup, world: &World) -> Totals {
        let mut totals = Totals::NONE;
        totals.compliant = Lanes::all(setup.providers() as f64);
        for ((kind, common), flows) in setup.kinds.iter().zip(&world.place.kinds).zip(&mut self.flows) {
            totals.add(setup, kind, common);
            if kind.need.is_none() {
                flows.delivered += common.flows.delivered;
            }
            if setup.has_income() {
                flows.income += common.money.income;
            }
            if kind.paid_from.is_some() {
                flows.unpaid += common.money.unpaid;
            }
            if kind.bonus.is_some() {
                flows.bonus += common.money.bonus;
            }
        }
        totals.margin += world.place.dividend * setup.total_size();
        self.effort += totals.effort;
        self.delivered += totals.delivered;
        self.compliant += totals.compliant;
        self.spilled += totals.spilled;
        self.lost += totals.lost;
        self.waiting = totals.waiting;
        self.governance += world.place.governance;
        for spent in &world.place.spent_on_rules {
            self.governance += *spent;
        }
        totals
    }

    #[inline(always)]
    fn note(&mut self, setup: &Setup, world: &World, totals: &Totals, welfare: Lanes) {
        for (pool, state) in setup.pools.iter().zip(&world.pools) {
            if pool.part.renews_itself() {
                self.series.push(state.stock * (1.0 / pool.part.capacity));
            }
        }
        let plan = 1.0 / setup.planned_effort();
        self.series.push(totals.effort * plan);
        self.series.push(totals.delivered * plan);
        if setup.has_need() {
            self.series.push(ratio(world.place.met, world.place.need));
            self.series.push(share_of(totals.waiting, totals.need_new));
        } else {
            self.series.push(welfare);
        }
        if setup.has_income() {
            self.series.push(share_of(totals.margin, totals.income));
        }
        if setup.society.trust_moves() {
            self.series.push(totals.trust * (1.0 / setup.providers() as f64));
        }
        if let Some(upstream) = &setup.upstream {
            self.series.push(upstream.relief(world.place.upstream));
        }
        if setup.may_fine_peers() {
            self.series.push(world.place.peer_sanctions);
        }
    }
}

/// Totals of one step across the place.
struct Totals {
    effort: Lanes,
    delivered: Lanes,
    compliant: Lanes,
    waiting: Lanes,
    need_new: Lanes,
    spilled: Lanes,
    lost: Lanes,
    margin: Lanes,
    income: Lanes,
    trust: Lanes,
}

impl Totals {
    const NONE: Self = Self {
        effort: Lanes::ZERO,
        delivered: Lanes::ZERO,
        compliant: Lanes::ZERO,
        waiting: Lanes::ZERO,
        need_new: Lanes::ZERO,
        spilled: Lanes::ZERO,
        lost: Lanes::ZERO,
        margin: Lanes::ZERO,
        income: Lanes::ZERO,
        trust: Lanes::ZERO,
    };

    #[inline(always)]
    fn add(&mut self, setup: &Setup, kind: &Kind, common: &Common) {
        self.effort += common.effort;
        self.delivered += common.flows.delivered;
        self.compliant -= common.breaches;
        if let Some(need) = &kind.need {
            self.need_new += common.flows.need_new;
            self.waiting += common.flows.unmet * need.waits;
            self.spilled += common.flows.unmet * need.spilled();
            self.lost += common.flows.unmet * need.lost();
        }
        if setup.has_income() {
            self.margin += common.money.margin;
            self.income += common.money.income;
        }
        self.trust += common.money.trust;
    }
}
