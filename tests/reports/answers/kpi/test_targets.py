"""Targets of the figures, and how far a figure is from one, worked out by hand."""

from decimal import Decimal

import polars as pl
import pytest

from reports.answers.kpi import targets
from reports.answers.shared import kpi_groups

pytestmark = pytest.mark.usefixtures("english")


def settings(**values: str) -> pl.DataFrame:
    rows = [(key.replace("__", "@"), value) for key, value in values.items()]
    return pl.DataFrame(rows, schema={"key": pl.String, "value": pl.String}, orient="row")


def test_a_target_can_be_set_for_each_of_the_first_figures():
    assert targets.FIGURES == kpi_groups.FIRST


def test_a_share_is_between_0_and_1_as_its_figure_is():
    typed = settings(target_on_time_share="85.5", target_dso_countback="40", company_name="Wij")
    assert targets.targets(typed) == {"on_time_share": Decimal("0.855"), "dso_countback": 40}


def test_an_administration_has_the_days_of_the_company_and_no_amount_of_it():
    company = {"target_receivables": "2000000.00", "target_dso_countback": "40", "target_days_late": "5"}
    typed = settings(**company, target_days_late__North="3", target_overdue__North="100000.00")
    assert targets.targets(typed, "North") == {"dso_countback": 40, "days_late": 3, "overdue": 100_000}
    # Of a segment or a currency no amount is set.
    assert targets.targets(typed, "North", is_part=True) == {"dso_countback": 40, "days_late": 3}
    assert targets.targets(typed)["receivables"] == 2_000_000


def test_a_target_of_one_administration_is_a_target_that_is_set():
    assert targets.are_set(settings(target_days_late__North="3"))
    assert not targets.are_set(settings(company_name="Wij"))


@pytest.mark.parametrize(
    ("figure", "value", "target", "sentence"),
    [
        ("dso_countback", 45.04, "40", "target 40 days: 5 above"),
        ("dso_countback", 38.76, "40.5", "target 40.5 days: 1.7 below"),
        ("dso_countback", 40.04, "40", "target 40 days: reached exactly"),
        ("days_late", 1.0, "-2", "target -2 days: 3 above"),
        ("on_time_share", 0.7349, "0.8", "target 80%: 6.5 pt below"),
        ("d90_plus_share", 0.0625, "0.05", "target 5%: 1.3 pt above"),
        ("receivables", Decimal("2200000.00"), "2000000.00", "target €2m: €200k above"),
        ("overdue", None, "100000", "target €100k"),
    ],
)
def test_a_figure_says_its_target_and_how_far_it_is_from_it(figure, value, target, sentence):
    assert targets.distance(value, Decimal(target), figure, "EUR") == sentence
