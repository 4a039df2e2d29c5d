//! Files that extend one another, values by pointer, data files, and the schema for editors.

use super::*;

#[test]
fn a_scenario_extends_another_and_says_only_what_differs() {
    let document = document("{\"extends\": \"place-fortress\", \"pools\": {\"sea\": {\"capacity\": 7}}}").unwrap();
    let scenario: Scenario = document.parse().unwrap();
    assert_eq!((scenario.steps, scenario.pools["sea"].capacity), (120, 7.0));
    let files: Vec<String> = document.files().map(ToString::to_string).collect();
    assert_eq!(files, ["bundled winter.json", "bundled place-fortress.json", "bundled sea.json"]);
    assert_eq!(document.position("steps"), Some(Position { file: "bundled place-fortress.json".into(), line: 1 }));
    assert_eq!(document.position("/pools/sea/growth/logistic").unwrap().file, "bundled sea.json");
    let keys: Vec<&String> = document.value().as_object().unwrap().keys().collect();
    assert_eq!(keys, ["steps", "pools"]);
}

#[test]
fn a_part_of_another_name_takes_the_place_of_the_one_in_the_other_file() {
    let growth = |growth: &str| format!("{{\"extends\": \"sea\", \"pools\": {{\"sea\": {{\"growth\": {growth}}}}}}}");
    assert_eq!(parse(&growth("{\"fixed\": {}}")).unwrap().pools["sea"].growth, Growth::Fixed {});
    assert_eq!(parse(&growth("{\"logistic\": null, \"fixed\": {}}")).unwrap().pools["sea"].growth, Growth::Fixed {});
    check_file(
        &growth("{\"allocation\": {\"amount\": 1}, \"fixed\": {}}"),
        "  pools.sea.growth: two kinds are given, `allocation` and `fixed`, where one is needed   (line 1)",
    );
}

#[test]
fn a_scenario_extends_a_list_of_which_the_later_changes_the_earlier() {
    let listed = document("{\"extends\": [\"place-fortress\", \"rich\", \"long\"]}").unwrap();
    assert_eq!((&listed.value()["pools"]["sea"]["capacity"], &listed.value()["steps"]), (&json!(9), &json!(7)));
    let summed = Document::read::<Scenario>(&BUNDLED, "place-fortress+rich+long").unwrap();
    assert_eq!(summed.value(), listed.value());
    let other_order = Document::read::<Scenario>(&BUNDLED, "place-fortress + long + rich").unwrap();
    assert_eq!(other_order.value()["steps"], json!(8));
    let missing = Document::read::<Scenario>(&BUNDLED, "place-fortress+rhich").unwrap_err().to_string();
    assert!(missing.contains("there is no file `rhich`"), "{missing}");
}

#[test]
fn faults_of_extends_are_told_where_it_stands() {
    let extends = |name: &str| format!("{{\n\"extends\": {name}}}");
    let check = |name: &str, expected: &str| check_file(&extends(name), &format!("  {expected}"));
    check("5", "extends: `5` is a number where the name of another scenario is needed   (line 2)");
    check("\"\"", "extends: the name of the file is empty   (line 2)");
    check(
        "\"place-fortres\"",
        "extends: there is no file `place-fortres`; did you mean `place-fortress.json`?   (line 2)",
    );
    check(
        "\"glacier\"",
        "extends: there is no file `glacier`; `commonground scenarios` lists the bundled ones   (line 2)",
    );
    check(
        "\"circle-a\"",
        "extends: the files extend one another in a circle: bundled winter.json → bundled circle-a.json → bundled circle-b.json → bundled circle-a.json   (bundled circle-b.json, line 2)",
    );
    check(
        "\"self\"",
        "extends: the files extend one another in a circle: bundled winter.json → bundled self.json → bundled self.json   (bundled self.json, line 1)",
    );
    check("\"broken\"", "`NaN`: NaN and Infinity are not JSON numbers   (bundled broken.json, line 2)");
    check("\"blank\"", "the file is empty; `commonground new` writes a starting point   (bundled blank.json, line 1)");
    check(
        "\"bad-base\"",
        "steps: `0` is too few; at least 1 is needed   (bundled bad-base.json, line 2)\n  pools: it is empty; at least 1 field is needed   (bundled bad-base.json, line 3)",
    );
}

#[test]
fn files_on_disk_extend_files_and_bundled_scenarios() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::create_dir(path("sea")).unwrap();
    std::fs::write(path("base.json"), "{\"extends\": \"sea\", \"steps\": 3}").unwrap();
    std::fs::write(path("sea/winter.json"), "{\"extends\": \"../base\", \"title\": \"w\"}").unwrap();
    let disk = Disk { bundled: BUNDLED };
    let scenario: Scenario = Document::read::<Scenario>(&disk, &path("sea/winter")).unwrap().parse().unwrap();
    assert_eq!((scenario.steps, scenario.title.as_deref()), (3, Some("w")));
    assert_eq!(Document::read::<Scenario>(&disk, "place-fortress").unwrap().parse::<Scenario>().unwrap().steps, 120);
    let fault = |name: &str| Document::read::<Scenario>(&disk, name).unwrap_err().faults[0].problem.clone();
    let (slip, meant) = (path("bsae.json"), path("base.json"));
    assert_eq!(fault(&slip), format!("there is no file `{slip}`; did you mean `{meant}`?"));
    assert_eq!(fault("place-fortess"), "there is no file `place-fortess`; did you mean `place-fortress`?");
    assert!(fault(&path("sea")).ends_with("is a folder, not a file"));
}

#[test]
fn a_chain_without_end_is_cut_off() {
    #[derive(Debug)]
    struct Endless;
    impl Store for Endless {
        fn read(&self, address: &Address) -> std::io::Result<Vec<u8>> {
            Ok(format!("{{\"extends\": \"{}x\"}}", address.to_string().replace("bundled ", "")).into_bytes())
        }
        fn neighbours(&self, _: &Address) -> Vec<String> {
            Vec::new()
        }
        fn bundled(&self) -> Vec<&str> {
            Vec::new()
        }
    }
    let fault =
        Document::from_text::<Scenario>(&Endless, Address::Bundled("x".into()), "{\"extends\": \"xx\"}").unwrap_err();
    assert_eq!(fault.faults[0].problem, "more than 32 files extend one another");
}

#[test]
fn a_value_is_replaced_by_pointer() {
    let document = document(VALID).unwrap();
    let changed = document.with("/pools/sea/capacity", json!(0)).unwrap();
    let told = "1 fault in bundled winter.json\n  pools.sea.capacity: `0` is too small; it must be above 0";
    assert_eq!(changed.parse::<Scenario>().unwrap_err().to_string(), told);
    assert!(changed.position("pools.sea.growth").is_some());
    assert_eq!(
        document.parse::<Scenario>().unwrap().pools["sea"],
        document.clone().parse::<Scenario>().unwrap().pools["sea"]
    );
}

#[test]
fn a_pointer_that_leads_nowhere_is_told_with_a_way_out() {
    let document = document(&VALID.replace("{\"steps\"", "{\"names\": [\"a\"], \"steps\"")).unwrap();
    let check = |pointer: &str, expected: &str| {
        assert_eq!(document.with(pointer, json!(1)).unwrap_err().to_string(), format!("{pointer}: {expected}"));
    };
    check("/pools/sae/capacity", "there is no `sae` in `pools`; did you mean `sea`?");
    check("/pool", "there is no `pool` in the scenario; did you mean `pools`?");
    check("/pools/sea/zzz", "there is no `zzz` in `pools.sea`; it has `capacity`, `growth`");
    check("/names/1", "there is no item `1` in `names`; it has 1 item");
    check("/steps/x", "`steps` is a number; there is no `x` in it");
    check("pools.sea.capacity", "a pointer begins with `/`; did you mean `/pools/sea/capacity`?");
}

#[test]
fn a_data_file_is_looked_for_beside_the_file_that_names_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::create_dir(path("base")).unwrap();
    std::fs::write(
        path("base/sea.json"),
        VALID.replace("{\"steps\"", "{\"need\": {\"file\": \"ae.csv\", \"column\": \"a\"}, \"steps\""),
    )
    .unwrap();
    std::fs::write(path("winter.json"), "{\"extends\": \"base/sea.json\", \"names\": [\"b\"]}").unwrap();
    let document =
        Document::read::<Scenario>(&Disk { bundled: BUNDLED }, path("winter.json").to_str().unwrap()).unwrap();
    assert_eq!(document.resolve("need.file", "ae.csv"), Address::Disk(path("base/ae.csv")));
    assert_eq!(document.resolve("names[0]", "ae.csv"), Address::Disk(path("ae.csv")));
}

#[test]
fn the_resolved_text_reads_back_as_the_same_document() {
    let first = document("{\"extends\": \"sea\", \"steps\": 5}").unwrap();
    let again = document(&first.to_json()).unwrap();
    assert_eq!(first.value(), again.value());
    assert!(first.to_json().starts_with("{\n  \"steps\": 5,\n"));
}

#[test]
fn the_schema_for_editors_has_a_title_and_the_fields_of_the_reader() {
    let schema = schema::<Scenario>();
    assert_eq!(
        (&schema["title"], &schema["properties"]["extends"]["type"]),
        (&json!("Scenario"), &json!(["string", "array"]))
    );
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
}
