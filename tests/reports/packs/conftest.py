"""The rows that the tests of the packs export."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest


@pytest.fixture
def rows() -> pl.DataFrame:
    return pl.DataFrame(
        {
            "invoice_id": ["007", "F;2"],
            "customer_name": ['Brouwer "& Zonen"', None],
            "due_date": [date(2026, 12, 31), None],
            "days_overdue": [-3, 39],
            "open_amount": [Decimal("-1234.50"), Decimal("0.10")],
            "share": [0.24, float("nan")],
            "state": ["promise_broken", ""],
            "is_open": [True, False],
        },
        schema_overrides={"open_amount": pl.Decimal(38, 2)},
    )
