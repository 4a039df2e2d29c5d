//! `schema`: the JSON Schema of scenario files, and of studies of shocks.

use super::ending::{Ending, Outcome};
use super::print;
use clap::ValueEnum;
use commonground::experiment::stress;
use commonground::scenario::{self, text};

/// What `schema` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground schema > commonground.schema.json
  commonground schema stress > stress.schema.json

Named in a file's \"$schema\", it lets an editor complete and check. It holds for
whole files, for files that extend another, and of scenarios for fragments. Those
of calibrations and matches: `calibrate --schema` and `match --schema`.")]
pub(crate) struct Arguments {
    /// What files the schema is for
    #[arg(value_enum, default_value_t = Of::Scenario)]
    of: Of,
}

/// Files that have a schema.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Of {
    /// Scenarios
    Scenario,
    /// Studies of shocks, for `stress`
    Stress,
}

/// Prints the schema.
pub(crate) fn schema(arguments: &Arguments) -> Outcome {
    let schema = match arguments.of {
        Of::Scenario => scenario::schema(),
        Of::Stress => text::schema::<stress::file::File>(),
    };
    print::result(&format!("{schema:#}"))?;
    Ok(Ending::Fine)
}
