//! The recorder, which gathers what measures are made of while sixteen runs go on, and takes them.

use crate::lanes::{Lanes, select};
use crate::measure::{Entry, Flows, MOST_POINTS, Occasion, Period, RunSums, Year, Years, entries};
use crate::recovery::{Recovery, Window};
use crate::setup::Setup;
use crate::simd::Work;
use crate::weighing::Weighing;
use crate::welfare::Welfare;
use crate::world::World;

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

impl Record {
    /// Puts a run that rides in all lanes of another record into one lane of this.
    pub(crate) fn put(&mut self, lane: usize, run: &Self) {
        let Self { series, years, outcomes, collapse } = self;
        for (own, theirs) in [(series, &run.series), (years, &run.years), (outcomes, &run.outcomes)] {
            own.iter_mut().zip(theirs).for_each(|(own, theirs)| own.set_lane(lane, theirs.lane(0)));
        }
        collapse.set_lane(lane, run.collapse.lane(0));
    }
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
    /// Over the run, of each kind.
    of_run: Vec<Flows>,
    /// Over the run, across the place.
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
        let welfare = Welfare { setup, place: &world.place }.run();
        self.welfare.iter_mut().for_each(|sum| *sum += welfare);
        if let Some(recovery) = &mut self.sums.recovery {
            recovery.observe(setup, world, step);
        }
        let main = &setup.pools[setup.main_pool()].part;
        let stock = world.pools[setup.main_pool()].stock * (1.0 / main.capacity);
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
        let shared = &world.place;
        let mut of_place = Flows::NONE;
        sums.compliant += setup.providers() as f64;
        for (position, (kind, common)) in setup.kinds.iter().zip(&shared.kinds).enumerate() {
            let of_kind = Flows::of(kind, common, shared.dividend);
            of_place.beside(setup, &of_kind);
            of_year[position].follow(setup, &of_kind);
            of_run[position].follow(setup, &of_kind);
            sums.compliant -= common.breaches;
            if let Some(need) = &kind.need {
                sums.spilled += common.output.unmet * need.spilled();
                sums.lost += common.output.unmet * need.lost();
            }
            of_step[position] = of_kind;
        }
        place.follow(setup, &of_place);
        sums.governance += shared.governance;
        for spent in &shared.spent_on_rules {
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
    pub(super) fn finish(self, setup: &Setup, world: &World) -> Record {
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
