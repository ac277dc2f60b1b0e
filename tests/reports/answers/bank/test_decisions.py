"""Decisions on entries of the bank as rows, and the rows that undo them."""

from datetime import date
from decimal import Decimal

import polars as pl
import pytest

from reports.answers.bank import decisions
from reports.answers.bank.decisions import DecidedPart, EntryDecision

pytestmark = pytest.mark.usefixtures("english")

DAY = date(2026, 3, 10)
_STANDING = {
    "account": pl.String, "entry_id": pl.String, "decision": pl.String, "customer_id": pl.String,
    "invoice_id": pl.String, "amount": pl.Decimal(18, 2), "decided_by": pl.String,
    "settles": pl.String, "settled_amount": pl.Decimal(18, 2), "drawn_on": pl.Date,
}  # fmt: skip


def line(status, amount, invoice=None, customer="C1"):
    return {
        "status": status, "customer_id": customer, "invoice_id": invoice, "applied_amount": Decimal(amount),
    }  # fmt: skip


def standing(*rows):
    return pl.DataFrame([(*row[:-1], None, None, row[-1]) for row in rows], schema=_STANDING, orient="row")


def decision(entry, *parts):
    return EntryDecision(("A", entry), "accept", parts, "X", Decimal(100), "EUR", None)


def said(rows):
    return {(row["entry_id"], row["invoice_id"]): (row["decision"], row["amount"]) for row in rows.to_dicts()}


def test_accepting_keeps_what_stands_and_leaves_what_nobody_knows():
    lines = [
        line("applied", 50, "F1"), line("proposed", 30, "F2"), line("unmatched", 20, None, None),
        line("rejected", 0, "F3"),
    ]  # fmt: skip
    assert decisions.accepted(lines) == (
        DecidedPart("confirmed", "C1", "F1", Decimal(50)), DecidedPart("confirmed", "C1", "F2", Decimal(30)),
    )  # fmt: skip
    assert decisions.accepted([line("applied", 50, "F1")]) == ()


def test_accepting_takes_what_settles_a_document_beside_the_money_and_each_credit_note():
    """500.00 - 130.50 credit = 369.50 on F1; 100.00 less 2.00 discount on F2."""
    beside = [
        {"invoice_id": "F1", "settles": "credit", "settled_amount": Decimal("130.50")},
        {"invoice_id": "F2", "settles": "discount", "settled_amount": Decimal("2.00")},
        {"invoice_id": "K9", "settles": "credit", "settled_amount": Decimal("-130.50")},
    ]
    parts = decisions.accepted([line("proposed", "369.50", "F1"), line("proposed", "98.00", "F2")], beside)
    assert [(part.invoice_id, part.amount, part.settles, part.settled_amount) for part in parts] == [
        ("F1", Decimal("369.50"), "credit", Decimal("130.50")),
        ("F2", Decimal("98.00"), "discount", Decimal("2.00")),
        ("K9", Decimal(0), "credit", Decimal("-130.50")),
    ]
    rows = decisions.published_rows([decision("E1", *parts)], standing(), "")
    assert dict(rows.select("invoice_id", "settled_amount").iter_rows()) == {
        "F1": Decimal("130.50"), "F2": Decimal("2.00"), "K9": Decimal("-130.50"),
    }  # fmt: skip


def test_an_objection_names_each_invoice_that_the_program_chose():
    lines = [line("applied", 50, "F1"), line("applied", 20), line("confirmed", 30, "F2")]
    assert decisions.not_right(lines) == (DecidedPart("rejected", "C1", "F1", Decimal(50)),)


@pytest.mark.parametrize(
    ("typed", "rest", "parts"),
    [
        ({"F1": "60.50"}, True, [("F1", "60.50"), (None, "39.50")]),
        ({"F1": "60.50", "F2": "39.50"}, True, [("F1", "60.50"), ("F2", "39.50")]),
        ({"F1": "60.50"}, False, [("F1", "60.50")]),
        ({}, True, [(None, "100")]),
    ],
)
def test_a_split_puts_the_rest_on_account_or_leaves_it(typed, rest, parts):
    got, problems = decisions.split(typed, "C1", Decimal(100), rest_on_account=rest)
    assert problems == []
    assert [(part.invoice_id, part.amount) for part in got] == [(name, Decimal(n)) for name, n in parts]


@pytest.mark.parametrize("typed", [{"F1": "60", "F2": "40.01"}, {"F1": "abc"}, {"F1": ""}, {"F1": "-5"}, {}])
def test_a_split_is_never_over_the_entry_and_every_amount_is_one(typed):
    got, problems = decisions.split(typed, "C1", Decimal(100), rest_on_account=False)
    assert got == ()
    assert len(problems) == 1


def test_what_was_decided_before_on_other_invoices_is_withdrawn_with_the_new_decision():
    before = standing(
        ("A", "E1", "confirmed", "C1", "F1", Decimal(60), "Bob", None),
        ("A", "E1", "confirmed", "C1", None, Decimal(40), "Bob", DAY),
        ("A", "E2", "confirmed", "C1", "F7", Decimal(9), "Bob", None),
    )
    new = decision(
        "E1",
        DecidedPart("confirmed", "C2", "F2", Decimal(55)),
        DecidedPart("confirmed", "C2", None, Decimal(45)),
    )
    rows = decisions.published_rows([new], before, " Ann ")
    assert said(rows) == {
        ("E1", "F1"): ("withdrawn", Decimal(60)),
        ("E1", "F2"): ("confirmed", Decimal(55)),
        ("E1", None): ("confirmed", Decimal(45)),
    }
    assert rows["decided_by"].unique().to_list() == ["Ann"]
    # Undone, the decision of Bob stands again, with his name.
    undone = decisions.undo_rows(rows, before)
    assert said(undone) == {
        ("E1", "F1"): ("confirmed", Decimal(60)),
        ("E1", "F2"): ("withdrawn", Decimal(55)),
        ("E1", None): ("confirmed", Decimal(40)),
    }
    assert undone.filter(decision="confirmed")["decided_by"].unique().to_list() == ["Bob"]


def test_a_decision_taken_back_withdraws_all_of_its_entry():
    before = standing(("A", "E1", "rejected", None, None, Decimal(100), None, None))
    rows = decisions.published_rows([decision("E1")], before, "")
    assert said(rows) == {("E1", None): ("withdrawn", Decimal(100))}
    assert rows["decided_by"].to_list() == [None]


def test_what_the_program_applied_is_said_to_be_right_without_changing_it():
    by_itself = {**line("applied", 50, "F1"), "decided_by": "Kasstroom"}
    lines = [by_itself, {**line("confirmed", 30, "F2"), "decided_by": "Ann"}]
    assert decisions.right(lines) == (DecidedPart("checked", "C1", "F1", Decimal(50)),)
    assert decisions.right([{**by_itself, "decided_by": "bookkeeping"}]) == ()


def test_an_entry_that_was_drawn_stays_of_the_sample_when_it_is_decided_anew():
    before = standing(("A", "E1", "checked", "C1", "F1", Decimal(60), "Bob", DAY))
    wrong = decision("E1", DecidedPart("rejected", "C1", "F1", Decimal(60)))
    rows = decisions.published_rows([wrong], before, "")
    assert rows.select("decision", "drawn_on").rows() == [("rejected", DAY)]
