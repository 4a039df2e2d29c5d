//! `completions` and `man`: what shells and `man` want to know of the command line, made from it.

use super::ending::{Ending, Failure, Outcome};
use super::print;
use clap::CommandFactory;
use clap_complete::Shell;

/// What `completions` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground completions bash > /etc/bash_completion.d/commonground
  commonground completions fish > ~/.config/fish/completions/commonground.fish
  commonground completions zsh > ~/.zfunc/_commonground")]
pub(crate) struct Arguments {
    /// The shell that is to complete commands and flags
    #[arg(value_enum)]
    shell: Shell,
}

/// What `man` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground man > commonground.1
  commonground man compare > commonground-compare.1

To read one at once: commonground man compare | man -l -")]
pub(crate) struct Page {
    /// The command that the page is about; without it all of them, in short
    command: Option<String>,
}

/// Prints the completions of a shell.
pub(crate) fn completions(arguments: &Arguments) -> Outcome {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut super::Arguments::command(), "commonground", &mut script);
    print::result(String::from_utf8_lossy(&script).trim_end())?;
    Ok(Ending::Fine)
}

/// Prints a page of the manual.
pub(crate) fn man(arguments: &Page) -> Outcome {
    let mut all = super::Arguments::command();
    all.build();
    let command = match &arguments.command {
        None => all,
        Some(name) => {
            let Some(command) = all.find_subcommand(name) else {
                let names: Vec<&str> = all.get_subcommands().map(clap::Command::get_name).collect();
                let problem = format!("`{name}` is no command; there are {}", names.join(", "));
                return Err(Failure::Request(problem));
            };
            command.clone()
        }
    };
    let mut page = Vec::new();
    let written = clap_mangen::Man::new(command).render(&mut page);
    written.map_err(|error| Failure::Request(error.to_string()))?;
    print::result(String::from_utf8_lossy(&page).trim_end())?;
    Ok(Ending::Fine)
}
