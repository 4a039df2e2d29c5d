//! Every measure against values worked out by hand in a place of two kinds and three steps, and through the binary: intervals
//! by the sort of a measure, years, and measures that are called for by their year.

mod binary;

use crate::behaviour::close;
use crate::circumstances::place;
use crate::support::{outcome, pasture, setup, sixteen_runs, with};
use commonground::model::measure::{
    Better, Measure, Sort, Years, outcome_measures, recorded_steps, series_measures, year_measures,
};
use commonground::model::record::Record;
use commonground::model::setup::Setup;
use serde_json::{Value, json};

/// `hospital` meets half of its need, of which some waits and some falls on `nursing`, which meets all of its own and makes a loss;
/// the pool runs low by itself; a rule costs 1 a step and does nothing.
///
/// A step each, in units of size 50 of either kind: new need 1 and 1; received by `nursing` 0, 0.15, 0.21; met 0.5 by `hospital` and
/// 1, 1.15, 1.21 by `nursing`; unmet by `hospital` 0.5, 0.7, 0.78, of which 0.4 waits, half falls on `nursing` and a tenth is lost.
/// Cost is 0.2 · 0.5 and 0.6 · 2; a unit of met need is paid 1; governance takes 0.01 off each unit of size. Two steps are a year.
fn small() -> Value {
    with(
        &place(),
        [
            ("/providers/hospital/need/waits", json!(0.4)),
            ("/providers/hospital/need/spills", json!({ "nursing": { "share": 0.5, "becomes": 0.6 } })),
            ("/providers/nursing/cost/per_effort", json!(0.6)),
            ("/time/steps", json!(3)),
            ("/time/steps_per_year", json!(2)),
            ("/pools/pasture/start", json!(0.2)),
            ("/pools/pasture/collapse", json!(0.1899)),
            ("/pools/pasture/growth", json!({ "inflow": { "amount": 0, "loss": 25 } })),
            (
                "/rules/graduated_sanctions",
                json!({
                    "strength": 1, "cost": { "money": 1, "attention": 0 }, "fine": 0, "rise": 0, "most": 0, "forgiven": 0
                }),
            ),
        ],
    )
}

fn ran() -> (Setup, Record) {
    let setup = setup(&small());
    let record = sixteen_runs(&setup);
    (setup, record)
}

/// Stock of the pool at the end of each step, as a share: `s − 0.25 s²`.
fn stock() -> [f64; 3] {
    let next = |stock: f64| stock - 0.25 * stock * stock;
    let (one, two) = (next(0.2), next(next(0.2)));
    [one, two, next(two)]
}

/// Holds the values of a list of measures in run 0 against those worked out by hand, each by its key, none left out.
fn assert_values(measures: &[Measure], values: &[f64], wanted: &[(&str, f64)]) {
    let keys = |list: Vec<&str>| list.join(" ");
    let (ours, theirs) = (measures.iter().map(|measure| measure.key.as_str()), wanted.iter().map(|(key, _)| *key));
    assert_eq!(keys(ours.collect()), keys(theirs.collect()));
    assert_eq!(measures.len(), values.len());
    for ((key, wanted), value) in wanted.iter().zip(values) {
        assert!((value - wanted).abs() < 1e-12, "{key}: {value} is not {wanted}");
    }
}

fn run_0(lanes: &[commonground::model::lanes::Lanes]) -> Vec<f64> {
    lanes.iter().map(|lanes| lanes.lane(0)).collect()
}

#[test]
fn every_outcome_is_what_it_is_called() {
    let (setup, record) = ran();
    let stock = stock();
    let wanted = [
        ("stock_end", stock[2]),
        ("stock_mean", (stock[0] + stock[1] + stock[2]) / 3.0),
        ("collapsed", 1.0),
        ("collapse_step", 2.0),
        ("effort", 1.25),
        ("yield", 1.25),
        ("compliance", 0.5),
        ("need_met", 243.0 / 318.0),
        ("waiting_end", 15.6 / 106.0),
        ("spilled", 49.5 / 318.0),
        ("lost", 9.9 / 318.0),
        ("inequality", 1.0 / 6.0),
        ("margin", 45.0 / 243.0),
        ("in_deficit", 0.5),
        ("governance", 3.0 / 243.0),
        ("payer", 81.0),
        ("welfare", 15.0),
        ("need_met.hospital", 0.5),
        ("margin.hospital", 58.5 / 75.0),
        ("need_met.nursing", 1.0),
        ("margin.nursing", -13.5 / 168.0),
    ];
    assert_values(&outcome_measures(&setup), &run_0(&record.outcomes), &wanted);
}

#[test]
fn measures_of_a_run_that_warms_up_are_those_of_its_later_steps_and_nothing_else_changes() {
    let setup = setup(&with(&small(), [("/time/warm_up", json!(1))]));
    let record = sixteen_runs(&setup);
    let stock = stock();
    let wanted = [
        ("stock_end", stock[2]),
        ("stock_mean", f64::midpoint(stock[1], stock[2])),
        ("collapsed", 1.0),
        ("collapse_step", 2.0),
        ("effort", 1.25),
        ("yield", 1.25),
        ("compliance", 0.5),
        ("need_met", 168.0 / 218.0),
        ("waiting_end", 15.6 / 109.0),
        ("spilled", 37.0 / 218.0),
        ("lost", 7.4 / 218.0),
        ("inequality", 1.0 / 6.0),
        ("margin", 36.0 / 168.0),
        ("in_deficit", 0.5),
        ("governance", 2.0 / 168.0),
        ("payer", 84.0),
        ("welfare", 18.0),
        ("need_met.hospital", 0.5),
        ("margin.hospital", 39.0 / 50.0),
        ("need_met.nursing", 1.0),
        ("margin.nursing", -3.0 / 118.0),
    ];
    assert_values(&outcome_measures(&setup), &run_0(&record.outcomes), &wanted);
    let (_, whole) = ran();
    let bits = |list: &[commonground::model::lanes::Lanes]| {
        run_0(list).iter().map(|value| value.to_bits()).collect::<Vec<_>>()
    };
    assert_eq!(bits(&record.series), bits(&whole.series));
    assert_eq!(bits(&record.years), bits(&whole.years));
}

#[test]
fn what_warms_up_to_its_end_is_a_fault() {
    let faults = crate::support::checked(&with(&small(), [("/time/warm_up", json!(3))])).unwrap_err();
    assert!(faults.contains("time.warm_up") && faults.contains("at most 2"), "{faults}");
}

#[test]
fn every_series_is_what_it_is_called() {
    let (setup, record) = ran();
    let measures = series_measures(&setup);
    let met = [75.0 / 100.0, 82.5 / 107.5, 85.5 / 110.5];
    let waiting = [0.1, 0.14, 0.156];
    let margin = [9.0 / 75.0, 16.5 / 82.5, 19.5 / 85.5];
    assert_eq!(recorded_steps(3), [0, 1, 2]);
    for step in 0..3 {
        let row = &record.series[step * measures.len()..(step + 1) * measures.len()];
        let wanted = [
            ("stock.pasture", stock()[step]),
            ("effort", 1.25),
            ("yield", 1.25),
            ("need_met", met[step]),
            ("waiting", waiting[step]),
            ("margin", margin[step]),
        ];
        assert_values(&measures, &run_0(row), &wanted);
    }
}

#[test]
fn every_measure_of_a_year_is_what_it_is_called() {
    let (setup, record) = ran();
    let measures = year_measures(&setup);
    let years = Years::of(&setup).recorded;
    assert_eq!(years.iter().map(|year| (year.number, year.steps())).collect::<Vec<_>>(), [(1, 2), (2, 1)]);
    let values = |hospital: [f64; 8], nursing: [f64; 8], place: [f64; 9]| {
        let keys = ["need_met", "waiting", "delivered", "backlog", "margin", "margin_money", "income", "cost"];
        let of_place =
            ["need_met", "waiting", "delivered", "backlog", "margin", "income", "margin_money", "cost", "welfare"];
        let of = |kind: &'static str, values: [f64; 8]| {
            keys.into_iter().zip(values).map(move |(key, value)| (format!("{key}.{kind}"), value)).collect::<Vec<_>>()
        };
        let place = of_place.into_iter().zip(place).map(|(key, value)| (key.to_owned(), value));
        place.chain(of("hospital", hospital)).chain(of("nursing", nursing)).collect::<Vec<_>>()
    };
    let first = values(
        [0.5, 0.28, 50.0, 14.0, 0.78, 39.0, 50.0, 10.0],
        [1.0, 0.0, 200.0, 0.0, -13.5 / 107.5, -13.5, 107.5, 120.0],
        [157.5 / 207.5, 0.14, 250.0, 14.0, 25.5 / 157.5, 157.5, 25.5, 130.0, 12.75],
    );
    let second = values(
        [0.5, 0.312, 25.0, 15.6, 0.78, 19.5, 25.0, 5.0],
        [1.0, 0.0, 100.0, 0.0, 0.0, 0.0, 60.5, 60.0],
        [85.5 / 110.5, 0.156, 125.0, 15.6, 19.5 / 85.5, 85.5, 19.5, 65.0, 19.5],
    );
    for (row, wanted) in record.years.chunks(measures.len()).zip([first, second]) {
        let wanted: Vec<(&str, f64)> = wanted.iter().map(|(key, value)| (key.as_str(), *value)).collect();
        assert_values(&measures, &run_0(row), &wanted);
    }
}

/// Need met of a step, of a year and of a run is one thing: weighed by the need that came up, steps come to years and years to
/// the run, and kinds to the place.
#[test]
fn steps_and_years_weighed_by_their_need_come_to_the_need_met_of_the_run() {
    let (setup, record) = ran();
    let arisen = [100.0, 107.5, 110.5];
    let (series, years) = (series_measures(&setup), year_measures(&setup));
    let of = |list: &[Measure], key: &str| list.iter().position(|measure| measure.key == key).unwrap();
    let step = |step: usize| record.series[step * series.len() + of(&series, "need_met")].lane(3);
    let met: f64 = (0..3).map(|number| step(number) * arisen[number]).sum();
    let whole = outcome(&setup, &record, "need_met").lane(3);
    close(met / 318.0, whole);
    let year = |year: usize| record.years[year * years.len() + of(&years, "need_met")].lane(3);
    close((year(0) * 207.5 + year(1) * 110.5) / 318.0, whole);
}

#[test]
fn a_step_that_works_off_a_backlog_meets_more_than_came_up() {
    // `nursing` can do twice its need: what a surge leaves waiting it works off in the step after.
    let shock = json!({ "need_surge": { "when": { "at": 3 }, "length": 1, "size": 2, "kinds": ["nursing"] } });
    let value = with(&place(), [("/providers/nursing/need/waits", json!(1)), ("/shocks", json!({ "wave": shock }))]);
    let setup = setup(&value);
    let (record, measures) = (sixteen_runs(&setup), series_measures(&setup));
    let position = measures.iter().position(|measure| measure.key == "need_met").unwrap();
    let of_step = |step: usize| record.series[step * measures.len() + position].lane(0);
    let whole = outcome(&setup, &record, "need_met").lane(0);
    assert!((0..setup.steps() as usize).any(|step| of_step(step) > whole + 0.1), "no step works anything off");
    assert!(whole <= 1.0);
}

#[test]
fn keys_are_unique_and_sorts_fit_the_units() {
    use commonground::model::measure::Unit;
    let setup = setup(&small());
    for list in [outcome_measures(&setup), series_measures(&setup), year_measures(&setup)] {
        for (position, measure) in list.iter().enumerate() {
            assert!(list[..position].iter().all(|other| other.key != measure.key), "{} is there twice", measure.key);
            let fits = match measure.sort {
                Sort::Share | Sort::Chance => measure.unit == Unit::Share,
                Sort::Time => matches!(measure.unit, Unit::Steps | Unit::Duration | Unit::StepsOfNeed),
                Sort::Amount | Sort::Money | Sort::Count => measure.unit == Unit::Number,
            };
            assert!(fits, "{} is a {:?} in {:?}", measure.key, measure.sort, measure.unit);
            assert!(measure.matters > 0.0 && measure.matters.is_finite());
        }
    }
}

/// The same key has the same words, unit, sort and direction at every occasion.
#[test]
fn a_measure_is_told_alike_at_every_occasion() {
    let setup = setup(&small());
    let all: Vec<Measure> =
        [outcome_measures(&setup), series_measures(&setup), year_measures(&setup)].into_iter().flatten().collect();
    for one in &all {
        for other in all.iter().filter(|other| other.key == one.key) {
            assert_eq!(one, other);
        }
    }
}

#[test]
fn a_stock_is_held_against_the_planners() {
    let of = |better, level| Measure { better, level, ..outcome_measures(&setup(&small()))[0].clone() };
    let stock = of(Better::Towards, Some(0.5));
    assert_eq!(stock.direction(0.2, 0.3), Better::Higher);
    assert_eq!(stock.direction(0.9, 0.6), Better::Lower);
    assert_eq!(stock.direction(0.4, 0.6), Better::Neither);
    assert_eq!(of(Better::Towards, None).direction(0.2, 0.3), Better::Neither);
    assert!(stock.good(0.45) > stock.good(0.6) && stock.good(0.6) > stock.good(0.3));
    let unplanned = outcome_measures(&setup(&small()));
    assert!(
        unplanned
            .iter()
            .filter(|measure| measure.key.starts_with("stock_"))
            .all(|stock| { stock.better == Better::Towards && stock.level.is_none() })
    );
}

#[test]
fn what_rules_cost_a_pool_of_money_the_payer_pays_too() {
    // Rules cost 3 in each step. Where users pay for them, it is out of what they are paid.
    let payer = |cost: Value| {
        let quota = json!({ "strength": 0, "cost": cost, "level": 1, "error": 0, "enforcement": 0 });
        let allotted = json!({ "amount": 100, "growth_per_step": 0, "carry_over": 0, "overdraft": 0, "recovery": 0 });
        let money = json!({
            "unit": "£", "capacity": 100, "start": 1, "growth": { "allocation": allotted }, "loses": { "claim": 0 },
            "rationing": { "proportional": {} }, "collapse": 0, "refuge": 0
        });
        let setup = setup(&with(&pasture(), [("/pools/money", money), ("/rules/quota", quota)]));
        outcome(&setup, &sixteen_runs(&setup), "payer").lane(0)
    };
    let by_users = payer(json!({ "money": 3, "attention": 0 }));
    let by_the_pool = payer(json!({ "money": 3, "attention": 0, "from": "money" }));
    assert!((by_the_pool - by_users - 3.0).abs() < 1e-9, "{by_users} and {by_the_pool}");
}
