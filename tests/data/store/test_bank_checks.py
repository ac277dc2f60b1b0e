"""What contradicts itself about the bank is named by `check`, each thing by itself."""

from datetime import date

import pytest

from cli.parser import main
from tests.books import Desk
from tests.data.store.small_store import edit, faults

pytestmark = pytest.mark.slow  # each loads stores

BOOKS = {
    "customers": [("C1", "Bakkerij Jansen", "retail", "NL", 30, "")],
    "invoices": [
        ("F2026-101", "C1", "invoice", "2026-01-05", "2026-02-04", "EUR", "121.00"),
        ("F2026-102", "C1", "invoice", "2026-01-09", "2026-02-08", "EUR", "60.50"),
    ],
}


def entry(name, day, amount, description):
    return {
        "entry_id": name, "account": "A", "currency": "EUR", "entry_date": date(2026, 2, day),
        "amount": amount, "counterparty": "BAKKERIJ JANSEN", "description": description,
    }  # fmt: skip


def statement(number, day, opening, closing, came_in):
    return {
        "statement_id": number, "account": "A", "currency": "EUR", "number": number,
        "from_date": date(2026, 2, day), "to_date": date(2026, 2, day), "opening": opening,
        "closing": closing, "entries": 1, "credits": came_in, "debits": "0.00",
    }  # fmt: skip


ENTRIES = [entry("E1", 2, "121.00", "Factuur F2026-101"), entry("E2", 3, "60.50", "F2026-102")]
STATEMENTS = [statement("1", 2, "0.00", "121.00", "121.00"), statement("2", 3, "121.00", "181.50", "60.50")]


def said(desk: Desk, capsys) -> tuple[int, str]:
    desk.close()
    capsys.readouterr()
    code = main(["--store", str(desk.store), "check"])
    printed = capsys.readouterr()
    return code, printed.out + printed.err


@pytest.fixture
def sound(loading_desk: Desk) -> Desk:
    loading_desk.load(**BOOKS, bank_entries=ENTRIES, bank_statements=STATEMENTS)
    return loading_desk


def test_sound_books_with_money_of_the_bank_have_no_faults_and_no_findings(sound, capsys):
    assert faults(sound) == []
    assert sound.ask("findings", as_of="2026-03-31") == []
    assert said(sound, capsys)[0] == 0


@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (
            "update settlement set amount = 121.01 where bank_entry = 'E1'",
            "Entry E1 of account A: 121.01 was applied from it, and it comes to 121.00.",
        ),
        (
            "update settlement set amount = -60.50 where bank_entry = 'E2'",
            "Entry E2 of account A: -60.50 was applied from it, and it comes to 60.50.",
        ),
        (
            "update settlement set bank_entry = 'E9' where bank_entry = 'E2'",
            "Entry E9 of account A: 60.50 was applied from it, and it is not in the books.",
        ),
        (
            "delete from bank_entry where entry_id = 'E2'",
            "Entry E2 of account A: 60.50 was applied from it, and it is not in the books.",
        ),
    ],
)
def test_more_applied_than_came_in_is_a_fault(sound, capsys, statement, sentence):
    edit(sound, statement)
    assert sentence in faults(sound)
    code, printed = said(sound, capsys)
    assert code == 1
    assert sentence.split(":")[0].removeprefix("Entry ") in " ".join(printed.split())


@pytest.mark.parametrize(
    ("changed", "finding"),
    [
        (statement("2", 3, "121.00", "181.49", "60.50"), ("statement_not_following", "0.01")),
        (statement("2", 3, "131.00", "191.50", "60.50"), ("statements_apart", "10.00")),
    ],
)
def test_statements_that_contradict_themselves_or_each_other_are_named(
    loading_desk, capsys, changed, finding
):
    loading_desk.load(**BOOKS, bank_entries=ENTRIES, bank_statements=[STATEMENTS[0], changed])
    named = {row["finding"]: str(row["amount"]) for row in loading_desk.ask("findings", as_of="2026-03-31")}
    assert [finding] == list(named.items())
    code, printed = said(loading_desk, capsys)
    assert code == 0
    assert finding[0] in printed


def test_payments_of_both_are_named(sound, capsys):
    sound.load(
        payments=[("P1", "C1", "F2026-101", "2026-02-03", "EUR", "121.00")],
        settings=[("cash_source", "bank")],
    )
    code, printed = said(sound, capsys)
    assert code == 0
    assert "payment_of_bank_too" in printed


def test_payments_that_somebody_writes_for_the_bank_are_taken_back_by_the_load(sound):
    forged = {
        "payment_id": "X1", "customer_id": "C1", "invoice_id": "F2026-102", "payment_date": "2026-02-04",
        "currency": "EUR", "amount": "60.50", "bank_account": "A", "bank_entry": "E2",
    }  # fmt: skip
    sound.load(payments=[forged])
    assert faults(sound) == []
    assert sound.rows("select payment_id from settlement_at(null) order by 1") == [
        ("bank A E1",), ("bank A E2",),
    ]  # fmt: skip
