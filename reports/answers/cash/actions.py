"""Actions before the low point: a few things to do, each with the most cash it can bring by then."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal

import polars as pl

from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.forecast.rows import TIGHT, week_number
from reports.answers.forecast.variance.causes import ZERO
from reports.answers.forecast.variance.frozen_runs import MONEY, amount_of

Kind = Literal["collect", "dispute", "promise", "confirm", "move", "bank"]
MOST = 3
_OF_A_KIND = 2
_SELDOM = 0.5  # chance of payment below which a call is worth it
_LEAST_LARGE = 0.01  # share of the open amount from which an invoice is large
_NEAR = timedelta(days=14)
_ROWS = pl.Schema(
    {
        "customer_id": pl.String(),
        "customer_name": pl.String(),
        "invoice_id": pl.String(),
        "due_date": pl.Date(),
        "open_amount": MONEY,
        "expected": MONEY,
        "amount": MONEY,
    }
)


@dataclass(frozen=True)
class Action:
    """One thing to do.

    Attributes:
        kind: collect overdue invoices, settle a dispute, call after a broken promise, confirm a payment day,
            move a supplier's bill, or go to the bank.
        amount: the most cash it can bring by the end of the low week, above the receipts expected by then.
        who: name of the customer or supplier, as in the data.
        customer_id: the customer page that shows the rows; None for a bill and the bank.
        facts: further values for the words.
        rows: its documents: customer, document, due date, owed (`open_amount`), expected by then, amount.
    """

    kind: Kind
    amount: Decimal
    who: str
    customer_id: str | None
    rows: pl.DataFrame
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class LowWeek:
    """The week with the lowest expected balance: its number, from 1, and its first and last day."""

    number: int
    start: date
    end: date


def low_week(forecast: CashForecast) -> LowWeek:
    """Return the week with the lowest expected closing balance."""
    row = forecast.lowest
    return LowWeek(week_number(forecast, None), row["week_start"], row["week_end"])


def propose(
    forecast: CashForecast, items: pl.DataFrame, disputes: pl.DataFrame, *, credit_line: Decimal | None = None
) -> list[Action]:
    """Return up to three actions, largest effect first, at most two of a kind.

    Args:
        forecast: of `cash_forecast`.
        items: `open_items` of the whole company on the day of the forecast.
        disputes: `disputes` on that day.
        credit_line: credit line of the bank; None if none is known.
    """
    low = low_week(forecast)
    documents = _documents(forecast, items, low)
    candidates = [
        *_by_customer("collect", documents.filter((pl.col("days_overdue") > 0) & _is_unblocked())),
        *_by_customer("promise", documents.filter(pl.col("state") == "promise_broken")),
        *_disputes(documents, disputes),
        *_pay_days(documents, low),
        *_bills(forecast, low),
        *_bank(forecast, low, credit_line),
    ]
    candidates.sort(key=lambda action: (-action.amount, action.kind, action.who))
    actions: list[Action] = []
    for action in candidates:
        alike = sum(other.kind == action.kind for other in actions)
        if action.amount > 0 and alike < _OF_A_KIND and len(actions) < MOST:
            actions.append(action)
    return actions


def _documents(forecast: CashForecast, items: pl.DataFrame, low: LowWeek) -> pl.DataFrame:
    """Return per document the amount owed, the receipts expected by the end of the low week, and the rest."""
    names = [f"week_{number}" for number in range(1, low.number + 1)]
    # Without a forecast per invoice nothing is expected of any: the effect is the whole open amount.
    by_then = (
        pl.sum_horizontal(pl.col(name).round(2).cast(MONEY) for name in names)
        if set(names) <= set(forecast.invoices.columns)
        else pl.lit(ZERO)
    )
    states = items.select(pl.col("invoice_id").alias("document_id"), "customer_name", "state").unique(
        "document_id", maintain_order=True
    )
    return (
        forecast.invoices.with_columns(
            open_amount=pl.col("expected_amount").cast(MONEY),
            expected=by_then.cast(MONEY),
            days_overdue=(pl.lit(forecast.as_of) - pl.col("due_date")).dt.total_days(),
        )
        .filter(pl.col("open_amount") > 0)
        .join(states, on="document_id", how="left", maintain_order="left")
        .with_columns(
            pl.col("state").fill_null(""),
            pl.col("customer_name").fill_null(pl.col("customer_id")),
            invoice_id=pl.col("document_id"),
            amount=(pl.col("open_amount") - pl.col("expected")).cast(MONEY),
        )
        .filter(pl.col("amount") > 0)
    )


def _is_unblocked() -> pl.Expr:
    """Return whether no dispute, promise or cancellation blocks a document and no other action covers it."""
    return ~pl.col("state").is_in(["disputed", "promised", "promise_broken", "cancelled"])


def _by_customer(kind: Kind, documents: pl.DataFrame) -> list[Action]:
    """Return one action per customer for all its documents."""
    return [
        Action(
            kind=kind,
            amount=amount_of(part, "amount"),
            who=str(part["customer_name"][0]),
            customer_id=str(part["customer_id"][0]),
            rows=part.select(_ROWS.names()),
            facts={"count": part["invoice_id"].n_unique(), "days": part["days_overdue"].max()},
        )
        for part in documents.partition_by("customer_id", maintain_order=True)
    ]


def _disputes(documents: pl.DataFrame, disputes: pl.DataFrame) -> list[Action]:
    """Return one action per disputed document: the disputed amount, at most the amount not yet expected."""
    blocked = (
        disputes.filter("is_open").group_by("invoice_id")
        .agg(pl.col("amount").sum().alias("blocked"), pl.col("days_open").max(), pl.col("reason").first())
    )  # fmt: skip
    actions = []
    joined = documents.filter(pl.col("state") == "disputed").join(blocked, on="invoice_id")
    for part in joined.partition_by("invoice_id", maintain_order=True):
        row = part.row(0, named=True)
        left = row["blocked"] or ZERO
        amounts = []
        for amount in part["amount"]:
            amounts.append(min(amount, left))
            left -= amounts[-1]
        actions.append(
            Action(
                kind="dispute",
                amount=sum(amounts, ZERO),
                who=row["customer_name"],
                customer_id=row["customer_id"],
                rows=part.with_columns(amount=pl.Series(amounts, dtype=MONEY)).select(_ROWS.names()),
                facts={"invoice": row["invoice_id"], "reason": row["reason"], "days": row["days_open"]},
            )
        )
    return actions


def _pay_days(documents: pl.DataFrame, low: LowWeek) -> list[Action]:
    """Return one action per large invoice that falls due by the low week and will probably be paid later."""
    least = amount_of(documents, "open_amount") * Decimal(str(_LEAST_LARGE))
    share = pl.col("expected").cast(pl.Float64) / pl.col("open_amount").cast(pl.Float64)
    large = documents.with_columns(share=share).filter(
        (pl.col("days_overdue") <= 0)
        & (pl.col("due_date") <= low.end)
        & (pl.col("share") < _SELDOM)
        & (pl.col("open_amount") >= least)
        & _is_unblocked()
    )
    return [
        Action(
            kind="confirm",
            amount=row["amount"],
            who=row["customer_name"],
            customer_id=row["customer_id"],
            rows=large.slice(place, 1).select(_ROWS.names()),
            facts={"invoice": row["invoice_id"], "due": row["due_date"], "chance": row["share"]},
        )
        for place, row in enumerate(large.iter_rows(named=True))
    ]


def _bills(forecast: CashForecast, low: LowWeek) -> list[Action]:
    """Return one action per supplier's bill near the end of the low week; other payments cannot wait.

    There are none if no week up to then is tight: suppliers are paid on time as long as the money is there.
    """
    weeks = forecast.weeks.head(low.number)
    if not (weeks["probability_below_minimum"] >= TIGHT).any():
        return []
    near = forecast.payments.filter(
        (pl.col("category") == "suppliers")
        & pl.col("pay_date").is_between(low.end - _NEAR, low.end)
        & (pl.col("amount") > 0)
    )
    return [
        Action(
            kind="move",
            amount=row["amount"].quantize(ZERO),
            who=row["label"],
            customer_id=None,
            rows=pl.DataFrame(
                [
                    {"customer_name": row["label"], "invoice_id": row["line_id"], "due_date": row["pay_date"],
                     "open_amount": row["amount"], "expected": ZERO, "amount": row["amount"]}
                ],
                schema=_ROWS,
            ),
            facts={"invoice": row["line_id"], "due": row["pay_date"]},
        )
        for row in near.iter_rows(named=True)
    ]  # fmt: skip


def _bank(forecast: CashForecast, low: LowWeek, credit_line: Decimal | None) -> list[Action]:
    """Return the action at the bank if one outcome in ten is below the minimum by the low week."""
    if not forecast.opening_known:
        return []
    worst = forecast.weeks.head(low.number).sort("closing_p10", "week_start").row(0, named=True)
    short = (forecast.minimum - worst["closing_p10"]).quantize(ZERO)
    if short <= 0:
        return []
    has_line = credit_line is not None and credit_line >= short
    facts = {"has_line": has_line, "line": credit_line}
    return [Action("bank", short, "", None, pl.DataFrame(schema=_ROWS), facts)]
