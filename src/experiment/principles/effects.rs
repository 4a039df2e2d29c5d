//! What the rules do to one measure, gathered run by run in memory that does not grow with their number.

use super::super::Level;
use super::design::Design;
use crate::model::failure::FAILED;
use crate::model::measure::{Better, Measure};
use crate::statistics::Tally;
use crate::statistics::shapley::Coalition;

/// The rules by one measure. Every tally is over the runs; a run in which some combination has no value is missing in all of
/// them, so that all are about the same runs.
#[derive(Clone, Debug)]
pub struct Effects {
    /// What is measured.
    pub measure: Measure,
    /// The level of all intervals.
    pub level: Level,
    /// Level of the measure, one a listed combination.
    pub worth: Vec<Tally>,
    /// Shapley value of each rule.
    pub shapley: Vec<Tally>,
    /// Interaction index of each pair.
    pub interactions: Vec<Tally>,
    /// What each rule adds where there is no other.
    pub added: Vec<Tally>,
    /// What each rule adds where all others are there already.
    pub removed: Vec<Tally>,
    /// What all rules add together.
    pub together: Tally,
    /// The best combination of each size, chosen by the earlier runs and judged by the later; empty before there are any
    /// later ones, and for a measure of which neither direction is better.
    pub best: Vec<Best>,
    listed: Vec<Coalition>,
    choice: Choice,
}

/// The best combination of its size. It was chosen by the mean of some runs; all tallies are of the runs after those, so that
/// luck in the choice does not flatter it.
#[derive(Clone, Debug)]
pub struct Best {
    /// The combination.
    pub coalition: Coalition,
    /// The one that came next to it among those of its size.
    pub next: Option<Coalition>,
    /// Level of the measure.
    pub worth: Tally,
    /// By how much it is better than none of the rules.
    pub over_none: Tally,
    /// By how much it is better than the next.
    pub over_next: Tally,
    /// By how much it is worse than the best of all sizes.
    pub behind: Tally,
}

/// When the best are chosen.
#[derive(Clone, Copy, Debug)]
struct Choice {
    /// After so many runs.
    after: u64,
    /// And again at each doubling.
    again: bool,
    /// Where the best of all sizes stands in the list of the best.
    top: usize,
}

impl Effects {
    pub(super) fn new(measure: &Measure, design: &Design, (choose_after, again): (u64, bool), level: Level) -> Self {
        let listed = design.listed();
        let rules = design.rules().len();
        Self {
            measure: measure.clone(),
            level,
            worth: vec![Tally::default(); listed.len()],
            shapley: vec![Tally::default(); rules],
            interactions: vec![Tally::default(); design.pairs().count()],
            added: vec![Tally::default(); rules],
            removed: vec![Tally::default(); rules],
            together: Tally::default(),
            best: Vec::new(),
            listed,
            choice: Choice { after: choose_after, again, top: 0 },
        }
    }

    /// The level of a listed combination.
    pub fn worth_of(&self, coalition: Coalition) -> Option<&Tally> {
        self.position(coalition).map(|position| &self.worth[position])
    }

    /// Which direction is better of what the rules do: that from none of them to all.
    pub fn better(&self) -> Better {
        let mean = |tally: Option<&Tally>| tally.and_then(Tally::mean);
        match (mean(self.worth.first()), mean(self.worth.last())) {
            (Some(none), Some(all)) => self.measure.direction(none, all),
            _ => self.measure.direction(f64::NAN, f64::NAN),
        }
    }

    /// Takes the numbers of a run, in the order of [`Design::numbers`].
    pub(super) fn take(&mut self, run: u64, design: &Design, numbers: &[f64]) {
        if run == self.choice.after {
            self.choose();
        }
        let missing;
        let numbers = if numbers[..self.listed.len()].iter().all(|value| value.is_finite()) {
            numbers
        } else {
            let none = if numbers.contains(&FAILED) { FAILED } else { f64::NAN };
            missing = vec![none; numbers.len()];
            &missing
        };
        let (worth, rest) = numbers.split_at(self.listed.len());
        let (shapley, interactions) = rest.split_at(self.shapley.len());
        push(&mut self.worth, worth);
        push(&mut self.shapley, shapley);
        push(&mut self.interactions, interactions);
        let (listed, all) = (&self.listed, design.all());
        let of = |coalition: Coalition| listed.binary_search(&coalition).map_or(f64::NAN, |position| worth[position]);
        for rule in 0..self.shapley.len() {
            let bit = 1 << rule;
            self.added[rule].push(of(bit) - of(0));
            self.removed[rule].push(of(all) - of(all ^ bit));
        }
        self.together.push(of(all) - of(0));
        self.judge(worth);
    }

    /// Lets one more run judge the best.
    fn judge(&mut self, worth: &[f64]) {
        let listed = &self.listed;
        let of = |coalition: Coalition| listed.binary_search(&coalition).map_or(f64::NAN, |position| worth[position]);
        let measure = &self.measure;
        let gain =
            |from: f64, to: f64| measure.good(to).zip(measure.good(from)).map_or(f64::NAN, |(to, from)| to - from);
        let top = self.best.get(self.choice.top).map_or(f64::NAN, |best| of(best.coalition));
        for best in &mut self.best {
            let own = of(best.coalition);
            best.worth.push(own);
            best.over_none.push(gain(of(0), own));
            best.behind.push(gain(own, top));
            if let Some(next) = best.next {
                best.over_next.push(gain(of(next), own));
            }
        }
    }

    /// Chooses the best and the next of each size by the runs so far.
    fn choose(&mut self) {
        self.choice.after *= if self.choice.again { 2 } else { 1 };
        let mut ranked: Vec<(f64, Coalition)> = self
            .listed
            .iter()
            .zip(&self.worth)
            .filter_map(|(coalition, worth)| Some((self.measure.good(worth.mean()?)?, *coalition)))
            .collect();
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(size(a.1).cmp(&size(b.1))).then(a.1.cmp(&b.1)));
        let top = ranked.first().map(|(_, coalition)| *coalition);
        let mut sizes: Vec<u32> = self.listed.iter().map(|coalition| size(*coalition)).collect();
        sizes.sort_unstable();
        sizes.dedup();
        self.best = sizes
            .into_iter()
            .filter_map(|wanted| {
                let mut of_size = ranked.iter().map(|(_, coalition)| *coalition).filter(|set| size(*set) == wanted);
                Some(Best::new(of_size.next()?, of_size.next()))
            })
            .collect();
        self.choice.top = self.best.iter().position(|best| Some(best.coalition) == top).unwrap_or(0);
    }

    /// The best of all sizes, once it is chosen.
    pub fn top(&self) -> Option<&Best> {
        self.best.get(self.choice.top)
    }

    fn position(&self, coalition: Coalition) -> Option<usize> {
        self.listed.binary_search(&coalition).ok()
    }
}

impl Best {
    fn new(coalition: Coalition, next: Option<Coalition>) -> Self {
        let none = Tally::default;
        Self { coalition, next, worth: none(), over_none: none(), over_next: none(), behind: none() }
    }

    /// How many rules are in it.
    pub fn size(&self) -> u32 {
        size(self.coalition)
    }
}

fn push(tallies: &mut [Tally], values: &[f64]) {
    for (tally, value) in tallies.iter_mut().zip(values) {
        tally.push(*value);
    }
}

fn size(coalition: Coalition) -> u32 {
    coalition.count_ones()
}
