//! Guards the work of a step: instructions and misses of the first cache, counted by callgrind over one batch of sixteen runs, against the
//! recorded table `benches/instructions.csv`. Other work on the machine does not disturb these figures, unlike times.
//!
//! ```text
//! cargo bench --profile dev --bench instructions               compares; exit code 1 if a figure is off by more than the tolerance
//! cargo bench --profile dev --bench instructions -- --record   writes the table anew, after a change that is meant
//! ```
//!
//! Tests compile the engine for speed and without checks, as users do, so that `--profile dev` counts the same and compiles nothing twice.
//! Set `CARGO_INCREMENTAL=0`, as `.ci/run` does: an engine compiled in parts takes a sixth more instructions.
//!
//! It needs valgrind and a processor with AVX2 (valgrind does not know AVX-512); where either is missing it says so and is done.

#![expect(clippy::print_stdout, reason = "a benchmark prints its figures")]

mod callgrind;
#[path = "../common/mod.rs"]
mod common;
mod recorded;

use common::town::{Town, small_commons};
use commonground::model::run;
use commonground::model::setup::Setup;
use commonground::model::simd::InstructionSet;
use rayon::prelude::*;
use recorded::{Figures, Row};
use std::hint::black_box;
use std::process::ExitCode;

type Make = fn() -> Result<Setup, String>;

/// What is counted: a name, and how its setup is made.
const COUNTED: [(&str, Make); 5] = [
    ("commons-mini-20", || small_commons(20, 1, 1, 120)),
    ("commons-mini-1000", || small_commons(1_000, 1, 1, 8)),
    ("place-fortress", || Town::one("place-fortress", 36).setup()),
    ("place-based", || Town::one("place-based", 24).setup()),
    ("place-fortress-42-places", || Town { copies: 42, sets: 42, ..Town::one("place-fortress", 3) }.setup()),
];

/// The word with which this program is called again, under callgrind.
const COUNT_ME: &str = "--count";

fn main() -> ExitCode {
    let asked: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let asked: Vec<&str> = asked.iter().map(String::as_str).collect();
    match asked.as_slice() {
        [COUNT_ME, name] => {
            one_batch(&setup(name));
            ExitCode::SUCCESS
        }
        [] => look(recorded::compare),
        ["--record"] => look(recorded::record),
        _ => {
            println!("`{}` is none of: nothing, --record", asked.join(" "));
            ExitCode::from(2)
        }
    }
}

fn setup(name: &str) -> Setup {
    let found = COUNTED.iter().find(|(own, _)| *own == name);
    let (_, make) = found.unwrap_or_else(|| panic!("nothing is called {name}"));
    make().unwrap_or_else(|faults| panic!("{faults}"))
}

/// Two batches, of which the second is counted: the first pays for what is made once.
fn one_batch(setup: &Setup) {
    black_box(run::run(setup, 1, common::runs(0), InstructionSet::Avx2));
    callgrind::mark();
    black_box(run::run(setup, 1, common::runs(1), InstructionSet::Avx2));
    callgrind::mark();
}

/// Counts everything and does something with the rows.
fn look(with: fn(&[Row]) -> Result<ExitCode, String>) -> ExitCode {
    if !InstructionSet::available().contains(&InstructionSet::Avx2) {
        println!("instructions are not counted: this processor has no AVX2");
        return ExitCode::SUCCESS;
    }
    if !callgrind::is_installed() {
        println!("instructions are not counted: valgrind is not installed");
        return ExitCode::SUCCESS;
    }
    let rows: Result<Vec<Row>, String> = COUNTED.par_iter().map(|(name, _)| row(name)).collect();
    rows.and_then(|rows| with(&rows)).unwrap_or_else(|fault| {
        println!("{fault}");
        ExitCode::FAILURE
    })
}

fn row(name: &str) -> Result<Row, String> {
    let setup = setup(name);
    let steps = setup.providers() as f64 * f64::from(setup.steps());
    let counts = callgrind::count(&[COUNT_ME, name])?;
    let figures = Figures { instructions: counts.instructions / steps, misses: counts.misses / steps };
    Ok(Row { name: name.to_owned(), figures })
}
