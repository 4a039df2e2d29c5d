//! `new`: a small complete scenario to start from, which explains itself in its `question` and `assumptions`.

use super::ending::{Ending, Outcome};
use super::{files, paths, print};
use std::path::PathBuf;

/// What `new` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground new
  commonground new places/devon.json

The file is complete and runs as it is. Its assumptions say what each part is
for; replace them by your own. An existing file is never overwritten.")]
pub(crate) struct Arguments {
    /// File to write
    #[arg(default_value = "scenario.json", value_parser = paths::new())]
    file: PathBuf,
}

/// The scenario to start from.
const STARTING_POINT: &str = include_str!("starting-point.json");

/// Writes the file.
pub(crate) fn new(arguments: &Arguments) -> Outcome {
    files::write_new(&arguments.file, STARTING_POINT)?;
    let file = arguments.file.display();
    print::say(&format!(
        "`{file}` is written. Change it, then:\n  commonground check {file}\n  commonground explain {file}\n  commonground run {file}"
    ));
    Ok(Ending::Fine)
}

#[cfg(test)]
mod tests {
    use super::*;
    use commonground::scenario::Scenario;
    use commonground::scenario::text::Bundled;

    #[test]
    fn the_starting_point_is_a_scenario_without_faults() {
        let store = Bundled(&[("starting-point.json", STARTING_POINT)]);
        let scenario = Scenario::load(&store, "starting-point").unwrap();
        assert_eq!(scenario.setup.kinds().len(), 2);
        assert!(scenario.setup.has_need() && scenario.setup.has_income());
    }
}
