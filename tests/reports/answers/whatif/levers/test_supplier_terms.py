"""Lever `supplier_terms`: bills move with their terms."""

from decimal import Decimal

import pytest

from tests.reports.answers.whatif.scenarios import column, evaluate_toml

pytestmark = pytest.mark.usefixtures("english")


def test_terms_of_suppliers_are_compared_with_the_median_of_the_bills(ground):
    # Bills of 30 to 51 days: median 40.5, in whole days 40.
    found = evaluate_toml(ground, 'kind = "supplier_terms"\ndays = 47')
    rent, bill = Decimal("1500.00"), Decimal("700.00")
    assert found.base.weeks["payments"].to_list()[:6] == [rent, bill, bill, bill, bill + rent, 0]
    moved = column(found, "payments")
    assert moved[:6] == [Decimal(0), *[Decimal("-700.00"), *[Decimal(0)] * 3], Decimal("700.00")]
