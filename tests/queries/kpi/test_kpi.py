"""`kpi`: worked by hand on small ledgers, and against plain loops over whole companies."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from data.store.load import load
from tests.kpi_ledger import CUSTOMERS, LAST_DAY, invoice, payment, same

DEMO_DAYS = (
    date(2023, 12, 5), date(2024, 2, 29), date(2025, 1, 1), date(2025, 12, 31), date(2026, 8, 14), LAST_DAY,
)  # fmt: skip


@pytest.mark.parametrize("day", DEMO_DAYS)
def test_every_figure_of_the_demo_company_is_what_plain_loops_make_of_its_files(demo, day):
    books, plain = demo
    found, expected = books.ask("kpi", as_of=day).to_dicts()[0], plain.kpi(day)
    assert set(found) == set(expected)
    same(found, expected)


@pytest.mark.parametrize("day", [date(2012, 6, 30), date(2013, 2, 28), date(2013, 6, 30), date(2013, 11, 17)])
def test_every_figure_of_the_ibm_sample_is_what_plain_loops_make_of_it(ibm, day):
    books, plain = ibm
    same(books.ask("kpi", as_of=day).to_dicts()[0], plain.kpi(day))


@pytest.mark.slow
def test_the_figures_of_segments_and_entities_add_up_to_those_of_all(demo):
    books, _ = demo
    whole = books.ask("kpi", as_of=LAST_DAY).to_dicts()[0]
    for filter_name, values in (
        ("segment", ["Klein", "Midden", "Groot", "Overheid"]),
        ("entity", ["Zilverwaard Nederland BV", "Zilverwaard Services BV"]),
    ):
        parts = [books.ask("kpi", as_of=LAST_DAY, **{filter_name: value}).to_dicts()[0] for value in values]
        for name in ("receivables", "overdue", "unapplied", "billings_90", "billings_365"):
            assert sum(part[name] for part in parts) == whole[name]


def test_medians_with_open_invoices_are_those_of_statsmodels(demo):
    survival = pytest.importorskip("statsmodels.duration.survfunc").SurvfuncRight
    books, plain = demo
    for day in DEMO_DAYS[2:]:
        row = books.ask("kpi", as_of=day).to_dicts()[0]
        for column, from_due in (("days_to_pay_with_open", False), ("days_late_with_open", True)):
            ages = plain.ages(day, from_due=from_due)
            # Shifted: statsmodels takes ages from 0 on.
            shift = min(age for age, _ in ages)
            curve = survival(
                np.array([age - shift for age, _ in ages]), np.array([closed for _, closed in ages])
            )
            assert row[column] == curve.quantile(0.5) + shift


def test_nothing_open_gives_zero_days_and_null_where_there_is_nothing_to_divide_by(desk):
    desk.load(
        customers=CUSTOMERS,
        invoices=[invoice("F1", "2026-01-10", "2026-02-09", "100.00")],
        payments=[payment("P1", "F1", "2026-02-01", "100.00")],
    )
    row = desk.ask("kpi", as_of="2026-12-31")[0]
    assert row["open_amount"] == 0
    assert row["dso_countback"] == 0
    for name in (
        "overdue_share", "top10_share", "dso_balance_90", "cei", "days_to_pay", "on_time_share", "dpo",
        "promise_kept_share", "dispute_rate", "days_disputed", "cash_conversion_cycle",
    ):  # fmt: skip
        assert row[name] is None, name
    # The whole year: billed 100, receivables 0 at both ends.
    assert row["ar_turnover"] is None


def test_ninety_days_leave_out_the_ninetieth_day_before(entity_desk):
    day = date(2026, 6, 30)
    entity_desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("OUT", str(day - timedelta(days=90)), "2026-12-31", "1000.00"),
            invoice("IN", str(day - timedelta(days=89)), "2026-12-31", "10.00"),
            invoice("TODAY", str(day), "2026-12-31", "1.00"),
            invoice("AFTER", "2026-07-01", "2026-12-31", "5000.00"),
        ],
        payments=[],
    )
    row = entity_desk.ask("kpi", as_of=day)[0]
    assert row["billings_90"] == Decimal("11.00")
    assert row["dso_balance_90"] == pytest.approx(1011 / 11 * 90)


def test_the_due_day_itself_is_not_overdue_and_day_91_is_over_90(entity_desk):
    entity_desk.load(
        customers=CUSTOMERS, invoices=[invoice("F1", "2026-01-01", "2026-03-01", "100.00")], payments=[]
    )
    for day, overdue, over_90 in (
        ("2026-03-01", 0, 0),
        ("2026-03-02", 100, 0),
        ("2026-05-30", 100, 0),
        ("2026-05-31", 100, 1),
    ):
        row = entity_desk.ask("kpi", as_of=day)[0]
        assert (row["overdue"], row["d90_plus_share"]) == (overdue, over_90)


def test_a_payment_before_its_invoice_is_paid_on_it_from_the_invoice_date(entity_desk):
    entity_desk.load(
        customers=CUSTOMERS,
        invoices=[invoice("A", "2026-04-11", "2026-05-11", "100.00")],
        payments=[payment("P1", "A", "2026-04-01", "100.00")],
    )
    assert entity_desk.ask("kpi", as_of="2026-04-10")[0]["days_to_pay"] is None
    row = entity_desk.ask("kpi", as_of="2026-04-11")[0]
    assert (row["days_to_pay"], row["days_late"], row["days_to_pay_with_open"]) == (-10, -40, 0)


def test_a_cancellation_takes_back_billing_on_its_own_day(entity_desk):
    entity_desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-01-10", "2026-02-09", "300.00", cancelled_date="2026-05-20"),
            invoice("B", "2026-05-02", "2026-06-01", "1000.00"),
        ],
        payments=[],
    )
    before, after = (entity_desk.ask("kpi", as_of=day)[0] for day in ("2026-05-19", "2026-05-20"))
    assert (before["open_amount"], before["billings_90"]) == (1300, 1000)
    assert (after["open_amount"], after["billings_90"], after["billings_365"]) == (1000, 700, 1000)


def test_payments_are_weighted_by_amount_and_only_payments_on_invoices_count(entity_desk):
    # 300 after 10 days (20 early), 100 after 50 days (20 late): 8,000 / 400 = 20; -4,000 / 400 = -10.
    entity_desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-03-01", "2026-03-31", "400.00"),
            invoice("N", "2026-03-01", "2026-03-01", "-50.00"),
        ],
        payments=[
            payment("P1", "A", "2026-03-11", "300.00"),
            payment("P2", "A", "2026-04-20", "90.00"),
            payment("P3", "A", "2026-04-20", "10.00"),
            payment("P4", "N", "2026-04-20", "-50.00"),
            payment("P5", None, "2026-04-20", "999.00"),
            payment("P6", "A", "2026-04-25", "0.50", kind="write_off"),
            payment("P7", "A", "2026-04-25", "0.50", kind="credit"),
        ],
    )
    row = entity_desk.ask("kpi", as_of="2026-04-30")[0]
    assert row["days_to_pay"] == pytest.approx(20)
    assert row["days_late"] == pytest.approx(-10)
    # Of the 400 due on 31 March, 300 was there.
    assert row["on_time_share"] == pytest.approx(0.75)


def test_an_invoice_that_falls_due_before_its_own_date_is_on_time_only_if_paid_by_then(entity_desk):
    # LATE is not paid, EARLY is paid the day before it falls due, OWN on its own date: 50 of 350.
    entity_desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("LATE", "2026-01-10", "2026-01-05", "100.00"),
            invoice("EARLY", "2026-01-10", "2026-01-05", "50.00"),
            invoice("OWN", "2026-01-10", "2026-01-05", "200.00"),
        ],
        payments=[
            payment("P1", "EARLY", "2026-01-04", "50.00"),
            payment("P2", "OWN", "2026-01-10", "200.00"),
        ],
    )
    assert entity_desk.ask("kpi", as_of="2026-01-31")[0]["on_time_share"] == pytest.approx(50 / 350)
    rows = {
        row["invoice_id"]: row["amount_on_time"] for row in entity_desk.ask("fallen_due", as_of="2026-01-31")
    }
    assert rows == {"LATE": 0, "EARLY": 50, "OWN": 0}
    assert entity_desk.ask("kpi", as_of="2026-01-09")[0]["on_time_share"] is None


def test_the_first_date_of_a_re_dated_invoice_that_is_paid_too_much_closes_nothing(desk):
    # Paid before its date, it is closed on the day it is dated: after 0 days, 30 days before it falls due.
    desk.load(
        customers=CUSTOMERS,
        invoices=[invoice("F", "2026-01-01", "2026-01-31", "100.00")],
        payments=[payment("P", "F", "2026-02-20", "110.00")],
    )
    desk.load(invoices=[invoice("F", "2026-03-01", "2026-03-31", "100.00")])
    row = desk.ask("kpi", as_of="2026-04-30")[0]
    assert (row["days_to_pay_with_open"], row["days_late_with_open"]) == (0, -30)


def test_collection_effectiveness_is_of_the_calendar_month(entity_desk):
    # End of March open 1,000; April bills 500 and brings in 900: 600 open, of which 500 not due.
    # (1,000 + 500 - 600) / (1,000 + 500 - 500) = 90%.
    entity_desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-03-31", "2026-04-10", "1000.00"),
            invoice("B", "2026-04-01", "2026-05-10", "500.00"),
        ],
        payments=[payment("P1", "A", "2026-04-30", "900.00")],
    )
    assert entity_desk.ask("kpi", as_of="2026-04-30")[0]["cei"] == pytest.approx(90)


def test_turnover_is_of_the_mean_of_both_ends_of_the_year(entity_desk):
    # 200 open on 30 June 2025, 600 on 30 June 2026, less 100 on account; 1,000 billed: 1,000 / 350.
    entity_desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2025-06-30", "2025-07-30", "200.00"),
            invoice("B", "2025-07-01", "2025-07-31", "400.00"),
            invoice("C", "2026-06-30", "2026-07-30", "600.00"),
        ],
        payments=[
            payment("P1", "A", "2025-07-30", "200.00"),
            payment("P2", "B", "2025-07-31", "400.00"),
            payment("P3", None, "2026-06-30", "100.00"),
        ],
    )
    row = entity_desk.ask("kpi", as_of="2026-06-30")[0]
    assert row["ar_turnover"] == pytest.approx(1000 / ((200 + 500) / 2))


def test_top_ten_share_is_of_the_ten_customers_with_most_open(entity_desk):
    entity_desk.load(
        customers=[(f"K{number:02d}", "Name", "retail", "NL", 30, None) for number in range(12)],
        invoices=[
            invoice(f"F{number}", "2026-01-01", "2026-02-01", f"{number + 1}.00", f"K{number:02d}")
            for number in range(12)
        ],
        payments=[],
    )
    # 1 + 2 + ... + 12 = 78, of which the two smallest are 3.
    assert entity_desk.ask("kpi", as_of="2026-01-15")[0]["top10_share"] == pytest.approx(75 / 78)


def test_customers_with_nothing_open_are_not_among_the_ten(entity_desk):
    # One owes 100, one 50, one has paid 50 too much; ten have paid all: the three together are all there is.
    names = [f"K{number:02d}" for number in range(13)]
    entity_desk.load(
        customers=[(name, "Name", "retail", "NL", 30, None) for name in names],
        invoices=[invoice(f"F{name}", "2026-01-01", "2026-02-01", "100.00", name) for name in names],
        payments=[
            payment(f"P{name}", f"F{name}", "2026-01-05", amount, name)
            for name, amount in zip(names[1:], ["50.00", "150.00", *["100.00"] * 10], strict=True)
        ],
    )
    row = entity_desk.ask("kpi", as_of="2026-01-15")[0]
    assert (row["open_amount"], row["top10_share"]) == (100, pytest.approx(1))


def test_an_invoice_paid_twice_and_one_opened_again_are_told_as_they_were(entity_desk):
    # Issued 1 March. A: paid day 10, paid again day 20. B: paid day 10, reversed day 30. C: open.
    entity_desk.load(
        customers=CUSTOMERS,
        invoices=[invoice(name, "2026-03-01", "2026-03-31", "100.00") for name in "ABC"],
        payments=[
            payment("P1", "A", "2026-03-11", "100.00"),
            payment("P2", "A", "2026-03-21", "100.00"),
            payment("P3", "B", "2026-03-11", "100.00"),
            payment("P4", "B", "2026-03-31", "-100.00", kind="reversal"),
        ],
    )
    # Two of three closed at 10 days, one open: 1/3 is left.
    assert entity_desk.ask("kpi", as_of="2026-03-30")[0]["days_to_pay_with_open"] == 10
    # From the reversal on one of three is closed: 2/3 is left and there is no median.
    assert entity_desk.ask("kpi", as_of="2026-03-31")[0]["days_to_pay_with_open"] is None
    counts = {
        row["method"]: (row["numerator"], row["denominator"])
        for row in entity_desk.ask("dso_methods", as_of="2026-03-31")
    }
    assert counts["days_to_pay_with_open"] == (1, 3)


def test_the_median_is_the_first_age_at_which_half_is_closed(entity_desk):
    entity_desk.load(
        customers=CUSTOMERS,
        invoices=[invoice(name, "2026-03-01", "2026-03-16", "100.00") for name in "AB"],
        payments=[payment("P1", "A", "2026-03-11", "100.00"), payment("P2", "B", "2026-03-21", "100.00")],
    )
    row = entity_desk.ask("kpi", as_of="2026-03-31")[0]
    assert (row["days_to_pay_with_open"], row["days_late_with_open"]) == (10, -5)


def test_whoever_does_not_pay_does_not_flatter_the_median(entity_desk):
    # Paid after 5 and 15 days, three open for 40: the mean of the paid is 10, of all five no half is in.
    entity_desk.load(
        customers=CUSTOMERS,
        invoices=[invoice(name, "2026-03-01", "2026-03-31", "100.00") for name in "ABCDE"],
        payments=[payment("P1", "A", "2026-03-06", "100.00"), payment("P2", "B", "2026-03-16", "100.00")],
    )
    row = entity_desk.ask("kpi", as_of="2026-04-10")[0]
    assert (row["days_to_pay"], row["days_to_pay_with_open"]) == (pytest.approx(10), None)


@pytest.mark.slow
def test_a_promise_is_kept_when_the_money_came_between_the_day_made_and_the_day_promised(desk):
    folder = desk.folder(
        customers=CUSTOMERS,
        invoices=[invoice(name, "2026-03-01", "2026-03-31", "100.00") for name in "ABCDEFGH"],
        payments=[
            payment("P1", "A", "2026-04-10", "100.00"),  # on the promised day
            payment("P2", "B", "2026-04-11", "100.00"),  # a day late
            payment("P3", "C", "2026-03-31", "100.00"),  # before the promise was made
            payment("P4", "D", "2026-04-01", "40.00"),   # part of it
            payment("P5", "E", "2026-04-05", "100.00", kind="write_off"),
            payment("P6", "G", "2026-04-05", "100.00", kind="credit"),
            payment("P7", "H", "2026-04-05", "100.00"),
            payment("P8", "H", "2026-04-07", "-100.00", kind="reversal"),
        ],
    )  # fmt: skip
    (folder / "promises.csv").write_text(
        "invoice_id,made_date,promised_date,amount\n"
        "A,2026-04-01,2026-04-10,100.00\nB,2026-04-01,2026-04-10,100.00\nC,2026-04-01,2026-04-10,100.00\n"
        "D,2026-04-01,2026-04-10,40.00\nE,2026-04-01,2026-04-10,100.00\nF,2026-04-01,2026-04-11,500.00\n"
        "G,2026-04-01,2026-04-10,100.00\nH,2026-04-01,2026-04-10,100.00\nNOWHERE,2026-04-01,2026-04-10,100.00\n"
    )
    load(desk.store, [folder])
    before, on_the_day, after = (
        desk.ask("kpi", as_of=day)[0] for day in ("2026-04-09", "2026-04-10", "2026-04-11")
    )
    assert before["promise_kept_share"] is None
    assert on_the_day["promise_kept_share"] == pytest.approx(3 / 7)
    assert on_the_day["promise_kept_amount_share"] == pytest.approx(240 / 640)
    assert after["promise_kept_share"] == pytest.approx(3 / 8)
    assert desk.ask("kpi", as_of="2026-04-10", segment="public")[0]["promise_kept_share"] is None


@pytest.mark.slow
def test_disputes_bills_and_stock_are_counted_from_their_own_days(desk):
    folder = desk.folder(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-04-01", "2026-05-01", "900.00"),
            invoice("B", "2026-04-02", "2026-05-01", "100.00"),
        ],
        payments=[],
        disputes=[
            ("A", "2026-04-01", "2026-04-11", "price", "90.00"),
            ("A", "2026-04-05", "2026-05-05", "quality", "45.00"),
            ("A", "2026-06-29", None, "quantity", "9.00"),
        ],
    )
    (folder / "bills.csv").write_text(
        "bill_id,supplier,bill_date,due_date,currency,amount,paid_date\n"
        "B1,S,2026-04-02,2026-05-02,EUR,300.00,2026-06-01\nB2,S,2026-05-02,2026-06-02,EUR,60.00,\n"
    )
    load(desk.store, [folder])
    row = desk.ask("kpi", as_of="2026-05-05")[0]
    assert row["dispute_rate"] == pytest.approx(135 / 1000)
    assert (row["days_disputed"], row["days_disputed_open"]) == (20, None)
    assert row["dpo"] == pytest.approx(90)
    assert row["cash_conversion_cycle"] is None
    late = desk.ask("kpi", as_of="2026-06-29", dio=12.5)[0]
    assert (late["days_disputed"], late["days_disputed_open"]) == (20, 0)
    assert late["dpo"] == pytest.approx(60 / 360 * 90)
    assert late["cash_conversion_cycle"] == pytest.approx(90 + 12.5 - 15)
    # A bill paid on the day is not open; a dispute and an invoice of 90 days before are out of the 90 days.
    assert desk.ask("kpi", as_of="2026-06-01")[0]["dpo"] == pytest.approx(60 / 360 * 90)
    assert desk.ask("kpi", as_of="2026-06-30")[0]["dispute_rate"] == pytest.approx((45 + 9) / 100)
    assert desk.ask("kpi", as_of="2026-05-05", segment="retail")[0]["dpo"] is None


def test_amounts_in_another_currency_are_converted_or_asked_for_alone(desk):
    desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-04-01", "2026-05-01", "100.00"),
            invoice("B", "2026-04-01", "2026-05-01", "50.00"),
            invoice("C", "2026-04-01", "2026-05-01", "200.00", currency="USD"),
        ],
        payments=[payment("P1", "C", "2026-04-11", "200.00", currency="USD")],
        fx_rates=[("2026-01-01", "USD", "0.5")],
        disputes=[("C", "2026-04-02", None, "price", "20.00")],
    )
    row, dollars = (desk.ask("kpi", as_of="2026-04-30", currency=code)[0] for code in (None, "USD"))
    assert (row["billings_90"], dollars["billings_90"]) == (250, 200)
    assert row["dispute_rate"] == pytest.approx(10 / 250)
    assert dollars["dispute_rate"] == pytest.approx(20 / 200)
    assert row["days_to_pay"] == dollars["days_to_pay"] == pytest.approx(10)


@pytest.mark.slow
def test_what_was_not_known_then_changes_nothing_as_known_on_that_moment(desk):
    desk.load(
        customers=CUSTOMERS,
        invoices=[invoice("A", "2026-04-01", "2026-05-01", "100.00")],
        payments=[payment("P1", "A", "2026-05-01", "60.00")],
    )
    then, before = desk.moment(), desk.ask("kpi", as_of="2026-05-31")[0]
    desk.load(
        payments=[payment("P2", "A", "2026-05-02", "40.00")],
        invoices=[invoice("B", "2026-05-03", "2026-06-03", "70.00")],
    )
    assert desk.ask("kpi", as_of="2026-05-31", known_on=then)[0] == before
    now = desk.ask("kpi", as_of="2026-05-31")[0]
    assert (before["open_amount"], now["open_amount"]) == (40, 70)
    # A was closed on 2 May, after 31 days; B is 28 days open: half is closed at 31.
    assert (before["days_to_pay_with_open"], now["days_to_pay_with_open"]) == (None, 31)
