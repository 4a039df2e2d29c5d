//! Damaged and random input comes back as a fault, never as a panic.

use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::RngSeed;
use serde_json::Value;

use super::*;
use crate::scenario::text::schema_walk;

/// Every construction of [`Scenario`] in one document.
const FULL: &str = r#"{"steps": 12, "title": "t", "rationing": {"weight": {"power": 1}}, "goal": "g", "open": true,
    "pools": {"sea": {"capacity": 100, "growth": {"logistic": {"rate": 0.3}}},
              "money": {"capacity": 1, "growth": {"allocation": {"amount": {"csv": {"file": "a", "column": "b"}}}}}},
    "providers": [{"count": 1, "share": 0.5, "kind": "acute"}], "need": {"file": "a", "column": "b"},
    "grid": {"from": 0, "to": 1, "count": 3}, "names": ["n"], "corridor": [0, 1]}"#;

/// Places of [`FULL`], the goal left out: what it may say only serde knows.
const POINTERS: [&str; 16] = [
    "/steps",
    "/title",
    "/rationing",
    "/rationing/weight",
    "/open",
    "/pools",
    "/pools/sea",
    "/pools/sea/capacity",
    "/pools/sea/growth",
    "/pools/money/growth/allocation/amount",
    "/pools/money/growth/allocation/amount/csv",
    "/providers",
    "/providers/0/count",
    "/grid",
    "/names",
    "/corridor",
];

const WORDS: [&str; 15] = [
    "sea", "growth", "logistic", "rate", "fixed", "csv", "amount", "file", "extends", "from", "count", "priority",
    "weight", "power", "",
];

fn any_json() -> impl Strategy<Value = Value> {
    let words = prop::sample::select(&WORDS[..]);
    let leaf = prop_oneof![
        Just(json!(null)),
        any::<bool>().prop_map(|truth| json!(truth)),
        any::<f64>().prop_map(|number| json!(number)),
        (-3..3).prop_map(|number| json!(number)),
        any::<i64>().prop_map(|number| json!(number)),
        text(any::<char>(), 20).prop_map(|text| json!(text)),
        words.clone().prop_map(|word| json!(word)),
    ];
    leaf.prop_recursive(4, 20, 4, move |inner| {
        let fields = prop::collection::vec((words.clone(), inner.clone()), 0..4);
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(|items| json!(items)),
            fields.prop_map(|fields| fields.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}

/// A text of at most so many of these letters.
fn text(letters: impl Strategy<Value = char>, most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(letters, 0..=most).prop_map(String::from_iter)
}

/// One of the letters of a text.
fn of(letters: &str) -> impl Strategy<Value = char> + use<> {
    prop::sample::select(letters.chars().collect::<Vec<_>>())
}

/// Reads the text as far as it goes; whatever is wrong must come back as a fault that can be shown.
fn survives(text: &str) {
    if let Err(faults) = parse(text) {
        assert!(faults.to_string().lines().count() > 1);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 1000,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_damage_to_a_valid_text_panics(damage in prop::collection::vec(any::<(Index, u8)>(), 0..4), end: Index) {
        let mut bytes = FULL.as_bytes().to_vec();
        for (at, byte) in &damage {
            let at = at.index(bytes.len());
            bytes[at] = *byte;
        }
        survives(&String::from_utf8_lossy(&bytes));
        survives(&String::from_utf8_lossy(&bytes[..end.index(bytes.len())]));
    }

    #[test]
    fn no_json_panics(value in any_json()) {
        survives(&value.to_string());
    }

    #[test]
    fn what_the_walk_lets_through_serde_accepts(pointer in prop::sample::select(&POINTERS[..]), value in any_json()) {
        let changed = document(FULL).unwrap().with(pointer, value).unwrap();
        let findings = schema_walk::check(Scenario::schema(), changed.value(), false);
        prop_assert_eq!(findings.is_empty(), changed.parse::<Scenario>().is_ok(), "{}", changed.to_json());
    }

    #[test]
    fn no_pointer_and_no_place_panics(
        pointer in text(of("/~.[]abcdefghijklmnopqrstuvwxyz0123456789"), 12), place in text(any::<char>(), 12)
    ) {
        let document = document(VALID).unwrap();
        prop_assert_eq!(document.with(&pointer, json!(1)).is_ok(), document.value().pointer(&pointer).is_some());
        prop_assert!(document.position(&place).is_none_or(|position| position.line == 1));
    }
}
