"""`kpi_customers`: the figures of one customer are those of `kpi` for a segment with that customer alone."""

import csv
from datetime import date, timedelta

import pytest

from data.demo import write_company
from data.store.load import load
from queries import Books, catalogue, open_books
from tests.kpi_ledger import CUSTOMERS, LAST_DAY, invoice, payment

_LEFT_OUT = {"as_of", "top10_share", "dpo", "dio", "cash_conversion_cycle"}


@pytest.fixture(scope="module")
def apart(tmp_path_factory) -> Books:
    """A demo company in which every customer is a segment of its own."""
    home = tmp_path_factory.mktemp("apart")
    write_company(home / "in", invoices=400, seed=11, as_of=LAST_DAY)
    file = home / "in" / "customers.csv"
    with file.open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.DictWriter(text, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "segment": row["customer_id"]} for row in rows)
    load(home / "store", [home / "in"])
    books = open_books(home / "store")
    yield books
    books.close()


def test_it_has_every_figure_of_kpi_that_has_a_customer():
    own = {column.name for column in catalogue()["kpi_customers"].returns}
    assert own - {"customer_id", "customer_name"} == {c.name for c in catalogue()["kpi"].returns} - _LEFT_OUT


@pytest.mark.slow
@pytest.mark.parametrize("day", [LAST_DAY, pytest.param(LAST_DAY - timedelta(400), marks=pytest.mark.slow)])
def test_each_customer_has_the_figures_of_a_segment_of_its_own(apart: Books, day: date):
    rows = apart.ask("kpi_customers", as_of=day).to_dicts()
    assert len(rows) > 20
    # The largest, the smallest and some between: each a dozen figures or more.
    for row in (*rows[:6], *rows[6::4]):
        alone = apart.ask("kpi", as_of=day, segment=row["customer_id"]).row(0, named=True)
        for name, value in alone.items():
            if name not in _LEFT_OUT:
                assert row[name] == (pytest.approx(value) if isinstance(value, float) else value), (
                    row["customer_id"],
                    name,
                )
    whole = apart.ask("kpi", as_of=day).row(0, named=True)
    for name in ("receivables", "open_amount", "unapplied", "overdue", "billings_90", "billings_365"):
        assert sum(row[name] for row in rows) == whole[name], name


def test_one_customer_worked_out_by_hand(entity_desk):
    # C1: 400 of 1,000 paid 10 days late, 600 open 60 days past due; 300 credited. C2 owes 50.
    entity_desk.load(
        customers=CUSTOMERS,
        invoices=[
            invoice("A", "2026-04-02", "2026-05-02", "1000.00"),
            invoice("N", "2026-05-10", "2026-05-10", "-300.00"),
            invoice("B", "2026-06-20", "2026-07-20", "50.00", "C2"),
        ],
        payments=[payment("P1", "A", "2026-05-12", "400.00")],
    )
    first, second = entity_desk.ask("kpi_customers", as_of="2026-06-30")
    assert (first["customer_id"], second["customer_id"]) == ("C1", "C2")
    assert (first["open_amount"], first["overdue"], first["billings_90"]) == (300, 600, 700)
    assert first["overdue_share"] == 1
    # Open 300 of 700 billed in the 90 days (2 April is the 90th); nothing would be open if A were paid.
    assert first["dso_balance_90"] == pytest.approx(300 / 700 * 90)
    assert (first["best_possible_dso"], first["days_late"], first["days_to_pay"]) == (0, 10, 40)
    assert (first["on_time_share"], first["cei"]) == (0, None)
    assert (second["dso_balance_90"], second["overdue_share"], second["days_late"]) == (90, 0, None)
    assert [
        row["customer_id"] for row in entity_desk.ask("kpi_customers", as_of="2026-06-30", customer="C2")
    ] == ["C2"]
