"""The finding of the exchange differences."""

from decimal import Decimal

import polars as pl
import pytest

from reports.answers.data_quality import exchange

pytestmark = pytest.mark.usefixtures("english")
MONEY = pl.Decimal(38, 2)


def _rows(*rows: tuple[str, str, str | None]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "currency": [currency for currency, _realised, _unrealised in rows],
            "realised_difference": pl.Series([Decimal(realised) for _c, realised, _u in rows], dtype=MONEY),
            "unrealised_difference": pl.Series(
                [None if unrealised is None else Decimal(unrealised) for _c, _r, unrealised in rows],
                dtype=MONEY,
            ),
        }
    )


def test_differences_of_all_currencies_are_added_up() -> None:
    rows = _rows(("USD", "12.50", "-3.00"), ("GBP", "-2.00", "8.25"))

    assert (
        exchange.differences(rows, "EUR").title == "Exchange differences: €10.50 realised, €5.25 not realised"
    )


def test_a_currency_without_a_rate_is_named_and_not_counted_as_nothing() -> None:
    rows = _rows(("USD", "12.50", None), ("GBP", "0.00", "8.25"))

    assert exchange.differences(rows, "EUR").title == (
        "Exchange differences: €12.50 realised, €8.25 not realised; no rate for USD"
    )
