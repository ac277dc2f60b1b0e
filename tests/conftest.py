"""What the tests of the books share: a desk that writes native files, loads them and asks."""

import csv
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

# The tests run side by side already: more threads of linear algebra only wait for one another.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from data.store.load import LoadReport, load
from data.store.snapshot import current_snapshot
from queries import Books
from reports import language

NEEDED = {
    "customers": ("customer_id", "customer_name", "segment", "country", "payment_terms_days", "credit_limit"),
    "invoices": (
        "invoice_id", "customer_id", "invoice_type", "invoice_date", "due_date", "currency", "amount",
    ),
    "payments": ("payment_id", "customer_id", "invoice_id", "payment_date", "currency", "amount"),
    "instalments": ("invoice_id", "due_date", "amount"),
    "fx_rates": ("rate_date", "currency", "rate"),
    "bills": ("bill_id", "supplier", "bill_date", "due_date", "currency", "amount", "paid_date"),
    "bank_balances": ("account", "currency", "balance_date", "balance"),
    "disputes": ("invoice_id", "opened_date", "closed_date", "reason", "amount"),
    "scenarios": ("name", "toml"),
    "settings": ("key", "value"),
    "bank_entries": ("entry_id", "account", "currency", "entry_date", "amount"),
    "planned_cash": ("line_id", "label", "category", "amount", "first_date", "repeat", "until"),
    "billing_plan": ("week_start", "segment", "amount"),
    "promises": ("invoice_id", "made_date", "promised_date", "amount"),
    "contacts": ("customer_id", "invoice_id", "contact_date", "channel", "direction", "kind"),
    "payment_plans": ("invoice_id", "agreed_date", "due_date", "amount"),
    "collection_cases": ("case_id", "customer_id", "agency", "opened_date", "status", "closed_date"),
    "expected_dates": ("invoice_id", "noted_date", "expected_date"),
}  # fmt: skip
BUCKETS = ("not_due", "d1_30", "d31_60", "d61_90", "d90_plus", "unapplied", "total")


class Desk:
    """A store in a temporary folder, and the means to fill and question it.

    Rows are tuples in the order of the needed columns, or mappings by name (which may add optional ones).
    """

    def __init__(self, home: Path) -> None:
        self.home = home
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
        return load(self.store, [self.folder(**grains)], source_date=source_date)

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


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """Keep the program that runs: a page under test puts its script in its place, which new processes run."""
    program = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = program


@pytest.fixture
def english() -> Iterator[None]:
    """Speak English during a test; a file asks for it with `pytestmark`."""
    language.use("en")
    yield
    language.use("nl")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.close()
