//! Small tables as CSV in memory.

use crate::statistics::Interval;

/// A number with the fewest digits that read back as it; nothing for one that is missing or not finite.
pub(in crate::report) fn number(value: Option<f64>) -> String {
    value.filter(|value| value.is_finite()).map_or_else(String::new, |value| (value + 0.0).to_string())
}

/// The ends of an interval as numbers.
pub(in crate::report) fn ends(interval: Option<Interval>) -> [String; 2] {
    [number(interval.map(|interval| interval.low)), number(interval.map(|interval| interval.high))]
}

/// CSV in memory: nothing that is written there can fail.
pub(in crate::report) struct Rows(csv::Writer<Vec<u8>>);

impl Rows {
    pub(in crate::report) fn new(head: &[impl AsRef<[u8]>]) -> Self {
        let mut rows = Self(csv::Writer::from_writer(Vec::new()));
        rows.add(head);
        rows
    }

    pub(in crate::report) fn add(&mut self, fields: &[impl AsRef<[u8]>]) {
        let written = self.0.write_record(fields);
        debug_assert!(written.is_ok(), "every row has the fields of its head");
    }

    pub(in crate::report) fn text(self) -> String {
        self.0.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
    }
}
