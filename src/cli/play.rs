//! `play`: the games of the classroom in the terminal, for one against computer herders, for a table, or by a show of hands.

use super::ending::{Ending, Failure, Outcome};
use super::whole::whole;
use super::{files, print};
use commonground::classroom::commons::Turns;
use commonground::classroom::event::{Ask, Entry, Event, Refusal, Who};
use commonground::classroom::room::{Phase, Room};
use commonground::classroom::settings::{GROUP, Plan, Settings};
use commonground::classroom::treatment::{Rule, Treatment};
use commonground::classroom::{export, game, hands};
use std::fmt::Write as _;
use std::io::BufRead;
use std::path::PathBuf;

mod told;

/// What `play` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground play pasture
  commonground play pasture --seats 6 --rounds 10
  commonground play pasture --with vote --out lesson
  commonground play place --seats 6
  printf '7\\n8\\n6\\n' | commonground play pasture --practice 0 --rounds 3

In each round type the cows of each seat: `7` (seat 1 sends seven, computer
herders the rest), `7 5 6 6 4 8` (all six), or by a show of hands `3x6 2x8 1x12`
(three seats send six, two eight, one twelve). `.` is a computer herder. `undo`
opens the last round again, `quit` ends the game.

In a place each seat is a provider and a round is a year: type its level in per
cent of plan, 70 to 130 in tens, with prevention `110/4` (0, 4 or 8), and for the
hospital with what it refers of what it can, `110/4/50` (0, 50 or 100).")]
pub(crate) struct Arguments {
    /// The game
    #[arg(value_enum)]
    game: Game,
    /// Number of seats
    #[arg(long, value_name = "N", default_value_t = 6, allow_negative_numbers = true, value_parser = whole::<u64>(GROUP.0 as u64, GROUP.1 as u64))]
    seats: u64,
    /// Rounds that count
    #[arg(long, value_name = "N", default_value_t = 10, allow_negative_numbers = true, value_parser = whole::<u32>(3, 30))]
    rounds: u32,
    /// Rounds before them that do not count
    #[arg(long, value_name = "N", default_value_t = 2, allow_negative_numbers = true, value_parser = whole::<u32>(0, 5))]
    practice: u32,
    /// What the group is given: it decides alone, sees the others, talks, votes
    /// on a rule, or watches and fines
    #[arg(long = "with", value_enum, value_name = "WHAT", default_value_t = With::Alone)]
    with: With,
    /// Seed of all chance: the same seed and choices give the same game
    #[arg(long, value_name = "N", default_value_t = 1, allow_negative_numbers = true, value_parser = whole::<u64>(0, u64::MAX))]
    seed: u64,
    /// Write the turns as CSV, the games as scenarios and the log to this
    /// folder, which must not be there yet
    #[arg(long, value_name = "FOLDER")]
    out: Option<PathBuf>,
}

/// A game.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub(crate) enum Game {
    /// A meadow that a group shares
    Pasture,
    /// A place whose providers share staff and beds
    Place,
}

impl From<Game> for game::Game {
    fn from(game: Game) -> Self {
        match game {
            Game::Pasture => Self::Meadow,
            Game::Place => Self::Place,
        }
    }
}

/// What a group is given.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum With {
    Alone,
    Information,
    Talk,
    Vote,
    Watch,
}

impl From<With> for Treatment {
    fn from(with: With) -> Self {
        match with {
            With::Alone => Self::Alone,
            With::Information => Self::Information,
            With::Talk => Self::Talk,
            With::Vote => Self::Vote,
            With::Watch => Self::Watch,
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Request(refusal.0)
    }
}

/// Plays a game from what is typed, then shows what it was.
pub(crate) fn play(arguments: &Arguments) -> Outcome {
    if let Some(folder) = arguments.out.as_ref().filter(|folder| folder.exists()) {
        return Err(files::taken(folder));
    }
    let seats = arguments.seats as usize;
    let mut settings =
        Settings::new("PLAY", seats, arguments.rounds, Plan::Contrast, arguments.seed).map_err(Failure::Request)?;
    settings.game = arguments.game.into();
    settings.practice = arguments.practice;
    settings.games = vec![vec![arguments.with.into()]];
    let mut table = Table::open(settings)?;
    print::result(&told::opening(&table.room))?;
    let mut lines = std::io::stdin().lock().lines();
    let mut next = || lines.next().and_then(Result::ok);
    while !table.is_over() && table.step(&mut next)? {}
    table.end(arguments.out.as_deref())?;
    Ok(Ending::Fine)
}

/// A game under way: its room, what happened, and a key for each seat.
struct Table {
    room: Room,
    log: Vec<Entry>,
    keys: Vec<String>,
}

impl Table {
    fn open(settings: Settings) -> Result<Self, Failure> {
        let mut table = Self { room: Room::open(settings.clone())?, log: Vec::new(), keys: Vec::new() };
        table.log.push(Entry { at: 0, event: Event::Opened(settings) });
        for seat in 0..table.room.seats().len() {
            let key = format!("seat {}", seat + 1);
            table.ask(Who::Pupil(&key), Ask::Join(key.clone()))?;
            table.keys.push(key);
        }
        table.ask(Who::Teacher, Ask::Next)?;
        Ok(table)
    }

    fn ask(&mut self, who: Who<'_>, ask: Ask) -> Result<(), Refusal> {
        let event = self.room.ask(who, ask)?;
        self.room.apply(&event)?;
        self.log.push(Entry { at: self.log.len() as u64, event });
        Ok(())
    }

    fn is_over(&self) -> bool {
        matches!(self.room.phase(), Phase::Over | Phase::Debrief(_))
    }

    /// The next line is asked for and done; `false` when there is none any more.
    fn step(&mut self, next: &mut impl FnMut() -> Option<String>) -> Result<bool, Failure> {
        match self.room.phase() {
            Phase::Between => {
                print::result("\nPractice is over. All begins again, and from now on it counts.")?;
                self.ask(Who::Teacher, Ask::Next)?;
            }
            Phase::Talking => {
                print::result("\nTalk for two minutes: what will you do?")?;
                self.ask(Who::Teacher, Ask::Next)?;
            }
            Phase::Voting => return self.vote(next),
            _ => return self.round(next),
        }
        Ok(true)
    }

    fn vote(&mut self, next: &mut impl FnMut() -> Option<String>) -> Result<bool, Failure> {
        let offers = self.room.groups()[0].treatment().offers();
        let game = self.room.settings().game;
        let such = format!("such as 1 {}", game.facts().at(game.facts().fair));
        let mut text = format!("\nWhich rule? Type its number and a limit, {such}:");
        for (number, rule) in offers.iter().enumerate() {
            let _ = write!(text, "\n  {}  {}", number + 1, rule.name());
        }
        print::result(&text)?;
        let Some(line) = next().filter(|line| line.trim() != "quit") else { return Ok(false) };
        let Some((rule, limit)) = voted(&line, offers, game) else {
            print::say(&format!("Type the number of a rule and a limit, {}, {such}.", game.range()));
            return Ok(true);
        };
        let (key, now) = (self.keys[0].clone(), self.room.game());
        self.ask(Who::Pupil(&key), Ask::Vote(now, rule, limit))?;
        self.ask(Who::Teacher, Ask::Close)?;
        print::result(&print::wrapped(&rule.says(game, limit), ""))?;
        Ok(true)
    }

    fn round(&mut self, next: &mut impl FnMut() -> Option<String>) -> Result<bool, Failure> {
        print::result(&told::prospects(&self.room))?;
        let game = self.room.settings().game;
        print::say(told::question(game));
        let Some(line) = next() else { return Ok(false) };
        match line.trim() {
            "quit" => return Ok(false),
            "undo" => {
                if let Err(refusal) = self.ask(Who::Teacher, Ask::Undo) {
                    print::say(&refusal.0);
                }
                return Ok(true);
            }
            _ => {}
        }
        match hands::read(&line, game, self.keys.len()) {
            Ok(turns) => self.close(&turns)?,
            Err(problem) => print::say(&print::wrapped(&problem, "")),
        }
        Ok(true)
    }

    fn close(&mut self, turns: &Turns) -> Result<(), Failure> {
        let now = self.room.now();
        for (seat, choice) in turns.iter().enumerate() {
            let key = self.keys[seat].clone();
            match choice {
                Some(choice) => self.ask(Who::Pupil(&key), Ask::Choose(now, *choice))?,
                // After an undo a seat may still have what it chose before.
                None if self.room.choice_of(seat).is_some() => self.free(seat, &key)?,
                None => {}
            }
        }
        self.ask(Who::Teacher, Ask::Close)?;
        print::result(&told::came_to(&self.room))
    }

    /// Gives a seat back with nothing chosen.
    fn free(&mut self, seat: usize, key: &str) -> Result<(), Refusal> {
        self.ask(Who::Teacher, Ask::Free(seat))?;
        self.ask(Who::Pupil(key), Ask::Join(key.to_owned()))
    }

    fn end(&mut self, out: Option<&std::path::Path>) -> Result<(), Failure> {
        if self.room.round() > 0 && self.room.game() > 0 {
            print::result(&told::debrief(&self.room)?)?;
        }
        let Some(folder) = out else { return Ok(()) };
        std::fs::create_dir(folder).map_err(|error| Failure::Request(format!("{}: {error}", folder.display())))?;
        let mut log = String::new();
        for entry in &self.log {
            log.push_str(&serde_json::to_string(entry).map_err(|error| Failure::Request(error.to_string()))?);
            log.push('\n');
        }
        files::write_new(&folder.join("log.jsonl"), &log)?;
        files::write_new(&folder.join("turns.csv"), &export::csv(&self.room)?)?;
        for played in export::scenarios(&self.room)? {
            files::write_new(&folder.join(&played.file), &played.text)?;
        }
        print::result(&format!("\n{}", folder.display()))
    }
}

/// A rule of those on offer and a limit.
fn voted(line: &str, offers: &[Rule], game: game::Game) -> Option<(Rule, u8)> {
    let mut words = line.split_whitespace();
    let rule = *offers.get(words.next()?.parse::<usize>().ok()?.checked_sub(1)?)?;
    let limit = game.facts().position(words.next()?.trim_end_matches('%').parse::<u8>().ok()?)?;
    Some((rule, limit))
}
