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


def beside(
    entries: list[Row], decisions: list[Row], documents: list[Row]
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    answer = apply_cash(books(entries, documents, decisions=decisions))
    settled = answer.settlements.select("document_id", "kind", "amount", "status").rows()
    rows = answer.rows.select("invoice_id", "applied_amount", "status").rows()
    return [(one, str(amount), status) for one, amount, status in rows], [
        (one, kind, str(amount), status) for one, kind, amount, status in settled
    ]


def test_a_confirmed_discount_settles_the_invoice_with_the_money() -> None:
    """118.58 of 121.00: the 2.42 that is short was a discount of 2%."""
    taken = decision("1", "2026-101", "118.58", settles="discount", settled_amount="2.42")
    later = receipt("2", "2.42", "2026-101", entry_date=date(2026, 3, 9))
    money, settled = beside([receipt("1", "118.58", ""), later], [taken], [A, B])
    assert money[0] == ("2026-101", "118.58", "confirmed")
    assert settled == [("2026-101", "discount", "2.42", "confirmed")]
    # Nothing is open of it any more, so that what comes later is on none.
    assert money[1][0] is None


def test_what_is_short_stays_open_where_nobody_says_what_becomes_of_it() -> None:
    later = receipt("2", "2.42", "2026-101", entry_date=date(2026, 3, 9), counterparty="Bakker Techniek B.V.")
    money, settled = beside(
        [receipt("1", "118.58", ""), later], [decision("1", "2026-101", "118.58")], [A, B]
    )
    assert settled == []
    assert money[1] == ("2026-101", "2.42", "applied")


def test_a_confirmed_charge_never_settles_more_than_is_open() -> None:
    kept = decision("1", "2026-101", "115.00", settles="write_off", settled_amount="7.50")
    _money, settled = beside([receipt("1", "115.00", "")], [kept], [A, B])
    assert settled == [("2026-101", "write_off", "6.00", "confirmed")]


def test_a_confirmed_credit_note_is_set_off_as_far_as_it_goes() -> None:
    """A person set 30.00 off; of the note 20.00 is left by then, and no more is taken off the invoice."""
    note = invoice("C-7", "C1", "-30.00")
    decisions = [
        decision("1", "2026-101", "91.00", settles="credit", settled_amount="30.00"),
        decision("1", "C-7", "0.00", settles="credit", settled_amount="-30.00"),
    ]
    entries = [receipt("1", "91.00", "")]
    _money, settled = beside(entries, decisions, [A, B, note])
    assert settled == [
        ("2026-101", "credit", "30.00", "confirmed"),
        ("C-7", "credit", "-30.00", "confirmed"),
    ]
    spent = [{"document_id": "C-7", "day": date(2026, 2, 1), "amount": "-10.00"}]
    answer = apply_cash(books(entries, [A, B, note], decisions=decisions, settled=spent))
    assert [str(amount) for amount in answer.settlements["amount"]] == ["20.00", "-20.00"]


def test_what_a_person_set_aside_with_its_discount_is_not_taken_by_another_receipt() -> None:
    """Nothing of the invoice is left for the part that an earlier receipt names."""
    taken = decision("2", "2026-101", "118.58", settles="discount", settled_amount="2.42")
    entries = [
        receipt("1", "2.42", "2026-101", counterparty="Bakker Techniek B.V."),
        receipt("2", "118.58", "", entry_date=date(2026, 3, 9)),
    ]
    money, settled = beside(entries, [taken], [A, B])
    assert money[0][0] is None
    assert settled == [("2026-101", "discount", "2.42", "confirmed")]
