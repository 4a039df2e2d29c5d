//! What is said of rules, on games whose answers are known by hand.

use super::*;
use crate::experiment::principles::Question;
use crate::experiment::{Level, Options};
use crate::model::simd::InstructionSet;
use crate::scenario::bundled::BUNDLED;
use crate::statistics::shapley::Game;

/// The governed pasture, whose rules are measures, graduated sanctions and collective choice, in this order of bits.
fn pasture() -> Scenario {
    Scenario::load(&BUNDLED, "pasture-ostrom").unwrap()
}

/// Runs in which a combination is worth `worth` of its bits, give or take a noise that all combinations share.
fn played(scenario: &Scenario, measure: &str, runs: u64, worth: impl Fn(u32, u64) -> f64) -> Principles {
    let question = Question::new(&scenario.setup, &[measure.to_owned()], None).unwrap();
    let options =
        Options { seed: 7, runs, precision: None, level: Level::USUAL, instructions: InstructionSet::Baseline };
    let mut principles = Principles::new(&question, options);
    // The planner's stock lies above all that is played here, so that more of it is better.
    for effects in principles.effects.iter_mut().filter(|effects| effects.measure.better == Better::Towards) {
        effects.measure.level = Some(10.0);
    }
    for run in 0..runs {
        let table: Vec<f64> = question.design.listed().iter().map(|coalition| worth(*coalition, run)).collect();
        let game = Game::new(&table).unwrap();
        let row = [table.clone(), game.shapley(), game.interactions()].concat();
        principles.take(&row, runs);
    }
    principles
}

/// Measures and sanctions bring 20 points together and nothing alone; collective choice takes 4 away.
fn needy(coalition: u32, run: u64) -> f64 {
    let luck = (run % 5) as f64 * 0.01;
    let each = 1.0 + luck;
    0.3 + luck + if coalition & 0b011 == 0b011 { 0.2 * each } else { 0.0 }
        - if coalition & 0b100 > 0 { 0.04 * each } else { 0.0 }
}

fn told(principles: &Principles, scenario: &Scenario) -> String {
    findings(&Account { scenario, principles }).join("\n")
}

#[test]
fn rules_that_only_work_together_are_said_to_need_each_other() {
    let scenario = pasture();
    let principles = played(&scenario, "stock_end", 200, needy);
    let told = told(&principles, &scenario);
    for words in [
        "The stock at the end is 32.00% of capacity without any rule and 48.32% with all 3 rules: 16.32 points higher",
        "measures +10.20 points (+10.18 to +10.22); graduated sanctions +10.20 points",
        "collective choice −4.080 points",
        "Measures and graduated sanctions need each other: each adds 20.40 points more",
        "The best set for the stock at the end is measures and graduated sanctions: 20.40 points better than none",
        "judged by the last 100 runs",
        "would be worse without measures (20.40 points) and graduated sanctions (20.40 points), and would be better without \
         collective choice (4.080 points)",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
    let figures = figures(&Account { scenario: &scenario, principles: &principles });
    assert_eq!(
        figures[0].title,
        "The stock at the end rises by 10.20 points through measures, and by 16.32 points through all 3 rules together"
    );
    let names: Vec<&str> = figures.iter().map(|figure| figure.name.as_str()).collect();
    assert_eq!(
        names,
        ["shapley-stock_end", "first-and-last-stock_end", "interactions-stock_end", "best-sets-stock_end", "costs"]
    );
    assert_eq!(
        figures[1].title,
        "Alone no rule clearly improves the stock at the end; on top of all the others it rises most through graduated \
         sanctions (by 20.40 points)"
    );
    assert_eq!(
        figures[3].title,
        "The best set for the stock at the end is measures and graduated sanctions: 20.40 points better than none"
    );
}

#[test]
fn a_clear_gain_leads_the_title_even_where_a_larger_one_is_unclear() {
    let scenario = pasture();
    let worth = |coalition: u32, run: u64| {
        let has = |bit: u32| f64::from(coalition >> bit & 1);
        let luck = if run.is_multiple_of(2) { 1.0 } else { -0.8 };
        0.3 + 0.1 * luck * has(0) + 0.005 * has(1) - 0.05 * has(2)
    };
    let principles = played(&scenario, "stock_end", 100, worth);
    let title = &figures(&Account { scenario: &scenario, principles: &principles })[0].title;
    assert!(title.starts_with("The stock at the end rises by 0.5 points through graduated sanctions"), "{title}");
}

#[test]
fn a_price_that_grows_with_the_place_is_part_of_what_rules_cost() {
    let scenario = Scenario::load(&BUNDLED, "place-based").unwrap();
    let worth = |coalition: u32, run: u64| f64::from(coalition.count_ones()) + (run % 3) as f64;
    let told = told(&played(&scenario, "stock_end", 100, worth), &scenario);
    // 0.02, 0.0208 and 0.005 a month for measures, collective choice and sanctions, a year of each.
    assert!(told.contains("all rules together cost 0.55 a year"), "{told}");
}

#[test]
fn of_many_rules_only_those_that_do_most_are_told_one_by_one() {
    let scenario = Scenario::load(&BUNDLED, "place-fortress+kings-fund-ten").unwrap();
    let worth = |coalition: u32, run: u64| {
        let luck = 1.0 + (run % 3) as f64 * 0.01;
        (0..11).map(|bit| f64::from(coalition >> bit & 1) * f64::from(bit + 1) * 0.001 * luck).sum()
    };
    let told = told(&played(&scenario, "stock_end", 100, worth), &scenario);
    assert!(told.contains("none of the other 5 moves it by more than 0.505 points"), "{told}");
    assert!(told.contains("is all 11 rules") && told.contains("and 7 others"), "{told}");
}

#[test]
fn of_a_measure_of_which_less_is_better_a_fall_is_a_gain() {
    let scenario = pasture();
    let principles = played(&scenario, "in_deficit", 200, |coalition, run| 1.0 - needy(coalition, run));
    let told = told(&principles, &scenario);
    for words in [
        "16.32 points lower",
        "need each other: each takes 20.40 points more off",
        "is measures and graduated sanctions: 20.40 points better",
    ] {
        assert!(told.contains(words), "{words}\n{told}");
    }
}

#[test]
fn what_is_only_luck_is_not_told_as_a_finding() {
    let scenario = pasture();
    let luck = |coalition: u32, run: u64| ((u64::from(coalition) * 7 + run * 13) % 29) as f64 / 29.0;
    let told = told(&played(&scenario, "stock_end", 116, luck), &scenario);
    for words in ["no clear difference", "no set of rules is clearly better", "no single rule clearly changes"] {
        assert!(told.to_lowercase().contains(words), "{words}\n{told}");
    }
}

#[test]
fn few_runs_and_missing_values_are_told() {
    let scenario = pasture();
    let some = |coalition: u32, run: u64| if run == 3 { f64::NAN } else { needy(coalition, run) };
    let told = told(&played(&scenario, "stock_end", 20, some), &scenario);
    assert!(
        told.contains("these are only 20 runs") && told.contains("in 1 run the stock at the end has no value"),
        "{told}"
    );
    let none = played(&scenario, "collapse_step", 20, |coalition, _| if coalition == 1 { f64::NAN } else { 3.0 });
    let account = Account { scenario: &scenario, principles: &none };
    assert!(
        findings(&account)[0].starts_with("In no run has the time to collapse a value"),
        "{:?}",
        findings(&account)
    );
    assert!(tables(&account).is_empty() && figures(&account).is_empty());
}
