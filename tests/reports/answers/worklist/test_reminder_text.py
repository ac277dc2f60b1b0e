"""Amounts in the text of a reminder."""

from decimal import Decimal

import pytest

from reports.answers.worklist import reminder_text


@pytest.mark.parametrize(
    ("principal", "costs"),
    [("300", "45.00"), ("100", "40.00"), ("1000", "150.00"), ("5000", "625.00"), ("10000", "875.00"),
     ("200000", "2775.00"), ("3000000", "6775.00")],
)  # fmt: skip
def test_collection_costs_are_those_of_the_decree(principal, costs):
    assert reminder_text.notice_costs(Decimal(principal)) == Decimal(costs)
