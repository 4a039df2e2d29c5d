//! What each page is shown of a room, as JSON: a pupil its own seat and what its group may see, the teacher who has chosen but not what,
//! the projector the groups. Nobody is shown a choice of another before its round is closed.

use super::commons::{Round, Turn};
use super::debrief::{Debrief, LUCKS, screens};
use super::group::Group;
use super::room::{Phase, Room, SCREENS};
use super::settings::letter;
use super::treatment::Settled;
use serde_json::{Value, json};

/// What a pupil is shown who holds this seat.
pub fn pupil(room: &Room, seat: usize, debriefs: &[Debrief]) -> Value {
    let Some((index, own)) = room.settings().group_of(seat) else { return Value::Null };
    let group = &room.groups()[index];
    let last = group.rounds.last();
    let mut view = common(room);
    view["you"] = json!({
        "seat": seat + 1, "group": letter(index), "number": own + 1, "of": group.seats(), "name": room.seats()[seat].name,
        "earned": group.earned_by(own), "together": group.earned(), "stock": group.stock(), "met": group.met_by(own),
        "given": group.treatment().says(), "rule": rule(group), "decides": group.decides(),
        "choice": room.choice_of(seat), "vote": room.vote_of(seat).map(vote),
    });
    let turn = last.and_then(|round| round.seats.get(own));
    view["you"]["last"] = json!(turn);
    view["you"]["last_met"] = json!(turn.and_then(Turn::share_met));
    view["you"]["dry"] = json!(last.is_some_and(|round| round.dry));
    view["you"]["stock_by_round"] = json!(stock(group));
    view["you"]["role"] = json!(group.role(own).filter(|role| !role.name.is_empty()).map(|role| json!({
        "name": role.name, "says": role.says, "refers": role.refers
    })));
    if room.phase() == Phase::Choosing {
        view["you"]["prospects"] = json!(group.known(own));
        view["you"]["others"] = json!(others(group, own));
    }
    if room.phase() == Phase::Voting {
        view["you"]["offers"] = json!(
            group
                .treatment()
                .offers()
                .iter()
                .map(|rule| { json!({ "rule": rule, "name": rule.name(), "says": rule.offer(group.game()) }) })
                .collect::<Vec<_>>()
        );
    }
    if group.treatment().shows_others() {
        view["you"]["seen"] = json!(last.map(|round| round.seats.iter().enumerate().map(|(seat, turn)| json!({
            "name": group.role(seat).map_or("", |role| role.name), "wanted": turn.wanted, "upstream": turn.upstream, "refers": turn.refers
        })).collect::<Vec<_>>()));
    }
    if let Phase::Debrief(screen) = room.phase() {
        view["debrief"] = shown(room, screen, debriefs.iter().skip(index).take(1));
    }
    view
}

/// What the teacher is shown.
pub fn teacher(room: &Room, debriefs: &[Debrief]) -> Value {
    let mut view = projector(room, debriefs);
    for (index, group) in view["groups"].as_array_mut().into_iter().flatten().enumerate() {
        let seats = room.settings().seats_of(index).map(|seat| {
            let held = &room.seats()[seat];
            json!({
                "seat": seat + 1, "name": held.name, "held": held.key.is_some(), "present": held.present, "acted": room.has_acted(seat)
            })
        });
        group["seats"] = json!(seats.collect::<Vec<_>>());
        group["waits_for"] = json!(waits_for(room, index));
    }
    view["can_undo"] = json!(room.can_undo());
    view
}

/// What is shown to all.
pub fn projector(room: &Room, debriefs: &[Debrief]) -> Value {
    let mut view = common(room);
    view["groups"] = room
        .groups()
        .iter()
        .enumerate()
        .map(|(index, group)| {
            json!({
                "letter": letter(index), "given": group.treatment().name(), "says": group.treatment().says(), "rule": rule(group),
                "stock": group.stock(), "earned": group.earned(), "met": group.met(), "size": group.seats(), "stock_by_round": stock(group),
                "held": group.rounds.last().map(Round::held), "dry": group.rounds.last().is_some_and(|round| round.dry)
            })
        })
        .collect();
    view["people"] = json!(room.seats().iter().filter(|seat| seat.present).count());
    view["seats"] = json!(room.seats().len());
    if let Phase::Debrief(screen) = room.phase() {
        view["debrief"] = shown(room, screen, debriefs.iter());
    }
    view
}

/// What a page is shown before it holds a seat.
pub fn stranger(room: &Room) -> Value {
    json!({ "phase": phase(room.phase()), "seats": room.seats().len() })
}

fn common(room: &Room) -> Value {
    let (done, of) = room.progress();
    let game = room.settings().game;
    let facts = game.facts();
    json!({
        "what": game, "levels": facts.all(), "upstream": facts.upstream, "refers": facts.refers, "referable": facts.referable, "fair": facts.fair, "starts": facts.starts,
        "titles": screens(game).iter().map(|screen| screen.title).collect::<Vec<_>>(),
        "code": room.settings().code, "phase": phase(room.phase()), "game": room.game(), "games": room.settings().games.len(),
        "practice": room.game() == 0, "round": room.round(), "rounds": room.rounds(), "done": done, "of": of, "names": room.shows_names(),
        "screens": SCREENS
    })
}

fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Lobby => "lobby",
        Phase::Talking => "talking",
        Phase::Voting => "voting",
        Phase::Choosing => "choosing",
        Phase::Between => "between",
        Phase::Over => "over",
        Phase::Debrief(_) => "debrief",
    }
}

fn vote(vote: Settled) -> Value {
    json!({ "rule": vote.rule, "limit": vote.limit })
}

fn rule(group: &Group) -> Option<String> {
    group.settled().map(|settled| settled.rule.says(group.game(), settled.limit))
}

fn stock(group: &Group) -> Vec<f64> {
    group.rounds.iter().map(|round| round.after).collect()
}

/// Levels that the others wanted in the last round, together; what is fair for each before the first.
fn others(group: &Group, own: usize) -> f64 {
    let wanted = |round: &Round| {
        round.seats.iter().enumerate().filter(|(seat, _)| *seat != own).map(|(_, turn)| turn.wanted).sum::<f64>()
    };
    group.rounds.last().map_or((group.seats() - 1) as f64 * group.facts().at_level_1, wanted)
}

/// Numbers in the group of those who are there and have not done what is asked of them.
fn waits_for(room: &Room, group: usize) -> Vec<usize> {
    let seats = room.settings().seats_of(group);
    let first = seats.start;
    seats
        .filter(|seat| room.seats()[*seat].present && room.has_acted(*seat) == Some(false))
        .map(|seat| seat - first + 1)
        .collect()
}

/// What a seat is called among those who took most and least: by its provider, or by a letter that says nothing of who sits there.
fn taker(role: &str, name: &str, rank: usize, shown: bool) -> String {
    match (role.is_empty(), shown && !name.is_empty()) {
        (true, true) => name.to_owned(),
        (true, false) => format!("Seat {}", char::from(b'P' + rank as u8)),
        (false, true) => format!("{role} ({name})"),
        (false, false) => role.to_owned(),
    }
}

/// A screen of the debrief for some groups. Seats have letters that say nothing of who sits there, unless names are shown.
fn shown<'a>(room: &Room, screen: usize, debriefs: impl Iterator<Item = &'a Debrief>) -> Value {
    let said = screens(room.settings().game)[screen.min(SCREENS - 1)];
    let groups = debriefs.map(|debrief| {
        let index = (0..room.groups().len()).find(|index| letter(*index) == debrief.group).unwrap_or(0);
        let mut view = json!({
            "group": debrief.group, "given": debrief.treatment, "stock_by_round": debrief.stock, "findings": debrief.findings.get(screen)
        });
        match screen {
            1 => view["fans"] = json!([debrief.owner]),
            2 => {
                view["fans"] = json!([debrief.alone, debrief.ruled]);
                view["rule"] = json!(debrief.rule);
            }
            3 => {
                let first = room.settings().seats_of(index).start;
                view["took"] = json!(debrief.took.iter().enumerate().map(|(rank, (seat, earned))| {
                    let name = &room.seats()[first + seat].name;
                    let role = room.groups()[index].role(*seat).map_or("", |role| role.name);
                    json!([taker(role, name, rank, room.shows_names()), earned])
                }).collect::<Vec<_>>());
            }
            _ => {}
        }
        view
    });
    json!({ "screen": screen, "lucks": LUCKS, "title": said.title, "task": said.task, "question": said.question, "groups": groups.collect::<Vec<_>>() })
}
