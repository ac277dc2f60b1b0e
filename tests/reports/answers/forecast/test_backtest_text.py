"""Rows and findings of the backtest, worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest

from forecasting.receipts.backtest import KNOWN
from reports import figures
from reports.answers.forecast import backtest_text
from reports.colours import LIGHT
from tests.forecasts import accuracy

pytestmark = pytest.mark.usefixtures("english")


def test_past_weeks_that_are_not_over_are_not_compared():
    rows = backtest_text.past_weeks(accuracy(), 2)
    assert rows.rows() == [
        (date(2026, 11, 8), date(2026, 11, 16), Decimal(200), Decimal(180), Decimal(150)),
    ]
    assert (
        backtest_text.past(rows, 2, accuracy()).title
        == "Forecast 2 weeks ahead, receipts were off by 10.0% on average"
    )


def test_coverage_counts_the_weeks_inside_the_bands():
    first = backtest_text.coverage_rows(accuracy()).row(0, named=True)
    assert (first["weeks"], first["coverage_95"], first["count"]) == ("Weeks 1–4", 1.0, 3)
    assert first["coverage_80"] == pytest.approx(2 / 3)
    assert backtest_text.coverage(accuracy()).title.startswith("The bands were too narrow: 67%")


def test_our_own_forecast_stands_first_among_the_methods():
    assert backtest_text.method_rows(accuracy())["method"].to_list() == [
        "Kasstroom's forecast",
        "the forecast with the true billings",
        "payment model alone",
        "mean of 13 weeks",
    ]


def test_what_a_billing_plan_can_help_at_most_is_said():
    found = accuracy()
    assert "5.0% in weeks 5 to 8 instead of 14.0%" in backtest_text.value_of_billing_plan(found).replace(
        "off by ", ""
    )
    found.methods[KNOWN]["wape_5_8"] = 0.2
    assert backtest_text.value_of_billing_plan(found) is None


def test_the_question_with_the_widest_gap_is_named():
    assert backtest_text.calibration(accuracy()).title == (
        "The chances of single invoices were off by 6.7% on average (paid by the due date)"
    )
    figure = figures.calibration(backtest_text.calibration_rows(accuracy()), theme=LIGHT)
    assert [list(trace.x) for trace in figure.data] == [[0, 1], [0.2, 0.8], [0.1]]
    assert [list(trace.y) for trace in figure.data] == [[0, 1], [0.25, 0.7], [0.1]]
