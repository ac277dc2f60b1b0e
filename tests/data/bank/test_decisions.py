"""What people decided stands above all."""

from datetime import date, datetime
from typing import Any

from data.bank.application import apply_cash
from tests.data.bank.small_books import OURS, Row, books, invoice, receipt

A, B = invoice("2026-101", "C1", "121.00"), invoice("2026-110", "C2", "121.00")
IBAN = "NL91ABNA0417164300"


def decision(entry: str, number: str | None, amount: str, status: str = "confirmed", **more: Any) -> Row:
    return {
        "account": OURS, "entry_id": entry, "invoice_id": number, "kind": "invoice", "amount": amount,
        "status": status, "decided_by": "Anouk",
        "decided_at": datetime.fromisoformat("2026-03-05T09:00"), **more,
    }  # fmt: skip


def rows(
    entries: list[Row], decisions: list[Row], documents: list[Row] | None = None
) -> list[tuple[Any, ...]]:
    answer = apply_cash(books(entries, documents or [A, B], decisions=decisions)).rows
    return [
        (row["entry_id"], row["invoice_id"], row["kind"], str(row["applied_amount"]), row["status"])
        for row in answer.iter_rows(named=True)
    ]


def test_a_confirmed_invoice_stands_whatever_the_text_says() -> None:
    made = rows([receipt("1", "121.00", "2026-101")], [decision("1", "2026-110", "121.00")])
    assert made == [("1", "2026-110", "invoice", "121.00", "confirmed")]


def test_an_earlier_receipt_does_not_take_what_a_person_set_aside() -> None:
    entries = [
        receipt("1", "121.00", "2026-101"),
        receipt("2", "121.00", "iets", entry_date=date(2026, 3, 2)),
    ]
    made = rows(entries, [decision("2", "2026-101", "121.00")])
    assert made[1] == ("2", "2026-101", "invoice", "121.00", "confirmed")
    assert made[0][1] is None


def test_never_more_than_the_entry_or_than_is_open() -> None:
    made = rows([receipt("1", "150.00", "")], [decision("1", "2026-101", "500.00")])
    assert made == [
        ("1", "2026-101", "invoice", "121.00", "confirmed"),
        ("1", None, "on_account", "29.00", "confirmed"),
    ]


def test_a_split_leaves_the_rest_to_a_person() -> None:
    made = rows([receipt("1", "121.00", "2026-101")], [decision("1", "2026-110", "100.00")])
    assert made == [
        ("1", "2026-110", "invoice", "100.00", "confirmed"),
        ("1", None, "other", "21.00", "unmatched"),
    ]


def test_what_was_turned_down_is_not_applied_again() -> None:
    made = rows([receipt("1", "121.00", "2026-101")], [decision("1", "2026-101", "121.00", "rejected")])
    assert made[0] == ("1", "2026-101", "invoice", "0.00", "rejected")
    assert all(row[1] != "2026-101" and row[4] != "applied" for row in made[1:])


def test_what_is_none_of_ours_is_left_alone() -> None:
    made = rows(
        [receipt("1", "121.00", "2026-101")], [decision("1", None, "121.00", "rejected", kind="other")]
    )
    assert made == [("1", None, "other", "121.00", "rejected")]


def test_an_account_is_learned_from_what_was_confirmed_and_not_from_what_was_applied() -> None:
    entries = [
        receipt("1", "121.00", "2026-110", counterparty="P. Puk", counterparty_account=IBAN),
        receipt(
            "2", "75.00", "", counterparty="P. Puk", counterparty_account=IBAN, entry_date=date(2026, 3, 9)
        ),
    ]
    documents = [A, B, invoice("2026-111", "C2", "75.00")]
    assert rows(entries, [], documents)[-1][4] != "applied"
    learned = rows(entries, [decision("1", "2026-110", "121.00")], documents)
    assert learned[-1] == ("2", "2026-111", "invoice", "75.00", "applied")


def test_the_later_decision_on_one_invoice_counts() -> None:
    first = decision("1", "2026-101", "121.00")
    later = decision(
        "1", "2026-101", "0.00", "rejected", decided_at=datetime.fromisoformat("2026-03-06T09:00")
    )
    made = rows([receipt("1", "121.00", "")], [later, first])
    assert made[0][4] == "rejected"
