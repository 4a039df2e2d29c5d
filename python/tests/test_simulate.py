"""Arrays: their shapes, and that they hold the numbers of the tables."""

import numpy
import pytest

import commonground as cg


@pytest.fixture(scope="module")
def place():
    return cg.scenario("place-fortress")


def test_outcomes_are_those_of_the_runs(place):
    runs = cg.run(place, runs=40, seed=3, planner=False).runs
    arrays = cg.simulate(place, runs=40, seed=3)
    assert arrays.steps == []
    for key, values in arrays.items():
        assert values.shape == (40,) and values.dtype == numpy.float64
        numpy.testing.assert_array_equal(values, runs[key])
    for key, values in arrays.by_kind.items():
        assert values.shape == (40, len(arrays.kinds))
        for position, kind in enumerate(arrays.kinds):
            if f"{key}.{kind}" in runs:
                numpy.testing.assert_array_equal(values[:, position], runs[f"{key}.{kind}"])
            else:
                assert numpy.isnan(values[:, position]).all()


@pytest.mark.parametrize("keep", ["series", "years"])
def test_series_and_years_have_the_means_of_the_tables(place, keep):
    arrays = cg.simulate(place, runs=40, seed=3, keep=keep)
    result = cg.run(place, runs=40, seed=3, planner=False)
    points = len(arrays.steps)
    assert points == (120 if keep == "series" else 10) and arrays.steps[-1] == 120
    for values in arrays.values():
        assert values.shape == (40, points)
    for values in arrays.by_kind.values():
        assert values.shape == (40, points, 6)
    if keep == "series":
        series = result.series
        of = series[series["measure"] == "need_met"]["mean"].to_numpy()
        numpy.testing.assert_allclose(arrays["need_met"].mean(axis=0), of, rtol=1e-12)
    else:
        years = result.years
        of = years[(years["measure"] == "need_met") & (years["kind"] == "acute")]["mean"].to_numpy()
        acute = arrays.by_kind["need_met"][:, :, arrays.kinds.index("acute")]
        numpy.testing.assert_allclose(acute.mean(axis=0), of, rtol=1e-12)


def test_arrays_own_what_they_hold_and_lie_in_one_piece(place):
    array = cg.simulate(place, keep="years").by_kind["need_met"]
    assert array.flags.c_contiguous and array.flags.writeable


def test_more_runs_begin_with_the_same_runs(place):
    few, many = cg.simulate(place, runs=5), cg.simulate(place, runs=100, threads=1)
    numpy.testing.assert_array_equal(few["need_met"], many["need_met"][:5])


def test_what_cannot_be_kept_is_refused(place):
    with pytest.raises(ValueError, match="none of `outcomes`"):
        cg.simulate(place, keep="everything")
    with pytest.raises(ValueError):
        cg.simulate(place, runs=0)
    with pytest.raises(KeyError, match="`by_kind`"):
        cg.simulate(place)["unpaid"]
