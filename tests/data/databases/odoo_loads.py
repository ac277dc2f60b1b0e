"""Loading an Odoo into a store, and what the store then has open."""

import tempfile
from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

from data.databases.source import SourceReading, read_source
from data.store import reader
from data.store.load import load
from data.store.load_report import LoadReport
from data.store.snapshot import current_snapshot

_CHANGES = """
    select item.entity, item.customer_id, item.post_date, sum(item.document_amount)
    from item_at($known_on, null, null, null) as item
    group by all
    """
OpenItems = dict[tuple[str, str], Decimal]


def load_source(address: str, store: Path) -> tuple[SourceReading, LoadReport | None]:
    """Read a database and load what is new; no report where nothing is."""
    reading = read_source(address, store)
    if not reading.files:
        return reading, None
    with tempfile.TemporaryDirectory() as folder:
        files = reading.write(Path(folder))
        report = load(store, files, again=files)
    for file in report.files:
        assert file.rows_read == file.accepted + file.rejected + file.duplicate
    return reading, report


def open_items(store: Path, days: Sequence[date], known_on: datetime | None = None) -> dict[date, OpenItems]:
    """Return, at the end of each day, what is open and on account per administration and customer."""
    with reader.session(current_snapshot(store)) as connection:
        changes = connection.execute(_CHANGES, {"known_on": known_on}).fetchall()
    per_day: dict[date, OpenItems] = {}
    for day in days:
        sums: OpenItems = defaultdict(Decimal)
        for entity, customer, post_date, amount in changes:
            if post_date <= day:
                sums[entity, customer] += amount
        per_day[day] = {account: amount for account, amount in sums.items() if amount}
    return per_day


def moment(store: Path) -> datetime:
    """Return the instant of the last batch."""
    with reader.session(current_snapshot(store)) as connection:
        row = connection.execute("select max(recorded_at) from batch_at(null)").fetchone()
    assert row
    return row[0]


def rows(store: Path, sql: str) -> list[tuple]:
    with reader.session(current_snapshot(store)) as connection:
        return connection.execute(sql).fetchall()
