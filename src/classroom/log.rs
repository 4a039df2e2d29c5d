//! The log of a room on the disk: one event a line, each written whole and handed to the disk before the room goes on, so that a room
//! is as it was after any stop.

use super::event::{Ask, Entry, Event, Refusal, Who};
use super::room::Room;
use super::settings::Settings;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// Bytes of a log beyond which it is not read: a day of a large class is a few megabytes.
const MOST_BYTES: u64 = 64_000_000;

/// A room and its log.
#[derive(Debug)]
pub struct Kept {
    room: Room,
    file: File,
    path: PathBuf,
    events: u64,
}

impl Kept {
    /// A new room, with a log that begins in a file that is not there yet.
    ///
    /// # Errors
    /// Settings that cannot be run, or a file that cannot be written.
    pub fn open(settings: Settings, path: &Path, at: u64) -> Result<Self, String> {
        let room = Room::open(settings.clone()).map_err(|refusal| refusal.0)?;
        let file = OpenOptions::new()
            .read(true)
            .write(true)
            .create_new(true)
            .open(path)
            .map_err(|error| words(path, &error))?;
        locked(&file, path)?;
        let mut kept = Self { room, file, path: path.to_owned(), events: 0 };
        kept.write(&Entry { at, event: Event::Opened(settings) })?;
        Ok(kept)
    }

    /// The room that a log leads to. A last line that was not written whole is taken away, since nobody was told of it.
    ///
    /// # Errors
    /// A file that cannot be read or written, or that is no log of a room; the words say in which line.
    pub fn resume(path: &Path, at: u64) -> Result<Self, String> {
        let long = std::fs::metadata(path).map_err(|error| words(path, &error))?.len() > MOST_BYTES;
        if long {
            return Err(format!("{} is too long for the log of a room", path.display()));
        }
        let file = OpenOptions::new().read(true).write(true).open(path).map_err(|error| words(path, &error))?;
        locked(&file, path)?;
        // By the handle that holds the lock: on Windows no other one may read.
        let mut text = Vec::new();
        (&file).read_to_end(&mut text).map_err(|error| words(path, &error))?;
        let whole = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let (room, events) = replay(&text[..whole]).map_err(|problem| format!("{}: {problem}", path.display()))?;
        let mut kept = Self { room, file, path: path.to_owned(), events };
        kept.cut(whole as u64).map_err(|error| words(path, &error))?;
        kept.all_have_left(at)?;
        Ok(kept)
    }

    /// After a stop no page is there until it comes back.
    fn all_have_left(&mut self, at: u64) -> Result<(), String> {
        for seat in 0..self.room.seats().len() {
            if self.room.seats()[seat].present {
                self.happen(&Entry { at, event: Event::Left { seat } })?;
            }
        }
        Ok(())
    }

    /// The room as it is.
    pub fn room(&self) -> &Room {
        &self.room
    }

    /// Where its log is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Events so far: a number that grows with each change.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// Does what somebody asks, once it stands in the log.
    ///
    /// # Errors
    /// Why it is not done: the room refuses, or the log cannot be written. The room is then as it was.
    pub fn ask(&mut self, who: Who<'_>, ask: Ask, at: u64) -> Result<(), Refusal> {
        let event = self.room.ask(who, ask)?;
        self.happen(&Entry { at, event }).map_err(Refusal)
    }

    fn happen(&mut self, entry: &Entry) -> Result<(), String> {
        // First tried on a copy: what stands in the log must be what can be replayed.
        let mut next = self.room.clone();
        next.apply(&entry.event).map_err(|refusal| refusal.0)?;
        self.write(entry)?;
        self.room = next;
        Ok(())
    }

    fn write(&mut self, entry: &Entry) -> Result<(), String> {
        let mut line = serde_json::to_string(entry).map_err(|error| error.to_string())?;
        line.push('\n');
        let before = self.file.stream_position().map_err(|error| words(&self.path, &error))?;
        let mut written = self.file.write_all(line.as_bytes());
        // A choice outlives the program as soon as it is written; what it comes to outlives the machine.
        if matches!(entry.event, Event::Opened(_) | Event::Closed {} | Event::Joined { .. }) {
            written = written.and_then(|()| self.file.sync_data());
        }
        if let Err(error) = written {
            // Half a line would make the next one unreadable.
            let _ = self.cut(before);
            return Err(words(&self.path, &error));
        }
        self.events += 1;
        Ok(())
    }

    /// Takes away what stands behind so many bytes, and goes on writing there.
    fn cut(&mut self, bytes: u64) -> io::Result<()> {
        self.file.set_len(bytes)?;
        self.file.seek(SeekFrom::Start(bytes)).map(|_| ())
    }
}

/// One program writes a log at a time: two classes in one would mix their turns. The lock goes when the program does.
fn locked(file: &File, path: &Path) -> Result<(), String> {
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => {
            Err(format!("{}: a class that is still running writes this log; end it first", path.display()))
        }
        // Some file systems have no locks; a class on them is worth more than none.
        Ok(()) | Err(TryLockError::Error(_)) => Ok(()),
    }
}

/// The room that a log leads to, and how many events it has.
///
/// # Errors
/// What is wrong, and in which line.
pub fn replay(log: &[u8]) -> Result<(Room, u64), String> {
    let text = std::str::from_utf8(log).map_err(|_| "the log is not text".to_owned())?;
    let mut entries = text.lines().enumerate().map(|(number, line)| {
        serde_json::from_str::<Entry>(line).map_err(|error| format!("line {}: {error}", number + 1))
    });
    let Some(first) = entries.next() else { return Err("the log is empty".to_owned()) };
    let Event::Opened(settings) = first?.event else { return Err("line 1 does not open a room".to_owned()) };
    let mut room = Room::open(settings).map_err(|refusal| format!("line 1: {refusal}"))?;
    let mut events = 1;
    for (number, entry) in entries.enumerate() {
        room.apply(&entry?.event).map_err(|refusal| format!("line {}: {refusal}", number + 2))?;
        events += 1;
    }
    Ok((room, events))
}

fn words(path: &Path, error: &io::Error) -> String {
    format!("{}: {error}", path.display())
}
