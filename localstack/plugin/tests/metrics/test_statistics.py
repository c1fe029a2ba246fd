"""CloudWatch's statistics."""

from __future__ import annotations

import pytest

from slipway_localstack.metrics.statistics import Sample, StatisticError, compute


def single(*values: float) -> list[Sample]:
    return [Sample(1, value, value, value) for value in values]


@pytest.mark.parametrize(
    ("statistic", "expected"),
    [
        ("SampleCount", 5),
        ("Sum", 150),
        ("Average", 30),
        ("Minimum", 10),
        ("Maximum", 50),
        ("p0", 10),
        ("p50", 30),
        ("p90", 46),
        ("p99.9", 49.96),
        ("p100", 50),
        ("TC(:30)", 3),
        ("TC(30:)", 2),
        ("TC(10:40)", 3),
        ("TC(0:10)", 1),
        ("TC(50:)", 0),
        ("PR(:30)", 60),
        ("PR(100:)", 0),
        ("TM(:40)", 25),
        ("tm50", 20),
        ("ts50", 60),
        ("TS(20:40)", 70),
        ("TM(25%:75%)", 35),
    ],
)
def test_compute_of_known_statistic_matches_definition(statistic: str, expected: float) -> None:
    assert compute(statistic, single(50, 10, 30, 20, 40)) == pytest.approx(expected)


@pytest.mark.parametrize("statistic", ["p101", "p", "P90", "TC()", "TC(:)", "median", "pr90", "TC(a:b)", "p99)"])
def test_compute_of_unknown_statistic_names_the_known(statistic: str) -> None:
    with pytest.raises(StatisticError, match="expected one of SampleCount"):
        compute(statistic, [])


def test_compute_without_samples_is_nothing() -> None:
    assert compute("p90", []) is None
    assert compute("Average", []) is None


def test_compute_with_summary_counts_it_but_knows_no_percentile_of_it() -> None:
    samples = [*single(5), Sample(4, 100, 10, 50)]

    assert compute("SampleCount", samples) == 5
    assert compute("Sum", samples) == 105
    assert compute("Maximum", samples) == 50
    assert compute("p100", samples) == 5


def test_compute_of_trimmed_mean_with_nothing_left_is_nothing() -> None:
    assert compute("TM(1000:)", single(1, 2)) is None
