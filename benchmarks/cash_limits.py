"""A plain check of applied cash: nothing over an invoice, over an entry, or cancelled."""

from collections import defaultdict
from typing import TYPE_CHECKING

import polars as pl

from benchmarks.cash_scores import cents

if TYPE_CHECKING:
    from datetime import date


def breaches(  # noqa: C901 - one rule after the other
    answer: pl.DataFrame, documents: pl.DataFrame, settled: pl.DataFrame, entries: pl.DataFrame
) -> list[str]:
    """Return a sentence per rule that an answer breaks, entry by entry in order of the day."""
    amount = {row["document_id"]: cents(row["amount"]) for row in documents.iter_rows(named=True)}
    issued = {row["document_id"]: row["invoice_date"] for row in documents.iter_rows(named=True)}
    cancelled = {row["document_id"]: row["cancelled_date"] for row in documents.iter_rows(named=True)}
    others: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for row in settled.iter_rows(named=True):
        others[row["document_id"]].append((row["day"], cents(row["amount"])))
    money = {
        (row["account"], row["entry_id"]): (cents(row["amount"]), row["entry_date"])
        for row in entries.iter_rows(named=True)
    }
    taken: dict[str, int] = defaultdict(int)
    of_entry: dict[tuple[str, str], int] = defaultdict(int)
    found = []
    rows = answer.sort("entry_date", "account", "entry_id", maintain_order=True).rows(named=True)
    # Money left on account pays an invoice of a later day no earlier than that day.
    for row in sorted(
        rows, key=lambda row: max(row["entry_date"], issued.get(row["invoice_id"], row["entry_date"]))
    ):
        key, own = (row["account"], row["entry_id"]), cents(row["applied_amount"])
        if key not in money:
            found.append(f"{key} is no entry.")
            continue
        of_entry[key] += own
        invoice = row["invoice_id"]
        if invoice is None or row["status"] not in ("applied", "confirmed"):
            continue
        if invoice not in amount:
            found.append(f"{key}: {invoice} is no document.")
            continue
        day = max(row["entry_date"], issued[invoice])
        left = amount[invoice] - sum(part for on, part in others[invoice] if on <= day) - taken[invoice]
        if own > 0 and own > left:
            found.append(f"{key}: {own} cents on {invoice}, of which {left} are open on {day}.")
        if own > 0 and cancelled[invoice] is not None and cancelled[invoice] <= day:
            found.append(f"{key}: {invoice} was cancelled on {cancelled[invoice]}.")
        taken[invoice] += own
    for key, total in of_entry.items():
        whole = money[key][0]
        if abs(total) > abs(whole) or total * whole < 0:
            found.append(f"{key}: {total} cents are applied of {whole}.")
    for key, (whole, _) in money.items():
        if whole > 0 and key not in of_entry:
            found.append(f"{key}: a receipt of {whole} cents without a row.")
    return found
