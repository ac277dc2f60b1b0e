"""The reasons of refused rows as templates and values, for a screen in another language."""

from collections.abc import Sequence
from typing import cast

import polars as pl

from queries.books import Books


def reject_messages(books: Books, batches: Sequence[int]) -> pl.DataFrame:
    """Return one row per refused row of some batches: batch_id, line, and message as JSON."""
    with books.session() as cursor:
        rows = cursor.execute(
            "select batch_id, line, message from reject_at(null) where list_contains($batches, batch_id)",
            {"batches": list(batches)},
        )
        return cast("pl.DataFrame", pl.from_arrow(rows.to_arrow_table()))
