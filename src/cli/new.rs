//! `new`: a small complete scenario to start from, which explains itself in its `question` and `assumptions`; or a real place from
//! published tables.

mod place;

use super::ending::{Ending, Outcome};
use super::{files, paths, print};
use std::path::PathBuf;

/// What `new` needs to know.
#[derive(Debug, clap::Args)]
#[command(
    args_conflicts_with_subcommands = true,
    after_long_help = "\
Examples:
  commonground new
  commonground new places/devon.json
  commonground new place mine.json --from ae.csv --org R1F --council \"Isle of Wight\"

The file is complete and runs as it is. Its assumptions say what each part is
for; replace them by your own. An existing file is never overwritten."
)]
pub(crate) struct Arguments {
    /// File to write
    #[arg(default_value = "scenario.json", value_parser = paths::new())]
    file: PathBuf,

    #[command(subcommand)]
    what: Option<What>,
}

/// What else may be made.
#[derive(Debug, clap::Subcommand)]
enum What {
    /// Makes a real place from published monthly tables of its hospital
    Place(place::Arguments),
}

/// The scenario to start from.
const STARTING_POINT: &str = include_str!("starting-point.json");

/// Writes the file.
pub(crate) fn new(arguments: &Arguments) -> Outcome {
    if let Some(What::Place(arguments)) = &arguments.what {
        return place::place(arguments);
    }
    files::write_new(&arguments.file, STARTING_POINT)?;
    say_what_is_next(&arguments.file.display().to_string());
    Ok(Ending::Fine)
}

fn say_what_is_next(file: &str) {
    print::say(&format!(
        "`{file}` is written. Change it, then:\n  commonground check {file}\n  commonground explain {file}\n  commonground run {file}"
    ));
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
