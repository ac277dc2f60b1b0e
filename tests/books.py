"""What tests share: a desk that writes native files, loads them and asks; ledgers to ask of."""

import csv
import random
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from data.grains import GRAINS
from data.store.load import load
from data.store.load_report import LoadReport
from data.store.snapshot import current_snapshot
from queries import Books
from tests.stores import load_once

AS_OF = date(2026, 6, 28)
START = date(2025, 3, 3)

BOOKS = {
    "customers": [
        ("C1", "Halsema Techniek", "Groot", "NL", 30, "1000.00"),
        ("C2", "De Linde", "Klein", "NL", 14, None),
    ],
    "invoices": [
        ("F1", "C1", "invoice", "2026-09-01", "2026-10-01", "EUR", "1210.00"),
        ("F2", "C1", "invoice", "2026-11-10", "2026-12-10", "EUR", "605.00"),
        ("F3", "C2", "invoice", "2026-10-20", "2026-11-03", "EUR", "100.00"),
    ],
    "payments": [("P1", "C2", "F3", "2026-11-20", "EUR", "40.00")],
}

NEEDED = {grain.name: tuple(column.name for column in grain.columns if column.needed) for grain in GRAINS}
BUCKETS = ("not_due", "d1_30", "d31_60", "d61_90", "d90_plus", "unapplied", "total")


class Desk:
    """A store in a temporary folder, and the means to fill and question it.

    Rows are tuples in the order of the needed columns, or mappings by name (which may add optional ones).

    Attributes:
        home: the temporary folder.
        store: the folder of the store in it.
        shares_loads: whether rows that this process has loaded before, on the same books, come from a copy of
            the store they made; `recorded_at` is then the instant of that load.
    """

    def __init__(self, home: Path, *, shares_loads: bool = True) -> None:
        self.home = home
        self.shares_loads = shares_loads
        self.store = home / "store"
        self._loads = 0
        self._books: Books | None = None

    def file(self, grain: str, rows: Sequence[tuple | Mapping], *, folder: Path | None = None) -> Path:
        """Write one native file and return its path."""
        target = (folder or self.home) / f"{grain}.csv"
        target.parent.mkdir(parents=True, exist_ok=True)
        full = [
            row if isinstance(row, Mapping) else dict(zip(NEEDED[grain], row, strict=True)) for row in rows
        ]
        extra = sorted({name for row in full for name in row} - set(NEEDED[grain]))
        with target.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, [*NEEDED[grain], *extra], lineterminator="\n")
            writer.writeheader()
            writer.writerows(full)
        return target

    def folder(self, **grains: Sequence[tuple | Mapping]) -> Path:
        """Write one folder of native files and return it."""
        self._loads += 1
        folder = self.home / f"in-{self._loads:03d}"
        for grain, rows in grains.items():
            self.file(grain, rows, folder=folder)
        return folder

    def load(self, *, source_date: date | None = None, **grains: Sequence[tuple | Mapping]) -> LoadReport:
        """Load rows as one publication."""
        folder = self.folder(**grains)
        if not self.shares_loads:
            return load(self.store, [folder], source_date=source_date)
        content = f"{source_date} {grains!r}"
        return load_once(self.store, content, lambda: load(self.store, [folder], source_date=source_date))

    def books(self) -> Books:
        """Return the store as it is published now, opened once per publication."""
        snapshot = current_snapshot(self.store)
        if self._books is None or self._books.snapshot != snapshot:
            self.close()
            self._books = Books(snapshot)
        return self._books

    def close(self) -> None:
        if self._books is not None:
            self._books.close()
            self._books = None

    def ask(self, name: str, **values: object) -> list[dict]:
        """Ask the store as it is published now."""
        return self.books().ask(name, **values).to_dicts()

    def rows(self, sql: str) -> list[tuple]:
        """Read what no named query shows."""
        cursor = self.books().cursor()
        try:
            return cursor.execute(sql).fetchall()
        finally:
            cursor.close()

    def ageing(
        self, as_of: str | date, known_on: datetime | None = None, **values: object
    ) -> dict[str, dict[str, Decimal]]:
        """Return the amounts other than zero by customer and column, without the total."""
        rows = self.ask("ageing", as_of=as_of, known_on=known_on, **values)
        return {
            row["customer_id"]: {name: row[name] for name in BUCKETS[:-1] if row[name] != 0} for row in rows
        }

    def moment(self) -> datetime:
        """Return the instant of the last batch: what is known now."""
        return self.rows("select max(recorded_at) from batch_at(null)")[0][0]


def weekly_book(
    *, until: date, seed: int = 1, start: date = START, customers: int = 8, late: int = 3
) -> dict[str, list[tuple]]:
    """A ledger of customers who pay on Thursdays, on the first one `late` days after the due date."""
    draw = random.Random(seed)
    invoices, payments = [], []
    day = start
    while day <= until:
        if day.weekday() < 5:
            for customer in range(customers):
                number = f"F{day:%y%m%d}{customer}"
                amount = Decimal(draw.randint(50_000, 150_000)) / 100
                due = day + timedelta(days=30)
                paid = due + timedelta(days=late)
                paid += timedelta(days=(3 - paid.weekday()) % 7)
                if draw.random() < 0.2:
                    paid += timedelta(days=7)
                invoices.append((number, f"C{customer}", "invoice", day, due, "EUR", amount))
                if paid <= until:
                    payments.append((f"P{number}", f"C{customer}", number, paid, "EUR", amount))
        day += timedelta(days=1)
    return {
        "customers": [
            (f"C{n}", f"Klant {n}", "Groot" if n < 3 else "Klein", "NL", 30, "") for n in range(customers)
        ],
        "invoices": invoices,
        "payments": payments,
    }  # fmt: skip
