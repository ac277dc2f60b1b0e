"""Why the balance expected at the end of an earlier forecast differs now, cause by cause."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import polars as pl

from queries import Books
from reports.answers.forecast.rows import WEEKS
from reports.answers.forecast.variance.causes import CAUSES, ZERO, ReceiptCauses, cause_name, receipt_causes
from reports.answers.forecast.variance.frozen_runs import (
    MONEY,
    ForecastRun,
    amount_of,
    frozen_days,
    planned_payments,
)
from reports.columns import heading

_WEEK = timedelta(days=7)
_COLUMNS = pl.Schema(
    {
        "cause": pl.String(),
        "customer_name": pl.String(),
        "invoice_id": pl.String(),
        "expected": MONEY,
        "received": MONEY,
        "expected_now": MONEY,
        "amount": MONEY,
        "customer_id": pl.String(),
    }
)


@dataclass(frozen=True)
class BalanceChange:
    """The difference between two forecasts at the end of the last week of the earlier one.

    Attributes:
        before: the earlier forecast.
        now: the later one.
        weeks: number of weeks of the later forecast that the earlier one also has.
        then_closing, now_closing: balance expected at the end of them. If a bank balance is missing, the
            payments since then count as planned, and both start from the earlier opening balance.
        receipts: receipts document by document.
        paid: payments out since then; None if a bank balance is missing.
    """

    before: ForecastRun
    now: ForecastRun
    weeks: int
    then_closing: Decimal
    now_closing: Decimal
    receipts: ReceiptCauses
    paid: Decimal | None

    @property
    def amounts(self) -> dict[str, Decimal]:
        """The amount of each cause; they add up to the change, to the cent."""
        amounts = self.receipts.amounts()
        amounts["payments"] = self.payments_then - self.payments_since - self.payments_now
        return {cause: amounts[cause] for cause in CAUSES}

    @property
    def weeks_past(self) -> int:
        """Number of weeks of the earlier forecast that are over."""
        return WEEKS - self.weeks

    @property
    def payments_then(self) -> Decimal:
        """Payments in all weeks of the earlier forecast."""
        return planned_payments(self.before, 1, WEEKS)

    @property
    def payments_now(self) -> Decimal:
        """Payments of the later forecast in the weeks that both have."""
        return planned_payments(self.now, 1, self.weeks)

    @property
    def payments_since(self) -> Decimal:
        """Payments since the earlier forecast: according to the bank, else as planned."""
        return planned_payments(self.before, 1, self.weeks_past) if self.paid is None else self.paid

    @property
    def change(self) -> Decimal:
        """Balance expected now less balance expected then."""
        return self.now_closing - self.then_closing


def day_before(books: Books, now: date, *, known_on: datetime | None = None) -> tuple[date, bool]:
    """Return the day of the forecast to compare with, and whether that forecast was frozen.

    It is the latest frozen forecast of an earlier Sunday that shares a week with this one; else a week ago.
    """
    earlier = [
        of
        for of in frozen_days(books, as_of=now - _WEEK, known_on=known_on)
        if (now - of).days < WEEKS * _WEEK.days
    ]
    return (earlier[0], True) if earlier else (now - _WEEK, False)


def balance_change(
    books: Books, before: ForecastRun, now: ForecastRun, *, known_on: datetime | None = None
) -> BalanceChange:
    """Compare two forecasts, the later one at most twelve weeks after the earlier.

    Args:
        books: the store.
        before: the earlier forecast, frozen then or made afterwards.
        now: the later one.
        known_on: only what was recorded by then (UTC).
    """
    settled = books.ask("settled_since", as_of=now.as_of, since=before.as_of, known_on=known_on)
    return compare(before, now, settled)


def compare(before: ForecastRun, now: ForecastRun, settled: pl.DataFrame) -> BalanceChange:
    """Compare two forecasts; `settled` holds the rows of `settled_since` between their days."""
    weeks_past = (now.as_of - before.as_of).days // _WEEK.days
    weeks = WEEKS - weeks_past
    if not 0 < weeks < WEEKS:
        raise ValueError("The two forecasts share no week, or are of one day.")
    received = amount_of(settled, "received_amount")
    is_known = before.opening_known and now.opening_known
    then_closing = before.weeks["closing"][-1]
    paid = before.opening_balance + received - now.opening_balance if is_known else None
    now_closing = now.weeks["closing"][weeks - 1]
    if paid is None:
        now_closing += (
            before.opening_balance + received - planned_payments(before, 1, weeks_past) - now.opening_balance
        )
    return BalanceChange(
        before=before,
        now=now,
        weeks=weeks,
        then_closing=then_closing,
        now_closing=now_closing,
        receipts=receipt_causes(before, settled, until=now.as_of, weeks=WEEKS, now=(now, weeks)),
        paid=paid,
    )


def rows(change: BalanceChange, names: Mapping[str, str]) -> pl.DataFrame:
    """Return documents, billings and payments by cause; their amounts add up to the change.

    Args:
        change: the difference between two forecasts.
        names: customer -> its name.
    """
    parts = change.receipts
    frames = [
        _documents(parts.invoices, "timing", names),
        _documents(parts.invoices, "permanent", names),
        _documents(parts.billed, "variance", names, cause="billing"),
        _documents(parts.others, "variance", names, cause="on_account"),
    ]
    future = [
        amount_of(run.weeks.head(weeks), "from_future_invoices")
        for run, weeks in ((change.before, WEEKS), (change.now, change.weeks))
    ]
    rest = [
        ("billing", heading("from_future_invoices"), future[0], ZERO, future[1]),
        (
            "payments",
            cause_name("payments"),
            -change.payments_then,
            -change.payments_since,
            -change.payments_now,
        ),
        ("rounding", cause_name("rounding"), ZERO, ZERO, parts.rounding),
    ]
    others = pl.DataFrame(
        [
            {"cause": cause_name(cause), "customer_name": name, "expected": then, "received": since,
             "expected_now": now, "amount": since + now - then}
            for cause, name, then, since, now in rest
            if since + now != then
        ],
        schema=_COLUMNS,
    )  # fmt: skip
    together = pl.concat([*frames, others])
    return together.sort(
        [pl.col("amount").abs(), "cause", "invoice_id"], descending=[True, False, False], nulls_last=True
    )


def _documents(
    frame: pl.DataFrame, column: str, names: Mapping[str, str], *, cause: str | None = None
) -> pl.DataFrame:
    known_names = {code: name for code, name in names.items() if name}
    return frame.filter(pl.col(column) != ZERO).select(
        pl.lit(cause_name(cause or column)).alias("cause"),
        pl.col("customer_id").replace(known_names).alias("customer_name"),
        pl.col("document_id").alias("invoice_id"),
        "expected",
        "received",
        "expected_now",
        pl.col(column).alias("amount"),
        "customer_id",
    )
