//! Need of a random scenario, what another kind may meet of it, and what is prevented by kind.

use super::Maker;
use serde_json::{Map, Value, json};

impl Maker {
    /// The first kind prevents some of the need of the last, and now and then of its own.
    pub(super) fn prevent_by_kind(&mut self, scenario: &mut Value, kinds: &[&str]) {
        scenario["upstream"]["most"] = json!(self.share() * 0.5);
        let last = kinds[kinds.len() - 1];
        scenario["providers"][kinds[0]]["prevents"] = json!({ last: self.share() * 0.5 });
        if kinds.len() > 1 && self.chance(0.5) {
            scenario["providers"][kinds[0]]["prevents"][kinds[0]] = json!(self.share() * 0.5);
        }
    }

    pub(super) fn need(&mut self, own: &str, kinds: &[&str]) -> Value {
        let waits = self.share() * 0.5;
        let mut spills = Map::new();
        for to in kinds.iter().filter(|to| **to != own) {
            if self.chance(0.4) {
                // At most half of the unmet need falls on others, and no unit becomes more than one: it dies out.
                spills.insert((*to).to_owned(), json!({ "share": self.between(0.0, 0.16), "becomes": self.share() }));
            }
        }
        let level = if self.chance(0.8) {
            json!(self.between(0.0, 2.0))
        } else {
            json!((0..26).map(|_| self.between(0.0, 2.0)).collect::<Vec<f64>>())
        };
        let mut need = json!({
            "level": level, "trend": self.between(-0.1, 0.1), "noise": self.share() * 0.5, "persistence": self.share(), "waits": waits,
            "season": if self.chance(0.5) { json!([]) } else { json!([1.1, 0.9, 1.0]) },
            "spills": spills, "induced": self.share(), "relief": self.share(),
            "urgent": if self.chance(0.4) { self.share() } else { 0.0 }
        });
        let others: Vec<Value> = kinds.iter().filter(|to| **to != own).map(|to| json!(to)).collect();
        if !others.is_empty() && self.chance(0.3) {
            // No unit becomes more than one, and at most a third of need goes on: it dies out.
            need["substitute"] = json!({
                "by": self.one_of(&others), "share": self.share() * 0.3, "cost": self.share(), "worth": self.share(),
                "care": self.share(), "refer": [0, 1]
            });
            if self.chance(0.5) {
                need["substitute"]["follows"] = json!(self.share() * 0.6);
                need["substitute"]["keeps"] = json!(self.share() * 0.4);
            }
        }
        need
    }
}

/// Whoever copies anybody needs the same choices as all, so that nobody refers where one such is.
pub(super) fn refer_nothing_where_all_are_copied(providers: &mut Map<String, Value>) {
    let copies_all = providers.values().any(|kind| kind["behaviour"].to_string().contains("\"peers\":\"all\""));
    for kind in providers.values_mut().filter(|_| copies_all) {
        if let Some(need) = kind.get_mut("need").and_then(Value::as_object_mut) {
            need.remove("substitute");
        }
    }
}
