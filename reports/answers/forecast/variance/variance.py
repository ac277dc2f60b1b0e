"""A forecast compared with the receipts and payments that followed: per week, per invoice, by cause."""

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
    """The difference between a forecast and the cash that followed.

    Attributes:
        run: the forecast.
        until: end of the last week compared.
        weeks: number of weeks that are over.
        by_week: one row per week: week, week_start, forecast_receipts, received, receipts_difference,
            forecast_payments, paid_out, forecast_closing, closed, closing_difference; null where no
            bank balance is known.
        receipts: receipts by document and cause.
        received: sum of all receipts.
        paid: other movements of the bank, in sum; None if a balance is missing.
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
        """The amount of each cause; payments are missing if they are not known."""
        amounts = self.receipts.amounts()
        if self.paid is not None:
            amounts["payments"] = amount_of(self.by_week, "forecast_payments") - self.paid
        return {cause: amounts[cause] for cause in CAUSES if cause in amounts}

    @property
    def receipts_variance(self) -> Decimal:
        """Receipts less their forecast; all causes but payments add up to it."""
        return self.received - amount_of(self.by_week, "forecast_receipts")


def whole_weeks(of: date, as_of: date) -> int:
    """Return the number of weeks of a run that are over on a day, at most 13."""
    return max(min((as_of - of).days // _WEEK, WEEKS), 0)


def variance(books: Books, run: ForecastRun, *, as_of: date, known_on: datetime | None = None) -> Variance:
    """Compare a run with the receipts and payments until the last whole week on or before a day.

    Args:
        books: the store.
        run: frozen, or made afterwards; at least a week old.
        as_of: the day.
        known_on: only what was recorded by then (UTC).
    """
    weeks = whole_weeks(run.as_of, as_of)
    if weeks == 0:
        raise ValueError("No week of this forecast is over.")
    until = last_day(run, weeks)
    settled = books.ask("settled_since", as_of=until, since=run.as_of, known_on=known_on)
    receipts = books.ask("receipt_days", as_of=until, known_on=known_on).filter(
        pl.col("payment_date") > run.as_of
    )
    closed = [bank_on(books, last_day(run, number), known_on) for number in range(1, weeks + 1)]
    return compare(run, settled, receipts, closed, until=until)


def bank_on(books: Books, day: date, known_on: datetime | None = None) -> Decimal | None:
    """Return the bank balance at the end of a day; None if the week that ends then has no balance."""
    accounts = books.ask("bank_position", as_of=day, known_on=known_on)
    newest = accounts["balance_date"].max()
    if not isinstance(newest, date) or newest <= day - timedelta(days=_WEEK):
        return None
    return amount_of(accounts, "reporting_balance")


def compare(
    run: ForecastRun,
    settled: pl.DataFrame,
    receipts: pl.DataFrame,
    closed: list[Decimal | None],
    *,
    until: date,
) -> Variance:
    """Compare frames; every difference adds up to the cent.

    Args:
        run: the forecast.
        settled: `settled_since` its day.
        receipts: `receipt_days` after it.
        closed: bank balance at the end of each week that is over; None if not known.
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
            # Without an opening balance the forecast starts from 0 and no bank balance compares with it.
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
        receipts=receipt_causes(run, settled, until=until, weeks=weeks),
        received=together,
        paid=None if first is None or last is None else first + together - last,
    )


def invoice_rows(difference: Variance, names: pl.DataFrame) -> pl.DataFrame:
    """Return one row per document whose receipts differ from the forecast, the largest difference first.

    Args:
        difference: of `variance`.
        names: `customers`.
    """
    customer_names = names.select("customer_id", "customer_name").unique("customer_id")
    return (
        difference.receipts.invoices.filter((pl.col("variance") != 0) | (pl.col("permanent") != 0))
        .join(customer_names, on="customer_id", how="left")
        .sort([pl.col("variance").abs(), "document_id", "instalment"], descending=[True, False, False])
        .with_columns(
            pl.col("customer_name").fill_null(pl.col("customer_id")), invoice_id=pl.col("document_id")
        )
        .select(_INVOICES)
    )


def _weekly(receipts: pl.DataFrame, as_of: date, weeks: int) -> list[Decimal]:
    sums = [ZERO] * weeks
    for day, amount in receipts.select("payment_date", "amount").iter_rows():
        place = ((day - as_of).days - 1) // _WEEK
        if amount is not None and 0 <= place < weeks:
            sums[place] += amount
    return sums
