"""Sentences above the forecast: what its figures leave out or assume."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import polars as pl
import pytest

from forecasting.sentences import FEW_PAID
from reports import language
from reports.answers.forecast import notes
from reports.answers.forecast.cash_forecast import cash_forecast
from tests.books import AS_OF, Desk, weekly_book
from tests.forecasts import NBSP, SUNDAY, forecast

pytestmark = pytest.mark.usefixtures("english")


@pytest.mark.slow
def test_a_currency_without_a_rate_is_named_with_what_it_needs_and_its_due_dates(tmp_path):
    desk = Desk(tmp_path)
    rows = weekly_book(until=AS_OF)
    near, far = AS_OF + timedelta(days=91), AS_OF + timedelta(days=92)
    issued = AS_OF - timedelta(days=10)
    rows["invoices"] = [
        *rows["invoices"],
        ("U1", "C1", "invoice", issued, near, "USD", "100.00"),
        ("U2", "C1", "invoice", AS_OF - timedelta(days=5), far, "USD", "30.25"),
    ]
    desk.load(**rows, settings=[("reporting_currency", "EUR")])
    made = cash_forecast(desk.books(), as_of=AS_OF)
    assert made.short_of is None
    assert not set(made.invoices["document_id"]) & {"U1", "U2"}
    (sentence,) = notes.documents_without_rate(made)
    said = sentence.replace(NBSP, " ")
    assert "2 open documents in USD ($130.25)" in said
    assert "at least 1 exchange rate of 18 Jun 2026 or before" in said
    assert "$100.00 of it comes in these 13 weeks" in said
    assert sentence in notes.notes(made, is_filtered=False)
    (alone,) = notes.documents_without_rate(replace(made, left_out=made.left_out.with_columns(documents=1)))
    assert "1 open document in USD ($130.25) is not in the forecast" in alone.replace(NBSP, " ")
    desk.close()


def test_what_a_reader_must_know_is_said():
    made = forecast(
        900,
        opening_known=False,
        short_of=FEW_PAID(needed=30, found=2),
        holes=(date(2026, 3, 2),),
    )
    said = notes.notes(made, is_filtered=True)
    assert [note.split(" ")[0] for note in said] == ["No", "The", "No", "The"]
    assert said[-1] == "The forecast covers the whole company in EUR: the filters above do not change it."
    language.use("nl")
    dutch = notes.notes(made, is_filtered=True)
    assert dutch[1].startswith("Het betaalmodel heeft minstens 30 betaalde facturen nodig")
    assert notes.notes(forecast(900), is_filtered=False) == []


def test_a_balance_that_counts_receipts_alone_says_so():
    (said,) = notes.notes(forecast(1_100, 1_200), is_filtered=False)  # 100 in and nothing out, twice
    assert said.startswith("No bills or planned payments are known for these weeks")
    assert notes.notes(forecast(1_100, 1_190), is_filtered=False) == []


def test_money_on_account_is_told_from_a_hundredth_of_the_receipts_on():
    def said(amount: str) -> list[str]:
        return notes.notes(forecast(900, on_account=Decimal(amount)), is_filtered=False)  # of 100.00

    assert said("1.01")[0].startswith("€1.01 was received on account")
    assert said("1.00") == said("0.00") == []


@pytest.mark.parametrize(
    ("days", "told"), [(6, "No payment to suppliers is known after 28 Nov 2026"), (7, None)]
)
def test_weeks_without_a_bill_are_told_to_be_too_high(days, told):
    paid = pl.DataFrame(
        {"pay_date": [SUNDAY + timedelta(days=days)], "category": ["suppliers"], "amount": [Decimal(5)]}
    )
    said = notes.notes(forecast(900, 800, 700, payments=paid), is_filtered=False)  # ends on day 21
    assert [note.replace(NBSP, " ").startswith(told or "-") for note in said] == ([True] if told else [])
