"""Early warnings of a day: the signals of the rules with names, money at risk and hit rates."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

import polars as pl

from forecasting.arrays import number
from forecasting.warnings.book import BookSources, book_of
from forecasting.warnings.hit_rates import ListRates, hit_rates, list_rates, past_flags
from forecasting.warnings.lateness import LEVEL_LIMIT, SHIFT_LIMIT, late_shares
from forecasting.warnings.ledger_limits import LedgerLimits
from forecasting.warnings.payment_dots import payment_dots
from forecasting.warnings.rule_choice import is_shown, verdicts
from forecasting.warnings.signals import WEEK, Signals, signals_on
from queries import Books
from reports.answers.forecast.cash_forecast import Progress
from reports.answers.forecast.variance.frozen_runs import MONEY
from reports.answers.shared.money import total
from reports.answers.warnings.rule_settings import rule_settings
from reports.answers.warnings.weekly_change import add_change, customer_change, strongest_order

_PRIOR = 5.0  # invoices with the share of all customers, added to a customer's own
_LATE = 30
_LATENESS = {"level_now": LEVEL_LIMIT, "shift": SHIFT_LIMIT}
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
        rules: of `forecasting.warnings.hit_rates`: how often each was right; with `verdict`, why it is
            shown or not (`forecasting.warnings.rule_choice`), and `is_shown`.
        list_rates: how often the rules shown were right together.
        open_customers: how many customers have something open.
        limits: of LEVEL and SHIFT on the day.
        shares: per customer the `chance` that an invoice is paid more than 30 days late, from its past.
        dots: of `forecasting.warnings.payment_dots`, of customers with a signal of a rule that is shown.
        items: `open_items` on the day.
        customers: `customers` on the day.
    """

    as_of: date
    signals: Signals
    rules: pl.DataFrame
    list_rates: ListRates
    open_customers: int
    limits: tuple[float, float]
    shares: pl.DataFrame
    dots: pl.DataFrame
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
            value, limit, amount (owed on its documents), invoices (list), muted_until, mute_reason, is_shown
            (its rule is), is_listed (shown and not muted), days_now and days_usual (days late of what was
            paid in three weeks or is late, and of older payments; null: not known), change (new or worse than
            a week ago, or null).
        customers: the list, one row per customer with a signal that is listed, most money at risk first:
            customer_id, customer_name, account_manager, segment, money_at_risk, open_amount (in the books),
            owed_amount (after set-off), of that overdue_amount and not_due, level, shift, signals, rule (the
            strongest: right most often on this ledger), change (new: not on the list a week ago; worse: one
            of its signals is new or worse; or null).
        rules, list_rates, open_customers, limits, dots: as in `RuleOutcome`.
        scores: every customer with something open: customer_id, customer_name, level (weighted days late),
            shift, owed_amount, place (number on the list, from 1, or null).
    """

    as_of: date
    method: str
    chances_of: date | None
    signals: pl.DataFrame
    customers: pl.DataFrame
    rules: pl.DataFrame
    list_rates: ListRates
    open_customers: int
    limits: tuple[float, float]
    scores: pl.DataFrame
    dots: pl.DataFrame

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
    week_before = as_of - timedelta(days=WEEK)
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
        documents_before=(week_before, books.ask("timing_documents", **{**of_entity, "as_of": week_before})),
    )
    progress("signals", 0.4)
    book = book_of(facts, as_of)
    day = number(as_of)
    settings = rule_settings(books.ask("settings", known_on=known_on))
    limits = LedgerLimits(book, settings.target, settings.off)
    signals = signals_on(book, day, limits)
    progress("backtest", 0.7)
    count, late = late_shares(book, day)
    # Without any history all invoices may come late.
    usual = late.sum() / count.sum() if count.sum() > 0 else 1.0
    shares = pl.DataFrame(
        {"customer_id": book.ids, "chance": (late + _PRIOR * usual) / (count + _PRIOR)},
        schema={"customer_id": pl.String(), "chance": pl.Float64()},
    )
    flags = past_flags(book, limits)
    rules = hit_rates(flags)
    by_rule = verdicts(
        rules,
        settings.switches,
        lambda chosen: list_rates(flags, chosen).flagged_share,
        settings.target,
    )
    shown = [rule for rule, verdict in by_rule.items() if is_shown(verdict)]
    rules = rules.with_columns(
        verdict=pl.col("rule").replace_strict(by_rule, return_dtype=pl.String),
        is_shown=pl.col("rule").is_in(shown),
    )
    progress("balance", 0.9)
    with_signal = signals.rows.filter(pl.col("rule").is_in(shown))["customer_id"].unique().to_list()
    level_limit, shift_limit = (limits.factors(day)[rule] * limit for rule, limit in _LATENESS.items())
    return RuleOutcome(
        as_of=as_of,
        signals=signals,
        rules=rules,
        list_rates=list_rates(flags, shown),
        open_customers=int((book.at(day).open_amounts() > 0).sum()),
        limits=(level_limit, shift_limit),
        shares=shares,
        dots=payment_dots(book, day, with_signal),
        items=books.ask("open_items", **of_entity),
        customers=customers,
    )


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
    risk = _at_risk(outcome, chances)
    customers = _customers(outcome, signals, risk)
    return EarlyWarnings(
        as_of=outcome.as_of,
        method="history" if chances is None else "forecast",
        chances_of=None if chances is None else chances.as_of,
        signals=signals,
        customers=customers,
        rules=outcome.rules,
        list_rates=outcome.list_rates,
        open_customers=outcome.open_customers,
        limits=outcome.limits,
        scores=_scores(outcome, customers, risk),
        dots=outcome.dots,
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
    lateness = outcome.dots.select("customer_id", "days_now", pl.col("usual").alias("days_usual"))
    signals = (
        outcome.signals.rows.join(names, on="customer_id", how="left", maintain_order="left")
        .join(about, on=["rule", "customer_id"], how="left", maintain_order="left")
        .join(own, on=["customer_id", "rule"], how="left", maintain_order="left")
        .join(everything, on="customer_id", how="left", maintain_order="left")
        .select(
            "rule", "customer_id", pl.col("customer_name").fill_null(pl.col("customer_id")),
            "account_manager", "segment", "since_date", "value", "limit", "value_before",
            pl.col("amount").fill_null(_ZERO).cast(MONEY),
            pl.col("invoices").fill_null([]),
            muted_until=pl.max_horizontal("own_until", "all_until"),
            mute_reason=pl.coalesce("own_reason", "all_reason"),
        )
        .join(outcome.rules.select("rule", "is_shown"), on="rule", how="left", maintain_order="left")
        .join(lateness, on="customer_id", how="left", maintain_order="left")
        .with_columns(is_listed=pl.col("is_shown") & pl.col("muted_until").is_null())
    )  # fmt: skip
    return add_change(signals).drop("value_before")


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
    listed = signals.filter("is_listed").join(
        strongest_order(outcome.rules), on="rule", how="left", maintain_order="left"
    )
    with_signal = (
        listed.sort("place", maintain_order=True)
        .group_by("customer_id", maintain_order=True)
        .agg(
            pl.col("customer_name", "account_manager", "segment", "rule").first(),
            pl.len().cast(pl.Int64).alias("signals"),
            change=customer_change(),
        )
    )
    scores = outcome.signals.scores.select("customer_id", pl.col("level_now").alias("level"), "shift")
    amounts = ("money_at_risk", "open_amount", "owed_amount", "overdue_amount", "not_due")
    return (
        with_signal.join(risk, on="customer_id", how="left")
        .join(scores, on="customer_id", how="left")
        .with_columns(pl.col(amounts).fill_null(_ZERO).cast(MONEY))
        .select(
            "customer_id", "customer_name", "account_manager", "segment", *amounts, "level", "shift",
            "signals", "rule", "change",
        )
        .sort(["money_at_risk", "open_amount", "customer_id"], descending=[True, True, False])
    )  # fmt: skip


def _scores(outcome: RuleOutcome, customers: pl.DataFrame, risk: pl.DataFrame) -> pl.DataFrame:
    places = customers.select("customer_id").with_row_index("place", 1)
    names = outcome.customers.select("customer_id", "customer_name")
    return (
        risk.select("customer_id", "owed_amount")
        .join(outcome.signals.scores, on="customer_id", how="inner", maintain_order="left")
        .join(names, on="customer_id", how="left", maintain_order="left")
        .join(places, on="customer_id", how="left", maintain_order="left")
        .select(
            "customer_id", pl.col("customer_name").fill_null(pl.col("customer_id")),
            pl.col("level_now").alias("level"), "shift", "owed_amount", pl.col("place").cast(pl.Int64),
        )
    )  # fmt: skip
