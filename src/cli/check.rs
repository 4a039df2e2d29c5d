//! `check`: every fault in scenario files, or what is in them.

use super::ending::{Ending, Outcome};
use super::{load, print};
use commonground::scenario::Scenario;

/// What `check` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  commonground check mine.json
  commonground check scenarios/*.json

Prints every fault with its place, line and a way out. Exits with 0 if all files
are fine, with 2 if any has a fault.")]
pub(crate) struct Arguments {
    /// Files to check, or names of bundled scenarios
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
}

/// Checks one file after the other; the verdicts are the result.
pub(crate) fn check(arguments: &Arguments) -> Outcome {
    let mut ending = Ending::Fine;
    for file in &arguments.files {
        let verdict = match load(file) {
            Ok(scenario) => print::wrapped(&format!("{}: fine; {}", scenario.name, summary(&scenario)), "  "),
            Err(faults) => {
                ending = Ending::Faulty;
                faults.to_string()
            }
        };
        print::result(&verdict)?;
    }
    Ok(ending)
}

/// What is in a scenario, in a line.
fn summary(scenario: &Scenario) -> String {
    let (file, setup) = (&scenario.file, &scenario.setup);
    let pools: Vec<&str> = file.pools.keys().map(String::as_str).collect();
    let kinds: Vec<String> = file.providers.iter().map(|(name, kind)| format!("{} {name}", kind.count)).collect();
    let rules: Vec<&str> = file.rules.present().map(|(name, _)| name.key()).collect();
    let shocks: Vec<&str> = file.shocks.keys().map(String::as_str).collect();
    let steps = if setup.steps == 1 { "step" } else { "steps" };
    let mut text = format!(
        "“{}”, {} {steps} of a {}; pools: {}; providers: {}; rules: {}",
        file.title,
        setup.steps,
        file.time.unit,
        pools.join(", "),
        kinds.join(", "),
        if rules.is_empty() { "none".to_owned() } else { rules.join(", ") }
    );
    if !shocks.is_empty() {
        text.push_str("; shocks: ");
        text.push_str(&shocks.join(", "));
    }
    text
}
