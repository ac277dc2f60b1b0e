"""The bridge from opening to closing balance, and the rows its steps open, to the cent."""

from decimal import Decimal

import polars as pl
import pytest

from reports import figures
from reports.answers.forecast import bridge
from reports.colours import LIGHT
from tests.forecasts import CUSTOMERS, HOSTILE, SUNDAY, forecast

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.parametrize("weeks", [1, 4, 13])
def test_the_bridge_ends_on_the_closing_balance_to_the_cent(made, names, weeks):
    rows = bridge.bridge(made, names, weeks=weeks)
    assert sum(rows["amount"][:-1], Decimal(0)) == rows["amount"][-1] == made.weeks["closing"][weeks - 1]


def test_the_bridge_names_the_largest_customers_and_leaves_rounding_to_the_largest_segment():
    rows = bridge.bridge(forecast(900, 800), CUSTOMERS, weeks=2)
    assert rows.select("cause", "amount").rows() == [
        ("Opening balance", Decimal(1000)),
        ("Open invoices, Groot", Decimal("100.00")),  # 100.02 by invoice, 120 in all
        ("Open invoices, No segment", Decimal("20.00")),
        ("Still to be billed", Decimal(80)),
        ("Payroll", Decimal(-400)),
        ("Closing balance", Decimal(800)),
    ]
    assert rows["detail"][1] == f"{HOSTILE} €60, De Linde €40"


@pytest.mark.parametrize("weeks", [2, 13])
def test_every_step_opens_the_rows_that_add_up_to_its_bar(made, names, weeks):
    steps = bridge.bridge(made, names, weeks=weeks)
    bars = figures.cash_bridge(steps, theme=LIGHT).data[0]
    # Of two points with one id a browser draws one: the closing balance had no bar.
    assert len(set(bars.ids)) == len(bars.ids)
    lengths = {code: amount for code, amount in zip(bars.ids, steps["amount"], strict=True) if code.strip()}
    parts = {part.code: part for part in bridge.parts(made, names, weeks=weeks)}
    assert list(parts) == list(lengths)
    opened = {code: part.rows() for code, part in parts.items()}
    for code, amount in lengths.items():
        assert sum(opened[code].rows["amount"], Decimal(0)) == amount, parts[code].label
    kinds = {behind.rows.columns[0] for behind in opened.values()}
    assert kinds == {"customer_name", "week", "label"}  # documents, billings to come, payments


def test_segments_beyond_the_first_four_open_together():
    documents = pl.DataFrame(
        {
            "segment": [f"S{place}" for place in range(7)],
            "customer_id": ["B"] * 7,
            "document_id": [f"D{place}" for place in range(7)],
            "due_date": [SUNDAY] * 7,
            "week_1": [Decimal(70 - place) for place in range(7)],
        }
    )
    parts = bridge.parts(forecast(900, invoices=documents), CUSTOMERS, weeks=1)
    assert [part.label.split(" · ")[0] for part in parts][3:6] == [
        "Open invoices, S3", "Open invoices, other segments", "Still to be billed",
    ]  # fmt: skip
    rows = parts[4].rows().rows
    assert rows.select("customer_name", "invoice_id", "amount").rows() == [
        ("De Linde", "D4", 66), ("De Linde", "D5", 65), ("De Linde", "D6", 64),
    ]  # fmt: skip
