"""The open invoices of a forecast: what is owed on each, and the receipts expected of it per week."""

from decimal import Decimal

import polars as pl

from forecasting.arrays import Floats
from forecasting.receipts.fallback import SimpleReceipts
from forecasting.receipts.forecast import Receipts
from reports.answers.shared.money import cents, round_to_sum


def with_weeks(expected: Receipts | SimpleReceipts, owed_amounts: Floats) -> pl.DataFrame:
    """Return the invoices with the receipts expected in each week, which add up to the week's to the cent.

    Args:
        expected: of the payment model, or of a simpler method.
        owed_amounts: of each invoice, shape (n,).
    """
    amounts = owed_amounts[:, None] * expected.by_week
    return expected.invoices.with_columns(
        round_to_sum(amounts[:, week], cents(whole)).alias(f"week_{week + 1}")
        for week, whole in enumerate(expected.from_open)
    )


def with_set_off(invoices: pl.DataFrame, set_off: pl.DataFrame) -> pl.DataFrame:
    """Return the invoices with `expected_amount`, then those that are wholly set off, of which it is 0.00.

    Args:
        invoices: of `with_weeks`.
        set_off: rows of `set_off_documents`.
    """
    rest = (
        set_off.filter(pl.col("owed_amount") == 0)
        .rename({"invoice_id": "document_id"})
        .with_columns(expected_amount=pl.lit(Decimal("0.00"), dtype=pl.Decimal(38, 2)))
    )
    weeks = [name for name in invoices.columns if name.startswith("week_")]
    expected = invoices.rename({"owed_amount": "expected_amount"})
    return pl.concat(
        [expected, rest.select(name for name in rest.columns if name in expected.columns)],
        how="diagonal_relaxed",
    ).with_columns(pl.col(weeks).fill_null(Decimal("0.00")))
