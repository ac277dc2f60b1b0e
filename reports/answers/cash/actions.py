"""What can be done about the low point: a few actions, each with the cash it brings at most by then."""

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
_SELDOM = 0.5  # chance below which a pay day is worth a call
_LEAST_LARGE = 0.01  # of all that is open; a smaller invoice is no large one
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
        kind: collect what is overdue, settle a dispute, call after a broken promise, confirm a pay day, move
            a supplier's bill, or go to the bank.
        amount: cash it brings at most by the end of the low week, above what is expected by then.
        who: the customer or supplier; data.
        customer_id: whose page shows the rows; None for a bill and the bank.
        facts: what the words need besides.
        rows: what it is made of: customer, document, due date, open, expected by then, amount.
    """

    kind: Kind
    amount: Decimal
    who: str
    customer_id: str | None
    rows: pl.DataFrame
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Low:
    """The week the actions are for: its place, from 1, and its first and last day."""

    number: int
    start: date
    end: date


def low_week(forecast: CashForecast) -> Low:
    """Return the week with the lowest expected closing balance."""
    row = forecast.lowest
    return Low(week_number(forecast, None), row["week_start"], row["week_end"])


def propose(
    forecast: CashForecast, items: pl.DataFrame, disputes: pl.DataFrame, *, credit_line: Decimal | None = None
) -> list[Action]:
    """Return up to three actions, the largest effect first, never more than two of a kind.

    Args:
        forecast: of `cash_forecast`.
        items: `open_items` on its day, of the whole company.
        disputes: `disputes` on its day.
        credit_line: what the bank lends; None where nothing is known of one.
    """
    low = low_week(forecast)
    documents = _documents(forecast, items, low)
    found = [
        *_by_customer("collect", documents.filter((pl.col("days_overdue") > 0) & _is_free())),
        *_by_customer("promise", documents.filter(pl.col("state") == "promise_broken")),
        *_disputes(documents, disputes),
        *_pay_days(documents, low),
        *_bills(forecast, low),
        *_bank(forecast, low, credit_line),
    ]
    found.sort(key=lambda one: (-one.amount, one.kind, one.who))
    chosen: list[Action] = []
    for one in found:
        alike = sum(other.kind == one.kind for other in chosen)
        if one.amount > 0 and alike < _OF_A_KIND and len(chosen) < MOST:
            chosen.append(one)
    return chosen


def _documents(forecast: CashForecast, items: pl.DataFrame, low: Low) -> pl.DataFrame:
    """Return what is owed on each document, what is expected of it by the low week's end, and the rest."""
    names = [f"week_{number}" for number in range(1, low.number + 1)]
    # Where single invoices are not forecast, nothing is expected of any: the effect is the most it can be.
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
            open_amount=pl.col("open_amount").cast(MONEY),
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


def _is_free() -> pl.Expr:
    """Tell of which documents nothing stands in the way of being paid, and no other action speaks."""
    return ~pl.col("state").is_in(["disputed", "promised", "promise_broken", "cancelled"])


def _by_customer(kind: Kind, documents: pl.DataFrame) -> list[Action]:
    """Return one action per customer, over all its documents."""
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
    """Return one action per disputed document: what the dispute blocks, at most what is not expected yet."""
    blocked = (
        disputes.filter("is_open").group_by("invoice_id")
        .agg(pl.col("amount").sum().alias("blocked"), pl.col("days_open").max(), pl.col("reason").first())
    )  # fmt: skip
    found = []
    joined = documents.filter(pl.col("state") == "disputed").join(blocked, on="invoice_id")
    for part in joined.partition_by("invoice_id", maintain_order=True):
        row = part.row(0, named=True)
        left = row["blocked"] or ZERO
        amounts = []
        for amount in part["amount"]:
            amounts.append(min(amount, left))
            left -= amounts[-1]
        found.append(
            Action(
                kind="dispute",
                amount=sum(amounts, ZERO),
                who=row["customer_name"],
                customer_id=row["customer_id"],
                rows=part.with_columns(amount=pl.Series(amounts, dtype=MONEY)).select(_ROWS.names()),
                facts={"invoice": row["invoice_id"], "reason": row["reason"], "days": row["days_open"]},
            )
        )
    return found


def _pay_days(documents: pl.DataFrame, low: Low) -> list[Action]:
    """Return one action per large invoice that falls due by the low week and is likely not paid by then."""
    least = amount_of(documents, "open_amount") * Decimal(str(_LEAST_LARGE))
    share = pl.col("expected").cast(pl.Float64) / pl.col("open_amount").cast(pl.Float64)
    large = documents.with_columns(share=share).filter(
        (pl.col("days_overdue") <= 0)
        & (pl.col("due_date") <= low.end)
        & (pl.col("share") < _SELDOM)
        & (pl.col("open_amount") >= least)
        & _is_free()
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


def _bills(forecast: CashForecast, low: Low) -> list[Action]:
    """Return one action per supplier's payment shortly before the low week's end; nothing else can wait.

    None where no week up to then is tight: suppliers are paid on their day as long as the money is there.
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


def _bank(forecast: CashForecast, low: Low, credit_line: Decimal | None) -> list[Action]:
    """Return the way to the bank where one time in ten the balance is below the minimum by the low week."""
    if not forecast.opening_known:
        return []
    worst = forecast.weeks.head(low.number).sort("closing_p10", "week_start").row(0, named=True)
    short = (forecast.minimum - worst["closing_p10"]).quantize(ZERO)
    if short <= 0:
        return []
    has_line = credit_line is not None and credit_line >= short
    facts = {"has_line": has_line, "line": credit_line}
    return [Action("bank", short, "", None, pl.DataFrame(schema=_ROWS), facts)]
