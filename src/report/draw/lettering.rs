//! The shipped font: how wide words are, and where a text breaks into lines.

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};

use super::DrawError;
use super::sketch::{Type, Weight};

/// Font families of the charts, best first; also the name under which the shipped font is registered for measuring.
pub(super) const FAMILY: &str = "Roboto, Arial, Helvetica, sans-serif";

/// The shipped font in regular weight. Its origin and licence are in `font/README.md`.
pub(super) const REGULAR: &[u8] = include_bytes!("../font/Roboto-Regular.ttf");
/// The shipped font in bold.
pub(super) const BOLD: &[u8] = include_bytes!("../font/Roboto-Bold.ttf");

/// Room left for a reader's font that runs wider than ours, as a multiple of the measured width. Arial needs 1.03, the widest common ones 1.15.
const ROOM: f64 = 1.15;
/// Points per em at which words are measured; large, because the library measures in whole points.
const MEASURED_AT: f64 = 1024.0;
/// How often the width of a paragraph is halved towards the narrowest that keeps its number of lines.
const BALANCING: usize = 6;
/// The drawing library takes the height from the deepest to the highest stroke as the size: 2400 of 2048 units an em.
const HEIGHT_OF_AN_EM: f64 = 2400.0 / 2048.0;

/// The font, ready to measure with.
pub(super) struct Lettering {
    regular: FontDesc<'static>,
    bold: FontDesc<'static>,
}

impl Lettering {
    pub(super) fn load() -> Result<Self, DrawError> {
        register_font(FAMILY, FontStyle::Normal, REGULAR).map_err(|_| DrawError::Font)?;
        register_font(FAMILY, FontStyle::Bold, BOLD).map_err(|_| DrawError::Font)?;
        let font = |style| FontDesc::new(FontFamily::Name(FAMILY), MEASURED_AT * HEIGHT_OF_AN_EM, style);
        Ok(Self { regular: font(FontStyle::Normal), bold: font(FontStyle::Bold) })
    }

    /// Width in points to keep free for a line of text.
    pub(super) fn width(&self, text: &str, font: Type) -> f64 {
        let face = match font.weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        };
        let ems = match face.box_size(text) {
            Ok((width, _)) => f64::from(width) / MEASURED_AT,
            Err(_) => text.chars().count() as f64,
        };
        ems * font.size * ROOM
    }

    /// Width of the widest of some lines.
    pub(super) fn widest<'a>(&self, lines: impl IntoIterator<Item = &'a String>, font: Type) -> f64 {
        lines.into_iter().map(|line| self.width(line, font)).fold(0.0, f64::max)
    }

    /// Breaks a text into lines no wider than `width`, at spaces where it can (a no-break space holds), of
    /// about the same length; what exceeds
    /// `most` lines ends in "…".
    pub(super) fn wrap(&self, text: &str, font: Type, width: f64, most: usize) -> Vec<String> {
        let mut lines = self.fill(text, font, width, most);
        if lines.len() > most {
            return self.cut(lines, font, width, most);
        }
        let (mut narrow, mut wide) = (width / 2.0, width);
        for _ in 0..BALANCING {
            let middle = f64::midpoint(narrow, wide);
            let balanced = self.fill(text, font, middle, most);
            if lines.len() > 1 && balanced.len() == lines.len() {
                (wide, lines) = (middle, balanced);
            } else {
                narrow = middle;
            }
        }
        lines
    }

    /// Breaks a text into lines as full as they can be; gives up above `most` lines.
    fn fill(&self, text: &str, font: Type, width: f64, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        let mut line = String::new();
        for word in clean(text).split(' ').filter(|word| !word.is_empty()) {
            let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
            if self.width(&longer, font) <= width {
                line = longer;
                continue;
            }
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            line = self.break_word(word, font, width, &mut lines);
            if lines.len() > most {
                break;
            }
        }
        if !line.is_empty() {
            lines.push(line);
        }
        lines
    }

    /// Puts all but the rest of a word that is too long for a line into `lines`; gives back the rest.
    fn break_word(&self, word: &str, font: Type, width: f64, lines: &mut Vec<String>) -> String {
        let mut rest = String::new();
        for letter in word.chars().take(2000) {
            rest.push(letter);
            if rest.chars().count() > 1 && self.width(&rest, font) > width {
                rest.pop();
                lines.push(std::mem::replace(&mut rest, letter.to_string()));
            }
        }
        rest
    }

    fn cut(&self, mut lines: Vec<String>, font: Type, width: f64, most: usize) -> Vec<String> {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while !last.is_empty() && self.width(&format!("{last}…"), font) > width {
                last.pop();
            }
            *last = format!("{}…", last.trim_end());
        }
        lines
    }
}

/// The text without characters that XML forbids.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .map(|letter| match letter {
            '\u{FFFE}' | '\u{FFFF}' => ' ',
            _ if letter.is_control() => ' ',
            _ => letter,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_line_is_wider_than_asked_even_when_a_word_is() {
        let lettering = Lettering::load().unwrap();
        for line in lettering.wrap(&"m".repeat(300), Type::BODY, 120.0, 99) {
            assert!(lettering.width(&line, Type::BODY) <= 120.0, "{line}");
        }
    }

    #[test]
    fn every_word_is_kept_when_the_lines_suffice() {
        let text = "Isle of Wight, place-based governance with pooled budget";
        let lines = Lettering::load().unwrap().wrap(text, Type::LABEL, 140.0, 9);
        assert!(lines.len() > 1);
        assert_eq!(lines.join(" "), text);
    }

    #[test]
    fn a_text_too_long_ends_in_an_ellipsis() {
        let lines = Lettering::load().unwrap().wrap(&"word ".repeat(200), Type::BODY, 200.0, 2);
        assert_eq!(lines.len(), 2);
        assert!(lines[1].ends_with('…'));
    }
}
