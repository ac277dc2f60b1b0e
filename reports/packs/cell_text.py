"""What every table file shares: headings and codes in words, formulas made harmless, file names."""

import re
from collections.abc import Sequence

import polars as pl

from reports.formats import LIMITS, bucket_label
from reports.labels import KPIS, Table, header, label
from reports.sentences import reasons_in_words

# A spreadsheet runs a text that starts with one of these, or does once it has dropped the spaces and marks
# nobody sees before it. The last four signs are the full-width forms.
_LIVE = re.compile("[\t\r\n]|[\\s\ufeff\u200b-\u200f\u202a-\u202e\u2060-\u2069]*[-=+@＝＋－＠]")
_BUCKETS = ("bucket", "from_bucket", "to_bucket")
_REJECTED = frozenset({"line", "column", "reason"})
# Beside a `currency` these are in it; other amounts of such a row are in the currency the screen shows.
_OF_ROW = frozenset(
    {
        "balance",
        "bucket_total",
        "credited",
        "difference",
        "invoiced",
        "ledger_balance",
        "ledger_difference",
        "opening",
        "receivables",
        "received",
        "unapplied",
        "unconverted_amount",
        "written_off",
    }
)
_CODES: dict[str, Table] = {
    "state": "state",
    "event": "event",
    "step": "step",
    "kind": "kind",
    "invoice_type": "kind",
    "customer_type": "kind",
    "category": "category",
    "source": "source",
    "why": "why",
    "rate_kind": "rate_kind",
    "status": "status",
    "legal_basis": "legal_basis",
    "outside": "outside",
    "vat_state": "vat_state",
}


def harmless(text: str) -> str:
    """Return the text with a leading `'` where a spreadsheet would run it as a formula."""
    return f"'{text}" if is_live(text) else text


def is_live(text: str) -> bool:
    """Tell whether a spreadsheet would run the text as a formula."""
    return _LIVE.match(text) is not None


def headings(columns: Sequence[str], limits: Sequence[int] = LIMITS) -> list[str]:
    """Return the headings in the language spoken; where two read the same, with the column names beside."""
    words = [_heading(column, limits) for column in columns]
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


def in_row_currency(columns: Sequence[str], column: str) -> bool:
    """Tell whether an amount is in its row's own `currency`, among these columns.

    Balances of a ledger or an account are, and so is every amount of a row as its file gave it, which has a
    `line`, or of a finding; the amounts of a document are in the currency that was asked for.
    """
    if "currency" not in columns:
        return False
    return column in _OF_ROW or "finding" in columns or "line" in columns


def is_control_total(column: str) -> bool:
    """Tell whether a column adds up whatever a file holds, in any currency: a number without a unit."""
    return column in {"sum_read", "sum_accepted"}


def is_share(column: str) -> bool:
    """Tell whether a column holds shares (0-1), which a spreadsheet shows as percentages."""
    if column in KPIS:
        return KPIS[column].kind == "share"
    starts = ("share_", "probability_", "wape_", "coverage_")
    named = {"share", "loss_rate", "bias", "cumulative_13", "hit_rate", "false_alarm_rate", "came_true"}
    return column in named or column.startswith(starts) or column.endswith("_share")


def file_name(*parts: str, ending: str) -> str:
    """Return a file name such as `kasstroom-ageing-2026-11-22.xlsx` from any parts."""
    words = [word for part in ("kasstroom", *parts) if (word := re.sub(r"[^\w.-]+", "-", part).strip("-."))]
    return f"{'-'.join(words)}.{ending}"


def _heading(column: str, limits: Sequence[int]) -> str:
    found = _bucket(column, limits) if column not in {"unapplied", "paid", "written_off"} else column
    return header(column) if found == column else found


def _bucket(code: str, limits: Sequence[int]) -> str:
    try:
        return bucket_label(code, limits)
    except ValueError:
        return code
