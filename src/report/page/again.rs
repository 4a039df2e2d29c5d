//! How an experiment is done again: its command line as it was typed, and one that needs nothing but the folder.

use super::Manifest;
use crate::plain;

/// A command line as one can paste it into a shell.
pub(super) fn typed(words: &[String]) -> String {
    words.iter().map(|word| plain::quoted(word)).collect::<Vec<_>>().join(" ")
}

/// The command that gives the same results from the scenarios in the folder, for commands whose arms are scenarios.
pub(super) fn from_folder(manifest: &Manifest) -> Option<String> {
    let command = manifest.command.get(1).filter(|word| ["run", "compare", "stress"].contains(&word.as_str()))?;
    let mut words = vec!["commonground".to_owned(), command.clone()];
    words.extend(manifest.arms.iter().map(|arm| arm.file.clone()));
    if command == "stress" {
        words.extend(["--shocks", "study.json"].map(str::to_owned));
    }
    let runs = if manifest.precision.is_some() { manifest.runs_asked? } else { manifest.runs? };
    words.extend(["--runs".to_owned(), runs.to_string(), "--seed".to_owned(), manifest.seed?.to_string()]);
    if let Some(precision) = manifest.precision {
        words.extend(["--precision".to_owned(), precision.to_string()]);
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
