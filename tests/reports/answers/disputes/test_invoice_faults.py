"""Added days of invoice faults: numbers worked out by hand, and their sentences."""

from decimal import Decimal

import pytest

from reports.answers.disputes import invoice_faults
from reports.answers.disputes import text as disputes_text
from tests.dispute_ledgers import DAY, FAULTY, many

pytestmark = pytest.mark.usefixtures("english")

D = Decimal


@pytest.mark.slow
def test_shares_are_of_the_invoices_that_could_have_the_fault(shared_desk):
    shared_desk.load(**FAULTY)
    found = invoice_faults.table(invoice_faults.faults(shared_desk.books().ask("invoice_quality", as_of=DAY)))
    # Days: of C2 B2 20 late against -10, -5 and 20 (5 / 3); of C1 A2 40 late against 5 and 0 (2.5).
    # Credited: C2 alone, B1 and B2 (5) against B3 and B5 (7.5); weights do not matter with one customer.
    columns = ("fault", "invoices", "faulty", "faulty_share", "compared", "customers", "added_days")
    assert found.select(columns).rows() == [
        ("disputed", 10, 1, 0.1, 1, 1, pytest.approx(20 - 5 / 3)),
        ("no_order_number", 4, 1, 0.25, 1, 1, pytest.approx(37.5)),
        ("credited", 10, 3, pytest.approx(0.3), 2, 1, pytest.approx(-2.5)),
    ]
    assert found.select("added_low", "added_high", "held_up").rows() == [(None, None, None)] * 3


def test_what_a_fault_costs_is_told_with_its_interval_and_the_cash_it_holds_up(shared_desk):
    shared_desk.load(**many(3))
    [one, numbers, _credited] = invoice_faults.faults(shared_desk.books().ask("invoice_quality", as_of=DAY))
    # 10 to 21, all weighing the same: 15.5. Without one: 15.5 - (d - 15.5) / 11; the squares sum to
    # 143 / 121, x 11 / 12 = 13 / 12; t of 11 is 2.200985.
    assert one.comparison.added_days == pytest.approx(15.5)
    assert one.comparison.high == pytest.approx(15.5 + 2.200985 * (13 / 12) ** 0.5, rel=1e-6)
    assert one.held_up == D("101.92")  # 24 x 100.00 x 15.5 / 365
    assert " ".join(disputes_text.fault_sentences(one, "EUR")) == (
        "50.0% of the invoices were disputed: 24 of 48. 18.5 days late against 3.0 of the same customers' "
        "other invoices: +15.5 days, 95% 13.2 to 17.8 (24 invoices of 12 customers). On an average day about "
        "€100 more is open for it."
    )
    assert disputes_text.fault_sentences(numbers, "EUR") == [
        "No invoice of these 12 months names an order number, so that none can be missing."
    ]
    assert disputes_text.faults([one, numbers], DAY).title == "Invoices in dispute come 15.5 days later"
    rows = invoice_faults.per_customer(one, shared_desk.books().ask("invoice_quality", as_of=DAY))
    assert rows.height == 12
    assert rows["weight_share"].sum() == pytest.approx(1)


def test_too_few_are_said_to_be_too_few_with_the_number_needed(shared_desk):
    shared_desk.load(**FAULTY)
    found = invoice_faults.faults(shared_desk.books().ask("invoice_quality", as_of=DAY))
    assert disputes_text.fault_sentences(found[2], "EUR")[1] == (
        "Too few to tell what it costs in days: at least 20 such invoices that fell due, of 10 customers who "
        "have others too, are needed; there are 2 of 1."
    )
    assert disputes_text.faults(found, DAY).title == "No fault is known to cost days"
