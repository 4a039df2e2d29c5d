//! `play`: the meadow of the classroom in the terminal, for one against computer herders, for a table, or by a show of hands.

use super::ending::{Ending, Failure, Outcome};
use super::whole::whole;
use super::{files, print};
use commonground::classroom::debrief::{LUCKS, QUESTIONS, debriefs};
use commonground::classroom::event::{Ask, Entry, Event, Refusal, Who};
use commonground::classroom::meadow::{Prospect, Turns};
use commonground::classroom::room::{Phase, Room};
use commonground::classroom::settings::{GROUP, Plan, Settings};
use commonground::classroom::treatment::{MOST_COWS, Rule, Treatment};
use commonground::classroom::{export, hands};
use std::fmt::Write as _;
use std::io::BufRead;
use std::path::PathBuf;

/// What `play` needs to know.
#[derive(Debug, clap::Args)]
#[command(after_long_help = "\
Examples:
  commonground play pasture
  commonground play pasture --seats 6 --rounds 10
  commonground play pasture --with vote --out lesson
  printf '7\\n8\\n6\\n' | commonground play pasture --practice 0 --rounds 3

In each round type the cows of each seat: `7` (seat 1 sends seven, computer
herders the rest), `7 5 6 6 4 8` (all six), or by a show of hands `3x6 2x8 1x12`
(three seats send six, two eight, one twelve). `.` is a computer herder. `undo`
opens the last round again, `quit` ends the game.")]
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
enum Game {
    /// A meadow that a group shares
    Pasture,
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
    let Game::Pasture = arguments.game;
    if let Some(folder) = arguments.out.as_ref().filter(|folder| folder.exists()) {
        return Err(files::taken(folder));
    }
    let seats = arguments.seats as usize;
    let mut settings =
        Settings::new("PLAY", seats, arguments.rounds, Plan::Contrast, arguments.seed).map_err(Failure::Request)?;
    settings.practice = arguments.practice;
    settings.games = vec![vec![arguments.with.into()]];
    let mut table = Table::open(settings)?;
    print::result(&opening(&table.room))?;
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
                print::result("\nPractice is over. A full meadow again, and from now on it counts.")?;
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
        let offers = self.room.groups()[0].treatment.offers();
        let mut text = "\nWhich rule? Type its number and a limit, such as 1 6:".to_owned();
        for (number, rule) in offers.iter().enumerate() {
            let _ = write!(text, "\n  {}  {}", number + 1, rule.name());
        }
        print::result(&text)?;
        let Some(line) = next().filter(|line| line.trim() != "quit") else { return Ok(false) };
        let Some((rule, limit)) = voted(&line, offers) else {
            print::say("Type the number of a rule and a limit from 0 to 12, such as 1 6.");
            return Ok(true);
        };
        let (key, game) = (self.keys[0].clone(), self.room.game());
        self.ask(Who::Pupil(&key), Ask::Vote(game, rule, limit))?;
        self.ask(Who::Teacher, Ask::Close)?;
        print::result(&print::wrapped(&rule.says(limit), ""))?;
        Ok(true)
    }

    fn round(&mut self, next: &mut impl FnMut() -> Option<String>) -> Result<bool, Failure> {
        print::result(&prospects(&self.room))?;
        print::say("Cows of each seat?");
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
        match hands::read(&line, self.keys.len()) {
            Ok(turns) => self.close(&turns)?,
            Err(problem) => print::say(&print::wrapped(&problem, "")),
        }
        Ok(true)
    }

    fn close(&mut self, turns: &Turns) -> Result<(), Failure> {
        let now = self.room.now();
        for (seat, cows) in turns.iter().enumerate() {
            let key = self.keys[seat].clone();
            match cows {
                Some(cows) => self.ask(Who::Pupil(&key), Ask::Choose(now, *cows))?,
                // After an undo a seat may still have what it chose before.
                None if self.room.choice_of(seat).is_some() => self.free(seat, &key)?,
                None => {}
            }
        }
        self.ask(Who::Teacher, Ask::Close)?;
        print::result(&came_to(&self.room))
    }

    /// Gives a seat back with nothing chosen.
    fn free(&mut self, seat: usize, key: &str) -> Result<(), Refusal> {
        self.ask(Who::Teacher, Ask::Free(seat))?;
        self.ask(Who::Pupil(key), Ask::Join(key.to_owned()))
    }

    fn end(&mut self, out: Option<&std::path::Path>) -> Result<(), Failure> {
        if self.room.round() > 0 && self.room.game() > 0 {
            print::result(&debrief(&self.room)?)?;
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
fn voted(line: &str, offers: &[Rule]) -> Option<(Rule, u8)> {
    let mut words = line.split_whitespace();
    let rule = *offers.get(words.next()?.parse::<usize>().ok()?.checked_sub(1)?)?;
    let limit = words.next()?.parse::<u8>().ok().filter(|limit| *limit <= MOST_COWS)?;
    Some((rule, limit))
}

fn opening(room: &Room) -> String {
    let seats = room.seats().len();
    let text = format!(
        "{seats} seats share a meadow. Each sends 0 to {MOST_COWS} cows in every round. A cow earns a tenth of the per cent of grass in coins, less 2 for \
         its keep: 8 coins on a full meadow, none on a fifth of it. It eats {:.2}% of the grass. Grass grows back, fastest when about two thirds are \
         left; below a fifth it dies. One round in ten is dry and takes a tenth of the grass.",
        6.0 / seats as f64
    );
    let given = room.settings().games[0][0].says();
    format!("{}\n{}\n{}", print::heading("The meadow"), print::wrapped(&text, ""), print::wrapped(given, ""))
}

/// What each number of cows would come to, in columns that fit 80.
fn prospects(room: &Room) -> String {
    let group = &room.groups()[0];
    let all = group.prospects(0);
    let what = if room.game() == 0 { "Practice round" } else { "Round" };
    let mut text = format!(
        "\n{}\nIf the others do what they did last, seat 1 would come to:",
        print::heading(&format!(
            "{what} {} of {}: {:.0}% of the grass is there",
            room.round() + 1,
            room.rounds(),
            group.grass()
        ))
    );
    let mut row = |name: &str, of: fn(&Prospect) -> f64| {
        let cells: Vec<String> = all.iter().map(|prospect| format!("{:>5}", rounded(of(prospect)))).collect();
        let cells = cells.concat();
        let _ = write!(text, "\n{name:<12}{cells}");
    };
    row("cows", |prospect| f64::from(prospect.cows));
    row("coins now", |prospect| prospect.coins);
    row("grass then %", |prospect| prospect.grass);
    if let Some(settled) = group.settled {
        let _ = write!(text, "\n{}", print::wrapped(&settled.rule.says(settled.limit), ""));
    }
    text
}

/// What came of the round that was closed last.
fn came_to(room: &Room) -> String {
    let group = &room.groups()[0];
    let Some(round) = group.rounds.last() else { return String::new() };
    let hides = |seat: usize| !group.treatment.shows_others() && round.seats[seat].bot;
    let seats = || (0..round.seats.len()).filter(|seat| !hides(*seat));
    let heads: Vec<String> =
        seats().map(|seat| format!("{:>7}{}", seat + 1, if round.seats[seat].bot { "*" } else { " " })).collect();
    let mut text = format!("seat      {}     all", heads.concat());
    let mut row = |name: &str, of: &dyn Fn(usize) -> f64, all: f64| {
        let cells: Vec<String> = seats().map(|seat| format!("{:>7} ", rounded(of(seat)))).collect();
        let cells = cells.concat();
        let _ = write!(text, "\n{name:<10}{cells}{:>8}", rounded(all));
    };
    row("cows", &|seat| round.seats[seat].cows, round.cows());
    row("coins", &|seat| round.seats[seat].coins, round.coins());
    row("so far", &|seat| group.coins_of(seat), group.coins());
    let dry = if round.dry { " It was a dry round." } else { "" };
    let _ = write!(text, "\nGrass {:.0}% → {:.0}%.{dry}", round.before, round.after);
    if round.seats.iter().any(|turn| turn.bot) && group.treatment.shows_others() {
        text.push_str("  * a computer herder");
    }
    text
}

/// A whole number, with a true minus and no minus before nought.
fn rounded(number: f64) -> String {
    format!("{:.0}", number.round() + 0.0).replace('-', "−")
}

/// The four screens in words.
fn debrief(room: &Room) -> Result<String, Failure> {
    let all = debriefs(room)?;
    let Some(debrief) = all.first() else { return Ok(String::new()) };
    let titles = ["Your pool", "The same meadow in one hand", "The same meadow under a rule", "Who took what"];
    let mut text = String::new();
    for (screen, (title, (name, question))) in titles.iter().zip(QUESTIONS).enumerate() {
        let _ = write!(text, "\n{}", print::heading(title));
        if screen == 2 {
            let _ = write!(text, "\n{}", print::wrapped(&debrief.rule, ""));
        }
        for finding in &debrief.findings[screen] {
            let told = format!("{}: so in {} of {LUCKS} lucks.", finding.says, finding.holds);
            let _ = write!(text, "\n{}", print::wrapped(&told, ""));
        }
        let _ = writeln!(text, "\n{}", print::wrapped(&format!("{name} {question}"), ""));
    }
    Ok(text)
}
