"""Statements in a store: each line and each statement once, whatever is loaded how often in which order."""

import itertools
from decimal import Decimal
from pathlib import Path

import pytest

from data.store.load import load
from queries import open_books
from tests.data.importers.formats.bank.camt_texts import (
    OWN,
    balance,
    camt_053,
    entry,
    party,
    statement,
    transaction,
)

pytestmark = pytest.mark.slow
D = Decimal


def day(number: int) -> str:
    return f"<Dt>2026-03-0{number}</Dt>"


def line(number: int, text: str, *, side: str = "CRDT") -> str:
    detail = transaction(parties=party("Dbtr", f"Klant {number}"), text=f"Factuur F{number}")
    return entry(text, detail, side=side, day=day(number), reference=f"R{number}")


# 100.00 + 10.00 + 20.00 = 130.00; - 5.00 = 125.00; + 7.00 + 7.00 = 139.00
MONDAY = [line(2, "10.00"), line(2, "20.00")]
TUESDAY = [line(3, "5.00", side="DBIT")]
WEDNESDAY = [entry("7.00", day=day(4)), entry("7.00", day=day(4))]


def stated(number: str, first: tuple[str, int], last: tuple[str, int], *lines: str) -> str:
    opening = balance("OPBD", first[0], f"2026-03-0{first[1]}")
    closing = balance("CLBD", last[0], f"2026-03-0{last[1]}")
    return statement(opening, closing, *lines, number=number, name=f"S{number}")


FILES = {
    "days.xml": camt_053(
        stated("1", ("100.00", 2), ("130.00", 2), *MONDAY),
        stated("2", ("130.00", 3), ("125.00", 3), *TUESDAY),
    ),
    "later.xml": camt_053(stated("3", ("130.00", 3), ("139.00", 4), *TUESDAY, *WEDNESDAY)),
    "again.xml": camt_053(stated("1", ("100.00", 2), ("130.00", 2), *MONDAY), version="02").replace(
        b"<Cd>BOOK</Cd>", b"BOOK"
    ),
}


def loaded(home: Path, *names: str) -> Path:
    for name in names:
        (home / name).write_bytes(FILES[name])
        load(home / "store", [home / name])
    return home / "store"


def answers(store: Path):
    """Return what the books say of the bank."""
    with open_books(store) as books:
        statements = books.ask("bank_statements").to_dicts()
        cursor = books.cursor()
        entries = cursor.sql(
            "select entry_id, entry_date, amount, counterparty, description from booked_entry_at(null) "
            "order by 1"
        ).fetchall()
        cursor.close()
    return statements, entries


def test_the_statements_are_as_the_file_has_them(tmp_path: Path) -> None:
    statements, entries = answers(loaded(tmp_path, "days.xml"))
    assert [
        (
            row["account"], row["currency"], row["number"], str(row["from_date"]), str(row["to_date"]),
            row["opening"], row["closing"], row["entries"], row["credits"], row["debits"], row["follows"],
            row["difference"],
        )
        for row in statements
    ] == [
        (
            OWN, "EUR", "1", "2026-03-02", "2026-03-02", D("100.00"), D("130.00"), 2, D("30.00"), D("0.00"),
            True, D("0.00"),
        ),
        (
            OWN, "EUR", "2", "2026-03-03", "2026-03-03", D("130.00"), D("125.00"), 1, D("0.00"), D("5.00"),
            True, D("0.00"),
        ),
    ]  # fmt: skip
    assert sum(amount for _name, _day, amount, *_texts in entries) == D("25.00")


@pytest.mark.parametrize("names", list(itertools.permutations(FILES)))
def test_overlaps_count_once_in_any_order(tmp_path: Path, names: tuple[str, ...]) -> None:
    store = loaded(tmp_path, *names)
    statements, entries = answers(store)
    assert [row["number"] for row in statements] == ["1", "2", "3"]
    # 10.00, 20.00, -5.00 once though two files have it, and 7.00 twice
    assert sorted(entry[2] for entry in entries) == [D("-5.00"), D("7.00"), D("7.00"), D("10.00"), D("20.00")]
    loaded(tmp_path, *names)
    assert answers(store) == (statements, entries)


def test_the_store_is_made_anew_from_its_raw_files(tmp_path: Path) -> None:
    store = loaded(tmp_path, *FILES)
    load(tmp_path / "new", [store / "raw"])
    assert answers(tmp_path / "new") == answers(store)
