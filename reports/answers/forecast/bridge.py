"""The bridge from opening to closing balance, and the documents and payments that each of its steps opens."""

from datetime import date
from decimal import Decimal
from functools import partial

import polars as pl

from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.forecast.rows import customer_names
from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.answers.shared.rows_behind import ChartPart, RowsBehind
from reports.codes import label, point_code, segment
from reports.formats import about_short, forecast_bridge, in_sentence, money, week
from reports.translation import _

_NAMED = 2  # customers named per segment
_SEGMENTS = 4
_ORDER = ("payroll", "vat", "tax", "rent", "loan", "suppliers", "investment")
_MONEY = pl.Decimal(38, 2)
_STEPS = pl.Schema({"cause": pl.String(), "detail": pl.String(), "kind": pl.String(), "amount": _MONEY})
_RECEIPTS = ("customer_name", "invoice_id", "due_date", "amount")
_PAYMENTS = ("label", "line_id", "pay_date", "amount")
_WEEKS = ("week", "week_start", "amount")


def bridge(forecast: CashForecast, names: pl.DataFrame, *, weeks: int) -> pl.DataFrame:
    """Return the steps from the opening balance to the closing balance after some weeks, cause by cause.

    Args:
        forecast: of `cash_forecast`.
        names: `customers`.
        weeks: how many, from the first.

    Returns:
        `cause`, `detail` (the largest customers, or empty), `kind` (start, in, out, end) and `amount`
        (signed); the last amount is the sum of the others, to the cent.
    """
    horizon = forecast.weeks.head(weeks)
    rows: list[tuple[str, str, str, Decimal]] = [
        (_("Opening balance"), "", "start", forecast.opening_balance),
        *((cause, detail, "in", amount) for cause, detail, amount in _by_segment(forecast, names, weeks)),
        (_("Still to be billed"), "", "in", total(horizon["from_future_invoices"])),
    ]
    payments = _payments(forecast, horizon["week_end"][-1])
    rows += [
        (cause, "", "out", total(lines["amount"]))
        for (cause,), lines in payments.group_by(["cause"], maintain_order=True)
    ]
    steps = [row for row in rows if row[3] != 0 or row[2] == "start"]
    end = sum((row[3] for row in steps), Decimal(0))
    return pl.DataFrame([*steps, (_("Closing balance"), "", "end", end)], schema=_STEPS, orient="row")


def parts(forecast: CashForecast, names: pl.DataFrame, *, weeks: int) -> list[ChartPart]:
    """Return a part per step, which opens the documents, weeks, bills and planned lines that add up to it.

    Args:
        forecast: of `cash_forecast`.
        names: `customers`.
        weeks: how many, from the first.
    """
    steps = bridge(forecast, names, weeks=weeks)
    shown = forecast_bridge(steps["amount"].to_list())
    return [
        ChartPart(
            code=point_code(cause),
            label=f"{cause} · {money(amount, forecast.currency, 0, sign=True)}",
            rows=partial(_rows_of_step, cause, amount, forecast, names, weeks),
        )
        for cause, kind, amount in zip(steps["cause"], steps["kind"], shown, strict=True)
        if kind in {"in", "out"}
    ]


def _rows_of_step(
    cause: str, shown: Decimal, forecast: CashForecast, names: pl.DataFrame, weeks: int
) -> RowsBehind:
    until = forecast.weeks["week_end"][weeks - 1]
    last = in_sentence(until)
    columns: tuple[str, ...]
    documents = _documents(forecast, weeks).filter(pl.col("cause") == cause)
    payments = _payments(forecast, until).filter(pl.col("cause") == cause)
    if documents.height:
        rows = with_names(documents, names).select(*_RECEIPTS, "customer_id")
        columns, method = (
            _RECEIPTS,
            _("What is expected of each invoice until {until}: open amount × chance.", until=last),
        )
    elif payments.height:
        rows, columns = payments.select(_PAYMENTS), _PAYMENTS
        method = _("Unpaid bills on their due date and planned lines until {until}.", until=last)
    else:
        rows, columns = _by_week(forecast, cause, weeks), _WEEKS
        method = _("Expected per week until {until}; no single invoice is known yet.", until=last)
    rows = rows.filter(pl.col("amount") != 0).sort(
        pl.col("amount").abs(), columns[1], descending=[True, False]
    )
    is_planned = documents.is_empty() and not payments.is_empty()
    amount = (
        money(total(rows["amount"]), forecast.currency, sign=True)
        if is_planned  # bills and planned lines stand with their cents
        else money(shown, forecast.currency, 0, sign=True)
    )
    return RowsBehind(
        finding=Finding(f"{cause}: {amount}", method),
        rows=rows,
        columns=columns,
        phone=(columns[0], "amount"),
        footer=_("together {amount}", amount=amount),
        as_of=forecast.as_of,
        expected=() if is_planned else ("amount",),
    )


def with_names(documents: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    """Return rows with the name of their customer, else its number; `names` is `customers`."""
    return documents.join(
        customer_names(names), on="customer_id", how="left", maintain_order="left"
    ).with_columns(pl.col("customer_name").fill_null(pl.col("customer_id")))


def _documents(forecast: CashForecast, weeks: int) -> pl.DataFrame:
    """Return the open documents with `amount`, expected in the first weeks, and `cause`, their step.

    There are none where a forecast does not say what it expects of each document.
    """
    columns = [f"week_{number}" for number in range(1, weeks + 1)]
    if not set(columns) <= set(forecast.invoices.columns):
        return pl.DataFrame(schema={"cause": pl.String, "amount": _MONEY})
    expected = forecast.invoices.with_columns(amount=pl.sum_horizontal(columns).cast(_MONEY))
    if "document_id" in expected.columns:
        expected = expected.rename({"document_id": "invoice_id"})
    sums = (
        expected.group_by("segment", maintain_order=True)
        .agg(pl.col("amount").sum())
        .sort("amount", descending=True, maintain_order=True)
    )
    causes = [
        _("Open invoices, {segment}", segment=segment(name))
        if place < _SEGMENTS
        else _("Open invoices, other segments")
        for place, name in enumerate(sums["segment"])
    ]
    by_segment = sums.select(
        "segment", pl.Series("cause", causes, dtype=pl.String), place=pl.int_range(pl.len())
    )
    return expected.join(by_segment, on="segment", nulls_equal=True, maintain_order="left").sort(
        "place", maintain_order=True
    )


def _by_segment(forecast: CashForecast, names: pl.DataFrame, weeks: int) -> list[tuple[str, str, Decimal]]:
    """Return receipts from open invoices per segment, with the names of the largest customers."""
    documents = _documents(forecast, weeks)
    if documents.is_empty():
        return [(_("Open invoices"), "", total(forecast.weeks.head(weeks)["from_open_invoices"]))]
    customers = dict(customer_names(names).iter_rows())
    receipts = []
    for (cause,), rows in documents.group_by(["cause"], maintain_order=True):
        largest = (
            rows.group_by("customer_id", maintain_order=True)
            .agg(pl.col("amount").sum())
            .sort("amount", descending=True, maintain_order=True)
            .head(_NAMED)
        )
        detail = ", ".join(
            f"{customers.get(customer, customer)} {about_short(value, forecast.currency)}"
            for customer, value in largest.iter_rows()
        )
        is_named = cause != _("Open invoices, other segments")
        receipts.append((str(cause), detail if is_named else "", total(rows["amount"])))
    return receipts


def _payments(forecast: CashForecast, until: date) -> pl.DataFrame:
    """Return the payments up to a day with `cause`, their step; out is negative, no rate counts as none."""
    payments = forecast.payments.filter((pl.col("pay_date") <= until) & pl.col("amount").is_not_null())
    others = sorted(set(payments["category"]) - set(_ORDER))
    order = {category: place for place, category in enumerate([*_ORDER, *others])}
    words = {category: label("category", category) for category in order}
    return payments.sort(
        pl.col("category").replace_strict(order, return_dtype=pl.Int64), maintain_order=True
    ).with_columns(
        cause=pl.col("category").replace_strict(words, return_dtype=pl.String),
        amount=-pl.col("amount"),
    )


def _by_week(forecast: CashForecast, cause: str, weeks: int) -> pl.DataFrame:
    column = "from_future_invoices" if cause == _("Still to be billed") else "from_open_invoices"
    horizon = forecast.weeks.head(weeks)
    return horizon.select(
        pl.Series("week", [week(start) for start in horizon["week_start"]], dtype=pl.String),
        "week_start",
        pl.col(column).alias("amount"),
    )
