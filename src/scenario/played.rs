//! What people played, from columns of data: put in the place of the columns before the scenario is checked, so that it is checked, kept
//! and told as what was written down by hand.

use super::data::{self, HASH, Played};
use super::file::Turns;
use super::text::{Document, Fault, Store, counted};
use crate::plain;
use serde_json::{Value, json};
use std::borrow::Cow;

/// The parts of `played` that are lists by provider and turn.
const PARTS: [&str; 3] = ["levels", "upstream", "refers"];

/// The document with what was played in place of the columns that say it, each with its source.
pub(super) fn written<'a>(store: &dyn Store, document: &'a Document) -> Result<Cow<'a, Document>, Vec<Fault>> {
    let (mut found, mut sources, mut faults) = (Vec::new(), Vec::new(), Vec::new());
    for pointer in places(document.value()) {
        let Some(value) = document.value().pointer(&pointer) else { continue };
        match lists(store, document, &pointer, value, &mut sources) {
            Ok(lists) => found.push((pointer, lists)),
            Err(fault) => faults.push(fault),
        }
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    if found.is_empty() {
        return Ok(Cow::Borrowed(document));
    }
    let mut written = document.clone();
    written.edit(|value| {
        for (pointer, lists) in found {
            if let Some(place) = value.pointer_mut(&pointer) {
                *place = lists;
            }
        }
        if let Some(Value::Array(all)) = value.get_mut("sources") {
            all.extend(sources.into_iter().map(Value::String));
        }
    });
    Ok(Cow::Owned(written))
}

/// The schema of scenario files for editors, in which a column may stand in place of the lists of what was played.
pub(super) fn for_editors(mut schema: Value) -> Value {
    let mut turns = schemars::schema_for!(Turns).to_value();
    let own = turns.as_object_mut().and_then(|turns| turns.remove("$defs"));
    let Some(definitions) = schema.get_mut("$defs").and_then(Value::as_object_mut) else { return schema };
    for (name, definition) in own.iter().filter_map(Value::as_object).flatten() {
        definitions.entry(name.clone()).or_insert_with(|| definition.clone());
    }
    definitions.insert("Turns".to_owned(), turns);
    let column = json!({ "$ref": "#/$defs/Turns" });
    let or_column = |place: &mut Value| *place = json!({ "anyOf": [place.take(), column.clone()] });
    for part in PARTS {
        let Some(lists) =
            definitions.get_mut("Played").and_then(|played| played.pointer_mut(&format!("/properties/{part}")))
        else {
            continue;
        };
        if let Some(list) = lists.get_mut("items") {
            or_column(list);
        }
        or_column(lists);
    }
    schema
}

/// Where columns stand in place of lists.
fn places(document: &Value) -> Vec<String> {
    let mut all = Vec::new();
    for (name, kind) in document.get("providers").and_then(Value::as_object).into_iter().flatten() {
        let name = name.replace('~', "~0").replace('/', "~1");
        let mut look = |behaviour: Option<&Value>, place: String| {
            let Some(played) = behaviour.and_then(|behaviour| behaviour.get("played")) else { return };
            let has_columns = |part: &&&str| match played.get(**part) {
                Some(Value::Object(_)) => true,
                Some(Value::Array(lists)) => lists.iter().any(Value::is_object),
                _ => false,
            };
            all.extend(PARTS.iter().filter(has_columns).map(|part| format!("{place}/played/{part}")));
        };
        let behaviour = kind.get("behaviour");
        look(behaviour, format!("/providers/{name}/behaviour"));
        for (index, part) in behaviour.and_then(Value::as_array).into_iter().flatten().enumerate() {
            look(part.get("as"), format!("/providers/{name}/behaviour/{index}/as"));
        }
    }
    all
}

/// The lists that one column stands for, or several, each for one provider.
fn lists(
    store: &dyn Store,
    document: &Document,
    pointer: &str,
    value: &Value,
    sources: &mut Vec<String>,
) -> Result<Value, Fault> {
    let Value::Array(all) = value else {
        let players = column(store, document, pointer, value, sources)?;
        return Ok(json!(players.players.into_iter().map(|player| player.turns).collect::<Vec<_>>()));
    };
    let mut lists = Vec::with_capacity(all.len());
    for (index, list) in all.iter().enumerate() {
        if !list.is_object() {
            lists.push(list.clone());
            continue;
        }
        let place = format!("{pointer}/{index}");
        let read = column(store, document, &place, list, sources)?;
        let [player] = read.players.as_slice() else {
            let problem = format!(
                "it stands for {} providers; here each column stands for one, so leave `each` out",
                read.players.len()
            );
            return Err(document.fault(&place, problem));
        };
        lists.push(json!(player.turns));
    }
    Ok(Value::Array(lists))
}

fn column(
    store: &dyn Store,
    document: &Document,
    pointer: &str,
    value: &Value,
    sources: &mut Vec<String>,
) -> Result<Played, Fault> {
    let asked: Turns = serde_json::from_value(value.clone()).map_err(|error| {
        document.fault(pointer, format!("lists by provider, or a column of data such as {{\"csv\": {{\"file\": …, \"column\": …}}, \"each\": …}}: {error}"))
    })?;
    let csv = format!("{pointer}/csv");
    let address = document.resolve(&csv, &asked.csv.file);
    let mut played = data::played(store, &address, &asked.csv, asked.each.as_deref())
        .map_err(|problem| document.fault(&csv, problem))?;
    for turn in played.players.iter_mut().flat_map(|player| &mut player.turns).flatten() {
        *turn *= asked.times;
    }
    sources.push(told(pointer, &address.to_string(), &asked, &played));
    Ok(played)
}

/// "providers.herder.behaviour.played.levels: `lab.csv`, column `tokens`, 8 by `subject`, 80 rows (SHA-256 0123456789abcdef…)".
fn told(pointer: &str, file: &str, asked: &Turns, played: &Played) -> String {
    let place = pointer.trim_start_matches('/').replace('/', ".");
    let mut parts =
        vec![format!("{place}: {file}"), format!("column `{}`", asked.csv.column.as_deref().unwrap_or_default())];
    parts.extend(asked.each.iter().map(|each| format!("{} by `{each}`", played.players.len())));
    parts.extend(asked.csv.where_.iter().map(|(name, value)| format!("where `{name}` is `{value}`")));
    parts.push(counted(played.rows as u64, "row"));
    parts.extend(played.notes.iter().cloned());
    plain::one_line(&format!("{} (SHA-256 {}…)", parts.join(", "), played.sha256.get(..HASH).unwrap_or_default()))
}

#[cfg(test)]
mod tests {
    use super::super::Scenario;
    use super::*;

    /// A pasture on which two herders play what stands in this file, in the form of `levels`, and four choose for themselves.
    fn pasture(levels: &Value, table: &str) -> Result<Scenario, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let behaviour = json!({ "learner": null, "played": {
            "unit": { "name": "cows", "at_level_1": 6 }, "levels": levels, "otherwise": { "fixed": { "level": 1, "upstream": 0 } }
        } });
        let changes = json!({
            "extends": "pasture-fortress", "time": { "steps": 4 }, "knobs": null, "providers": { "herder": { "behaviour": behaviour } }
        });
        std::fs::write(folder.path().join("lab.csv"), table).expect("a table");
        std::fs::write(folder.path().join("game.json"), changes.to_string()).expect("a scenario");
        Scenario::open(folder.path().join("game.json")).map_err(|faults| faults.to_string())
    }

    const TABLE: &str = "session,round,subject,cows\n3,1,b,7\n3,1,a,9\n3,2,b,6\n3,2,a,NA\n3,4,a,12\n3,4,b,5\n4,1,z,1\n";

    #[test]
    fn a_column_of_turns_is_the_scenario_that_was_written_down_by_hand() {
        let columns = json!({ "csv": { "file": "lab.csv", "column": "cows", "where": { "session": "3" }, "order_by": "round" }, "each": "subject" });
        let scenario = pasture(&columns, TABLE).expect("a scenario");
        // Nobody has a row for round 3, so nobody played it.
        let by_hand = pasture(&json!([[7, 6, null, 5], [9, null, null, 12]]), "").expect("a scenario");
        assert_eq!(scenario.file.providers, by_hand.file.providers);
        let told = scenario.file.sources.last().expect("a source");
        assert!(
            told.contains("played.levels")
                && told.contains("column `cows`, 2 by `subject`, where `session` is `3`, 6 rows"),
            "{told}"
        );
        let again = Scenario::from_json("again", &scenario.resolved()).expect("it needs no file any more");
        assert_eq!(again.file, scenario.file);
        let faster = scenario.set("/providers/herder/behaviour/played/levels/times", 0.5);
        assert!(faster.is_err(), "what is not written cannot be set");
    }

    #[test]
    fn columns_and_lists_stand_side_by_side() {
        let column = json!({ "csv": { "file": "lab.csv", "column": "cows", "where": { "subject": "b" } }, "times": 2 });
        let mixed = pasture(&json!([[3, 4], column]), TABLE).expect("a scenario");
        let by_hand = pasture(&json!([[3, 4], [14, 12, 10]]), "").expect("a scenario");
        assert_eq!(mixed.file.providers, by_hand.file.providers);
    }

    #[test]
    fn what_is_wrong_with_a_column_is_told_with_its_place() {
        let of = |levels: Value| pasture(&levels, TABLE).expect_err("a fault");
        let column = |csv: Value| of(json!({ "csv": csv, "each": "subject" }));
        let told = column(json!({ "file": "lab.csv", "column": "cow" }));
        assert!(
            told.contains("providers.herder.behaviour.played.levels.csv") && told.contains("did you mean `cows`"),
            "{told}"
        );
        let told = column(json!({ "file": "la.csv", "column": "cows" }));
        assert!(told.contains("there is no file") && told.contains("did you mean `lab.csv`"), "{told}");
        let told = of(json!({ "csv": { "file": "lab.csv", "column": "cows" }, "every": "subject" }));
        assert!(told.contains("unknown field `every`"), "{told}");
        let told = of(json!([{ "csv": { "file": "lab.csv", "column": "cows" }, "each": "subject" }]));
        assert!(told.contains("stands for 3 providers"), "{told}");
    }

    #[test]
    fn an_editor_knows_that_a_column_may_stand_there() {
        let schema = super::super::schema();
        let levels = schema.pointer("/$defs/Played/properties/levels/anyOf/1/$ref");
        assert_eq!(levels, Some(&json!("#/$defs/Turns")));
        assert!(schema.pointer("/$defs/Turns/properties/each").is_some() && schema.pointer("/$defs/Csv").is_some());
    }
}
