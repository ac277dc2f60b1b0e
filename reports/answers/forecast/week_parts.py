"""What a week of the fan and of the headroom opens: all that makes up its closing balance."""

from collections.abc import Sequence
from decimal import Decimal
from functools import partial

import polars as pl

from reports.answers.forecast.bridge import with_names
from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.forecast.rows import week_payments, week_rows
from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.answers.shared.rows_behind import ChartPart, RowsBehind
from reports.codes import label
from reports.formats import about, in_sentence
from reports.formats import week as week_label
from reports.translation import _, _p

_MONEY = pl.Decimal(38, 2)
_SHOWN = ("cause", "party_name", "document_id", "amount")
_ROWS = pl.Schema(
    {"cause": pl.String(), "party_name": pl.String(), "document_id": pl.String(), "amount": _MONEY,
     "customer_id": pl.String()}
)  # fmt: skip


def of_fan(forecast: CashForecast, names: pl.DataFrame) -> list[ChartPart]:
    """Return a part per week, whose rows add up to its closing balance; `names` is `customers`."""
    return _parts(forecast, names, "closing", {})


def of_headroom(forecast: CashForecast, names: pl.DataFrame) -> list[ChartPart]:
    """Return a part per week, whose rows add up to its headroom; `names` is `customers`."""
    limits = {
        _p("setting", "Credit line"): forecast.credit_line,
        _p("setting", "Minimum cash"): -forecast.minimum,
    }
    return _parts(forecast, names, "headroom", limits)


def rows_of_week(forecast: CashForecast, number: int, names: pl.DataFrame) -> pl.DataFrame:
    """Return what leads from the opening to the closing balance of a week, payments negative.

    Args:
        forecast: of `cash_forecast`.
        number: of the week, from 1.
        names: `customers`.

    Returns:
        cause, party_name (customer or payee), document_id, amount, customer_id: the opening balance, then
        documents, bills and planned lines, largest first.
    """
    row = week_rows(forecast).row(number - 1, named=True)
    documents = _receipts(forecast, number, names)
    # A forecast by week alone names no document.
    rest = row["from_open_invoices"] - total(documents["amount"])
    sums = _lines(
        {
            _("Open invoices") if documents.is_empty() else _p("cause", "Rounding"): rest,
            _("Still to be billed"): row["from_future_invoices"],
        }
    )
    payments = week_payments(forecast, number).filter(pl.col("amount").is_not_null())
    paid = payments.select(
        pl.Series("cause", [label("category", code) for code in payments["category"]], dtype=pl.String),
        pl.col("label").alias("party_name"),
        pl.col("line_id").alias("document_id"),
        (-pl.col("amount")).alias("amount"),
        pl.lit(None, dtype=pl.String).alias("customer_id"),
    )
    moved = pl.concat([documents, sums, paid.cast(_ROWS)]).sort(
        [pl.col("amount").abs(), "document_id"], descending=[True, False], nulls_last=True
    )
    return pl.concat([_lines({_("Opening balance"): row["opening"]}), moved])


def _parts(
    forecast: CashForecast, names: pl.DataFrame, column: str, limits: dict[str, Decimal]
) -> list[ChartPart]:
    weeks = week_rows(forecast)
    return [
        ChartPart(
            code=row["week_start"].isoformat(),
            label=f"{week_label(row['week_start'])} · {about(row[column], forecast.currency)}",
            rows=partial(_rows_behind, forecast, number, names, limits),
        )
        for number, row in enumerate(weeks.iter_rows(named=True), start=1)
    ]


def _rows_behind(
    forecast: CashForecast, number: int, names: pl.DataFrame, limits: dict[str, Decimal]
) -> RowsBehind:
    row = forecast.weeks.row(number - 1, named=True)
    rows = pl.concat([rows_of_week(forecast, number, names), _lines(limits)])
    amount = about(total(rows["amount"]), forecast.currency)
    values = {"week": week_label(row["week_start"]), "day": in_sentence(row["week_end"]), "amount": amount}
    method = _(
        "Opening balance, what is expected of every open invoice (open amount × chance) and of invoices "
        "still to be billed, and the payments, with a minus. Forecast as of {day}.",
        day=in_sentence(forecast.as_of),
    )
    return RowsBehind(
        finding=Finding(_title(values, has_limits=bool(limits)), method),
        rows=rows,
        columns=_SHOWN,
        phone=_phone(rows),
        footer=_("together {amount}", amount=amount),
        as_of=forecast.as_of,
        page="liquidity_forecast",
        own={"week": row["week_start"].isoformat(), "part": None, "at": "week"},
        expected=("amount",),
    )


def _title(values: dict[str, str], *, has_limits: bool) -> str:
    if has_limits:
        return _("{week}: {amount} of headroom on {day}", **values)
    return _("{week}: {amount} expected on {day}", **values)


def _phone(rows: pl.DataFrame) -> Sequence[str]:
    return ("party_name", "amount") if rows["party_name"].null_count() < rows.height else ("cause", "amount")


def _receipts(forecast: CashForecast, number: int, names: pl.DataFrame) -> pl.DataFrame:
    column = f"week_{number}"
    if column not in forecast.invoices.columns:
        return pl.DataFrame(schema=_ROWS)
    expected = forecast.invoices.with_columns(amount=pl.col(column).cast(_MONEY)).filter(
        pl.col("amount") != 0
    )
    return with_names(expected, names).select(
        pl.lit(_("Open invoices")).alias("cause"),
        pl.col("customer_name").alias("party_name"),
        "document_id",
        "amount",
        "customer_id",
    )


def _lines(amounts: dict[str, Decimal]) -> pl.DataFrame:
    """Return rows without a document; those of 0.00 are left out."""
    return pl.DataFrame(
        [{"cause": cause, "amount": amount} for cause, amount in amounts.items() if amount], schema=_ROWS
    )
