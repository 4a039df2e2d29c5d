//! The laws of a room, whatever order people come, leave, choose, vote and the teacher goes on in; and its log on the disk.

use commonground::classroom::event::{Ask, Event, Refusal, When, Who};
use commonground::classroom::log::replay;
use commonground::classroom::room::{Phase, Room};
use commonground::classroom::settings::{Plan, Settings};
use commonground::classroom::treatment::{Rule, Treatment};
use commonground::classroom::view;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use serde_json::Value;

pub(crate) fn settings(seats: usize) -> Settings {
    let mut settings = Settings::new("MEAD", seats, 3, Plan::Contrast, 5).unwrap();
    let treatments = [Treatment::Alone, Treatment::Vote, Treatment::Watch];
    settings.games = vec![(0..settings.groups.len()).map(|group| treatments[group % 3]).collect()];
    settings.practice = 1;
    settings
}

/// What is done in a random lesson: who does it, by number, and what.
#[derive(Clone, Debug)]
struct Deed(usize, Ask);

const PUPILS: usize = 7;

fn who(number: usize, names: &[String]) -> Who<'_> {
    names.get(number).map_or(Who::Teacher, |name| Who::Pupil(name))
}

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let pupil = 0..PUPILS;
    let rule = prop_oneof![Just(Rule::Free), Just(Rule::Promise), Just(Rule::Fence), Just(Rule::Fine)];
    let when = (0..2usize, 0..3usize).prop_map(|(game, round)| When { game, round });
    let name =
        prop::collection::vec(prop::sample::select(vec!['a', 'b', '<', '&', ' ', '\n', '\u{202e}', '\u{1b}']), 0..30);
    let of_pupils = prop_oneof![
        2 => name.prop_map(|letters| Ask::Join(letters.into_iter().collect())),
        1 => Just(Ask::Leave),
        1 => Just(Ask::Return),
        6 => (when, 0..15u8).prop_map(|(when, cows)| Ask::Choose(when, cows.into())),
        3 => (0..2usize, rule, 0..15u8).prop_map(|(game, rule, limit)| Ask::Vote(game, rule, limit)),
        1 => Just(Ask::Close),
        1 => (0..9usize).prop_map(Ask::Free),
    ];
    let of_teacher = prop_oneof![
        4 => Just(Ask::Next),
        5 => Just(Ask::Close),
        1 => Just(Ask::Undo),
        1 => (0..9usize).prop_map(Ask::Free),
        1 => (0..6usize).prop_map(Ask::Screen),
        1 => Just(Ask::Names(true)),
        1 => Just(Ask::Join("teacher".to_owned())),
    ];
    let deed = prop_oneof![
        3 => (pupil, of_pupils).prop_map(|(pupil, ask)| Deed(pupil, ask)),
        1 => of_teacher.prop_map(|ask| Deed(PUPILS, ask)),
    ];
    prop::collection::vec(deed, 1..70)
}

/// All that a room knows, but for the scenarios, which follow from it.
fn state(room: &Room) -> String {
    let groups: Vec<String> = room
        .games()
        .flatten()
        .map(|group| {
            format!("{:?} {:?} {:?} {:?} {:?}", group.settled(), group.choices, group.votes, group.turns, group.rounds)
        })
        .collect();
    format!("{:?} {:?} {} {} {groups:?}", room.seats(), room.phase(), room.can_undo(), room.shows_names())
}

/// What a room shows a seat, without how many have acted.
fn shown(room: &Room, seat: usize) -> Value {
    let mut shown = view::pupil(room, seat, &[]);
    for counts in ["done", "of"] {
        shown[counts] = Value::Null;
    }
    shown
}

fn lawful(before: &Room, after: &Room, event: &Event) {
    let keys: Vec<&String> = after.seats().iter().filter_map(|seat| seat.key.as_ref()).collect();
    assert!(keys.iter().all(|key| keys.iter().filter(|other| other == &key).count() == 1), "a key holds two seats");
    let moves = matches!(
        event,
        Event::Closed {} | Event::Undone {} | Event::Next {} | Event::Screen { .. } | Event::Names { .. }
    );
    let own = match event {
        Event::Chose { seat, .. } | Event::Voted { seat, .. } | Event::Joined { seat, .. } | Event::Left { seat } => {
            Some(*seat)
        }
        Event::Returned { seat } | Event::Freed { seat } => Some(*seat),
        _ => None,
    };
    for seat in (0..after.seats().len()).filter(|seat| !moves && Some(*seat) != own) {
        assert_eq!(shown(before, seat), shown(after, seat), "seat {seat} sees what {event:?} did");
        assert_eq!(before.choice_of(seat), after.choice_of(seat), "{event:?} chose for seat {seat}");
        assert_eq!(before.vote_of(seat), after.vote_of(seat), "{event:?} voted for seat {seat}");
    }
    for group in after.groups() {
        let seats: f64 = (0..group.seats()).map(|seat| group.earned_by(seat)).sum();
        assert!((seats - group.earned()).abs() < 1e-9, "coins of seats are not those of the group");
        assert!(group.rounds.len() <= after.rounds() && group.turns.len() == group.rounds.len());
        let grass = group.rounds.windows(2).all(|two| two[0].after.to_bits() == two[1].before.to_bits());
        assert!(grass && group.stock() >= 0.0 && group.stock() <= 100.0 + 1e-9);
    }
    let (done, of) = after.progress();
    assert!(done <= of && of <= after.seats().iter().filter(|seat| seat.present).count());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn in_any_order_of_deeds_the_room_keeps_its_laws_and_its_log_leads_to_it(deeds in deeds()) {
        let names: Vec<String> = (0..PUPILS).map(|pupil| format!("key {pupil}")).collect();
        let mut room = Room::open(settings(9)).unwrap();
        let mut log = vec![Event::Opened(settings(9))];
        for Deed(number, ask) in deeds {
            let before = room.clone();
            match room.ask(who(number, &names), ask) {
                Ok(event) => {
                    room.apply(&event).expect("what may happen happens");
                    lawful(&before, &room, &event);
                    if number < PUPILS {
                        prop_assert!(!matches!(event, Event::Closed {} | Event::Next {} | Event::Freed { .. }), "a pupil did {:?}", event);
                    }
                    log.push(event);
                }
                Err(Refusal(words)) => {
                    prop_assert!(words.ends_with('.') && !words.is_empty());
                    prop_assert_eq!(state(&before), state(&room));
                }
            }
        }
        let text: String = log.iter().map(|event| serde_json::json!({ "at": 1, "event": event }).to_string() + "\n").collect();
        let (again, events) = replay(text.as_bytes()).unwrap();
        prop_assert_eq!(events as usize, log.len());
        prop_assert_eq!(state(&again), state(&room));
    }
}

fn done(room: &mut Room, who: Who<'_>, ask: Ask) {
    let event = room.ask(who, ask).unwrap();
    room.apply(&event).unwrap();
}

#[test]
fn nobody_waits_for_one_person_and_a_close_can_be_undone_with_every_choice() {
    let mut room = Room::open(settings(9)).unwrap();
    for pupil in ["a", "b", "c"] {
        done(&mut room, Who::Pupil(pupil), Ask::Join(String::new()));
    }
    done(&mut room, Who::Teacher, Ask::Next);
    let now = room.now();
    done(&mut room, Who::Pupil("a"), Ask::Choose(now, 9.into()));
    done(&mut room, Who::Pupil("b"), Ask::Choose(now, 2.into()));
    assert_eq!(room.progress(), (2, 3));
    let before = state(&room);
    done(&mut room, Who::Teacher, Ask::Close);
    let seat = room.seat_of("a").unwrap();
    let (group, own) = room.settings().group_of(seat).unwrap();
    assert_eq!(room.groups()[group].turns[0][own], Some(9.into()));
    let missing = room.settings().group_of(room.seat_of("c").unwrap()).unwrap();
    assert!(room.groups()[missing.0].rounds[0].seats[missing.1].bot, "a computer herder chose for who had not");
    done(&mut room, Who::Teacher, Ask::Undo);
    assert_eq!(state(&room).replace("false false", "_"), before.replace("false false", "_"));
    assert!(room.ask(Who::Teacher, Ask::Undo).is_err());
}

#[test]
fn after_an_undo_a_seat_that_was_freed_has_chosen_nothing_whoever_sits_there_now() {
    let mut room = Room::open(settings(9)).unwrap();
    for pupil in ["a", "b"] {
        done(&mut room, Who::Pupil(pupil), Ask::Join(String::new()));
    }
    done(&mut room, Who::Teacher, Ask::Next);
    let now = room.now();
    for pupil in ["a", "b"] {
        done(&mut room, Who::Pupil(pupil), Ask::Choose(now, 9.into()));
    }
    done(&mut room, Who::Teacher, Ask::Close);
    let [first, second] = ["a", "b"].map(|pupil| room.seat_of(pupil).unwrap());
    done(&mut room, Who::Teacher, Ask::Free(first));
    done(&mut room, Who::Pupil("c"), Ask::Join(String::new()));
    assert_eq!(room.seat_of("c"), Some(first));
    done(&mut room, Who::Teacher, Ask::Undo);
    assert_eq!((room.choice_of(first), room.choice_of(second)), (None, Some(9.into())));
}

#[test]
fn what_comes_too_late_is_not_taken_for_the_next_round() {
    let mut room = Room::open(settings(9)).unwrap();
    done(&mut room, Who::Pupil("a"), Ask::Join(String::new()));
    done(&mut room, Who::Teacher, Ask::Next);
    let late = room.now();
    done(&mut room, Who::Teacher, Ask::Close);
    done(&mut room, Who::Teacher, Ask::Next);
    let refused = room.ask(Who::Pupil("a"), Ask::Choose(late, 9.into()));
    assert_eq!(refused, Err(Refusal("That round is closed.".to_owned())));
}

#[test]
fn who_comes_late_takes_a_free_seat_of_the_emptiest_group_and_who_comes_back_has_the_old_one() {
    let mut room = Room::open(settings(9)).unwrap();
    done(&mut room, Who::Pupil("a"), Ask::Join("Anna".to_owned()));
    done(&mut room, Who::Pupil("b"), Ask::Join("Ben".to_owned()));
    let group = |room: &Room, key: &str| room.settings().group_of(room.seat_of(key).unwrap()).unwrap().0;
    assert_ne!(group(&room, "a"), group(&room, "b"));
    let seat = room.seat_of("a");
    done(&mut room, Who::Pupil("a"), Ask::Leave);
    done(&mut room, Who::Pupil("a"), Ask::Join("Somebody".to_owned()));
    assert_eq!((room.seat_of("a"), room.seats()[seat.unwrap()].name.as_str()), (seat, "Anna"));
    for late in 2..9 {
        done(&mut room, Who::Pupil(&format!("late {late}")), Ask::Join(String::new()));
    }
    let full = room.ask(Who::Pupil("one more"), Ask::Join(String::new())).unwrap_err();
    assert!(full.0.contains("All 9 seats are taken"));
    done(&mut room, Who::Teacher, Ask::Free(seat.unwrap()));
    done(&mut room, Who::Pupil("one more"), Ask::Join(String::new()));
    assert_eq!(room.seat_of("one more"), seat);
    assert!(room.ask(Who::Pupil("a"), Ask::Return).is_err());
}

#[test]
fn a_vote_is_the_rule_with_most_votes_and_the_limit_in_the_middle() {
    let mut room = Room::open(settings(9)).unwrap();
    for pupil in 0..9 {
        done(&mut room, Who::Pupil(&format!("{pupil}")), Ask::Join(String::new()));
    }
    done(&mut room, Who::Teacher, Ask::Next);
    done(&mut room, Who::Teacher, Ask::Close);
    done(&mut room, Who::Teacher, Ask::Next);
    assert_eq!(room.phase(), Phase::Talking);
    done(&mut room, Who::Teacher, Ask::Next);
    let second: Vec<String> = (0..9)
        .map(|pupil| pupil.to_string())
        .filter(|pupil| room.settings().group_of(room.seat_of(pupil).unwrap()).unwrap().0 == 1)
        .collect();
    let votes = [(Rule::Promise, 3), (Rule::Fence, 9), (Rule::Fence, 5), (Rule::Promise, 12)];
    for (voter, (rule, limit)) in second.iter().zip(votes) {
        done(&mut room, Who::Pupil(voter), Ask::Vote(1, rule, limit));
    }
    assert_eq!(room.progress(), (4, 4), "only who has something to decide is waited for");
    done(&mut room, Who::Teacher, Ask::Close);
    let settled = room.groups()[1].settled().unwrap();
    assert_eq!((settled.rule, settled.limit), (Rule::Promise, 5), "of equal ones the milder");
    assert_eq!(room.groups()[0].settled(), None);
}

#[test]
fn names_are_kept_short_and_plain() {
    let mut room = Room::open(settings(9)).unwrap();
    let hostile = "<script>alert(1)</script>\u{202e}\n\u{0}  x ".repeat(3);
    done(&mut room, Who::Pupil("a"), Ask::Join(hostile));
    let name = &room.seats()[0].name;
    assert!(name.chars().count() <= 24 && name.chars().all(commonground::plain::is_plain), "{name:?}");
}
