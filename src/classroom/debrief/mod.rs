//! The debrief: four screens, the same for every class. Each sentence says in how many of two hundred lucks it holds, since one luck
//! is one luck.

mod fates;
mod findings;
mod references;

use super::commons::{Commons, Terms};
use super::event::Refusal;
use super::game::Game;
use super::group::Group;
use super::room::Room;
use super::settings::letter;
use super::treatment::Rule;
use crate::model::setup::Setup;
use crate::scenario::text::Faults;
use fates::{Fate, fates};
use rayon::prelude::*;
use references::{Reference, references, same_rules, terms};
use serde::Serialize;

/// Lucks that each sentence is tried on.
pub const LUCKS: usize = 200;

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

/// What each group is shown.
///
/// # Errors
/// The engine cannot run it, which no class has seen.
pub fn debriefs(room: &Room) -> Result<Vec<Debrief>, Refusal> {
    let all = references(room).and_then(|references| {
        let groups = room.groups().par_iter().zip(&references).enumerate();
        groups.map(|(index, (group, reference))| of_group(index, group, reference)).collect()
    });
    all.map_err(|faults: Faults| Refusal(format!("The game cannot be run: {faults}")))
}

fn of_group(index: usize, group: &Group, reference: &Reference) -> Result<Debrief, Faults> {
    let &Reference { rule, ref free, ref ruled } = reference;
    let rounds = group.rounds.len();
    let run = |setup: &Setup| fates(group.game(), setup, (group.seats(), rounds), group.luck().seed, LUCKS);
    // What computers did in the group's name is written down too: the same choices, whatever the luck.
    let acts = group.commons().acted(&group.rounds);
    let again = run(&group.commons().setup_of(&acts)?);
    let on = |terms: Terms| -> Result<Vec<Fate>, Faults> {
        // On its own terms it is what it was.
        if same_rules(&terms, group.terms()) {
            return Ok(again.clone());
        }
        Ok(run(&Commons::new(&terms)?.setup_of(&acts)?))
    };
    let held = match rule.rule {
        Rule::Fence => Some((on(terms(group, None))?, on(terms(group, Some(rule)))?)),
        _ => None,
    };
    let mut took: Vec<(usize, f64)> = (0..group.seats()).map(|seat| (seat, group.earned_by(seat))).collect();
    took.sort_by(|a, b| b.1.total_cmp(&a.1));
    let findings = [
        findings::pool(group, &again),
        findings::against_one_hand(group, &free.owner),
        findings::under_rule(
            group,
            &free.alone,
            ruled,
            held.as_ref().map(|(free, held)| (free.as_slice(), held.as_slice())),
        ),
        findings::takers(group, &took, &again),
    ];
    let one = if group.game() == Game::Meadow { "One owner" } else { "One board" };
    Ok(Debrief {
        group: letter(index),
        treatment: group.treatment().name(),
        rule: rule.rule.says(group.game(), rule.limit),
        stock: group.rounds.iter().map(|round| round.after).collect(),
        findings,
        owner: fates::fan(one, &free.owner, rounds),
        alone: fates::fan("No rule", &free.alone, rounds),
        ruled: fates::fan("This rule", ruled, rounds),
        took,
    })
}
