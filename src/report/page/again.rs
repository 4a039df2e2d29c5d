//! How an experiment is done again: its command line as it was typed, and one that needs nothing but the folder.

use maud::{Markup, html};
use serde_json::Value;

use super::arms::Arm;
use super::{Contents, Manifest};
use crate::plain;
use crate::report::phrase::{capitalised, count};

/// The part of the page that says how.
pub(super) fn shown(contents: &Contents) -> Markup {
    let manifest = &contents.manifest;
    html! {
        section #again {
            h2 { "How to do it again" }
            p { "The same version, scenario, seed and number of runs give the same results, bit for bit, on any number of threads." }
            @if !manifest.command.is_empty() {
                h3 { "The command that was typed" }
                pre { code { (typed(&manifest.command)) } }
            }
            @if let Some(command) = from_folder(manifest) {
                h3 { "The same from this folder alone" }
                pre { code { (command) } }
            }
            h3 { "What it was done with" }
            dl { @for (name, value) in &contents.facts { div { dt { (capitalised(name)) } dd { (value) } } } }
            @if !contents.arms.is_empty() { (fingerprints(&contents.arms)) }
            h3 { "Files in the folder" }
            p.files { (count(manifest.files.len() as u64)) " files, and " code { "manifest.json" } ", which lists them: "
                @for (position, file) in manifest.files.iter().enumerate() {
                    @if position > 0 { ", " } code { (file) }
                }
                "."
            }
        }
    }
}

/// The scenarios and their hashes.
fn fingerprints(arms: &[Arm]) -> Markup {
    html! {
        h3 { "Scenarios" }
        ul.fingerprints {
            @for arm in arms {
                li {
                    (arm.title())
                    @if !arm.entry.asked_as.is_empty() { ", asked for as " code { (arm.entry.asked_as) } }
                    br;
                    code { (arm.entry.file) }
                    @if !arm.entry.sha256.is_empty() { br; span.hash { "SHA-256 " code { (arm.entry.sha256) } } }
                }
            }
        }
    }
}

/// A command line as one can paste it into a shell.
fn typed(words: &[String]) -> String {
    words.iter().map(|word| plain::quoted(word)).collect::<Vec<_>>().join(" ")
}

/// The command that gives the same results from the scenarios in the folder, for commands whose arms are scenarios.
fn from_folder(manifest: &Manifest) -> Option<String> {
    let command = manifest.command.get(1).filter(|word| ["run", "compare", "stress"].contains(&word.as_str()))?;
    let mut words = vec!["commonground".to_owned(), command.clone()];
    words.extend(manifest.arms.iter().map(|arm| arm.file.clone()));
    if command == "stress" {
        words.extend(["--shocks", "study.json"].map(str::to_owned));
    }
    let runs = if manifest.precision.is_null() { manifest.runs? } else { manifest.runs_asked? };
    words.extend(["--runs".to_owned(), runs.to_string(), "--seed".to_owned(), manifest.seed?.to_string()]);
    let precisions = match &manifest.precision {
        Value::Object(named) => named.iter().map(|(measure, width)| format!("{measure}={width}")).collect(),
        Value::Null => Vec::new(),
        width => vec![width.to_string()],
    };
    words.extend(precisions.into_iter().flat_map(|precision| ["--precision".to_owned(), precision]));
    if let Some(level) = manifest.level.filter(|level| !level.is_usual()) {
        words.extend(["--level".to_owned(), level.share().to_string()]);
    }
    Some(typed(&words))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_would_read_otherwise_is_quoted() {
        let words = ["commonground", "run", "my place.json", "it's", "--set", "/society/trust=0.8", ""];
        let expected = r"commonground run 'my place.json' 'it'\''s' --set /society/trust=0.8 ''";
        assert_eq!(typed(&words.map(str::to_owned)), expected);
    }
}
