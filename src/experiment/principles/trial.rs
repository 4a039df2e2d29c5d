//! One item of the work: a run, or a few, under all the combinations of rules that are asked about.

use super::design::{Design, Method};
use super::question::Question;
use crate::experiment::Options;
use crate::model::failure::FAILED;
use crate::model::lanes::{LANES, Mask};
use crate::model::measure::Address;
use crate::model::run;
use crate::model::setup::Setup;
use crate::statistics::shapley::{Coalition, Game, Sampled};

/// What it takes to perform items.
#[derive(Clone, Debug)]
pub struct Trial {
    setup: Setup,
    design: Design,
    options: Options,
    /// Where the measures stand in the record of a run.
    measures: Vec<Address>,
    listed: Vec<Coalition>,
    /// Runs of an item: one, or as many as fill the lanes where there are few combinations.
    runs_at_once: u64,
    /// The same for every item, where every combination is run.
    batches: Vec<Batch>,
}

/// Up to sixteen combinations that ride side by side.
#[derive(Clone, Debug)]
struct Batch {
    setup: Setup,
    /// The run of each lane, counted from the first of the item.
    runs: [u64; LANES],
    /// Lanes that count; the others repeat the last.
    lanes: usize,
}

impl Trial {
    /// Makes ready; `options` say with what seed and instruction set.
    pub fn new(setup: &Setup, question: &Question, options: Options) -> Self {
        let design = &question.design;
        let listed = design.listed();
        let (runs_at_once, batches) = match design.method() {
            Method::Exact => {
                let runs = (LANES / listed.len()).max(1) as u64;
                let members: Vec<(u64, Coalition)> =
                    (0..runs).flat_map(|run| listed.iter().map(move |coalition| (run, *coalition))).collect();
                (runs, batches(setup, design, &members))
            }
            Method::Orders(_) => (1, Vec::new()),
        };
        let (setup, design, measures) = (setup.clone(), design.clone(), question.addresses());
        Self { setup, design, options, measures, listed, runs_at_once, batches }
    }

    /// Runs of an item.
    pub fn runs_at_once(&self) -> u64 {
        self.runs_at_once
    }

    /// Numbers in the row of a run: for each measure those of [`Design::numbers`].
    pub fn width(&self) -> usize {
        self.measures.len() * self.design.numbers()
    }

    /// The rows of an item's runs, one after the other. The result depends on scenario, question, seed and item alone.
    pub fn perform(&self, item: u64) -> Vec<f64> {
        let first = item * self.runs_at_once;
        match self.design.method() {
            Method::Exact => self.exact(first),
            Method::Orders(_) => self.sampled(first),
        }
    }

    fn exact(&self, first: u64) -> Vec<f64> {
        let worth = self.worth(first, &self.batches);
        let mut rows = Vec::with_capacity(self.runs_at_once as usize * self.width());
        for worth in worth.chunks_exact(self.listed.len() * self.measures.len()) {
            if worth.contains(&FAILED) {
                rows.extend(self.failed());
                continue;
            }
            for measure in 0..self.measures.len() {
                let table: Vec<f64> = worth.iter().skip(measure).step_by(self.measures.len()).copied().collect();
                if let Some(game) = Game::new(&table) {
                    rows.extend(table.iter().copied().chain(game.shapley()).chain(game.interactions()));
                }
            }
        }
        rows
    }

    fn sampled(&self, run: u64) -> Vec<f64> {
        let orders = self.design.orders(self.options.seed, run);
        let mut needed = self.listed.clone();
        needed.extend(orders.iter().flat_map(crate::statistics::shapley::Order::coalitions));
        needed.sort_unstable();
        needed.dedup();
        let members: Vec<(u64, Coalition)> = needed.iter().map(|coalition| (0, *coalition)).collect();
        let worth = self.worth(run, &batches(&self.setup, &self.design, &members));
        if worth.contains(&FAILED) {
            return self.failed().collect();
        }
        let count = self.measures.len();
        let mut row = Vec::with_capacity(self.width());
        for measure in 0..count {
            // Every combination that an order names is among those needed.
            let of = |coalition: Coalition| {
                needed.binary_search(&coalition).map_or(f64::NAN, |position| worth[position * count + measure])
            };
            let sampled = Sampled::new(self.design.rules().len(), &orders, of);
            row.extend(self.listed.iter().map(|coalition| of(*coalition)));
            row.extend(sampled.shapley.iter().chain(&sampled.interactions));
        }
        row
    }

    /// The row of a run that failed under some combination.
    fn failed(&self) -> impl Iterator<Item = f64> {
        std::iter::repeat_n(FAILED, self.width())
    }

    /// The measures of every lane that counts, in the order of the batches.
    fn worth(&self, first: u64, batches: &[Batch]) -> Vec<f64> {
        let mut worth = Vec::new();
        for batch in batches {
            let runs = batch.runs.map(|run| first + run);
            let record = run::run(&batch.setup, self.options.seed, runs, self.options.instructions);
            for lane in 0..batch.lanes {
                worth.extend(self.measures.iter().map(|measure| measure.of(&record).lane(lane)));
            }
        }
        worth
    }
}

/// Combinations in batches of sixteen, each with its run.
fn batches(setup: &Setup, design: &Design, members: &[(u64, Coalition)]) -> Vec<Batch> {
    let batch = |members: &[(u64, Coalition)]| {
        let member = |lane: usize| members[lane.min(members.len() - 1)];
        let rules = setup.rules().only(|name| Mask::from_fn(|lane| design.has(member(lane).1, name)));
        Batch { setup: setup.with_rules(rules), runs: std::array::from_fn(|lane| member(lane).0), lanes: members.len() }
    };
    members.chunks(LANES).map(batch).collect()
}
