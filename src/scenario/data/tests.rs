//! Tables as people have them, whole.

use super::*;
use crate::scenario::file::Missing;
use crate::scenario::text::Bundled;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

fn need() -> Csv {
    Csv { column: Some("need".into()), ..Csv::default() }
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(series(text, &need(), 12).unwrap_err(), expected);
}

fn values(text: &str, asked: &Csv) -> Vec<f64> {
    series(text, asked, 12).unwrap().values
}

#[test]
fn a_column_is_read_by_its_name() {
    assert_eq!(values("week, need\n1, 2.5\n\n2,-1e3\r\n", &need()), [2.5, -1000.0]);
    let read = series("week;need\n1;0,5\n2;1,25\n", &need(), 12).unwrap();
    assert_eq!((read.values, read.of), (vec![0.5, 1.25], 2));
    assert_eq!(read.notes, ["cells are separated by `;`", "the comma is read as the decimal sign"]);
}

#[test]
fn a_series_may_stand_in_a_row() {
    let text = "Weekly figures,,,\nWeek ended,43105,43112,43119\nNorth,640,\"1,837\",\n";
    let asked = Csv { row: Some("North".into()), ..Csv::default() };
    assert_eq!(values(text, &asked), [640.0, 1837.0]);
    let other = Csv { row: Some("Nort".into()), ..Csv::default() };
    assert!(series(text, &other, 12).unwrap_err().starts_with("no row begins with `Nort`; did you mean `North`?"));
    let both = Csv { column: Some("a".into()), ..asked };
    assert!(series(text, &both, 12).is_err() && series(text, &Csv::default(), 12).is_err());
}

#[test]
fn every_fault_of_a_table_is_told_with_its_line() {
    check("week,need\n", "there are no rows below the column names");
    check("need\n1\nabc\n", "in column `need`, line 3: `abc` is not a number");
    check(
        "week,need\n1,\n2,NaN\n3,inf\n",
        "in column `need`, line 2: the cell is empty; line 3: `NaN` is not a finite number; line 4: `inf` is not a finite number; say how gaps are filled with `missing`: `carry`, `interpolate` or `season`",
    );
    check(
        "week,need\n1,2\n3\n4,5,6\n",
        "in column `need`, line 3: 1 cell, the line of the names has 2; line 4: 3 cells, the line of the names has 2",
    );
    check(
        "need\na\nb\nc\nd\ne\nf\ng\n",
        "in column `need`, line 2: `a` is not a number; line 3: `b` is not a number; line 4: `c` is not a number; line 5: `d` is not a number; line 6: `e` is not a number; and 2 more",
    );
    check("need\n\n\nx\n", "in column `need`, line 4: `x` is not a number");
    check("need\n1e999\n", "in column `need`, line 2: `1e999` is not a finite number");
}

#[test]
fn gaps_are_filled_only_where_that_is_asked_for_and_are_told() {
    let text = "month,need\n2024-01,1\n2024-02,*\n2024-03,3\n";
    let asked = Csv { missing: Some(Missing::Interpolate), ..need() };
    let read = series(text, &asked, 12).unwrap();
    assert_eq!(
        (read.values, read.filled.as_deref()),
        (vec![1.0, 2.0, 3.0], Some("1 of 3 values missing and filled with a line between their neighbours"))
    );
    assert!(series(text, &need(), 12).unwrap_err().contains("`*` is not a number; say how gaps are filled"));
}

#[test]
fn a_workbook_and_a_missing_file_are_told_apart() {
    let store = Bundled(&[
        ("data/ae.csv", "need\n1\n"),
        ("data/book.csv", "PK\u{3}\u{4}rest"),
        ("data/notes.txt", "need\nsecret\n"),
    ]);
    let at = |name: &str| read(&store, &Address::Bundled(name.to_owned()), &need(), 12);
    assert_eq!(at("data/ae.csv").unwrap().values, [1.0]);
    assert_eq!(at("data/aee.csv").unwrap_err(), "there is no file `bundled data/aee.csv`; did you mean `ae.csv`?");
    assert!(at("data/book.csv").unwrap_err().contains("is a workbook; save the sheet as CSV"));
    assert!(!at("data/notes.txt").unwrap_err().contains("secret"));
}

const LETTERS: [char; 24] = [
    'a', 'b', ',', ';', '|', '\t', '"', '\n', '\r', '0', '1', '2', '9', '.', '-', '/', ' ', '\'', '*', 'T', 'é',
    '\u{a0}', '\u{feff}', '日',
];

proptest! {
    #![proptest_config(ProptestConfig { rng_seed: RngSeed::Fixed(5), failure_persistence: None, ..ProptestConfig::with_cases(512) })]

    #[test]
    fn no_table_panics_and_what_is_read_is_finite(
        letters in prop::collection::vec(prop::sample::select(&LETTERS[..]), 0..60), skip in 0_u32..3, way in 0..6
    ) {
        let text: String = letters.into_iter().collect();
        let name = || Some("a".to_owned());
        let mut asked = Csv { column: name(), skip: (skip > 0).then_some(skip), ..Csv::default() };
        match way {
            0 => asked.missing = Some(Missing::Season),
            1 => asked.missing = Some(Missing::Interpolate),
            2 => asked.order_by = Some("b".into()),
            3 => asked.where_ = [("b".to_owned(), "1".to_owned())].into(),
            4 => (asked.column, asked.row) = (None, name()),
            _ => {}
        }
        if let Ok(read) = series(&text, &asked, 2) {
            prop_assert!(read.values.iter().all(|value| value.is_finite()));
        }
    }
}
