//! What a reader may turn on an interactive page, stop by stop.

use super::Fact;
use crate::scenario::file::Knob;

/// The knob with all its stops.
pub(super) fn describe(knob: &Knob) -> Fact {
    let unit = knob.unit.as_ref().map_or_else(String::new, |unit| format!(" {unit}"));
    let stops = knob.stops.iter().map(|stop| format!("{}{unit}: {}", stop.name, stop.says)).collect();
    Fact::of(&knob.label, stops)
}
