//! A prime contract priced a fifth too low.

use super::{Worked, assert_among};
use crate::payments::prime;
use crate::support::with;
use serde_json::json;

/// 25.6 is lost a step; of 102.4 three tenths are in reserve, which is gone with the second.
pub(super) fn outcomes() -> Worked<'static> {
    vec![("contract_failed", 1.0), ("contract_failed_step", 2.0)]
}

#[test]
fn a_contract_is_told_to_have_failed_and_when() {
    let value = with(&prime(0.8), [("/providers/acute/payment/prime/reserve", json!(0.3))]);
    assert_among(&value, &outcomes());
}
