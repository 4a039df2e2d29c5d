//! `serve`: the interactive page live, from a server on this machine.

use super::ending::{Ending, Failure, Outcome};
use super::whole::whole;
use super::{experiment, page, print, signals};
use commonground::net::{Hosts, Server};
use commonground::serve::{Live, app, limits};
use std::io::ErrorKind;
use std::net::Ipv4Addr;

/// What `serve` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground serve
  commonground serve place-fortress place-based
  commonground serve mine.json --port 9000
  commonground serve --class --demo

Opens the page of `commonground page` live: choose a scenario or drop a file on
the page, set any value by its JSON pointer, turn the knobs, and runs are made
as asked. Of several scenarios the first is what the others are held against.

Only this machine can open it, and no page from elsewhere can drive it. What is
asked for in the browser reads no file of the machine: a dropped file may
extend bundled scenarios only. Ctrl-C ends it.

With --class it is another command: \"serve --class\" is \"class\", a class in the
browser with teacher, board and phones (commonground help class).")]
pub(crate) struct Arguments {
    /// Up to six scenarios to begin with: names of bundled ones, or paths of files
    #[arg(num_args = 0..=page::MOST_ARMS, value_name = "SCENARIO")]
    scenarios: Vec<String>,
    /// Port of the address; 0 takes any that is free
    #[arg(long, value_name = "N", default_value_t = 8080, allow_negative_numbers = true, value_parser = whole::<u16>(0, u16::MAX))]
    port: u16,
    /// Number of threads; it changes nothing but the time [default: all cores]
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole::<u16>(1, 1024))]
    threads: Option<u16>,
    /// Say nothing but the address and errors
    #[arg(long, short)]
    quiet: bool,
}

/// Serves until somebody ends it.
pub(crate) fn serve(arguments: &Arguments) -> Outcome {
    let cast = page::cast(&arguments.scenarios)?;
    let live = Live::new(cast.arms, Some(experiment::pool(arguments.threads)?));
    let server = Server::bind((Ipv4Addr::LOCALHOST, arguments.port)).map_err(|error| taken(arguments.port, &error))?;
    let stop = server.stop();
    signals::listen(move || stop.stop())?;
    print::result(&format!("http://{}/", server.address()))?;
    if !arguments.quiet {
        print::say("Open this address in a browser on this machine. Ctrl-C ends it.");
    }
    let router = app(live.clone(), Hosts::loopback(server.address().port()));
    let ended = server.run(router, limits::MOST_CONNECTIONS, || live.close());
    ended.map_err(|error| Failure::Request(format!("the page cannot be served: {error}")))?;
    Ok(Ending::Stopped)
}

/// Why a port cannot be had, and which could.
pub(super) fn taken(port: u16, error: &std::io::Error) -> Failure {
    let next = port.checked_add(1).unwrap_or(8080);
    Failure::Request(match error.kind() {
        ErrorKind::AddrInUse => format!(
            "port {port} is taken by another program, perhaps by another `commonground`; try --port {next}, or --port 0 for any that is free"
        ),
        ErrorKind::PermissionDenied => {
            format!("port {port} is kept for the system; try --port 8080, or --port 0 for any that is free")
        }
        _ => format!("port {port} cannot be had: {error}"),
    })
}
