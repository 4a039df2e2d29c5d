//! Who lives in a council's area, and what is spent on their care: from the tables that come with the program.

use crate::scenario::bundled::BUNDLED;
use crate::scenario::text::{Address, Store, did_you_mean, words};
use std::collections::BTreeMap;

/// Need and size of an upper-tier authority.
#[derive(Clone, Debug, PartialEq)]
pub struct Council {
    /// Its code, such as `E06000046`.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Patients on the lists of its practices, 2024/25.
    pub registered: f64,
    /// Residents, estimated from them by the ratio of all England.
    pub residents: f64,
    /// £m a month of care by kind of provider, at its need.
    pub sizes: Vec<(&'static str, f64)>,
}

/// The kinds of a place, and the index of need that prices each: social care has none of its own and takes that of community care, the
/// voluntary sector takes none (both assumed).
const KINDS: [(&str, Option<&str>); 6] = [
    ("acute", Some("need_general_acute")),
    ("mental_health", Some("need_mental_health")),
    ("community", Some("need_community")),
    ("primary", Some("need_primary_medical_care")),
    ("social_care", Some("need_community")),
    ("voluntary", None),
];

/// The council of a code or a name.
///
/// # Errors
/// There is none.
pub fn council(asked: &str) -> Result<Council, String> {
    let rows = rows("data/councils.csv")?;
    let is_asked = |row: &&BTreeMap<String, String>| {
        ["council_code", "council_name"].iter().any(|column| row[*column].eq_ignore_ascii_case(asked.trim()))
    };
    let Some(row) = rows.iter().find(is_asked) else {
        let near = did_you_mean(asked, rows.iter().map(|row| row["council_name"].as_str()));
        return Err(format!(
            "there is no upper-tier council {}{near}; give its name, or its code as in scenarios/data/councils.csv",
            words::name(asked)
        ));
    };
    let registered = figure(row, "registered_population")?;
    let parameters = Parameters::read()?;
    let residents = registered * parameters.value("england_residents")? / parameters.value("england_registered")?;
    let size = |(kind, index): (&'static str, Option<&str>)| {
        let index = index.map_or(Ok(1.0), |column| figure(row, column))?;
        let spending = parameters.value(&format!("spending_{kind}"))?;
        // £ a head and year to £m a month.
        Ok((kind, spending * index * residents / 12e6))
    };
    let sizes = KINDS.into_iter().map(size).collect::<Result<_, String>>()?;
    Ok(Council { code: row["council_code"].clone(), name: row["council_name"].clone(), registered, residents, sizes })
}

/// The numbers of `place-parameters.csv`.
pub(super) struct Parameters(Vec<BTreeMap<String, String>>);

impl Parameters {
    pub(super) fn read() -> Result<Self, String> {
        rows("data/place-parameters.csv").map(Self)
    }

    pub(super) fn value(&self, name: &str) -> Result<f64, String> {
        let row = self.0.iter().find(|row| row["name"] == name);
        figure(row.ok_or_else(|| format!("place-parameters.csv has no {}", words::name(name)))?, "value")
    }
}

fn figure(row: &BTreeMap<String, String>, column: &str) -> Result<f64, String> {
    let text = row.get(column).map_or("", String::as_str);
    text.parse().map_err(|_| format!("{} in column {} is not a number", words::name(text), words::name(column)))
}

/// The rows of a table that comes with the program, by the names of its columns.
fn rows(name: &str) -> Result<Vec<BTreeMap<String, String>>, String> {
    let wrong = |error: &dyn std::fmt::Display| format!("the program's own table {name} cannot be read: {error}");
    let bytes = BUNDLED.read(&Address::Bundled(name.to_owned())).map_err(|error| wrong(&error))?;
    let mut reader = csv::Reader::from_reader(bytes.as_slice());
    reader.deserialize().collect::<Result<_, csv::Error>>().map_err(|error| wrong(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_council_is_found_by_name_and_code_and_a_slip_is_told() {
        assert_eq!(council("bradford").unwrap().code, "E08000032");
        assert_eq!(council("E08000032").unwrap().name, "Bradford");
        assert!(council("Bradfort").unwrap_err().contains("did you mean `Bradford`?"));
    }
}
