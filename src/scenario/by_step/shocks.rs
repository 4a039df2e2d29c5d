//! Shocks by step: a shock whose size is given for each step is one shock for each time in which the size stays what it is.

use super::{Reader, form, is_series};
use serde_json::{Map, Value, json};

/// Shocks that have a length; the others happen at once.
const LASTING: [&str; 2] = ["need_surge", "funding_cut"];

/// The shocks with those that a series of sizes stands for in its place, each named after the step in which it begins.
pub(super) fn spread(reader: &mut Reader<'_>, shocks: Map<String, Value>) -> Map<String, Value> {
    let mut all = Map::new();
    for (name, shock) in shocks {
        match form(&shock) {
            Some((kind, terms)) if terms.get("size").is_some_and(is_series) => {
                for (step, shock) in strikes(reader, &name, kind, terms) {
                    all.insert(format!("{name} {step}"), shock);
                }
            }
            _ => _ = all.insert(name, shock),
        }
    }
    all
}

/// One shock for each stretch of steps of one size other than 0, with the step in which it begins.
fn strikes(reader: &mut Reader<'_>, name: &str, kind: &str, terms: &Map<String, Value>) -> Vec<(usize, Value)> {
    let pointer = format!("/shocks/{}/{kind}", name.replace('~', "~0").replace('/', "~1"));
    for field in ["when", "length"] {
        if terms.contains_key(field) {
            let problem = format!(
                "a `size` by step says itself when the shock strikes and for how long, with 0 where it does not; leave `{field}` out"
            );
            reader.fault(&format!("{pointer}/{field}"), problem);
        }
    }
    let sizes = reader.series(&format!("{pointer}/size"), &terms["size"], "a size");
    let lasts = LASTING.contains(&kind);
    let mut all: Vec<(usize, f64, usize)> = Vec::new();
    for (step, size) in sizes.into_iter().enumerate().filter(|(_, size)| *size != 0.0) {
        match all.last_mut() {
            Some((from, before, length)) if lasts && before.to_bits() == size.to_bits() && *from + *length == step => {
                *length += 1;
            }
            _ => all.push((step, size, 1)),
        }
    }
    let shock = |(from, size, length): (usize, f64, usize)| {
        let mut terms = terms.clone();
        terms.insert("when".to_owned(), json!({ "at": from }));
        terms.insert("size".to_owned(), json!(size));
        if lasts {
            terms.insert("length".to_owned(), json!(length));
        }
        (from, json!({ kind: terms }))
    };
    all.into_iter().map(shock).collect()
}
