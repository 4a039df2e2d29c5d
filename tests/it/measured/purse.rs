//! A hospital whose money does not reach, in two steps.

use super::{BY_HAND, Worked, assert_among, assert_near};
use crate::purse::hospital;
use crate::support::{series, setup, sixteen_runs, with};
use serde_json::{Value, json};

/// A size of 50, paid 0.5 a month, without cash; a lender covers half of what is missing to a plan of 1, up to 0.2.
fn scenario() -> Value {
    with(
        &hospital(0.5),
        [
            ("/time/steps", json!(2)),
            ("/providers/hospital/purse/reserve", json!(0)),
            ("/providers/hospital/purse/lender", json!({ "share": 0.5, "cap": 0.2 })),
        ],
    )
}

/// In the first step it counts on 1, which is missing by a half at its end: nothing was promised. Then it counts on 0.5 and is promised
/// 0.2, of half of 0.5; it does 0.7 and is lent the 0.2.
pub(super) fn outcomes() -> Worked<'static> {
    vec![("lent", 0.2 * 50.0), ("special_measures", 1.0), ("need_met", 0.85), ("margin", -0.7)]
}

pub(super) fn series_of_it() -> [f64; 2] {
    [1.0, 1.0]
}

#[test]
fn what_is_lent_and_who_is_short_is_what_it_says() {
    assert_among(&scenario(), &outcomes());
    let setup = setup(&scenario());
    let record = sixteen_runs(&setup);
    for (got, wanted) in series(&setup, &record, "special_measures").into_iter().zip(series_of_it()) {
        assert_near("special_measures", got, wanted, BY_HAND);
    }
}
