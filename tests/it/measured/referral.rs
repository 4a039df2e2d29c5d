//! A hospital that refers a part of its need to a home, in two steps.

use super::{Worked, assert_among};
use crate::referral::referring;
use crate::support::with;
use serde_json::{Value, json};

fn scenario() -> Value {
    with(&referring(), [("/providers/hospital/need/waits", json!(0)), ("/time/steps", json!(2))])
}

/// Each is half of all size. The hospital: 1 came up in either step, a fifth of it was referred, 0.5 was met. The home: 1, and 1.1 with
/// what a fifth becomes there, all of it met. So 3.1 was met of what stayed, 3.7, and 0.4 was referred.
pub(super) fn outcomes() -> Worked<'static> {
    vec![("need_met", 3.1 / 3.7), ("referred", 0.4 / 3.7)]
}

#[test]
fn what_is_referred_is_what_it_says() {
    assert_among(&scenario(), &outcomes());
}
