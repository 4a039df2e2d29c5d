//! What is measured: the list of measures of a scenario, and the recorder that takes them while sixteen runs go on.

use super::lanes::{Lanes, select};
use super::setup::Setup;
use super::utility::ratio;
use super::world::{ProviderState, World};
use crate::statistics::gini;
use serde::Serialize;

/// Something measured, in every step (a series) or once a run (an outcome).
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measure {
    /// Name in files: `need_met`, `stock.capacity`, `margin.acute`.
    pub key: String,
    /// Name for people, without its unit: "need met".
    pub label: String,
    /// Its unit.
    pub unit: Unit,
    /// Which direction is better.
    pub better: Better,
    /// The kind of provider it is about; `None`: the whole place.
    pub kind: Option<String>,
}

/// Unit of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A share, shown as per cent.
    Share,
    /// Steps' worth of need.
    StepsOfNeed,
    /// Steps since the start.
    Steps,
    /// A plain number.
    Number,
}

/// Which direction of a measure is better for the place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Neither in itself.
    Neither,
}

/// The most points in time at which series are recorded.
const MOST_POINTS: u32 = 240;

/// Steps at whose end series are recorded: every one, or evenly thinned in a long run. The last is always among them.
pub fn recorded_steps(steps: u32) -> Vec<u32> {
    let stride = steps.div_ceil(MOST_POINTS).max(1);
    (0..steps).filter(|step| (steps - 1 - step).is_multiple_of(stride)).collect()
}

/// The series of a scenario, in the order in which they are recorded.
pub fn series_measures(setup: &Setup) -> Vec<Measure> {
    let mut list = Vec::new();
    for pool in setup.pools.iter().filter(|pool| pool.part.renews_itself()) {
        list.push(measure(
            &format!("stock.{}", pool.name),
            &format!("stock of {}", words(&pool.name)),
            Unit::Share,
            Better::Higher,
        ));
    }
    list.push(measure("effort", "effort against plan", Unit::Share, Better::Neither));
    list.push(yield_measure(setup));
    if setup.has_need {
        list.push(measure("need_met", "need met", Unit::Share, Better::Higher));
        list.push(measure("waiting", "waiting need", Unit::StepsOfNeed, Better::Lower));
    }
    if setup.has_income {
        list.push(measure("margin", "margin of all providers", Unit::Share, Better::Higher));
    }
    if setup.society.trust_moves() {
        list.push(measure("trust", "trust", Unit::Share, Better::Higher));
    }
    if setup.upstream.is_some() {
        list.push(measure("relief", "need prevented upstream", Unit::Share, Better::Higher));
    }
    list
}

/// The outcomes of a run, in the order in which they are recorded.
pub fn outcome_measures(setup: &Setup) -> Vec<Measure> {
    let mut list = vec![
        measure("stock_end", "stock at the end", Unit::Share, Better::Higher),
        measure("stock_mean", "stock on average", Unit::Share, Better::Higher),
        measure("collapsed", "runs in which the pool collapsed", Unit::Share, Better::Lower),
        measure("collapse_step", "step of the collapse", Unit::Steps, Better::Higher),
        measure("effort", "effort against plan", Unit::Share, Better::Neither),
        yield_measure(setup),
        measure("compliance", "providers within their share", Unit::Share, Better::Higher),
    ];
    if setup.has_need {
        list.push(measure("need_met", "need met", Unit::Share, Better::Higher));
        list.push(measure("waiting_end", "need waiting at the end", Unit::StepsOfNeed, Better::Lower));
        list.push(measure("spilled", "need that fell on others", Unit::Share, Better::Lower));
        list.push(measure("lost", "need that was lost", Unit::Share, Better::Lower));
        list.push(measure("inequality", "inequality of need met (Gini)", Unit::Number, Better::Lower));
    }
    if setup.has_income {
        list.push(measure("margin", "margin of all providers", Unit::Share, Better::Higher));
        list.push(measure("in_deficit", "paid providers in deficit", Unit::Share, Better::Lower));
        list.push(measure("governance", "cost of governance against income", Unit::Share, Better::Lower));
    }
    if setup.society.trust_moves() {
        list.push(measure("trust_end", "trust at the end", Unit::Share, Better::Higher));
    }
    for kind in &setup.kinds {
        let name = words(&kind.name);
        if kind.need.is_some() {
            list.push(of_kind(&kind.name, "need_met", &format!("need met, {name}"), Better::Higher));
        } else {
            let measure = yield_measure(setup);
            let label = format!("{}, {name}", measure.label);
            list.push(Measure { unit: measure.unit, ..of_kind(&kind.name, "yield", &label, Better::Higher) });
        }
        if kind.payment.is_some() {
            list.push(of_kind(&kind.name, "margin", &format!("margin, {name}"), Better::Higher));
        }
    }
    list
}

fn measure(key: &str, label: &str, unit: Unit, better: Better) -> Measure {
    Measure { key: key.to_owned(), label: label.to_owned(), unit, better, kind: None }
}

/// Where there is need, planned effort is planned care, and the yield a share of it; in a fishery it is a catch per effort.
fn yield_measure(setup: &Setup) -> Measure {
    if setup.has_need {
        measure("yield", "care delivered against plan", Unit::Share, Better::Higher)
    } else {
        measure("yield", "yield per unit of planned effort", Unit::Number, Better::Higher)
    }
}

fn of_kind(kind: &str, key: &str, label: &str, better: Better) -> Measure {
    Measure { kind: Some(kind.to_owned()), ..measure(&format!("{key}.{kind}"), label, Unit::Share, better) }
}

/// A key as words: `mental_health` → "mental health".
pub fn words(key: &str) -> String {
    key.replace(['_', '-'], " ")
}

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
    sums: Vec<Sums>,
}

/// Sums over the run for one provider, per unit of its size.
#[derive(Clone, Debug)]
struct Sums {
    met: Lanes,
    arisen: Lanes,
    delivered: Lanes,
    spilled: Lanes,
    lost: Lanes,
    income: Lanes,
    margin: Lanes,
}

impl Recorder {
    pub(super) fn new(setup: &Setup) -> Self {
        let points = recorded_steps(setup.steps).len();
        let none = Sums {
            met: Lanes::ZERO,
            arisen: Lanes::ZERO,
            delivered: Lanes::ZERO,
            spilled: Lanes::ZERO,
            lost: Lanes::ZERO,
            income: Lanes::ZERO,
            margin: Lanes::ZERO,
        };
        Self {
            stride: setup.steps.div_ceil(MOST_POINTS).max(1),
            series: Vec::with_capacity(points * series_measures(setup).len()),
            collapse: Lanes::all(-1.0),
            stock: Lanes::ZERO,
            effort: Lanes::ZERO,
            delivered: Lanes::ZERO,
            compliant: Lanes::ZERO,
            governance: Lanes::ZERO,
            sums: vec![none; setup.providers.len()],
        }
    }

    /// Takes the measures of a step that has just ended.
    #[inline(always)]
    pub(super) fn observe(&mut self, setup: &Setup, world: &World, step: u32) {
        let totals = self.add(setup, world);
        let main = &setup.pools[setup.main_pool].part;
        let stock = world.pools[setup.main_pool].stock * (1.0 / main.capacity);
        self.stock += stock;
        let falls = stock.less(Lanes::all(main.collapse)) & self.collapse.less(Lanes::ZERO);
        self.collapse = select(falls, Lanes::all(f64::from(step)), self.collapse);
        if (setup.steps - 1 - step).is_multiple_of(self.stride) {
            self.note(setup, world, &totals);
        }
    }

    /// Adds a step to the sums and gives the step's totals across the place.
    #[inline(always)]
    fn add(&mut self, setup: &Setup, world: &World) -> Totals {
        let mut totals = Totals::NONE;
        for ((provider, state), sums) in setup.providers.iter().zip(&world.providers).zip(&mut self.sums) {
            totals.add(setup, state, provider.size);
            sums.delivered += state.delivered;
            if setup.has_need {
                sums.met += state.met;
                sums.arisen += state.need_new + state.need_received;
                sums.spilled += state.spilled;
                sums.lost += state.lost;
            }
            if setup.has_income {
                sums.income += state.income;
                sums.margin += state.margin;
            }
        }
        self.effort += totals.effort;
        self.delivered += totals.delivered;
        self.compliant += totals.compliant;
        self.governance += world.place.governance;
        for spent in &world.place.spent_on_rules {
            self.governance += *spent;
        }
        totals
    }

    #[inline(always)]
    fn note(&mut self, setup: &Setup, world: &World, totals: &Totals) {
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
            self.series.push(share_of(totals.backlog, totals.need_new));
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
    }

    /// Ends the runs.
    pub(super) fn finish(self, setup: &Setup, world: &World) -> Record {
        let steps = 1.0 / f64::from(setup.steps);
        let main = &setup.pools[setup.main_pool].part;
        let plan = steps / setup.planned_effort;
        let collapsed = self.collapse.at_least(Lanes::ZERO);
        let mut outcomes = vec![
            world.pools[setup.main_pool].stock * (1.0 / main.capacity),
            self.stock * steps,
            collapsed.number(),
            select(collapsed, self.collapse + 1.0, Lanes::all(f64::NAN)),
            self.effort * plan,
            self.delivered * plan,
            self.compliant * (steps / setup.providers.len() as f64),
        ];
        if setup.has_need {
            outcomes.extend(self.need_outcomes(setup, world));
        }
        if setup.has_income {
            outcomes.extend(self.money_outcomes(setup));
        }
        if setup.society.trust_moves() {
            let trust = world.providers.iter().fold(Lanes::ZERO, |sum, state| sum + state.trust);
            outcomes.push(trust * (1.0 / setup.providers.len() as f64));
        }
        for kind in &setup.kinds {
            let sum = |of: fn(&Sums) -> Lanes| self.total(setup, kind.members.clone(), of);
            if kind.need.is_some() {
                outcomes.push(ratio(sum(|sums| sums.met), sum(|sums| sums.arisen)));
            } else {
                outcomes.push(sum(|sums| sums.delivered) * (steps / (kind.plan * kind.total_size)));
            }
            if kind.payment.is_some() {
                outcomes.push(share_of(sum(|sums| sums.margin), sum(|sums| sums.income)));
            }
        }
        Record { series: self.series, outcomes, collapse: self.collapse }
    }

    fn total(&self, setup: &Setup, members: std::ops::Range<usize>, of: fn(&Sums) -> Lanes) -> Lanes {
        let mut total = Lanes::ZERO;
        for index in members {
            total += of(&self.sums[index]) * setup.providers[index].size;
        }
        total
    }

    fn need_outcomes(&self, setup: &Setup, world: &World) -> [Lanes; 5] {
        let all = 0..setup.providers.len();
        let arisen = self.total(setup, all.clone(), |sums| sums.arisen);
        let mut waiting = Lanes::ZERO;
        for (provider, state) in setup.providers.iter().zip(&world.providers) {
            waiting += state.backlog * provider.size;
        }
        let per_step = arisen * (1.0 / f64::from(setup.steps));
        [
            ratio(self.total(setup, all.clone(), |sums| sums.met), arisen),
            waiting / per_step.max(Lanes::all(f64::MIN_POSITIVE)),
            self.total(setup, all.clone(), |sums| sums.spilled) / arisen.max(Lanes::all(f64::MIN_POSITIVE)),
            self.total(setup, all, |sums| sums.lost) / arisen.max(Lanes::all(f64::MIN_POSITIVE)),
            self.inequality(setup),
        ]
    }

    /// Gini coefficient of the share of need met among those who have need, weighted by size; once a run, so a plain loop
    /// over the lanes.
    fn inequality(&self, setup: &Setup) -> Lanes {
        let with_need: Vec<(f64, &Sums)> = setup
            .providers
            .iter()
            .zip(&self.sums)
            .filter(|(provider, _)| setup.kind(provider).need.is_some())
            .map(|(provider, sums)| (provider.size, sums))
            .collect();
        let sizes: Vec<f64> = with_need.iter().map(|(size, _)| *size).collect();
        Lanes::from_fn(|lane| {
            let met: Vec<f64> = with_need.iter().map(|(_, sums)| ratio(sums.met, sums.arisen).lane(lane)).collect();
            gini(&met, &sizes).unwrap_or(f64::NAN)
        })
    }

    fn money_outcomes(&self, setup: &Setup) -> [Lanes; 3] {
        let all = 0..setup.providers.len();
        let income = self.total(setup, all.clone(), |sums| sums.income);
        let (mut paid, mut in_deficit) = (0.0, Lanes::ZERO);
        for (provider, sums) in setup.providers.iter().zip(&self.sums) {
            if setup.kind(provider).payment.is_some() {
                paid += 1.0;
                in_deficit += sums.margin.less(Lanes::ZERO).number();
            }
        }
        [
            share_of(self.total(setup, all, |sums| sums.margin), income),
            in_deficit * (1.0 / paid),
            share_of(self.governance, income),
        ]
    }
}

/// A sum as a share of a whole; missing where there is no whole.
#[inline(always)]
fn share_of(sum: Lanes, whole: Lanes) -> Lanes {
    let none = whole.at_most(Lanes::ZERO);
    select(none, Lanes::all(f64::NAN), sum / select(none, Lanes::ONE, whole))
}

/// Totals of one step across the place.
struct Totals {
    effort: Lanes,
    delivered: Lanes,
    compliant: Lanes,
    backlog: Lanes,
    need_new: Lanes,
    margin: Lanes,
    income: Lanes,
    trust: Lanes,
}

impl Totals {
    const NONE: Self = Self {
        effort: Lanes::ZERO,
        delivered: Lanes::ZERO,
        compliant: Lanes::ZERO,
        backlog: Lanes::ZERO,
        need_new: Lanes::ZERO,
        margin: Lanes::ZERO,
        income: Lanes::ZERO,
        trust: Lanes::ZERO,
    };

    #[inline(always)]
    fn add(&mut self, setup: &Setup, state: &ProviderState, size: f64) {
        self.effort += state.level * size;
        self.delivered += state.delivered * size;
        self.compliant += state.excess.at_most(state.agreed * setup.society.tolerance).number();
        if setup.has_need {
            self.backlog += state.backlog * size;
            self.need_new += state.need_new * size;
        }
        if setup.has_income {
            self.margin += state.margin * size;
            self.income += state.income * size;
        }
        if setup.society.trust_moves() {
            self.trust += state.trust;
        }
    }
}
