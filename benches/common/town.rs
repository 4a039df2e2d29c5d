//! Scenarios of any size, made out of a bundled one: its kinds copied, each copy with providers and pools of its own or shared.

use super::scenarios::scenario;
use commonground::model::setup::Setup;
use commonground::scenario::Scenario;
use commonground::scenario::bundled::BUNDLED;
use commonground::scenario::text::Disk;
use serde_json::{Map, Value, json};

/// How a bundled scenario is enlarged.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Town<'a> {
    /// Name of the bundled scenario.
    pub(crate) scenario: &'a str,
    /// Number of steps.
    pub(crate) steps: u32,
    /// Each kind becomes so many, with the same providers each.
    pub(crate) copies: usize,
    /// The pools become so many sets; the copies take turns in using them. A pool is as large as those who use it need.
    pub(crate) sets: usize,
    /// Each kind has so many times its providers, as large as before all together.
    pub(crate) crowd: u32,
}

impl Town<'_> {
    /// The scenario as it is, for so many steps.
    pub(crate) fn one(scenario: &str, steps: u32) -> Town<'_> {
        Town { scenario, steps, copies: 1, sets: 1, crowd: 1 }
    }

    /// What the model runs.
    ///
    /// # Errors
    /// Why the scenario cannot be that large.
    pub(crate) fn setup(&self) -> Result<Setup, String> {
        self.enlarged(written(self.scenario)?)
    }

    fn enlarged(&self, mut file: Value) -> Result<Setup, String> {
        file["time"]["steps"] = json!(self.steps);
        file["pools"] = Value::Object(self.pools(&file["pools"]));
        file["providers"] = Value::Object(self.kinds(&file["providers"]));
        if let Some(rules) = file["rules"].as_object_mut() {
            self.name_members(rules);
        }
        let disk = Disk { bundled: BUNDLED };
        let made = Scenario::from_text(&disk, self.scenario, &file.to_string()).map_err(|faults| faults.to_string())?;
        Ok(made.setup)
    }

    fn pools(&self, pools: &Value) -> Map<String, Value> {
        let mut all = Map::new();
        for set in 0..self.sets {
            let users = (self.copies / self.sets + usize::from(set < self.copies % self.sets)) as f64;
            for (name, pool) in members(pools) {
                let mut pool = pool.clone();
                scale(&mut pool["capacity"], users);
                if let Some(amount) = pool.pointer_mut("/growth/allocation/amount") {
                    scale(amount, users);
                }
                all.insert(named(name, set, self.sets), pool);
            }
        }
        all
    }

    fn kinds(&self, kinds: &Value) -> Map<String, Value> {
        let mut all = Map::new();
        for copy in 0..self.copies {
            let set = copy % self.sets;
            for (name, kind) in members(kinds) {
                let mut kind = kind.clone();
                let count = kind["count"].as_u64().unwrap_or(1);
                kind["count"] = json!(count * u64::from(self.crowd));
                kind["uses"] = Value::Object(renamed(&kind["uses"], set, self.sets));
                if let Some(pool) = kind.get("paid_from").and_then(Value::as_str) {
                    kind["paid_from"] = json!(named(pool, set, self.sets));
                }
                if let Some(spills) = kind.pointer_mut("/need/spills") {
                    *spills = Value::Object(renamed(spills, copy, self.copies));
                }
                all.insert(named(name, copy, self.copies), kind);
            }
        }
        all
    }

    /// Where a rule names kinds, it names all their copies.
    fn name_members(&self, rules: &mut Map<String, Value>) {
        for list in rules.values_mut().filter_map(|rule| rule.get_mut("kinds")?.as_array_mut()) {
            let copies = (0..self.copies).flat_map(|copy| {
                list.iter().filter_map(Value::as_str).map(move |name| json!(named(name, copy, self.copies)))
            });
            *list = copies.collect();
        }
    }
}

/// The small commons with its users in so many kinds, which take turns in using so many pools.
///
/// # Errors
/// Why the scenario cannot be that large.
pub(crate) fn small_commons(users: u32, kinds: usize, pools: usize, steps: u32) -> Result<Setup, String> {
    let mut file = written("commons-mini")?;
    let of_a_kind = users / kinds as u32;
    file["providers"]["user"]["count"] = json!(of_a_kind);
    file["providers"]["user"]["size"] = json!(of_a_kind);
    file["pools"]["commons"]["capacity"] = json!(100 * u64::from(of_a_kind));
    Town { scenario: "commons-mini", steps, copies: kinds, sets: pools, crowd: 1 }.enlarged(file)
}

/// A bundled scenario as one file that extends nothing.
fn written(name: &str) -> Result<Value, String> {
    serde_json::from_str(&scenario(name).resolved()).map_err(|fault| fault.to_string())
}

fn members(object: &Value) -> impl Iterator<Item = (&String, &Value)> {
    object.as_object().into_iter().flatten()
}

/// The same members under their names in one copy of so many.
fn renamed(object: &Value, number: usize, of: usize) -> Map<String, Value> {
    members(object).map(|(name, value)| (named(name, number, of), value.clone())).collect()
}

fn named(name: &str, number: usize, of: usize) -> String {
    if of == 1 { name.to_owned() } else { format!("{name}_{number}") }
}

fn scale(number: &mut Value, by: f64) {
    *number = json!(number.as_f64().unwrap_or(0.0) * by);
}
