"""Words of the tie-out."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from reports.answers.data_quality import tie_out_text

pytestmark = pytest.mark.usefixtures("english")
MONEY = pl.Decimal(38, 2)


def _tied(*rows: tuple[str, str, date | None]) -> pl.DataFrame:
    zero = [Decimal("0.00")] * len(rows)
    return pl.DataFrame(
        {
            "entity": [row[0] for row in rows],
            "currency": [row[1] for row in rows],
            "ledger_date": pl.Series([row[2] for row in rows], dtype=pl.Date),
            "ledger_balance": pl.Series([Decimal(1) if row[2] else None for row in rows], dtype=MONEY),
            "unconverted_amount": zero,
        }
    )


def test_the_general_ledger_is_named_with_the_day_it_was_compared_on() -> None:
    def match(*rows: tuple[str, str, date | None]) -> str | None:
        words = tie_out_text.ledger_match(_tied(*rows))
        return words and words.replace("\u00a0", " ")  # no line breaks inside a day

    october, september = date(2026, 10, 31), date(2026, 9, 30)
    assert match(("A", "EUR", october)) == "general ledger of 31 Oct 2026 equal"
    assert match(("A", "EUR", october), ("B", "EUR", september)) == "general ledger of 30 Sep 2026 equal"
    half = match(("A", "EUR", october), ("B", "EUR", None))
    assert half == "general ledger of 31 Oct 2026 equal, for 1 of 2 entities"
    assert match(("A", "EUR", None)) is None


def test_what_has_no_rate_is_one_sentence_with_the_sum_per_currency() -> None:
    rows = _tied(("A", "GBP", None), ("B", "GBP", None), ("A", "USD", None)).with_columns(
        unconverted_amount=pl.Series([Decimal("1.50"), Decimal("2.00"), Decimal("4.00")], dtype=MONEY)
    )
    sentence = tie_out_text.missing_rates(rows)
    assert sentence is not None
    assert sentence.endswith("document date: £3.50, $4.00. Load fx_rates.csv.")
    assert tie_out_text.missing_rates(rows.with_columns(unconverted_amount=pl.lit(Decimal(0)))) is None
