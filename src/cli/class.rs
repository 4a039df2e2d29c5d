//! `class`: a class in the browser, on this machine or in its local network.

use super::ending::{Ending, Failure, Outcome};
use super::play::Game;
use super::serve::taken;
use super::whole::whole;
use super::{print, signals};
use commonground::classroom::log::Kept;
use commonground::classroom::settings::{Plan, SEATS, Settings};
use commonground::classroom::web::{MOST_CONNECTIONS, Shared, Token, app, assets, code};
use commonground::net::{Hosts, Server};
use std::net::{Ipv4Addr, SocketAddr, UdpSocket};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// What `class` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground class --demo
  commonground class --seats 30 --lan
  commonground class --seats 24 --in-turn --rounds 8
  commonground class --game place --demo
  commonground class --resume class-MEAD.jsonl --lan

Without --lan nobody but this machine can reach the class. With it, everybody in
the local network who has the four letters can take a seat: the teacher's page
needs a key that stands in its address only.

Every choice is written to the log as it is made. After any stop, --resume
brings the class back as it was. docs/classroom.md has a lesson by the clock.")]
pub(crate) struct Arguments {
    /// The game: a meadow on which seats send cows, or a place whose seats are a
    /// hospital, a general practice and so on
    #[arg(long, value_enum, value_name = "GAME", default_value_t = Game::Pasture)]
    game: Game,
    /// Seats, in groups of four to eight; computer herders sit in those that are free
    #[arg(long, value_name = "N", default_value_t = 30, allow_negative_numbers = true, value_parser = whole::<u64>(SEATS.0 as u64, SEATS.1 as u64))]
    seats: u64,
    /// Rounds that count
    #[arg(long, value_name = "N", default_value_t = 10, allow_negative_numbers = true, value_parser = whole::<u32>(3, 30))]
    rounds: u32,
    /// Rounds before them that do not count
    #[arg(long, value_name = "N", default_value_t = 2, allow_negative_numbers = true, value_parser = whole::<u32>(0, 5))]
    practice: u32,
    /// All groups the same, one treatment after another, instead of all at once
    #[arg(long)]
    in_turn: bool,
    /// Seed of all chance
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true, value_parser = whole::<u64>(0, u64::MAX))]
    seed: u64,
    /// Port; 0 takes one that is free
    #[arg(long, value_name = "N", default_value_t = 8080, allow_negative_numbers = true, value_parser = whole::<u16>(0, u16::MAX))]
    port: u16,
    /// Open the class to the local network
    #[arg(long)]
    lan: bool,
    /// Rehearse: opens a page with the teacher, the board and two phones
    #[arg(long)]
    demo: bool,
    /// The log of the class [default: class-CODE.jsonl]
    #[arg(long, value_name = "FILE")]
    log: Option<PathBuf>,
    /// Go on with the class of a log
    #[arg(long, value_name = "FILE", conflicts_with_all = ["log", "seats", "game", "rounds", "practice", "in_turn", "seed"])]
    resume: Option<PathBuf>,
}

/// Opens the class and serves it until it is stopped.
pub(crate) fn class(arguments: &Arguments) -> Outcome {
    let kept = opened(arguments)?;
    let (server, hosts, own, join) = bound(arguments)?;
    let teacher = Token::new().map_err(Failure::Request)?;
    said(&told(&kept, &own, &join, &teacher, arguments.lan))?;
    if arguments.demo {
        let code = kept.room().settings().code.clone();
        let address = format!("{own}/demo#{},{code}", teacher.text());
        said(&format!("Rehearsal  {address}"))?;
        show(&address);
    }
    let room = Arc::new(Shared::new(kept, &teacher, join));
    let stop = server.stop();
    signals::listen(move || stop.stop())?;
    let ended = server.run(app(room, hosts), MOST_CONNECTIONS, || ());
    ended.map_err(|error| Failure::Request(format!("the class cannot be served: {error}")))?;
    Ok(Ending::Stopped)
}

/// Prints where the class is. It goes on where nobody reads that any more.
fn said(text: &str) -> Result<(), Failure> {
    match print::result(text) {
        Err(Failure::NobodyReads) => Ok(()),
        other => other,
    }
}

/// The room that was asked for, new or from a log.
fn opened(arguments: &Arguments) -> Result<Kept, Failure> {
    let at = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_millis() as u64);
    if let Some(path) = &arguments.resume {
        return Kept::resume(path, at).map_err(Failure::Request);
    }
    let code = code().map_err(Failure::Request)?;
    let plan = if arguments.in_turn { Plan::InTurn } else { Plan::Contrast };
    let mut settings = Settings::new(&code, arguments.seats as usize, arguments.rounds, plan, arguments.seed)
        .map_err(Failure::Request)?;
    settings.practice = arguments.practice;
    settings.game = arguments.game.into();
    let path = arguments.log.clone().unwrap_or_else(|| PathBuf::from(format!("class-{code}.jsonl")));
    Kept::open(settings, &path, at).map_err(Failure::Request)
}

/// A server, the names that it answers to, and the addresses of this machine and for pupils.
fn bound(arguments: &Arguments) -> Result<(Server, Hosts, String, String), Failure> {
    let here = if arguments.lan { Ipv4Addr::UNSPECIFIED } else { Ipv4Addr::LOCALHOST };
    let server = Server::bind((here, arguments.port)).map_err(|error| taken(arguments.port, &error))?;
    let port = server.address().port();
    let lan = if arguments.lan { Some(network()?) } else { None };
    let own = format!("http://127.0.0.1:{port}");
    let join = lan.map_or_else(|| own.clone(), |address| format!("http://{}", SocketAddr::new(address, port)));
    let further: Vec<String> = lan.iter().map(ToString::to_string).collect();
    Ok((server, Hosts::loopback_and(port, &further), own, join))
}

/// The address of this machine in its local network. Nothing is sent: the system is asked by which door it would go.
fn network() -> Result<std::net::IpAddr, Failure> {
    let found = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0)).and_then(|socket| {
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
        socket.local_addr()
    });
    found.map(|address| address.ip()).map_err(|error| {
        Failure::Request(format!("this machine is in no network that could be opened: {error}; leave --lan out"))
    })
}

/// What was opened, and where.
fn told(kept: &Kept, own: &str, join: &str, teacher: &Token, lan: bool) -> String {
    let settings = kept.room().settings();
    let opens = if lan {
        format!(
            "Opened to the local network: whoever is in it can reach the join page at {join} and, with the code, take a seat. \
             Nothing else of this machine is opened. Ctrl-C closes it."
        )
    } else {
        "Open on this machine only; --lan opens it to the local network. Ctrl-C closes it.".to_owned()
    };
    let mut lines = vec![
        print::heading(&format!(
            "Class {}: {} seats in {} groups",
            settings.code,
            settings.seats,
            settings.groups.len()
        )),
        print::wrapped(&opens, ""),
        format!("Teacher    {own}/teacher#{}", teacher.text()),
        format!("Board      {own}/projector"),
        format!("Pupils     {join}   code {}", settings.code),
        format!("Log        {}", shown(kept.path())),
    ];
    if lan && let Some(code) = assets::qr_lines(join) {
        lines.push(print::letters(&code));
    }
    lines.join("\n")
}

fn shown(path: &Path) -> String {
    commonground::plain::one_line(&path.display().to_string())
}

/// Opens a page in the browser of this machine, if it has one that can be asked. Its address is printed in any case.
fn show(address: &str) {
    let opener: &[&str] = if cfg!(target_os = "macos") {
        &["open"]
    } else if cfg!(windows) {
        &["rundll32", "url.dll,FileProtocolHandler"]
    } else {
        &["xdg-open"]
    };
    let mut command = std::process::Command::new(opener[0]);
    command.args(&opener[1..]).arg(address).stdin(std::process::Stdio::null());
    let _ = command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null()).spawn();
}
