"""Documents in other currencies: rates, what has none, and which currency the books report in."""

import pytest

from data.store import checks, reader
from data.store.snapshot import current_snapshot
from tests.books import Desk
from tests.data.store.ageing_matrix import holds, invoice, payment


@pytest.mark.slow
def test_without_a_rate_nothing_is_added_and_rates_that_come_or_change_later_count_once_known(
    desk: Desk,
) -> None:
    desk.load(
        invoices=[
            invoice(),
            invoice(invoice_id="F2"),
            invoice(invoice_id="F3", currency="USD", amount="50.00"),
        ],
        payments=[payment("20.00", "2026-01-10", invoice_id="F3", currency="USD")],
    )
    first = desk.moment()
    desk.load(fx_rates=[("2025-12-31", "USD", "0.9"), ("2026-01-05", "USD", "0.5")])
    second = desk.moment()
    desk.load(fx_rates=[("2025-12-31", "USD", "0.8")])
    holds(desk, {
        ("2026-01-15", first): {"C1": {"not_due": "200.00"}},
        ("2026-01-15", second): {"C1": {"not_due": "227.00"}},  # 200 + 30 x 0.9, the document date's rate
        ("2026-01-15", None): {"C1": {"not_due": "224.00"}},
        ("2026-01-09", None): {"C1": {"not_due": "240.00"}},
    })  # fmt: skip
    holds(desk, {("2026-01-15", first): {"C1": {"not_due": "30.00"}}}, currency="USD")


def test_a_document_paid_in_full_is_zero_in_the_reporting_currency_too(desk: Desk) -> None:
    # What is open is converted, not each payment: 0.01, 0.01 and 0.03 at 0.5 would round to 0.04, not 0.03.
    desk.load(
        invoices=[
            *(invoice("1.00", invoice_id=f"F{number}", customer_id="C2") for number in range(2, 8)),
            invoice("0.05", currency="USD"),
        ],
        payments=[
            payment(amount, f"2026-01-1{number}", payment_id=f"P{number}", currency="USD")
            for number, amount in enumerate(("0.01", "0.01", "0.03"))
        ],
        fx_rates=[("2026-01-01", "USD", "0.5")],
    )
    euros = {"C2": {"not_due": "6.00"}}
    holds(desk, {
        ("2026-01-01", None): {"C1": {"not_due": "0.03"}, **euros},  # 0.025 rounds away from zero
        ("2026-01-10", None): {"C1": {"not_due": "0.02"}, **euros},  # 0.04 x 0.5
        ("2026-01-11", None): {"C1": {"not_due": "0.02"}, **euros},  # 0.015
        ("2026-01-12", None): euros,
    })  # fmt: skip


@pytest.mark.slow
def test_the_reporting_currency_follows_the_commonest_as_long_as_nothing_was_converted(desk: Desk) -> None:
    desk.load(invoices=[invoice()])
    first = desk.moment()
    desk.load(invoices=[invoice("10.00", invoice_id=f"F{n}", currency="USD") for n in (2, 3)])
    holds(desk, {
        ("2026-01-15", first): {"C1": {"not_due": "100.00"}},  # euros
        ("2026-01-15", None): {"C1": {"not_due": "20.00"}},  # dollars; nothing tells what a euro is worth
    })  # fmt: skip


POUNDS_AND_RATES = {
    "invoices": [
        invoice(invoice_id="E1"),
        invoice(invoice_id="E2"),
        invoice("1000.00", invoice_id="G1", currency="GBP"),
    ],
    "fx_rates": [("2025-12-01", "GBP", "1.15"), ("2025-12-01", "USD", "0.90")],
}
DOLLARS = [invoice("10.00", invoice_id=f"U{n}", currency="USD") for n in (1, 2, 3)]


@pytest.mark.slow
def test_many_documents_in_another_currency_do_not_make_rates_mean_something_else(desk: Desk) -> None:
    desk.load(**POUNDS_AND_RATES)
    desk.load(invoices=DOLLARS)
    # 100 + 100 + 1,000 x 1.15 + 3 x 10 x 0.90
    holds(desk, {("2026-01-15", None): {"C1": {"not_due": "1377.00"}}})
    # and a commoner one without rates does not either
    desk.load(invoices=[invoice("1.00", invoice_id=f"Y{n}", currency="JPY") for n in range(9)])
    holds(desk, {("2026-01-15", None): {"C1": {"not_due": "1377.00"}}})
    assert desk.rows("select currency from reporting_currency") == [("EUR",)]


@pytest.mark.slow
def test_what_rates_are_given_for_is_not_the_reporting_currency_in_whatever_order(desk: Desk) -> None:
    desk.load(invoices=DOLLARS, fx_rates=POUNDS_AND_RATES["fx_rates"])
    holds(desk, {("2026-01-15", None): {"C1": {"not_due": "30.00"}}})  # there is nothing but dollars
    other = Desk(desk.home / "other")
    other.load(invoices=DOLLARS + POUNDS_AND_RATES["invoices"], fx_rates=POUNDS_AND_RATES["fx_rates"])
    holds(other, {("2026-01-15", None): {"C1": {"not_due": "1377.00"}}})
    other.close()


@pytest.mark.slow
def test_the_setting_derives_the_books_again_and_old_reports_keep_theirs(desk: Desk) -> None:
    desk.load(**POUNDS_AND_RATES)
    first = desk.moment()
    report = desk.load(settings=[{"key": "reporting_currency", "value": "GBP"}])
    assert report.files[0].accepted == 1
    desk.load(fx_rates=[("2025-12-01", "EUR", "0.85")])
    holds(desk, {
        ("2026-01-15", first): {"C1": {"not_due": "1350.00"}},  # 100 + 100 + 1,000 x 1.15
        ("2026-01-15", None): {"C1": {"not_due": "1170.00"}},  # pounds: 2 x 100 x 0.85 + 1,000
    })  # fmt: skip
    assert desk.rows("select currency from reporting_currency order by recorded_at") == [("EUR",), ("GBP",)]
    snapshot = current_snapshot(desk.store)
    connection = reader.connect(snapshot)
    assert checks.broken(connection, chain=snapshot.chain) == []
    connection.close()


@pytest.mark.slow
def test_a_currency_left_by_a_correction_or_a_cancellation_still_ties_out(desk: Desk) -> None:
    desk.load(
        invoices=[
            invoice(currency="USD"),
            invoice(invoice_id="F2", currency="GBP", cancelled_date="2026-01-02"),
        ]
    )
    desk.load(invoices=[invoice()])
    holds(desk, {("2026-01-15", None): {"C1": {"not_due": "100.00"}}}, currency="EUR")
    holds(desk, {("2026-01-15", None): {}}, currency="USD")
