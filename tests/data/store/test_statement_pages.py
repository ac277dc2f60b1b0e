"""Pages of one statement that come in files of their own: one statement, whatever is loaded first."""

import itertools
import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data.store.load import load
from tests.books import Desk
from tests.data.importers.formats.bank.camt_texts import OWN, balance, camt_053, entry, statement

pytestmark = pytest.mark.slow
D = Decimal


def swift(page: int, opening: str, closing: str, *lines: str, number: str = "7") -> bytes:
    """Return a message of MT940; the balances are written with their tags."""
    head = (":20:X", f":25:{OWN}", f":28C:{number}/{page}", opening)
    return "\n".join((*head, *lines, closing, "-", "")).encode()


# 100.00 + 60.00 = 160.00; - 5.00 + 5.00 = 160.00; + 40.00 = 200.00
SWIFT = [
    swift(1, ":60F:C260104EUR100,00", ":62M:C260105EUR160,00", ":61:2601050105C60,00NTRFNONREF//B1"),
    swift(
        2, ":60M:C260105EUR160,00", ":62M:C260105EUR160,00", ":61:2601050105D5,00NTRFNONREF//B2",
        ":61:2601050105C5,00NTRFNONREF//B3",
    ),
    swift(3, ":60M:C260105EUR160,00", ":62F:C260105EUR200,00", ":61:2601050105C40,00NTRFNONREF//B4"),
]  # fmt: skip
NEXT = swift(1, ":60F:C260105EUR200,00", ":62F:C260106EUR200,00", number="8")


def camt_page(number: int, *inside: str, last: bool, name: str = "S7") -> bytes:
    pages = f"<StmtPgntn><PgNb>{number}</PgNb><LastPgInd>{str(last).lower()}</LastPgInd></StmtPgntn>"
    return camt_053(statement(*inside, head=pages, name=name))


def booked(number: int, text: str, side: str = "CRDT") -> str:
    return entry(text, reference=f"B{number}", side=side, day="<Dt>2026-01-05</Dt>")


def between(first: str, last: str, *, is_first: bool = False, is_last: bool = False) -> str:
    opened = balance(
        "OPBD", first, "2026-01-04" if is_first else "2026-01-05", sub="" if is_first else "INTM"
    )
    return opened + balance("CLBD", last, "2026-01-05", sub="" if is_last else "INTM")


CAMT = [
    camt_page(1, between("100.00", "160.00", is_first=True), booked(1, "60.00"), last=False),
    camt_page(2, between("160.00", "160.00"), booked(2, "5.00", "DBIT"), booked(3, "5.00"), last=False),
    camt_page(3, between("160.00", "200.00", is_last=True), booked(4, "40.00"), last=True),
]
# Another bank: no balance but that of the first and the last page, and another name for each page.
BARE = [
    camt_page(1, balance("OPBD", "100.00", "2026-01-04"), booked(1, "60.00"), last=False, name="S7-1"),
    camt_page(2, booked(2, "5.00", "DBIT"), booked(3, "5.00"), last=False, name="S7-2"),
    camt_page(3, balance("CLBD", "200.00", "2026-01-05"), booked(4, "40.00"), last=True, name="S7-3"),
]
WHOLE = {
    "account": OWN, "currency": "EUR", "number": "7", "from_date": date(2026, 1, 4),
    "to_date": date(2026, 1, 5), "opening": D("100.00"), "closing": D("200.00"), "entries": 4,
    "credits": D("105.00"), "debits": D("5.00"), "follows": True, "difference": D("0.00"),
}  # fmt: skip


def asked(home: Path, loads: list[list[bytes]]) -> tuple[list[dict], list[tuple], list[tuple]]:
    """Return statements, entries and balances after loads of files, one after the other."""
    home.mkdir()
    for place, contents in enumerate(loads):
        files = [home / f"{place}-{nth}.sta" for nth in range(len(contents))]
        for file, content in zip(files, contents, strict=True):
            file.write_bytes(content)
        load(home / "store", files)
    desk = Desk(home)
    rows = desk.ask("bank_statements")
    entries = desk.rows("select entry_id, amount from booked_entry_at(null) order by all")
    balances = desk.rows("select balance_date, balance from bank_closing_at(null) order by all")
    desk.close()
    return rows, entries, balances


@pytest.mark.parametrize("pages", [SWIFT, CAMT, BARE], ids=["mt940", "camt", "camt with few balances"])
def test_pages_in_files_of_their_own_are_one_statement_in_any_order(
    pages: list[bytes], tmp_path: Path
) -> None:
    orders = random.Random(4).sample(list(itertools.permutations(pages)), 3)
    loads = [[list(pages)], *([[page] for page in order] for order in orders)]
    loads.append([*loads[1], *loads[2]])
    answers = [asked(tmp_path / str(place), each) for place, each in enumerate(loads)]
    for rows, entries, balances in answers:
        assert rows == [WHOLE]
        assert [amount for _name, amount in entries].count(D("5.00")) == 1
        assert sum(amount for _name, amount in entries) == D("100.00")
        assert balances == [(date(2026, 1, 5), D("200.00"))]
        assert entries == answers[0][1]


def test_pages_of_one_file_and_of_several_are_the_same_statement(tmp_path: Path) -> None:
    together = b"".join(SWIFT)
    rows, entries, _balances = asked(tmp_path / "a", [[SWIFT[1]], [together], [SWIFT[0]], [NEXT]])
    assert rows[0] == WHOLE
    assert [row["number"] for row in rows] == ["7", "8"]
    assert len(entries) == 4


def test_two_pages_in_one_file_and_the_last_in_another_are_one(tmp_path: Path) -> None:
    rows, _entries, _balances = asked(tmp_path / "a", [[SWIFT[2]], [SWIFT[0] + SWIFT[1]], [SWIFT[1]]])
    assert rows == [WHOLE]


def test_a_missing_page_leaves_two_statements_with_the_gap_named(tmp_path: Path) -> None:
    later = swift(3, ":60M:C260105EUR170,00", ":62F:C260105EUR210,00", ":61:2601050105C40,00NTRFNONREF//B4")
    rows, _entries, _balances = asked(tmp_path / "a", [[later], [SWIFT[0]]])
    assert [(row["opening"], row["closing"], row["follows"]) for row in rows] == [
        (D("100.00"), D("160.00"), True), (D("170.00"), D("210.00"), True),
    ]  # fmt: skip


def test_the_same_number_of_another_year_is_another_statement(tmp_path: Path) -> None:
    earlier = [page.replace(b"2601", b"2501").replace(b"//B", b"//A") for page in SWIFT]
    rows, _entries, _balances = asked(tmp_path / "a", [[SWIFT[0], earlier[1]], [*SWIFT[1:], *earlier[::2]]])
    assert [(row["from_date"].year, row["entries"], row["follows"]) for row in rows] == [
        (2025, 4, True), (2026, 4, True),
    ]  # fmt: skip
