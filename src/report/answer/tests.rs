//! Answers to ensembles made by hand: each word must follow from the numbers.

use super::super::sample::{ensemble, pastures, places, wave};
use super::super::study::COLLAPSE_STEP;
use super::*;
use crate::experiment::Ensemble;
use crate::scenario::Scenario;

fn answered(arms: &[Scenario], ensemble: &Ensemble) -> Answer {
    answer(&Study { arms, ensemble })
}

/// The verdict with its heads, a line a row.
fn verdict_of(answer: &Answer) -> String {
    match &answer.verdict {
        Verdict::Given(lines) => {
            lines.iter().map(|line| format!("{} {}", line.head, line.text)).collect::<Vec<_>>().join("\n")
        }
        Verdict::Withheld(why) => why.clone(),
    }
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    for words in expected {
        assert!(text.contains(words), "`{words}` is not in:\n{text}");
    }
}

fn screen(width: usize) -> Screen {
    Screen { width, height: Some(23) }
}

/// Need met 0.6 in A, and 0.031 ± 0.03 more in B.
fn need_met(arm: usize, run: u64, key: &str) -> f64 {
    match key {
        COLLAPSE_STEP => f64::NAN,
        "need_met" if arm == 1 => 0.631 + 0.03 * wave(run),
        "need_met" => 0.6,
        _ => 0.25,
    }
}

#[test]
fn a_clear_gain_has_its_change_and_interval_in_the_table_and_leads_the_verdict() {
    let arms = places(2);
    let found = answered(&arms, &ensemble(&arms, 210, need_met));
    // The standard deviation of the wave is √((21² − 1) / 12) / 10 = 0.606, so the error of the mean 0.00125.
    check(&found.lines(screen(80), None).join("\n"), &["60.0%", "63.1%", "+3.1 ▲ +2.9 to +3.3"]);
    check(
        &verdict_of(&found),
        &["Better Need met rises from 60% to 63%.", "Worse Nothing that was measured.", "Depends Not on luck"],
    );
}

#[test]
fn a_clear_loss_is_told_as_one() {
    let arms = places(2);
    let found = answered(&arms, &ensemble(&arms, 210, |arm, run, key| need_met(1 - arm, run, key)));
    check(&verdict_of(&found), &["Better Nothing that matters.", "Worse Need met falls from 63% to 60%."]);
}

#[test]
fn what_the_interval_leaves_open_has_no_verdict_and_the_size_that_it_could_hide() {
    let arms = places(2);
    let noisy = ensemble(&arms, 210, |arm, run, key| match key {
        COLLAPSE_STEP => f64::NAN,
        "need_met" if arm == 1 => 0.601 + 0.3 * wave(run),
        "need_met" => 0.6,
        _ => 0.25,
    });
    let found = answered(&arms, &noisy);
    // 0.001 ± 1.97 × 0.3 × 0.606 / √210.
    check(
        &verdict_of(&found),
        &["No verdict: no clear difference that matters in 210 runs", "hide is 2.6 points (need met)"],
    );
    check(&found.lines(screen(80), None).join("\n"), &["+0.1 ?"]);
    let study = Study { arms: &arms, ensemble: &noisy };
    assert_eq!(title::of_measure(&study, "need_met"), "It is not clear whether need met differs between “B” and “A”");
}

#[test]
fn designs_that_come_to_the_same_have_no_verdict() {
    let arms = places(2);
    let found = answered(&arms, &ensemble(&arms, 210, |_, run, key| need_met(1, run, key)));
    check(&verdict_of(&found), &["No verdict: the designs gave the same numbers in all 210 runs"]);
}

#[test]
fn fewer_than_twenty_runs_have_no_interval_and_no_verdict() {
    let arms = places(2);
    for (runs, words) in [(0, "no run was done"), (1, "this is one run"), (19, "19 runs are too few")] {
        let found = answered(&arms, &ensemble(&arms, runs, need_met));
        check(&verdict_of(&found), &["No verdict: ", words]);
        let text = found.lines(screen(120), None).join("\n");
        assert!(!text.contains(" to +") && !text.contains('▲'), "{text}");
    }
    assert!(matches!(answered(&arms, &ensemble(&arms, 20, need_met)).verdict, Verdict::Given(_)));
}

#[test]
fn more_than_one_percent_of_failed_runs_withhold_the_verdict() {
    let arms = places(2);
    let failing = |failed: u64| {
        let mut ensemble = ensemble(&arms, 210, need_met);
        ensemble.arms[1].failures.runs = failed;
        ensemble.arms[1].failures.first = Some(3);
        answered(&arms, &ensemble)
    };
    assert!(matches!(failing(2).verdict, Verdict::Given(_)));
    let withheld = failing(3);
    check(&verdict_of(&withheld), &["No verdict: 3 runs failed in 210 runs of each design, more than 1%"]);
    check(&withheld.findings.join("\n"), &["3 of 210 runs of “B” failed"]);
}

#[test]
fn a_single_design_is_told_without_any_comparison() {
    let arms = places(1);
    let found = answered(&arms, &ensemble(&arms, 210, need_met));
    let text = found.lines(screen(80), None).join("\n");
    check(&text, &["Need met", "60.0%", "Outcome  Need met 60%", "Depends  Not on luck"]);
    assert!(!text.contains("paired") && !text.contains('▲') && !text.contains("change"), "{text}");
}

#[test]
fn luck_that_moves_the_outcome_is_named() {
    let arms = places(1);
    let found = answered(
        &arms,
        &ensemble(
            &arms,
            210,
            |_, run, key| if key == "need_met" { 0.6 + 0.2 * wave(run) } else { need_met(0, run, key) },
        ),
    );
    check(&verdict_of(&found), &["Depends On luck: need met is 42% to 78% in 9 runs of 10"]);
}

#[test]
fn collapse_is_told_by_its_share_and_its_time() {
    let arms = pastures(2);
    // A collapses in every run, in season 3 or 4; B in one run of ten, in season 30.
    let collapsing = ensemble(&arms, 200, |arm, run, key| match (key, arm) {
        (COLLAPSE_STEP, 0) => 3.0 + (run % 2) as f64,
        (COLLAPSE_STEP, _) if run % 10 == 0 => 30.0,
        (COLLAPSE_STEP, _) => f64::NAN,
        _ => 0.5,
    });
    let found = answered(&arms, &collapsing);
    check(
        &found.findings.join("\n"),
        &["The pasture falls below 25% in all 200 runs with fortress, typically by season 3; in 20 of 200 runs with"],
    );
    check(&verdict_of(&found), &["Better The pasture falls below 25% in 10% of runs instead of every run."]);
    let study = Study { arms: &arms, ensemble: &collapsing };
    assert_eq!(title::of_pool(&study), "The pasture falls below 25% in every run with “A” and in 10% of runs with “B”");
}

#[test]
fn a_pool_lost_with_every_design_is_not_called_saved() {
    let arms = pastures(2);
    let lost = ensemble(&arms, 200, |arm, _, key| if key == COLLAPSE_STEP { 3.0 + 2.0 * arm as f64 } else { 0.5 });
    let found = answered(&arms, &lost);
    check(&found.findings.join("\n"), &["in all 200 runs with fortress, typically by season 3; in all 200 runs with"]);
    check(&verdict_of(&found), &["No verdict"]);
    let study = Study { arms: &arms, ensemble: &lost };
    assert_eq!(title::of_pool(&study), "The pasture falls below 25% in every run of every design");
}

#[test]
fn the_kinds_that_lose_most_and_those_that_gain_are_named() {
    let arms = places(2);
    let found = answered(
        &arms,
        &ensemble(&arms, 210, |arm, run, key| match key {
            COLLAPSE_STEP => f64::NAN,
            "need_met.community" if arm == 1 => 0.55 + 0.01 * wave(run),
            "need_met.acute" if arm == 1 => 0.40 + 0.01 * wave(run),
            "need_met" | "need_met.primary" if arm == 1 => 0.45 + 0.01 * wave(run),
            _ => 0.5,
        }),
    );
    check(
        &found.findings.join("\n"),
        &["Need met falls most for acute (50% to 40%), then primary (50% to 45%); community gains 5 points."],
    );
}

#[test]
fn few_and_interrupted_runs_are_cautioned_about() {
    let arms = places(2);
    let few = answered(&arms, &ensemble(&arms, 32, need_met));
    check(&few.findings.join("\n"), &["Only 32 runs: rare events may not have shown."]);
    let stopped = Ensemble { interrupted: true, ..ensemble(&arms, 32, need_met) };
    check(&answered(&arms, &stopped).findings.join("\n"), &["Stopped early, after 32 runs"]);
}

/// B and C half as good again as A in need met and alike, C with more trust; D worse in everything.
fn four(arm: usize, run: u64, key: &str) -> f64 {
    match (key, arm) {
        (COLLAPSE_STEP, _) => f64::NAN,
        ("need_met", 1 | 2) => 0.7 + 0.01 * wave(run),
        ("trust_end", 2) => 0.9 + 0.01 * wave(run),
        ("need_met" | "trust_end", 3) => 0.5 + 0.01 * wave(run),
        _ => 0.6,
    }
}

#[test]
fn many_designs_are_grouped_and_no_winner_is_named_where_designs_win_on_different_things() {
    let arms = places(4);
    let ensemble = ensemble(&arms, 210, four);
    let found = answered(&arms, &ensemble);
    let study = Study { arms: &arms, ensemble: &ensemble };
    let keys = ["place-fortress", "place-fortress-2", "place-fortress-3", "place-fortress-4"];
    assert_eq!(study.keys(), keys);
    let expected = "Against “A”, need met is better in 2 and worse in 1 of 3 other designs";
    assert_eq!(title::of_measure(&study, "need_met"), expected);
    check(
        &found.findings.join("\n"),
        &[
            "Fortress-2 and fortress-3 land together: within 0 points in need met. They differ in trust.",
            "Fortress-4 is better than fortress on no measure.",
        ],
    );
    check(&verdict_of(&found), &["Fortress-3 is ahead for trust.", "Worse Need met 60% to 50% with fortress-4"]);
    let designs: Vec<&str> = found.narrow.rows.iter().map(|row| row[0].text.as_str()).collect();
    assert_eq!(designs, ["fortress", "fortress-2", "fortress-3", "fortress-4"], "the first, then by need met");
}

#[test]
fn what_no_design_differs_in_is_named_and_has_no_row() {
    let arms = places(2);
    let found = answered(
        &arms,
        &ensemble(&arms, 210, |arm, run, key| match key {
            "trust_end" => 0.5 + 0.005 * arm as f64,
            _ => need_met(arm, run, key),
        }),
    );
    assert_eq!(found.notes, ["About the same: trust."]);
    assert!(found.narrow.rows.iter().all(|row| !row[1].text.contains("Trust")));
}

#[test]
fn findings_give_way_to_the_verdict_and_nothing_is_wider_than_the_screen() {
    let arms = places(4);
    let mut found = answered(&arms, &ensemble(&arms, 210, four));
    found.findings = (0..9).map(|finding| format!("{finding} {}", "a finding of many words ".repeat(6))).collect();
    for width in [60, 80, 119, 120, 200] {
        let lines = found.lines(screen(width), Some("results/a/report.html"));
        assert!(lines.len() <= 23, "{} lines", lines.len());
        assert!(lines.iter().all(|line| line.chars().count() <= width.min(120)), "{width}: {}", lines.join("\n"));
        assert!(lines.iter().any(|line| line.starts_with("Depends")));
        assert!(lines.iter().any(|line| line.starts_with("1 ")), "{}", lines.join("\n"));
    }
}

#[test]
fn nothing_in_a_name_can_steer_a_terminal_and_every_letter_has_a_plain_one() {
    let mut arms = places(1);
    arms[0].file.title = "red\u{1b}[31m \u{202e}turned".to_owned();
    let text = answered(&arms, &ensemble(&arms, 210, need_met)).lines(screen(80), None).join("\n");
    assert!(text.starts_with("red\\u{1b}[31m \\u{202e}turned"), "{text}");
    assert_eq!(plain("▲ −3.1 ≈ “£2m”…"), "^ -3.1 = \"GBP 2m\"...");
    assert!(plain(&text).is_ascii());
}
