//! The recorder, which takes the measures while sixteen runs go on.

mod outcomes;

use super::failure::NO_VALUE;
use super::lanes::{Lanes, select};
use super::measure::{MOST_POINTS, recorded_steps, series_measures};
use super::recovery::{Recovery, Window};
use super::setup::{Kind, Setup};
use super::simd::Work;
use super::utility::ratio;
use super::weighing::Weighing;
use super::welfare::Welfare;
use super::world::{ProviderState, World};

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
    /// One a provider.
    sums: Vec<Sums>,
    /// One a kind.
    flows: Vec<Flows>,
    welfare: Lanes,
    pub(super) fortress: Option<Weighing>,
    recovery: Option<Recovery>,
}

/// Sums over the run for one provider, per unit of its size.
#[derive(Clone, Debug)]
struct Sums {
    met: Lanes,
    arisen: Lanes,
    margin: Lanes,
}

/// Sums over the run for all providers of a kind together.
#[derive(Clone, Debug)]
struct Flows {
    delivered: Lanes,
    income: Lanes,
    unpaid: Lanes,
    bonus: Lanes,
}

impl Sums {
    const NONE: Self = Self { met: Lanes::ZERO, arisen: Lanes::ZERO, margin: Lanes::ZERO };
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
            sums: vec![Sums::NONE; setup.providers.len()],
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
        let welfare = Welfare { setup, world }.run();
        self.welfare += welfare;
        if let Some(recovery) = &mut self.recovery {
            recovery.observe(setup, world, step);
        }
        let main = &setup.pools[setup.main_pool].part;
        let stock = world.pools[setup.main_pool].stock * (1.0 / main.capacity);
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
        for ((provider, state), sums) in setup.providers.iter().zip(&world.providers).zip(&mut self.sums) {
            let (kind, size, flows) = (setup.kind(provider), provider.size, &mut self.flows[provider.kind]);
            let margin = state.margin(setup, &world.place);
            totals.add(setup, kind, state, margin, size);
            if kind.need.is_some() {
                sums.met += state.met;
                sums.arisen += state.need_new + state.need_received;
            } else {
                flows.delivered += state.delivered * size;
            }
            if setup.has_income {
                sums.margin += margin;
                flows.income += state.income * size;
            }
            if kind.paid_from.is_some() {
                flows.unpaid += state.unpaid * size;
            }
            if kind.bonus.is_some() {
                flows.bonus += state.bonus * size;
            }
        }
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
        let plan = 1.0 / setup.planned_effort;
        self.series.push(totals.effort * plan);
        self.series.push(totals.delivered * plan);
        if setup.has_need {
            self.series.push(ratio(world.place.met, world.place.need));
            self.series.push(share_of(totals.waiting, totals.need_new));
        } else {
            self.series.push(welfare);
        }
        if setup.has_income {
            self.series.push(share_of(totals.margin, totals.income));
        }
        if setup.society.trust_moves() {
            self.series.push(totals.trust * (1.0 / setup.providers.len() as f64));
        }
        if let Some(upstream) = &setup.upstream {
            self.series.push(upstream.relief(world.place.upstream));
        }
        if setup.may_fine_peers() {
            self.series.push(world.place.peer_sanctions);
        }
    }
}

/// A sum as a share of a whole; missing where there is no whole.
#[inline(always)]
fn share_of(sum: Lanes, whole: Lanes) -> Lanes {
    let none = whole.at_most(Lanes::ZERO);
    select(none, Lanes::all(NO_VALUE), sum / select(none, Lanes::ONE, whole))
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
    fn add(&mut self, setup: &Setup, kind: &Kind, state: &ProviderState, margin: Lanes, size: f64) {
        self.effort += state.level * size;
        self.delivered += state.delivered * size;
        self.compliant += state.excess.at_most(state.agreed * setup.society.tolerance).number();
        if let Some(need) = &kind.need {
            self.need_new += state.need_new * size;
            self.waiting += state.unmet * (need.waits * size);
            self.spilled += state.unmet * (need.spilled * size);
            self.lost += state.unmet * (need.lost * size);
        }
        if setup.has_income {
            self.margin += margin * size;
            self.income += state.income * size;
        }
        if setup.society.trust_moves() {
            self.trust += state.trust;
        }
    }
}
