//! The debrief: four screens, the same for every class. Each sentence says in how many of two hundred lucks it holds, since one luck
//! is one luck.

mod fates;
mod findings;

use super::commons::{Act, Commons, Terms};
use super::event::Refusal;
use super::game::Game;
use super::group::Group;
use super::meadow;
use super::room::Room;
use super::settings::letter;
use super::treatment::{Rule, Settled, Treatment};
use crate::model::setup::Setup;
use crate::scenario::text::Faults;
use fates::{Fate, fates};
use rayon::prelude::*;
use serde::Serialize;
use serde_json::json;

/// Lucks that each sentence is tried on.
pub const LUCKS: usize = 200;

/// Lucks on which the plans of one board are tried before the best of them is.
const TRIED: usize = 32;

/// A screen's sentence, and in how many lucks it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What was seen.
    pub says: String,
    /// In how many of [`LUCKS`].
    pub holds: usize,
}

/// The middle of many lucks, round by round, and what eight of ten lie between.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fan {
    /// What it is of.
    pub name: String,
    /// What is left at the end of each round: a tenth of the lucks lies below it.
    pub low: Vec<f64>,
    /// Half of them.
    pub middle: Vec<f64>,
    /// Nine tenths of them.
    pub high: Vec<f64>,
}

/// What a group is shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Debrief {
    /// Letter of the group.
    pub group: String,
    /// What it was given.
    pub treatment: &'static str,
    /// The rule that the third screen is about.
    pub rule: String,
    /// What was left after each round, as it was played.
    pub stock: Vec<f64>,
    /// The sentences of each screen.
    pub findings: [Vec<Finding>; 4],
    /// The same in one hand.
    pub owner: Fan,
    /// Computers, each for itself.
    pub alone: Fan,
    /// The same under the rule.
    pub ruled: Fan,
    /// What each seat earned, the most first, with its number in the group.
    pub took: Vec<(usize, f64)>,
}

/// What stands on a screen whatever was played: its title, what pupils are to do, and what they are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Its title.
    pub title: &'static str,
    /// What pupils are to do.
    pub task: &'static str,
    /// What they are asked.
    pub question: &'static str,
}

const fn screen(title: &'static str, task: &'static str, question: &'static str) -> Screen {
    Screen { title, task, question }
}

const TRANSFER: &str =
    "Where do you share something that can run out? Which of these rules could work there, and who would watch?";

const MEADOW: [Screen; 4] = [
    screen("Your pool", "Describe.", "What happened to the meadow? When did it turn?"),
    screen(
        "The same meadow in one hand",
        "Explain.",
        "Same grass, same luck, same foresight. Why does one owner do what a group does not?",
    ),
    screen("The same meadow under a rule", "Transfer.", TRANSFER),
    screen(
        "Who took what",
        "Is the model right?",
        "Who took most, and was that fair? What would people do that computer herders do not?",
    ),
];

const PLACE: [Screen; 4] = [
    screen("Your place", "Describe.", "What happened to staff and beds, to need and to money? When did it turn?"),
    screen(
        "The same place under one board",
        "Explain.",
        "Same place, same luck. Why does one board do what separate providers do not?",
    ),
    screen("The same place under a rule", "Transfer.", TRANSFER),
    screen(
        "Who came out how",
        "Is the model right?",
        "Who came out best, and was that fair? What would people do that computer managers do not?",
    ),
];

/// The four screens of a game.
pub fn screens(game: Game) -> &'static [Screen; 4] {
    match game {
        Game::Meadow => &MEADOW,
        Game::Place => &PLACE,
    }
}

/// What computers come to on the terms of a group, whoever sits in it: groups that share these are told them once.
struct Reference {
    seats: usize,
    rounds: usize,
    rule: Settled,
    owner: Vec<Fate>,
    alone: Vec<Fate>,
    ruled: Vec<Fate>,
}

/// What each group is shown.
///
/// # Errors
/// The engine cannot run it, which no class has seen.
pub fn debriefs(room: &Room) -> Result<Vec<Debrief>, Refusal> {
    let told = class_rule(room);
    let rules: Vec<Settled> = room.groups().iter().map(|group| rule_of(group, told)).collect();
    let key = |index: usize| (room.groups()[index].seats(), room.groups()[index].rounds.len(), rules[index]);
    let firsts: Vec<usize> =
        (0..rules.len()).filter(|index| (0..*index).all(|other| key(other) != key(*index))).collect();
    let references = firsts.par_iter().map(|index| reference(&room.groups()[*index], rules[*index]));
    let problem = |faults: Faults| Refusal(format!("The game cannot be run: {faults}"));
    let references: Vec<Reference> = references.collect::<Result<_, _>>().map_err(problem)?;
    let of = |index: usize| {
        let same = references.iter().find(|one| (one.seats, one.rounds, one.rule) == key(index));
        same.map(|same| of_group(index, &room.groups()[index], same))
    };
    let all: Vec<Option<Result<Debrief, Faults>>> = (0..rules.len()).into_par_iter().map(of).collect();
    all.into_iter().flatten().collect::<Result<_, _>>().map_err(problem)
}

/// The rule that a class voted: that of the last group that was free to choose one, or of the last that settled on one.
fn class_rule(room: &Room) -> Settled {
    let settled = |of: Option<Treatment>| {
        let mut games: Vec<&Group> = room.games().flatten().collect();
        games.reverse();
        games
            .into_iter()
            .filter(|group| of.is_none_or(|of| group.treatment == of))
            .find_map(|group| group.settled.filter(|settled| settled.rule != Rule::Free))
    };
    settled(Some(Treatment::Vote))
        .or_else(|| settled(None))
        .unwrap_or(Settled { rule: Rule::Fine, limit: room.settings().game.facts().fair })
}

/// The rule that a group is told of: its own, if it has one that holds anybody.
fn rule_of(group: &Group, class: Settled) -> Settled {
    let rule = group.settled.unwrap_or(class);
    if rule.rule == Rule::Free { Settled { rule: Rule::Fine, limit: rule.limit } } else { rule }
}

fn reference(group: &Group, rule: Settled) -> Result<Reference, Faults> {
    let (game, seats, rounds) = (group.game(), group.seats(), group.rounds.len());
    let run = |setup: &Setup, seats| fates(game, setup, (seats, rounds), group.luck().seed, LUCKS);
    let free = Commons::new(&terms(group, None))?;
    let owner = match game {
        Game::Meadow => run(&owned(&free)?.setup, 1),
        Game::Place => run(&best_plan(&free, group)?, seats),
    };
    let ruled = Commons::new(&terms(group, Some(rule)))?;
    Ok(Reference {
        seats,
        rounds,
        rule,
        owner,
        alone: run(&free.setup(&[])?, seats),
        ruled: run(&ruled.setup(&[])?, seats),
    })
}

/// The terms of a group without a rule, or under one.
fn terms(group: &Group, rule: Option<Settled>) -> Terms {
    let treatment = if rule.is_some() { Treatment::Watch } else { Treatment::Alone };
    Terms { treatment, settled: rule, ..group.terms().clone() }
}

/// The meadow with one herder on it.
fn owned(meadow: &Commons) -> Result<crate::scenario::Scenario, Faults> {
    let one = json!({ "count": 1, "behaviour": { "played": { "levels": [[]] } } });
    meadow.scenario.extended(json!({ "providers": { meadow::HERDERS: one } }))
}

/// One board: of all plans that are the same for all seats and all years the one with which care is worth most above its cost.
fn best_plan(place: &Commons, group: &Group) -> Result<Setup, Faults> {
    let (facts, rounds) = (group.facts(), group.rounds.len());
    let plans = facts.all().into_iter().flat_map(|level| facts.upstream.iter().map(move |share| (level, *share)));
    let plans: Vec<(u8, u8)> = plans.collect();
    let of = |(level, share): &(u8, u8)| {
        let act: Act = (f64::from(*level), f64::from(*share) / 100.0, 0.0);
        let setup = place.setup_of(&vec![vec![Some(act); rounds * facts.steps as usize]; group.seats()])?;
        let tried = fates(group.game(), &setup, (group.seats(), rounds), group.luck().seed, TRIED);
        Ok((tried.iter().map(|fate| fate.worth).sum::<f64>(), setup))
    };
    let mut all: Vec<(f64, Setup)> = plans.par_iter().map(of).collect::<Result<_, Faults>>()?;
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    all.into_iter().next().map_or_else(|| place.setup(&[]), |(_, setup)| Ok(setup))
}

fn of_group(index: usize, group: &Group, reference: &Reference) -> Result<Debrief, Faults> {
    let Reference { rule, owner, alone, ruled, .. } = reference;
    let rounds = group.rounds.len();
    let run = |setup: &Setup| fates(group.game(), setup, (group.seats(), rounds), group.luck().seed, LUCKS);
    // What computers did in the group's name is written down too: the same choices, whatever the luck.
    let acts = group.commons().acted(&group.rounds);
    let again = run(&group.commons().setup_of(&acts)?);
    let held = (rule.rule == Rule::Fence).then(|| {
        let [free, held] = [None, Some(*rule)].map(|rule| Commons::new(&terms(group, rule))?.setup_of(&acts));
        Ok::<_, Faults>((run(&free?), run(&held?)))
    });
    let held = held.transpose()?;
    let mut took: Vec<(usize, f64)> = (0..group.seats()).map(|seat| (seat, group.earned_by(seat))).collect();
    took.sort_by(|a, b| b.1.total_cmp(&a.1));
    let findings = [
        findings::pool(group, &again),
        findings::against_one_hand(group, owner),
        findings::under_rule(group, alone, ruled, held.as_ref().map(|(free, held)| (free.as_slice(), held.as_slice()))),
        findings::takers(group, &took, &again),
    ];
    let one = if group.game() == Game::Meadow { "One owner" } else { "One board" };
    Ok(Debrief {
        group: letter(index),
        treatment: group.treatment.name(),
        rule: rule.rule.says(group.game(), rule.limit),
        stock: group.rounds.iter().map(|round| round.after).collect(),
        findings,
        owner: fates::fan(one, owner, rounds),
        alone: fates::fan("No rule", alone, rounds),
        ruled: fates::fan("This rule", ruled, rounds),
        took,
    })
}
