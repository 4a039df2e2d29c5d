//! The command `commonground`: what was typed goes to its command, what the command came to goes out.

mod cli;

use clap::Parser;
use cli::{Arguments, Command};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return cli::print::usage(&error),
    };
    let ending = match arguments.command {
        Command::Run(arguments) => cli::run::run(&arguments),
        Command::Compare(arguments) => cli::compare::compare(&arguments),
        Command::Principles(arguments) => cli::principles::principles(&arguments),
        Command::Replicate(arguments) => cli::replicate::replicate(&arguments),
        Command::Report(arguments) => cli::report::report(&arguments),
        Command::Page(arguments) => cli::page::page(&arguments),
        Command::Sweep(arguments) => cli::sweep::sweep(&arguments),
        Command::Sensitivity(arguments) => cli::sensitivity::sensitivity(&arguments),
        Command::Calibrate(arguments) => cli::calibrate::calibrate(&arguments),
        Command::Match(arguments) => cli::matching::matching(&arguments),
        Command::Stress(arguments) => cli::stress::stress(&arguments),
        Command::Plan(arguments) => cli::plan::plan(&arguments),
        Command::Work(arguments) => cli::work::work(&arguments),
        Command::Status(arguments) => cli::status::status(&arguments),
        Command::Merge(arguments) => cli::merge::merge(&arguments),
        Command::Explain(arguments) => cli::explain::explain(&arguments),
        Command::Check(arguments) => cli::check::check(&arguments),
        Command::Scenarios(arguments) => cli::scenarios::scenarios(&arguments),
        Command::New(arguments) => cli::new::new(&arguments),
        Command::Schema(arguments) => cli::schema::schema(&arguments),
        Command::Completions(arguments) => cli::completions::completions(&arguments),
        Command::Man(arguments) => cli::completions::man(&arguments),
    };
    cli::print::ending(ending)
}
