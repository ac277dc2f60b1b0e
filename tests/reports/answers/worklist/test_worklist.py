"""The worklist: the step an invoice is up to, what it waits for, in which order, what noting it does."""

import json
from datetime import date, timedelta
from decimal import Decimal
from threading import Event

import polars as pl
import pytest

from cli import main
from data import clock
from data.errors import RefusedFileError
from data.store import typed_rows
from pages.parts.context import background_runs
from reports import language
from reports.answers.forecast import cash_forecast
from reports.answers.warnings import mute_form
from reports.answers.worklist import text as worklist_text
from reports.answers.worklist import worklist
from tests.apps import words
from tests.books import Desk

pytestmark = pytest.mark.usefixtures("english")

DAY = date(2026, 11, 22)
STEPS = {
    -6: None, -5: None, 0: None, 2: None, 3: "friendly_reminder", 13: "friendly_reminder",
    14: "friendly_reminder", 44: "friendly_reminder", 90: "friendly_reminder",
}  # fmt: skip


def ago(days: int) -> str:
    return (DAY - timedelta(days=days)).isoformat()


def customer(number: str, **more: str) -> dict:
    return {
        "customer_id": number, "customer_name": f"Name {number}", "segment": "Klein", "country": "NL",
        "payment_terms_days": 30, "credit_limit": "", "customer_type": "", "language": "nl",
        "email": f"{number.lower()}@example.org", "account_manager": "", **more,
    }  # fmt: skip


def invoice(number: str, who: str, due: int, amount: str = "100.00", **more: str) -> tuple:
    return (number, who, "invoice", ago(due + 30), ago(due), more.get("currency", "EUR"), amount)


def contact(document: str, who: str, day: int, kind: str, *, channel: str = "e-mail") -> tuple:
    return (who, document, ago(day), channel, "out", kind)


def payment(document: str, who: str, day: int, amount: str = "100.00") -> tuple:
    return (f"P-{document}-{day}", who, document, ago(day), "EUR", amount)


def items(desk: Desk, day: date = DAY) -> dict[str, dict]:
    return {row["invoice_id"]: row for row in desk.ask("worklist_items", as_of=day)}


def step(desk: Desk, document: str = "F1", day: date = DAY) -> tuple[str | None, str | None]:
    row = items(desk, day).get(document)
    return (None, None) if row is None else (row["step"], row["waits"])


def habits(who: str, late: int, count: int = 10) -> tuple[list[tuple], list[tuple]]:
    """Ten paid invoices of the year, so many of them late."""
    rows = [invoice(f"{who}-H{n}", who, 100 + n) for n in range(count)]
    paid = [payment(f"{who}-H{n}", who, 100 + n - (9 if n < late else 0)) for n in range(count)]
    return rows, paid


def test_without_any_contact_the_first_step_is_the_friendly_one_however_late(desk):
    late = [n for n in STEPS if n >= 0]
    desk.load(
        customers=[customer(f"C{n}") for n in late], invoices=[invoice(f"F{n}", f"C{n}", n) for n in late]
    )
    found = {n: step(desk, f"F{n}")[0] for n in STEPS if n >= 0}
    assert found == {n: name for n, name in STEPS.items() if n >= 0}
    # Not late enough for a step: nothing is to be done.
    assert step(desk, "F2") == (None, "done")


@pytest.mark.parametrize(
    ("overdue", "done", "expected"),
    [
        (13, "friendly_reminder", None),
        (14, "friendly_reminder", "formal_reminder"),
        (14, "formal_reminder", None),
        (21, "formal_reminder", None),
        (22, "formal_reminder", "final_demand"),
        (22, "friendly_reminder", "formal_reminder"),  # none passed over
        (44, "final_demand", None),
        (45, "final_demand", "hand_over"),
        (60, "hand_over", None),
        (60, "pre_due_reminder", "friendly_reminder"),
    ],
)
def test_steps_follow_one_another_and_none_comes_twice(desk, overdue, done, expected):
    desk.load(
        customers=[customer("C1")], invoices=[invoice("F1", "C1", overdue)],
        contacts=[contact("F1", "C1", 20, done)],
    )  # fmt: skip
    assert step(desk)[0] == expected
    assert step(desk)[1] == (None if expected else "done")


def test_a_consumer_gets_the_14_day_notice_and_is_handed_over_only_after_its_term(desk):
    desk.load(
        customers=[customer("C1", customer_type="consumer"), customer("C2")],
        invoices=[invoice("F1", "C1", 25), invoice("F2", "C1", 60), invoice("G1", "C2", 25)],
        contacts=[
            contact("F1", "C1", 10, "formal_reminder"), contact("G1", "C2", 10, "formal_reminder"),
            contact("F2", "C1", 16, "notice_14_days", channel="letter"),
        ],
    )  # fmt: skip
    assert step(desk, "F1") == ("notice_14_days", None)
    assert step(desk, "G1") == ("final_demand", None)
    assert step(desk, "F2") == ("hand_over", "term")
    assert step(desk, "F2", DAY + timedelta(days=1)) == ("hand_over", None)


def test_a_demand_sent_to_a_consumer_takes_no_notices_place(desk):
    desk.load(
        customers=[customer("C1", customer_type="consumer"), customer("C2", customer_type="business")],
        invoices=[invoice("F1", "C1", 60), invoice("F2", "C1", 60), invoice("G1", "C2", 60)],
        contacts=[
            contact("F1", "C1", 30, "final_demand"), contact("G1", "C2", 30, "final_demand"),
            # Before the due date: a notice of nothing.
            contact("F2", "C1", 62, "notice_14_days"), contact("F2", "C1", 30, "final_demand"),
        ],
    )  # fmt: skip
    assert step(desk, "F1") == ("notice_14_days", None)
    assert step(desk, "F2") == ("notice_14_days", None)
    assert step(desk, "G1") == ("hand_over", None)
    # A demand after the notice neither replaces it nor makes its term longer.
    desk.load(contacts=[contact("F1", "C1", 18, "notice_14_days"), contact("F1", "C1", 6, "final_demand")])
    assert step(desk, "F1", DAY - timedelta(days=2)) == ("hand_over", "term")
    assert step(desk, "F1") == ("hand_over", None)


def test_a_letter_without_an_invoice_counts_for_all_that_was_overdue_on_its_day(desk):
    desk.load(
        customers=[customer("C1"), customer("C2", customer_type="consumer"), customer("C3"), customer("C4")],
        invoices=[
            invoice("F1", "C1", 60), invoice("F2", "C1", 40), invoice("F3", "C1", 39),
            invoice("G1", "C2", 60), invoice("G2", "C2", 30), invoice("K1", "C3", 60),
            invoice("L1", "C4", 10), invoice("L2", "C4", 9),
        ],
        contacts=[
            contact("", "C1", 57, "friendly_reminder"), contact("", "C1", 45, "formal_reminder"),
            contact("", "C1", 39, "final_demand"), ("C1", "", ago(20), "e-mail", "in", "hand_over"),
            contact("", "C2", 30, "notice_14_days"), contact("", "C4", 15, "pre_due_reminder"),
        ],
    )  # fmt: skip
    # F2 was one day overdue on the day of the demand, F3 fell due that day: it was not overdue.
    assert [items(desk)[one]["step_done"] for one in ("F1", "F2", "F3")] == [
        "final_demand", "final_demand", None,
    ]  # fmt: skip
    assert [step(desk, one)[0] for one in ("F1", "F2", "F3")] == ["hand_over", None, "friendly_reminder"]
    assert step(desk, "G1") == ("hand_over", None)
    assert step(desk, "G2") == ("friendly_reminder", None)
    assert step(desk, "K1")[0] == "friendly_reminder"  # another customer's letters
    # Ahead of the due date: five days before L1's, six before L2's.
    assert [items(desk)[one]["step_done"] for one in ("L1", "L2")] == ["pre_due_reminder", None]
    # The same notice starts the costs of the same invoices.
    noticed = {row["invoice_id"]: row["notice_date"] for row in desk.ask("claims", as_of=DAY)}
    assert (noticed["G1"], noticed["G2"]) == (DAY - timedelta(days=30), None)


def test_two_contacts_are_five_days_apart_whichever_invoice_they_were_about(desk):
    desk.load(
        customers=[customer("C1")],
        invoices=[invoice("F1", "C1", 20), invoice("F2", "C1", 9)],
        contacts=[contact("F2", "C1", 4, "friendly_reminder"), contact("F1", "C1", 12, "friendly_reminder")],
    )
    assert step(desk) == ("formal_reminder", "contacted")
    assert step(desk, day=DAY + timedelta(days=1)) == ("formal_reminder", None)


def test_dispute_promise_plan_and_agency_stop_the_clock(desk):
    desk.load(
        customers=[customer("C1"), customer("C2")],
        invoices=[invoice(f"F{n}", "C1", 20) for n in range(1, 6)] + [invoice("G1", "C2", 20)],
        disputes=[("F1", ago(3), "", "price", "100.00"), ("F5", ago(9), ago(2), "price", "100.00")],
        promises=[("F2", ago(3), ago(-4), "100.00"), ("F3", ago(9), ago(2), "100.00")],
        payment_plans=[("F4", ago(6), ago(-2), "50.00"), ("F4", ago(6), ago(-30), "50.00")],
        contacts=[contact("F4", "C1", 15, "friendly_reminder")],
    )
    assert step(desk, "F1")[1] == "disputed"
    assert step(desk, "F2")[1] == "promised"
    assert items(desk)["F2"]["waits_until"].isoformat() == ago(-4)
    # A broken promise is a call before anything else.
    assert (step(desk, "F3"), items(desk)["F3"]["is_promise_broken"]) == (("call", None), True)
    assert step(desk, "F4")[1] == "plan"
    assert step(desk, "F5")[1] is None  # settled
    # The first part of the plan did not come: from its own day on the steps begin anew.
    later = DAY + timedelta(days=5)
    assert step(desk, "F4", later) == ("friendly_reminder", None)
    desk.load(payments=[("P1", "C1", "F4", ago(-2), "EUR", "50.00")])
    assert step(desk, "F4", later)[1] == "plan"
    # The promise of F2 was broken on its day.
    assert step(desk, "F2", later) == ("call", None)
    typed_rows.add(desk.store, {"collection_cases": pl.DataFrame(
        {"case_id": ["K1"], "customer_id": ["C2"], "agency": ["A"],
         "opened_date": [ago(1)], "status": ["open"],
         "closed_date": [None]}, schema_overrides={"closed_date": pl.String},
    )})  # fmt: skip
    assert step(desk, "G1")[1] == "agency"
    assert step(desk, "G1", DAY - timedelta(days=2))[1] is None


def test_what_is_not_promised_of_an_invoice_is_asked_for_still(desk):
    notes = ("friendly_reminder", "formal_reminder", "final_demand")
    desk.load(
        customers=[customer("C1"), customer("C2")],
        invoices=[invoice("F1", "C1", 20), invoice("F2", "C1", 20), invoice("F3", "C2", 60),
                  invoice("F4", "C2", 9, "90.00"), invoice("F5", "C2", 9)],
        instalments=[("F4", ago(9), "30.00"), ("F4", ago(5), "30.00"), ("F4", ago(-3), "30.00")],
        promises=[
            ("F1", ago(3), ago(-4), "30.00"), ("F2", ago(3), ago(-4), "30.00"),
            ("F3", ago(3), ago(-4), "30.00"), ("F4", ago(3), ago(-4), "40.00"),
            ("F5", ago(3), ago(-4), "30.00"),
        ],
        payments=[
            # 10 of the promise came; and before it was made, 20 that are no part of it.
            ("P1", "C1", "F2", ago(1), "EUR", "10.00"), ("P2", "C1", "F2", ago(5), "EUR", "20.00"),
            ("P3", "C2", "F5", ago(2), "EUR", "30.00"),
        ],
        payment_plans=[("F5", ago(4), ago(3), "40.00"), ("F5", ago(4), ago(-30), "60.00")],
        contacts=[contact("F3", "C2", 50 - 12 * n, kind) for n, kind in enumerate(notes)],
    )  # fmt: skip
    money = ("document_open_amount", "document_asked_amount", "document_promised_amount")
    rows = {
        (row["invoice_id"], row["due_date"].isoformat()): row for row in desk.ask("worklist_items", as_of=DAY)
    }
    found = {
        key: (*(str(row[name]) for name in money), row["promised_date"] and str(row["promised_date"]))
        for key, row in rows.items()
    }
    late = ago(-4)
    assert found == {
        ("F1", ago(20)): ("100.00", "70.00", "30.00", late),
        ("F2", ago(20)): ("70.00", "50.00", "20.00", late),
        ("F3", ago(60)): ("100.00", "70.00", "30.00", late),
        # The parts that fell due first are what is promised: all of one, 10 of the next.
        ("F4", ago(9)): ("30.00", "0.00", "30.00", late),
        ("F4", ago(5)): ("30.00", "20.00", "10.00", late),
        ("F4", ago(-3)): ("30.00", "30.00", "0.00", None),
        # The promise was kept by what the plan counts too: 10 of its first part are left.
        ("F5", ago(9)): ("70.00", "10.00", "0.00", None),
    }
    assert {key: (row["step"], row["waits"]) for key, row in rows.items() if row["days_overdue"] > 0} == {
        ("F1", ago(20)): ("friendly_reminder", None),
        ("F2", ago(20)): ("friendly_reminder", None),
        # Nobody is handed over while a promise runs.
        ("F3", ago(60)): ("hand_over", "promised"),
        ("F4", ago(9)): ("friendly_reminder", "promised"),
        ("F4", ago(5)): ("friendly_reminder", None),
        ("F5", ago(9)): ("friendly_reminder", None),
    }
    listed = worklist.worklist(desk.books(), as_of=DAY)
    assert dict(listed.lines.select("customer_id", "amount").iter_rows()) == {
        "C1": Decimal("120.00"), "C2": Decimal("30.00"),
    }  # fmt: skip


def test_days_in_dispute_do_not_count_towards_a_step(desk):
    late = [f"F{n}" for n in range(1, 6)]
    desk.load(
        customers=[customer("C1")], invoices=[invoice(one, "C1", 50) for one in late],
        contacts=[contact(one, "C1", 47, "friendly_reminder") for one in late],
        disputes=[
            # Closed today: 5 days passed before it and today, so 50 - 44 = 6.
            ("F1", ago(44), ago(0), "price", "1.00"),
            # From before the due date; of 50 days 49..14 in dispute, overlapping: 50 - 36 = 14.
            ("F2", ago(60), ago(20), "price", "1.00"), ("F2", ago(30), ago(13), "price", "1.00"),
            ("F2", ago(28), ago(25), "price", "1.00"),
            # One day more.
            ("F3", ago(60), ago(20), "price", "1.00"), ("F3", ago(20), ago(12), "price", "1.00"),
            # Over before the due date; closed on the day it was opened.
            ("F4", ago(60), ago(50), "price", "1.00"), ("F4", ago(10), ago(10), "price", "1.00"),
            # Apart: 10 and 10 and 26 days: 4 are left.
            ("F5", ago(49), ago(39), "price", "1.00"), ("F5", ago(38), ago(28), "price", "1.00"),
            ("F5", ago(26), ago(0), "price", "1.00"),
        ],
    )  # fmt: skip
    assert [step(desk, one) for one in late] == [
        (None, "done"), ("formal_reminder", None), (None, "done"), ("formal_reminder", None), (None, "done"),
    ]  # fmt: skip
    assert step(desk, "F1", DAY + timedelta(days=7)) == (None, "done")  # 13
    assert step(desk, "F1", DAY + timedelta(days=8)) == ("formal_reminder", None)
    assert step(desk, "F5", DAY + timedelta(days=9)) == (None, "done")
    assert step(desk, "F5", DAY + timedelta(days=10)) == ("formal_reminder", None)
    # What is closed later says nothing on a day before.
    assert step(desk, "F1", DAY - timedelta(days=1))[1] == "disputed"
    assert items(desk)["F1"]["days_overdue"] == 50


def test_a_good_payer_with_one_slip_is_called_before_a_letter_is_written(desk):
    good, good_paid = habits("C1", 2)
    bad, bad_paid = habits("C2", 3)
    desk.load(
        customers=[customer("C1"), customer("C2")],
        invoices=[*good, *bad, invoice("F1", "C1", 20), invoice("G1", "C2", 20)],
        payments=[*good_paid, *bad_paid],
        contacts=[contact("F1", "C1", 15, "friendly_reminder"), contact("G1", "C2", 15, "friendly_reminder")],
    )
    # 8 of 11 in time for the year (F1 itself fell due late): not four in five.
    assert items(desk)["F1"]["on_time_share"] == pytest.approx(8 / 11)
    assert step(desk, "F1") == ("formal_reminder", None)
    more, more_paid = habits("C3", 0)
    desk.load(
        customers=[customer("C3")], invoices=[*more, invoice("K1", "C3", 20)],
        payments=more_paid, contacts=[contact("K1", "C3", 15, "friendly_reminder")],
    )  # fmt: skip
    assert (step(desk, "K1"), items(desk)["K1"]["is_good_payer"]) == (("call", None), True)
    assert items(desk)["K1"]["on_time_share"] == pytest.approx(10 / 11)
    # A second slip is no slip.
    desk.load(invoices=[invoice("K2", "C3", 5)])
    assert step(desk, "K1") == ("formal_reminder", None)
    # Called already: the letter follows.
    desk.load(payments=[payment("K2", "C3", 1)], contacts=[contact("K1", "C3", 9, "call", channel="phone")])
    assert step(desk, "K1") == ("formal_reminder", None)


def test_only_who_usually_pays_late_is_reminded_before_the_day(desk):
    late, late_paid = habits("C1", 9)
    good, good_paid = habits("C2", 0)
    desk.load(
        customers=[customer("C1"), customer("C2"), customer("C3")],
        invoices=[
            *late, *good, invoice("F1", "C1", -5), invoice("F2", "C1", -6), invoice("G1", "C2", -5),
            invoice("K1", "C3", -5),
        ],
        payments=[*late_paid, *good_paid],
    )  # fmt: skip
    assert step(desk, "F1") == ("pre_due_reminder", None)
    line = worklist.worklist(desk.books(), as_of=DAY).lines.row(0, named=True)
    assert (line["step"], line["amount"], line["overdue_amount"]) == (
        "pre_due_reminder", Decimal("100.00"), Decimal("0.00"),
    )  # fmt: skip
    assert "F2" not in items(desk)
    assert step(desk, "G1")[0] is None
    assert step(desk, "K1")[0] is None
    # Who is late with something is asked for that, and not for what is not due yet.
    desk.load(invoices=[invoice("F3", "C1", 4, "7.00")])
    line = worklist.worklist(desk.books(), as_of=DAY).lines.row(0, named=True)
    assert (line["step"], line["amount"], line["invoices"]) == ("friendly_reminder", Decimal("7.00"), 1)


def test_the_days_of_the_steps_are_settings_with_rules(desk):
    desk.load(
        customers=[customer("C1")], invoices=[invoice("F1", "C1", 9)],
        settings=[("step_friendly_days", "10"), ("contact_gap_days", "2")],
    )  # fmt: skip
    assert step(desk)[0] is None
    desk.load(settings=[("step_friendly_days", "9")])
    assert step(desk)[0] == "friendly_reminder"
    good = {
        "payment_link": "https://pay.example/{invoice}?a={amount}&c={currency}&k={customer}",
        "company_iban": "NL91ABNA0417164300", "company_email": "ar@example.org", "company_name": "A & B",
        "step_final_days": "365",
    }  # fmt: skip
    typed_rows.add(desk.store, {"settings": pl.DataFrame({"key": list(good), "value": list(good.values())})})
    bad = {
        "payment_link": (
            "http://pay.example/{invoice}",
            "https://x/{password}",
            "https://x y",
            "javascript:1",
        ),
        "company_iban": ("NL91 ABNA 0417 1643 00", "x"),
        "company_email": ("a@b.nl, c@d.nl", "x", "a@b"),
        "step_final_days": ("366", "-1", "1.5", "x"),
    }
    for key, values in bad.items():
        for one in values:
            with pytest.raises(RefusedFileError):
                typed_rows.add(desk.store, {"settings": pl.DataFrame({"key": [key], "value": [one]})})


def test_lines_stand_in_the_order_of_what_acting_is_worth(desk):
    desk.load(
        customers=[customer("C1"), customer("C2"), customer("C3")],
        invoices=[
            invoice("F1", "C1", 5, "1000.00"), invoice("F2", "C1", 20, "50.00"),
            invoice("F3", "C1", 1, "7.00"),
            invoice("G1", "C2", 5, "400.00"), invoice("K1", "C3", 5, "300.00"),
        ],
        disputes=[("K1", ago(1), "", "price", "300.00")],
        contacts=[contact("F2", "C1", 15, "friendly_reminder")],
    )  # fmt: skip
    with_none = worklist.worklist(desk.books(), as_of=DAY)
    assert with_none.lines.select("customer_id", "amount", "value").rows() == [
        ("C2", Decimal("400.00"), None), ("C1", Decimal("50.00"), None),
    ]  # fmt: skip
    assert with_none.lines["chance"].to_list() == [None, None]
    invoices = pl.DataFrame(
        {
            "document_id": ["F1", "F2", "G1"],
            "due_date": [DAY - timedelta(5), DAY - timedelta(20), DAY - timedelta(5)],
            "open_amount": [Decimal("1000.00"), Decimal("50.00"), Decimal("400.00")],
            "probability_30_days_late": [0.1, 0.1, 0.9],
            "week_1": [Decimal("500.00"), Decimal("0.00"), Decimal("10.00")],
            "week_2": [Decimal("300.00"), Decimal("25.00"), Decimal("10.00")],
        }
    )  # fmt: skip
    unpaid = worklist.of_forecast(invoices, DAY)
    listed = worklist.worklist(desk.books(), as_of=DAY, unpaid=unpaid)
    rows = listed.lines.to_dicts()
    # G1: 400 * (1 - 20/400) = 380; F2: 50 * 0.5 = 25, for C1's letter is no demand of F1 and F3.
    assert [(row["customer_id"], row["value"]) for row in rows] == [
        ("C2", Decimal("380.00")), ("C1", Decimal("25.00")),
    ]  # fmt: skip
    assert rows[1]["chance"] == pytest.approx(0.5)
    assert (rows[1]["step"], rows[1]["invoices"], rows[1]["days_overdue"]) == ("formal_reminder", 1, 20)
    assert (rows[1]["besides_invoices"], rows[1]["besides_amount"]) == (2, Decimal("1007.00"))
    assert worklist_text.why(rows[1], "EUR").startswith(
        "1 invoice, €50.00, 20 days overdue; besides 2 invoices, €1,007.00; chance"
    )
    # F3 is late by a day: no step yet, but overdue all the same.
    assert rows[1]["overdue_amount"] == Decimal("1057.00")
    assert listed.waiting.rows() == [
        ("disputed", 1, 1, Decimal("300.00")), ("done", 1, 1, Decimal("7.00")),
    ]  # fmt: skip
    assert worklist.of_forecast(invoices.drop("week_2"), DAY) is None
    about = worklist.covered(listed.items, "C1")
    assert dict(about.select("invoice_id", "is_asked").iter_rows()) == {"F1": True, "F2": True, "F3": False}
    assert worklist.covered(listed.items, "C3").is_empty()


def test_what_was_noted_moves_every_invoice_to_its_own_step(desk):
    desk.load(
        customers=[customer("C1")], invoices=[invoice("F1", "C1", 5), invoice("F2", "C1", 20)],
        contacts=[contact("F2", "C1", 15, "friendly_reminder")],
    )  # fmt: skip
    listed = worklist.worklist(desk.books(), as_of=DAY)
    about = worklist.covered(listed.items, "C1")
    typed_rows.add(desk.store, {"contacts": mute_form.log("sent", about, DAY, "e-mail", None).rows})
    found = items(desk, DAY + timedelta(days=6))
    assert found["F1"]["step_done"] == "friendly_reminder"
    assert found["F2"]["step_done"] == "formal_reminder"
    assert worklist.worklist(desk.books(), as_of=DAY).lines.is_empty()
    typed_rows.add(desk.store, {"contacts": mute_form.log("reply", about, DAY, "phone", None).rows})
    assert found["F1"]["last_contact"] == "out/e-mail/friendly_reminder"
    call = mute_form.log("call", about, DAY + timedelta(days=1), "phone", None)
    assert call.rows["kind"].to_list() == ["call", "call"]
    typed_rows.add(desk.store, {"notes": mute_form.log("note", about, DAY, "phone", "  calls\nback ").rows})
    assert desk.rows("select text from note_at(null)") == [("calls back",)]
    assert mute_form.log("note", about, DAY, "phone", " ").problems


def test_other_currencies_are_asked_for_in_their_own(desk):
    desk.load(
        customers=[customer("C1")], invoices=[invoice("F1", "C1", 5, "100.00", currency="USD")],
        fx_rates=[("2026-01-01", "USD", "0.5")], settings=[("reporting_currency", "EUR")],
    )  # fmt: skip
    row = items(desk)["F1"]
    assert (row["open_amount"], row["document_open_amount"], row["currency"]) == (
        Decimal("50.00"), Decimal("100.00"), "USD",
    )  # fmt: skip


def test_every_step_wait_and_line_has_words_in_both_languages():
    line = {
        "invoices": 2, "besides_invoices": 1, "besides_amount": Decimal("7.00"), "days_overdue": 5,
        "amount": Decimal("10.00"), "is_promise_broken": True,
        "is_good_payer": True, "on_time_share": 0.9, "chance": 0.5, "step": "call", "last_contact_date": None,
    }  # fmt: skip
    for spoken in ("nl", "en"):
        language.use(spoken)
        assert len({worklist_text.step_name(one) for one in worklist.STEPS}) == len(worklist.STEPS)
        assert len({worklist_text.wait_name(one) for one in worklist.WAITS}) == len(worklist.WAITS)
        said = {
            worklist_text.say({**line, "step": one, "is_promise_broken": False, "is_good_payer": False})
            for one in worklist.STEPS
        }
        assert len(said) == len(worklist.STEPS)
        assert "5" in worklist_text.why(line, "EUR")
        assert worklist_text.why({**line, "days_overdue": -3}, "EUR") != worklist_text.why(line, "EUR")


def test_the_command_prints_lines_as_json_and_table(desk, capsys):
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 5), invoice("F2", "C1", 6)])

    def run(*more: str) -> tuple[str, str]:
        capsys.readouterr()
        assert (
            main(
                [
                    "--store",
                    str(desk.store),
                    *more,
                    "worklist",
                    "--as-of",
                    DAY.isoformat(),
                    "--format",
                    "json",
                ]
            )
            == 0
        )
        return capsys.readouterr()

    out, err = run()
    (line,) = json.loads(out)
    assert (line["customer_id"], line["step"], line["amount"]) == ("C1", "friendly_reminder", "200.00")
    assert sorted(line["invoice_ids"]) == ["F1", "F2"]
    assert "1 customer to contact, €200 overdue" in err
    assert run("--lang", "nl")[0] == out
    assert (line["chance"], line["value"]) == (None, None)
    assert main(["--lang", "nl", "--store", str(desk.store), "worklist", "--as-of", DAY.isoformat()]) == 0
    assert "Vriendelijke herinnering" in capsys.readouterr().out


def test_the_screen_opens_the_first_line_with_its_text_and_notes_what_was_done(desk, open_page):
    desk.load(
        customers=[customer("C1"), customer("C2")],
        invoices=[invoice("F1", "C1", 5, "900.00"), invoice("G1", "C2", 5)],
    )
    page = open_page("worklist", as_of=DAY.isoformat())
    assert "2 customers to contact" in words(page)
    assert "Name C1: friendly reminder" in words(page)
    assert "F1" in page.code[0].value
    page.segmented_control(key="logged-kind").set_value("sent").run()
    next(one for one in page.button if one.label == "Save").click().run()
    assert not page.exception
    assert "Noted with Name C1: reminder sent." in "".join(one.value for one in page.success).replace(
        "\\", ""
    )
    assert "1 customer to contact" in words(page)
    assert "Name C2: friendly reminder" in words(page)
    assert desk.ask("contacts", as_of=DAY)[0]["kind"] == "friendly_reminder"


def test_a_line_on_a_payment_plan_shows_what_can_be_asked_for_beside_what_is_open(desk, open_page):
    desk.load(
        customers=[customer("C1")],
        invoices=[invoice("F1", "C1", 60, "1000.00")],
        payment_plans=[("F1", ago(30), ago(9), "100.00"), ("F1", ago(30), ago(-90), "900.00")],
    )
    page = open_page("worklist", as_of=DAY.isoformat())
    assert not page.exception
    (table,) = [frame.value for frame in page.dataframe if "asked_amount" in frame.value.columns]
    assert (table["asked_amount"].iloc[0], table["open_amount"].iloc[0]) == (
        Decimal("100.00"),
        Decimal("1000.00"),
    )


def test_a_call_noted_makes_no_new_forecast_and_a_promise_does(desk, open_page, monkeypatch):
    made: list[date] = []

    def counted(books, **named):
        made.extend([named["as_of"]] * (named["as_of"] == clock.last_sunday(DAY)))
        return forecast(books, **named)

    forecast = cash_forecast.cash_forecast
    monkeypatch.setattr(cash_forecast, "cash_forecast", counted)
    desk.load(customers=[customer("C1"), customer("C2")], invoices=[invoice("F1", "C1", 5, "900.00")])
    for grain, rows in (
        ("contacts", [("C1", "F1", ago(4), "e-mail", "out", "friendly_reminder")]),
        ("scenarios", [("x", 'name = "x"\n')]),
        ("promises", [("F1", ago(0), ago(-9), "900.00")]),
    ):
        assert not open_page("worklist", as_of=DAY.isoformat()).exception
        assert len(made) == 1
        desk.load(**{grain: rows})
    page = open_page("worklist", as_of=DAY.isoformat())
    assert len(made) == 2
    assert "1 customer to contact" not in words(page)


def test_while_a_forecast_is_made_again_the_one_before_the_last_note_stands_in(desk, open_page, monkeypatch):
    desk.load(customers=[customer("C1")], invoices=[invoice("F1", "C1", 5, "900.00")])
    assert "not in these figures yet" not in words(open_page("worklist", as_of=DAY.isoformat()))
    released = Event()

    def slow(books, **named):
        released.wait(30)
        return forecast(books, **named)

    forecast = cash_forecast.cash_forecast
    monkeypatch.setattr(cash_forecast, "cash_forecast", slow)
    monkeypatch.setattr(background_runs, "_PATIENCE", 0.0)
    desk.load(disputes=[("F1", ago(1), None, "price", "900.00")])
    try:
        page = open_page("worklist", as_of=DAY.isoformat())
        assert not page.exception
        assert "What was noted last is not in these figures yet" in words(page)
        assert "in dispute" in words(page).lower()
    finally:
        released.set()
    monkeypatch.setattr(background_runs, "_PATIENCE", 60.0)  # the run is released: wait until it is over
    again = open_page("worklist", as_of=DAY.isoformat())
    assert "not in these figures yet" not in words(again)
