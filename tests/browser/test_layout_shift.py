"""What is on a page stays where it is while the rest arrives."""

import pytest

from benchmarks.layout_shift import LIMIT, Shift, cumulative, shifts
from tests.browser.steps import PATHS

GATE = ("cash_position", "ageing", "customer", "bank", "worklist")
WALKS = [pytest.param(width, PATHS, marks=pytest.mark.exhaustive) for width in (1440, 390)]


@pytest.mark.slow
@pytest.mark.parametrize(("width", "names"), [(1440, GATE), *WALKS])
def test_no_page_moves_more_than_a_tenth_of_the_window_while_it_loads(chromium, server, width, names) -> None:
    moved = {name: cumulative(shifts(chromium, f"{server}/{name}", width)) for name in names}
    assert {name: value for name, value in moved.items() if value > LIMIT} == {}


def test_shifts_add_up_while_less_than_a_second_apart_and_for_five_seconds_at_most() -> None:
    def measured(*at_and_value: tuple[float, float]) -> float:
        return cumulative([Shift(at, value, ()) for at, value in at_and_value])

    assert measured() == 0
    assert measured((0, 0.25), (900, 0.5), (1900, 0.125)) == 0.75  # the third is a second later: a new window
    assert measured((0, 0.125), (900, 0.125), (1800, 0.125), (2700, 0.125), (3600, 0.125), (4500, 0.125),
                    (5400, 0.5)) == 0.75  # the seventh comes after five seconds  # fmt: skip


@pytest.mark.slow
def test_the_menu_of_screens_and_what_stands_below_it_are_shown(visitor, server) -> None:
    page = visitor()
    page.goto(f"{server}/?lang=en")
    page.get_by_test_id("stSidebarNav").get_by_role("link", name="Ageing").wait_for()
    page.get_by_role("button", name="Search").wait_for()
