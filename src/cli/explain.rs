//! `explain`: a scenario in plain English.

use super::ending::{Ending, Outcome};
use super::{load, print};
use commonground::scenario::Scenario;
use commonground::scenario::explain;

/// What `explain` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commonground explain pasture-ostrom
  commonground explain mine.json > mine.txt")]
pub(crate) struct Arguments {
    /// Name of a bundled scenario, or path of a file
    scenario: String,
}

/// Tells the scenario.
pub(crate) fn explain(arguments: &Arguments) -> Outcome {
    print::result(&told(&load(&arguments.scenario)?))?;
    Ok(Ending::Fine)
}

fn told(scenario: &Scenario) -> String {
    let mut text = opening(scenario);
    for section in explain::explain(scenario) {
        text.push_str("\n\n");
        text.push_str(&print::heading(section.heading));
        for paragraph in &section.paragraphs {
            text.push('\n');
            text.push_str(&print::wrapped(&format!("- {paragraph}"), "  "));
        }
    }
    text
}

/// Title and question.
pub(super) fn opening(scenario: &Scenario) -> String {
    let file = &scenario.file;
    format!("{}\n{}", print::heading(&file.title), print::wrapped(&file.question, ""))
}
