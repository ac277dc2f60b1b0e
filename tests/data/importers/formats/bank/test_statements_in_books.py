"""MT940 and CODA in a store: statements as they are asked for, and every entry once."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from data.store.load import load
from tests.books import Desk
from tests.data.importers.formats.bank import coda_texts
from tests.data.importers.formats.bank.statement_files import message

pytestmark = pytest.mark.slow
D = Decimal
ACCOUNT = coda_texts.ACCOUNT
LINES = (
    ":61:2601050105C60,00NTRFNONREF//B1", ":86:factuur 1", ":61:2601050105D5,00NTRFNONREF//B2", ":86:kosten",
    ":61:2601050105C60,00NTRFNONREF//B3", ":86:factuur 2",
)  # fmt: skip
SWIFT = message(
    *LINES, account=ACCOUNT, number="7/1", opening="C260104EUR100,00", closing="C260105EUR215,00"
).encode()
BELGIAN = coda_texts.coda(
    coda_texts.header(), coda_texts.old_balance("100.00"),
    coda_texts.movement(1, "60.00", "FACTUUR 1", code="20150000"),
    coda_texts.movement(1, "40.00", "FACTUUR 1", detail=1, code="60150000"),
    coda_texts.movement(1, "20.00", "FACTUUR 1", detail=2, code="60150000"),
    coda_texts.movement(2, "-5.00", "KOSTEN", code="03537000"), coda_texts.movement(3, "60.00", "FACTUUR 2"),
    coda_texts.new_balance("215.00"), coda_texts.trailer(7, debits="5", received="120"),
).encode()  # fmt: skip


def loaded(desk: Desk, name: str, content: bytes):
    file = desk.home / name
    file.write_bytes(content)
    return load(desk.store, [file])


def entries(desk: Desk) -> list[tuple]:
    return desk.rows("select form, amount, batch_amount from booked_entry_at(null) order by entry_id")


@pytest.mark.parametrize(("name", "content", "number"), [("a.sta", SWIFT, "7"), ("a.cod", BELGIAN, "007")])
def test_the_statements_of_a_file_are_answered_and_load_once(
    loading_desk: Desk, name: str, content: bytes, number: str
) -> None:
    loaded(loading_desk, name, content)
    expected = {
        "account": ACCOUNT, "currency": "EUR", "number": number, "from_date": date(2026, 1, 4),
        "to_date": date(2026, 1, 5), "opening": D(100), "closing": D(215), "entries": 3, "credits": D(120),
        "debits": D(5), "follows": True, "difference": D(0),
    }  # fmt: skip
    assert loading_desk.ask("bank_statements") == [expected]
    before = entries(loading_desk)
    loaded(loading_desk, "again-" + name, content + b"\r\n")
    assert loading_desk.ask("bank_statements") == [expected]
    assert entries(loading_desk) == before
    [(day, balance)] = loading_desk.rows("select balance_date, balance from bank_balance_at(null)")
    assert (day, balance) == (date(2026, 1, 5), D(215))


def test_the_same_days_in_two_forms_count_once_and_are_one_statement(loading_desk: Desk) -> None:
    loaded(loading_desk, "a.sta", SWIFT)
    loaded(loading_desk, "a.cod", BELGIAN)
    assert sorted(entries(loading_desk), key=str) == [
        ("coda", D("-5.00"), None), ("coda", D("20.00"), D("60.00")), ("coda", D("40.00"), D("60.00")),
        ("coda", D("60.00"), None),
    ]  # fmt: skip
    assert [row["entries"] for row in loading_desk.ask("bank_statements")] == [3]


def test_days_that_overlap_count_once(loading_desk: Desk, tmp_path: Path) -> None:
    loaded(loading_desk, "a.sta", SWIFT)
    longer = message(
        *LINES, ":61:2601060106C1,00NTRFNONREF//B4", account=ACCOUNT, number="8/1",
        opening="C260104EUR100,00", closing="C260106EUR216,00",
    )  # fmt: skip
    loaded(loading_desk, "b.sta", longer.encode())
    assert sum(amount for _form, amount, _batch in entries(loading_desk)) == D(116)
    closings = loading_desk.rows("select balance_date, balance from bank_closing_at(null) order by all")
    assert (date(2026, 1, 6), D("216.00")) in closings


def test_a_file_with_an_entry_that_is_refused_takes_in_the_others(loading_desk: Desk) -> None:
    loaded(loading_desk, "a.sta", SWIFT.replace(b"D5,00NTRF", b"D5.000NTRF"))
    assert loading_desk.ask("bank_statements")[0]["difference"] == D("-5.00")
    assert len(entries(loading_desk)) == 2
