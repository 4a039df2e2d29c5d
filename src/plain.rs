//! The one door of text: whatever is printed, drawn or written for people goes through it, and no character that steers a
//! terminal or turns the direction of reading comes out. What is refused is shown escaped, as `\u{1b}`.

/// Whether a character only shows itself: it neither steers a terminal (control characters, line ends among them) nor changes
/// the order in which its neighbours are read (marks of direction) nor breaks a line unseen.
pub fn is_plain(character: char) -> bool {
    let steers = character.is_control();
    let turns = matches!(
        character,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
    );
    let breaks = matches!(character, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}');
    !(steers || turns || breaks)
}

/// A name, a path, a value: on one line, whatever is not plain escaped.
pub fn one_line(text: &str) -> String {
    escaped(text, |_| false)
}

/// Text of several lines: line ends stay, whatever else is not plain is escaped.
pub fn lines(text: &str) -> String {
    escaped(text, |character| character == '\n')
}

/// JSON of several lines, in which whatever is not plain is escaped as JSON does it, so that it is read back as it was.
pub fn json(text: &str) -> String {
    if text.chars().all(|character| is_plain(character) || character == '\n') {
        return text.to_owned();
    }
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if is_plain(character) || character == '\n' {
            safe.push(character);
        } else {
            let mut units = [0; 2];
            for unit in character.encode_utf16(&mut units) {
                safe.push_str("\\u");
                safe.extend(
                    [12, 8, 4, 0].map(|shift| char::from_digit(u32::from(*unit >> shift & 15), 16).unwrap_or('0')),
                );
            }
        }
    }
    safe
}

/// Bytes in hexadecimal digits.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.filter_map(|half| char::from_digit(u32::from(half), 16)).collect()
}

/// A word as a shell reads it back; one that begins with a dash is no flag.
pub fn shell_word(word: &str) -> String {
    let word = if word.starts_with('-') && word.len() > 1 { format!("./{word}") } else { word.to_owned() };
    quoted(&word)
}

/// A word of a command line as a shell reads it back, in quotation marks where it would be read otherwise.
pub fn quoted(word: &str) -> String {
    let is_bare = |letter: char| letter.is_alphanumeric() || "_-./=:,@%+".contains(letter);
    if !word.is_empty() && word.chars().all(is_bare) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

fn escaped(text: &str, stays: impl Fn(char) -> bool) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        if is_plain(character) || stays(character) {
            safe.push(character);
        } else {
            safe.extend(character.escape_default());
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_or_turns_text_is_shown_escaped() {
        assert_eq!(
            one_line("red\u{1b}[31m\u{7}\n\u{202e}x\u{9b}\u{2028}"),
            r"red\u{1b}[31m\u{7}\n\u{202e}x\u{9b}\u{2028}"
        );
        assert_eq!(lines("a\r\n\tb\u{0}"), "a\\r\n\\tb\\u{0}");
        assert_eq!(one_line("Thöni £1 日本 👍🏽 नमस्ते שלום"), "Thöni £1 日本 👍🏽 नमस्ते שלום");
    }

    #[test]
    fn json_is_read_back_as_it_was() {
        let text = serde_json::to_string_pretty(&serde_json::json!({ "a\u{202e}": "b\u{7f}\u{9b}\n" })).unwrap();
        let safe = json(&text);
        assert!(safe.chars().all(|character| is_plain(character) || character == '\n'), "{safe}");
        let back: serde_json::Value = serde_json::from_str(&safe).unwrap();
        assert_eq!(back, serde_json::json!({ "a\u{202e}": "b\u{7f}\u{9b}\n" }));
    }

    #[test]
    fn a_shell_reads_a_word_as_it_is() {
        assert_eq!(
            ["/data/big-1", "/my data/it's", "$(id)", ""].map(shell_word),
            ["/data/big-1", r"'/my data/it'\''s'", "'$(id)'", "''"]
        );
        assert_eq!([shell_word("-x y"), quoted("--set")], ["'./-x y'", "--set"]);
    }
}
