//! `explain`: a scenario in plain English.

use super::ending::{Ending, Failure, Outcome};
use super::{load, print};
use commonground::scenario::Scenario;
use commonground::scenario::explain::principles::{Principle, principles};
use commonground::scenario::explain::{self, Section};

/// What `explain` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground explain pasture-ostrom
  commonground explain place-fortress+alliance
  commonground explain mine.json --json")]
pub(crate) struct Arguments {
    /// Name of a bundled scenario, or path of a file
    scenario: String,
    /// Prints sections and principles as JSON
    #[arg(long)]
    json: bool,
}

/// What `--json` prints.
#[derive(serde::Serialize)]
struct Told<'a> {
    scenario: &'a str,
    title: &'a str,
    question: &'a str,
    sections: Vec<Section>,
    principles: Vec<Principle>,
}

/// Tells the scenario.
pub(crate) fn explain(arguments: &Arguments) -> Outcome {
    let scenario = load(&arguments.scenario)?;
    let text = if arguments.json { as_json(&scenario)? } else { told(&scenario) };
    print::result(&text)?;
    Ok(Ending::Fine)
}

fn as_json(scenario: &Scenario) -> Result<String, Failure> {
    let file = &scenario.file;
    let told = Told {
        scenario: &scenario.name,
        title: &file.title,
        question: &file.question,
        sections: explain::explain(scenario),
        principles: principles(file),
    };
    serde_json::to_string_pretty(&told).map_err(|error| Failure::Request(error.to_string()))
}

fn told(scenario: &Scenario) -> String {
    let mut text = opening(scenario);
    for section in explain::explain(scenario) {
        text.push_str("\n\n");
        text.push_str(&print::heading(section.heading));
        for fact in &section.facts {
            text.push('\n');
            text.push_str(&print::wrapped(&format!("- {}", fact.paragraph()), "  "));
        }
    }
    text
}

/// Title and question.
fn opening(scenario: &Scenario) -> String {
    let file = &scenario.file;
    format!("{}\n{}", print::heading(&file.title), print::wrapped(&file.question, ""))
}
