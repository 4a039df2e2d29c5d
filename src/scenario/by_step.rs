//! Prices, allotted sums and shocks that a file gives step by step, as a list or a column of data: put in the place of the column before
//! the scenario is checked, so that they are checked, kept and told as what was written down by hand.
//!
//! Need has its own way ([`super::series`]), since it is held against what level 1 delivers; both read through the same door.

mod editors;
mod payments;
mod shocks;

use super::series::{self, Limits};
use super::text::{Document, Fault, Form, Store, counted};
use crate::model::english::capital;
use crate::scenario::file::{Column, File};
pub(super) use editors::for_editors;
use serde_json::{Map, Value, json};
use std::borrow::Cow;

/// Fields of a payment that may change by step: prices and sums.
const PRICES: [&str; 4] = ["price", "amount", "budget", "per_head"];

/// The document with lists in place of columns, and each series of prices and shocks as the payments and shocks that it stands for.
pub(super) fn written<'a>(store: &dyn Store, document: Cow<'a, Document>) -> Result<Cow<'a, Document>, Vec<Fault>> {
    if !has_any(document.value()) {
        return Ok(document);
    }
    let mut scenario = document.value().clone();
    let mut reader = Reader::new(store, &document);
    for pool in names(&scenario, "pools") {
        let pointer = format!("/pools/{pool}/growth/allocation/amount");
        if let Some(value) = scenario.pointer_mut(&pointer).filter(|value| is_series(value)) {
            let values = reader.series(&pointer, value, "a sum");
            *value = json!(values);
        }
    }
    for name in names(&scenario, "providers") {
        let pointer = format!("/providers/{name}");
        if let Some(Value::Object(kind)) = scenario.pointer_mut(&pointer) {
            payments::spread(&mut reader, &pointer, kind);
        }
    }
    if let Some(Value::Object(shocks)) = scenario.get_mut("shocks") {
        *shocks = shocks::spread(&mut reader, std::mem::take(shocks));
    }
    let Reader { sources, assumptions, faults, .. } = reader;
    if !faults.is_empty() {
        return Err(faults);
    }
    for (list, lines) in [("sources", sources), ("assumptions", assumptions)] {
        if let Some(Value::Array(all)) = scenario.get_mut(list) {
            all.extend(lines.into_iter().map(Value::String));
        }
    }
    let mut written = document.into_owned();
    written.edit(|value| *value = scenario);
    Ok(Cow::Owned(written))
}

/// Whether anything is given by step, so that nothing is copied where nothing is.
fn has_any(scenario: &Value) -> bool {
    let fields = |list: &str| scenario.get(list).and_then(Value::as_object).into_iter().flat_map(Map::values);
    let pools = fields("pools").any(|pool| pool.pointer("/growth/allocation/amount").is_some_and(is_series));
    let paid = fields("providers").any(|kind| {
        let later = kind.get("then").and_then(Value::as_array).into_iter().flatten();
        let all = kind.get("payment").into_iter().chain(later.filter_map(|regime| regime.get("payment")));
        all.filter_map(form).any(|(_, form)| PRICES.iter().any(|field| form.get(*field).is_some_and(is_series)))
    });
    pools || paid || fields("shocks").filter_map(form).any(|(_, shock)| shock.get("size").is_some_and(is_series))
}

/// The one form that a payment or a shock has, with its name.
fn form(value: &Value) -> Option<(&String, &Map<String, Value>)> {
    let (name, form) = value.as_object()?.iter().next()?;
    Some((name, form.as_object()?))
}

/// A list, or a column of data.
fn is_series(value: &Value) -> bool {
    value.is_array() || value.get("csv").is_some()
}

/// Names in a list as they stand in pointers.
fn names(scenario: &Value, list: &str) -> Vec<String> {
    let all = scenario.get(list).and_then(Value::as_object).into_iter().flat_map(Map::keys);
    all.map(|name| name.replace('~', "~0").replace('/', "~1")).collect()
}

/// Reads series, and gathers what is said of them.
struct Reader<'a> {
    store: &'a dyn Store,
    document: &'a Document,
    steps: usize,
    year: usize,
    sources: Vec<String>,
    assumptions: Vec<String>,
    faults: Vec<Fault>,
}

impl<'a> Reader<'a> {
    /// Of a document whose time may have faults of its own, which are told once its form is checked.
    fn new(store: &'a dyn Store, document: &'a Document) -> Self {
        let time = |field: &str| document.value().get("time").and_then(|time| time.get(field)).and_then(Value::as_f64);
        let whole = |number: f64| number.round().clamp(1.0, 100_000.0) as usize;
        Self {
            store,
            document,
            steps: time("steps").map_or(1, whole),
            year: time("steps_per_year").map_or(1, whole),
            sources: Vec::new(),
            assumptions: Vec::new(),
            faults: Vec::new(),
        }
    }

    fn fault(&mut self, pointer: &str, problem: impl Into<String>) {
        self.faults.push(self.document.fault(pointer, problem));
    }

    /// The values of a number, a list or a column, one a step; of what has a fault, which is then told, zeros.
    fn series(&mut self, pointer: &str, value: &Value, what: &str) -> Vec<f64> {
        let read = match value {
            Value::Array(list) => self.list(pointer, list),
            Value::Number(number) => Ok(vec![number.as_f64().unwrap_or(0.0); self.steps]),
            column => self.column(pointer, column, what),
        };
        read.unwrap_or_else(|fault| {
            self.faults.push(fault);
            vec![0.0; self.steps]
        })
    }

    fn list(&self, pointer: &str, list: &[Value]) -> Result<Vec<f64>, Fault> {
        let values: Option<Vec<f64>> = list.iter().map(Value::as_f64).collect();
        let Some(mut values) = values else {
            return Err(self.document.fault(pointer, "a list of numbers is needed, one a step"));
        };
        if values.len() < self.steps {
            let (has, steps) = (counted(values.len() as u64, "value"), self.steps);
            return Err(self.document.fault(pointer, format!("{has} for {steps} steps; give one a step")));
        }
        values.truncate(self.steps);
        let limits = limits(pointer);
        if let Some((step, value)) = limits.first_beyond(&values) {
            return Err(self.document.fault(pointer, format!("`{value}` in step {step} is outside {limits}")));
        }
        Ok(values)
    }

    fn column(&mut self, pointer: &str, value: &Value, what: &str) -> Result<Vec<f64>, Fault> {
        let column: Column = serde_json::from_value(value.clone()).map_err(|error| {
            let form = "a number, a list, or a column of data such as {\"csv\": {\"file\": …, \"column\": …}}";
            self.document.fault(pointer, format!("{form}: {error}"))
        })?;
        let place = pointer.trim_start_matches('/').replace('/', ".");
        let limits = limits(pointer);
        let (told, values) =
            series::values(self.store, self.document, &place, &column, (self.steps, self.year), (what, &limits))?;
        self.sources.push(told.source);
        self.assumptions.extend(told.assumption);
        Ok(values)
    }
}

/// What the numbers at a place may be: of the field of a form that it names last.
fn limits(pointer: &str) -> Limits {
    let schema = File::schema();
    let mut tokens = pointer.rsplit('/');
    let (field, form) = (tokens.next().unwrap_or_default(), tokens.next().unwrap_or_default());
    let name: String = form.split('_').map(capital).collect();
    let field = schema.pointer(&format!("/$defs/{name}/properties/{field}"));
    let number = field.filter(|field| field.get("minimum").is_some());
    let number = number.or_else(|| schema.pointer("/$defs/Allotted/anyOf/0"));
    let of = |bound: &str| number.and_then(|number| number.get(bound)).and_then(Value::as_f64);
    Limits { least: of("minimum").unwrap_or(0.0), most: of("maximum").unwrap_or(f64::MAX) }
}
