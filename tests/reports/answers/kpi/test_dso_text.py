"""Findings and rows of the methods to count DSO and of its bridge, worked out by hand."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from reports.answers.kpi import dso_text

pytestmark = pytest.mark.usefixtures("english")


def test_the_bridge_names_its_two_largest_causes() -> None:
    steps = {"start": 42.9, "terms": 2.6, "delinquency": -2.5, "credit_notes": 0.1, "mix": -0.4, "end": 42.7}
    bridge = pl.DataFrame({"step": list(steps), "days": list(steps.values())})
    finding = dso_text.bridge(bridge, date(2026, 6, 30))
    assert finding.title == "DSO -0.2 days since 30\u00a0Jun\u00a02026: terms granted +2.6, delinquency -2.5"
    empty = bridge.clear()
    assert "cannot be compared" in dso_text.bridge(empty, date(2026, 6, 30)).title


def test_the_methods_keep_their_units_apart() -> None:
    methods = pl.DataFrame(
        {
            "method": ["countback", "days_to_pay", "days_to_pay_with_open"],
            "days": [26.3, 42.0, 29.0],
            "numerator": [Decimal("5119.85"), Decimal("2607773.00"), Decimal("6427.00")],
            "denominator": [Decimal("4800.00"), Decimal("62090.00"), Decimal("7278.00")],
            "explanation_key": ["dso_countback", "days_to_pay", "days_to_pay_with_open"],
        }
    )
    lines = dso_text.method_lines(dso_text.method_rows(methods), "EUR")
    assert [line[0] for line in lines] == [
        "DSO, countback: 26.3",
        "Days to pay: 42.0",
        "To pay, with open: 29.0",
    ]
    assert lines[0][1].startswith("€5,120 ÷ €4,800. Follows the real billings")
    assert lines[1][1].startswith("€2.6m × days ÷ €62,090. ")
    assert lines[2][1].startswith("6,427 invoices ÷ 7,278 invoices. ")


def test_the_segment_that_moved_most_comes_first() -> None:
    zero = [0.0, 0.0]
    names = (
        "not_due_from",
        "not_due_to",
        "overdue_from",
        "overdue_to",
        "credit_notes_from",
        "credit_notes_to",
    )
    segments = pl.DataFrame(
        {
            "segment": ["small", "large"],
            "weight_from": [0.4, 0.6],
            "weight_to": [0.5, 0.5],
            "terms": [1.0, -2.0],
            "delinquency": [0.5, -1.0],
            "credit_notes": zero,
            "mix": zero,
            **dict.fromkeys(names, zero),
        }
    )
    rows = dso_text.segment_rows(segments)
    assert rows.select("segment", "added_days").rows() == [("large", -3.0), ("small", 1.5)]
    assert rows["share_billed_from"].to_list() == [0.6, 0.4]
    assert dso_text.segments(rows).title == "large moved it most: -3.0 days"


def test_a_year_before_a_leap_day_is_the_28th() -> None:
    assert dso_text.year_before(date(2028, 2, 29)) == date(2027, 2, 28)
    assert dso_text.year_before(date(2026, 11, 22)) == date(2025, 11, 22)
