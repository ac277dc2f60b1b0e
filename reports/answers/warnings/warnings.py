"""Early warnings of a day: the signals of the rules with names, money at risk and hit rates."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import polars as pl

from forecasting.arrays import number
from forecasting.warnings.book import BookSources, book_of
from forecasting.warnings.hit_rates import hit_rates
from forecasting.warnings.lateness import LEVEL_LIMIT, SHIFT_LIMIT, late_shares
from forecasting.warnings.rules import BY_NAME
from forecasting.warnings.signals import Signals, history, signals_on
from queries import Books
from reports.answers.forecast.cash_forecast import Progress
from reports.answers.forecast.variance.frozen_runs import MONEY
from reports.answers.shared.money import total

_PRIOR = 5.0  # invoices with the share of all customers, added to a customer's own
_LATE = 30
WEEKS = 26
LIMITS = (LEVEL_LIMIT, SHIFT_LIMIT)
_ZERO = Decimal("0.00")


@dataclass(frozen=True)
class LateChances:
    """How likely open invoices are paid more than 30 days late.

    Attributes:
        rows: `invoice_id`, `due_date` and `chance`, 0-1.
        as_of: day of the forecast they are from.
    """

    rows: pl.DataFrame
    as_of: date


@dataclass(frozen=True)
class RuleOutcome:
    """The signals of the rules on a day, before they are joined with money; slow to compute.

    Attributes:
        as_of: the day.
        signals: of `forecasting.warnings.signals`.
        rules: of `forecasting.warnings.hit_rates`: how often each was right.
        shares: per customer the `chance` that an invoice is paid more than 30 days late, from its past.
        history: of `forecasting.warnings.signals`: days late by amount per week, of customers with a signal.
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
class EarlyWarnings:
    """Early warnings of a day; amounts are Decimal in the reporting currency.

    Attributes:
        as_of: the day.
        method: `forecast` if the chances come from a forecast, else `history`.
        chances_of: day of that forecast.
        signals: one row per signal: rule, customer_id, customer_name, account_manager, segment, since_date,
            value, limit, amount (owed on its documents), invoices (list), muted_until, mute_reason.
        customers: one row per customer with one that is not muted, most money at risk first: customer_id,
            customer_name, account_manager, segment, money_at_risk, open_amount (in the books), owed_amount
            (after set-off), of that overdue_amount and not_due, level, shift, signals.
        rules: as in `RuleOutcome`.
        scores: level (weighted days late) and shift of every customer.
        history: as in `RuleOutcome`.
    """

    as_of: date
    method: str
    chances_of: date | None
    signals: pl.DataFrame
    customers: pl.DataFrame
    rules: pl.DataFrame
    scores: pl.DataFrame
    history: pl.DataFrame

    @property
    def at_risk(self) -> Decimal:
        """Money at risk of all customers with a warning."""
        return total(self.customers["money_at_risk"]) or _ZERO


def run_rules(
    books: Books,
    *,
    as_of: date,
    known_on: datetime | None = None,
    entity: str | None = None,
    progress: Progress = lambda _text, _share: None,
) -> RuleOutcome:
    """Apply all rules to a day, and to past days to count how often they were right.

    Args:
        books: the store.
        as_of: the day.
        known_on: only what was recorded by then (UTC).
        entity: only the documents of this administration; None: all.
        progress: called with the current stage and the share done, 0-1.
    """
    view = {"as_of": as_of, "known_on": known_on}
    of_entity = {**view, "entity": entity}
    progress("history", 0.0)
    customers = books.ask("customers", **of_entity)
    facts = BookSources(
        documents=books.ask("timing_documents", **of_entity),
        settled=books.ask("settled_days", **of_entity),
        receipts=books.ask("pay_days", **of_entity),
        arrangements=books.ask("arrangements", **of_entity),
        contacts=books.ask("contacts", **view),
        orders=books.ask("order_numbers", **of_entity),
        customers=customers,
        bounces=books.ask("bounces", **of_entity),
    )
    progress("signals", 0.4)
    book = book_of(facts, as_of)
    day = number(as_of)
    signals = signals_on(book, day)
    progress("backtest", 0.7)
    count, late = late_shares(book, day)
    # Without any history all invoices may come late.
    usual = late.sum() / count.sum() if count.sum() > 0 else 1.0
    shares = pl.DataFrame(
        {"customer_id": book.ids, "chance": (late + _PRIOR * usual) / (count + _PRIOR)},
        schema={"customer_id": pl.String(), "chance": pl.Float64()},
    )
    rules = hit_rates(book)
    progress("balance", 0.9)
    with_signal = signals.rows["customer_id"].unique().to_list()
    weekly = history(book, BY_NAME["level_now"], day, with_signal, WEEKS)
    return RuleOutcome(as_of, signals, rules, shares, weekly, books.ask("open_items", **of_entity), customers)


def early_warnings(
    outcome: RuleOutcome, mutes: pl.DataFrame, chances: LateChances | None = None
) -> EarlyWarnings:
    """Join the signals of the rules with names, money at risk and mutes.

    Args:
        outcome: of `run_rules`.
        mutes: rows of `mutes` on the day.
        chances: of a forecast; None: each customer's share of invoices that late in the past year.
    """
    signals = _signals(outcome, mutes)
    return EarlyWarnings(
        as_of=outcome.as_of,
        method="history" if chances is None else "forecast",
        chances_of=None if chances is None else chances.as_of,
        signals=signals,
        customers=_customers(outcome, signals, _at_risk(outcome, chances)),
        rules=outcome.rules,
        scores=outcome.signals.scores.select(
            "customer_id", pl.col("level_now").alias("level"), "level_past", "shift"
        ),
        history=outcome.history,
    )


def of_forecast(invoices: pl.DataFrame, as_of: date) -> LateChances | None:
    """Return the chances of late payment from a forecast's invoices; None if it forecast none of them."""
    if "probability_30_days_late" not in invoices.columns:
        return None
    rows = invoices.select(
        pl.col("document_id").alias("invoice_id"),
        "due_date",
        pl.col("probability_30_days_late").alias("chance"),
    )
    known = rows.unique(["invoice_id", "due_date"], maintain_order=True).drop_nulls()
    return None if known.is_empty() and not rows.is_empty() else LateChances(known, as_of)


def _signals(outcome: RuleOutcome, mutes: pl.DataFrame) -> pl.DataFrame:
    owed = outcome.items.filter(pl.col("owed_amount") > 0)
    by_document = owed.group_by("invoice_id").agg(pl.col("owed_amount").sum())
    about = (
        outcome.signals.documents.join(by_document, left_on="document_id", right_on="invoice_id", how="left")
        .group_by("rule", "customer_id", maintain_order=True)
        .agg(pl.col("owed_amount").sum().cast(MONEY).alias("amount"), pl.col("document_id").alias("invoices"))
    )
    names = outcome.customers.select("customer_id", "customer_name", "account_manager", "segment")
    everything = mutes.filter(pl.col("rule").is_null()).select(
        "customer_id", pl.col("until").alias("all_until"), pl.col("reason").alias("all_reason")
    )
    own = mutes.select(
        "customer_id", "rule", pl.col("until").alias("own_until"), pl.col("reason").alias("own_reason")
    )
    return (
        outcome.signals.rows.join(names, on="customer_id", how="left", maintain_order="left")
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


def _at_risk(outcome: RuleOutcome, chances: LateChances | None) -> pl.DataFrame:
    """Return per customer the amounts owed on invoices, and the part expected more than 30 days late."""
    owed = outcome.items.filter((pl.col("owed_amount") > 0) & (pl.col("invoice_type") == "invoice"))
    owed = owed.join(outcome.shares, on="customer_id", how="left", maintain_order="left")
    if chances is not None:
        known = chances.rows.rename({"chance": "forecast"})
        owed = owed.join(known, on=["invoice_id", "due_date"], how="left", maintain_order="left")
        # An invoice billed after the forecast was made has no chance of its own yet.
        owed = owed.with_columns(chance=pl.coalesce("forecast", "chance"))
    likely = pl.when(pl.col("days_overdue") > _LATE).then(1.0).otherwise(pl.col("chance").fill_null(0.0))
    risk = (pl.col("owed_amount").cast(pl.Float64) * likely).round(2).cast(MONEY)
    late = pl.col("days_overdue") > 0
    return owed.with_columns(risk=risk).group_by("customer_id", maintain_order=True).agg(
        pl.col("risk").sum().alias("money_at_risk"),
        pl.col("open_amount").sum().cast(MONEY),
        pl.col("owed_amount").sum().cast(MONEY),
        pl.col("owed_amount").filter(late).sum().cast(MONEY).alias("overdue_amount"),
        pl.col("owed_amount").filter(~late).sum().cast(MONEY).alias("not_due"),
    )  # fmt: skip


def _customers(outcome: RuleOutcome, signals: pl.DataFrame, risk: pl.DataFrame) -> pl.DataFrame:
    with_signal = (
        signals.filter(pl.col("muted_until").is_null())
        .group_by("customer_id", maintain_order=True)
        .agg(
            pl.col("customer_name", "account_manager", "segment").first(),
            pl.len().cast(pl.Int64).alias("signals"),
        )
    )
    scores = outcome.signals.scores.select("customer_id", pl.col("level_now").alias("level"), "shift")
    amounts = ("money_at_risk", "open_amount", "owed_amount", "overdue_amount", "not_due")
    return (
        with_signal.join(risk, on="customer_id", how="left")
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
