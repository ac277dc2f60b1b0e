"""Parts of an invoice that fall due on one day are asked for once, as one amount."""

from datetime import timedelta

import polars as pl
import pytest

from reports.answers.worklist import reminders, worklist
from tests.worklist_ledger import DAY, ago, contact, customer, invoice, items, payment

PARTS = [
    {"invoice_id": "F1", "due_date": ago(20), "amount": "300.00", "part": "a"},
    {"invoice_id": "F1", "due_date": ago(20), "amount": "300.00", "part": "b"},
    {"invoice_id": "F1", "due_date": ago(20), "amount": "300.00", "part": "c"},
    {"invoice_id": "F1", "due_date": ago(5), "amount": "100.00", "part": "d"},
]
BOOKS = {
    "customers": [customer("C1")],
    "invoices": [invoice("F1", "C1", 20, "1000.00"), invoice("F2", "C1", 20, "10.00")],
    "instalments": PARTS,
}


@pytest.mark.slow
def test_a_letter_asks_for_three_parts_of_one_day_once(desk):
    desk.load(**BOOKS)
    rows = desk.ask("worklist_items", as_of=DAY)
    assert [(row["invoice_id"], row["days_overdue"], str(row["document_asked_amount"])) for row in rows] == [
        ("F1", 20, "900.00"), ("F2", 20, "10.00"), ("F1", 5, "100.00")
    ]  # fmt: skip
    day_list = worklist.worklist(desk.books(), as_of=DAY)
    (line,) = day_list.lines.iter_rows(named=True)
    assert (str(line["amount"]), str(line["overdue_amount"]), line["invoices"]) == ("1010.00", "1010.00", 2)
    settings = pl.DataFrame(schema={"key": pl.String, "value": pl.String})
    (letter,) = reminders.reminders(day_list, day_list.lines, settings)
    assert letter.totals.endswith("1.010,00")


@pytest.mark.parametrize(("promised", "asked"), [("250.00", "650.00"), ("950.00", "0.00")])
def test_a_promise_takes_from_the_amount_of_a_day_once(shared_desk, promised, asked):
    shared_desk.load(**BOOKS, promises=[("F1", ago(2), (DAY + timedelta(days=5)).isoformat(), promised)])
    rows = shared_desk.ask("worklist_items", as_of=DAY)
    assert [str(row["document_asked_amount"]) for row in rows if row["days_overdue"] == 20] == [
        asked,
        "10.00",
    ]


def test_days_in_dispute_count_once_for_parts_of_one_day(shared_desk):
    # 40 days late, of them 10 in dispute: 30 count, for the final demand from 22 on. Three times 10 leave 10.
    parts = [{**part, "due_date": ago(40)} for part in PARTS]
    steps = [contact("F1", "C1", 30, "friendly_reminder"), contact("F1", "C1", 20, "formal_reminder")]
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[invoice("F1", "C1", 40, "1000.00")],
        instalments=parts,
        disputes=[("F1", ago(18), ago(8), "price", "1000.00")],
        contacts=steps,
    )
    (row,) = shared_desk.ask("worklist_items", as_of=DAY)
    assert row["step"] == "final_demand"


def test_what_is_set_off_against_parts_is_named_whole(shared_desk):
    # 650 on account in two amounts: 300 and 250 of P1 and P2 for parts of one day, and the claim names both.
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[invoice("F1", "C1", 20, "1000.00")],
        instalments=PARTS,
        payments=[payment("", "C1", 15, "350.00"), payment("", "C1", 10, "300.00")],
    )
    (claim,) = shared_desk.ask("claims", as_of=DAY)
    assert (str(claim["set_off_amount"]), claim["set_off_with"]) == ("650.00", "P--10, P--15")
    assert items(shared_desk)["F1"]["set_off_with"] is None  # the part of 5 days
    first = shared_desk.ask("worklist_items", as_of=DAY)[0]
    assert (str(first["document_owed_amount"]), first["set_off_with"]) == ("250.00", "P--10, P--15")
