"""Every week of the fan and of the headroom opens rows that add up to the balance drawn, to the cent."""

from decimal import Decimal

import polars as pl
import pytest

from reports import figures
from reports.answers.forecast import rows as forecast_rows
from reports.answers.forecast import week_parts
from reports.colours import LIGHT
from reports.figures import BalanceForecast
from tests.forecasts import CUSTOMERS, forecast

pytestmark = pytest.mark.usefixtures("english")


def test_every_week_of_the_fan_opens_the_documents_and_payments_behind_its_balance(made, names):
    parts = {part.code: part.rows() for part in week_parts.of_fan(made, names)}
    past = pl.DataFrame({"as_of": [made.as_of], "bank_balance": [made.opening_balance]})
    fan = figures.fan(
        BalanceForecast(
            weeks=made.weeks, as_of=made.as_of, opening=made.opening_balance, minimum=made.minimum, past=past
        ),
        theme=LIGHT,
    )
    [line] = [trace for trace in fan.data if trace.ids]
    drawn = dict(zip(line.ids, line.y, strict=True))
    assert drawn.pop(" ") == 50_000  # today, which is no week
    assert list(parts) == list(drawn)
    before = made.opening_balance
    for number, (code, balance) in enumerate(drawn.items(), start=1):
        behind = parts[code]
        assert sum(behind.rows["amount"], Decimal(0)) == Decimal(str(balance)), code
        documents = behind.rows.filter(pl.col("customer_id").is_not_null())
        assert sum(documents["amount"], Decimal(0)) == made.weeks["from_open_invoices"][number - 1]
        assert behind.rows.row(0)[:4] == ("Opening balance", None, None, before)
        before = made.weeks["closing"][number - 1]
    bill = parts[list(drawn)[1]].rows.filter(party_name="Supplier")
    assert bill.select("cause", "amount").rows() == [("Suppliers", Decimal("-1200.50"))]


def test_the_headroom_counts_the_credit_line_and_the_minimum_too():
    documents = forecast(900, 400).invoices.with_columns(document_id=pl.Series(["A1", "B1", "C1"]))
    made = forecast(900, 400, minimum=Decimal("500.25"), credit_line=Decimal("300.00"), invoices=documents)
    bars = figures.headroom(forecast_rows.week_rows(made), theme=LIGHT).data[0]
    for part, code, length in zip(week_parts.of_headroom(made, CUSTOMERS), bars.ids, bars.y, strict=True):
        assert part.code == code
        assert sum(part.rows().rows["amount"], Decimal(0)) == Decimal(str(length))
    rows = week_parts.of_headroom(made, CUSTOMERS)[0].rows().rows
    assert rows.tail(2).select("cause", "amount").rows() == [
        ("Credit line", Decimal("300.00")), ("Minimum cash", Decimal("-500.25")),
    ]  # fmt: skip


def test_a_forecast_that_names_no_document_opens_the_sum_of_a_week():
    made = forecast(900, invoices=pl.DataFrame({"customer_id": [], "document_id": []}))
    rows = week_parts.rows_of_week(made, 1, CUSTOMERS)
    # 1000 + 60 + 40 - 200 = 900
    assert dict(rows.select("cause", "amount").iter_rows()) == {
        "Opening balance": 1000, "Open invoices": 60, "Still to be billed": 40, "Payroll": -200,
    }  # fmt: skip
