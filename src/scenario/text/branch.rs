//! Values that may take one of several forms: of the alternatives in a schema the one that the user meant is found,
//! so that a fault is told of that form and not of all.

use serde_json::{Map, Value};

use super::schema::resolve;
use super::schema_walk::Walk;
use super::{suggest, words};

/// Alternatives within alternatives that are followed; types nest two or three.
const DEEPEST: usize = 8;

impl<'a> Walk<'a> {
    /// Checks a value against a schema with `oneOf`, `anyOf`, `enum` or `const`.
    pub(super) fn choice(&mut self, schema: &'a Value, value: &Value) {
        let forms = forms(self.root, schema);
        let fitting: Vec<&'a Value> = forms.iter().copied().filter(|form| admits_kind(form, value)).collect();
        match value {
            Value::Object(fields) if !fitting.is_empty() => self.object_form(&forms, &fitting, fields, value),
            Value::String(text) => self.text_form(&forms, &fitting, text, value),
            _ => match fitting.iter().find(|form| admits_value(form, value)).or(fitting.first()) {
                Some(form) if admits_value(form, value) => self.plain(form, value),
                Some(_) => self.problem(format!("{} is not one of {}", words::shown(value), constants(&fitting))),
                None => self.wrong_kind(value, &needed(&forms)),
            },
        }
    }

    /// Of the forms that are objects: that of the tag which is written, else the one with the most fields in common.
    fn object_form(&mut self, all: &[&'a Value], forms: &[&'a Value], fields: &Map<String, Value>, value: &Value) {
        let tagged: Vec<(&str, &'a Value)> = forms.iter().filter_map(|form| Some((tag(form)?, *form))).collect();
        let given: Vec<&str> =
            fields.keys().map(String::as_str).filter(|key| tagged.iter().any(|(tag, _)| tag == key)).collect();
        let untagged = forms.iter().rev().filter(|form| tag(form).is_none());
        let bare = fields.keys().find(|key| all.iter().flat_map(|form| allowed(form)).any(|name| name == *key));
        if let (Some(name), []) = (bare, given.as_slice()) {
            let (shown, written) = (words::name(name), words::shown(&name.as_str().into()));
            self.problem(format!("{shown} takes no parameters: write {written}"));
            return;
        }
        match (given.as_slice(), forms) {
            (_, [only]) => self.plain(only, value),
            ([first, second, ..], _) => {
                let (first, second) = (words::name(first), words::name(second));
                self.problem(format!("two kinds are given, {first} and {second}, where one is needed"));
            }
            ([only], _) => {
                if let Some((_, form)) = tagged.iter().find(|(tag, _)| tag == only) {
                    self.plain(form, value);
                }
            }
            ([], _) => match untagged.max_by_key(|form| shared_fields(form, fields)) {
                Some(form) => self.plain(form, value),
                None => self.no_kind(&tagged, fields),
            },
        }
    }

    fn no_kind(&mut self, tagged: &[(&str, &'a Value)], fields: &Map<String, Value>) {
        let tags = || tagged.iter().map(|(tag, _)| *tag);
        match fields.keys().next() {
            None => self.problem(format!("it is empty; one of {} is needed", words::names(tags()))),
            Some(key) => {
                let problem = unknown_kind(key, tags());
                self.problem_at_field(key, problem);
            }
        }
    }

    fn text_form(&mut self, forms: &[&'a Value], fitting: &[&'a Value], text: &str, value: &Value) {
        let names: Vec<&str> = fitting.iter().flat_map(|form| allowed(form)).filter_map(Value::as_str).collect();
        let free = fitting.iter().find(|form| allowed(form).next().is_none());
        let tags: Vec<&str> = forms.iter().filter_map(|form| tag(form)).collect();
        match free {
            _ if names.contains(&text) => {}
            Some(form) => self.plain(form, value),
            None if tags.len() + names.len() < 2 => self.wrong_kind(value, &needed(forms)),
            None if tags.contains(&text) => {
                let name = words::name(text);
                self.problem(format!("{name} needs its parameters: write `{{\"{}\": {{…}}}}`", words::cut(text)));
            }
            None => self.problem(unknown_kind(text, names.into_iter().chain(tags))),
        }
    }
}

/// All alternatives of a schema that are not themselves a list of alternatives; the schema itself where it lists none.
pub(super) fn forms<'a>(root: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    let mut found = Vec::new();
    collect(root, schema, DEEPEST, &mut found);
    found
}

fn collect<'a>(root: &'a Value, schema: &'a Value, depth: usize, found: &mut Vec<&'a Value>) {
    let schema = resolve(root, schema);
    let nested = ["oneOf", "anyOf"].iter().find_map(|keyword| schema.get(*keyword)?.as_array());
    match nested {
        Some(alternatives) if depth > 0 => {
            for alternative in alternatives {
                collect(root, alternative, depth - 1, found);
            }
        }
        _ => found.push(schema),
    }
}

/// Whether a schema lists alternatives.
pub(super) fn is_choice(schema: &Value) -> bool {
    ["oneOf", "anyOf", "enum", "const"].iter().any(|keyword| schema.get(*keyword).is_some())
}

/// Whether a schema admits values of this kind.
pub(super) fn admits_kind(schema: &Value, value: &Value) -> bool {
    let admits = |kind: &Value| match kind.as_str() {
        Some("null") => value.is_null(),
        Some("boolean") => value.is_boolean(),
        Some("number") => value.is_number(),
        Some("integer") => value.is_i64() || value.is_u64(),
        Some("string") => value.is_string(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        _ => false,
    };
    match schema.get("type") {
        None => {
            allowed(schema).next().is_none() || allowed(schema).any(|known| words::kind(known) == words::kind(value))
        }
        Some(Value::Array(kinds)) => kinds.iter().any(admits),
        Some(kind) => admits(kind),
    }
}

/// What a schema, or a list of alternatives, asks for, in words: `a number or a list`.
pub(super) fn needed(forms: &[&Value]) -> String {
    let mut phrases: Vec<String> = Vec::new();
    let tags: Vec<&str> = forms.iter().filter_map(|form| tag(form)).collect();
    let names: Vec<&str> = forms.iter().flat_map(|form| allowed(form)).filter_map(Value::as_str).collect();
    for form in forms {
        let phrase = match kinds(form).first().copied() {
            Some("number") => "a number".into(),
            Some("integer") => "a whole number".into(),
            Some("boolean") => "`true` or `false`".into(),
            Some("array") => "a list".into(),
            Some("string") if names.is_empty() => "text".into(),
            Some("string") => format!("one of {}", words::names(names.iter().copied())),
            Some("object") if tag(form).is_some() => format!("an object with {}", one_of(&tags)),
            Some("object") => "an object".into(),
            _ => continue,
        };
        if !phrases.contains(&phrase) {
            phrases.push(phrase);
        }
    }
    phrases.join(" or ")
}

fn one_of(names: &[&str]) -> String {
    let prefix = if names.len() > 1 { "one of " } else { "" };
    format!("{prefix}{}", words::names(names.iter().copied()))
}

fn unknown_kind<'n>(name: &str, known: impl Iterator<Item = &'n str> + Clone) -> String {
    let near = suggest::did_you_mean(name, known.clone());
    let shown = words::name(name);
    match near.as_str() {
        "" => format!("unknown kind {shown}; one of {} is needed", words::names(known)),
        near => format!("unknown kind {shown}{near} (one of {})", words::names(known)),
    }
}

/// The kinds that a schema names, `null` left out.
pub(super) fn kinds(schema: &Value) -> Vec<&str> {
    let named = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(kind)) => vec![kind.as_str()],
        _ if allowed(schema).any(Value::is_string) => vec!["string"],
        _ => Vec::new(),
    };
    named.into_iter().filter(|kind| *kind != "null").collect()
}

/// The name of an externally tagged alternative: an object with exactly one field, which is required.
pub(super) fn tag(form: &Value) -> Option<&str> {
    let properties = form.get("properties")?.as_object()?;
    let required = form.get("required")?.as_array()?;
    let (name, _) = properties.iter().next()?;
    let single = properties.len() == 1 && required.len() == 1 && required.iter().all(|field| field == name);
    single.then_some(name.as_str())
}

/// The values that `enum` and `const` allow; nothing if neither is there.
fn allowed(schema: &Value) -> impl Iterator<Item = &Value> {
    let listed = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
    listed.chain(schema.get("const"))
}

fn admits_value(form: &Value, value: &Value) -> bool {
    allowed(form).next().is_none() || allowed(form).any(|known| known == value)
}

fn constants(forms: &[&Value]) -> String {
    let all: Vec<String> = forms.iter().flat_map(|form| allowed(form)).map(words::shown).collect();
    all.join(", ")
}

fn shared_fields(form: &Value, fields: &Map<String, Value>) -> usize {
    let known = form.get("properties").and_then(Value::as_object);
    known.map_or(0, |known| fields.keys().filter(|key| known.contains_key(key.as_str())).count())
}
