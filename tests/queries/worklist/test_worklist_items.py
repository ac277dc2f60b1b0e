"""The step an invoice is up to, and what it waits for: ledgers worked out by hand."""

from datetime import timedelta
from decimal import Decimal

import polars as pl
import pytest

from data.errors import RefusedFileError
from data.store import typed_rows
from reports.answers.worklist import worklist
from tests.worklist_ledger import DAY, ago, contact, customer, habits, invoice, items, payment, step

pytestmark = pytest.mark.usefixtures("english")
STEPS = {
    -6: None, -5: None, 0: None, 2: None, 3: "friendly_reminder", 13: "friendly_reminder",
    14: "friendly_reminder", 44: "friendly_reminder", 90: "friendly_reminder",
}  # fmt: skip


def test_without_any_contact_the_first_step_is_the_friendly_one_however_late(shared_desk):
    late = [n for n in STEPS if n >= 0]
    shared_desk.load(
        customers=[customer(f"C{n}") for n in late], invoices=[invoice(f"F{n}", f"C{n}", n) for n in late]
    )
    found = {n: step(shared_desk, f"F{n}")[0] for n in STEPS if n >= 0}
    assert found == {n: name for n, name in STEPS.items() if n >= 0}
    # Not late enough for a step: nothing is to be done.
    assert step(shared_desk, "F2") == (None, "done")


AFTER_A_STEP = [
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
]


@pytest.mark.parametrize(("overdue", "done", "expected"), AFTER_A_STEP)
def test_steps_follow_one_another_and_none_comes_twice(shared_desk, overdue, done, expected):
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[invoice("F1", "C1", overdue)],
        contacts=[contact("F1", "C1", 20, done)],
    )
    assert step(shared_desk) == (expected, None if expected else "done")


def test_a_consumer_gets_the_14_day_notice_and_is_handed_over_only_after_its_term(shared_desk):
    shared_desk.load(
        customers=[customer("C1", customer_type="consumer"), customer("C2")],
        invoices=[invoice("F1", "C1", 25), invoice("F2", "C1", 60), invoice("G1", "C2", 25)],
        contacts=[
            contact("F1", "C1", 10, "formal_reminder"), contact("G1", "C2", 10, "formal_reminder"),
            # Friday 6 November: received on Tuesday the 10th, and fourteen days to the 24th.
            contact("F2", "C1", 16, "notice_14_days", channel="letter"),
        ],
    )  # fmt: skip
    assert step(shared_desk, "F1") == ("notice_14_days", None)
    assert step(shared_desk, "G1") == ("final_demand", None)
    assert step(shared_desk, "F2", DAY + timedelta(days=2)) == ("hand_over", "term")
    assert items(shared_desk)["F2"]["waits_until"] == DAY + timedelta(days=2)
    assert step(shared_desk, "F2", DAY + timedelta(days=3)) == ("hand_over", None)
    assert items(shared_desk, DAY + timedelta(days=3))["F2"]["waits_until"] is None


def test_the_term_of_an_email_and_of_a_second_notice(shared_desk):
    """Fourteen days from the day after the first one: on the fifteenth the invoice is handed over."""
    shared_desk.load(
        customers=[customer("C1", customer_type="consumer"), customer("C2")],
        invoices=[invoice("F1", "C1", 60), invoice("G1", "C2", 60)],
        contacts=[
            contact("F1", "C1", 14, "notice_14_days"), contact("F1", "C1", 6, "notice_14_days"),
            contact("G1", "C2", 14, "final_demand"),
        ],
    )  # fmt: skip
    assert step(shared_desk, "F1") == ("hand_over", "term")
    assert step(shared_desk, "G1") == ("hand_over", "term")
    assert step(shared_desk, "F1", DAY + timedelta(days=1)) == ("hand_over", None)
    assert step(shared_desk, "G1", DAY + timedelta(days=1)) == ("hand_over", None)


def test_a_demand_sent_to_a_consumer_takes_no_notices_place(shared_desk):
    shared_desk.load(
        customers=[
            customer("C1", customer_type="consumer"), customer("C2", customer_type="business"),
            customer("C3", customer_type="consumer"),
        ],
        invoices=[
            invoice("F1", "C1", 60), invoice("F2", "C1", 60), invoice("G1", "C2", 60),
            invoice("K1", "C3", 60),
        ],
        contacts=[
            contact("F1", "C1", 30, "final_demand"), contact("G1", "C2", 30, "final_demand"),
            # Before the due date: a notice of nothing.
            contact("F2", "C1", 62, "notice_14_days"), contact("F2", "C1", 30, "final_demand"),
            contact("K1", "C3", 30, "final_demand"), contact("K1", "C3", 15, "notice_14_days"),
            contact("K1", "C3", 6, "final_demand"),
        ],
    )  # fmt: skip
    assert step(shared_desk, "F1") == ("notice_14_days", None)
    assert step(shared_desk, "F2") == ("notice_14_days", None)
    assert step(shared_desk, "G1") == ("hand_over", None)
    # A demand after the notice neither replaces it nor makes its term longer.
    assert step(shared_desk, "K1", DAY - timedelta(days=1)) == ("hand_over", "term")
    assert step(shared_desk, "K1") == ("hand_over", None)


def test_a_letter_without_an_invoice_counts_for_all_that_was_overdue_on_its_day(shared_desk):
    shared_desk.load(
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
    assert [items(shared_desk)[one]["step_done"] for one in ("F1", "F2", "F3")] == [
        "final_demand", "final_demand", None,
    ]  # fmt: skip
    assert [step(shared_desk, one)[0] for one in ("F1", "F2", "F3")] == [
        "hand_over",
        None,
        "friendly_reminder",
    ]
    assert step(shared_desk, "G1") == ("hand_over", None)
    assert step(shared_desk, "G2") == ("friendly_reminder", None)
    assert step(shared_desk, "K1")[0] == "friendly_reminder"  # another customer's letters
    # Ahead of the due date: five days before L1's, six before L2's.
    assert [items(shared_desk)[one]["step_done"] for one in ("L1", "L2")] == ["pre_due_reminder", None]
    # The same notice starts the costs of the same invoices.
    noticed = {row["invoice_id"]: row["notice_date"] for row in shared_desk.ask("claims", as_of=DAY)}
    assert (noticed["G1"], noticed["G2"]) == (DAY - timedelta(days=30), None)


def test_two_contacts_are_five_days_apart_whichever_invoice_they_were_about(shared_desk):
    shared_desk.load(
        customers=[customer("C1")],
        invoices=[invoice("F1", "C1", 20), invoice("F2", "C1", 9)],
        contacts=[contact("F2", "C1", 4, "friendly_reminder"), contact("F1", "C1", 12, "friendly_reminder")],
    )
    assert step(shared_desk) == ("formal_reminder", "contacted")
    assert step(shared_desk, day=DAY + timedelta(days=1)) == ("formal_reminder", None)


def test_dispute_promise_plan_and_agency_stop_the_clock(shared_desk):
    shared_desk.load(
        customers=[customer("C1"), customer("C2"), customer("C3")],
        invoices=[
            *(invoice(f"F{n}", "C1", 20) for n in range(1, 6)), invoice("G1", "C2", 20),
            invoice("K4", "C3", 20),
        ],
        disputes=[("F1", ago(3), "", "price", "100.00"), ("F5", ago(9), ago(2), "price", "100.00")],
        promises=[("F2", ago(3), ago(-4), "100.00"), ("F3", ago(9), ago(2), "100.00")],
        payment_plans=[
            (number, ago(6), day, "50.00") for number in ("F4", "K4") for day in (ago(-2), ago(-30))
        ],
        contacts=[contact("F4", "C1", 15, "friendly_reminder"), contact("K4", "C3", 15, "friendly_reminder")],
        payments=[("P1", "C3", "K4", ago(-2), "EUR", "50.00")],
        collection_cases=[("K1", "C2", "A", ago(1), "open", None)],
    )  # fmt: skip
    assert step(shared_desk, "F1")[1] == "disputed"
    assert step(shared_desk, "F2")[1] == "promised"
    assert items(shared_desk)["F2"]["waits_until"].isoformat() == ago(-4)
    # A broken promise is a call before anything else.
    assert step(shared_desk, "F3") == ("call", None)
    assert items(shared_desk)["F3"]["is_promise_broken"] is True
    assert step(shared_desk, "F4")[1] == "plan"
    assert step(shared_desk, "F5")[1] is None  # settled
    # The first part of the plan did not come: from its own day on the steps begin anew.
    later = DAY + timedelta(days=5)
    assert step(shared_desk, "F4", later) == ("friendly_reminder", None)
    # The same plan, and its first part came.
    assert step(shared_desk, "K4", later)[1] == "plan"
    # The promise of F2 was broken on its day.
    assert step(shared_desk, "F2", later) == ("call", None)
    assert step(shared_desk, "G1")[1] == "agency"
    assert step(shared_desk, "G1", DAY - timedelta(days=2))[1] is None


@pytest.mark.slow
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
    day_list = worklist.worklist(desk.books(), as_of=DAY)
    assert dict(day_list.lines.select("customer_id", "amount").iter_rows()) == {
        "C1": Decimal("120.00"), "C2": Decimal("30.00"),
    }  # fmt: skip


@pytest.mark.slow
def test_days_in_dispute_do_not_count_towards_a_step(shared_desk):
    late = [f"F{n}" for n in range(1, 6)]
    shared_desk.load(
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
    assert [step(shared_desk, one) for one in late] == [
        (None, "done"), ("formal_reminder", None), (None, "done"), ("formal_reminder", None), (None, "done"),
    ]  # fmt: skip
    assert step(shared_desk, "F1", DAY + timedelta(days=7)) == (None, "done")  # 13
    assert step(shared_desk, "F1", DAY + timedelta(days=8)) == ("formal_reminder", None)
    assert step(shared_desk, "F5", DAY + timedelta(days=9)) == (None, "done")
    assert step(shared_desk, "F5", DAY + timedelta(days=10)) == ("formal_reminder", None)
    # What is closed later says nothing on a day before.
    assert step(shared_desk, "F1", DAY - timedelta(days=1))[1] == "disputed"
    assert items(shared_desk)["F1"]["days_overdue"] == 50


def test_a_good_payer_with_one_slip_is_called_before_a_letter_is_written(shared_desk):
    good, good_paid = habits("C1", 2)
    bad, bad_paid = habits("C2", 3)
    # Always in time but for K: the second one has another slip; the third one paid that, and was called.
    best = {who: habits(who, 0) for who in ("C3", "C4", "C5")}
    shared_desk.load(
        customers=[customer(f"C{n}") for n in range(1, 6)],
        invoices=[
            *good, *bad, invoice("F1", "C1", 20), invoice("G1", "C2", 20),
            *(row for rows, _paid in best.values() for row in rows),
            *(invoice(f"K-{who}", who, 20) for who in best),
            invoice("L-C4", "C4", 5), invoice("L-C5", "C5", 5),
        ],
        payments=[
            *good_paid, *bad_paid, *(row for _rows, paid in best.values() for row in paid),
            payment("L-C5", "C5", 1),
        ],
        contacts=[
            contact("F1", "C1", 15, "friendly_reminder"), contact("G1", "C2", 15, "friendly_reminder"),
            *(contact(f"K-{who}", who, 15, "friendly_reminder") for who in best),
            contact("K-C5", "C5", 9, "call", channel="phone"),
        ],
    )  # fmt: skip
    # 8 of 11 in time for the year (F1 itself fell due late): not four in five.
    assert items(shared_desk)["F1"]["on_time_share"] == pytest.approx(8 / 11)
    assert step(shared_desk, "F1") == ("formal_reminder", None)
    assert step(shared_desk, "K-C3") == ("call", None)
    assert items(shared_desk)["K-C3"]["is_good_payer"] is True
    assert items(shared_desk)["K-C3"]["on_time_share"] == pytest.approx(10 / 11)
    # A second slip is no slip.
    assert step(shared_desk, "K-C4") == ("formal_reminder", None)
    # Called already: the letter follows.
    assert step(shared_desk, "K-C5") == ("formal_reminder", None)


@pytest.mark.slow
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


@pytest.mark.slow
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


def test_other_currencies_are_asked_for_in_their_own(shared_desk):
    shared_desk.load(
        customers=[customer("C1")], invoices=[invoice("F1", "C1", 5, "100.00", currency="USD")],
        fx_rates=[("2026-01-01", "USD", "0.5")], settings=[("reporting_currency", "EUR")],
    )  # fmt: skip
    row = items(shared_desk)["F1"]
    assert (row["open_amount"], row["document_open_amount"], row["currency"]) == (
        Decimal("50.00"), Decimal("100.00"), "USD",
    )  # fmt: skip
