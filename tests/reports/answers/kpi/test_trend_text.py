"""Findings of the KPI trends, of roll rates, expected loss and recovery, worked out by hand."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from reports.answers.kpi import trend_text
from reports.answers.shared import kpi_groups
from reports.columns import KPIS

pytestmark = pytest.mark.usefixtures("english")


def _trend(**columns: list[object]) -> pl.DataFrame:
    months = len(next(iter(columns.values())))
    ends = [date(2025 + at // 12, at % 12 + 1, 28) for at in range(months)]
    return pl.DataFrame({"as_of": ends, **columns})


def test_every_figure_of_a_group_is_a_figure_and_stands_in_one_group_only() -> None:
    listed = [column for group in kpi_groups.GROUPS.values() for column in group]
    assert set(listed) <= set(KPIS)
    assert len(listed) == len(set(listed))


def test_a_figure_says_from_where_to_where_it_went() -> None:
    trend = _trend(dso_countback=[41.0, None, 44.04])
    assert trend_text.figure(trend, "dso_countback").title == "DSO, countback: up from 41.0 to 44.0"
    assert trend_text.figure(trend.reverse(), "dso_countback").title == "DSO, countback: up from 41.0 to 44.0"
    down = _trend(overdue_share=[0.25, 0.2])
    assert trend_text.figure(down, "overdue_share").title == "Overdue share: down from 25.0% to 20.0%"


def test_a_change_that_rounding_hides_is_no_change() -> None:
    trend = _trend(dso_countback=[41.01, 41.04])
    assert trend_text.figure(trend, "dso_countback").title == "DSO, countback: still 41.0"


def test_a_figure_without_values_is_not_known() -> None:
    trend = _trend(dio=[None, None]).with_columns(pl.col("dio").cast(pl.Float64))
    assert trend_text.figure(trend, "dio").title == "Stock days (DIO): not known"
    assert trend_text.change(trend, "dio") is None
    assert trend_text.known_first(trend.with_columns(dpo=1.0), ["dio", "dpo"]) == ["dpo", "dio"]


def test_the_change_is_over_twelve_months_and_knows_which_way_is_better() -> None:
    days = _trend(days_late=[9.0, 10.0] + [11.0] * 10 + [12.5])
    assert trend_text.change(days, "days_late") == ("+3.5", "worse")
    share = _trend(on_time_share=[0.70] + [0.0] * 11 + [0.735])
    assert trend_text.change(share, "on_time_share") == ("+3.5 pt", "better")
    money = _trend(billings_90=[Decimal(5_000_000)] + [Decimal(0)] * 11 + [Decimal(4_000_000)])
    assert trend_text.change(money, "billings_90") == ("-€1m", "neither")
    assert trend_text.figure(days, "days_late").method.startswith("in 12 months, worse · to")


def test_without_a_year_the_change_is_since_the_first_day_known_and_says_so() -> None:
    days = _trend(days_late=[None, 10.0, 11.0, 9.5])
    assert trend_text.change(days, "days_late") == ("-0.5", "better")
    method = trend_text.figure(days, "days_late").method.replace("\u00a0", " ")
    assert method == "since 28 Feb 2025, better · to 28 Apr 2025"


def test_the_day_is_compared_with_the_same_day_a_year_before() -> None:
    trend = pl.DataFrame(
        {
            "as_of": [date(2025, 10, 31), date(2025, 11, 30), date(2026, 10, 31), date(2026, 11, 22)],
            "dso_countback": [39.0, 40.0, 38.8, 45.0],
        }
    )
    before = pl.DataFrame({"as_of": [date(2025, 11, 22)], "dso_countback": [42.6]})
    finding = trend_text.figure(trend, "dso_countback", "EUR", before)
    assert finding.title == "DSO, countback: up from 42.6 to 45.0"
    assert finding.method.replace("\u00a0", " ") == "in 12 months, worse · to 22 Nov 2026"
    assert trend_text.change(trend, "dso_countback", "EUR", before) == ("+2.4", "worse")
    # Of the day a year before nothing is known: the first month end within the year.
    assert trend_text.figure(trend, "dso_countback").title == "DSO, countback: up from 40.0 to 45.0"


def test_a_figure_that_is_not_known_on_the_day_says_when_it_last_was() -> None:
    trend = _trend(days_late=[9.0, 10.0, None])
    title = trend_text.figure(trend, "days_late").title.replace("\u00a0", " ")
    assert title == "Days late: not known on 28 Mar 2025; 10.0 on 28 Feb 2025"
    assert trend_text.change(trend, "days_late") is None
    assert trend_text.figure(_trend(days_late=[9.0]), "days_late").title == "Days late: 9.0"


def test_the_sentence_and_the_change_beside_it_are_of_the_same_twelve_months_and_figures():
    trend = _trend(ar_turnover=[20.0] * 11 + [8.14] + [9.0] * 11 + [8.16])
    assert trend_text.figure(trend, "ar_turnover").title == "AR turnover: up from 8.1 to 8.2"
    assert trend_text.change(trend, "ar_turnover") == ("+0.1", "better")
    assert trend_text.period(trend).replace("\u00a0", " ") == "to 28 Dec 2026"


def test_what_is_just_overdue_is_paid_or_gets_older() -> None:
    rates = pl.DataFrame(
        {
            "from_bucket": ["d1_30"] * 4 + ["not_due"],
            "to_bucket": ["paid", "d1_30", "d31_60", "d61_90", "paid"],
            "share": [0.6, 0.1, 0.2, 0.1, 0.9],
        }
    )
    assert trend_text.roll_rates(rates).title == (
        "Of what is just overdue, 60% is paid a month later and 30% gets older"
    )


def test_the_expected_loss_is_summed_exactly_and_unknown_buckets_are_left_out() -> None:
    matrix = pl.DataFrame(
        {
            "bucket": ["not_due", "d1_30", "d31_60"],
            "open_amount_excl_vat": [Decimal("1000.00"), Decimal("500.00"), Decimal("500.00")],
            "expected_loss": [Decimal("10.00"), None, Decimal("30.00")],
        }
    )
    assert trend_text.provision(matrix).title == "Expected loss €40, 2.0% of what is open"
    assert trend_text.provision(matrix.clear()).title.startswith("No loss to be expected")


def test_figures_that_never_change_are_said_once() -> None:
    trend = _trend(overdue_share=[0.25, 0.25004], days_late=[1.0, 2.0], dpo=[None, 3.0])
    assert trend_text.flat(trend, ["overdue_share", "days_late", "dpo"]) == ["overdue_share"]
    assert trend_text.flat_sentence(trend, ["overdue_share"], "EUR") == (
        "Unchanged in all these months: Overdue share 25.0%."
    )
