"""A forecast held against what came: per week, per invoice, and why."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import polars as pl

from queries import Books
from reports.answers.forecast.rows import WEEKS
from reports.answers.forecast.variance.causes import CAUSES, ZERO, ReceiptCauses, receipt_causes
from reports.answers.forecast.variance.frozen_runs import MONEY, ForecastRun, amount_of, last_day
from reports.formats import week

_WEEK = 7
_INVOICES = (
    "customer_name", "invoice_id", "due_date", "open_amount", "expected", "received", "timing", "permanent",
    "why", "customer_id", "open_now", "settled_otherwise",
)  # fmt: skip


@dataclass(frozen=True)
class Variance:
    """What came of a run.

    Attributes:
        run: what was forecast.
        until: end of the last week compared.
        weeks: how many weeks are over.
        by_week: one row per week: week, week_start, forecast_receipts, received, receipts_difference,
            forecast_payments, paid_out, forecast_closing, closed, closing_difference; null where no
            bank balance is known.
        receipts: the receipts document by document.
        received: what came in, in all.
        paid: what went out, or else moved on the bank; None where a balance is missing.
    """

    run: ForecastRun
    until: date
    weeks: int
    by_week: pl.DataFrame
    receipts: ReceiptCauses
    received: Decimal
    paid: Decimal | None

    @property
    def amounts(self) -> dict[str, Decimal]:
        """What each cause makes of the difference; payments are left out where they are not known."""
        found = self.receipts.amounts()
        if self.paid is not None:
            found["payments"] = amount_of(self.by_week, "forecast_payments") - self.paid
        return {cause: found[cause] for cause in CAUSES if cause in found}

    @property
    def receipts_variance(self) -> Decimal:
        """Receipts that came less receipts forecast; the causes but payments add up to it."""
        return self.received - amount_of(self.by_week, "forecast_receipts")


def whole_weeks(of: date, as_of: date) -> int:
    """Return how many weeks of a run are over on a day, at most its 13."""
    return max(min((as_of - of).days // _WEEK, WEEKS), 0)


def variance(books: Books, run: ForecastRun, *, as_of: date, known_on: datetime | None = None) -> Variance:
    """Hold a run against what came until the last whole week on or before a day.

    Args:
        books: the store.
        run: kept, or made afterwards; at least a week old.
        as_of: the day.
        known_on: only what was recorded by then (UTC).
    """
    weeks = whole_weeks(run.as_of, as_of)
    if weeks == 0:
        raise ValueError("No week of this forecast is over.")
    until = last_day(run, weeks)
    came = books.ask("settled_since", as_of=until, since=run.as_of, known_on=known_on)
    receipts = books.ask("receipt_days", as_of=until, known_on=known_on).filter(
        pl.col("payment_date") > run.as_of
    )
    closed = [bank_on(books, last_day(run, number), known_on) for number in range(1, weeks + 1)]
    return compare(run, came, receipts, closed, until=until)


def bank_on(books: Books, day: date, known_on: datetime | None = None) -> Decimal | None:
    """Return the bank balance at the end of a day; None where the week that ends then brought none."""
    accounts = books.ask("bank_position", as_of=day, known_on=known_on)
    newest = accounts["balance_date"].max()
    if not isinstance(newest, date) or newest <= day - timedelta(days=_WEEK):
        return None
    return amount_of(accounts, "reporting_balance")


def compare(
    run: ForecastRun, came: pl.DataFrame, receipts: pl.DataFrame, closed: list[Decimal | None], *, until: date
) -> Variance:
    """Compare frames; every difference adds up to the cent.

    Args:
        run: what was forecast.
        came: `settled_since` the run's day.
        receipts: `receipt_days` after it.
        closed: bank balance at the end of each week that is over; None where it is not known.
        until: end of the last of them.
    """
    weeks = len(closed)
    received = _weekly(receipts, run.as_of, weeks)
    openings = [run.opening_balance if run.opening_known else None, *closed]
    paid = [
        None if before is None or after is None else before + came_in - after
        for before, came_in, after in zip(openings[:-1], received, closed, strict=True)
    ]
    head = run.weeks.head(weeks)
    by_week = pl.DataFrame(
        {
            "week": [week(start) for start in head["week_start"]],
            "week_start": head["week_start"],
            "forecast_receipts": head["receipts"],
            "received": pl.Series(received, dtype=MONEY),
            "forecast_payments": head["payments"],
            "paid_out": pl.Series(paid, dtype=MONEY),
            # Counted from 0 where no opening balance is known: nothing to hold a bank balance against.
            "forecast_closing": head["closing"] if run.opening_known else [None] * weeks,
            "closed": pl.Series(closed, dtype=MONEY),
        },
        schema_overrides={"forecast_closing": MONEY},
    ).with_columns(
        receipts_difference=(pl.col("received") - pl.col("forecast_receipts")).cast(MONEY),
        closing_difference=(pl.col("closed") - pl.col("forecast_closing")).cast(MONEY),
    )
    first, last, together = openings[0], closed[-1], sum(received, ZERO)
    return Variance(
        run=run,
        until=until,
        weeks=weeks,
        by_week=by_week,
        receipts=receipt_causes(run, came, until=until, weeks=weeks),
        received=together,
        paid=None if first is None or last is None else first + together - last,
    )


def invoice_rows(found: Variance, names: pl.DataFrame) -> pl.DataFrame:
    """Return one row per document that came otherwise than expected, the largest difference first.

    Args:
        found: of `variance`.
        names: `customers`.
    """
    called = names.select("customer_id", "customer_name").unique("customer_id")
    return (
        found.receipts.invoices.filter((pl.col("variance") != 0) | (pl.col("permanent") != 0))
        .join(called, on="customer_id", how="left")
        .sort([pl.col("variance").abs(), "document_id", "instalment"], descending=[True, False, False])
        .with_columns(
            pl.col("customer_name").fill_null(pl.col("customer_id")), invoice_id=pl.col("document_id")
        )
        .select(_INVOICES)
    )


def _weekly(receipts: pl.DataFrame, as_of: date, weeks: int) -> list[Decimal]:
    found = [ZERO] * weeks
    for day, amount in receipts.select("payment_date", "amount").iter_rows():
        place = ((day - as_of).days - 1) // _WEEK
        if amount is not None and 0 <= place < weeks:
            found[place] += amount
    return found
