"""`dso_methods`: each way to count days."""

import pytest

from tests.kpi_ledger import CUSTOMERS, LAST_DAY, invoice, payment


def test_each_way_to_count_days_shows_what_it_divides(demo):
    books, _ = demo
    methods = {row["method"]: row for row in books.ask("dso_methods", as_of=LAST_DAY).to_dicts()}
    figures = books.ask("kpi", as_of=LAST_DAY).to_dicts()[0]
    assert list(methods) == [
        "countback", "balance_90", "best_possible", "delinquent", "days_to_pay", "days_to_pay_with_open",
    ]  # fmt: skip
    for row in methods.values():
        assert row["days"] == pytest.approx(figures[row["explanation_key"]], abs=1e-9)
    for name in ("balance_90", "best_possible", "delinquent"):
        row = methods[name]
        assert row["days"] == pytest.approx(float(row["numerator"] / row["denominator"] * 90), abs=1e-9)
    paid = methods["days_to_pay"]
    assert paid["days"] == pytest.approx(float(paid["numerator"] / paid["denominator"]), abs=1e-9)


def test_dso_over_days_of_ones_own_choice(entity_desk):
    # On 30 June: 300 of May due, 200 of June not; 700 billed in 60 days (1 May on), 200 in 30 (1 June on).
    entity_desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-05-02", "2026-06-01", "500.00"),
            invoice("B", "2026-06-10", "2026-07-10", "200.00"),
        ],
        payments=[payment("P1", "A", "2026-06-05", "200.00")],
    )
    [row] = entity_desk.ask("dso_balance", as_of="2026-06-30", period=60)
    assert (row["days"], row["open_amount"], row["overdue"], row["billings"]) == (60, 500, 300, 700)
    assert row["dso"] == pytest.approx(500 / 700 * 60)
    assert row["best_possible_dso"] == pytest.approx(200 / 700 * 60)
    assert row["average_days_delinquent"] == pytest.approx(300 / 700 * 60)
    assert entity_desk.ask("dso_balance", as_of="2026-06-30", period=30)[0]["dso"] == pytest.approx(
        500 / 200 * 30
    )
    assert entity_desk.ask("dso_balance", as_of="2026-06-30")[0]["dso"] == pytest.approx(
        entity_desk.ask("kpi", as_of="2026-06-30")[0]["dso_balance_90"]
    )
    assert entity_desk.ask("dso_balance", as_of="2026-06-30", period=5)[0]["dso"] is None
