//! Findings on ensembles made by hand: each word must follow from the numbers.

use super::super::sample::{ensemble, pastures, places, wave};
use super::super::study::COLLAPSE_STEP;
use super::*;
use crate::experiment::Ensemble;
use crate::scenario::Scenario;

fn said(arms: &[Scenario], ensemble: &Ensemble) -> String {
    findings(&Study { arms, ensemble }).join("\n")
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    for words in expected {
        assert!(text.contains(words), "`{words}` is not in:\n{text}");
    }
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
fn a_clear_gain_is_told_with_its_size_interval_and_share_of_runs() {
    let arms = places(2);
    let text = said(&arms, &ensemble(&arms, 210, need_met));
    // The standard deviation of the wave is √((21² − 1) / 12) / 10 = 0.606, so the error of the mean 0.00125.
    check(
        &text,
        &["Need met is 3.1 points higher with “B” (95% interval 2.9 to 3.3), in all 210 runs: 63.1% against 60.0%"],
    );
    check(&text, &["compared with “A”, run by run", "The share of paid providers in deficit is the same with “B”"]);
}

#[test]
fn a_clear_loss_is_told_as_one() {
    let arms = places(2);
    let text = said(&arms, &ensemble(&arms, 210, |arm, run, key| need_met(1 - arm, run, key)));
    check(
        &text,
        &["Need met is 3.1 points lower with “B” (95% interval 2.9 to 3.3), in all 210 runs: 60.0% against 63.1%"],
    );
}

#[test]
fn what_the_interval_leaves_open_is_left_open() {
    let arms = places(2);
    let noisy = ensemble(&arms, 210, |arm, run, key| match key {
        COLLAPSE_STEP => f64::NAN,
        "need_met" if arm == 1 => 0.601 + 0.3 * wave(run),
        "need_met" => 0.6,
        _ => 0.25,
    });
    let text = said(&arms, &noisy);
    check(&text, &["There is no clear difference in need met with “B”", "95% interval of the difference −2 to +3"]);
    let study = Study { arms: &arms, ensemble: &noisy };
    assert_eq!(headline(&study, "need_met"), "Need met does not clearly differ between “B” and “A”");
}

#[test]
fn a_single_arm_is_told_without_any_comparison() {
    let arms = places(1);
    let text = said(&arms, &ensemble(&arms, 210, need_met));
    check(&text, &["Need met is 60% on average; in nearly every run alike.", "never fell below"]);
    assert!(!text.contains("compared") && !text.contains('“'), "{text}");
}

#[test]
fn collapse_is_told_by_its_share_and_its_time() {
    let arms = pastures(2);
    // A collapses in every run, in season 3 or 4; B in one run of ten, in season 30.
    let text = said(
        &arms,
        &ensemble(&arms, 200, |arm, run, key| match (key, arm) {
            (COLLAPSE_STEP, 0) => 3.0 + (run % 2) as f64,
            (COLLAPSE_STEP, _) if run % 10 == 0 => 30.0,
            (COLLAPSE_STEP, _) => f64::NAN,
            _ => 0.5,
        }),
    );
    check(
        &text,
        &[
            "With “A” the pasture pool collapsed",
            "in all 200 runs (95% interval 98.1% to 100%), in half of all runs by season 3.",
            "in 10% of 200 runs (95% interval 7% to 15%); half of those collapses came by season 30.",
            "the pool collapsed with “A” and not with “B” in 90% of 200 runs; in none was it the other way round.",
        ],
    );
}

#[test]
fn a_pool_lost_in_every_arm_is_not_called_saved() {
    let arms = pastures(2);
    let lost = ensemble(&arms, 200, |arm, _, key| if key == COLLAPSE_STEP { 3.0 + 2.0 * arm as f64 } else { 0.5 });
    let text = said(&arms, &lost);
    check(
        &text,
        &["The time to collapse is 2 seasons longer with “B”", "Caution: the pool collapsed in every run of every arm"],
    );
    assert_eq!(
        pool_headline(&Study { arms: &arms, ensemble: &lost }),
        "The pasture pool collapsed in every run of every arm"
    );
}

#[test]
fn the_kinds_that_gain_and_lose_are_named() {
    let arms = places(2);
    let text = said(
        &arms,
        &ensemble(&arms, 210, |arm, run, key| match key {
            COLLAPSE_STEP => f64::NAN,
            "need_met.community" if arm == 1 => 0.55 + 0.01 * wave(run),
            "need_met.acute" if arm == 1 => 0.45 + 0.01 * wave(run),
            "need_met.social_care" if arm == 1 => 0.5 + 0.01 * wave(run),
            _ => 0.5,
        }),
    );
    check(&text, &["need met with “B” is higher for community (by 5.00 points); lower for acute (by 5.00 points)"]);
    check(&text, &["not clearly different for social care; the same for "]);
}

#[test]
fn few_and_interrupted_runs_are_cautioned_about() {
    let arms = places(2);
    let ensemble = Ensemble { interrupted: true, ..ensemble(&arms, 32, need_met) };
    check(
        &said(&arms, &ensemble),
        &["Caution: the experiment was stopped early, after 32 runs", "32 runs of each arm are few"],
    );
}

#[test]
fn no_run_and_one_run_claim_nothing() {
    let arms = places(2);
    assert_eq!(said(&arms, &ensemble(&arms, 0, need_met)), "No run was done, so there is nothing to report.");
    let one = said(&arms, &ensemble(&arms, 1, need_met));
    check(&one, &["There is no clear difference in need met with “B”", "too few runs for an interval"]);
}

#[test]
fn many_arms_are_counted_in_titles() {
    let arms = places(4);
    let ensemble = ensemble(&arms, 210, |arm, run, key| match (key, arm) {
        (COLLAPSE_STEP, _) => f64::NAN,
        ("need_met", 1 | 2) => 0.7 + 0.01 * wave(run),
        ("need_met", 3) => 0.5 + 0.01 * wave(run),
        _ => 0.6,
    });
    let study = Study { arms: &arms, ensemble: &ensemble };
    let expected = "Against “A”, need met is clearly higher in 2 and lower in 1 of 3 other arms";
    assert_eq!(headline(&study, "need_met"), expected);
    assert_eq!(study.keys(), ["place-fortress", "place-fortress-2", "place-fortress-3", "place-fortress-4"]);
}

#[test]
fn a_contract_that_fails_is_told_with_its_share_and_time() {
    let arm = Scenario::load(&crate::scenario::bundled::BUNDLED, "place-fortress+prime").unwrap();
    // Fails in 50 of 200 runs, always in month 14. Wilson: 0.1952 to 0.3145.
    let fails = |run: u64| run.is_multiple_of(4);
    let failing = ensemble(std::slice::from_ref(&arm), 200, |_, run, key| match key {
        "contract_failed" => f64::from(u8::from(fails(run))),
        "contract_failed_step" if fails(run) => 14.0,
        "contract_failed_step" | COLLAPSE_STEP => f64::NAN,
        _ => 0.5,
    });
    let arms = [arm];
    check(
        &said(&arms, &failing),
        &[
            "The prime contract failed in 25% of 200 runs (95% interval 20% to 31%); half of those failures came by month 14.",
        ],
    );
    let holding = ensemble(&arms, 200, |_, _, key| if key == "contract_failed" { 0.0 } else { f64::NAN });
    check(
        &said(&arms, &holding),
        &["The prime contract failed in none of 200 runs (95% interval of the share in which it does:"],
    );
    let title = |ensemble| contract_headline(&Study { arms: &arms, ensemble });
    assert_eq!(title(&failing).as_deref(), Some("The prime contract failed in 25% of 200 runs"));
    assert_eq!(title(&holding).as_deref(), Some("The prime contract failed in none of 200 runs"));
    assert!(!said(&places(1), &ensemble(&places(1), 20, need_met)).contains("prime"));
}
