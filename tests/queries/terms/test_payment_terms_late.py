"""Amounts and interest beyond the terms per invoice, worked out by hand."""

from datetime import date

import pytest

from tests.terms_ledger import BOOK, beyond, bill, customer, late, money, paid, terms_on

pytestmark = pytest.mark.usefixtures("english")


def test_what_stands_beyond_the_agreed_and_the_legal_term(shared_desk):
    shared_desk.load(customers=[customer()], **BOOK)
    rows = late(shared_desk, "2026-06-30")
    # F1: 1,000 x 20 / 365 = 54.79; 1,000 x 10.15% x 20 / 365 = 5.56. Within 60 days: nothing beyond those.
    assert beyond(rows["F1"]) == (20, money("54.79"), money("5.56"))
    assert beyond(rows["F1"], "legal") == (0, 0, 0)
    # F2: 2,000 from 3 March to 30 June, 119 days: 652.05, 203 x 119 / 365 = 66.18. From 2 April: 89 days.
    assert beyond(rows["F2"]) == (119, money("652.05"), money("66.18"))
    assert beyond(rows["F2"], "legal") == (89, money("487.67"), money("49.50"))
    assert list(rows) == ["F2", "F1"]
    assert (rows["F1"]["agreed_until"], rows["F1"]["paid_date"]) == (date(2026, 1, 31), date(2026, 2, 20))
    assert rows["F2"]["paid_date"] is None


def test_a_new_rate_holds_from_its_day(shared_desk):
    shared_desk.load(customers=[customer()], **BOOK)
    # 119 days at 10.15%, 66.18, and 10 at 10.40%, 2,000 x 10.40% x 10 / 365 = 5.70.
    assert beyond(late(shared_desk, "2026-07-10")["F2"])[2] == money("71.88")


def test_the_published_case_of_statutory_interest(shared_desk):
    # 10,000 due 31-01-2025 paid 31-03-2025: 59 days, 180.23.
    shared_desk.load(
        customers=[customer()],
        invoices=[bill("F1", "2025-01-01", "10000.00")],
        payments=[paid("F1", "2025-03-31", "10000.00")],
    )
    assert beyond(late(shared_desk, "2025-12-31")["F1"]) == (59, money("1616.44"), money("180.23"))
    # On 10-02-2026 the year begins on 10-02-2025: 49 days of it, 1,115 x 49 / 365 = 149.68.
    assert beyond(late(shared_desk, "2026-02-10")["F1"]) == (59, money("1342.47"), money("149.68"))
    # When the year begins on the day it was paid, nothing of it is left.
    assert late(shared_desk, "2026-03-31") == {}


def test_credits_and_write_offs_were_never_owed_and_a_reversal_opens_again(shared_desk):
    shared_desk.load(
        customers=[customer()],
        invoices=[bill("F1", "2025-01-01", "1000.00"), bill("F2", "2025-01-01", "1000.00")],
        payments=[
            paid("F1", "2025-03-02", "600.00"),
            paid("F1", "2025-06-30", "300.00", number="P2", kind="credit"),
            paid("F1", "2025-06-30", "100.00", number="P3", kind="write_off"),
            paid("F2", "2025-01-20", "1000.00", number="P4"),
            paid("F2", "2025-02-10", "-1000.00", number="P5", kind="reversal"),
        ],
    )
    # F1: 600 x 30 / 365. F2, paid, and from 10 February on never paid: 1,000 x 20 / 365 on 20 February.
    rows = late(shared_desk, "2025-12-31")
    assert (rows["F1"]["amount"], beyond(rows["F1"])[:2]) == (money("600"), (30, money("49.32")))
    assert beyond(late(shared_desk, "2025-02-20")["F2"])[:2] == (20, money("54.79"))


def test_money_paid_too_much_does_not_make_up_for_what_was_late(shared_desk):
    shared_desk.load(
        customers=[customer()],
        invoices=[bill("F1", "2025-01-01", "1000.00")],
        payments=[paid("F1", "2025-02-10", "1500.00")],
    )
    assert beyond(late(shared_desk, "2025-12-31")["F1"])[:2] == (10, money("27.40"))


def test_a_part_of_a_schedule_is_agreed_to_be_paid_on_its_own_day(shared_desk):
    shared_desk.load(
        customers=[customer()],
        invoices=[bill("F1", "2025-01-01", "1000.00")],
        instalments=[("F1", "2025-01-31", "400.00"), ("F1", "2025-04-30", "600.00")],
        payments=[paid("F1", "2025-05-10", "1000.00")],
    )
    rows = shared_desk.ask("payment_terms_late", as_of="2025-12-31")
    # 400 x 99 / 365, and 600 x 10 / 365; of the legal 60 days, to 2 March, both stand 69 days.
    assert {(str(row["due_date"]), *beyond(row)[:2]) for row in rows} == {
        ("2025-01-31", 99, money("108.49")), ("2025-04-30", 10, money("16.44")),
    }  # fmt: skip
    assert {row["days_beyond_legal"] for row in rows} == {69}


def test_a_consumer_has_no_legal_term(shared_desk):
    shared_desk.load(customers=[customer(customer_type="consumer")], **BOOK)
    row = late(shared_desk, "2026-06-30")["F2"]
    assert beyond(row, "legal") == (None, None, None)
    assert row["legal_until"] is None
    assert beyond(row)[0] == 119
    view_terms = terms_on(shared_desk, date(2026, 6, 30))
    assert view_terms.customers["outside"].to_list() == ["agreed"]


def test_amounts_in_another_currency_are_converted_and_filtered(shared_desk):
    shared_desk.load(
        customers=[customer()],
        invoices=[bill("F1", "2026-01-01", "1000.00", currency="USD"), bill("F2", "2026-01-01", "100.00")],
        fx_rates=[("2025-12-01", "USD", "0.5")],
        settings=[("reporting_currency", "EUR")],
    )
    # 10 days beyond: 500 x 10 / 365 = 13.70 in euros, 27.40 in dollars.
    assert beyond(late(shared_desk, "2026-02-10")["F1"])[1] == money("13.70")
    assert {n: beyond(r)[1] for n, r in late(shared_desk, "2026-02-10", currency="USD").items()} == {
        "F1": money("27.40")
    }
