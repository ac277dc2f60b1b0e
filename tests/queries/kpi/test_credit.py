"""Shares and days where there is more credit than billing: of invoices with something open, or null."""

from datetime import date
from pathlib import Path

import pytest

from data.store.load import load
from queries import Books, open_books
from tests import paths
from tests.kpi_ledger import CUSTOMERS, invoice, payment

_DAY = date(2026, 5, 31)


def books_of_case(store: Path, case: str) -> Books:
    folder = paths.CASES / case / "in"
    if not folder.exists():
        pytest.skip(f"the case {case} is not beside the checkout")
    load(store, [folder])
    return open_books(store)


@pytest.mark.slow
def test_days_are_null_where_no_more_was_billed_than_credited(tmp_path: Path):
    # Segment Neg: 1,000 open since 2025; the only billing of the 90 days is a credit note of 200.
    with books_of_case(tmp_path / "store", "c16_kpi_negative_billings") as books:
        row = books.ask("kpi", as_of=_DAY, segment="Neg").row(0, named=True)
        assert (row["open_amount"], row["overdue"], row["billings_90"]) == (1000, 1000, -200)
        for name in (
            "dso_balance_90", "average_days_delinquent", "best_possible_dso", "cei", "dispute_rate",
            "cash_conversion_cycle",
        ):  # fmt: skip
            assert row[name] is None, name
        # Countback walks from May 2026 to the first invoice: 1 Jun 2025 to 31 May 2026.
        assert row["dso_countback"] == 365
        assert row["overdue_share"] == row["d90_plus_share"] == row["top10_share"] == 1
        methods = {
            line["method"]: line for line in books.ask("dso_methods", as_of=_DAY, segment="Neg").to_dicts()
        }
        assert [methods[name]["days"] for name in ("balance_90", "best_possible", "delinquent")] == [None] * 3
        assert (methods["balance_90"]["numerator"], methods["balance_90"]["denominator"]) == (1000, -200)
        assert books.ask("dso_bridge", as_of=_DAY, segment="Neg").is_empty()
        for segment in ("Leeg", "Voor", "Terug"):
            other = books.ask("kpi", as_of=_DAY, segment=segment).row(0, named=True)
            assert other["dso_balance_90"] is None, segment


@pytest.mark.slow
def test_overpayments_and_credit_notes_have_no_overdue_of_their_own(tmp_path: Path):
    # Open: V1 30, V3 500 and V5 1,000 on invoices; V2 -30, N5 -1,000, N6 -250 credit. Overdue 30 + 500.
    with books_of_case(tmp_path / "store", "c11_overpaid_other") as books:
        row = books.ask("kpi", as_of=_DAY).row(0, named=True)
        assert (row["open_amount"], row["overdue"]) == (250, 530)
        assert row["overdue_share"] == pytest.approx(530 / 1530)
        # V1 fell due on 4 February, V3 on the 9th: more than 90 days before 31 May.
        assert row["d90_plus_share"] == pytest.approx(530 / 1530)
        assert row["top10_share"] == 1
        # Billings of the 90 days: 1,000 - 1,000.
        assert row["dso_balance_90"] is None
        # After set-off nobody owes anything: O1 paid it on V2, O2 on account.
        assert books.ask("top_overdue", as_of=_DAY).is_empty()
        buckets = {line["bucket"]: line for line in books.ask("ageing_buckets", as_of=_DAY).to_dicts()}
        # The books: 1,000 not due; 30 + 500 - 30 - 250 over 90 days; the note of 15 April 31-60 days.
        assert [buckets[name]["open_amount"] for name in ("not_due", "d31_60", "d90_plus")] == [
            1000,
            -1000,
            250,
        ]
        assert [buckets[name]["share"] for name in ("not_due", "d31_60", "d90_plus")] == pytest.approx(
            [1000 / 1530, 0, 530 / 1530]
        )
        trend = books.ask("kpi_trend", as_of=_DAY).to_dicts()
        assert all(month["dso_balance_90"] is None or month["dso_balance_90"] >= 0 for month in trend)
        week = books.ask("cash_trend", as_of=_DAY).row(-1, named=True)
        assert (week["overdue"], week["d90_plus"]) == (530, 530)


@pytest.mark.slow
def test_an_overpaid_invoice_is_credit_until_the_money_went_back(entity_desk):
    # A is paid 100 too much on 10 March, 60 of it went back on 20 April, the rest on 20 May.
    entity_desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-02-01", "2026-03-03", "300.00"),
            invoice("B", "2026-02-01", "2026-03-03", "500.00"),
            invoice("C", "2026-04-20", "2026-12-31", "900.00", "C2"),
        ],
        payments=[
            payment("P1", "A", "2026-03-10", "400.00"),
            payment("P2", "A", "2026-04-20", "-60.00"),
            payment("P3", "A", "2026-05-20", "-40.00"),
        ],
    )
    found = {
        day: entity_desk.ask("kpi", as_of=day)[0]
        for day in ("2026-03-09", "2026-03-10", "2026-04-20", "2026-05-20")
    }
    assert [(row["open_amount"], row["overdue"]) for row in found.values()] == [
        (800, 800), (400, 500), (1360, 500), (1400, 500),
    ]  # fmt: skip
    assert [row["overdue_share"] for row in found.values()] == pytest.approx([1, 1, 500 / 1400, 500 / 1400])
    # 1,360 open, 500 of it overdue, of billings of 900 and 800 in the 90 days to 20 April (from 21 January).
    april = found["2026-04-20"]
    assert april["dso_balance_90"] == pytest.approx(1360 / 1700 * 90)
    assert april["average_days_delinquent"] == pytest.approx(500 / 1700 * 90)
    assert april["best_possible_dso"] == pytest.approx(860 / 1700 * 90)
    # April: 400 open before it, 900 billed, 1,360 open: more is open than was to be collected.
    assert april["cei"] == 0


def test_customers_who_are_owed_more_than_they_owe_have_0_days(entity_desk):
    # 100 overdue, a credit note of 400 open; 350 billed in the 90 days (750 - 400).
    entity_desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-04-01", "2026-05-01", "750.00"),
            invoice("N", "2026-04-10", "2026-04-10", "-400.00"),
        ],
        payments=[payment("P1", "A", "2026-04-20", "650.00")],
    )
    row = entity_desk.ask("kpi", as_of="2026-05-31")[0]
    assert (row["open_amount"], row["overdue"], row["billings_90"]) == (-300, 100, 350)
    assert row["dso_balance_90"] == row["best_possible_dso"] == row["average_days_delinquent"] == 0
    assert row["overdue_share"] == row["top10_share"] == 1
    assert entity_desk.ask("dso_bridge", as_of="2026-05-31") == []


def test_a_segment_that_was_only_credited_keeps_the_bridge_exact(entity_desk):
    # retail bills 900 in March and 600 in May; public is credited 100 in May and owes 300 of 2025.
    entity_desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-03-15", "2026-04-14", "900.00"),
            invoice("B", "2026-05-15", "2026-06-14", "600.00"),
            invoice("C", "2025-06-01", "2025-07-01", "300.00", "C2"),
            invoice("N", "2026-05-20", "2026-05-20", "-100.00", "C2"),
        ],
        payments=[payment("P1", "A", "2026-04-10", "500.00")],
    )
    steps = {row["step"]: row["days"] for row in entity_desk.ask("dso_bridge", as_of="2026-05-31")}
    # 30 April: 400 + 300 of 900 billed; 31 May: 400 + 600 + 300 - 100 of 1,400 billed (3 March on).
    assert (steps["start"], steps["end"]) == pytest.approx((700 / 900 * 90, 1200 / 1400 * 90))
    causes = sum(steps[name] for name in ("terms", "delinquency", "credit_notes", "mix"))
    assert causes == pytest.approx(steps["end"] - steps["start"], abs=1e-9)
    rows = {row["segment"]: row for row in entity_desk.ask("dso_bridge_segments", as_of="2026-05-31")}
    assert (rows["public"]["weight_from"], rows["public"]["weight_to"]) == (0, 0)
