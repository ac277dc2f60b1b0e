"""What SQL cannot say: columns named after the question, claims that run through the years, interest."""

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from data.errors import QueryError
from queries import sentences
from queries.claims import claim_rows, late_payment_rows
from queries.terms import beyond_terms

STANDARD_LIMITS = (30, 60, 90)
_MOST_LIMITS = 9


def bucket_names(limits: Sequence[int]) -> list[str]:
    """Return the bucket columns for these limits: the standard names for 30, 60, 90, else b1 to bn.

    >>> bucket_names([30, 60, 90])
    ['not_due', 'd1_30', 'd31_60', 'd61_90', 'd90_plus']
    >>> bucket_names([14, 45])
    ['not_due', 'b1', 'b2', 'b3']
    """
    if tuple(limits) == STANDARD_LIMITS:
        return ["not_due", "d1_30", "d31_60", "d61_90", "d90_plus"]
    return ["not_due", *(f"b{number}" for number in range(1, len(limits) + 2))]


def limits(bound: Mapping[str, object]) -> list[int]:
    """Return the limits among a query's values; QueryError unless they are one to eight, rising."""
    given = bound.get("limits")
    if (
        not isinstance(given, list)
        or not 1 <= len(given) <= _MOST_LIMITS - 1
        or given != sorted(set(given))
        or given[0] < 1
    ):
        raise QueryError(sentences.WRONG_LIMITS())
    return given


def _bucket_columns(frame: pl.DataFrame, bound: Mapping[str, object]) -> pl.DataFrame:
    """Name the columns bucket_0 to bucket_9 after the limits asked for and drop the ones beyond.

    Credits have a column only where they are asked for apart.
    """
    names = bucket_names(limits(bound))
    names_by_column = {f"bucket_{number}": name for number, name in enumerate(names)}
    beyond = [f"bucket_{number}" for number in range(len(names), _MOST_LIMITS + 1)]
    if "credits" in frame.columns and bound["credits"] != "apart":
        beyond.append("credits")
    return frame.drop(beyond).rename(names_by_column)


def _bucket_rows(frame: pl.DataFrame, bound: Mapping[str, object]) -> pl.DataFrame:
    """Replace the number in column `bucket` by its name."""
    names = {str(number): name for number, name in enumerate(bucket_names(limits(bound)))}
    columns = [name for name in ("bucket", "from_bucket", "to_bucket") if name in frame.columns]
    return frame.with_columns(pl.col(columns).replace(names))


_SHAPES: dict[str, Callable[[pl.DataFrame, Mapping[str, object]], pl.DataFrame]] = {
    "bucket_columns": _bucket_columns,
    "bucket_rows": _bucket_rows,
    "claims": claim_rows.claims,
    "claim_periods": claim_rows.claim_periods,
    "claim_payments": claim_rows.claim_payments,
    "late_payment_claims": late_payment_rows.late_payment_claims,
    "beyond_terms": beyond_terms.beyond_terms,
}


def finish(shape: str | None, frame: pl.DataFrame, bound: Mapping[str, object]) -> pl.DataFrame:
    """Return the frame as its query's `shape` says."""
    return frame if shape is None else _SHAPES[shape](frame, bound)
