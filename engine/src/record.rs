//! The recorder, which gathers what measures are made of while sixteen runs go on, and takes them.

use super::lanes::{Lanes, select};
use super::measure::{Entry, Flows, MOST_POINTS, Occasion, Period, ProviderSums, RunSums, Year, Years, entries};
use super::recovery::{Recovery, Window};
use super::setup::{Need, Setup};
use super::simd::Work;
use super::weighing::Weighing;
use super::welfare::Welfare;
use super::world::{ProviderState, World};

/// What sixteen runs leave behind.
#[derive(Clone, Debug)]
pub struct Record {
    /// `recorded steps × series measures`.
    pub series: Vec<Lanes>,
    /// `recorded years × measures of a year`.
    pub years: Vec<Lanes>,
    /// One an outcome measure.
    pub outcomes: Vec<Lanes>,
    /// Step at whose end the main pool was first below its threshold; negative if it never was.
    pub collapse: Lanes,
}

/// Gathers and takes the measures while runs go on.
#[derive(Clone, Debug)]
pub(super) struct Recorder {
    stride: u32,
    calendar: Years,
    /// Position of the year that is going on, or that comes next, in the calendar.
    year: usize,
    taken: Taken,
    series: Vec<Lanes>,
    years: Vec<Lanes>,
    pub(super) sums: RunSums,
    /// Sums of each kind over the step that has just ended.
    of_step: Vec<Flows>,
    /// Over the year that is going on.
    of_year: Vec<Flows>,
    /// Over the run, of each kind; what is summed provider by provider comes in at the end.
    of_run: Vec<Flows>,
    /// Over the run, across the place, likewise.
    place: Flows,
    /// Welfare of the year that is going on, and of the run.
    welfare: [Lanes; 2],
}

/// The measures by the occasion at which they are taken.
#[derive(Clone, Debug)]
struct Taken {
    step: Vec<Entry>,
    year: Vec<Entry>,
    run: Vec<Entry>,
}

impl Taken {
    fn of(setup: &Setup) -> Self {
        let all = entries(setup);
        let at = |occasion| all.iter().filter(|entry| entry.is_taken(occasion)).copied().collect();
        Self { step: at(Occasion::Step), year: at(Occasion::Year), run: at(Occasion::Run) }
    }
}

impl Recorder {
    pub(super) fn new(setup: &Setup) -> Self {
        let nothing = vec![Flows::NONE; setup.kinds.len()];
        let (calendar, taken) = (Years::of(setup), Taken::of(setup));
        let points = setup.steps.min(MOST_POINTS) as usize;
        Self {
            stride: setup.steps.div_ceil(MOST_POINTS).max(1),
            series: Vec::with_capacity(points * taken.step.len()),
            years: Vec::with_capacity(calendar.recorded.len() * taken.year.len()),
            calendar,
            year: 0,
            taken,
            sums: RunSums {
                collapse: Lanes::all(-1.0),
                stock: Lanes::ZERO,
                compliant: Lanes::ZERO,
                governance: Lanes::ZERO,
                spilled: Lanes::ZERO,
                lost: Lanes::ZERO,
                fortress: setup.benchmark.as_ref().map(|_| Weighing::new(setup)),
                recovery: Window::of(setup).map(Recovery::new),
                providers: vec![ProviderSums::NONE; setup.providers.len()],
            },
            of_step: nothing.clone(),
            of_year: nothing.clone(),
            of_run: nothing,
            place: Flows::NONE,
            welfare: [Lanes::ZERO; 2],
        }
    }

    /// Takes the measures of a step that has just ended.
    #[inline(always)]
    pub(super) fn observe(&mut self, setup: &Setup, world: &World, step: u32) {
        let of_step = self.add(setup, world);
        let welfare = Welfare { setup, world }.run();
        self.welfare.iter_mut().for_each(|sum| *sum += welfare);
        if let Some(recovery) = &mut self.sums.recovery {
            recovery.observe(setup, world, step);
        }
        let main = &setup.pools[setup.main_pool].part;
        let stock = world.pools[setup.main_pool].stock * (1.0 / main.capacity);
        self.sums.stock += stock;
        let falls = stock.less(Lanes::all(main.collapse)) & self.sums.collapse.less(Lanes::ZERO);
        self.sums.collapse = select(falls, Lanes::all(f64::from(step)), self.sums.collapse);
        if (setup.steps - 1 - step).is_multiple_of(self.stride) {
            self.note_step(setup, world, of_step, welfare);
        }
        match self.calendar.recorded.get(self.year) {
            Some(year) if year.until == step + 1 => self.note_year(setup, world, *year),
            Some(year) if year.from > step => self.forget_year(),
            _ => {}
        }
    }

    /// Adds a step to the sums, and gives those of the step across the place.
    #[inline(always)]
    fn add(&mut self, setup: &Setup, world: &World) -> Flows {
        let Self { sums, of_step, of_year, of_run, place, .. } = self;
        let (mut of_place, mut apart) = (Flows::NONE, Apart::NONE);
        for (position, kind) in setup.kinds.iter().enumerate() {
            let (mut of_kind, run) = (Flows::NONE, &mut of_run[position]);
            for index in kind.members.clone() {
                let (state, size) = (&world.providers[index], setup.providers[index].size);
                let margin = state.margin(setup, &world.place);
                let own = Flows::of(kind, state, margin, size);
                of_place.beside(setup, &own);
                of_kind.beside(setup, &own);
                apart.add(setup, kind.need.as_ref(), state, size);
                let single = &mut sums.providers[index];
                if kind.need.is_some() {
                    single.met += state.met;
                    single.arisen += state.need_new + state.need_received;
                }
                run.delivered += own.delivered;
                if setup.has_income {
                    single.margin += margin;
                    run.income += own.income;
                    run.unpaid += own.unpaid;
                    run.bonus += own.bonus;
                }
            }
            run.fresh += of_kind.fresh;
            run.cost += of_kind.cost;
            run.effort += of_kind.effort;
            run.waiting = of_kind.waiting;
            of_year[position].follow(setup, &of_kind);
            of_step[position] = of_kind;
        }
        place.effort += of_place.effort;
        place.delivered += of_place.delivered;
        place.waiting = of_place.waiting;
        sums.compliant += apart.compliant;
        sums.spilled += apart.spilled;
        sums.lost += apart.lost;
        sums.governance += world.place.governance;
        for spent in &world.place.spent_on_rules {
            sums.governance += *spent;
        }
        of_place
    }

    fn note_step(&mut self, setup: &Setup, world: &World, place: Flows, welfare: Lanes) {
        let period = Period { setup, world, steps: 1.0, place, kinds: &self.of_step, welfare, run: &self.sums };
        self.series.extend(self.taken.step.iter().map(|entry| entry.take(&period)));
    }

    fn note_year(&mut self, setup: &Setup, world: &World, year: Year) {
        let mut place = Flows::NONE;
        for kind in &self.of_year {
            place.beside(setup, kind);
        }
        let (kinds, welfare) = (&self.of_year, self.welfare[0]);
        let steps = f64::from(year.steps());
        let period = Period { setup, world, steps, place, kinds, welfare, run: &self.sums };
        self.years.extend(self.taken.year.iter().map(|entry| entry.take(&period)));
        self.year += 1;
        self.forget_year();
    }

    /// Begins a year anew.
    fn forget_year(&mut self) {
        self.of_year.fill(Flows::NONE);
        self.welfare[0] = Lanes::ZERO;
    }

    /// Ends the runs.
    pub(super) fn finish(mut self, setup: &Setup, world: &World) -> Record {
        for (flows, kind) in self.of_run.iter_mut().zip(&setup.kinds) {
            self.sums.sum_up(setup, kind.members.clone(), flows);
            self.place.income += flows.income;
            self.place.fresh += flows.fresh;
            self.place.cost += flows.cost;
            self.place.unpaid += flows.unpaid;
            self.place.bonus += flows.bonus;
        }
        self.sums.sum_up(setup, 0..setup.providers.len(), &mut self.place);
        let period = Period {
            setup,
            world,
            steps: f64::from(setup.steps),
            place: self.place,
            kinds: &self.of_run,
            welfare: self.welfare[1],
            run: &self.sums,
        };
        let outcomes = self.taken.run.iter().map(|entry| entry.take(&period)).collect();
        Record { series: self.series, years: self.years, outcomes, collapse: self.sums.collapse }
    }
}

/// Sums of a step across the place that no other period has.
struct Apart {
    compliant: Lanes,
    spilled: Lanes,
    lost: Lanes,
}

impl Apart {
    const NONE: Self = Self { compliant: Lanes::ZERO, spilled: Lanes::ZERO, lost: Lanes::ZERO };

    #[inline(always)]
    fn add(&mut self, setup: &Setup, need: Option<&Need>, state: &ProviderState, size: f64) {
        self.compliant += state.excess.at_most(state.agreed * setup.society.tolerance).number();
        if let Some(need) = need {
            self.spilled += state.unmet * (need.spilled * size);
            self.lost += state.unmet * (need.lost * size);
        }
    }
}
