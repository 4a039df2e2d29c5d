//! How the units of measures are called: in tables, on axes and in files. `time` is what the scenario calls a step: "month".

use crate::model::measure::Unit;

use super::figure::Axis;
use super::phrase::plural;

/// The unit of levels, where their numbers do not show it: "months of need".
pub(super) fn of_levels(unit: Unit, time: &str) -> Option<String> {
    match unit {
        Unit::Share | Unit::Number => None,
        Unit::Steps => Some(time.to_owned()),
        Unit::Duration => Some(plural(time)),
        Unit::StepsOfNeed => Some(format!("{} of need", plural(time))),
    }
}

/// The unit of differences: "points", "months".
pub(super) fn of_differences(unit: Unit, time: &str) -> Option<String> {
    match unit {
        Unit::Share => Some("points".to_owned()),
        Unit::Steps | Unit::Duration => Some(plural(time)),
        Unit::StepsOfNeed => Some(format!("{} of need", plural(time))),
        Unit::Number => None,
    }
}

/// The title with a unit behind it: "Waiting (months of need)".
pub(super) fn with(title: &str, unit: Option<String>) -> String {
    unit.map_or_else(|| title.to_owned(), |unit| format!("{title} ({unit})"))
}

/// The axis of levels: "Need met (%)".
pub(super) fn axis(title: &str, unit: Unit, time: &str) -> Axis {
    match unit {
        Unit::Share => Axis::percent(format!("{title} (%)")),
        _ => Axis::number(with(title, of_levels(unit, time))),
    }
}

/// The axis of differences: "Difference (percentage points)".
pub(super) fn axis_of_differences(title: &str, unit: Unit, time: &str) -> Axis {
    match unit {
        Unit::Share => Axis::points(format!("{title} (percentage points)")),
        _ => Axis::number(with(title, of_differences(unit, time))),
    }
}

/// The unit as files write it.
pub(super) fn key(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "share",
        Unit::StepsOfNeed => "steps_of_need",
        Unit::Steps | Unit::Duration => "steps",
        Unit::Number => "number",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_stands_behind_a_title_where_the_numbers_do_not_show_it() {
        let title = |unit| with("Waiting", of_levels(unit, "month"));
        assert_eq!(title(Unit::StepsOfNeed), "Waiting (months of need)");
        assert_eq!([title(Unit::Share), title(Unit::Number)], ["Waiting", "Waiting"]);
        assert_eq!(axis_of_differences("Change", Unit::Share, "month").title, "Change (percentage points)");
        assert_eq!(axis("Recovery", Unit::Duration, "day").title, "Recovery (days)");
    }
}
