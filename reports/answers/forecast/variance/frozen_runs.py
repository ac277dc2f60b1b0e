"""Frozen forecasts, one per week, and forecasts made now, in one form to compare."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl

from data import clock
from data.errors import KasstroomError
from data.store import frozen_forecasts
from queries import Books
from reports.answers import sentences
from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.forecast.rows import WEEKS, run_day

MONEY = pl.Decimal(38, 2)
_FACTS: dict[str, pl.DataType] = {
    "document_id": pl.String(),
    "instalment": pl.Int16(),
    "customer_id": pl.String(),
    "segment": pl.String(),
    "invoice_date": pl.Date(),
    "due_date": pl.Date(),
    "open_amount": MONEY,
    "expected_amount": MONEY,
    "expected_date": pl.Date(),
    "probability_paid_by_due": pl.Float64(),
    "probability_30_days_late": pl.Float64(),
    "probability_never": pl.Float64(),
}
_PAYMENTS: dict[str, pl.DataType] = {
    "pay_date": pl.Date(),
    "source": pl.String(),
    "line_id": pl.String(),
    "label": pl.String(),
    "category": pl.String(),
    "amount": MONEY,
}


@dataclass(frozen=True)
class ForecastRun:
    """A forecast of 13 weeks to compare with, frozen or made now.

    Attributes:
        as_of: last day known; a Sunday.
        currency: of the amounts.
        opening_balance: of the bank at the end of `as_of`.
        opening_known: False where no bank balance was known; the opening is then 0.00.
        minimum: the balance not to fall below.
        method: how receipts were forecast: mixture or simple.
        weeks: of `CashForecast`.
        invoices: one row per open document and day it falls due; `week_1` to `week_13` in cents.
        payments: of `payments_out`.
        kept_at: instant it was frozen (UTC); None if it was made afterwards.
    """

    as_of: date
    currency: str
    opening_balance: Decimal
    opening_known: bool
    minimum: Decimal
    method: str
    weeks: pl.DataFrame
    invoices: pl.DataFrame
    payments: pl.DataFrame
    kept_at: datetime | None = None


def from_forecast(forecast: CashForecast) -> ForecastRun:
    """Return a forecast as a run to freeze or to compare with; a longer horizon is cut to 13 weeks."""
    return ForecastRun(
        as_of=forecast.as_of,
        currency=forecast.currency,
        opening_balance=forecast.opening_balance,
        opening_known=forecast.opening_known,
        minimum=forecast.minimum,
        method=str(forecast.method["name"]),
        weeks=_cents(forecast.weeks.head(WEEKS)),
        invoices=_invoices(forecast.invoices),
        payments=_with_types(forecast.payments, _PAYMENTS),
    )


def freeze(folder: Path, forecast: CashForecast) -> frozen_forecasts.FreezeOutcome:
    """Freeze a forecast as the run of its week; if that week has one already, nothing changes.

    Raises:
        KasstroomError: its day is still to come, or nothing is known on it.
        ValueError: its day is no Sunday, or it has less than 13 weeks.
    """
    if forecast.as_of != run_day(forecast.as_of) or forecast.weeks.height < WEEKS:
        raise ValueError("A run to keep stands on a Sunday and has 13 weeks.")
    require_past(forecast.as_of)
    if forecast.is_empty:
        raise KasstroomError(sentences.NOTHING_TO_KEEP(day=forecast.as_of))
    run = from_forecast(forecast)
    facts = {
        "as_of": run.as_of.isoformat(),
        "opening_balance": str(run.opening_balance),
        "opening_known": str(run.opening_known).lower(),
        "minimum": str(run.minimum),
        "method": run.method,
        # The journal holds the instant too, but a reload of the journal changes it.
        "kept_at": clock.now().isoformat(),
    }
    frames = {"weeks": run.weeks, "invoices": run.invoices, "payments": run.payments}
    return frozen_forecasts.keep(folder, run.as_of, run.currency, frames, facts)


def require_past(day: date) -> None:
    """Refuse a day that is still to come: its week would be frozen before anything is known of it."""
    if day > clock.today():
        raise KasstroomError(sentences.FORECAST_TO_COME(day=day))


def frozen_days(books: Books, *, as_of: date, known_on: datetime | None = None) -> dict[date, datetime]:
    """Return day -> instant (UTC) of each frozen forecast, the latest day first."""
    rows = books.ask("forecast_runs", as_of=as_of, known_on=known_on)
    folder = books.snapshot.ledger.parent
    instants: dict[date, datetime] = {}
    for parts in rows.partition_by("as_of", maintain_order=True):
        files = dict(parts.select("part", "file_hash").iter_rows())
        if len(files) == len(("weeks", "invoices", "payments")):
            facts = frozen_forecasts.facts(folder, files["weeks"])
            instants[parts["as_of"][0]] = frozen_forecasts.instant(min(parts["kept_at"]), facts)
    return instants


def read(books: Books, day: date, *, known_on: datetime | None = None) -> ForecastRun | None:
    """Return the frozen run of a day; None if there is none.

    Raises:
        StoreBrokenError: one of its files is missing or was changed.
    """
    rows = books.ask("forecast_runs", as_of=day, known_on=known_on).filter(pl.col("as_of") == day)
    if rows.is_empty():
        return None
    folder = books.snapshot.ledger.parent
    digests = dict(rows.select("part", "file_hash").iter_rows())
    weeks, facts = frozen_forecasts.read(folder, day, digests["weeks"])
    invoices, _facts = frozen_forecasts.read(folder, day, digests["invoices"])
    payments, _facts = frozen_forecasts.read(folder, day, digests["payments"])
    return ForecastRun(
        as_of=day,
        currency=str(rows["currency"][0]),
        opening_balance=Decimal(facts["opening_balance"]),
        opening_known=facts["opening_known"] == "true",
        minimum=Decimal(facts["minimum"]),
        method=facts["method"],
        weeks=weeks,
        # Runs of earlier versions expect the whole open amount.
        invoices=invoices
        if "expected_amount" in invoices.columns
        else invoices.with_columns(expected_amount=pl.col("open_amount")),
        payments=payments,
        kept_at=frozen_forecasts.instant(min(rows["kept_at"]), facts),
    )


def expected_receipts(run: ForecastRun, first: int, last: int) -> pl.DataFrame:
    """Return the receipts a run expects per document in the weeks from `first` to `last` inclusive."""
    names = [f"week_{number}" for number in range(first, last + 1)]
    amount = pl.sum_horizontal(names) if names else pl.lit(Decimal("0.00"))
    return run.invoices.select(
        "document_id", "instalment", "customer_id", "invoice_date", "due_date", "open_amount",
        amount.cast(MONEY).alias("expected"),
    )  # fmt: skip


def planned_payments(run: ForecastRun, first: int, last: int) -> Decimal:
    """Return the payments of a run in the weeks from `first` to `last` inclusive."""
    return amount_of(run.weeks.slice(first - 1, last - first + 1), "payments")


def amount_of(frame: pl.DataFrame, column: str) -> Decimal:
    """Return the sum of a money column to the cent; 0.00 without rows."""
    amount = frame[column].sum()
    return amount.quantize(Decimal("0.01")) if isinstance(amount, Decimal) else Decimal("0.00")


def last_day(run: ForecastRun, weeks: int) -> date:
    """Return the last day of a week of a run, counted from 1."""
    return run.as_of + timedelta(days=7 * weeks)


def _invoices(frame: pl.DataFrame) -> pl.DataFrame:
    weeks: dict[str, pl.DataType] = {f"week_{number}": MONEY for number in range(1, WEEKS + 1)}
    invoices = _with_types(frame, _FACTS | weeks)
    return invoices.with_columns(pl.col(list(weeks)).fill_null(Decimal("0.00"))).sort(
        "document_id", "instalment"
    )


def _with_types(frame: pl.DataFrame, columns: dict[str, pl.DataType]) -> pl.DataFrame:
    """Return the columns in their types; a column that the frame lacks is null."""
    expressions = [
        (pl.col(name).round(2) if kind == MONEY else pl.col(name)).cast(kind)
        if name in frame.columns
        else pl.lit(None, dtype=kind).alias(name)
        for name, kind in columns.items()
    ]
    return frame.select(expressions)


def _cents(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.with_columns(pl.col(pl.Decimal).cast(MONEY))
