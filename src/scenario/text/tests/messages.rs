//! What is told of a file that does not fit its type, word for word.

use super::*;

#[test]
fn a_valid_file_becomes_its_type() {
    let scenario = parse(VALID).unwrap();
    assert_eq!(scenario.steps, 12);
    assert_eq!(scenario.pools["sea"].growth, Growth::Logistic(Logistic { rate: 0.3 }));
}

#[test]
fn all_faults_are_told_at_once_with_their_lines() {
    let text =
        "{\n\"$schema\": \"x.json\",\n\"steps\": 0,\n\"pools\": {\"sea\": {\n\"capacity\": -1,\n\"growht\": {}}}}";
    let told = "3 faults in bundled winter.json
  steps: `0` is too few; at least 1 is needed   (line 3)
  pools.sea.capacity: `-1` is too small; it must be above 0   (line 5)
  pools.sea.growht: unknown field; did you mean `growth`?   (line 6)";
    assert_eq!(parse(text).unwrap_err().to_string(), told);
}

#[test]
fn missing_fields_say_what_they_are() {
    check_file("{}", "  steps: missing; it says number of steps\n  pools: missing; it says pools by name");
    check_growth("{\"logistic\": {}}", ".logistic.rate: missing; it says growth rate of a small stock");
    check_file(
        "{\"steps\": 1, \"pools\": {\"sea\":\n{\"capacity\": 1}}}",
        "  pools.sea.growth: missing; it says how a pool renews itself   (line 1)",
    );
}

#[test]
fn values_of_the_wrong_kind_are_told() {
    check("\"open\": \"yes\"", "open: `\"yes\"` is text where `true` or `false` is needed");
    check("\"title\": 5", "title: `5` is a number where text is needed");
    check("\"names\": \"a\"", "names: `\"a\"` is text where a list is needed");
    check("\"names\": [\"a\", true]", "names[1]: `true` is a truth value where text is needed");
    check("\"names\": [null]", "names[0]: `null` stands where text is needed");
    check("\"corridor\": [0, []]", "corridor[1]: `[]` is a list where a number is needed");
    check("\"providers\": [5]", "providers[0]: `5` is a number where an object is needed");
    check_growth(
        "{\"logistic\": {\"rate\": \"0.3\"}}",
        ".logistic.rate: `\"0.3\"` is text where a number is needed; take the quotes away",
    );
    check_growth("{\"logistic\": {\"rate\": \"ten\"}}", ".logistic.rate: `\"ten\"` is text where a number is needed");
    check_file("[1]", "  `[…]` is a list where an object is needed");
    check_file("null", "  `null` stands where an object is needed");
}

#[test]
fn numbers_outside_their_limits_are_told() {
    let provider = |count: &str, share: &str| {
        format!("\"providers\": [{{\"count\": {count}, \"share\": {share}, \"kind\": \"a\"}}]")
    };
    check(&provider("1.5", "0"), "providers[0].count: `1.5` is not a whole number");
    check(
        &provider("5.0", "0"),
        "providers[0].count: `5.0` has a decimal point or an exponent where a whole number is needed",
    );
    check(&provider("99999999999999999999999", "0"), "providers[0].count: `1e+23` is too large for a whole number");
    check(&provider("501", "0"), "providers[0].count: `501` is outside the range 0 to 500");
    check(&provider("-1", "0"), "providers[0].count: `-1` is outside the range 0 to 500");
    check(&provider("1", "1.5"), "providers[0].share: `1.5` is outside the range 0 to 1");
    check(&provider("1", "1, \"leak\": 1"), "providers[0].leak: `1` is outside the range 0 to 1 (1 not included)");
    check(&provider("1", "1e300"), "providers[0].share: `1e+300` is outside the range 0 to 1");
    check_file(
        &VALID.replace("12", "4294967296"),
        "  steps: `4294967296` is too large; at most 4294967295 is allowed   (line 1)",
    );
    check_growth("{\"allocation\": {\"amount\": -2}}", ".allocation.amount: `-2` is too small; at least 0 is needed");
}

#[test]
fn texts_lists_and_objects_of_the_wrong_size_are_told() {
    check("\"names\": []", "names: it is empty; at least 1 item is needed");
    check("\"names\": [\"a\", \"b\", \"c\"]", "names: it has 3 items; at most 2 items are allowed");
    check("\"corridor\": [1]", "corridor: it has 1 item; exactly 2 items are needed");
    check(
        "\"providers\": [{\"count\": 1, \"share\": 1, \"kind\": \"\"}]",
        "providers[0].kind: it is empty; at least 1 character is needed",
    );
    check_file("{\"steps\": 1, \"pools\": {}}", "  pools: it is empty; at least 1 field is needed   (line 1)");
}

#[test]
fn unknown_fields_are_told_with_the_one_that_was_meant() {
    check("\"tittle\": \"x\"", "tittle: unknown field; did you mean `title`?");
    check("\"goal\": \"x\", \"gaol\": \"y\"", "gaol: unknown field; did you mean `goal`, which is given as well?");
    check(
        "\"goal\": \"x\", \"purpose\": \"y\"",
        "purpose: unknown field; known here: `steps`, `title`, `pools`, `providers`, `rationing`, `goal`, `need`, `grid`, `names`, `corridor`, `open`",
    );
    check_growth("{\"logistic\": {\"rat\": 0.3}}", ".logistic.rat: unknown field; did you mean `rate`?");
    check_file(
        &VALID.replace("{\"steps\"", "{\"a\\u001b.b\": 1, \"steps\""),
        "  [\"a\\u{1b}.b\"]: `a\\u{1b}.b` holds a control character (`\\u{1b}`), which a name may not; take it away   (line 1)",
    );
}

#[test]
fn a_kind_that_is_unknown_is_told_with_those_there_are() {
    check_growth(
        "{\"logistik\": {\"rate\": 1}}",
        ": unknown kind `logistik`; did you mean `logistic`? (one of `logistic`, `allocation`, `fixed`)",
    );
    check_growth("{\"magic\": {}}", ": unknown kind `magic`; one of `logistic`, `allocation`, `fixed` is needed");
    check_growth("{}", ": it is empty; one of `logistic`, `allocation`, `fixed` is needed");
    check_growth(
        "{\"logistic\": {\"rate\": 1}, \"fixed\": {}}",
        ": two kinds are given, `logistic` and `fixed`, where one is needed",
    );
    check_growth("\"logistic\"", ": `logistic` needs its parameters: write `{\"logistic\": {…}}`");
    check_growth("\"magic\"", ": unknown kind `magic`; one of `logistic`, `allocation`, `fixed` is needed");
    check_growth("5", ": `5` is a number where an object with one of `logistic`, `allocation`, `fixed` is needed");
    check_growth("{\"fixed\": 5}", ".fixed: `5` is a number where an object is needed");
    check_growth("{\"fixed\": {}, \"rate\": 1}", ".rate: unknown field; known here: `fixed`");
    check(
        "\"rationing\": \"proportionate\"",
        "rationing: unknown kind `proportionate`; did you mean `proportional`? (one of `proportional`, `priority`, `weight`)",
    );
    check("\"rationing\": {\"weight\": {}}", "rationing.weight.power: missing");
    check("\"rationing\": {\"priority\": {}}", "rationing: `priority` takes no parameters: write `\"priority\"`");
    check(
        "\"rationing\": 1",
        "rationing: `1` is a number where one of `proportional`, `priority` or an object with `weight` is needed",
    );
}

#[test]
fn of_values_with_several_forms_the_one_that_was_meant_is_judged() {
    let amount = |amount: &str| format!("{{\"allocation\": {{\"amount\": {amount}}}}}");
    check_growth(
        &amount("\"5\""),
        ".allocation.amount: `\"5\"` is text where a number or an object with `csv` is needed; take the quotes away",
    );
    check_growth(&amount("{\"csv\": {\"file\": \"a.csv\"}}"), ".allocation.amount.csv.column: missing");
    check_growth(&amount("{}"), ".allocation.amount.csv: missing");
    check("\"grid\": [1, \"b\"]", "grid[1]: `\"b\"` is text where a number is needed");
    check("\"grid\": {\"from\": 1, \"to\": 2, \"count\": -3}", "grid.count: `-3` is too few; at least 0 is needed");
    check("\"grid\": 3", "grid: `3` is a number where a list or an object is needed");
    check("\"need\": {\"fiel\": \"a\", \"column\": \"b\"}", "need.fiel: unknown field; did you mean `file`?");
}

#[test]
fn what_only_serde_can_judge_has_its_place_too() {
    check("\"goal\": \"unsayable\"", "goal: a goal cannot be unsayable");
}

#[test]
fn a_field_given_twice_is_a_fault_with_both_lines() {
    check_file(
        "{\"steps\": 1,\n\"pools\": {},\n\"steps\": 2}",
        "  steps: it is given twice, first on line 1   (line 3)",
    );
}

#[test]
fn text_that_is_not_json_has_a_line_and_a_way_out() {
    check_file("", "  the file is empty; `commonground new` writes a starting point");
    check_file("{\n\"steps\": 1,\n}", "  trailing commas are not allowed in JSON; take the last comma away   (line 3)");
}

#[test]
fn thousands_of_faults_are_counted_and_the_first_are_told() {
    let names = vec!["1"; 5000].join(",");
    let faults =
        parse(&VALID.replace("{\"steps\"", &format!("{{\"grid\": [\"{}\"], \"steps\"", names.replace(',', "\",\""))))
            .unwrap_err();
    let told = faults.to_string();
    assert!(told.starts_with("1000 faults") && told.ends_with("\n  and 950 more"), "{told}");
}
