"""Scenarios: loaded, changed, refused with every fault."""

import pickle

import numpy
import pytest

import commonground as cg


def test_a_fault_raises_one_exception_with_all_faults_and_their_places(tmp_path):
    file = tmp_path / "winter.json"
    file.write_text('{\n  "extends": "place-fortress",\n  "time": { "steps": 0 },\n  "society": { "trust": 7 }\n}\n')
    with pytest.raises(cg.ScenarioError) as raised:
        cg.scenario(file)
    faults = raised.value.faults
    assert [(fault.place, fault.line) for fault in faults] == [("time.steps", 3), ("society.trust", 4)]
    assert faults[0].problem == "`0` is outside the range 1 to 100000"
    assert faults[0].file == str(file)
    assert str(raised.value).startswith("2 faults in ")
    assert pickle.loads(pickle.dumps(raised.value)).faults == faults


def test_a_scenario_is_changed_by_pointers_and_never_in_place():
    place = cg.scenario("place-fortress")
    changed = place.set({"/providers/*/motivation": numpy.float64(0.5), "/time/steps": numpy.int64(24)})
    assert [changed.get(f"/providers/{kind}/motivation") for kind in changed.kinds] == [0.5] * 6
    assert (changed.steps, place.steps) == (24, 120)
    assert place.get("/providers/acute/motivation") != 0.5
    with pytest.raises(cg.ScenarioError, match="did you mean `motivation`"):
        place.set("/providers/acute/motivaton", 1)
    with pytest.raises(cg.ScenarioError) as raised:
        place.set({"/time/stepz": 1, "/nowhere/*": 2})
    assert len(raised.value.faults) == 2
    with pytest.raises(TypeError, match="nothing that a scenario can say"):
        place.set("/time/steps", object())


def test_a_number_that_json_cannot_say_is_refused():
    for value in (float("nan"), float("inf")):
        with pytest.raises(ValueError):
            cg.scenario("pasture-ostrom").set("/society/trust", value)


def test_a_dict_says_what_a_file_would(tmp_path, monkeypatch):
    (tmp_path / "dry.json").write_text('{"extends": "pasture-fortress", "title": "Dry"}')
    monkeypatch.chdir(tmp_path)
    assert cg.scenario({"extends": "dry.json"}).title == "Dry"
    assert cg.scenario("dry.json").to_dict()["title"] == "Dry"


def test_a_scenario_can_be_sent_to_another_process_and_runs_the_same_there():
    place = cg.scenario("isle-of-wight-fortress").set("/society/trust", 0.4)
    again = pickle.loads(pickle.dumps(place))
    assert again.to_dict() == place.to_dict()
    numpy.testing.assert_array_equal(cg.simulate(again)["need_met"], cg.simulate(place)["need_met"])


def test_every_bundled_scenario_can_be_had():
    assert all(cg.scenario(name).steps > 0 for name in cg.scenarios())
    assert all(cg.scenario(f"place-fortress+{name}").kinds for name in ("2024", "alliance"))
