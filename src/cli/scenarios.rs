//! `scenarios`: the scenarios that come with the program: listed, shown, copied with all that they need.

use super::ending::{Ending, Failure, Outcome};
use super::{files, paths, print};
use clap::Subcommand;
use commonground::experiment::stress::Shocks;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::{self, BUNDLED, STUDIES};
use commonground::scenario::file::File;
use commonground::scenario::text::{Address, Document, Store};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What `scenarios` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground scenarios
  commonground scenarios show pasture-ostrom
  commonground scenarios copy pasture-ostrom mine/")]
pub(crate) struct Arguments {
    /// What to do; without it, list
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Lists the bundled scenarios with their questions
    List,
    /// Prints a bundled scenario or study of shocks as it is written
    Show {
        /// Its name
        name: String,
    },
    /// Copies a bundled scenario or study, what it extends and its data
    Copy {
        /// Its name
        name: String,
        /// Folder to copy to, or a name for the copy that ends in `.json`
        #[arg(default_value = ".", value_parser = paths::new())]
        dest: PathBuf,
    },
}

/// Lists, shows or copies.
pub(crate) fn scenarios(arguments: &Arguments) -> Outcome {
    match &arguments.action {
        None | Some(Action::List) => list(),
        Some(Action::Show { name }) => show(name),
        Some(Action::Copy { name, dest }) => copy(name, dest),
    }
}

fn list() -> Outcome {
    let mut lines = Vec::new();
    for name in bundled::scenarios() {
        lines.extend(entry(name, name)?);
    }
    let (presets, forms): (Vec<&str>, Vec<&str>) = bundled::fragments().partition(|name| bundled::is_preset(name));
    let (placebos, forms): (Vec<&str>, Vec<&str>) = forms.into_iter().partition(|name| bundled::is_placebo(name));
    for (heading, fragments) in [(FORMS, forms), (PLACEBOS, placebos), (PRESETS, presets)] {
        lines.push(format!("\n{heading}\n"));
        for name in fragments {
            lines.extend(entry(&format!("+{name}"), &bundled::laid_over(name))?);
        }
    }
    lines.push(format!("\n{CROSSED}\n"));
    for name in bundled::crossed() {
        lines.extend(entry(name, name)?);
    }
    lines.push("\nStudies of shocks, for `stress --shocks`\n".to_owned());
    for name in bundled::studies() {
        let study = Shocks::load(&BUNDLED, name)?;
        lines.extend([print::heading(name), print::wrapped(&format!("  {}", study.file.question), "  ")]);
    }
    lines.push("\nCalibrations, for `commonground calibrate`\n".to_owned());
    for name in bundled::calibrations() {
        lines.extend([print::heading(name), print::wrapped(&format!("  {}", question(name)?), "  ")]);
    }
    lines.push("\nEvidence, for `commonground match`\n".to_owned());
    for name in bundled::matches() {
        lines.extend([print::heading(name), print::wrapped(&format!("  {}", question(name)?), "  ")]);
    }
    print::result(&lines.join("\n"))?;
    print::say("\nTo read one in plain English: commonground explain NAME");
    Ok(Ending::Fine)
}

const CROSSED: &str = "Payment and governance crossed, for `compare`: each costs the payer the same";
const FORMS: &str = "Forms of governance, to be laid over a place: `place-fortress+alliance`";
const PLACEBOS: &str = "Placebos, to be laid over an agreement: `place-based+as-we-are`";
const PRESETS: &str = "Payments of a year, to be laid over a place: `place-fortress+2024`";

/// The name to list a scenario by, and its question.
fn entry(listed: &str, name: &str) -> Result<[String; 2], Failure> {
    let scenario = Scenario::load(&BUNDLED, name)?;
    Ok([print::heading(listed), print::wrapped(&format!("  {}", scenario.file.question), "  ")])
}

/// The question of a calibration or a match.
fn question(name: &str) -> Result<String, Failure> {
    let document = Document::read::<File>(&BUNDLED, name)?;
    Ok(document.value().get("question").and_then(Value::as_str).unwrap_or_default().to_owned())
}

fn show(name: &str) -> Outcome {
    let document = read(name)?;
    let Some(address) = document.files().next() else { return Ok(Ending::Fine) };
    print::result(&text_of(address)?)?;
    Ok(Ending::Fine)
}

/// A bundled scenario or study of shocks.
fn read(name: &str) -> Result<Document, Failure> {
    let is_study = bundled::studies().any(|study| study == name);
    let name = if is_study { format!("{STUDIES}{name}") } else { name.to_owned() };
    Ok(Document::read::<File>(&BUNDLED, &name)?)
}

fn copy(name: &str, dest: &Path) -> Outcome {
    let copies = copies(name, dest)?;
    if let Some((taken, _)) = copies.iter().find(|(path, text)| is_taken(path, text)) {
        return Err(files::taken(taken));
    }
    for (path, text) in copies.iter().filter(|(path, _)| !path.exists()) {
        files::write_new(path, text)?;
    }
    let paths: Vec<String> = copies.keys().map(|path| format!("  {}", path.display())).collect();
    print::say("Copied to:");
    print::result(&paths.join("\n"))?;
    Ok(Ending::Fine)
}

/// A scenario, what it extends and its data: where each goes, and its text.
fn copies(name: &str, dest: &Path) -> Result<BTreeMap<PathBuf, String>, Failure> {
    let document = read(name)?;
    let is_file = dest.extension().is_some_and(|ending| ending == "json");
    let folder = if is_file { dest.parent().unwrap_or(Path::new("")) } else { dest };
    let mut copies = BTreeMap::new();
    for (position, address) in document.files().enumerate() {
        let text = text_of(address)?;
        for data in data_files(&text, address) {
            copies.insert(folder.join(path_of(&data)), text_of(&data)?);
        }
        let path = if is_file && position == 0 { dest.to_owned() } else { folder.join(path_of(address)) };
        copies.insert(path, text);
    }
    Ok(copies)
}

/// Whether something else is where a copy is to go.
fn is_taken(path: &Path, text: &str) -> bool {
    path.exists() && std::fs::read(path).map_or(true, |there| there != text.as_bytes())
}

fn path_of(address: &Address) -> &Path {
    match address {
        Address::Disk(path) => path,
        // Studies extend each other by bare names, so that their copies lie side by side.
        Address::Bundled(name) => Path::new(name.strip_prefix(STUDIES).unwrap_or(name)),
    }
}

fn text_of(address: &Address) -> Result<String, Failure> {
    let bytes = BUNDLED.read(address).map_err(|error| Failure::Request(format!("`{address}`: {error}")))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The data files that a scenario file names: every `{"csv": {"file": …}}` in it.
fn data_files(text: &str, address: &Address) -> Vec<Address> {
    let mut found = Vec::new();
    let mut open = vec![serde_json::from_str(text).unwrap_or(Value::Null)];
    while let Some(value) = open.pop() {
        if let Some(file) = value.pointer("/csv/file").and_then(Value::as_str) {
            found.push(address.beside(file));
        }
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(fields) => open.extend(fields.into_iter().map(|(_, field)| field)),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenario_is_copied_with_what_it_extends() {
        let copies = copies("pasture-ostrom", Path::new("mine")).unwrap();
        let paths: Vec<&Path> = copies.keys().map(PathBuf::as_path).collect();
        assert_eq!(paths, [Path::new("mine/pasture-fortress.json"), Path::new("mine/pasture-ostrom.json")]);
    }

    #[test]
    fn a_study_is_copied_beside_what_it_extends_whatever_its_name() {
        let copies = copies("winter-surge", Path::new("mine/first.json")).unwrap();
        let paths: Vec<&Path> = copies.keys().map(PathBuf::as_path).collect();
        assert_eq!(paths, [Path::new("mine/first.json"), Path::new("mine/place.json")]);
    }

    #[test]
    fn a_copy_may_have_a_name_of_its_own_and_what_it_extends_keeps_its_name() {
        let copies = copies("pasture-ostrom", Path::new("mine/first.json")).unwrap();
        let paths: Vec<&Path> = copies.keys().map(PathBuf::as_path).collect();
        assert_eq!(paths, [Path::new("mine/first.json"), Path::new("mine/pasture-fortress.json")]);
    }

    #[test]
    fn data_files_are_found_wherever_they_are_named() {
        let text = r#"{"a": [{"need": {"level": {"csv": {"file": "data/ae.csv", "column": "x"}}}}]}"#;
        let found = data_files(text, &Address::Bundled("places/devon.json".into()));
        assert_eq!(found, [Address::Bundled("places/data/ae.csv".into())]);
    }
}
