"""How wide the columns of a table are and what they are headed: on a desk by meaning, on a phone by need."""

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
from streamlit import column_config

from reports import language
from reports.language import _p

# Pixels by meaning; what is not named gets the width of its kind.
_WIDTHS = {
    "customer_name": 172,
    "invoice_id": 86,
    "document_id": 96,
    "invoice_date": 104,
    "due_date": 104,
    "days_overdue": 96,
    "oldest_days_overdue": 136,
    "open_invoices": 108,
    "amount": 112,
    "open_amount": 112,
    "state": 124,
    "week": 72,
    "probability_in_week": 108,
    "probability_below_minimum": 136,
    "expected_amount": 124,
    "label": 200,
    "detail": 320,
    "reason": 520,
    "raw": 420,
    "column": 130,
    "line": 64,
    "batch_id": 76,
    "loaded_at": 140,
    "recorded_at": 170,
    "kind": 124,
    "preset": 92,
    "rows_read": 112,
    "accepted": 112,
    "rejected": 96,
    "duplicate": 84,
    "sum_read": 180,
    "sum_accepted": 210,
    "ledger_difference": 136,
    "ledger_date": 116,
    "bucket_total": 120,
    "expected": 104,
    "received": 104,
    "timing": 108,
    "permanent": 104,
    "why": 160,
    "closing_change": 136,
    "receipts_change": 156,
    "payments_change": 156,
    "most_change": 136,
    "probability_paid_by": 128,
    "lowest_week": 72,
    "scenario": 164,
    "segment": 84,
    "brief": 220,
    "last_contact_date": 124,
    "step_name": 150,
    "contact_said": 260,
    "reason_said": 150,
    "blocked_amount": 100,
    "still_open": 64,
    "longest_open_days": 96,
    "disputes": 72,
    "median_days": 104,
    "range_days": 76,
    "agency": 146,
    "case_count": 68,
    "cost": 128,
    "running": 72,
    "claimed": 100,
    "recovered": 100,
    "recovered_share": 112,
    "cost_share": 104,
    "agreed_days": 84,
    "applied_days": 80,
    "applied_spread": 76,
    "taken_days": 72,
    "legal_days": 72,
    "legal_said": 72,
    "outside": 92,
    "days_beyond_agreed": 82,
    "days_beyond_legal": 82,
    "interest_beyond_agreed": 84,
    "paid_date": 96,
}
_MONEY, _DATE = 112, 104
_SHORT = {pl.Decimal: 108, pl.Int64: 60, pl.Float64: 64, pl.String: 168}  # under a heading of one word
_SHORT_DATE = 118
_ON_PHONE = {
    "days_overdue": 62,
    "days_open": 62,
    "days_late": 62,
    "agreed_days": 84,
    "taken_days": 72,
    "blocked_amount": 100,
}
# What a phone of 390 pixels leaves inside a frame, what picking a row takes of it, and the least words get.
_ROOM, _PICK, _LEAST = 296, 34, 56


def on_desk(
    kinds: Mapping[str, pl.DataType], shown: Sequence[str], headings: Mapping[str, str]
) -> dict[str, Any]:
    """Return the columns of a wide table.

    Args:
        kinds: of the columns, by name.
        shown: which are shown.
        headings: shorter ones than the usual.
    """
    return {name: _desk(name, kinds[name], headings.get(name)) for name in shown}


def on_phone(
    frame: pl.DataFrame, shown: Sequence[str], headings: Mapping[str, str], *, select: bool
) -> dict[str, Any]:
    """Return the columns of a table on a phone: what numbers and days need, and the rest for words.

    Words are cut off where there is no room; numbers never.

    Args:
        frame: whose amounts tell how wide theirs are.
        shown: which are shown.
        headings: shorter ones than the usual.
        select: rows can be picked.
    """
    of_words = [name for name in shown if frame.schema[name] == pl.String]
    pixels = {name: _ON_PHONE.get(name) or _needed(frame[name]) for name in shown if name not in of_words}
    room = _ROOM - (_PICK if select else 0) - sum(pixels.values())
    pixels |= {name: max(room // len(of_words), _LEAST) for name in of_words}
    said = {**headings, **_one_word()}
    return {
        name: column_config.Column(said.get(name) or language.header(name), width=pixels[name])
        for name in shown
    }


def _desk(name: str, kind: pl.DataType, heading: str | None) -> Any:
    if heading is not None:
        return column_config.Column(heading, width=_SHORT.get(kind.base_type(), _SHORT_DATE))
    usual = _MONEY if isinstance(kind, pl.Decimal) else _DATE if kind == pl.Date else None
    width = _WIDTHS.get(name) or usual
    return column_config.Column(
        language.header(name), width=width or ("small" if kind.is_numeric() else None)
    )


def _one_word() -> dict[str, str]:
    """Return headings for which a phone has room for one word."""
    days = dict.fromkeys(("days_overdue", "days_open", "days_late", "median_days"), _p("column", "Days"))
    return {
        **days,
        "probability_in_week": _p("column", "Chance"),
        "expected_amount": _p("column", "Expected"),
    }


def _needed(values: pl.Series) -> int:
    if isinstance(values.dtype, pl.Decimal):
        digits = values.abs().cast(pl.Int64).cast(pl.String).str.len_chars().max()
        return 76 + 7 * max(int(str(digits or 0)) - 4, 0)
    return 88 if values.dtype == pl.Date else 66
