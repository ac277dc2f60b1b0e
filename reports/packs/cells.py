"""What every table file shares: headings and codes in words, formulas made harmless, file names."""

import re
from collections.abc import Sequence

import polars as pl

from reports.formats import LIMITS, bucket_label
from reports.labels import KPIS, Table, header, label
from reports.sentences import reasons_in_words

# A spreadsheet runs a text that starts with one of these. The last four are the full-width forms.
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_BUCKETS = ("bucket", "from_bucket", "to_bucket")
_REJECTED = frozenset({"line", "column", "reason"})
_CODES: dict[str, Table] = {
    "state": "state",
    "event": "event",
    "step": "step",
    "invoice_type": "kind",
    "customer_type": "kind",
    "category": "category",
    "source": "source",
}


def harmless(text: str) -> str:
    """Return the text with a leading `'` where a spreadsheet would run it as a formula."""
    return f"'{text}" if text.startswith(_LIVE) else text


def is_live(text: str) -> bool:
    """Tell whether a spreadsheet would run the text as a formula."""
    return text.startswith(_LIVE)


def headings(columns: Sequence[str]) -> list[str]:
    """Return the headings in the language spoken; where two read the same, with the column names beside."""
    words = [header(column) for column in columns]
    return [
        word if words.count(word) == 1 else f"{word} ({column})"
        for word, column in zip(words, columns, strict=True)
    ]


def in_words(frame: pl.DataFrame, limits: Sequence[int] = LIMITS) -> pl.DataFrame:
    """Return the frame with buckets, states, kinds and reasons of rejected rows as people read them.

    Other columns stay as they are; so does a `reason` that somebody wrote, of a dispute for example.
    """
    if _REJECTED.issubset(frame.columns):
        frame = reasons_in_words(frame)
    for column in frame.columns:
        if frame.schema[column] != pl.String or (column not in _BUCKETS and column not in _CODES):
            continue
        codes = frame[column].drop_nulls().unique().to_list()
        if column in _BUCKETS:
            known = {code: _bucket(code, limits) for code in codes}
        else:
            known = {code: label(_CODES[column], code) for code in codes}
        frame = frame.with_columns(pl.col(column).replace(known))
    return frame


def is_share(column: str) -> bool:
    """Tell whether a column holds shares (0-1), which a spreadsheet shows as percentages."""
    if column in KPIS:
        return KPIS[column].kind == "share"
    starts = ("share_", "probability_", "wape_", "coverage_")
    named = {"share", "loss_rate", "bias", "cumulative_13"}
    return column in named or column.startswith(starts) or column.endswith("_share")


def file_name(*parts: str, ending: str) -> str:
    """Return a file name such as `kasstroom-ageing-2026-11-22.xlsx` from any parts."""
    words = [word for part in ("kasstroom", *parts) if (word := re.sub(r"[^\w.-]+", "-", part).strip("-."))]
    return f"{'-'.join(words)}.{ending}"


def _bucket(code: str, limits: Sequence[int]) -> str:
    try:
        return bucket_label(code, limits)
    except ValueError:
        return code
