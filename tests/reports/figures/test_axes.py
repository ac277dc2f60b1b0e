import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.colours import LIGHT
from reports.figures import axes, template
from tests.reports.figures.frames import NBSP

pytestmark = pytest.mark.usefixtures("dutch")


@pytest.mark.parametrize(
    ("highest", "most", "step"), [(1_210_000, 3, 400_000), (1_600_000, 4, 400_000), (0.9, 3, 0.4), (3, 3, 1)]
)
def test_ticks_are_round_and_few(highest: float, most: int, step: float):
    assert axes.nice_step(highest, most) == pytest.approx(step)


@given(st.floats(min_value=0.01, max_value=1e12), st.integers(min_value=2, max_value=6))
def test_a_step_covers_the_height_in_the_steps_asked_for(highest: float, most: int):
    assert highest / axes.nice_step(highest, most) <= most + 0.1 + 1e-9


@pytest.mark.parametrize(
    ("lowest", "highest", "expected"),
    [
        (0, 1_210_000, ["€_0", "€_400k", "€_800k", "€_1,2_mln"]),
        (-300_000, 500_000, ["€_-400k", "€_-200k", "€_0", "€_200k", "€_400k", "€_600k"]),
        (0, 0, ["€_0", "€_1"]),
        (-900, 0, ["€_-1,2k", "€_-800", "€_-400", "€_0"]),
        (-2_000, 290_000, ["€_0", "€_100k", "€_200k", "€_300k"]),
    ],
)
def test_money_ticks_start_at_zero_and_hold_all_values(lowest: float, highest: float, expected: list[str]):
    fig = template.blank(LIGHT, height=100, alt="")
    axes.money_axis(fig, lowest, highest)

    assert [text.replace(NBSP, "_") for text in fig.layout.yaxis.ticktext] == expected
    assert fig.layout.yaxis.range[0] <= lowest
    assert fig.layout.yaxis.range[1] >= highest


def test_labels_that_touch_move_apart_as_little_as_possible():
    assert axes.spread([10.0, 10.0, 50.0], gap=4, low=0, high=100) == [8.0, 12.0, 50.0]
    assert axes.spread([0.0, 1.0], gap=4, low=0, high=100) == [0.0, 4.0]
    assert axes.spread([100.0, 99.0], gap=4, low=0, high=100) == [100.0, 96.0]


@given(st.lists(st.floats(min_value=0, max_value=100), min_size=1, max_size=12))
def test_labels_keep_their_order_their_distance_and_their_bounds(places: list[float]):
    moved = axes.spread(places, gap=5, low=0, high=100)

    ordered = sorted(moved)
    assert all(after - before >= 5 - 1e-6 for before, after in itertools.pairwise(ordered))
    assert ordered[0] >= -1e-6
    assert ordered[-1] <= 100 + 1e-6
    by_place = sorted(zip(places, moved, strict=True))
    assert all(one[1] < other[1] for one, other in itertools.pairwise(by_place) if one[0] < other[0])


def test_the_months_under_an_axis_are_dutch_and_january_has_its_year():
    fig = template.blank(LIGHT, height=100, alt="")
    axes.month_ticks(fig, date(2025, 1, 1), date(2026, 3, 31), 6)

    assert list(fig.layout.xaxis.ticktext) == ["jan 2025", "apr", "jul", "okt", "jan 2026"]


def test_the_box_over_a_week_begins_with_the_week_of_the_axis():
    fig = template.blank(LIGHT, height=200, alt="", over_time=True)
    axes.week_ticks(fig, [date(2026, 12, 27), date(2027, 1, 3)], 5)
    assert set(fig.layout.xaxis.ticktext) == {f"wk{NBSP}52", f"wk{NBSP}53"}
    assert fig.layout.xaxis.unifiedhovertitle.text == f"wk{NBSP}%{{x|%-V}} · %{{x|%d-%m-%Y}}"
