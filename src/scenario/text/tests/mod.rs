//! The whole way from text to type: a sample of file types and the checks that the tests below share.

mod every;
mod files;
mod messages;
mod no_panic;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Address, Bundled, Disk, Document, Faults, Form, Position, Store, derived, schema};

/// A root with every construction that the real file types use.
#[derive(Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Scenario {
    /// Number of steps. A step is a month.
    #[schemars(range(min = 1))]
    steps: u32,
    title: Option<String>,
    /// Pools by
    /// name.
    #[schemars(extend("minProperties" = 1))]
    pools: BTreeMap<String, Pool>,
    #[serde(default)]
    providers: Vec<Provider>,
    /// How claims are cut.
    rationing: Option<Rationing>,
    goal: Option<Goal>,
    #[serde(default)]
    need: Option<Column>,
    grid: Option<Grid>,
    #[schemars(length(min = 1, max = 2))]
    #[serde(default = "one_name")]
    names: Vec<String>,
    corridor: Option<(f64, f64)>,
    open: Option<bool>,
}

impl Form for Scenario {
    fn schema() -> &'static Value {
        static SCHEMA: LazyLock<Value> = LazyLock::new(derived::<Scenario>);
        &SCHEMA
    }
}

fn one_name() -> Vec<String> {
    vec!["one".into()]
}

#[derive(Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Pool {
    #[schemars(extend("exclusiveMinimum" = 0))]
    capacity: f64,
    growth: Growth,
}

/// How a pool renews itself.
#[derive(Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Growth {
    Logistic(Logistic),
    /// An amount each step.
    Allocation(Allocation),
    Fixed {},
}

#[derive(Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Logistic {
    /// Growth rate of a small stock.
    #[schemars(range(min = 0, max = 10))]
    rate: f64,
}

#[derive(Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Allocation {
    #[schemars(extend("minimum" = 0))]
    amount: Amount,
}

#[derive(Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Amount {
    Number(f64),
    Csv { csv: Column },
}

#[derive(Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Column {
    file: String,
    column: String,
}

#[derive(Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Grid {
    List(Vec<f64>),
    Even { from: f64, to: f64, count: u32 },
}

#[derive(Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Rationing {
    Proportional,
    /// In the order of the file.
    Priority,
    Weight {
        power: f64,
    },
}

/// Checked by serde alone: the schema says any text.
#[derive(Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(try_from = "String")]
struct Goal(#[schemars(with = "String")] String);

impl TryFrom<String> for Goal {
    type Error = String;
    fn try_from(text: String) -> Result<Self, String> {
        if text == "unsayable" { Err("a goal cannot be unsayable".into()) } else { Ok(Self(text)) }
    }
}

#[derive(Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Provider {
    #[schemars(range(max = 500))]
    count: u16,
    #[schemars(range(min = 0.0, max = 1.0))]
    share: f64,
    #[schemars(length(min = 1))]
    kind: String,
    #[schemars(extend("minimum" = 0, "exclusiveMaximum" = 1))]
    leak: Option<Amount>,
}

const VALID: &str = r#"{"steps": 12, "pools": {"sea": {"capacity": 100, "growth": {"logistic": {"rate": 0.3}}}}}"#;

const BUNDLED: Bundled = Bundled(&[
    ("sea.json", VALID),
    ("place-fortress.json", r#"{"extends": "sea", "steps": 120}"#),
    ("rich.json", r#"{"pools": {"sea": {"capacity": 9}}, "steps": 8}"#),
    ("long.json", r#"{"steps": 7}"#),
    ("data/ae.csv", "admissions\n5\n"),
    ("circle-a.json", r#"{"extends": "circle-b"}"#),
    ("circle-b.json", "{\n\"extends\": \"circle-a.json\"}"),
    ("self.json", r#"{"extends": "./self.json"}"#),
    ("broken.json", "{\n\"steps\": NaN}"),
    ("blank.json", "\n"),
    ("bad-base.json", "{\n\"steps\": 0,\n\"pools\": {}}"),
]);

fn document(text: &str) -> Result<Document, Faults> {
    Document::from_text::<Scenario>(&BUNDLED, Address::Bundled("winter.json".into()), text)
}

fn parse(text: &str) -> Result<Scenario, Faults> {
    document(text)?.parse()
}

/// The faults of a whole file, without the heading.
#[track_caller]
fn check_file(text: &str, expected: &str) {
    let faults = parse(text).expect_err("the text has a fault").to_string();
    let (_, told) = faults.split_once('\n').unwrap();
    assert_eq!(told, expected);
}

/// The faults of a valid file with one more field, on line 2.
#[track_caller]
fn check(field: &str, expected: &str) {
    check_file(
        &VALID.replacen("{\"steps\"", &format!("{{\n{field},\n\"steps\""), 1),
        &format!("  {expected}   (line 2)"),
    );
}

/// The faults of a valid file whose pool grows in another way.
#[track_caller]
fn check_growth(growth: &str, expected: &str) {
    let text = format!("{{\"steps\": 12, \"pools\": {{\"sea\": {{\"capacity\": 100, \"growth\":\n{growth}}}}}}}");
    let faults = parse(&text).expect_err("the text has a fault").to_string();
    let told = format!("1 fault in bundled winter.json\n  pools.sea.growth{expected}   (line ");
    assert!(faults.starts_with(&told), "{faults}\nwhere this was expected\n{told}");
}
