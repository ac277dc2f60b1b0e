"""Amounts, control totals and rates in the cells of a table."""

from decimal import Decimal

import polars as pl
import pytest

from pages.parts.widgets import cell_format

pytestmark = pytest.mark.usefixtures("english")

MONEY = pl.Decimal(38, 2)


def test_a_control_total_has_no_unit_and_a_rate_keeps_its_digits() -> None:
    total, rate = (
        cell_format.writer("sum_read", MONEY, "EUR"),
        cell_format.writer("rate", pl.Decimal(18, 10), "EUR"),
    )
    assert total is not None
    assert rate is not None
    assert total(Decimal("1234.50")) == "1,234.50"
    assert rate(Decimal("0.9123000000")) == "0.9123"
    assert rate(Decimal("1.0000000000")) == "1"
