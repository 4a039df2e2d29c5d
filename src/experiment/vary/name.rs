//! What something that is varied is called for short.

use super::Vary;
use super::mixture::in_mixture;
use crate::model::measure::words;
use crate::scenario::text::Document;

/// The name that it was given, or the end of its place: as "tariff price", other than any other that is varied.
pub(super) fn of(document: &Document, vary: &Vary, all: &[Vary]) -> String {
    if let Some(name) = &vary.name {
        return name.clone();
    }
    if vary.is_fragments() {
        return vary.pointer.clone();
    }
    let others: Vec<&str> = all.iter().flat_map(Vary::pointers).collect();
    let names: Vec<String> = vary
        .pointers()
        .map(|pointer| of_mixture(document, pointer).unwrap_or_else(|| short(pointer, &others)))
        .collect();
    match names.as_slice() {
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        [one, rest @ ..] => format!("{one} and {} more", rest.len()),
        [] => vary.pointer.clone(),
    }
}

/// "share of learner": what a share of a mixture is a share of, where that has a name.
fn of_mixture(document: &Document, pointer: &str) -> Option<String> {
    let part = in_mixture(document, pointer)?;
    let fields = part.items.get(part.item)?.as_object()?;
    let (_, part) = fields.iter().find(|(key, _)| *key != "share")?;
    Some(format!("share of {}", words(part.as_object()?.keys().next()?)))
}

/// The last two parts of a pointer in words; as many more as it takes to tell it from the others.
fn short(pointer: &str, all: &[&str]) -> String {
    let ending = |pointer: &str, parts: usize| -> String {
        let tokens: Vec<&str> = pointer.split('/').skip(1).collect();
        let tokens = tokens.iter().map(|token| if *token == "*" { "every" } else { *token });
        let tokens: Vec<&str> = tokens.collect();
        words(&tokens[tokens.len().saturating_sub(parts)..].join(" "))
    };
    let depth = pointer.split('/').count();
    let is_unique = |parts: &usize| {
        all.iter().filter(|other| **other != pointer).all(|other| ending(other, *parts) != ending(pointer, *parts))
    };
    ending(pointer, (2..depth).find(is_unique).unwrap_or(depth))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_as_long_as_it_takes_to_tell_them_apart() {
        let pointers = ["/providers/acute/norm/weight", "/providers/primary/norm/weight", "/society/trust_gain"];
        assert_eq!(short(pointers[0], &pointers), "acute norm weight");
        assert_eq!(short(pointers[2], &pointers), "society trust gain");
        assert_eq!(short("/steps", &["/steps"]), "steps");
    }
}
