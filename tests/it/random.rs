//! Random scenarios of every mix of parts, each a function of its number alone.

mod need;
mod payments;
mod rules;
pub(crate) mod schema;

pub(crate) use rules::RULES;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Map, Value, json};

/// Random scenarios that have no faults, of every mix of parts.
pub(crate) struct Maker {
    random: ChaCha8Rng,
}

/// What a random scenario is asked to leave out.
#[derive(Clone, Copy, Default)]
pub(crate) struct Without {
    /// No upstream work: new need is then the same whatever anybody does.
    pub(crate) upstream: bool,
    /// No rules.
    pub(crate) rules: bool,
}

const KINDS: [&str; 4] = ["acute", "community", "primary", "social_care"];

impl Maker {
    /// The maker of the scenario of that number.
    pub(crate) fn new(number: u64) -> Self {
        Self { random: ChaCha8Rng::seed_from_u64(number) }
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.random.random::<f64>()
    }

    fn whole(&mut self, low: u32, high: u32) -> u32 {
        self.random.random_range(low..=high)
    }

    fn chance(&mut self, of: f64) -> bool {
        self.random.random::<f64>() < of
    }

    fn one_of(&mut self, list: &[Value]) -> Value {
        list[self.whole(0, list.len() as u32 - 1) as usize].clone()
    }

    /// A number, which is nought or one now and then.
    fn share(&mut self) -> f64 {
        match self.whole(0, 5) {
            0 => 0.0,
            1 => 1.0,
            _ => self.between(0.0, 1.0),
        }
    }

    /// The next scenario.
    pub(crate) fn scenario(&mut self, without: Without) -> Value {
        let pools = self.pools();
        let kinds: Vec<&str> = KINDS[..self.whole(1, 4) as usize].to_vec();
        let levels = self.levels();
        let upstream =
            (!without.upstream && self.chance(0.4)).then(|| json!([0, self.between(0.0, 0.2), self.between(0.2, 1.0)]));
        let need = self.chance(0.7);
        let mut providers: Map<String, Value> = kinds
            .iter()
            .map(|name| {
                ((*name).to_owned(), self.kind(&pools, &kinds, &levels, need.then_some(*name), upstream.as_ref()))
            })
            .collect();
        need::refer_nothing_where_all_are_copied(&mut providers);
        let mut scenario = json!({
            "title": "Random", "question": "Do the laws hold?", "sources": ["made for a test"], "assumptions": [],
            "time": { "steps": self.whole(6, 26), "unit": "month", "steps_per_year": 12 },
            "pools": pools, "providers": providers, "society": self.society(), "rules": {}
        });
        if upstream.is_some() {
            scenario["upstream"] = json!({
                "productivity": self.between(0.0, 3.0), "decay": self.between(0.01, 1.0), "most": self.share(),
                "half": self.between(0.1, 3.0)
            });
            if self.chance(0.5) {
                scenario["upstream"]["delay"] = json!(self.between(1.0, 12.0));
            }
            if need && self.chance(0.5) {
                self.prevent_by_kind(&mut scenario, &kinds);
            }
        }
        let outside = self.chance(0.4);
        if outside {
            scenario["outside"] = self.outside(&pools);
        }
        // Whoever may come to decide alone has a seat, with the rule on partners and without it.
        scenario["providers"][kinds[0]]["partner"] = json!(true);
        scenario["shocks"] = self.shocks(&pools, &kinds, outside);
        self.pay_by_the_place(&mut scenario, &kinds);
        if !without.rules {
            for name in RULES {
                if self.chance(0.5) {
                    scenario["rules"][name] = self.rule(name, &pools, &kinds);
                }
            }
        }
        for name in kinds {
            if scenario["providers"][name].get("payment").is_some() && self.chance(0.4) {
                scenario["providers"][name]["purse"] = self.purse();
            }
        }
        if self.chance(0.2) {
            scenario["time"]["warm_up"] = json!(self.whole(1, 5));
        }
        if scenario["pools"].get("money").is_some() && self.chance(0.5) {
            scenario["pools"]["money"]["growth"]["allocation"]["commissioner"] = self.commissioner();
        }
        scenario
    }

    fn levels(&mut self) -> Value {
        if self.chance(0.5) {
            return json!({ "from": 0, "to": self.between(1.0, 3.0), "count": self.whole(2, 9) });
        }
        let mut list: Vec<f64> = (0..self.whole(1, 5)).map(|_| self.between(0.0, 3.0)).collect();
        list.sort_by(f64::total_cmp);
        json!(list)
    }

    fn pools(&mut self) -> Value {
        let mut pools = json!({ "capacity": self.pool(false) });
        if self.chance(0.6) {
            pools["money"] = self.pool(true);
        }
        if self.chance(0.4) {
            pools["beds"] = self.pool(false);
        }
        pools
    }

    fn pool(&mut self, money: bool) -> Value {
        let capacity = self.between(20.0, 200.0);
        let production = if money || self.chance(0.2) { None } else { Some(self.production(capacity)) };
        let amount = self.between(0.0, 1.2);
        let loses = match (&production, self.whole(0, 1)) {
            (None, _) => json!({ "claim": if money && self.chance(0.5) { 0.0 } else { amount } }),
            (Some(_), 0) => json!({ "yield": amount }),
            (Some(_), _) => json!({ "effort": amount * 0.01 }),
        };
        let mut pool = json!({
            "unit": "units", "capacity": capacity, "start": self.share(), "growth": self.growth(money, capacity),
            "loses": loses, "collapse": self.share() * 0.5,
            "rationing": self.one_of(&[json!({ "proportional": {} }), json!({ "priority": {} }), json!({ "weight": {} })]),
            "refuge": if self.chance(0.5) { 0.0 } else { self.between(0.0, 0.1) }
        });
        if let Some(production) = production {
            pool["production"] = production;
        }
        let grows = pool["growth"].get("fixed").is_none() && !money;
        if grows && self.chance(0.4) {
            pool["growth_acts_on"] = self.one_of(&[json!("stock"), json!("left"), json!("left")]);
        }
        pool
    }

    fn growth(&mut self, money: bool, capacity: f64) -> Value {
        if money {
            return json!({ "allocation": {
                "amount": capacity * self.between(0.1, 1.0), "growth_per_step": self.between(-0.02, 0.02),
                "carry_over": capacity * self.share(), "overdraft": capacity * self.share() * 0.3,
                "recovery": self.share()
            } });
        }
        match self.whole(0, 3) {
            0 => json!({ "logistic": { "rate": self.between(0.0, 2.5) } }),
            1 => json!({ "depensated": { "rate": self.between(0.0, 1.0), "threshold": self.between(0.05, 0.5) } }),
            2 => {
                json!({ "inflow": { "amount": capacity * self.between(0.0, 0.5), "loss": capacity * self.between(0.0, 0.5) } })
            }
            _ => json!({ "fixed": {} }),
        }
    }

    fn production(&mut self, capacity: f64) -> Value {
        match self.whole(0, 3) {
            0 => json!({ "schaefer": { "catchability": self.between(0.5, 1.5) / capacity } }),
            1 => json!({ "saturating": { "half": self.between(0.02, 1.0) } }),
            2 => json!({ "quadratic": { "linear": self.between(0.5, 2.0), "crowding": self.between(0.0, 0.02) } }),
            _ => json!({ "cobb_douglas": {
                "scale": self.between(0.2, 2.0), "effort": self.between(0.3, 1.2), "stock": self.between(0.0, 1.0)
            } }),
        }
    }

    /// A kind of provider; `need_of` is its own name where it has need to meet.
    fn kind(
        &mut self,
        pools: &Value,
        kinds: &[&str],
        levels: &Value,
        need_of: Option<&str>,
        upstream: Option<&Value>,
    ) -> Value {
        let mut uses = Map::new();
        for pool in pools.as_object().into_iter().flatten().map(|(name, _)| name) {
            if self.chance(0.7) {
                uses.insert(pool.clone(), json!(self.between(0.0, 1.2)));
            }
        }
        let mut kind = json!({
            "partner": self.chance(0.8), "count": self.whole(1, 40), "size": self.between(1.0, 60.0), "plan": self.between(0.5, 1.5),
            "levels": levels, "uses": uses, "priority": self.whole(0, 2), "strength": self.between(0.5, 4.0),
            "cost": {
                "per_effort": self.between(0.0, 1.0), "fixed": self.between(0.0, 0.3), "convex": self.between(0.0, 0.3),
                "change_per_year": self.between(-0.05, 0.05)
            },
            "motivation": self.share(), "worth": 1.5, "norm": { "weight": self.share(), "breach": self.share() * 0.2, "imposed": self.share() },
            "behaviour": self.behaviours()
        });
        if self.chance(0.3) {
            kind["start"] = json!(self.between(0.0, 3.0));
        }
        if self.chance(0.5) {
            kind["sanctioning"] =
                json!({ "spends": self.share() * 0.1, "stray": self.share(), "revenge": self.share() });
        }
        if self.chance(0.4) {
            kind["reviews"] = json!({ "chance": self.share(), "most_change": self.between(0.0, 0.5) });
        }
        if self.chance(0.4) {
            kind["cost"]["scarcity"] = json!({ "above": self.between(0.0, 1.2), "rise": self.between(0.0, 3.0) });
        }
        if let Some(shares) = upstream {
            kind["upstream"] = shares.clone();
        }
        if self.chance(0.8) {
            kind["payment"] = self.payment();
            if pools.get("money").is_some() && self.chance(0.6) {
                kind["paid_from"] = json!("money");
            } else if self.chance(0.1) {
                kind["paid_from"] = json!("capacity");
            }
        }
        if let Some(name) = need_of {
            kind["need"] = self.need(name, kinds);
        }
        if self.chance(0.3) {
            kind["spread"] =
                json!({ "income": self.share() * 0.3, "need": self.share() * 0.3, "cost": self.share() * 0.3 });
        }
        kind
    }

    fn payment(&mut self) -> Value {
        if self.chance(0.2) {
            let (amount, change) = (self.between(0.0, 1.5), self.between(-0.05, 0.05));
            return json!({ "public_good": { "amount": amount, "per_head": self.share() * 0.02, "change_per_year": change } });
        }
        self.own_payment()
    }

    /// A payment that looks at the provider alone.
    fn own_payment(&mut self) -> Value {
        let (price, change) = (self.between(0.0, 1.5), self.between(-0.05, 0.05));
        match self.whole(0, 3) {
            0 => json!({ "tariff": {
                "price": price, "baseline": self.between(0.5, 2.0), "marginal_rate": self.share(), "change_per_year": change
            } }),
            1 => json!({ "block": { "amount": price, "change_per_year": change } }),
            2 => json!({ "blended": { "price": price, "variable": self.share(), "change_per_year": change } }),
            _ => json!({ "capitation": {
                "amount": price, "outcome_share": self.share(), "target": self.between(0.5, 1.0),
                "outcome": self.one_of(&[json!("own"), json!("place")]), "change_per_year": change
            } }),
        }
    }

    fn behaviours(&mut self) -> Value {
        if self.chance(0.6) {
            return self.behaviour();
        }
        let share = self.between(0.0, 1.0);
        json!([{ "share": share, "as": self.behaviour() }, { "share": 1.0 - share, "as": self.behaviour() }])
    }

    fn behaviour(&mut self) -> Value {
        match self.whole(0, 5) {
            5 => self.played(),
            0 => json!({ "fixed": { "level": self.between(0.0, 2.0), "upstream": self.share() } }),
            1 => json!({ "best_response": {
                "foresight": self.one_of(&[json!("myopic"), json!("steady_state")]), "between": self.chance(0.3)
            } }),
            2 => json!({ "learner": {
                "memory": self.share(), "foregone": self.share(), "cumulation": self.share(),
                "unplayed": self.one_of(&[json!("fade"), json!("stay")]),
                "choice_sharpness": self.between(0.0, 30.0), "habit": self.share(), "anticipates": self.chance(0.3)
            } }),
            3 => json!({ "imitator": {
                "rate": self.share(), "mutation": self.share() * 0.2,
                "comparison": if self.chance(0.5) { json!({ "proportional": {} }) } else { json!({ "fermi": { "sharpness": 5 } }) },
                "peers": self.one_of(&[json!("kind"), json!("all")])
            } }),
            _ => {
                let mut conditional = json!({
                    "slope": self.between(-1.0, 1.5), "bias": self.between(-0.5, 1.0), "belief_speed": self.share()
                });
                if self.chance(0.3) {
                    conditional["hump"] = json!(self.between(0.0, 2.0));
                }
                if self.chance(0.5) {
                    conditional["gives_way"] = json!(self.between(0.1, 2.0));
                }
                json!({ "conditional": conditional })
            }
        }
    }

    /// What somebody did in some steps of a learner's, or of one who always does the same.
    fn played(&mut self) -> Value {
        let mut turns = |most: f64| -> Vec<Option<f64>> {
            let played = self.share();
            (0..self.whole(0, 30)).map(|_| self.chance(played).then(|| self.between(0.0, most))).collect()
        };
        let (levels, upstream, refers) = (turns(20.0), turns(1.0), turns(1.0));
        let otherwise = if self.chance(0.5) {
            json!({ "fixed": { "level": self.between(0.0, 2.0), "upstream": 0 } })
        } else {
            json!({ "learner": {
                "memory": self.share(), "foregone": self.share(), "cumulation": self.share(), "unplayed": "fade",
                "choice_sharpness": self.between(0.0, 30.0), "habit": self.share()
            } })
        };
        json!({ "played": {
            "unit": { "name": "cows", "at_level_1": self.between(5.0, 15.0) },
            "levels": [levels], "upstream": [upstream], "refers": [refers], "otherwise": otherwise
        } })
    }

    fn society(&mut self) -> Value {
        let patience = if self.chance(0.5) { self.share() } else { 0.0 };
        let build_up = if self.chance(0.3) { self.between(0.0, 8.0) } else { 0.0 };
        json!({
            "patience": patience, "build_up": build_up, "coverage": self.share(), "noise": self.share() * 0.5, "lag": self.between(0.0, 6.0), "trust": self.share(),
            "trust_gain": self.share(), "trust_loss": self.share(), "resentment": self.share(),
            "tolerance": self.share() * 0.2, "risk_learning": self.share(), "first_belief": self.between(0.5, 1.5),
            "fading": self.share() * 0.5, "grievance": self.share(), "settling": self.share()
        })
    }

    fn outside(&mut self, pools: &Value) -> Value {
        let pool = if pools.get("beds").is_some() && self.chance(0.5) { "beds" } else { "capacity" };
        json!({
            "pool": pool, "effort": self.between(0.0, 40.0), "limit": self.between(0.0, 60.0),
            "price": self.between(0.0, 2.0), "cost": self.between(0.1, 1.0), "entry": self.share() * 0.3,
            "crossing": self.share()
        })
    }

    fn shocks(&mut self, pools: &Value, kinds: &[&str], outside: bool) -> Value {
        let mut shocks = Map::new();
        let names: Vec<Value> = pools.as_object().into_iter().flatten().map(|(name, _)| json!(name)).collect();
        for kind in SHOCKS {
            if (kind == "new_entrant" && !outside) || !self.chance(0.25) {
                continue;
            }
            let when = if self.chance(0.5) { json!({ "at": self.whole(0, 5) }) } else { json!({ "chance": 0.2 }) };
            let (length, size) = (self.whole(1, 8), self.share());
            let shock = match kind {
                "need_surge" => json!({
                    "when": when, "length": length, "size": size,
                    "kinds": if self.chance(0.5) { json!([]) } else { json!([kinds[0]]) }
                }),
                "funding_cut" => json!({ "when": when, "length": length, "size": size, "pool": self.one_of(&names) }),
                "stock_loss" => json!({ "when": when, "size": size, "pool": self.one_of(&names) }),
                "leader_leaves" => json!({ "when": when }),
                "new_entrant" => json!({ "when": when, "effort": self.between(0.0, 20.0) }),
                _ => json!({ "when": when, "length": length, "size": size }),
            };
            shocks.insert(format!("a_{kind}"), json!({ kind: shock }));
        }
        Value::Object(shocks)
    }

    /// A rule with random parameters, strength and cost.
    pub(crate) fn rule(&mut self, name: &str, pools: &Value, kinds: &[&str]) -> Value {
        let mut cost = json!({ "money": self.between(0.0, 2.0), "attention": self.between(0.0, 0.1) });
        if pools.get("money").is_some() && self.chance(0.5) {
            cost["from"] = json!("money");
        }
        if self.chance(0.3) {
            cost["share"] = json!(self.share() * 0.05);
        }
        let mut rule = self.mechanism(name, kinds);
        rule["strength"] = json!(self.share());
        rule["cost"] = cost;
        if self.chance(0.2) {
            rule["placebo"] = json!(true);
        }
        let from = if self.chance(0.3) { self.whole(0, 4) } else { 0 };
        rule["from"] = json!(from);
        if self.chance(0.2) {
            rule["until"] = json!(from + self.whole(1, 20));
        }
        rule
    }
}

/// The keys of all shocks.
pub(crate) const SHOCKS: [&str; 7] =
    ["need_surge", "funding_cut", "stock_loss", "leader_leaves", "new_entrant", "national_override", "reorganisation"];
