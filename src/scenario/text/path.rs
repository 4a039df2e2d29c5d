//! A place in a document, written as a user reads it: `pools.money.growth`, `providers[0].count`.

use std::fmt::{self, Write};

use serde_json::Value;

/// A place in a document, from its root downwards.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Path {
    /// As it is shown: whoever walks through a document asks for it at every field.
    text: String,
    /// How long it was before each step.
    lengths: Vec<usize>,
}

impl Path {
    /// The place that an RFC 6901 pointer leads to in `document`, which tells a list item from a field with a number as its name.
    pub(super) fn from_pointer(pointer: &str, document: &Value) -> Self {
        let mut path = Self::default();
        let mut here = document;
        for token in tokens(pointer) {
            path.enter_token(here, &token);
            here = child(here, &token).unwrap_or(&Value::Null);
        }
        path
    }

    /// Steps down by one token of a pointer from the value `here`.
    pub(super) fn enter_token(&mut self, here: &Value, token: &str) {
        match token.parse() {
            Ok(index) if here.is_array() => self.enter_item(index),
            _ => self.enter(token),
        }
    }

    /// Steps down into a field.
    pub(super) fn enter(&mut self, key: &str) {
        self.lengths.push(self.text.len());
        if !is_plain(key) {
            let _ = write!(self.text, "[{key:?}]"); // to a string, which cannot fail
            return;
        }
        if !self.text.is_empty() {
            self.text.push('.');
        }
        self.text.push_str(key);
    }

    /// Steps down into a list item.
    pub(super) fn enter_item(&mut self, index: usize) {
        self.lengths.push(self.text.len());
        let _ = write!(self.text, "[{index}]"); // as above
    }

    /// Steps back up.
    pub(super) fn leave(&mut self) {
        self.text.truncate(self.lengths.pop().unwrap_or(0));
    }

    /// The place of a field below this one.
    pub(super) fn below(&self, key: &str) -> String {
        let mut path = self.clone();
        path.enter(key);
        path.to_string()
    }
}

/// The unescaped tokens of an RFC 6901 pointer.
pub(super) fn tokens(pointer: &str) -> impl Iterator<Item = String> {
    pointer.split('/').skip(1).map(|token| token.replace("~1", "/").replace("~0", "~"))
}

/// A name as a token of an RFC 6901 pointer.
pub fn token(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A token of a pointer that stands for any name.
pub(super) const ANY: &str = "*";

/// Whether a pointer has a token that stands for any name.
pub(super) fn has_any(pointer: &str) -> bool {
    pointer.split('/').any(|token| token == ANY)
}

/// What a pointer leads to, with `*` in place of a name to everything that is there, each with its own pointer.
pub fn places<'a>(value: &'a Value, pointer: &str) -> Vec<(String, &'a Value)> {
    if !has_any(pointer) || !pointer.starts_with('/') {
        return value.pointer(pointer).map(|value| (pointer.to_owned(), value)).into_iter().collect();
    }
    pointer.split('/').skip(1).fold(vec![(String::new(), value)], |places, token| {
        places.into_iter().flat_map(|(pointer, value)| below(&pointer, value, token)).collect()
    })
}

/// What one token of a pointer leads to from a value at `pointer`: with [`ANY`] everything in it, each with its own pointer.
fn below<'a>(pointer: &str, value: &'a Value, step: &str) -> Vec<(String, &'a Value)> {
    let known = tokens(&format!("/{step}")).next().and_then(|name| child(value, &name));
    if let Some(known) = known {
        return vec![(format!("{pointer}/{step}"), known)];
    }
    match value {
        Value::Object(fields) if step == ANY => {
            fields.iter().map(|(key, value)| (format!("{pointer}/{}", token(key)), value)).collect()
        }
        Value::Array(items) if step == ANY => {
            items.iter().enumerate().map(|(at, value)| (format!("{pointer}/{at}"), value)).collect()
        }
        _ => Vec::new(),
    }
}

/// The value that one token of a pointer leads to.
pub(super) fn child<'a>(value: &'a Value, token: &str) -> Option<&'a Value> {
    match value {
        Value::Object(fields) => fields.get(token),
        Value::Array(items) => token.parse::<usize>().ok().and_then(|index| items.get(index)),
        _ => None,
    }
}

/// Adds the places in a value, which stands at `here`, below which there are no fields.
pub(super) fn leaves(value: &Value, here: &mut Path, places: &mut Vec<String>) {
    let Value::Object(fields) = value else {
        places.push(here.to_string());
        return;
    };
    for (key, value) in fields {
        here.enter(key);
        leaves(value, here, places);
        here.leave();
    }
}

/// A place below a list by name, with another name in place of the one in the list: `pools.every.unit` for `pools.sea.unit`.
pub(super) fn renamed_below(place: &str, list: &str, name: &str) -> Option<String> {
    let rest = place.strip_prefix(list)?;
    let length = match rest.strip_prefix('.') {
        Some(plain) => 1 + plain.find(['.', '[']).unwrap_or(plain.len()),
        None => rest.strip_prefix("[\"").and_then(|quoted| Some(2 + end_of_quoted(quoted)?))?,
    };
    Some(format!("{list}.{name}{}", rest.get(length..)?))
}

/// Where a name between quotes ends, with the bracket behind it.
fn end_of_quoted(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    for (index, character) in text.char_indices() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return Some(index + "\"]".len()),
            _ => {}
        }
    }
    None
}

impl fmt::Display for Path {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// Whether a name can stand between dots without being misread.
fn is_plain(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|character| character.is_alphanumeric() || "_-+".contains(character))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_pointer_is_shown_as_a_place() {
        let document = json!({"pools": {"sea/lake": {"2": 1}}, "providers": [{"count": 3}]});
        let place = |pointer| Path::from_pointer(pointer, &document).to_string();
        assert_eq!(place("/providers/0/count"), "providers[0].count");
        assert_eq!(place("/pools/sea~1lake/2"), "pools[\"sea/lake\"].2");
        assert_eq!(place("/nowhere/1"), "nowhere.1");
        assert_eq!(place(""), "");
    }

    #[test]
    fn a_place_below_a_list_by_name_is_that_of_another_name() {
        let of_every = |place: &str| renamed_below(place, "pools", "every");
        assert_eq!(of_every("pools.sea.growth.logistic").as_deref(), Some("pools.every.growth.logistic"));
        assert_eq!(of_every(r#"pools["a \"sea\"].x"].levels[3]"#).as_deref(), Some("pools.every.levels[3]"));
        assert_eq!(of_every("pools.sea").as_deref(), Some("pools.every"));
        assert_eq!(
            [of_every("pools"), of_every("poolsea.x"), of_every(r#"pools["x"#), of_every("pools[3]")],
            [None, None, None, None]
        );
    }
}
