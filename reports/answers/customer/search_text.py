"""Words of the search: which titles match, and what is said of a customer or document."""

import unicodedata
from collections.abc import Mapping
from typing import Any

from reports import language


def holds(title: str, text: str) -> bool:
    """Return whether a title holds every word of a text; case and accents do not count."""
    return all(word in _plain(title) for word in _plain(text).split())


def facts(row: Mapping[str, Any]) -> str:
    """Return what tells a row of `search` from others like it, in one line."""
    if row["kind"] == "customer":
        return str(row["customer_id"])
    parts = (
        language.label("event", "invoice")
        if row["kind"] == "invoice"
        else language.label("state", "credit_note"),
        row["customer_name"],
        language.day(row["invoice_date"]),
        language.money(row["amount"], row["currency"]),
        row["po_number"],
    )
    return " · ".join(str(part) for part in parts if part)


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
