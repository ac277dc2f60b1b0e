"""Why the balance expected at the end of an earlier forecast differs now, cause by cause."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import polars as pl

from queries import Books
from reports.answers.cash import payment_changes
from reports.answers.forecast.rows import WEEKS
from reports.answers.forecast.variance import cause_rows
from reports.answers.forecast.variance.causes import CAUSES, ZERO, ReceiptCauses, cause_name, receipt_causes
from reports.answers.forecast.variance.frozen_runs import (
    MONEY,
    ForecastRun,
    amount_of,
    frozen_days,
    last_day,
    planned_payments,
)
from reports.answers.shared.rows_behind import ChartPart
from reports.columns import heading
from reports.formats import forecast_parts, forecast_rounding, forecast_step, in_sentence
from reports.translation import _

_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class BalanceChange:
    """The difference between two forecasts at the end of a week that both have.

    Attributes:
        before: the earlier forecast.
        now: the later one.
        weeks: number of weeks of the later forecast up to the end of that week.
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
        lines = dict(self.lines.group_by("category").agg(pl.col("amount").sum()).sort("category").iter_rows())
        payments = self.payments_then - self.payments_since - self.payments_now
        amounts["payments"] = payments - sum(lines.values(), ZERO)
        by_category = {f"{payment_changes.PREFIX}{category}": amount for category, amount in lines.items()}
        before_rounding = [cause for cause in CAUSES if cause not in {"payments", "rounding"}]
        ordered = [*before_rounding, *by_category, "payments", "rounding"]
        return {cause: {**amounts, **by_category}[cause] for cause in ordered}

    @property
    def lines(self) -> pl.DataFrame:
        """Payments by line, of `payment_changes.by_line`."""
        return payment_changes.by_line(self.before, self.now, last_day(self.now, self.weeks))

    @property
    def other_payments(self) -> tuple[Decimal, Decimal, Decimal]:
        """Payments then, since and now, without those that stand line by line; out is negative."""
        lines = self.lines
        then = -self.payments_then - amount_of(lines, "expected")
        return then, -self.payments_since, -self.payments_now - amount_of(lines, "expected_now")

    @property
    def weeks_past(self) -> int:
        """Number of weeks of the earlier forecast that are over."""
        return (self.now.as_of - self.before.as_of).days // _WEEK.days

    @property
    def weeks_then(self) -> int:
        """Number of weeks of the earlier forecast up to the end of the same week."""
        return self.weeks + self.weeks_past

    @property
    def payments_then(self) -> Decimal:
        """Payments of the earlier forecast up to the end of the week."""
        return planned_payments(self.before, 1, self.weeks_then)

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

    @property
    def on_screen(self) -> Decimal:
        """The change as it is shown: the difference of the two balances as they are shown."""
        return forecast_rounding(self.now_closing, self._step) - forecast_rounding(
            self.then_closing, self._step
        )

    @property
    def amounts_on_screen(self) -> dict[str, Decimal]:
        """The amount of each cause as it is shown; they add up to what is shown of the change."""
        amounts = {cause: amount for cause, amount in self.amounts.items() if amount}
        parts = forecast_parts(list(amounts.values()), self.on_screen, self._step)
        return dict(zip(amounts, parts, strict=True))

    @property
    def _step(self) -> int:
        return forecast_step([self.now_closing, self.then_closing])


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
    books: Books,
    before: ForecastRun,
    now: ForecastRun,
    *,
    week: int = WEEKS,
    known_on: datetime | None = None,
) -> BalanceChange:
    """Compare two forecasts, the later one at most twelve weeks after the earlier.

    Args:
        books: the store.
        before: the earlier forecast, frozen then or made afterwards.
        now: the later one.
        week: of the later one, at whose end they are compared; at most the last that both have.
        known_on: only what was recorded by then (UTC).
    """
    settled = books.ask("settled_since", as_of=now.as_of, since=before.as_of, known_on=known_on)
    return compare(before, now, settled, week=week)


def compare(
    before: ForecastRun, now: ForecastRun, settled: pl.DataFrame, *, week: int = WEEKS
) -> BalanceChange:
    """Compare two forecasts; `settled` holds the rows of `settled_since` between their days."""
    weeks_past = (now.as_of - before.as_of).days // _WEEK.days
    if not 0 < WEEKS - weeks_past < WEEKS:
        raise ValueError("The two forecasts share no week, or are of one day.")
    weeks = min(week, WEEKS - weeks_past)
    weeks_then = weeks + weeks_past
    received = amount_of(settled, "received_amount")
    is_known = before.opening_known and now.opening_known
    then_closing = before.weeks["closing"][weeks_then - 1]
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
        receipts=receipt_causes(before, settled, until=now.as_of, weeks=weeks_then, now=(now, weeks)),
        paid=paid,
    )


def rows(change: BalanceChange, names: Mapping[str, str]) -> pl.DataFrame:
    """Return documents, billings and payments by cause; their amounts add up to the change.

    Args:
        change: the difference between two forecasts.
        names: customer -> its name.
    """
    future = [
        amount_of(run.weeks.head(weeks), "from_future_invoices")
        for run, weeks in ((change.before, change.weeks_then), (change.now, change.weeks))
    ]
    rest = [
        ("billing", heading("from_future_invoices"), future[0], ZERO, future[1]),
        ("payments", cause_name("payments"), *change.other_payments),
        ("rounding", cause_name("rounding"), ZERO, ZERO, change.receipts.rounding),
    ]
    others = cause_rows.lines(rest)
    together = pl.concat([cause_rows.documents(change.receipts, names), others, _payment_lines(change)])
    return cause_rows.largest_first(together)


def _payment_lines(change: BalanceChange) -> pl.DataFrame:
    lines = change.lines
    names = {category: cause_name(f"{payment_changes.PREFIX}{category}") for category in lines["category"]}
    return lines.select(
        pl.col("category").replace(names).alias("cause"),
        pl.col("label").alias("customer_name"),
        pl.col("line_id").alias("invoice_id"),
        "expected",
        pl.lit(ZERO, dtype=MONEY).alias("received"),
        "expected_now",
        "amount",
        pl.lit(None, dtype=pl.String).alias("customer_id"),
    )


def parts(change: BalanceChange, names: Mapping[str, str]) -> list[ChartPart]:
    """Return a part per cause, which opens the documents, bills and planned lines that add up to it.

    Args:
        change: the difference between two forecasts.
        names: customer -> its name.
    """
    method = _(
        "Expected on {then}, received since, and expected on {now}, up to and including week {week}. "
        "Payments are negative. Largest first.",
        then=in_sentence(change.before.as_of),
        now=in_sentence(change.now.as_of),
        week=change.now.weeks["week_start"][change.weeks - 1].isocalendar().week,
    )
    return cause_rows.parts(
        change.amounts,
        rows(change, names),
        cause_rows.RowsOfCause(
            method=method,
            columns=("expected", "received", "expected_now", "amount"),
            currency=change.now.currency,
            as_of=change.now.as_of,
        ),
        change.amounts_on_screen,
    )
