//! What is accepted and stands in doubt: no fault, since it may be meant, and worth a second look, since it often is not.

use super::Scenario;
use super::file::{Behaviours, File, Grid, Kind};
use super::text::{Address, Document, Fault, Store};
use crate::model::behaviour::Behaviour;
use crate::model::english::{Time, counted, number, percent};
use crate::model::pool::Growth;

/// Names of steps and how many of them make a year, from and to.
const CALENDAR: [(&str, f64, f64); 6] = [
    ("day", 365.0, 366.0),
    ("week", 52.0, 53.0),
    ("fortnight", 26.0, 26.5),
    ("month", 12.0, 12.0),
    ("quarter", 4.0, 4.0),
    ("year", 1.0, 1.0),
];
/// How far the mean of a season may lie from 1 before it is told: half a per cent of need.
const ROUNDING: f64 = 0.005;
/// Growth rate a step from which logistic growth overshoots what it grows towards, and swings around it for good (May 1976).
const OVERSHOOTS: f64 = 2.0;

impl Scenario {
    /// What is in doubt, each with its place and line.
    pub fn cautions(&self, store: &dyn Store) -> Vec<Fault> {
        let mut found = Found { document: self.document(), cautions: Vec::new() };
        found.of_names(store);
        found.of_the_calendar(&self.file);
        found.of_pools(&self.file);
        for (name, kind) in &self.file.providers {
            found.of_levels(name, kind);
            found.of_season(name, kind, &self.file);
        }
        found.of_rules(&self.file);
        found.cautions
    }
}

struct Found<'a> {
    document: &'a Document,
    cautions: Vec<Fault>,
}

impl Found<'_> {
    fn add(&mut self, place: &str, problem: impl Into<String>) {
        self.cautions.push(self.document.fault(place, problem));
    }

    /// Files that a name could mean as well.
    fn of_names(&mut self, store: &dyn Store) {
        let document = self.document;
        for address in document.files() {
            let Address::Disk(path) = address else { continue };
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else { continue };
            let short = name.strip_suffix(".json").unwrap_or(name);
            let twin = if short == name { format!("{name}.json") } else { short.to_owned() };
            if store.neighbours(address).contains(&twin) && store.read(&address.beside(&twin)).is_ok() {
                let problem = format!(
                    "{address} is read, and `{twin}` lies beside it; a name without `.json` means `{short}` first"
                );
                self.add("", problem);
            }
            let own = store.read(address).ok();
            let is_another = |bundled: &str| {
                let text = store.read(&Address::Bundled(bundled.to_owned())).ok();
                text.is_some() && own.is_some() && text != own
            };
            if [format!("{short}.json"), format!("bundles/{short}.json")].iter().any(|bundled| is_another(bundled)) {
                let problem = format!(
                    "{address} is read, and what is bundled by the name `{short}` is another; where both can be meant, the file is"
                );
                self.add("", problem);
            }
        }
    }

    fn of_the_calendar(&mut self, file: &File) {
        let (unit, given) = (file.time.unit.trim().to_lowercase(), file.time.steps_per_year);
        let known = CALENDAR.iter().find(|(name, ..)| *name == unit);
        if let Some((name, least, most)) = known.filter(|(_, least, most)| given < *least || given > *most) {
            let right = if least < most { format!("{} or {}", number(*least), number(*most)) } else { number(*least) };
            let problem = format!("a year has {right} {}, and {} stands here", Time::new(name).many(), number(given));
            self.add("time.steps_per_year", problem);
        }
    }

    fn of_pools(&mut self, file: &File) {
        for (name, pool) in &file.pools {
            if pool.start < pool.collapse {
                let (start, collapse) = (percent(pool.start), percent(pool.collapse));
                let problem = format!(
                    "it starts at {start} of capacity, below the {collapse} at which a run counts as collapsed: every run does"
                );
                self.add(&format!("pools.{name}.start"), problem);
            }
            if let Growth::Logistic(law) = &pool.growth
                && law.rate > OVERSHOOTS
            {
                let problem = format!(
                    "at a rate above {} a step the stock overshoots its capacity and swings around it; is it a rate a year?",
                    number(OVERSHOOTS)
                );
                self.add(&format!("pools.{name}.growth.logistic.rate"), problem);
            }
            let is_used = file.providers.values().any(|kind| kind.uses.get(name).is_some_and(|units| units.0 > 0.0));
            let pays = file.providers.values().any(|kind| kind.paid_from.as_ref() == Some(name))
                || file.rules.present().any(|(_, rule)| rule.terms().cost.from.as_ref() == Some(name))
                || file.outside.as_ref().is_some_and(|outside| outside.pool == *name);
            if !is_used && !pays {
                self.add(&format!("pools.{name}"), "no provider uses it, and nobody is paid from it");
            }
        }
    }

    fn of_levels(&mut self, name: &str, kind: &Kind) {
        let (place, levels) = (format!("providers.{name}.levels"), kind.levels.values());
        if let Grid::List(_) = kind.levels
            && let Some([before, after]) = levels.array_windows().find(|[before, after]| before >= after)
        {
            let problem = if before > after {
                format!("{} comes after {}; levels go from the lowest to the highest", number(*after), number(*before))
            } else {
                format!(
                    "{} is given twice: it counts as two options, so that it is chosen the more often",
                    number(*before)
                )
            };
            self.add(&place, problem);
        }
        if levels.len() == 1 && chooses(&kind.behaviour) {
            self.add(&place, "there is one level, so that there is nothing to choose");
        }
        let (least, most) =
            levels.iter().fold((f64::INFINITY, 0.0_f64), |(low, high), level| (low.min(*level), high.max(*level)));
        if kind.plan < least || kind.plan > most {
            let problem = format!(
                "the plan, {}, lies outside the levels, {} to {}: it can never be kept to",
                number(kind.plan),
                number(least),
                number(most)
            );
            self.add(&format!("providers.{name}.plan"), problem);
        }
    }

    fn of_season(&mut self, name: &str, kind: &Kind, file: &File) {
        let Some(season) = kind.need.as_ref().map(|need| &need.season).filter(|season| !season.is_empty()) else {
            return;
        };
        let (place, steps) = (format!("providers.{name}.need.season"), file.time.steps_per_year);
        let times = steps / season.len() as f64;
        if libm::fabs(times - libm::round(times)) > 1e-9 || times < 1.0 {
            let time = Time::new(&file.time.unit);
            let problem = format!(
                "{} in a year of {}: it moves through the calendar from year to year",
                counted(season.len() as f64, "factor"),
                time.count(steps)
            );
            self.add(&place, problem);
        }
        let mean = season.iter().sum::<f64>() / season.len() as f64;
        if libm::fabs(mean - 1.0) > ROUNDING {
            let problem =
                format!("its factors have a mean of {}, so that need is that many times its level", number(mean));
            self.add(&place, problem);
        }
    }

    fn of_rules(&mut self, file: &File) {
        let rules = &file.rules;
        if rules.graduated_sanctions.is_some() {
            if rules.collective_choice.is_none() && rules.quota.is_none() && rules.nested_groups.is_none() {
                let problem = "nobody decides how much is too much: without `collective_choice` or `quota` what exceeds the plan is fined";
                self.add("rules.graduated_sanctions", problem);
            }
            if rules.measures.is_none() && file.society.coverage < 1.0 {
                let problem = format!(
                    "nobody watches: without `measures` {} of what others do is seen (`society.coverage`), and no other excess is fined",
                    percent(file.society.coverage)
                );
                self.add("rules.graduated_sanctions", problem);
            }
        }
        for (name, rule) in rules.present() {
            let terms = rule.terms();
            let is_paid = terms.cost.money > 0.0 || terms.cost.share > 0.0 || terms.cost.attention > 0.0;
            if terms.strength <= 0.0 && !terms.placebo && is_paid {
                let problem = "it is paid for and does nothing; `\"placebo\": true` says that this is meant";
                self.add(&format!("rules.{}.strength", name.key()), problem);
            }
        }
    }
}

/// Whether what some do depends on the levels at hand.
fn chooses(behaviours: &Behaviours) -> bool {
    let chooses = |behaviour: &Behaviour| !matches!(behaviour, Behaviour::Fixed(_) | Behaviour::Played(_));
    match behaviours {
        Behaviours::One(behaviour) => chooses(behaviour),
        Behaviours::Mixed(parts) => parts.iter().any(|part| chooses(&part.behaviour)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::bundled::{self, BUNDLED};
    use super::super::text::Disk;
    use super::*;
    use serde_json::{Value, json};

    #[track_caller]
    fn told(ground: &str, changes: Value) -> Vec<String> {
        let scenario = Scenario::bundled(ground).unwrap().extended(changes).unwrap();
        scenario.cautions(&BUNDLED).into_iter().map(|caution| Fault { position: None, ..caution }.to_string()).collect()
    }

    #[test]
    fn of_what_is_bundled_little_is_in_doubt() {
        let doubtful = |name: &String| !Scenario::bundled(name).unwrap().cautions(&BUNDLED).is_empty();
        let names: Vec<String> = bundled::all().filter(doubtful).collect();
        // Users who are fined by an inspector; and a budget that a prime contract takes the place of.
        assert_eq!(names, ["commons-mini", "place-fortress+prime", "place-fortress+uniting-care"]);
    }

    #[test]
    fn seasons_levels_and_calendars_that_do_not_fit_are_told() {
        let acute = |change: Value| told("place-fortress", json!({ "providers": { "acute": change } }));
        assert_eq!(
            acute(json!({ "need": { "season": [1, 1, 1, 1, 1] } })),
            [
                "providers.acute.need.season: 5 factors in a year of 12 months: it moves through the calendar from year to year"
            ]
        );
        assert_eq!(
            acute(json!({ "need": { "season": [1, 1, 1.3] } })),
            ["providers.acute.need.season: its factors have a mean of 1.1, so that need is that many times its level"]
        );
        assert_eq!(acute(json!({ "need": { "season": [0.9, 1.1] } })), [""; 0]);
        assert_eq!(
            acute(json!({ "levels": [0.5, 1, 0.8] })),
            ["providers.acute.levels: 0.8 comes after 1; levels go from the lowest to the highest"]
        );
        assert_eq!(
            acute(json!({ "levels": [2] })),
            [
                "providers.acute.levels: there is one level, so that there is nothing to choose",
                "providers.acute.plan: the plan, 1, lies outside the levels, 2 to 2: it can never be kept to"
            ]
        );
        assert_eq!(
            told("place-fortress", json!({ "time": { "steps_per_year": 4 } }))[0],
            "time.steps_per_year: a year has 12 months, and 4 stands here"
        );
    }

    #[test]
    fn fines_without_judges_and_pools_that_nobody_uses_are_told() {
        let fines = json!({ "strength": 1, "cost": { "money": 0, "attention": 0 }, "fine": 1, "rise": 1, "most": 2, "forgiven": 0.1 });
        let told = |change: Value| told("pasture-fortress", change);
        let without = told(json!({ "rules": { "graduated_sanctions": fines } }));
        assert!(
            without[0].starts_with("rules.graduated_sanctions: nobody decides how much is too much"),
            "{without:?}"
        );
        assert!(without[1].starts_with("rules.graduated_sanctions: nobody watches"), "{without:?}");
        let quota =
            json!({ "strength": 0, "cost": { "money": 1, "attention": 0 }, "level": 1, "error": 0, "enforcement": 0 });
        let with = told(json!({ "rules": { "graduated_sanctions": fines, "quota": quota } }));
        assert!(with[1].starts_with("rules.quota.strength: it is paid for and does nothing"), "{with:?}");
        let pool = json!({ "unit": "hay", "capacity": 1, "start": 0.1, "growth": { "logistic": { "rate": 3 } }, "loses": { "yield": 1 },
            "rationing": { "proportional": {} }, "collapse": 0.2, "refuge": 0 });
        let places: Vec<String> = told(json!({ "pools": { "hay": pool } }))
            .into_iter()
            .filter_map(|told| Some(told.split_once(": ")?.0.to_owned()))
            .collect();
        assert_eq!(places, ["pools.hay.start", "pools.hay.growth.logistic.rate", "pools.hay"]);
    }

    #[test]
    fn two_files_of_one_name_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        let write = |name: &str, text: &str| std::fs::write(path(name), text).unwrap();
        let store = Disk { bundled: BUNDLED };
        let cautions = |name: &str| Scenario::open(path(name)).unwrap().cautions(&store).len();
        write("lake.json", "{\"extends\": \"pasture-fortress\"}");
        write("pasture-owner.json", "{\"extends\": \"pasture-fortress\"}");
        write("pasture-ostrom.json", include_str!("../../scenarios/pasture-ostrom.json"));
        assert_eq!([cautions("lake.json"), cautions("pasture-ostrom.json"), cautions("pasture-owner.json")], [0, 0, 1]);
        write("lake", "{\"extends\": \"pasture-ostrom\"}");
        assert_eq!([cautions("lake.json"), cautions("lake")], [1, 1]);
    }
}
