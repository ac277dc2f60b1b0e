"""Early warnings: what the rules found on a day, with names, money and how often they are right."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import polars as pl

from forecasting.arrays import number
from forecasting.warnings.book import Facts, book_of
from forecasting.warnings.hit_rates import judged
from forecasting.warnings.lateness import LEVEL_LIMIT, SHIFT_LIMIT, late_shares
from forecasting.warnings.rules import BY_NAME
from forecasting.warnings.signals import Signals, history, signals_on
from queries import Books
from reports.answers.forecast.cash_forecast import Progress
from reports.answers.forecast.variance.frozen_runs import MONEY
from reports.answers.shared.money import total

_PRIOR = 5.0  # invoices that behave as everybody's, before a customer's own share is believed
_LATE = 30
WEEKS = 26
LIMITS = (LEVEL_LIMIT, SHIFT_LIMIT)
_ZERO = Decimal("0.00")


@dataclass(frozen=True)
class Chances:
    """How likely open invoices are paid more than 30 days late.

    Attributes:
        rows: `invoice_id`, `due_date` and `chance`, 0-1.
        as_of: day of the forecast they are from.
    """

    rows: pl.DataFrame
    as_of: date


@dataclass(frozen=True)
class Found:
    """The rules' answer, before anybody asks what it means in money; the costly part.

    Attributes:
        as_of: the day.
        signals: of `forecasting.signals`.
        rules: of `forecasting.judging`: how often each was right.
        shares: per customer the `chance` that an invoice is paid more than 30 days late, from its past.
        history: of `forecasting.signals`: days late by amount per week, of whom a signal speaks.
        items: `open_items` on the day.
        customers: `customers` on the day.
    """

    as_of: date
    signals: Signals
    rules: pl.DataFrame
    shares: pl.DataFrame
    history: pl.DataFrame
    items: pl.DataFrame
    customers: pl.DataFrame


@dataclass(frozen=True)
class Warned:
    """Early warnings of a day; amounts are Decimal in the reporting currency.

    Attributes:
        as_of: the day.
        method: `forecast` where the chances are those of one, else `history`.
        chances_of: day of that forecast.
        signals: one row per signal: rule, customer_id, customer_name, account_manager, segment, since_date,
            value, limit, amount (open on its documents), invoices (list), muted_until, mute_reason.
        customers: one row per customer with one that is not muted, most money at risk first: customer_id,
            customer_name, account_manager, segment, money_at_risk, open_amount, overdue_amount, not_due,
            level, shift, signals.
        rules: as in `Found`.
        scores: level (weighted days late) and shift of every customer.
    """

    as_of: date
    method: str
    chances_of: date | None
    signals: pl.DataFrame
    customers: pl.DataFrame
    rules: pl.DataFrame
    scores: pl.DataFrame

    @property
    def at_risk(self) -> Decimal:
        """Money at risk of the customers warned of."""
        return total(self.customers["money_at_risk"]) or _ZERO


def find(
    books: Books,
    *,
    as_of: date,
    known_on: datetime | None = None,
    progress: Progress = lambda _text, _share: None,
) -> Found:
    """Ask all rules of a day, and of the past how often they were right."""
    view = {"as_of": as_of, "known_on": known_on}
    progress("history", 0.0)
    customers = books.ask("customers", **view)
    facts = Facts(
        documents=books.ask("timing_documents", **view),
        settled=books.ask("settled_days", **view),
        receipts=books.ask("receipt_days", **view),
        arrangements=books.ask("arrangements", **view),
        contacts=books.ask("contacts", **view),
        orders=books.ask("order_numbers", **view),
        customers=customers,
    )
    progress("signals", 0.4)
    book = book_of(facts, as_of)
    day = number(as_of)
    signals = signals_on(book, day)
    progress("backtest", 0.7)
    count, late = late_shares(book, day)
    # Where nothing is known of anybody, all of it may come late.
    usual = late.sum() / count.sum() if count.sum() > 0 else 1.0
    shares = pl.DataFrame(
        {"customer_id": book.ids, "chance": (late + _PRIOR * usual) / (count + _PRIOR)},
        schema={"customer_id": pl.String(), "chance": pl.Float64()},
    )
    rules = judged(book)
    progress("balance", 0.9)
    warned = signals.found["customer_id"].unique().to_list()
    weekly = history(book, BY_NAME["level_now"], day, warned, WEEKS)
    return Found(as_of, signals, rules, shares, weekly, books.ask("open_items", **view), customers)


def told(found: Found, mutes: pl.DataFrame, chances: Chances | None = None) -> Warned:
    """Put names, money and what is muted to what the rules found.

    Args:
        found: of `find`.
        mutes: rows of `mutes` on the day.
        chances: of a forecast; None: the share of a customer's invoices that came that late in the past year.
    """
    signals = _signals(found, mutes)
    return Warned(
        as_of=found.as_of,
        method="history" if chances is None else "forecast",
        chances_of=None if chances is None else chances.as_of,
        signals=signals,
        customers=_customers(found, signals, _at_risk(found, chances)),
        rules=found.rules,
        scores=found.signals.scores.select(
            "customer_id", pl.col("level_now").alias("level"), "level_past", "shift"
        ),
    )


def of_forecast(invoices: pl.DataFrame, as_of: date) -> Chances | None:
    """Return the chances a forecast's invoices carry; None where it forecast none of them."""
    if "probability_30_days_late" not in invoices.columns:
        return None
    rows = invoices.select(
        pl.col("document_id").alias("invoice_id"),
        "due_date",
        pl.col("probability_30_days_late").alias("chance"),
    )
    known = rows.unique(["invoice_id", "due_date"], maintain_order=True).drop_nulls()
    return None if known.is_empty() and not rows.is_empty() else Chances(known, as_of)


def _signals(found: Found, mutes: pl.DataFrame) -> pl.DataFrame:
    owed = found.items.filter(pl.col("open_amount") > 0)
    by_document = owed.group_by("invoice_id").agg(pl.col("open_amount").sum())
    about = (
        found.signals.about.join(by_document, left_on="document_id", right_on="invoice_id", how="left")
        .group_by("rule", "customer_id", maintain_order=True)
        .agg(pl.col("open_amount").sum().cast(MONEY).alias("amount"), pl.col("document_id").alias("invoices"))
    )
    names = found.customers.select("customer_id", "customer_name", "account_manager", "segment")
    everything = mutes.filter(pl.col("rule").is_null()).select(
        "customer_id", pl.col("until").alias("all_until"), pl.col("reason").alias("all_reason")
    )
    own = mutes.select(
        "customer_id", "rule", pl.col("until").alias("own_until"), pl.col("reason").alias("own_reason")
    )
    return (
        found.signals.found.join(names, on="customer_id", how="left", maintain_order="left")
        .join(about, on=["rule", "customer_id"], how="left", maintain_order="left")
        .join(own, on=["customer_id", "rule"], how="left", maintain_order="left")
        .join(everything, on="customer_id", how="left", maintain_order="left")
        .select(
            "rule", "customer_id", pl.col("customer_name").fill_null(pl.col("customer_id")),
            "account_manager", "segment", "since_date", "value", "limit",
            pl.col("amount").fill_null(_ZERO).cast(MONEY),
            pl.col("invoices").fill_null([]),
            muted_until=pl.max_horizontal("own_until", "all_until"),
            mute_reason=pl.coalesce("own_reason", "all_reason"),
        )
    )  # fmt: skip


def _at_risk(found: Found, chances: Chances | None) -> pl.DataFrame:
    """Return per customer what is open on invoices, and what of it is likely paid more than 30 days late."""
    owed = found.items.filter((pl.col("open_amount") > 0) & (pl.col("invoice_type") == "invoice"))
    owed = owed.join(found.shares, on="customer_id", how="left", maintain_order="left")
    if chances is not None:
        known = chances.rows.rename({"chance": "forecast"})
        owed = owed.join(known, on=["invoice_id", "due_date"], how="left", maintain_order="left")
        # What was billed since the forecast was made has no chance of its own yet.
        owed = owed.with_columns(chance=pl.coalesce("forecast", "chance"))
    likely = pl.when(pl.col("days_overdue") > _LATE).then(1.0).otherwise(pl.col("chance").fill_null(0.0))
    risk = (pl.col("open_amount").cast(pl.Float64) * likely).round(2).cast(MONEY)
    late = pl.col("days_overdue") > 0
    return owed.with_columns(risk=risk).group_by("customer_id", maintain_order=True).agg(
        pl.col("risk").sum().alias("money_at_risk"),
        pl.col("open_amount").sum().cast(MONEY),
        pl.col("open_amount").filter(late).sum().cast(MONEY).alias("overdue_amount"),
        pl.col("open_amount").filter(~late).sum().cast(MONEY).alias("not_due"),
    )  # fmt: skip


def _customers(found: Found, signals: pl.DataFrame, risk: pl.DataFrame) -> pl.DataFrame:
    told_of = (
        signals.filter(pl.col("muted_until").is_null())
        .group_by("customer_id", maintain_order=True)
        .agg(
            pl.col("customer_name", "account_manager", "segment").first(),
            pl.len().cast(pl.Int64).alias("signals"),
        )
    )
    scores = found.signals.scores.select("customer_id", pl.col("level_now").alias("level"), "shift")
    amounts = ("money_at_risk", "open_amount", "overdue_amount", "not_due")
    return (
        told_of.join(risk, on="customer_id", how="left")
        .join(scores, on="customer_id", how="left")
        .with_columns(pl.col(amounts).fill_null(_ZERO).cast(MONEY))
        .select(
            "customer_id",
            "customer_name",
            "account_manager",
            "segment",
            *amounts,
            "level",
            "shift",
            "signals",
        )
        .sort(["money_at_risk", "open_amount", "customer_id"], descending=[True, True, False])
    )
