//! The game of a place: seats are providers, a round is a year, and what a choice is said to come to is what it comes to.

use super::games::{LUCK, all, terms};
use commonground::classroom::commons::{Commons, Round, Terms};
use commonground::classroom::game::{Choice, Game};
use commonground::classroom::treatment::{Rule, Settled, Treatment};
use serde_json::Value;

#[test]
fn in_a_place_each_seat_is_a_provider_and_a_round_is_a_year() {
    let terms = Terms { game: Game::Place, ..terms(6, Treatment::Alone, None) };
    let place = Commons::new(&terms).unwrap();
    let planned = place.play(&vec![all(3, 6); 4], LUCK).unwrap();
    assert!((planned[0].before - 56.0).abs() < 1e-9, "{}", planned[0].before);
    assert!(
        planned
            .iter()
            .flat_map(|year| &year.seats)
            .all(|turn| (turn.held - 100.0).abs() < 1e-9 && turn.acts.len() == 12)
    );
    let busy = place.play(&vec![all(6, 6); 4], LUCK).unwrap();
    assert!(busy[3].after < planned[3].after - 5.0, "whoever does more wears staff and beds");
    let met = |years: &[Round]| years[0].seats[0].met;
    assert!(met(&busy) > met(&planned), "and meets more of its need");
    // Prevention and referral are the hospital's own choice, and no other seat's numbers are written for it.
    let mut turns = all(3, 6);
    turns[0] = Some(Choice { level: 3, upstream: 1, refers: 2 });
    let refers = place.play(&vec![turns; 2], LUCK).unwrap();
    assert!((refers[1].seats[0].upstream - 0.04).abs() < 1e-9 && (refers[1].seats[0].refers - 0.13).abs() < 1e-9);
    assert!(refers[1].seats[0].need < planned[1].seats[0].need && refers[1].seats[3].need > planned[1].seats[3].need);
    assert!(refers[1].seats[1].upstream.abs() < 1e-12);
}

#[test]
fn what_may_be_chosen_in_a_place_is_what_its_scenario_lets_providers_do() {
    let terms = Terms { game: Game::Place, ..terms(6, Treatment::Alone, None) };
    let text = Commons::new(&terms).unwrap().scenario(&[]).unwrap().resolved();
    let place: Value = serde_json::from_str(&text).unwrap();
    let facts = Game::Place.facts();
    let shares = |all: &[u8]| all.iter().map(|share| f64::from(*share) / 100.0).collect::<Vec<_>>();
    for (kind, provider) in place["providers"].as_object().unwrap() {
        assert_eq!(provider["levels"], serde_json::json!(shares(&facts.all())), "{kind}");
        assert_eq!(provider["upstream"], serde_json::json!(shares(facts.upstream)), "{kind}");
    }
    let substitute = &place["providers"]["acute"]["need"]["substitute"];
    assert_eq!((&substitute["share"], &substitute["by"]), (&facts.referable.into(), &"community".into()));
    assert_eq!(substitute["refer"], serde_json::json!(shares(facts.refers)));
}

#[test]
fn each_seat_is_called_by_what_one_can_be() {
    for role in Game::Place.roles(8) {
        let noun = ["Hospital", "practice", "provider", "Charity"].iter().any(|noun| role.name.ends_with(noun));
        assert!(noun, "You are the {}", role.name);
    }
}

#[test]
fn in_a_place_what_a_choice_is_said_to_come_to_is_what_it_comes_to_but_for_luck() {
    let terms = Terms { game: Game::Place, ..terms(4, Treatment::Alone, None) };
    let place = Commons::new(&terms).unwrap();
    let history = place.play(&vec![all(3, 4); 2], LUCK).unwrap();
    for prospect in place.prospects(&history, LUCK, 0).unwrap() {
        let position = Game::Place.facts().position(prospect.level).unwrap();
        let mut last = all(3, 4);
        last[0] = Some(position.into());
        let played = place.play(&[all(3, 4), all(3, 4), last], LUCK).unwrap();
        let turn = &played[2].seats[0];
        // Of £390m a year.
        assert!((turn.earned - prospect.earned).abs() < 4.0, "{} {}", turn.earned, prospect.earned);
        assert!((played[2].after - prospect.stock).abs() < 2.0, "{} {}", played[2].after, prospect.stock);
        assert!((turn.met / turn.need - prospect.met).abs() < 0.03, "{} {}", turn.met / turn.need, prospect.met);
    }
}

#[test]
fn in_a_place_too_only_the_rules_differ_and_a_rule_binds_every_seat() {
    let at = |treatment, settled| Commons::new(&Terms { game: Game::Place, ..terms(6, treatment, settled) }).unwrap();
    let written = |treatment, settled| -> Value {
        let mut value: Value = serde_json::from_str(&at(treatment, settled).scenario(&[]).unwrap().resolved()).unwrap();
        value["rules"] = Value::Null;
        value
    };
    let alone = written(Treatment::Alone, None);
    for (treatment, rule) in
        Treatment::ALL.iter().flat_map(|treatment| treatment.offers().iter().map(move |rule| (*treatment, *rule)))
    {
        assert_eq!(written(treatment, Some(Settled { rule, limit: 3 })), alone, "{treatment:?}");
    }
    let fence = at(Treatment::Vote, Some(Settled { rule: Rule::Fence, limit: 3 }));
    let years = fence.play(&vec![all(6, 6); 3], LUCK).unwrap();
    for turn in years.iter().flat_map(|year| &year.seats) {
        assert!((turn.wanted - 130.0).abs() < 1e-9 && (turn.held - 115.0).abs() < 1e-6, "{turn:?}");
    }
    let watched = at(Treatment::Watch, Some(Settled { rule: Rule::Fine, limit: 3 }));
    let years = watched.play(&vec![all(6, 6); 5], LUCK).unwrap();
    assert!((0..6).any(|seat| years.iter().any(|year| year.seats[seat].fine > 0.0)));
    let good = watched.play(&vec![all(3, 6); 5], LUCK).unwrap();
    assert!(good.iter().flat_map(|year| &year.seats).all(|turn| turn.fine == 0.0));
}
