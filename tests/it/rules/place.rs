//! How large a place is well drawn: a small one is all noise, and in a large one nobody sees what its own work comes to.

use crate::behaviour::end;
use crate::circumstances::place;
use crate::support::with;
use serde_json::{Value, json};

/// The place with so many hospitals and as many homes, each as large as ever.
fn of_count(count: u32) -> Value {
    let size = f64::from(count) * 25.0;
    with(
        &place(),
        [
            ("/providers/hospital/count", json!(count)),
            ("/providers/nursing/count", json!(count)),
            ("/providers/hospital/size", json!(size)),
            ("/providers/nursing/size", json!(size)),
        ],
    )
}

#[test]
fn a_small_place_is_all_noise() {
    let spread = |count: u32| {
        let noisy = with(
            &of_count(count),
            [("/providers/hospital/need/noise", json!(0.3)), ("/providers/nursing/need/noise", json!(0.3))],
        );
        let need = end(&noisy).place.need.to_array().map(|need| need / (50.0 * f64::from(count)));
        need.iter().copied().fold(0.0, f64::max) - need.iter().copied().fold(9.0, f64::min)
    };
    // The error of a mean falls with the root of the number: to a seventh from 1 to 50, here at least to a third.
    assert!(spread(50) < spread(1) / 3.0, "{} against {}", spread(50), spread(1));
}

#[test]
fn in_a_large_place_nobody_sees_what_its_own_upstream_work_comes_to() {
    let own_return = |count: u32| {
        let upstream = json!({ "productivity": 1, "decay": 0.5, "most": 0.6, "half": 1 });
        let setup = crate::support::setup(&with(&of_count(count), [("/upstream", upstream)]));
        let world = crate::support::walk(&setup, |_, _, _| {});
        world.providers[0].upstream_return.lane(0)
    };
    // One part in 2, or in 50, of 2 for each unit built, of which each prevents 0.6 of a need of 1 at first.
    assert!((own_return(1) - 0.6).abs() < 1e-9, "{}", own_return(1));
    assert!((own_return(25) - 0.024).abs() < 1e-9, "{}", own_return(25));
}
