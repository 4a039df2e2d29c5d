//! The verdict: three rows that say what gets better, what gets worse, and on what that depends; or why there is none.

use serde::{Deserialize, Serialize};
use std::fmt::Display;

use super::super::phrase::{capitalised, count, counted, list};
use super::super::study::{COLLAPSED, Change};
use super::fact::{FEWEST, Fact, Judged};
use super::topics::{Group, Topic, falls, pool_name};
use super::view::View;
use super::{numbers, single};

mod alone;
mod several;

/// What follows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Rows with a head of one word each.
    Given(Vec<Line>),
    /// Why there is no verdict, and the way to one.
    Withheld(String),
}

/// A row of a verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// "Better", "Worse", "Depends".
    pub head: String,
    /// A sentence or two.
    pub text: String,
}

impl Default for Verdict {
    fn default() -> Self {
        Self::none("no run was done, so there is nothing to report")
    }
}

impl Line {
    pub(in crate::report) fn new(head: &str, text: impl AsRef<str>) -> Self {
        Self { head: head.to_owned(), text: capitalised(text.as_ref()) }
    }
}

impl Verdict {
    /// No verdict, for that reason.
    pub(in crate::report) fn none(reason: impl AsRef<str>) -> Self {
        Self::Withheld(format!("No verdict: {}.", reason.as_ref()))
    }
}

/// Why so few runs have no verdict; `None` of enough.
pub(in crate::report) fn too_few(runs: u64, of_each: &str) -> Option<String> {
    match runs {
        0 => Some("no run was done, so there is nothing to report".to_owned()),
        1 => Some(format!("this is one run{of_each}. Other runs differ by luck; for an answer use --runs 100 or more")),
        2..FEWEST => Some(format!(
            "{}{of_each} are too few. Others may differ by luck; for an answer use --runs 100 or more",
            counted(runs, "run")
        )),
        _ => None,
    }
}

/// Why there is no verdict where so many of all runs failed; `None` where at most one in a hundred did.
pub(in crate::report) fn too_many_failures(failed: u64, all: u64) -> Option<String> {
    let told = || failures(format!("{} of {} failed", count(failed), counted(all, "run")));
    (failed as f64 > all as f64 * MOST_FAILED).then(told)
}

fn failures(failed: impl Display) -> String {
    format!(
        "{failed}, more than 1%, and those that did not may be another sort of run. Bring the numbers that grow without end nearer \
         to what could happen"
    )
}

/// The verdict of a study, or the reason why it has none.
pub(super) fn verdict(view: &View) -> Verdict {
    if let Some(withheld) = withheld(view) {
        return withheld;
    }
    Verdict::Given(match view.designs() {
        1 => alone::lines(view),
        _ => several::lines(view),
    })
}

/// The largest share of runs that may fail.
const MOST_FAILED: f64 = 0.01;

/// The reason why there is no verdict; `None` where there is one.
pub(super) fn withheld(view: &View) -> Option<Verdict> {
    let runs = view.study.ensemble.runs;
    let reason = match runs {
        0 => return Some(Verdict::default()),
        _ if too_many_failed(view) => failed(view),
        runs if runs < FEWEST => too_few(runs, "").unwrap_or_default(),
        _ => match view.designs() {
            1 if view.topics.is_empty() => "nothing happens: every measure is 0 in every run".to_owned(),
            1 => return None,
            _ if is_alike(view) => alike(runs),
            _ if differs(view) => return None,
            _ => hidden(view),
        },
    };
    Some(Verdict::none(reason))
}

fn too_many_failed(view: &View) -> bool {
    let runs = view.study.ensemble.runs as f64;
    view.study.summaries().any(|summary| summary.failures.runs as f64 > runs * MOST_FAILED)
}

fn failed(view: &View) -> String {
    let (failed, runs) = (view.study.ensemble.failed(), view.study.ensemble.runs);
    let of_each = if view.designs() > 1 { " of each design" } else { "" };
    failures(format!("{} failed in {}{of_each}", counted(failed, "run"), counted(runs, "run")))
}

/// Whether every measure is the same in every pair of runs.
fn is_alike(view: &View) -> bool {
    let keys = view.study.measures().iter().map(|measure| measure.key.as_str());
    let mut contrasts = keys.flat_map(|key| view.study.others().filter_map(|design| view.study.contrast(design, key)));
    contrasts.all(|contrast| contrast.change == Change::Same)
}

fn alike(runs: u64) -> String {
    format!(
        "the designs gave the same numbers in all {}, so nothing that differs between the files has an effect here",
        counted(runs, "run")
    )
}

/// Whether some fact is clear and matters.
fn differs(view: &View) -> bool {
    all_facts(view).iter().any(|(_, fact)| matches!(fact.judged, Judged::Better | Judged::Worse))
}

/// How large a difference the runs may hide.
fn hidden(view: &View) -> String {
    let runs = count(view.study.ensemble.runs);
    let reach = |fact: &Fact| fact.interval.map_or(0.0, |interval| interval.low.abs().max(interval.high.abs()));
    let mut facts = all_facts(view);
    facts.sort_by(|(_, one), (_, other)| {
        (reach(other) / other.measure.matters).total_cmp(&(reach(one) / one.measure.matters))
    });
    match facts.first() {
        Some((topic, fact)) => format!(
            "no clear difference that matters in {runs} runs. The largest that they could hide is {} ({}); more runs would narrow it",
            topic.style.sizes(&[reach(fact)]),
            topic.subject
        ),
        None => format!("the designs do not differ in what is measured here, in {runs} runs"),
    }
}

/// The facts of all measures and designs.
pub(super) fn all_facts<'v, 'a>(view: &'v View<'a>) -> Vec<(&'v Topic, Fact<'a>)> {
    let topics = view.topics.iter().chain(&view.same);
    topics.flat_map(|topic| view.facts(&topic.key).into_iter().map(move |fact| (topic, fact))).collect()
}

/// What is assumed, which no number of runs tests.
fn assumptions(view: &View) -> String {
    let mut all: Vec<&str> = Vec::new();
    for arm in view.study.arms {
        let notes = arm.file.notes.values().flat_map(|notes| &notes.assumptions);
        for sentence in arm.file.assumptions.iter().chain(notes) {
            if !all.contains(&sentence.as_str()) {
                all.push(sentence);
            }
        }
    }
    match all.len() {
        0 => "what else: try sensitivity".to_owned(),
        1 => "on 1 untested assumption".to_owned(),
        many => format!("on {} untested assumptions", numbers::counted_in_words(many)),
    }
}

/// "no run", "every run", "12% of runs"
fn share_of_runs(share: f64, runs: u64) -> String {
    let whole = (share * 100.0).round();
    match share {
        share if share <= 0.0 => "no run".to_owned(),
        share if share >= 1.0 => "every run".to_owned(),
        _ if whole >= 100.0 => format!("all but {} runs", count(((1.0 - share) * runs as f64).round() as u64)),
        _ if whole <= 0.0 => counted((share * runs as f64).round() as u64, "run"),
        _ => format!("{whole}% of runs"),
    }
}

/// A change in a few words: "need met falls from 91% to 84%".
fn phrase(view: &View, topic: &Topic, fact: &Fact) -> String {
    let (from, to) = topic.style.pair(fact.from, fact.to);
    if topic.key == COLLAPSED {
        let runs = view.study.ensemble.runs;
        let (to, from) = (share_of_runs(fact.to, runs), share_of_runs(fact.from, runs));
        return format!("the {} {} in {to} instead of {from}", pool_name(&view.study), falls(&view.study));
    }
    if let Some(deficit) = topic.deficit().filter(|_| fact.from < 0.0 && fact.to >= 0.0) {
        return format!("{deficit} ends ({from} of income to {to})");
    }
    let of = if topic.key == "welfare_share" { " of the best plan's" } else { "" };
    format!("{} {} from {from} to {to}{of}", topic.subject, topic.moves(fact.change))
}

/// Names of groups, each once: "money and trust".
fn groups(groups: &[Group]) -> String {
    let mut groups = groups.to_vec();
    groups.sort_unstable();
    groups.dedup();
    list(&groups.iter().map(|group| group.whom().to_owned()).collect::<Vec<_>>())
}
