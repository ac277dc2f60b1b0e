"""Exports of banks in a store: loaded twice or over overlapping months, each entry is there once."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from data.store.load import load
from queries import open_books

# Stores of their own.
pytestmark = pytest.mark.slow

D = Decimal
IBAN = "NL13TEST0123456789"
HEAD = (
    '"Datum";"Naam / Omschrijving";"Rekening";"Tegenrekening";"Code";"Af Bij";"Bedrag (EUR)";"Mutatiesoort";'
    '"Mededelingen";"Saldo na mutatie"\n'
)


def row(day, name, amount, balance):
    side = "Af" if amount < 0 else "Bij"
    cells = (day, name, IBAN, "", "OV", side, f"{abs(amount)},00", "Overschrijving", "x", f"{balance},00")
    return ";".join(f'"{cell}"' for cell in cells) + "\n"


# Two coffees of one day, alike but for the balance; newest first as the bank writes them.
DAYS = [
    ("20260901", "Jansen", 100, 200), ("20260915", "Cafe", -4, 196), ("20260915", "Cafe", -4, 192),
    ("20260930", "KPN", -50, 142), ("20261003", "Bos", 20, 162), ("20261010", "KPN", -50, 112),
]  # fmt: skip


def export(tmp_path: Path, name: str, rows) -> Path:
    path = tmp_path / name
    path.write_text(HEAD + "".join(row(*each) for each in reversed(rows)), encoding="utf-8")
    return path


def entries_in(store: Path) -> list[tuple]:
    with open_books(store) as books, books.session() as session:
        return session.execute(
            "select entry_id, entry_date, amount from booked_entry_at(null) order by all"
        ).fetchall()


def ask(store: Path, name: str, **parameters) -> pl.DataFrame:
    with open_books(store) as books:
        return books.ask(name, **parameters)


def test_an_export_that_is_loaded_again_changes_nothing(tmp_path):
    store, file = tmp_path / "store", export(tmp_path, "september.csv", DAYS[:4])
    [first] = load(store, [file]).files
    assert (first.kind, first.accepted, first.rejected, first.sum_accepted) == (
        "bank_entries",
        4,
        0,
        D("42.00"),
    )
    before = entries_in(store)
    [again] = load(store, [file]).files
    assert (again.accepted, again.duplicate) == (0, 4)
    assert entries_in(store) == before
    assert len(before) == 4
    [statement] = ask(store, "bank_statements").to_dicts()
    assert (statement["opening"], statement["closing"], statement["follows"]) == (
        D("100.00"),
        D("142.00"),
        True,
    )


def test_overlapping_exports_in_any_order_have_each_entry_once(tmp_path):
    september = export(tmp_path, "september.csv", DAYS[:4])
    autumn = export(tmp_path, "autumn.csv", DAYS[1:])
    whole = export(tmp_path, "whole.csv", DAYS)
    stores = [tmp_path / name for name in ("a", "b", "c")]
    for store, files in zip(stores, ([september, autumn], [autumn, september], [whole]), strict=True):
        for file in files:
            load(store, [file])
    assert entries_in(stores[0]) == entries_in(stores[1]) == entries_in(stores[2])
    assert len(entries_in(stores[0])) == 6
    for store in stores:
        findings = ask(store, "findings", as_of=date(2026, 10, 31))["finding"]
        assert not {"statements_apart", "statement_not_following"} & set(findings)
        latest = ask(store, "bank_statements")[-1]
        assert (latest["to_date"][0], latest["closing"][0]) == (date(2026, 10, 10), D("112.00"))


def test_a_month_that_is_missing_between_two_exports_is_named(tmp_path):
    store = tmp_path / "store"
    load(store, [export(tmp_path, "september.csv", DAYS[:3])])
    load(store, [export(tmp_path, "october.csv", DAYS[4:])])
    findings = ask(store, "findings", as_of=date(2026, 10, 31)).filter(finding="statements_apart")
    # 142.00 where the export before it ended with 192.00.
    assert findings["amount"].to_list() == [D("50.00")]
