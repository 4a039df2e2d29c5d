//! The meadow is the engine's: what a choice is said to come to is what it comes to, groups differ in rules alone, and every game runs
//! again to the same bits.

use commonground::classroom::event::{Ask, Who};
use commonground::classroom::meadow::{Luck, Meadow, Terms, Turns, rounds};
use commonground::classroom::room::{Phase, Room};
use commonground::classroom::settings::{Plan, Settings};
use commonground::classroom::treatment::{Rule, Settled, Treatment};
use commonground::classroom::{debrief, export};
use commonground::scenario::Scenario;
use serde_json::Value;

fn terms(seats: usize, treatment: Treatment, settled: Option<Settled>) -> Terms {
    Terms { title: "Test".to_owned(), seats, rounds: 10, treatment, settled }
}

const LUCK: Luck = Luck { seed: 3, run: 0 };

fn all(cows: u8, seats: usize) -> Turns {
    vec![Some(cows); seats]
}

#[test]
fn a_cow_earns_a_tenth_of_the_grass_less_two_whatever_the_number_of_seats() {
    for seats in 4..=8 {
        let meadow = Meadow::new(&terms(seats, Treatment::Alone, None)).unwrap();
        let played = meadow.play(&[all(6, seats), all(3, seats)], LUCK).unwrap();
        assert!((played[0].seats[0].coins - 6.0 * 8.0).abs() < 1e-9, "{seats}");
        let earns = played[1].before / 10.0 - 2.0;
        assert!((played[1].seats[1].coins - 3.0 * earns).abs() < 1e-9, "{seats}");
        // 36 of 100 parts are eaten of a full meadow, on which nothing grows; a dry round takes a tenth of the rest.
        let left = if played[0].dry { 57.6 } else { 64.0 };
        assert!((played[0].after - left).abs() < 1e-9, "{seats}: {}", played[0].after);
    }
}

#[test]
fn what_a_choice_is_said_to_come_to_is_what_it_comes_to() {
    let fence = Some(Settled { rule: Rule::Fence, limit: 4 });
    let fine = Some(Settled { rule: Rule::Fine, limit: 12 });
    for (treatment, settled) in [(Treatment::Alone, None), (Treatment::Vote, fence), (Treatment::Watch, fine)] {
        let meadow = Meadow::new(&terms(6, treatment, settled)).unwrap();
        let before = [all(8, 6), vec![Some(2), Some(12), Some(5), Some(6), Some(7), Some(9)]];
        let history = meadow.play(&before, LUCK).unwrap();
        let others: Vec<f64> = history[1].seats.iter().map(|turn| turn.wanted).collect();
        let prospects = meadow.prospects(history[1].after, &others, 2);
        assert_eq!(prospects.len(), 13);
        for prospect in prospects {
            let mut last = before[1].clone();
            last[2] = Some(prospect.cows);
            let played = meadow.play(&[before[0].clone(), before[1].clone(), last], LUCK).unwrap();
            let turn = &played[2].seats[2];
            assert!((turn.coins - prospect.coins).abs() < 1e-9, "{} {}", turn.coins, prospect.coins);
            let dry = if played[2].dry { played[2].after } else { prospect.grass };
            assert!((played[2].after - dry).abs() < 1e-9, "{} {}", played[2].after, prospect.grass);
        }
    }
}

#[test]
fn a_fence_sends_half_of_what_is_above_it_home_and_a_fine_is_paid_by_who_is_found() {
    let fence = Meadow::new(&terms(6, Treatment::Vote, Some(Settled { rule: Rule::Fence, limit: 4 }))).unwrap();
    let turn = fence.play(&[all(10, 6)], LUCK).unwrap()[0].seats[0];
    assert!((turn.wanted - 10.0).abs() < 1e-9 && (turn.cows - 7.0).abs() < 1e-9, "{turn:?}");
    let watched = Meadow::new(&terms(6, Treatment::Watch, Some(Settled { rule: Rule::Fine, limit: 4 }))).unwrap();
    let mut turns = all(4, 6);
    turns[3] = Some(7);
    let rounds = watched.play(&vec![turns; 10], LUCK).unwrap();
    let fines: Vec<f64> = rounds.iter().map(|round| round.seats[3].fine).collect();
    // 3 cows above at 10 coins each for the first time, half as much again after that.
    let paid: Vec<f64> = fines.into_iter().filter(|fine| *fine > 0.0).collect();
    assert!((paid[0] - 30.0).abs() < 1e-9 && (paid[1] - 45.0).abs() < 1e-9, "{paid:?}");
    assert!(paid.len() < 10, "it is not found every time");
    assert!(rounds.iter().all(|round| round.seats[0].fine == 0.0));
    let promise = Meadow::new(&terms(6, Treatment::Talk, Some(Settled { rule: Rule::Promise, limit: 4 }))).unwrap();
    let turn = promise.play(&[all(10, 6)], LUCK).unwrap()[0].seats[0];
    assert!((turn.cows - 10.0).abs() < 1e-9 && turn.fine == 0.0);
}

#[test]
fn only_the_rules_differ_between_treatments() {
    let written = |treatment, settled| -> Value {
        let meadow = Meadow::new(&terms(6, treatment, settled)).unwrap();
        let mut value: Value = serde_json::from_str(&meadow.scenario(&[]).unwrap().resolved()).unwrap();
        assert_eq!(value["rules"].as_object().unwrap().is_empty(), treatment == Treatment::Alone);
        value["rules"] = Value::Null;
        value
    };
    let alone = written(Treatment::Alone, None);
    assert!(alone["providers"]["herder"]["behaviour"]["played"]["otherwise"]["learner"].is_object());
    assert!(alone["society"]["patience"].as_f64().unwrap() > 0.8);
    for treatment in Treatment::ALL {
        for rule in treatment.offers() {
            assert_eq!(written(treatment, Some(Settled { rule: *rule, limit: 5 })), alone, "{treatment:?}");
        }
        assert_eq!(written(treatment, None), alone, "{treatment:?}");
    }
}

#[test]
fn a_meadow_can_die_and_stays_dead() {
    let meadow = Meadow::new(&terms(6, Treatment::Alone, None)).unwrap();
    let mut turns = vec![all(12, 6); 6];
    turns.extend(vec![all(0, 6); 4]);
    let played = meadow.play(&turns, LUCK).unwrap();
    assert!(played[5].after < 20.0 && played[9].after <= played[5].after, "{:?}", played[9]);
}

/// A class of two groups in which some people choose and vote, at its end.
fn finished() -> Room {
    let mut settings = Settings::new("MEAD", 10, 5, Plan::Contrast, 7).unwrap();
    settings.games = vec![vec![Treatment::Information, Treatment::Vote]];
    settings.practice = 1;
    let mut room = Room::open(settings).unwrap();
    let ask = |room: &mut Room, who: Who<'_>, ask: Ask| {
        let event = room.ask(who, ask).unwrap();
        room.apply(&event).unwrap();
    };
    for pupil in ["anna", "ben", "cleo"] {
        ask(&mut room, Who::Pupil(pupil), Ask::Join(pupil.to_owned()));
    }
    while room.phase() != Phase::Over {
        match room.phase() {
            Phase::Choosing => {
                let now = room.now();
                ask(&mut room, Who::Pupil("anna"), Ask::Choose(now, 11));
                ask(&mut room, Who::Pupil("ben"), Ask::Choose(now, (now.round * 3 % 13) as u8));
                ask(&mut room, Who::Teacher, Ask::Close);
            }
            Phase::Voting => {
                let game = room.game();
                ask(&mut room, Who::Pupil("ben"), Ask::Vote(game, Rule::Fence, 5));
                ask(&mut room, Who::Teacher, Ask::Close);
            }
            _ => ask(&mut room, Who::Teacher, Ask::Next),
        }
    }
    room
}

#[test]
fn every_game_of_a_class_runs_again_from_its_file_to_the_same_bits() {
    let room = finished();
    let files = export::scenarios(&room).unwrap();
    assert_eq!(files.len(), 4, "practice and the game, of two groups");
    for file in &files {
        let scenario = Scenario::from_json(&file.file, &file.text).unwrap();
        let practice = file.file.contains("practice");
        let group = usize::from(file.file.ends_with("b.json"));
        let game = room.games().nth(usize::from(!practice)).unwrap();
        let again = rounds(&scenario.setup, &game[group].turns, Luck { seed: file.seed, run: file.run });
        assert_eq!(again, game[group].rounds, "{}", file.file);
        assert!(again.iter().any(|round| round.seats.iter().any(|turn| turn.bot)), "computer herders chose, too");
    }
    assert_eq!(room.groups()[1].settled, Some(Settled { rule: Rule::Fence, limit: 5 }));
}

#[test]
fn the_table_has_a_line_for_each_turn_and_no_name() {
    let room = finished();
    let table = export::csv(&room).unwrap();
    assert_eq!(table.lines().count(), 1 + 10 * (1 + 5));
    assert!(!table.contains("anna"));
    let total: f64 = csv::Reader::from_reader(table.as_bytes())
        .records()
        .map(Result::unwrap)
        .filter(|row| &row[1] == "1" && &row[2] == "A")
        .map(|row| row[10].parse::<f64>().unwrap())
        .sum();
    assert!((total - room.groups()[0].coins()).abs() < 1e-9);
}

#[test]
fn each_sentence_of_the_debrief_holds_in_a_number_of_lucks_that_is_counted() {
    let all = debrief::debriefs(&finished()).unwrap();
    assert_eq!(all.len(), 2);
    for shown in &all {
        for findings in &shown.findings {
            assert!(!findings.is_empty());
            assert!(findings.iter().all(|finding| finding.holds <= debrief::LUCKS), "{findings:?}");
        }
        assert_eq!(shown.grass.len(), 5);
        assert_eq!(shown.owner.middle.len(), 5);
        assert!(shown.took.windows(2).all(|two| two[0].1 >= two[1].1));
    }
    // The fence is what the second group voted for, and it holds the group's own choices, too.
    assert_eq!(all[0].findings[2].len(), 3);
    assert!(all[0].rule.contains("fence"));
}
