//! What is left of a class: a table of every turn, and every game of every group as a scenario that runs again to the same bits. No
//! name is in either.

use super::commons::{Round, Turn};
use super::event::Refusal;
use super::game::Game;
use super::group::Group;
use super::room::Room;
use super::settings::letter;

/// Every turn of every game, a line each.
///
/// # Errors
/// The table cannot be made in memory.
pub fn csv(room: &Room) -> Result<String, Refusal> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let problem = |error: &dyn std::fmt::Display| Refusal(format!("The table cannot be made: {error}"));
    let first = ["class", "game", "group", "treatment", "rule", "limit", "round", "seat"];
    table.write_record(first.iter().chain(own_columns(room.settings().game))).map_err(|error| problem(&error))?;
    for (game, groups) in games(room) {
        for (index, group) in groups.iter().enumerate() {
            for row in rows(&room.settings().code, game, index, group) {
                table.write_record(row).map_err(|error| problem(&error))?;
            }
        }
    }
    let bytes = table.into_inner().map_err(|error| problem(&error))?;
    String::from_utf8(bytes).map_err(|error| problem(&error))
}

/// The columns that a game has besides those of all.
fn own_columns(game: Game) -> &'static [&'static str] {
    match game {
        Game::Meadow => &["wanted", "cows", "coins", "fine", "computer", "grass_before", "grass_after", "dry"],
        Game::Place => &[
            "provider",
            "wanted",
            "level",
            "prevention",
            "referred",
            "margin",
            "fine",
            "need",
            "met",
            "computer",
            "capacity_before",
            "capacity_after",
        ],
    }
}

/// What stands in them.
fn own_cells(group: &Group, round: &Round, seat: usize, turn: &Turn) -> Vec<String> {
    let computer = u8::from(turn.bot).to_string();
    let ends = [round.before.to_string(), round.after.to_string()];
    let numbers = |of: &[f64]| of.iter().map(ToString::to_string).collect::<Vec<_>>();
    match group.game() {
        Game::Meadow => [
            numbers(&[turn.wanted, turn.held, turn.earned, turn.fine]),
            vec![computer],
            ends.to_vec(),
            vec![u8::from(round.dry).to_string()],
        ]
        .concat(),
        Game::Place => {
            let provider = group.role(seat).map_or("", |role| role.kind).to_owned();
            let all = numbers(&[
                turn.wanted,
                turn.held,
                turn.upstream,
                turn.refers,
                turn.earned,
                turn.fine,
                turn.need,
                turn.met,
            ]);
            [vec![provider], all, vec![computer], ends.to_vec()].concat()
        }
    }
}

fn rows(code: &str, game: usize, index: usize, group: &Group) -> Vec<Vec<String>> {
    let key = |value: serde_json::Value| value.as_str().unwrap_or_default().to_owned();
    let treatment = key(serde_json::json!(group.treatment()));
    let (rule, limit) = group.settled().map_or_else(Default::default, |settled| {
        (key(serde_json::json!(settled.rule)), group.facts().at(settled.limit).to_string())
    });
    let mut rows = Vec::new();
    for (number, round) in group.rounds.iter().enumerate() {
        for (seat, turn) in round.seats.iter().enumerate() {
            let mut row = vec![
                code.to_owned(),
                game.to_string(),
                letter(index),
                treatment.clone(),
                rule.clone(),
                limit.clone(),
                (number + 1).to_string(),
                (seat + 1).to_string(),
            ];
            row.extend(own_cells(group, round, seat, turn));
            rows.push(row);
        }
    }
    rows
}

/// Every game with its number, 0 for practice.
fn games(room: &Room) -> impl Iterator<Item = (usize, &[Group])> {
    let first = usize::from(room.settings().practice == 0);
    room.games().enumerate().map(move |(index, groups)| (first + index, groups))
}

/// A game of a group as a scenario: file name and text. With the seed of the class and the run of its luck it is the game, bit by bit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Played {
    /// Name of the file.
    pub file: String,
    /// The scenario.
    pub text: String,
    /// The seed to run it with.
    pub seed: u64,
    /// The number of the run: 0 is the first.
    pub run: u64,
}

/// Every game that somebody has played.
///
/// # Errors
/// The engine cannot run it, which no class has seen.
pub fn scenarios(room: &Room) -> Result<Vec<Played>, Refusal> {
    let mut all = Vec::new();
    for (game, groups) in games(room) {
        for (index, group) in groups.iter().enumerate().filter(|(_, group)| !group.rounds.is_empty()) {
            let scenario = group.commons().scenario(&group.turns);
            let scenario = scenario.map_err(|faults| Refusal(format!("The game cannot be written: {faults}")))?;
            let what = if game == 0 { "practice".to_owned() } else { format!("game-{game}") };
            all.push(Played {
                file: format!(
                    "{}-{what}-group-{}.json",
                    room.settings().code.to_lowercase(),
                    letter(index).to_lowercase()
                ),
                text: scenario.resolved(),
                seed: group.luck().seed,
                run: group.luck().run,
            });
        }
    }
    Ok(all)
}
