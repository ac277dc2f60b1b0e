"""The worklist: customers to contact today, in the order of the money that a contact may bring."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import polars as pl

from queries import Books
from reports.answers.forecast.variance.frozen_runs import MONEY
from reports.answers.shared.money import total
from reports.answers.worklist.fees import LetterFees, fees_of

STEPS = (
    "pre_due_reminder",
    "friendly_reminder",
    "call",
    "formal_reminder",
    "final_demand",
    "notice_14_days",
    "hand_over",
)
WAITS = ("set_off", "disputed", "promised", "plan", "agency", "left_out", "contacted", "term", "done")
_RANK = {step: place for place, step in enumerate(STEPS)}
_WEEKS = 2
_ZERO = Decimal("0.00")
_STOPPED = ("set_off", "disputed", "promised", "plan", "agency")
_IS_LATE = pl.col("days_overdue") > 0
# Another administration is another creditor: it writes a letter of its own.
_LINE = ("customer_id", "entity")
_FACTS = (
    "customer_name", "customer_type", "segment", "account_manager", "assigned_to", "language", "email",
    "preferred_method",
    "on_time_share", "last_contact_date", "last_contact",
)  # fmt: skip


@dataclass(frozen=True)
class UnpaidChances:
    """How likely open invoices are still unpaid 14 days later without any action.

    Attributes:
        rows: `invoice_id`, `due_date` and `chance`, 0-1.
        as_of: day of the forecast; the 14 days are its first two weeks.
    """

    rows: pl.DataFrame
    as_of: date


@dataclass(frozen=True)
class Worklist:
    """Customers to contact on a day; amounts in the reporting currency or the requested one.

    Attributes:
        as_of: the day.
        chances_of: day of the forecast with the chances; None without one, and then no line has a chance.
        lines: one row per customer and administration with something to do, worth most first: customer_id,
            customer_name, entity, step (the furthest of its invoices), amount (of the invoices in its letter,
            see `split_letter`), overdue_amount (late and not stopped), days_overdue (of the oldest in the
            letter), invoices (number in the letter), besides_amount and besides_invoices (up to a step or
            late, but not in the letter), fee_amount (fixed costs that the letter names besides; null: none),
            chance, value, is_promise_broken, is_good_payer, and facts about the customer.
        items: `worklist_items` with `chance`.
        waits: per reason for waiting the customers, invoices and amount.
    """

    as_of: date
    chances_of: date | None
    lines: pl.DataFrame
    items: pl.DataFrame
    waits: pl.DataFrame

    @property
    def amount(self) -> Decimal:
        """The overdue amount of the customers to contact."""
        return total(self.lines["overdue_amount"]) or _ZERO


def of_forecast(invoices: pl.DataFrame, as_of: date) -> UnpaidChances | None:
    """Return the chances from a forecast's invoices; None if it forecast no single invoice."""
    names = [f"week_{week}" for week in range(1, _WEEKS + 1)]
    if not {*names, "probability_30_days_late"} <= set(invoices.columns):
        return None
    known = invoices.filter(pl.col("probability_30_days_late").is_not_null())
    if known.is_empty():
        return None
    paid = pl.sum_horizontal(pl.col(name).cast(pl.Float64) for name in names)
    rows = known.filter(pl.col("expected_amount") > 0).select(
        pl.col("document_id").alias("invoice_id"), "due_date",
        chance=(1 - paid / pl.col("expected_amount").cast(pl.Float64)).clip(0.0, 1.0),
    )  # fmt: skip
    return UnpaidChances(rows.unique(["invoice_id", "due_date"], maintain_order=True), as_of)


def worklist(
    books: Books,
    *,
    as_of: date,
    known_on: datetime | None = None,
    unpaid: UnpaidChances | None = None,
    **filters: str | None,
) -> Worklist:
    """Return the worklist of a day.

    Args:
        books: the store.
        as_of: end of the day before the calls are made, or of the day itself.
        known_on: only what was recorded by then (UTC).
        unpaid: of a forecast; without it lines are sorted by overdue amount.
        filters: `currency`, `entity`, `segment` of the query.
    """
    items = books.ask("worklist_items", as_of=as_of, known_on=known_on, **filters)
    span = books.ask("as_of_range", as_of=as_of, known_on=known_on)
    fees = fees_of(books.ask("settings", known_on=known_on), span["reporting_currency"][0])
    return of_items(items, as_of, unpaid, fees)


def of_items(
    items: pl.DataFrame, as_of: date, unpaid: UnpaidChances | None = None, fees: LetterFees | None = None
) -> Worklist:
    """Return the worklist of rows of `worklist_items`.

    The value of a line is the overdue amount of its letter times the chance that it is still unpaid 14 days
    later without any action. Invoices that wait, or are not due, add no value.
    """
    if unpaid is None:
        items = items.with_columns(chance=pl.lit(None, dtype=pl.Float64))
    else:
        # An invoice unknown to the forecast was billed since: no chance says that it is paid without action.
        items = items.join(
            unpaid.rows, on=["invoice_id", "due_date"], how="left", maintain_order="left"
        ).with_columns(pl.col("chance").fill_null(1.0))
    free = items.filter(_IS_LATE & ~pl.col("waits").is_in(_STOPPED).fill_null(value=False))
    overdue = free.group_by(_LINE).agg(pl.col("asked_amount").sum().cast(MONEY).alias("overdue_amount"))
    lines = (
        _with_fee(_by_customer(letter_items(items)), fees or LetterFees())
        .join(overdue, on=_LINE, how="left", maintain_order="left")
        .with_columns(
            pl.col("overdue_amount").fill_null(_ZERO).cast(MONEY),
            # Without chances the sums would be 0, not unknown.
            *(pl.when(unpaid is not None).then(pl.col(name)).alias(name) for name in ("chance", "value")),
        )
    )
    # Without chances: the overdue amount of the letter; lines that are not due yet come last.
    worth = pl.when(pl.col("days_overdue") > 0).then(pl.col("amount")).otherwise(_ZERO)
    lines = lines.sort(
        [pl.col("value").fill_null(worth), worth, pl.col("amount"), *map(pl.col, _LINE)],
        descending=[True, True, True, False, False],
    ).select(
        "customer_id", "customer_name", "entity", "step", "amount", "overdue_amount", "days_overdue",
        "invoices", "besides_amount", "besides_invoices", "fee_amount", "chance", "value",
        "is_promise_broken", "is_good_payer",
        *(name for name in _FACTS if name != "customer_name"),
    )  # fmt: skip
    return Worklist(as_of, None if unpaid is None else unpaid.as_of, lines, items, _waits(items))


def due_steps(items: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that are up to a step now.

    A customer with a late invoice is not reminded of what is not due yet with the same administration.
    """
    rows = items.filter(pl.col("waits").is_null() & pl.col("step").is_not_null())
    is_late = _IS_LATE.any().over(_LINE)
    return rows.filter(_IS_LATE | ~is_late) if rows.height else rows


def _with_fee(lines: pl.DataFrame, fees: LetterFees) -> pl.DataFrame:
    letters = lines.select("step", "customer_type", "entity", "currencies")
    amounts = [fees.of_letter(*letter) for letter in letters.iter_rows()]
    return lines.with_columns(pl.Series("fee_amount", amounts, dtype=MONEY))


def _by_customer(rows: pl.DataFrame) -> pl.DataFrame:
    is_in_letter = pl.col("is_in_letter")
    money = pl.col("asked_amount").cast(pl.Float64)
    is_late = _IS_LATE & is_in_letter
    likely = (money * pl.col("chance")).filter(is_late).sum()
    return (
        rows.group_by(_LINE, maintain_order=True)
        .agg(
            *(pl.col(name).first() for name in _FACTS),
            pl.col("line_step").first().alias("step"),
            pl.col("currency").filter(is_in_letter).unique().alias("currencies"),
            pl.col("asked_amount").filter(is_in_letter).sum().cast(MONEY).alias("amount"),
            pl.col("invoice_id").filter(is_in_letter).n_unique().cast(pl.Int64).alias("invoices"),
            pl.col("asked_amount").filter(~is_in_letter).sum().cast(MONEY).alias("besides_amount"),
            pl.col("invoice_id").filter(~is_in_letter).n_unique().cast(pl.Int64).alias("besides_invoices"),
            pl.col("days_overdue").filter(is_in_letter).max(),
            (pl.col("is_promise_broken") & pl.col("has_step_due")).any(),
            (pl.col("is_good_payer") & pl.col("has_step_due")).any(),
            (likely / money.filter(is_late).sum()).alias("chance"),
            likely.round(2).cast(MONEY).alias("value"),
        )
        .with_columns(pl.when(pl.col("chance").is_not_nan()).then(pl.col("chance")).alias("chance"))
    )


def _waits(items: pl.DataFrame) -> pl.DataFrame:
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


def contact_items(items: pl.DataFrame, customer: str, entity: str = "") -> pl.DataFrame:
    """Return one administration's invoices of a contact: those up to a step, `has_step_due`, and late ones.

    Invoices that are set off, in dispute, promised, on a plan or with an agency are left out.
    """
    return _contact_items(items.filter(customer_id=customer, entity=entity))


def letter_steps(items: pl.DataFrame) -> dict[str, str]:
    """Return, per invoice of `contact_items` that is up to a step, the step a letter stands for.

    A letter sent when a call was due counts as a friendly reminder, so that later steps follow as usual.
    """
    return {
        row["invoice_id"]: row["step"] if row["step"] != "call" else row["step_done"] or "friendly_reminder"
        for row in items.filter("has_step_due").iter_rows(named=True)
    }


def split_letter(step: str, rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows of `contact_items` with `is_in_letter`: whether the letter of a step names them.

    A demand names only invoices that were reminded of before; a 14-day notice only those that no notice was
    about before; a friendly reminder names all late ones; a reminder before the due date names those that are
    not due yet.
    """
    return rows.with_columns(is_in_letter=_is_in_letter(pl.lit(_RANK[step])))


def _is_in_letter(line_rank: pl.Expr) -> pl.Expr:
    step_now = pl.when("has_step_due").then(_rank("step"))
    return (
        pl.when(line_rank == _RANK["pre_due_reminder"])
        .then("has_step_due")
        # The fourteen days and the costs of a debt start once (art. 6:96 lid 6 BW).
        .when(line_rank == _RANK["notice_14_days"])
        .then((pl.col("has_step_due") & (pl.col("step") == "notice_14_days")).fill_null(value=False))
        .when(line_rank <= _RANK["call"])
        .then(pl.lit(value=True))
        .otherwise(pl.max_horizontal(step_now, _rank("step_done")).fill_null(-1) >= line_rank)
    )


def _rank(name: str) -> pl.Expr:
    return pl.col(name).replace_strict(_RANK, default=None, return_dtype=pl.Int64)


def _contact_items(items: pl.DataFrame) -> pl.DataFrame:
    steps_due = due_steps(items).select("invoice_id", "due_date", has_step_due=pl.lit(value=True))
    is_free = ~pl.col("waits").is_in(_STOPPED).fill_null(value=False)
    return (
        items.join(steps_due, on=["invoice_id", "due_date"], how="left", maintain_order="left")
        .with_columns(pl.col("has_step_due").fill_null(value=False))
        .filter(pl.col("has_step_due") | (_IS_LATE & is_free))
    )


def letter_items(items: pl.DataFrame) -> pl.DataFrame:
    """Return the contact items of all customers, with the `line_step` of their line and `is_in_letter`."""
    furthest = _rank("step").filter("has_step_due").max().over(_LINE)
    return (
        _contact_items(items)
        .with_columns(line_rank=furthest)
        .drop_nulls("line_rank")
        .with_columns(
            pl.col("line_rank")
            .replace_strict(dict(enumerate(STEPS)), return_dtype=pl.String)
            .alias("line_step"),
            is_in_letter=_is_in_letter(pl.col("line_rank")),
        )
    )
