"""The worklist: whom to contact today, in the order of what acting is worth."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import polars as pl

from queries import Books
from reports.answers.forecast.variance.frozen_runs import MONEY
from reports.answers.shared.money import total

STEPS = (
    "pre_due_reminder",
    "friendly_reminder",
    "call",
    "formal_reminder",
    "final_demand",
    "notice_14_days",
    "hand_over",
)
WAITS = ("disputed", "promised", "plan", "agency", "contacted", "term", "done")
_RANK = {step: place for place, step in enumerate(STEPS)}
_WEEKS = 2
_ZERO = Decimal("0.00")
_STOPPED = ("disputed", "promised", "plan", "agency")
_IS_LATE = pl.col("days_overdue") > 0
_FACTS = (
    "customer_name", "customer_type", "segment", "account_manager", "language", "email", "preferred_method",
    "on_time_share", "last_contact_date", "last_contact",
)  # fmt: skip


@dataclass(frozen=True)
class Unpaid:
    """How likely open invoices are still unpaid 14 days on, if nobody does anything.

    Attributes:
        rows: `invoice_id`, `due_date` and `chance`, 0-1.
        as_of: day of the forecast they are from; the 14 days are its first two weeks.
    """

    rows: pl.DataFrame
    as_of: date


@dataclass(frozen=True)
class Worklist:
    """Whom to contact on a day; amounts in the reporting currency or the one asked for.

    Attributes:
        as_of: the day.
        chances_of: day of the forecast the chances are from; None without one, and then no line has a chance.
        lines: one row per customer with something to do, worth most first: customer_id, customer_name, step
            (the furthest of its invoices), amount (asked for in its letter, of `parted`),
            overdue_amount (late and not stopped), days_overdue (of the oldest in the letter), invoices (how
            many in the letter), besides_amount and besides_invoices (what is asked for or late besides),
            chance, value, is_promise_broken, is_good_payer, and what is known of the customer.
        items: `worklist_items` with `chance`.
        waiting: per reason for waiting the customers, invoices and money.
    """

    as_of: date
    chances_of: date | None
    lines: pl.DataFrame
    items: pl.DataFrame
    waiting: pl.DataFrame

    @property
    def amount(self) -> Decimal:
        """What is overdue with the customers to contact."""
        return total(self.lines["overdue_amount"]) or _ZERO


def of_forecast(invoices: pl.DataFrame, as_of: date) -> Unpaid | None:
    """Return the chances a forecast's invoices carry; None where it forecast no single invoice."""
    names = [f"week_{week}" for week in range(1, _WEEKS + 1)]
    if not {*names, "probability_30_days_late"} <= set(invoices.columns):
        return None
    known = invoices.filter(pl.col("probability_30_days_late").is_not_null())
    if known.is_empty():
        return None
    paid = pl.sum_horizontal(pl.col(name).cast(pl.Float64) for name in names)
    rows = known.filter(pl.col("open_amount") > 0).select(
        pl.col("document_id").alias("invoice_id"), "due_date",
        chance=(1 - paid / pl.col("open_amount").cast(pl.Float64)).clip(0.0, 1.0),
    )  # fmt: skip
    return Unpaid(rows.unique(["invoice_id", "due_date"], maintain_order=True), as_of)


def worklist(
    books: Books,
    *,
    as_of: date,
    known_on: datetime | None = None,
    unpaid: Unpaid | None = None,
    **filters: str | None,
) -> Worklist:
    """Return the worklist of a day.

    Args:
        books: the store.
        as_of: end of the day before the one it is worked through, or that day's own end.
        known_on: only what was recorded by then (UTC).
        unpaid: of a forecast; without it lines stand in the order of what is overdue.
        filters: `currency`, `entity`, `segment` of the query.
    """
    return of_items(books.ask("worklist_items", as_of=as_of, known_on=known_on, **filters), as_of, unpaid)


def of_items(items: pl.DataFrame, as_of: date, unpaid: Unpaid | None = None) -> Worklist:
    """Return the worklist of rows of `worklist_items`.

    What acting on a line is worth at most: what its letter asks for that is overdue, times the chance that
    it would still be unpaid 14 days on. What waits is worth nothing to act on; neither is what is not due.
    """
    if unpaid is None:
        items = items.with_columns(chance=pl.lit(None, dtype=pl.Float64))
    else:
        # An invoice the forecast does not know was billed since: nothing says that it comes by itself.
        items = items.join(
            unpaid.rows, on=["invoice_id", "due_date"], how="left", maintain_order="left"
        ).with_columns(pl.col("chance").fill_null(1.0))
    free = items.filter(_IS_LATE & ~pl.col("waits").is_in(_STOPPED).fill_null(value=False))
    overdue = free.group_by("customer_id").agg(
        pl.col("asked_amount").sum().cast(MONEY).alias("overdue_amount")
    )
    lines = (
        _by_customer(lettered(items))
        .join(overdue, on="customer_id", how="left", maintain_order="left")
        .with_columns(
            pl.col("overdue_amount").fill_null(_ZERO).cast(MONEY),
            # The sum of nothing known is nothing, and so would be its share.
            *(pl.when(unpaid is not None).then(pl.col(name)).alias(name) for name in ("chance", "value")),
        )
    )
    # Without chances, what is overdue and asked for; what is not due yet comes last.
    worth = pl.when(pl.col("days_overdue") > 0).then(pl.col("amount")).otherwise(_ZERO)
    lines = lines.sort(
        [pl.col("value").fill_null(worth), worth, pl.col("amount"), pl.col("customer_id")],
        descending=[True, True, True, False],
    ).select(
        "customer_id", "customer_name", "step", "amount", "overdue_amount", "days_overdue", "invoices",
        "besides_amount", "besides_invoices", "chance", "value", "is_promise_broken", "is_good_payer",
        *(name for name in _FACTS if name != "customer_name"),
    )  # fmt: skip
    return Worklist(as_of, None if unpaid is None else unpaid.as_of, lines, items, _waiting(items))


def acted(items: pl.DataFrame) -> pl.DataFrame:
    """Return the rows whose step is to be taken now.

    Who is late with something is not reminded of what is not due yet in the same breath.
    """
    rows = items.filter(pl.col("waits").is_null() & pl.col("step").is_not_null())
    is_late = _IS_LATE.any().over("customer_id")
    return rows.filter(_IS_LATE | ~is_late) if rows.height else rows


def _by_customer(rows: pl.DataFrame) -> pl.DataFrame:
    is_told = pl.col("is_told")
    money = pl.col("asked_amount").cast(pl.Float64)
    is_late = _IS_LATE & is_told
    likely = (money * pl.col("chance")).filter(is_late).sum()
    return (
        rows.group_by("customer_id", maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in _FACTS),
            pl.col("line_step").first().alias("step"),
            pl.col("asked_amount").filter(is_told).sum().cast(MONEY).alias("amount"),
            pl.col("invoice_id").filter(is_told).n_unique().cast(pl.Int64).alias("invoices"),
            pl.col("asked_amount").filter(~is_told).sum().cast(MONEY).alias("besides_amount"),
            pl.col("invoice_id").filter(~is_told).n_unique().cast(pl.Int64).alias("besides_invoices"),
            pl.col("days_overdue").filter(is_told).max(),
            (pl.col("is_promise_broken") & pl.col("is_asked")).any(),
            (pl.col("is_good_payer") & pl.col("is_asked")).any(),
            (likely / money.filter(is_late).sum()).alias("chance"),
            likely.round(2).cast(MONEY).alias("value"),
        )
        .with_columns(pl.when(pl.col("chance").is_not_nan()).then(pl.col("chance")).alias("chance"))
    )


def _waiting(items: pl.DataFrame) -> pl.DataFrame:
    order = {reason: place for place, reason in enumerate(WAITS)}
    return (
        items.drop_nulls("waits")
        .group_by("waits")
        .agg(
            pl.col("customer_id").n_unique().cast(pl.Int64).alias("customers"),
            pl.col("invoice_id").n_unique().cast(pl.Int64).alias("invoices"),
            pl.col("open_amount").sum().cast(MONEY).alias("amount"),
        )
        .sort(pl.col("waits").replace_strict(order, return_dtype=pl.Int64))
    )


def covered(items: pl.DataFrame, customer: str) -> pl.DataFrame:
    """Return the invoices a contact is about: those whose step it is, and what is late besides.

    What is in dispute, promised, on a plan or with an agency is not asked for again.
    """
    return _about(items.filter(customer_id=customer))


def parted(step: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows of `covered` with `is_told`: the letter of a step is about them; the others are besides.

    What was not reminded of before is no part of a demand; a friendly word can be about all that is late.
    A word ahead is about what is not due yet.
    """
    return rows.with_columns(is_told=_is_told(pl.lit(_RANK[step])))


def _is_told(line_rank: pl.Expr) -> pl.Expr:
    now = pl.when("is_asked").then(_rank("step"))
    return (
        pl.when(line_rank == _RANK["pre_due_reminder"])
        .then("is_asked")
        .when(line_rank <= _RANK["call"])
        .then(pl.lit(value=True))
        .otherwise(pl.max_horizontal(now, _rank("step_done")).fill_null(-1) >= line_rank)
    )


def _rank(name: str) -> pl.Expr:
    return pl.col(name).replace_strict(_RANK, default=None, return_dtype=pl.Int64)


def _about(items: pl.DataFrame) -> pl.DataFrame:
    now = acted(items).select("invoice_id", "due_date", is_asked=pl.lit(value=True))
    is_free = ~pl.col("waits").is_in(_STOPPED).fill_null(value=False)
    return (
        items.join(now, on=["invoice_id", "due_date"], how="left", maintain_order="left")
        .with_columns(pl.col("is_asked").fill_null(value=False))
        .filter(pl.col("is_asked") | (_IS_LATE & is_free))
    )


def lettered(items: pl.DataFrame) -> pl.DataFrame:
    """Return what the letters of the day are about, with `line_step` of its customer and `is_told`."""
    furthest = _rank("step").filter("is_asked").max().over("customer_id")
    return (
        _about(items)
        .with_columns(line_rank=furthest)
        .drop_nulls("line_rank")
        .with_columns(
            pl.col("line_rank")
            .replace_strict(dict(enumerate(STEPS)), return_dtype=pl.String)
            .alias("line_step"),
            is_told=_is_told(pl.col("line_rank")),
        )
    )
