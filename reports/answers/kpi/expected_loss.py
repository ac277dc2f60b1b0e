"""Expected loss on open amounts: roll rates as the steps of an absorbing Markov chain."""

from datetime import date, datetime

import numpy as np
import polars as pl

from data.errors import NotEnoughHistoryError
from forecasting import sentences
from forecasting.statistics.absorption import absorption_shares
from queries import Books

ENDS = ("paid", "written_off")
_TOLERANCE = 1e-9


def expected_loss(
    books: Books,
    *,
    as_of: date,
    known_on: datetime | None = None,
    currency: str | None = None,
    entity: str | None = None,
    segment: str | None = None,
) -> pl.DataFrame:
    """Return per ageing bucket the share of the open amount that will be paid and written off, excl. VAT.

    The states of the chain are the buckets, its ends `paid` and `written_off`, its steps the months of
    `roll_rate_average`. If no money left a bucket in those months, the end of its money is unknown: that
    bucket, and the buckets that feed it, have no shares.

    Args:
        books: the store.
        as_of: day the balance is taken.
        known_on: only what was recorded by then (UTC).
        currency: only documents in it; None: all, in the reporting currency.
        entity: only this administration.
        segment: only this segment.

    Returns:
        One row per bucket, youngest first: `bucket`, `open_amount_excl_vat` Decimal(38,2), `share_paid` and
        `share_lost` Float64 0-1 (null without history), `expected_loss` Float64 (in the currency shown).

    Raises:
        NotEnoughHistoryError: no month before the day has open amounts.
    """
    view = {"known_on": known_on, "currency": currency, "entity": entity, "segment": segment}
    rates = books.ask("roll_rate_average", as_of=as_of, **view)
    if rates.is_empty():
        raise NotEnoughHistoryError(sentences.NO_WHOLE_MONTH())
    matrix = books.ask("provision_matrix", as_of=as_of, **view).select("bucket", "open_amount_excl_vat")
    shares = absorption(rates.select("from_bucket", "to_bucket", "share"), matrix["bucket"].to_list())
    return matrix.join(shares, on="bucket", how="left", maintain_order="left").with_columns(
        expected_loss=pl.col("open_amount_excl_vat").cast(pl.Float64) * pl.col("share_lost")
    )


def absorption(rates: pl.DataFrame, buckets: list[str]) -> pl.DataFrame:
    """Return the shares of each bucket that end as paid and as written off.

    Args:
        rates: `roll_rate_average`: from_bucket, to_bucket, share.
        buckets: all buckets, youngest first.

    Returns:
        One row per bucket whose end is known: `bucket`, `share_paid`, `share_lost`, Float64 0-1,
        summing to 1.
    """
    steps = {(start, target): share for start, target, share in rates.iter_rows()}
    states = [
        bucket
        for bucket in buckets
        if any(steps.get((bucket, to), 0) for to in (*buckets, *ENDS) if to != bucket)
    ]
    moves = np.array([[steps.get((start, target), 0.0) for target in states] for start in states])
    ends = np.array([[steps.get((start, end), 0.0) for end in ENDS] for start in states])
    if not states:
        return pl.DataFrame(schema={"bucket": pl.String, "share_paid": pl.Float64, "share_lost": pl.Float64})
    shares = absorption_shares(moves, ends)
    frame = pl.DataFrame({"bucket": states, "share_paid": shares[:, 0], "share_lost": shares[:, 1]})
    return frame.filter(pl.col("share_paid") + pl.col("share_lost") > 1 - _TOLERANCE)
