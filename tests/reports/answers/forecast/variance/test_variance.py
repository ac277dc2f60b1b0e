"""An earlier forecast compared with what followed: every difference has a cause, to the cent."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from data.demo import write_company
from data.store.load import load
from queries import Books, open_books
from reports import figures
from reports.answers.forecast.cash_forecast import cash_forecast
from reports.answers.forecast.variance import causes, frozen_runs, variance, variance_rows, variance_text
from reports.colours import LIGHT
from reports.formats import week
from tests.books import AS_OF, weekly_book
from tests.correction_ledger import FILES
from tests.forecasts import BOOK, RUN_DAY, earlier, variance_book

pytestmark = pytest.mark.usefixtures("english")


def test_every_difference_has_its_cause_to_the_cent(desk):
    found = variance.variance(variance_book(desk), earlier(), as_of=date(2026, 11, 21))

    assert (found.weeks, found.until) == (2, date(2026, 11, 15))
    # Received 100 - 20 + 25 + 7.50 - 3 = 109.50, forecast 171; paid out 1000 + 109.50 - 1000, 70 planned.
    assert (found.received, found.paid, found.receipts_variance) == (
        Decimal("109.50"), Decimal("109.50"), Decimal("-61.50"),
    )  # fmt: skip
    assert found.amounts == {
        "timing": Decimal("-10.00"),  # A +20, B -20, C -10
        "permanent": Decimal("-51.01"),  # B -30, D -30.01, K +9
        "billing": Decimal("-5.00"),  # E 25, 30 forecast
        "on_account": Decimal("4.50"),  # 7.50, and 3.00 of G went back
        "payments": Decimal("-39.50"),
        "rounding": Decimal("0.01"),
    }
    assert sum(found.amounts.values()) == Decimal(1000) - Decimal(1101)
    rows = {row["document_id"]: row for row in found.receipts.invoices.to_dicts()}
    assert {key: (row["timing"], row["permanent"], row["why"]) for key, row in rows.items()} == {
        "A": (Decimal("20.00"), Decimal("0.00"), "earlier"),
        "B": (Decimal("-20.00"), Decimal("-30.00"), "settled"),
        "C": (Decimal("-10.00"), Decimal("0.00"), "later"),
        "D": (Decimal("0.00"), Decimal("-30.01"), "settled"),
        "K": (Decimal("0.00"), Decimal("9.00"), "settled"),
    }


def planned(*lines: tuple[date, str, str]) -> pl.DataFrame:
    return pl.DataFrame(
        [
            {"pay_date": day, "source": "planned", "line_id": line, "label": f"To {line}", "category": "rent",
             "amount": Decimal(amount)}
            for day, line, amount in lines
        ],
        schema=frozen_runs._PAYMENTS,
    )  # fmt: skip


def test_every_bar_of_the_causes_opens_rows_that_add_up_to_it(desk):
    lines = planned(
        (date(2026, 11, 3), "L1", "30.00"), (date(2026, 11, 10), "L1", "15.00"),
        (date(2026, 11, 10), "L2", "25.00"), (date(2026, 11, 16), "L2", "99.00"),
    )  # fmt: skip
    run = replace(earlier(), payments=lines)
    found = variance.variance(variance_book(desk), run, as_of=date(2026, 11, 21))
    steps = causes.bridge(found.amounts, {})
    bars = figures.cash_changes(steps, theme=LIGHT).data[0]
    shown = steps.filter(pl.col("amount").abs() >= Decimal("0.5"))
    lengths = {code: amount for code, amount in zip(bars.ids, shown["amount"], strict=True) if code.strip()}
    parts = {part.code: part.rows() for part in variance_rows.parts(found, {"C1": "Klant 1"})}
    assert len(lengths) == 5
    assert set(lengths) <= set(parts)  # the rounding of 0.01 is not drawn, and listed
    for code, amount in lengths.items():
        assert sum(parts[code].rows["amount"], Decimal(0)) == amount
    rows = variance_rows.rows(found, {"C1": "Klant 1"})
    # 109.50 left the bank, 45 + 25 were planned until 15 November.
    assert rows.filter(cause="Payments").select("customer_name", "invoice_id", "amount").rows() == [
        ("Paid out according to the bank", None, Decimal("-109.50")),
        ("To L1", "L1", Decimal("45.00")),
        ("To L2", "L2", Decimal("25.00")),
    ]


def test_the_weeks_stand_beside_what_came(desk):
    found = variance.variance(variance_book(desk), earlier(), as_of=date(2026, 11, 15))
    columns = ("forecast_receipts", "received", "forecast_payments", "paid_out", "forecast_closing", "closed")
    assert found.by_week.select(columns).rows() == [
        tuple(map(Decimal, ("101.00", "100.00", "30.00", "50.00", "1071.00", "1050.00"))),
        tuple(map(Decimal, ("70.00", "9.50", "40.00", "59.50", "1101.00", "1000.00"))),
    ]
    assert found.by_week["week"].to_list() == [week(date(2026, 11, 2)), week(date(2026, 11, 9))]


@pytest.mark.slow
def test_without_a_bank_balance_payments_are_left_out_and_that_is_said(desk):
    balances = [("N", "EUR", "2026-11-01", "1000.00"), ("N", "EUR", "2026-11-08", "1050.00")]
    found = variance.variance(
        variance_book(desk, bank_balances=balances), earlier(), as_of=date(2026, 11, 15)
    )
    assert found.paid is None
    assert found.by_week["paid_out"].to_list() == [Decimal("50.00"), None]
    assert "payments" not in found.amounts
    assert sum(found.amounts.values()) == found.receipts_variance
    assert "what was really paid out is left out" in variance_text.notes(found)[0]


def test_a_forecast_from_an_unknown_balance_is_not_held_against_the_bank(desk):
    unknown = replace(earlier(), opening_known=False, opening_balance=Decimal(0))
    found = variance.variance(variance_book(desk), unknown, as_of=date(2026, 11, 15))
    assert found.by_week["closed"].to_list() == [Decimal("1050.00"), Decimal("1000.00")]
    assert found.by_week["forecast_closing"].to_list() == [None, None]
    assert found.by_week["closing_difference"].to_list() == [None, None]
    assert found.by_week["receipts_difference"].to_list() == [Decimal("-1.00"), Decimal("-60.50")]


def test_what_was_booked_on_an_earlier_day_since_never_comes(desk):
    # A was paid before the forecast, as turned out later: it is not open, and no cash came since.
    payments = [
        ("P1", "C1", "A", "2026-10-30", "EUR", "100.00") if isinstance(row, tuple) and row[0] == "P1" else row
        for row in BOOK["payments"]
    ]
    found = variance.variance(variance_book(desk, payments=payments), earlier(), as_of=date(2026, 11, 15))
    [row] = found.receipts.invoices.filter(pl.col("document_id") == "A").to_dicts()
    assert (row["permanent"], row["timing"], row["why"]) == (Decimal("-80.00"), Decimal("0.00"), "corrected")


def test_only_whole_weeks_count_and_at_most_thirteen():
    weeks = [
        variance.whole_weeks(RUN_DAY, RUN_DAY + timedelta(days=days)) for days in (-1, 6, 7, 13, 14, 91, 400)
    ]
    assert weeks == [0, 0, 1, 1, 2, 13, 13]
    with pytest.raises(ValueError, match="No week"):
        variance.variance(None, earlier(), as_of=RUN_DAY + timedelta(days=6))  # type: ignore[arg-type]


@pytest.mark.slow
def test_cash_since_a_day_is_what_the_days_received(desk):
    """Instalments, reversed rows, early payments, a second currency: documents and days say the same."""
    for grain, source_date, rows in FILES.values():
        load(desk.store, [desk.folder(**{grain: rows})], source_date=source_date)
    days = [date(2026, 2, 15), date(2026, 2, 25), date(2026, 3, 5), date(2026, 3, 10), date(2026, 5, 15)]
    without_receipts: list[tuple[date, date]] = []
    for place, since in enumerate(days):
        for until in days[place + 1 :]:
            rows = desk.ask("settled_since", as_of=until, since=since)
            came = [one for one in desk.ask("receipt_days", as_of=until) if one["payment_date"] > since]
            assert rows
            without_receipts += [] if came else [(since, until)]
            assert sum(row["received_amount"] for row in rows) == sum(row["amount"] for row in came)
            keys = [(row["document_id"], row["instalment"]) for row in rows if row["document_id"]]
            assert len(keys) == len(set(keys))
    # Nothing was paid after 10 March; between every other pair of days something was.
    assert without_receipts == [(date(2026, 3, 10), date(2026, 5, 15))]


def test_open_amounts_of_documents_are_those_of_the_books(desk):
    variance_book(desk)
    rows = desk.ask("settled_since", as_of=date(2026, 11, 15), since=RUN_DAY)
    assert {row["document_id"]: row["open_amount"] for row in rows if row["open_amount"]} == {
        row["invoice_id"]: row["open_amount"] for row in desk.ask("open_items", as_of=date(2026, 11, 15))
    }
    assert {row["document_id"]: row["settled_otherwise"] for row in rows if row["settled_otherwise"]} == {
        "B": Decimal("30.00"), "D": Decimal("40.00"), "K": Decimal("-15.00"),
    }  # fmt: skip


def tied(books: Books, as_of: date, weeks: int) -> None:
    run = frozen_runs.from_forecast(cash_forecast(books, as_of=as_of - timedelta(days=7 * weeks)))
    found = variance.variance(books, run, as_of=as_of)
    assert found.weeks == weeks
    receipts = sum((found.amounts[cause] for cause in found.amounts if cause != "payments"), Decimal(0))
    assert receipts == found.receipts_variance
    days = books.ask("receipt_days", as_of=found.until).filter(pl.col("payment_date") > run.as_of)
    assert found.received == frozen_runs.amount_of(days, "amount")
    if found.paid is not None:
        last = found.by_week.row(-1, named=True)
        assert sum(found.amounts.values()) == last["closed"] - last["forecast_closing"]
    parts = found.receipts.invoices.select(pl.col("timing") + pl.col("permanent") - pl.col("variance"))
    assert set(parts.to_series()) <= {Decimal("0.00")}


@pytest.mark.slow
@pytest.mark.parametrize("weeks", [4, 1, 13])
def test_a_regular_ledger_ties_out(desk, weeks):
    desk.load(**weekly_book(until=AS_OF))
    tied(desk.books(), AS_OF, weeks)


@pytest.mark.exhaustive
def test_the_demo_company_ties_out(tmp_path: Path):
    as_of = date(2026, 11, 22)
    write_company(tmp_path / "files", invoices=3_000, seed=2, as_of=as_of)
    load(tmp_path / "store", [tmp_path / "files"])
    with open_books(tmp_path / "store") as books:
        for weeks in (1, 5, 13):
            tied(books, as_of, weeks)
