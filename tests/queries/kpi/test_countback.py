"""Days sales outstanding by countback."""

import pytest

from tests.kpi_ledger import CUSTOMERS, invoice, payment


def test_the_ibm_sample_stands_at_26_days_by_countback_in_june_2013(ibm):
    row = ibm[0].ask("kpi", as_of="2013-06-30").to_dicts()[0]
    assert round(row["dso_countback"], 2) == 26.26


def test_countback_walks_through_a_month_of_more_credits_than_sales(entity_desk):
    # Open 110 on 15 March. March bills 40 (15 days), rest 70; February bills -10 (28 days), rest 80;
    # January bills 160: 80/160 of its 31 days. 15 + 28 + 15.5 = 58.5.
    entity_desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("J", "2026-01-20", "2026-02-20", "160.00"),
            invoice("F", "2026-02-10", "2026-03-10", "20.00"),
            invoice("N", "2026-02-11", "2026-02-11", "-30.00"),
            invoice("M", "2026-03-03", "2026-04-03", "40.00"),
        ],
        payments=[payment("P1", "J", "2026-03-01", "80.00")],
    )
    assert entity_desk.ask("kpi", as_of="2026-03-15")[0]["dso_countback"] == pytest.approx(58.5)


def test_countback_stops_at_the_month_of_the_first_invoice_and_leaves_money_on_account_out(entity_desk):
    # 100 billed on 20 January, never paid; 30 refunded on it in February; a credit note of 10 from before the
    # first invoice: 120 open, more than ever billed.
    entity_desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("J", "2026-01-20", "2026-02-20", "100.00"),
            invoice("N", "2025-12-20", "2025-12-20", "-10.00"),
        ],
        payments=[
            payment("P1", "J", "2026-02-01", "-30.00", kind="reversal"),
            payment("P2", None, "2026-02-02", "90.00"),
        ],
    )
    row = entity_desk.ask("kpi", as_of="2026-02-10")[0]
    assert (row["open_amount"], row["unapplied"], row["receivables"]) == (120, -90, 30)
    assert row["dso_countback"] == 31 + 10


def test_countback_ends_where_the_months_add_up_to_what_is_open(entity_desk):
    # March's 100 is what is open; that February only credited and January billed 50 does not matter any more.
    entity_desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("J", "2026-01-20", "2026-02-20", "50.00"),
            invoice("N", "2026-02-10", "2026-02-10", "-10.00"),
            invoice("M", "2026-03-03", "2026-04-03", "100.00"),
        ],
        payments=[payment("P1", "J", "2026-02-12", "50.00"), payment("P2", "N", "2026-02-12", "-10.00")],
    )
    assert entity_desk.ask("kpi", as_of="2026-03-15")[0]["dso_countback"] == 15


@pytest.mark.slow
def test_countback_without_any_invoice_walks_no_month(desk):
    # A credit note paid out twice: 40 is open though nothing was ever invoiced.
    desk.load(
        customers=CUSTOMERS,
        invoices=[invoice("N", "2026-01-10", "2026-01-10", "-40.00")],
        payments=[payment("P1", "N", "2026-01-20", "-80.00")],
    )
    row = desk.ask("kpi", as_of="2026-01-31")[0]
    assert (row["open_amount"], row["dso_countback"]) == (40, 0)
    # The day an invoice exists its month is walked as a whole: there is no other before it.
    desk.load(invoices=[invoice("F", "2026-02-10", "2026-03-10", "10.00")])
    assert desk.ask("kpi", as_of="2026-01-31")[0]["dso_countback"] == 0
    assert desk.ask("kpi", as_of="2026-02-28")[0]["dso_countback"] == 28
