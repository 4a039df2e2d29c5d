//! What is printed at the end of an experiment over an ensemble, and stands first on its page: one table, what decides, and a verdict in
//! three rows.

mod dots;
mod grid;
mod verdict;

use super::findings::{Words, caveats, conditions, next, turned};
use super::{Account, rules, sets};
use crate::experiment::matching::{Difference, Sort};
use crate::report::answer::{Answer, Verdict, too_many_failures};
use crate::report::phrase::{count, counted, list};

/// Fewer points than this have no verdict.
const FEWEST: usize = 20;

/// The answer.
pub fn answer(account: &Account) -> Answer {
    let (narrow, wide) = (grid::grid(account, false), grid::grid(account, true));
    Answer {
        title: title(account),
        measured: measured(account),
        narrow,
        wide,
        findings: findings(account),
        dots: dots::dots(account),
        verdict: match withheld(account) {
            Some(reason) => Verdict::none(reason),
            None => Verdict::Given(verdict::lines(account)),
        },
        ..Answer::default()
    }
}

fn title(account: &Account) -> String {
    let names = &account.names;
    match account.over.sort {
        Sort::Designs if names.len() == 2 => format!("{} against {}", names[1], names[0]),
        Sort::Designs => format!("{} designs against {}", count(account.others().len() as u64), names[0]),
        Sort::Written => format!("{} over what the evidence leaves open", names[1]),
        Sort::Rules(_) => format!("What each rule of {} adds", account.scenario_key()),
    }
}

fn measured(account: &Account) -> String {
    let over = account.over;
    let points = counted(over.points.len() as u64, "point");
    format!("{points} that the evidence leaves open, {} at each", counted(over.runs, "run"))
}

/// A measure of an arm, and what its difference comes to.
#[derive(Clone, Copy)]
struct Seen<'a> {
    arm: usize,
    measure: usize,
    found: &'a Difference,
}

impl Seen<'_> {
    /// Shares of the points at which it is higher and lower.
    fn shares(&self) -> [f64; 2] {
        [self.found.higher, self.found.lower].map(|some| some as f64 / self.found.points.max(1) as f64)
    }

    /// Whether it goes one way in four of five points and hardly ever the other.
    fn is_robust(&self) -> bool {
        let [higher, lower] = self.shares();
        higher.max(lower) >= 0.8 && higher.min(lower) <= 0.05
    }

    /// Whether it is higher in some points and lower in others.
    fn is_open(&self) -> bool {
        let [higher, lower] = self.shares();
        higher.min(lower) > 0.05
    }
}

/// Whatever is told of any arm, the first measure first, without what nothing moves.
fn all<'a>(account: &'a Account) -> Vec<Seen<'a>> {
    let mut all = Vec::new();
    for measure in account.told() {
        let arms: Vec<usize> = match account.over.sort {
            Sort::Rules(_) => rules::order(account, measure),
            _ => account.others().collect(),
        };
        all.extend(arms.into_iter().map(|arm| Seen { arm, measure, found: account.difference(arm, measure) }));
    }
    all.retain(|seen| seen.found.higher + seen.found.lower + seen.found.unclear > 0);
    all
}

/// What is asked first of all: of what is open in the first measure, that which goes both ways most; else what there is.
fn doubt<'a>(account: &'a Account) -> Option<Seen<'a>> {
    let all = all(account);
    let main = account.told().first().copied();
    let of_main = || all.iter().filter(|seen| Some(seen.measure) == main);
    let both = |seen: &&Seen| seen.found.higher.min(seen.found.lower);
    let open = of_main().filter(|seen| seen.is_open()).max_by_key(both);
    open.or_else(|| of_main().next()).or_else(|| all.first()).copied()
}

/// What decides in words that the verdict does not use, and cautions.
fn findings(account: &Account) -> Vec<String> {
    let mut findings: Vec<String> = sets::regret(account).into_iter().collect();
    if let Some(seen) = doubt(account) {
        let words = words(account, seen);
        let deciding = seen.found.deciding();
        let turning = deciding.iter().find_map(|number| Some((*number, seen.found.numbers[*number].turn?)));
        if deciding.first() != turning.as_ref().map(|(number, _)| number) {
            findings.extend(turning.map(|(number, turn)| turned(account, number, turn, &words)));
        }
        findings.extend(seen.found.region.as_ref().map(|region| conditions(account, region)));
        findings.push(next(account, seen.arm, seen.measure, &words));
    }
    findings.extend(unmoved(account));
    findings.extend(caveats(account));
    findings.push("A share of points is no chance: each point counts alike.".to_owned());
    findings
}

fn words(account: &Account, seen: Seen) -> Words {
    match account.over.sort {
        Sort::Designs => Words::of_design(&account.names[seen.arm]),
        Sort::Written => super::written::words(),
        Sort::Rules(_) => rules::words(account, seen.arm),
    }
}

/// Measures that come to the same in every run at every point.
fn unmoved(account: &Account) -> Option<String> {
    let is_unmoved = |measure: &usize| {
        account.others().all(|arm| {
            let found = account.difference(arm, *measure);
            found.points > 0 && found.same == found.points
        })
    };
    let names: Vec<String> =
        account.told().into_iter().filter(is_unmoved).map(|measure| account.measure(measure).label.clone()).collect();
    (!names.is_empty()).then(|| format!("The same in every run at every point: {}.", list(&names)))
}

/// The reason why there is no verdict; `None` where there is one.
fn withheld(account: &Account) -> Option<String> {
    let over = account.over;
    let points = over.points.len();
    if points < FEWEST {
        return Some(format!(
            "{} are too few to say in how many something holds. Let `match` keep more of them (`keep`, `waves`), {FEWEST} at least",
            counted(points as u64, "point")
        ));
    }
    if over.runs < 2 {
        return Some("one run at each point does not tell luck from a difference. Use --runs 16 or more".to_owned());
    }
    let all_runs = over.runs * points as u64 * account.keys.len() as u64;
    too_many_failures(over.failed, all_runs).or_else(|| {
        all(account).is_empty().then(|| {
            format!("everything that is told is the same in every run at all {}", counted(points as u64, "point"))
        })
    })
}
