//! Tokens: what a page holds so that it, and nobody else, acts for its seat. They come from the system's source of chance and cannot be
//! guessed; the log holds their digests alone.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// A token.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// A new token of 128 bits.
    ///
    /// # Errors
    /// The system has no chance to give.
    pub fn new() -> Result<Self, String> {
        let mut bytes = [0; 16];
        getrandom::fill(&mut bytes).map_err(|error| format!("no token can be made: {error}"))?;
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// The text that a page holds.
    pub fn text(&self) -> &str {
        &self.0
    }

    /// The digest by which the room knows it.
    pub fn key(&self) -> String {
        key(&self.0)
    }
}

/// The digest of what a page sent as its token.
pub(super) fn key(text: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(text.as_bytes()))
}

/// Four letters that are not taken for others: no vowels that make words, no I, O or Q.
///
/// # Errors
/// The system has no chance to give.
pub fn code() -> Result<String, String> {
    const LETTERS: &[u8] = b"BCDFGHJKLMNPRSTVWXYZ";
    let mut bytes = [0; 4];
    getrandom::fill(&mut bytes).map_err(|error| format!("no code can be made: {error}"))?;
    Ok(bytes.iter().map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_differ_and_keys_do_not_give_them_away() {
        let (one, other) = (Token::new().expect("chance"), Token::new().expect("chance"));
        assert_ne!(one.text(), other.text());
        assert_eq!(one.text().len(), 22);
        assert_eq!(one.key(), key(one.text()));
        assert!(!one.key().contains(one.text()));
    }
}
