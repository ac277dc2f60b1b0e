"""Rows of the liquidity forecast as screens show them: weeks, and what is in each of them."""

from datetime import date

import polars as pl

from data import clock
from reports.answers.forecast.cash_forecast import CashForecast
from reports.columns import round_amounts
from reports.formats import forecast_parts, forecast_step, week

WEEKS = 13
HISTORY = 8
_QUIET = 14  # days without a payment to suppliers at the end of a forecast
TIGHT = 0.10  # a week is tight from this chance of a balance below the minimum
_MONEY = pl.Decimal(38, 2)


def run_day(as_of: date) -> date:
    """Return the day a forecast starts from: the last Sunday, so that its weeks are ISO weeks."""
    return clock.last_sunday(as_of)


def week_rows(forecast: CashForecast) -> pl.DataFrame:
    """Return one row per week: opening balance, receipts with their 80% band, payments, closing, headroom.

    Headroom is the closing balance plus the credit line, less the minimum.
    """
    weeks = forecast.weeks
    openings = [forecast.opening_balance, *weeks["closing"].to_list()[:-1]]
    rooms = {
        name: [closing + forecast.credit_line - forecast.minimum for closing in weeks[closes]]
        for name, closes in (("headroom", "closing"), ("headroom_p10", "closing_p10"))
    }
    return weeks.with_columns(
        pl.Series("opening", openings, dtype=_MONEY),
        *(pl.Series(name, values, dtype=_MONEY) for name, values in rooms.items()),
    ).select(
        pl.Series("week", [week(start) for start in weeks["week_start"]], dtype=pl.String),
        "week_start",
        "opening",
        "receipts",
        "receipts_p10",
        "receipts_p90",
        "from_open_invoices",
        "from_future_invoices",
        "payments",
        "closing",
        "closing_p10",
        "closing_p90",
        "headroom",
        "headroom_p10",
        "probability_below_minimum",
    )


def weeks_on_screen(weeks: pl.DataFrame) -> pl.DataFrame:
    """Return `week_rows` as they are shown, no finer than a forecast is; what is shown adds up.

    Balances and payments are rounded each, and receipts are what then lies between them; where nothing comes
    in, payments are.
    """
    names = [name for name, kind in weeks.schema.items() if kind == _MONEY]
    step = forecast_step(amount for name in names for amount in weeks[name].drop_nulls())
    shown = round_amounts(weeks, names, step)
    moved, comes_in = pl.col("closing") - pl.col("opening"), weeks["receipts"] != 0
    shown = shown.with_columns(
        receipts=pl.when(comes_in).then(moved + pl.col("payments")).otherwise(0).cast(_MONEY),
        payments=pl.when(comes_in).then(pl.col("payments")).otherwise(-moved).cast(_MONEY),
    )
    parts = [
        forecast_parts([row["from_open_invoices"], row["from_future_invoices"]], receipts, step)
        for row, receipts in zip(weeks.iter_rows(named=True), shown["receipts"], strict=True)
    ]
    return shown.with_columns(
        pl.Series("from_open_invoices", [part[0] for part in parts], dtype=_MONEY),
        pl.Series("from_future_invoices", [part[1] for part in parts], dtype=_MONEY),
    )


def bills_end(forecast: CashForecast) -> date | None:
    """Return the last day with a payment to suppliers if more than two weeks follow it, else None.

    Without any payment to suppliers it is None too.
    """
    days: list[date] = forecast.payments.filter(pl.col("category") == "suppliers")["pay_date"].to_list()
    end: date = forecast.weeks["week_end"][-1]
    return max(days) if days and (end - max(days)).days > _QUIET else None


def is_week(forecast: CashForecast, first_day: str) -> bool:
    """Return whether a week, named by its first day, belongs to the forecast."""
    return first_day in {day.isoformat() for day in forecast.weeks["week_start"]}


def week_number(forecast: CashForecast, first_day: str | None) -> int:
    """Return the number, from 1, of the week with this first day, else of the lowest week."""
    starts = [day.isoformat() for day in forecast.weeks["week_start"]]
    start = first_day if first_day in starts else forecast.lowest["week_start"].isoformat()
    return starts.index(start) + 1


def week_invoices(
    forecast: CashForecast, number: int, names: pl.DataFrame, states: pl.DataFrame
) -> pl.DataFrame:
    """Return the receipts expected from each open document in one week, largest first; empty without a model.

    Args:
        forecast: of `cash_forecast`.
        number: of the week, from 1.
        names: `customers`.
        states: `open_items`, for the state of each document.
    """
    column = f"week_{number}"
    invoices = forecast.invoices
    if column not in invoices.columns:
        return pl.DataFrame()
    document_states = states.select(
        pl.col("invoice_id").alias("document_id"), "state", "discount_until", "discount_amount"
    ).unique("document_id")
    share = (pl.col(column).cast(pl.Float64) / pl.col("expected_amount").cast(pl.Float64)).clip(0.0, 1.0)
    return (
        invoices.with_columns(
            expected_amount=pl.col(column).cast(_MONEY),
            probability_in_week=share,
            days_overdue=(pl.lit(forecast.as_of) - pl.col("due_date")).dt.total_days(),
        )
        .filter(pl.col("expected_amount") != 0)
        .join(customer_names(names), on="customer_id", how="left", maintain_order="left")
        .join(document_states, on="document_id", how="left", maintain_order="left")
        .select(
            pl.col("customer_name").fill_null(pl.col("customer_id")),
            pl.col("document_id").alias("invoice_id"),
            "due_date",
            "days_overdue",
            pl.col("open_amount").cast(_MONEY),
            "expected_amount",
            "expected_date",
            "probability_in_week",
            "probability_paid_by_due",
            "probability_30_days_late",
            "probability_never",
            pl.col("state").fill_null(""),
            "discount_until",
            "discount_amount",
            "usual_days_late",
            "recent_days_late",
            "paid_before",
            "customer_id",
            "segment",
            "invoice_date",
            "invoice_type",
        )
        .sort(["expected_amount", "invoice_id"], descending=[True, False])
    )


def customer_names(names: pl.DataFrame) -> pl.DataFrame:
    """Return one row per customer with its name; `names` is `customers`."""
    return names.select("customer_id", "customer_name").unique("customer_id")


def week_payments(forecast: CashForecast, number: int) -> pl.DataFrame:
    """Return the bills and planned lines expected to be paid in one week, largest first."""
    row = forecast.weeks.row(number - 1, named=True)
    return (
        forecast.payments.filter(pl.col("pay_date").is_between(row["week_start"], row["week_end"]))
        .select(
            "pay_date",
            "label",
            "category",
            "source",
            "line_id",
            "amount",
            "discount_until",
            "discount_amount",
        )
        .sort(["amount", "line_id"], descending=[True, False], nulls_last=True)
    )


def payment_columns(payments: pl.DataFrame) -> tuple[str, ...]:
    """Return the columns of `week_payments` to show: the discount only where a bill has one."""
    has_discount = bool(payments["discount_until"].is_not_null().any())
    shown = ("pay_date", "label", "category", "source", "line_id", "amount")
    return (*shown, "discount_until", "discount_amount") if has_discount else shown


def payments_without_rate(forecast: CashForecast) -> int:
    """Return the number of payments that are left out because an exchange rate is missing."""
    return int(forecast.payments["amount"].null_count())
