"""`statement_of_account`: opening, bookings and closing of a period, with the balance after each."""

from datetime import date

from tests.kpi_ledger import CUSTOMERS, invoice, payment


def books_of_one_customer(desk):
    """C1: 300 invoiced in 2025 and 100 paid; in 2026 invoices, a discount, a credit note, money before."""
    desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("OLD", "2025-11-01", "2025-12-01", "300.00"),
            invoice("A", "2026-02-01", "2026-03-03", "1000.00"),
            invoice("N", "2026-02-20", "2026-02-20", "-50.00"),
            invoice("B", "2026-03-10", "2026-04-09", "80.00", cancelled_date="2026-03-15"),
            invoice("ALIEN", "2026-02-01", "2026-03-03", "777.00", "C2"),
        ],
        payments=[
            payment("P1", "OLD", "2025-12-10", "100.00"),
            payment("P2", "A", "2026-01-20", "200.00"),  # twelve days before its invoice
            payment("P3", "A", "2026-02-10", "780.00"),
            payment("P4", "A", "2026-02-10", "20.00", kind="discount"),
            payment("P5", "OLD", "2026-02-15", "200.00"),
            payment("P6", "OLD", "2026-02-25", "-200.00", kind="reversal"),
            payment("P7", "OLD", "2026-03-20", "190.00", kind="write_off"),
        ],
    )


def test_a_statement_runs_from_the_opening_to_the_closing_balance(desk):
    books_of_one_customer(desk)
    rows = desk.ask("statement_of_account", as_of="2026-03-31", customer="C1")
    assert [(str(row["day"]), row["kind"], row["document_id"], row["balance"]) for row in rows] == [
        ("2026-01-01", "opening", None, 200),  # 300 - 100
        ("2026-01-20", "payment", "A", 0),  # - 200, on account until its invoice
        ("2026-02-01", "invoice", "A", 1000),
        ("2026-02-10", "payment", "A", 220),  # - 780
        ("2026-02-10", "discount", "A", 200),  # - 20
        ("2026-02-15", "payment", "OLD", 0),
        ("2026-02-20", "credit_note", "N", -50),
        ("2026-02-25", "reversal", "OLD", 150),
        ("2026-03-10", "invoice", "B", 230),
        ("2026-03-15", "cancellation", "B", 150),
        ("2026-03-20", "write_off", "OLD", -40),
        ("2026-03-31", "closing", None, -40),
    ]
    closing = rows[-1]
    # Invoiced 1,000 + 80; credited 50 + 80; paid 200 + 780 + 200 - 200; other: 190 written off.
    assert {name: closing[name] for name in ("invoiced", "credited", "paid", "discount", "other")} == {
        "invoiced": 1080, "credited": 130, "paid": 980, "discount": 20, "other": -190,
    }  # fmt: skip
    assert closing["balance"] == 200 + 1080 - 130 - 980 - 20 - 190
    assert closing["balance"] == desk.ask("ageing", as_of="2026-03-31", customer="C1")[0]["total"]


def test_a_statement_of_a_month_opens_with_what_the_month_before_closed_with(desk):
    books_of_one_customer(desk)
    january = desk.ask("statement_of_account", as_of="2026-01-31", customer="C1")
    february = desk.ask("statement_of_account", as_of="2026-02-28", customer="C1", **{"from": "2026-02-01"})
    assert january[-1]["balance"] == february[0]["balance"] == 0
    assert february[0]["day"] == date(2026, 2, 1)
    assert february[-1]["balance"] == 150
    # Nothing dated after the last day changes it.
    assert desk.ask("statement_of_account", as_of="2025-11-30", customer="C1")[-1]["balance"] == 300


def test_a_customer_without_bookings_has_a_statement_of_zeros(desk):
    books_of_one_customer(desk)
    rows = desk.ask("statement_of_account", as_of="2026-03-31", customer="nobody")
    assert [(row["kind"], row["balance"]) for row in rows] == [("opening", 0), ("closing", 0)]
