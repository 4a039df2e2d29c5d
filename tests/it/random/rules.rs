//! Random rules: a mechanism of every name.

use super::Maker;
use serde_json::{Value, json};

/// The keys of all rules.
pub(crate) const RULES: [&str; 15] = [
    "boundary",
    "partners",
    "shared_vision",
    "measures",
    "nested_groups",
    "leadership",
    "external_authority",
    "quota",
    "collective_choice",
    "dedicated_team",
    "pooled_finance",
    "graduated_sanctions",
    "mediation",
    "ostracism",
    "peer_sanctions",
];

impl Maker {
    /// At least one of the kinds.
    fn some_of(&mut self, kinds: &[&str]) -> Vec<String> {
        let first = self.whole(0, kinds.len() as u32 - 1) as usize;
        let chosen = kinds.iter().enumerate().filter(|(index, _)| *index == first || self.chance(0.6));
        chosen.map(|(_, kind)| (*kind).to_owned()).collect()
    }

    /// What a rule does, without its strength and cost.
    pub(super) fn mechanism(&mut self, name: &str, kinds: &[&str]) -> Value {
        match name {
            "boundary" => json!({ "shut_out": self.share(), "counted": self.share() }),
            "measures" => json!({
                "coverage": self.share(), "noise": self.share() * 0.3, "lag": self.between(0.0, 6.0),
                "gaming": self.share(), "audience": self.one_of(&[json!("public"), json!("monitor")])
            }),
            "quota" => {
                json!({ "level": self.between(0.0, 1.5), "error": self.share() * 0.5, "enforcement": self.share() })
            }
            "graduated_sanctions" => json!({
                "fine": self.between(0.0, 3.0), "rise": self.share(), "most": self.between(0.0, 6.0),
                "forgiven": self.share()
            }),
            "partners" => {
                let mut inside = self.some_of(kinds);
                if !inside.iter().any(|name| name == kinds[0]) {
                    inside.push(kinds[0].to_owned());
                }
                json!({ "kinds": inside, "delay_each": self.share() * 0.05 })
            }
            "shared_vision" => json!({
                "precision": self.between(0.0, 20.0), "first": self.whole(0, 3), "renewed": { "every": self.whole(1, 6), "talked_over": self.share() }
            }),
            "nested_groups" => {
                let mut groups = json!({ "here": { "kinds": self.some_of(kinds) } });
                if self.chance(0.6) {
                    groups["there"] = json!({ "kinds": self.some_of(kinds) });
                }
                json!({
                    "groups": groups, "coverage": self.share(), "clarity": self.share(),
                    "attention_each": self.share() * 0.1
                })
            }
            "leadership" => json!({
                "time": self.share() * 0.1, "clarity": self.share(), "turnover": self.share() * 0.3,
                "turnover_in_deficit": self.share() * 0.3, "handover": self.whole(0, 4)
            }),
            "external_authority" => json!({
                "overrides": { "chance": self.share() * 0.5, "length": self.whole(1, 5), "share": self.share() },
                "reorganises": { "chance": self.share() * 0.3, "length": self.whole(1, 5), "share": self.share() * 0.3 },
                "target": { "need_met": self.share(), "pressure": self.between(0.0, 2.0) }
            }),
            "dedicated_team" => json!({ "capacity": self.share(), "growth": self.share() * 0.2 }),
            "pooled_finance" => json!({
                "pooled": self.share(), "gain_share": self.share(), "loss_share": self.share(),
                "parts": self.one_of(&[json!("by_size"), json!("equal")]), "contract": self.whole(1, 12),
                "rebasing": self.share()
            }),
            "ostracism" => json!({
                "most": self.between(0.0, 3.0), "displacement": self.between(-200.0, 0.0), "growth": self.between(-20.0, 0.0)
            }),
            "peer_sanctions" => json!({
                "against": self.one_of(&[json!("taking_more"), json!("giving_less")]), "effect": self.between(0.0, 5.0),
                "most": self.share(), "chosen": self.share()
            }),
            "mediation" => json!({ "settling": self.share(), "each": self.between(0.0, 1.0) }),
            _ => self.choice(kinds),
        }
    }

    /// Collective choice, now and then with a second ballot.
    fn choice(&mut self, kinds: &[&str]) -> Value {
        let mut rule = json!({
                "interval": self.whole(1, 6), "first": self.whole(0, 3), "votes": self.one_of(&[json!("equal"), json!("by_size")]),
                "decision": self.one_of(&[
                    json!({ "majority": {} }), json!({ "supermajority": { "share": 0.7 } }), json!({ "unanimity": {} }),
                    json!({ "one_decider": { "kind": kinds[0] } }), json!({ "lot": {} }), json!({ "as_we_are": {} }),
                    json!({ "outsider": {} })
                ]),
                "public_seats": self.share() * 0.5, "ceded": self.share(), "totals": [0.4, 0.8, 1.0, 1.3],
                "upstream": [0, 0.1], "sharing": self.one_of(&[json!(["plan"]), json!(["plan", "need"])]),
                "horizon": self.whole(1, 12), "obliges": self.chance(0.5)
        });
        if self.chance(0.5) {
            let follows = if self.chance(0.3) { 0.0 } else { self.share() };
            rule["shifts"] = json!({ "sizes": [0.05, self.share()], "follows": follows });
        }
        rule
    }
}
