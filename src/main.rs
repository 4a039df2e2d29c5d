//! The command `commonground`, as a program of its own. What it does stands in [`commonground::cli`], from where the Python package
//! calls it too.

use std::process::ExitCode;

fn main() -> ExitCode {
    // Set by whoever builds an archive of the program. Read from a clone it would have everything built again at every commit.
    ExitCode::from(commonground::cli::main(std::env::args_os(), option_env!("COMMONGROUND_COMMIT")))
}
