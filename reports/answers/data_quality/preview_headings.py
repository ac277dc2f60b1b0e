"""Headings of the columns of files as they are read: many of them no other screen shows."""

from collections.abc import Iterable

from reports.answers.data_quality.list_fields import field_name
from reports.columns import COLUMNS
from reports.translation import _p


def preview_headings(columns: Iterable[str]) -> dict[str, str]:
    """Return the headings of those columns that no query returns, by name."""
    words = _words()
    return {name: words.get(name) or field_name(name) for name in columns if name not in COLUMNS}


def _words() -> dict[str, str]:
    return {
        "agreed_date": _p("column of a file", "Agreed on"),
        "bill_date": _p("column of a file", "Bill date"),
        "bill_id": _p("column of a file", "Bill number"),
        "counterparty": _p("column of a file", "Counterparty"),
        "description": _p("column of a file", "Description"),
        "entry_date": _p("column of a file", "Booking date"),
        "entry_id": _p("column of a file", "Bank reference"),
        "field": _p("column of a file", "Detail"),
        "key": _p("column of a file", "Setting"),
        "list": _p("column of a file", "List"),
        "name": _p("column of a file", "Name"),
        "part": _p("column of a file", "Part"),
        "place": _p("column of a file", "Place"),
        "rate": _p("column of a file", "Rate"),
        "rate_date": _p("column of a file", "Day of the rate"),
        "settled_amount": _p("column of a file", "Amount settled"),
        "text": _p("column of a file", "Text"),
        "waived": _p("column of a file", "Waived"),
    }
