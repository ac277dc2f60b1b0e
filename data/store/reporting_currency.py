"""The currency that a store reports in, for those who need no more of it."""

from pathlib import Path

from data.store import reader
from data.store.snapshot import current_snapshot, store_exists

USUAL = "EUR"


def reporting_currency(folder: Path) -> str:
    """Return the reporting currency of a store; the euro where there is none yet."""
    if not store_exists(folder):
        return USUAL
    with reader.session(current_snapshot(folder)) as connection:
        row = connection.execute("select reporting_currency_at(null)").fetchone()
    return str(row[0]) if row and row[0] else USUAL
