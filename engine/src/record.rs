//! The recorder, which gathers what measures are made of while sixteen runs go on, and takes them.

use crate::lanes::{Lanes, select};
use crate::measure::{Entry, Flows, MOST_POINTS, Occasion, Period, RunSums, Year, Years, entries};
use crate::setup::Setup;
use crate::simd::Work;
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
    /// Of no runs.
    fn none() -> Self {
        Self { series: Vec::new(), years: Vec::new(), outcomes: Vec::new(), collapse: Lanes::ZERO }
    }

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
    /// What the runs that go on will leave behind.
    pub(super) record: Record,
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
    /// Ready to begin, for a world of so many rows.
    pub(super) fn new(setup: &Setup, rows: usize) -> Self {
        let nothing = vec![Flows::NONE; setup.kinds.len()];
        Self {
            stride: setup.steps.div_ceil(MOST_POINTS).max(1),
            calendar: Years::of(setup),
            year: 0,
            taken: Taken::of(setup),
            record: Record::none(),
            sums: RunSums::new(setup, rows),
            of_step: nothing.clone(),
            of_year: nothing.clone(),
            of_run: nothing,
            place: Flows::NONE,
            welfare: [Lanes::ZERO; 2],
        }
    }

    /// Before the first step of other runs, in the same memory. Only a record that was handed over is made anew.
    pub(super) fn begin_again(&mut self, setup: &Setup) {
        let Self { stride: _, calendar, year, taken, record, sums, of_step, of_year, of_run, place, welfare } = self;
        make_room(&mut record.series, setup.steps.min(MOST_POINTS) as usize * taken.step.len());
        make_room(&mut record.years, calendar.recorded.len() * taken.year.len());
        make_room(&mut record.outcomes, taken.run.len());
        *year = 0;
        sums.begin_again();
        for flows in [of_step, of_year, of_run] {
            flows.fill(Flows::NONE);
        }
        *place = Flows::NONE;
        *welfare = [Lanes::ZERO; 2];
    }

    /// At the end of the warm-up: what measures of the whole run are made of begins anew. When a pool collapsed is known all the same.
    pub(super) fn forget_so_far(&mut self) {
        self.sums.forget_so_far();
        self.of_run.fill(Flows::NONE);
        self.place = Flows::NONE;
        self.welfare[1] = Lanes::ZERO;
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
                sums.referred += common.output.referred;
            }
            of_step[position] = of_kind;
        }
        place.follow(setup, &of_place);
        sums.governance += shared.governance;
        for spent in &shared.spent_on_rules {
            sums.governance += *spent;
            sums.rules_paid += *spent;
        }
        of_place
    }

    fn note_step(&mut self, setup: &Setup, world: &World, place: Flows, welfare: Lanes) {
        let period = Period { setup, world, steps: 1.0, place, kinds: &self.of_step, welfare, run: &self.sums };
        self.record.series.extend(self.taken.step.iter().map(|entry| entry.take(&period)));
    }

    fn note_year(&mut self, setup: &Setup, world: &World, year: Year) {
        let mut place = Flows::NONE;
        for kind in &self.of_year {
            place.beside(setup, kind);
        }
        let (kinds, welfare) = (&self.of_year, self.welfare[0]);
        let steps = f64::from(year.steps());
        let period = Period { setup, world, steps, place, kinds, welfare, run: &self.sums };
        self.record.years.extend(self.taken.year.iter().map(|entry| entry.take(&period)));
        self.year += 1;
        self.forget_year();
    }

    /// Begins a year anew.
    fn forget_year(&mut self) {
        self.of_year.fill(Flows::NONE);
        self.welfare[0] = Lanes::ZERO;
    }

    /// Ends the runs: the record is then whole.
    pub(super) fn finish(&mut self, setup: &Setup, world: &World) {
        let period = Period {
            setup,
            world,
            steps: f64::from(setup.measured_steps()),
            place: self.place.clone(),
            kinds: &self.of_run,
            welfare: self.welfare[1],
            run: &self.sums,
        };
        self.record.outcomes.extend(self.taken.run.iter().map(|entry| entry.take(&period)));
        self.record.collapse = self.sums.collapse;
    }

    /// Hands over what runs that have ended leave behind.
    pub(super) fn hand_over(&mut self) -> Record {
        std::mem::replace(&mut self.record, Record::none())
    }
}

/// Empties a list that will hold so many.
fn make_room(list: &mut Vec<Lanes>, count: usize) {
    list.clear();
    list.reserve_exact(count);
}
