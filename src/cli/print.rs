//! The one file that prints: results to standard output, words about them to standard error, 80 columns wide.

use super::ending::{Ending, Failure, Outcome};
use super::signals;
use commonground::plain;
use commonground::report::answer::{Screen, plain as without_marks};
use serde_json::Value;
use std::io::{self, IsTerminal, Write};

/// Columns that every text is laid out for, whatever the terminal, so that it reads the same everywhere.
pub(crate) const WIDTH: usize = 80;

/// Prints a result, with a line end behind it unless it has one.
///
/// # Errors
/// Standard output cannot be written: nobody reads it any more, or the disk behind it is full.
pub(crate) fn result(text: &str) -> Result<(), Failure> {
    let mut output = io::stdout().lock();
    let ending = if text.ends_with('\n') { "" } else { "\n" };
    let text = through_the_door(text);
    write!(output, "{text}{ending}").and_then(|()| output.flush()).map_err(|error| Failure::of_output(&error))
}

/// Says something about what is going on. Whether anybody hears it changes nothing, so that errors are passed over.
pub(crate) fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", plain::lines(text));
}

/// Says how a command ended, and turns it into an exit code.
pub(crate) fn ending(outcome: Outcome) -> u8 {
    match outcome {
        Ok(Ending::Fine) | Err(Failure::NobodyReads) => 0,
        Ok(Ending::Failed) => 1,
        Ok(Ending::Faulty) => 2,
        Ok(Ending::Incomplete) => 3,
        Ok(Ending::NothingLeft) => 4,
        Ok(Ending::Stopped) => signals::exit_code(),
        Err(Failure::Scenario(faults)) => {
            say(&faults.to_string());
            2
        }
        Err(Failure::Request(words)) => {
            say(&wrapped(&format!("error: {words}"), ""));
            2
        }
    }
}

/// The room that results have: that of the terminal, or where they go elsewhere 80 columns (or `COLUMNS`, where somebody set it) and as
/// many rows as a small terminal has beside the prompt.
pub(crate) fn screen() -> Screen {
    const ROWS: usize = 23;
    let size = terminal_size::terminal_size_of(io::stdout()).filter(|_| io::stdout().is_terminal());
    if let Some((width, height)) = size {
        let rows = usize::from(height.0).saturating_sub(1);
        return Screen { width: usize::from(width.0), height: Some(rows.max(ROWS)) };
    }
    let asked = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    Screen { width: asked.unwrap_or(WIDTH), height: Some(ROWS) }
}

/// A text in letters that the terminal has: all of them, unless the locale is one without UTF-8.
pub(crate) fn letters(text: &str) -> String {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    let has_all = locale.is_none_or(|locale| {
        let locale = locale.to_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    });
    if has_all { text.to_owned() } else { without_marks(text) }
}

/// Shows help where it was asked for; of what was typed wrongly, says what and how it is put right.
pub(crate) fn usage(error: &clap::Error) -> u8 {
    if error.use_stderr() {
        say(error.to_string().trim_end());
        return 2;
    }
    // Help holds nothing that anybody typed. Whether it is read changes nothing.
    let _ = error.print();
    0
}

/// A heading: bold where a person reads it in a terminal that wants colour.
pub(crate) fn heading(text: &str) -> String {
    let text = wrapped(text, "");
    if wants_colour() { format!("{BOLD}{text}{REGULAR}") } else { text }
}

/// A JSON document, ready to be printed.
pub(crate) fn document(document: &Value) -> String {
    plain::json(&format!("{document:#}"))
}

const BOLD: &str = "\u{1b}[1m";
const REGULAR: &str = "\u{1b}[0m";

/// What may be printed of a text: only what shows itself, and in a terminal the letters of headings.
fn through_the_door(text: &str) -> String {
    if !wants_colour() {
        return plain::lines(text);
    }
    let inked = |part: &str| part.split(REGULAR).map(plain::lines).collect::<Vec<_>>().join(REGULAR);
    text.split(BOLD).map(inked).collect::<Vec<_>>().join(BOLD)
}

/// Whether results go to a terminal, and nobody has asked for none of this (<https://no-color.org>).
fn wants_colour() -> bool {
    let asks_for_none = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    io::stdout().is_terminal() && !asks_for_none && !is_dumb
}

/// A paragraph broken into lines of [`WIDTH`], each further line indented. Characters that steer a terminal are shown escaped.
pub(crate) fn wrapped(text: &str, indent: &str) -> String {
    let mut lines = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let word = plain::one_line(word);
        let length = word.chars().count();
        if used > 0 && used + 1 + length > WIDTH {
            lines.push('\n');
            lines.push_str(indent);
            used = indent.chars().count();
        } else if used > 0 {
            lines.push(' ');
            used += 1;
        } else {
            let margin: String = text.chars().take_while(|letter| *letter == ' ').collect();
            used = margin.len();
            lines.push_str(&margin);
        }
        lines.push_str(&word);
        used += length;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_paragraph_is_broken_between_words_and_indented() {
        let text = format!("- {}", "seven77 ".repeat(15));
        let lines: Vec<String> = wrapped(&text, "  ").lines().map(str::to_owned).collect();
        assert_eq!(lines.len(), 2);
        assert!(lines[0].starts_with("- seven77") && lines[1].starts_with("  seven77"));
        assert!(lines.iter().all(|line| line.chars().count() <= WIDTH));
    }

    #[test]
    fn a_word_longer_than_a_line_stays_whole_and_a_margin_stays() {
        assert_eq!(wrapped(&format!("  a {}", "x".repeat(90)), "  "), format!("  a\n  {}", "x".repeat(90)));
        assert_eq!(wrapped("", "  "), "");
    }

    #[test]
    fn nothing_in_a_text_can_steer_a_terminal() {
        assert_eq!(wrapped("red\u{1b}[31m \u{7}bell", ""), r"red\u{1b}[31m \u{7}bell");
    }
}
