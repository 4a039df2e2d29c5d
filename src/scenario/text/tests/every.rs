//! Faults in what a file says of every kind or pool, through the types of a scenario.

use crate::scenario::Scenario;
use crate::scenario::text::Position;

#[track_caller]
fn faults(text: &str) -> String {
    Scenario::from_json("mine", text).unwrap_err().to_string()
}

#[test]
fn a_fault_in_what_is_said_of_every_kind_is_told_once_with_its_line() {
    let slip = "{\"extends\": \"place-fortress\", \"providers\": {\n\"every\": {\"motivaton\": 1}}}";
    assert_eq!(
        faults(slip),
        "1 fault in mine\n  providers.every.motivaton: unknown field; did you mean `motivation`?   (line 2)"
    );
    // Of one kind alone it is told where it is.
    let one = slip.replace("every", "acute");
    assert_eq!(
        faults(&one),
        "1 fault in mine\n  providers.acute.motivaton: unknown field; did you mean `motivation`?   (line 2)"
    );
    let pools = "{\"extends\": \"place-fortress\", \"pools\": {\n\"every\": {\"start\": 2}}}";
    assert_eq!(faults(pools), "1 fault in mine\n  pools.every.start: `2` is outside the range 0 to 1   (line 2)");
    let pointer =
        Scenario::bundled("place-fortress").unwrap().set("/providers/every/motivation", 1).unwrap_err().to_string();
    assert!(
        pointer.ends_with("there is no `every` in `providers`; in a pointer `*` stands for every name"),
        "{pointer}"
    );
    let not_an_object = "{\"extends\": \"place-fortress\", \"providers\": {\"every\": 5}}";
    assert_eq!(
        faults(not_an_object),
        "1 fault in mine\n  providers.every: `5` is a number where an object is needed   (line 1)"
    );
}

#[test]
fn what_is_said_of_every_kind_has_its_line_and_the_own_words_of_a_kind_have_theirs() {
    let text = "{\"extends\": \"place-fortress\", \"providers\": {\n\"every\": {\"motivation\": 1},\n\"acute\": {\"motivation\": 2}}}";
    let scenario = Scenario::from_json("mine", text).unwrap();
    let line = |place: &str| scenario.document().position(place);
    let own = |line| Some(Position { file: "mine".into(), line });
    assert_eq!([line("providers.acute.motivation"), line("/providers/primary/motivation")], [own(3), own(2)]);
    assert_eq!(line("providers.primary.count").unwrap().file, "bundled place-fortress.json");
    let motivation = |kind: &str| scenario.file.providers[kind].motivation;
    assert_eq!((motivation("acute"), motivation("primary")), (2.0, 1.0));
}
