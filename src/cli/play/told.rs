//! What `play` prints: what a choice would come to, what came of it, the debrief.

use crate::cli::ending::Failure;
use crate::cli::print;
use commonground::classroom::commons::{Round, Turn, met_of};
use commonground::classroom::debrief::{LUCKS, debriefs, screens};
use commonground::classroom::game::Game;
use commonground::classroom::group::Group;
use commonground::classroom::prospects::Prospect;
use commonground::classroom::room::Room;
use commonground::model::english::{capital, lowered, number};
use std::fmt::Write as _;

/// The rules of the game.
pub(super) fn opening(room: &Room) -> String {
    let group = &room.groups()[0];
    let head = match group.game() {
        Game::Meadow => "The meadow",
        Game::Place => "The place",
    };
    let mut lines = vec![print::heading(head), print::wrapped(&group.game().says(group.seats()), "")];
    for (seat, role) in group.game().roles(group.seats()).iter().enumerate().filter(|(_, role)| !role.name.is_empty()) {
        lines.push(print::wrapped(&format!("{} {}. {}", seat + 1, role.name, role.says), "  "));
    }
    lines.push(print::wrapped(room.settings().games[0][0].says(), ""));
    lines.join("\n")
}

/// What is asked for in a round.
pub(super) fn question(game: Game) -> &'static str {
    match game {
        Game::Meadow => "Cows of each seat?",
        Game::Place => "Level of each seat? With prevention 110/4; the hospital may refer, 110/4/50.",
    }
}

/// What each level would come to, in columns that fit 80.
pub(super) fn prospects(room: &Room) -> String {
    let group = &room.groups()[0];
    let mut text = format!("\n{}\n{}", print::heading(&head(room, group)), print::wrapped(&supposes(group), ""));
    let all = group.prospects(0);
    let mut row = |name: &str, of: fn(&Prospect) -> f64| {
        let cells: Vec<String> = all.iter().map(|prospect| format!("{:>5}", rounded(of(prospect)))).collect();
        let cells = cells.concat();
        let _ = write!(text, "\n{name:<12}{cells}");
    };
    match group.game() {
        Game::Meadow => {
            row("cows", |prospect| f64::from(prospect.level));
            row("coins now", |prospect| prospect.earned);
            row("grass then %", |prospect| prospect.stock);
        }
        Game::Place => {
            row("level, % of plan     ", |prospect| f64::from(prospect.level));
            row("margin, £m a year    ", |prospect| prospect.earned);
            row("its need met, %      ", |prospect| 100.0 * prospect.met);
            row("staff and beds then %", |prospect| prospect.stock);
        }
    }
    if let Some(settled) = group.settled() {
        let _ = write!(text, "\n{}", print::wrapped(&settled.rule.says(group.game(), settled.limit), ""));
    }
    text
}

/// "Practice round 1 of 2: 100% of the grass is there".
fn head(room: &Room, group: &Group) -> String {
    let (round, there) = match group.game() {
        Game::Meadow => ("round", "the grass is there"),
        Game::Place => ("year", "full staff and beds are there"),
    };
    let round = if room.game() == 0 { format!("Practice {round}") } else { capital(round) };
    format!("{round} {} of {}: {}% of {there}", room.round() + 1, room.rounds(), rounded(group.stock()))
}

/// What the numbers of the first seat go by.
fn supposes(group: &Group) -> String {
    let name = group.role(0).map_or("", |role| role.name);
    let seat = if name.is_empty() { "seat 1".to_owned() } else { format!("seat 1 ({})", lowered(name)) };
    let fair = group.game().limit(group.facts().fair);
    let others = match (group.rounds.is_empty(), group.game()) {
        (false, _) => "do what they did last".to_owned(),
        (true, Game::Meadow) => format!("send {fair} each"),
        (true, Game::Place) => format!("do {fair} each"),
    };
    format!("If the others {others}, {seat} would come to:")
}

/// What came of the round that was closed last.
pub(super) fn came_to(room: &Room) -> String {
    let group = &room.groups()[0];
    let Some(round) = group.rounds.last() else { return String::new() };
    let mut text = match group.game() {
        Game::Meadow => on_the_meadow(group, round),
        Game::Place => in_the_place(group, round),
    };
    if round.seats.iter().any(|turn| turn.bot) && group.treatment().shows_others() {
        let _ = write!(text, "  * a {}", group.facts().bot);
    }
    text
}

/// Whether what a seat did is not for the others to see.
fn hides(group: &Group, turn: &Turn) -> bool {
    !group.treatment().shows_others() && turn.bot
}

fn on_the_meadow(group: &Group, round: &Round) -> String {
    let seats = || (0..round.seats.len()).filter(|seat| !hides(group, &round.seats[*seat]));
    let heads: Vec<String> =
        seats().map(|seat| format!("{:>7}{}", seat + 1, if round.seats[seat].bot { "*" } else { " " })).collect();
    let mut text = format!("seat      {}     all", heads.concat());
    let mut row = |name: &str, of: &dyn Fn(usize) -> f64, all: f64| {
        let cells: Vec<String> = seats().map(|seat| format!("{:>7} ", rounded(of(seat)))).collect();
        let cells = cells.concat();
        let _ = write!(text, "\n{name:<10}{cells}{:>8}", rounded(all));
    };
    row("cows", &|seat| round.seats[seat].held, round.held());
    row("coins", &|seat| round.seats[seat].earned, round.earned());
    row("so far", &|seat| group.earned_by(seat), group.earned());
    let dry = if round.dry { " It was a dry round." } else { "" };
    let _ = write!(text, "\nGrass {}% → {}%.{dry}", rounded(round.before), rounded(round.after));
    text
}

fn in_the_place(group: &Group, round: &Round) -> String {
    let line = |name: &str, cells: [String; 6]| {
        let [level, prevention, refers, met, margin, so_far] = cells;
        format!("{name:<25}{level:>7}{prevention:>9}{refers:>8}{met:>8}{margin:>11}{so_far:>11}")
    };
    let heads = ["level %", "prevent%", "refer%", "met %", "margin £m", "so far £m"];
    let mut lines = vec![line("", heads.map(str::to_owned))];
    let per_cent = |share: f64| rounded(100.0 * share);
    let met = |share: Option<f64>| share.map(per_cent).unwrap_or_default();
    for (seat, turn) in round.seats.iter().enumerate().filter(|(_, turn)| !hides(group, turn)) {
        let role = group.role(seat);
        let name = format!("{} {}{}", seat + 1, role.map_or("", |role| role.name), if turn.bot { "*" } else { "" });
        let refers = if role.is_some_and(|role| role.refers) {
            per_cent(turn.refers / group.facts().referable)
        } else {
            String::new()
        };
        let cells = [
            rounded(turn.held),
            per_cent(turn.upstream),
            refers,
            met(turn.share_met()),
            rounded(turn.earned),
            rounded(group.earned_by(seat)),
        ];
        lines.push(line(&name, cells));
    }
    let none = String::new;
    lines.push(line(
        "all",
        [none(), none(), none(), met(met_of(&round.seats)), rounded(round.earned()), rounded(group.earned())],
    ));
    lines.push(format!("Staff and beds {}% → {}%.", rounded(round.before), rounded(round.after)));
    lines.join("\n")
}

/// A whole number, with a true minus and no minus before nought.
fn rounded(value: f64) -> String {
    number(value.round())
}

/// The four screens in words.
pub(super) fn debrief(room: &Room) -> Result<String, Failure> {
    let all = debriefs(room)?;
    let Some(debrief) = all.first() else { return Ok(String::new()) };
    let mut text = String::new();
    for (number, screen) in screens(room.settings().game).iter().enumerate() {
        let _ = write!(text, "\n{}", print::heading(screen.title));
        if number == 2 {
            let _ = write!(text, "\n{}", print::wrapped(&debrief.rule, ""));
        }
        for finding in &debrief.findings[number] {
            let told = format!("{}: so in {} of {LUCKS} lucks.", finding.says, finding.holds);
            let _ = write!(text, "\n{}", print::wrapped(&told, ""));
        }
        let _ = writeln!(text, "\n{}", print::wrapped(&format!("{} {}", screen.task, screen.question), ""));
    }
    Ok(text)
}
