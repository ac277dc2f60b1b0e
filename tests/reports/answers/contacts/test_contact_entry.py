"""The form for a contact: which rows the boxes become, or why none can be written."""

from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from reports.answers.contacts import contact_entry
from reports.answers.contacts.contact_entry import TypedContact, entry

DAY = date(2026, 11, 22)
LATER = DAY + timedelta(days=7)
D = Decimal
DOCUMENTS = pl.DataFrame(
    [
        ("F1", "EUR", DAY - timedelta(days=40), 40, D("100.00")),
        ("F2", "EUR", DAY - timedelta(days=20), 20, D("60.00")),
        ("F3", "EUR", DAY + timedelta(days=5), -5, D("30.00")),
    ],
    schema=contact_entry.DOCUMENTS,
    orient="row",
)
ABROAD = DOCUMENTS.with_columns(
    currency=pl.when(pl.col("invoice_id") == "F2").then(pl.lit("USD")).otherwise("currency")
)


def rows(kind: str, **boxes: object) -> dict[str, list[tuple]]:
    contact, problems = entry("K1", "C1", TypedContact(kind, DAY, **boxes), DOCUMENTS)
    assert problems == []
    assert contact is not None
    return {name: frame.rows() for name, frame in contact.rows.items()}


def refusals(**boxes: object) -> list[str]:
    documents = boxes.pop("documents", DOCUMENTS)
    contact, problems = entry("K1", "C1", TypedContact(kind="call", day=DAY, **boxes), documents)
    assert contact is None
    return [f"{problem.field}: {problem.sentence}" for problem in problems]


@pytest.mark.parametrize(
    ("typed", "amounts"),
    [
        ("", [("F1", "100.00"), ("F2", "60.00")]),
        ("160,00", [("F1", "100.00"), ("F2", "60.00")]),
        # Less fills the oldest first; nothing is promised of an invoice it does not reach.
        ("130", [("F1", "100.00"), ("F2", "30.00")]),
        ("99,99", [("F1", "99.99")]),
    ],
)
@pytest.mark.usefixtures("dutch")
def test_a_promise_over_two_invoices_is_a_contact_and_a_promise_per_invoice(typed, amounts):
    found = rows(
        "call", outcome="promised", invoices=("F1", "F2"), promised_date=LATER, amount=typed, person=" Bos ",
        note="a\nb",
    )  # fmt: skip
    assert found["promises"] == [(invoice, DAY, LATER, amount, "K1") for invoice, amount in amounts]
    total = str(sum(D(amount) for _invoice, amount in amounts))
    assert found["contacts"] == [
        ("C1", invoice, DAY, "phone", "out", "call", "K1", "Bos", "promised", "a b", None, total)
        for invoice in ("F1", "F2")
    ]
    assert set(found) == {"contacts", "promises"}


@pytest.mark.parametrize(
    ("outcome", "note", "reason"),
    [("dispute", "price", "price"), ("dispute", "", None), ("wrong_invoice", "", "wrong_invoice")],
)
def test_a_dispute_stops_the_amount_of_the_invoices_chosen(outcome, note, reason):
    found = rows("call", outcome=outcome, invoices=("F2",), note=note)
    assert found["disputes"] == [("F2", DAY, None, reason, "60.00", "K1")]
    assert "promises" not in found


def test_a_call_without_invoices_is_about_all_that_is_overdue_and_no_answer_promises_nothing():
    found = rows("call", outcome="no_answer", amount="5.00", promised_date=LATER, next_date=LATER)
    assert found == {
        "contacts": [
            ("C1", None, DAY, "phone", "out", "call", "K1", None, "no_answer", None, LATER, None),
        ]
    }  # fmt: skip


def test_a_letter_is_the_step_of_each_invoice_that_is_up_to_one_and_has_no_outcome():
    typed = TypedContact("sent", DAY, "letter", outcome="promised", invoices=("F1", "F2", "F3"))
    contact, _problems = entry("K1", "C1", typed, DOCUMENTS, steps={"F1": "formal_reminder"})
    sent = contact.rows["contacts"].select("invoice_id", "channel", "kind", "outcome").rows()
    assert sent == [("F1", "letter", "formal_reminder", None)]
    assert set(contact.rows) == {"contacts"}
    contact, _problems = entry("K1", "C1", typed, DOCUMENTS)
    assert contact.rows["contacts"]["kind"].to_list() == ["friendly_reminder"] * 3


def test_an_answer_comes_in_and_a_note_is_no_contact():
    assert rows("reply", channel="e-mail", invoices=("F1",))["contacts"][0][3:6] == ("e-mail", "in", "reply")
    assert rows("note", note=" calls  back ") == {"notes": [("C1", None, DAY, "calls back", "K1")]}
    contact, problems = entry("K1", "C1", TypedContact("note", DAY, note=" "), DOCUMENTS)
    assert contact is None
    assert len(problems) == 1


@pytest.mark.usefixtures("english")
def test_what_cannot_be_saved_is_said_by_its_box():
    both = ("F1", "F2")
    assert refusals(outcome="promised", invoices=both) == [
        "Promised for: choose a day on or after 22\u00a0Nov\u00a02026"
    ]
    assert refusals(outcome="promised", invoices=(), promised_date=LATER) == [
        "Invoices: choose at least one invoice"
    ]
    (more,) = refusals(outcome="promised", invoices=both, promised_date=LATER, amount="160.01")
    assert more.startswith("Amount: that is more than the")
    assert "160.00" in more
    assert refusals(outcome="dispute", invoices=both, amount="-1")[0] == "Amount: write an amount above 0"
    assert refusals(outcome="dispute", invoices=both, amount="10", documents=ABROAD) == [
        "Amount: leave it empty: the invoices are in several currencies"
    ]
    # Call back without a day says nothing of when.
    assert len(refusals(outcome="call_back", invoices=both)) == 1
    assert len(refusals(outcome="no_answer", next_date=DAY - timedelta(days=1))) == 1


def test_invoices_of_several_currencies_are_promised_each_in_its_own():
    typed = TypedContact("call", DAY, outcome="promised", invoices=("F1", "F2"), promised_date=LATER)
    contact, _problems = entry("K1", "C1", typed, ABROAD)
    assert contact.rows["promises"]["amount"].to_list() == ["100.00", "60.00"]
    assert contact.rows["contacts"]["amount"].to_list() == [None, None]


def test_open_invoices_are_one_row_each_without_credit():
    items = pl.DataFrame(
        [
            ("F1", "invoice", "EUR", DAY, 0, D("40.00")),
            ("F1", "invoice", "EUR", DAY - timedelta(days=9), 9, D("10.00")),
            ("F2", "invoice", "EUR", DAY, 0, D("0.00")),
            ("K1", "credit_note", "EUR", DAY, 0, D("-5.00")),
        ],
        schema=["invoice_id", "invoice_type", "currency", "due_date", "days_overdue", "owed_amount"],
        orient="row",
    )
    assert contact_entry.open_documents(items).rows() == [
        ("F1", "EUR", DAY - timedelta(days=9), 9, D("50.00"))
    ]
