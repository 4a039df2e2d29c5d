//! The answer of `stress`: which design still holds, on one screen.

mod findings;
mod verdict;

use super::super::answer::{Answer, Cell, Column, FEWEST, Grid, Names, Verdict};
use super::super::failed;
use super::super::phrase::{capitalised, counted, percent};
use super::findings::order;
use super::{Account, Numerals};
use crate::experiment::failures::FailedRuns;
use crate::experiment::stress::{Criterion, Share, Standing};

/// A stress test as its answer sees it.
struct View<'a> {
    account: &'a Account<'a>,
    names: Names,
    /// Designs from most to fewest futures in which all goals are met.
    order: Vec<usize>,
    standings: &'a [Standing],
}

/// The answer of a stress test.
pub(super) fn answer(account: &Account) -> Answer {
    let file = &account.futures.shocks.file;
    let runs = counted(account.stress.runs, "run");
    let futures = counted(account.futures.count() as u64, "future");
    let points = counted(account.futures.points.len() as u64, "point");
    let steps = account.futures.shocks.rungs.len();
    let mut answer = Answer {
        title: file.title.clone(),
        measured: format!("{futures} ({points} × {steps}), {runs} of each"),
        ..Answer::default()
    };
    let failed: Vec<FailedRuns> = account.futures.failed(account.stress).into_iter().collect();
    answer.findings = failed::sentences(&failed);
    let Some(view) = View::of(account) else {
        answer.verdict = Verdict::none(incomplete(account));
        return answer;
    };
    (answer.narrow, answer.wide) = (view.grid(false), view.grid(true));
    answer.notes = view.names.note().into_iter().collect();
    answer.findings.extend(findings::findings(&view));
    answer.verdict = match view.withheld() {
        Some(reason) => Verdict::none(reason),
        None => Verdict::Given(verdict::lines(&view)),
    };
    answer
}

fn incomplete(account: &Account) -> String {
    let way_out = "no share of futures is given. The table of futures says which";
    match account.stress.failed() {
        0 => format!("some futures were not met by every design, so {way_out}; a plan would keep what is done"),
        failed => format!("{} failed, so {way_out}", counted(failed, "run")),
    }
}

impl<'a> View<'a> {
    /// `None` of an incomplete experiment.
    fn of(account: &'a Account<'a>) -> Option<Self> {
        let standings = account.verdict.as_ref()?.designs.as_slice();
        let order = order(account, Criterion::Goals)?;
        Some(Self { account, names: Names::of_keys(account.keys()), order, standings })
    }

    fn name(&self, design: usize) -> &str {
        self.names.name(design)
    }

    /// A row a design, the best first: the share of futures that meet each goal, and all of them.
    fn grid(&self, wide: bool) -> Grid {
        let mut columns = vec![Column::words(0)];
        columns.extend(self.account.goals().zip(2..).map(|(goal, rank)| Column::of(goal, rank)));
        columns.push(Column::of("all goals", 0));
        columns.push(Column::number([self.account.level().to_string(), "interval".to_owned()], 0));
        let score = capitalised(&self.account.futures.score.label);
        if wide {
            columns.extend([Column::of(&score, 1), Column::number(["in the".to_owned(), "worst 5%".to_owned()], 1)]);
        }
        if wide && self.order.len() > 1 {
            columns.push(Column::of("mean regret", 1));
        }
        let row = |design: &usize| {
            let standing = &self.standings[*design];
            let mut row = vec![Cell::plain(self.name(*design))];
            row.extend(standing.goals.iter().chain([&standing.all_goals]).map(|share| Cell::plain(written(share))));
            row.push(Cell::plain(ends(&standing.all_goals)));
            if wide {
                row.extend(self.scores(standing).map(Cell::plain));
            }
            if wide && self.order.len() > 1 {
                let regret =
                    standing.mean_regret.map(|(mean, interval)| self.account.numerals(mean, interval).bare(mean));
                row.push(Cell::plain(regret.unwrap_or_else(|| "–".to_owned())));
            }
            row
        };
        let caption = "% of futures".to_owned();
        Grid { caption, columns, rows: self.order.iter().map(row).collect() }
    }

    /// The mean of the score over all futures, and over the worst.
    fn scores(&self, standing: &Standing) -> [String; 2] {
        let worst = standing.worst.map(|(worst, _)| worst);
        [standing.score, worst].map(|mean| {
            mean.map_or_else(|| "–".to_owned(), |mean| Numerals::short(&self.account.numerals(mean, None), mean))
        })
    }

    /// The reason why there is no verdict; `None` where there is one.
    fn withheld(&self) -> Option<String> {
        let points = self.account.futures.points.len();
        ((points as u64) < FEWEST).then(|| {
            format!(
                "{} are too few for shares of futures; give the study `points` of {FEWEST} or more (50 for conditions)",
                counted(points as u64, "point")
            )
        })
    }
}

/// A share of futures; what is not quite none or all is not called so.
fn written(share: &Share) -> String {
    percent(share.some as u64, share.all as u64).replace("less than ", "<").replace("more than ", ">")
}

/// "24 to 42%"
fn ends(share: &Share) -> String {
    share.interval.map_or_else(String::new, |ends| format!("{:.0} to {:.0}%", ends.low * 100.0, ends.high * 100.0))
}
