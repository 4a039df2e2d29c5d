//! The meadow is the engine's: what a choice is said to come to is what it comes to, groups differ in rules alone, and every game runs
//! again to the same bits.

use commonground::classroom::commons::{Commons, Luck, Terms, Turns};
use commonground::classroom::event::{Ask, Who};
use commonground::classroom::game::{Choice, Game};
use commonground::classroom::room::{Phase, Room};
use commonground::classroom::settings::{Plan, Settings};
use commonground::classroom::table::rounds;
use commonground::classroom::treatment::{Rule, Settled, Treatment};
use commonground::classroom::{debrief, export};
use commonground::scenario::Scenario;
use serde_json::Value;

pub(crate) fn terms(seats: usize, treatment: Treatment, settled: Option<Settled>) -> Terms {
    Terms { game: Game::Meadow, title: "Test".to_owned(), seats, rounds: 10, treatment, settled }
}

pub(crate) const LUCK: Luck = Luck { seed: 3, run: 0 };

pub(crate) fn all(cows: u8, seats: usize) -> Turns {
    vec![Some(cows.into()); seats]
}

#[test]
fn a_cow_earns_a_tenth_of_the_grass_less_two_whatever_the_number_of_seats() {
    for seats in 4..=8 {
        let meadow = Commons::new(&terms(seats, Treatment::Alone, None)).unwrap();
        let played = meadow.play(&[all(6, seats), all(3, seats)], LUCK).unwrap();
        assert!((played[0].seats[0].earned - 6.0 * 8.0).abs() < 1e-9, "{seats}");
        let earns = played[1].before / 10.0 - 2.0;
        assert!((played[1].seats[1].earned - 3.0 * earns).abs() < 1e-9, "{seats}");
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
        let meadow = Commons::new(&terms(6, treatment, settled)).unwrap();
        let before = [all(8, 6), [2, 12, 5, 6, 7, 9].map(|cows| Some(Choice::from(cows))).to_vec()];
        let history = meadow.play(&before, LUCK).unwrap();
        let prospects = meadow.prospects(&history, LUCK, 2).unwrap();
        assert_eq!(prospects.len(), 13);
        for prospect in prospects {
            let mut last = before[1].clone();
            last[2] = Some(prospect.level.into());
            let played = meadow.play(&[before[0].clone(), before[1].clone(), last], LUCK).unwrap();
            let turn = &played[2].seats[2];
            assert!((turn.earned - prospect.earned).abs() < 1e-9, "{} {}", turn.earned, prospect.earned);
            let dry = if played[2].dry { played[2].after } else { prospect.stock };
            assert!((played[2].after - dry).abs() < 1e-9, "{} {}", played[2].after, prospect.stock);
        }
    }
}

#[test]
fn a_fence_sends_half_of_what_is_above_it_home_and_a_fine_is_paid_by_who_is_found() {
    let fence = Commons::new(&terms(6, Treatment::Vote, Some(Settled { rule: Rule::Fence, limit: 4 }))).unwrap();
    let turn = &fence.play(&[all(10, 6)], LUCK).unwrap()[0].seats[0];
    assert!((turn.wanted - 10.0).abs() < 1e-9 && (turn.held - 7.0).abs() < 1e-9, "{turn:?}");
    let watched = Commons::new(&terms(6, Treatment::Watch, Some(Settled { rule: Rule::Fine, limit: 4 }))).unwrap();
    let mut turns = all(4, 6);
    turns[3] = Some(7.into());
    let rounds = watched.play(&vec![turns; 10], LUCK).unwrap();
    let fines: Vec<f64> = rounds.iter().map(|round| round.seats[3].fine).collect();
    // 3 cows above at 10 coins each for the first time, half as much again after that.
    let paid: Vec<f64> = fines.into_iter().filter(|fine| *fine > 0.0).collect();
    assert!((paid[0] - 30.0).abs() < 1e-9 && (paid[1] - 45.0).abs() < 1e-9, "{paid:?}");
    assert!(paid.len() < 10, "it is not found every time");
    assert!(rounds.iter().all(|round| round.seats[0].fine == 0.0));
    let promise = Commons::new(&terms(6, Treatment::Talk, Some(Settled { rule: Rule::Promise, limit: 4 }))).unwrap();
    let turn = &promise.play(&[all(10, 6)], LUCK).unwrap()[0].seats[0];
    assert!((turn.held - 10.0).abs() < 1e-9 && turn.fine == 0.0);
}

#[test]
fn only_the_rules_differ_between_treatments() {
    let written = |treatment, settled| -> Value {
        let meadow = Commons::new(&terms(6, treatment, settled)).unwrap();
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
    let meadow = Commons::new(&terms(6, Treatment::Alone, None)).unwrap();
    let mut turns = vec![all(12, 6); 6];
    turns.extend(vec![all(0, 6); 4]);
    let played = meadow.play(&turns, LUCK).unwrap();
    assert!(played[5].after < 20.0 && played[9].after <= played[5].after, "{:?}", played[9]);
}

/// A class of two groups in which some people choose and vote, at its end.
fn finished(game: Game) -> Room {
    let mut settings = Settings::new("MEAD", 10, 5, Plan::Contrast, 7).unwrap();
    let last = game.facts().levels.2 - 1;
    settings.game = game;
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
                ask(&mut room, Who::Pupil("anna"), Ask::Choose(now, last.into()));
                ask(&mut room, Who::Pupil("ben"), Ask::Choose(now, ((now.round * 3) as u8 % last).into()));
                if game == Game::Place {
                    // The third to come sits in the first group again, as its second seat; the first is the hospital.
                    let hospital = Choice { level: last, upstream: 2, refers: (now.round % 3) as u8 };
                    ask(&mut room, Who::Pupil("anna"), Ask::Choose(now, hospital));
                    let practice = Choice { refers: 1, ..hospital };
                    assert!(
                        room.ask(Who::Pupil("cleo"), Ask::Choose(now, practice)).is_err(),
                        "it has nothing to refer"
                    );
                }
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
    for game in Game::ALL {
        runs_again(&finished(game), game);
    }
}

fn runs_again(room: &Room, which: Game) {
    let files = export::scenarios(room).unwrap();
    assert_eq!(files.len(), 4, "practice and the game, of two groups");
    for file in &files {
        let scenario = Scenario::from_json(&file.file, &file.text).unwrap();
        let practice = file.file.contains("practice");
        let group = usize::from(file.file.ends_with("b.json"));
        let game = room.games().nth(usize::from(!practice)).unwrap();
        let again = rounds(which, &scenario.setup, &game[group].turns, Luck { seed: file.seed, run: file.run });
        assert_eq!(again, game[group].rounds, "{}", file.file);
        assert!(again.iter().any(|round| round.seats.iter().any(|turn| turn.bot)), "computer herders chose, too");
    }
    assert_eq!(room.groups()[1].settled(), Some(Settled { rule: Rule::Fence, limit: 5 }));
}

#[test]
fn the_table_has_a_line_for_each_turn_and_no_name() {
    let room = finished(Game::Meadow);
    let table = export::csv(&room).unwrap();
    assert_eq!(table.lines().count(), 1 + 10 * (1 + 5));
    assert!(!table.contains("anna"));
    let total: f64 = csv::Reader::from_reader(table.as_bytes())
        .records()
        .map(Result::unwrap)
        .filter(|row| &row[1] == "1" && &row[2] == "A")
        .map(|row| row[10].parse::<f64>().unwrap())
        .sum();
    assert!((total - room.groups()[0].earned()).abs() < 1e-9);
}

#[test]
fn each_sentence_of_the_debrief_holds_in_a_number_of_lucks_that_is_counted() {
    let all = debrief::debriefs(&finished(Game::Meadow)).unwrap();
    assert_eq!(all.len(), 2);
    for shown in &all {
        for findings in &shown.findings {
            assert!(!findings.is_empty());
            assert!(findings.iter().all(|finding| finding.holds <= debrief::LUCKS), "{findings:?}");
        }
        assert_eq!(shown.stock.len(), 5);
        assert_eq!(shown.owner.middle.len(), 5);
        assert!(shown.took.windows(2).all(|two| two[0].1 >= two[1].1));
    }
    // The fence is what the second group voted for, and it holds the group's own choices, too.
    assert_eq!(all[0].findings[2].len(), 3);
    assert!(all[0].rule.contains("fence"));
}

#[test]
fn the_debrief_of_a_place_tells_of_need_and_margins() {
    let room = finished(Game::Place);
    let all = debrief::debriefs(&room).unwrap();
    assert_eq!(all.len(), 2);
    for shown in &all {
        assert!(shown.findings.iter().flatten().all(|finding| finding.holds <= debrief::LUCKS), "{:?}", shown.findings);
        assert_eq!(shown.findings[1].len(), 3);
        assert!(shown.findings[0][0].says.contains("of the need"), "{:?}", shown.findings[0]);
        assert_eq!((shown.owner.middle.len(), shown.took.len()), (5, 5));
    }
    let table = export::csv(&room).unwrap();
    assert_eq!(table.lines().count(), 1 + 10 * (1 + 5));
    assert!(
        table.lines().any(|line| line.contains(",acute,130,130,0.08,0.065,") && line.starts_with("MEAD,1,")),
        "{table}"
    );
}

#[test]
fn a_line_of_an_older_log_is_read_as_it_was_written() {
    let line = r#"{"at":1,"event":{"chose":{"seat":2,"game":1,"round":3,"cows":7}}}"#;
    let entry: commonground::classroom::event::Entry = serde_json::from_str(line).unwrap();
    let now = r#"{"at":1,"event":{"chose":{"seat":2,"game":1,"round":3,"level":7}}}"#;
    assert_eq!(serde_json::to_string(&entry).unwrap(), now);
}
