"""What the points of a figure over its months open: the rows it is worked out from, as of their day."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from types import MappingProxyType
from typing import Any

import polars as pl

from reports.answers.definitions import definitions
from reports.answers.kpi.dso_text import amount_of, units_of
from reports.answers.kpi.trend import money_above_zero
from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.answers.shared.rows_behind import ChartPart, RowsBehind, RowSource, parts_by_day
from reports.columns import KPIS, heading
from reports.figures import kpi_value
from reports.formats import in_sentence, money, number
from reports.translation import _

_NINETY, _YEAR = 90, 365
_TOP = 10
_ITEMS = ("customer_name", "invoice_id", "due_date", "days_overdue", "open_amount", "state")
_PAYMENTS = ("customer_name", "invoice_id", "payment_date", "days_to_pay", "days_late", "amount")
_ISSUED = ("customer_name", "invoice_id", "invoice_date", "due_date", "closed_date", "days_seen", "amount")
_PROMISES = ("customer_name", "invoice_id", "made_date", "promised_date", "amount", "is_kept")
_DISPUTES = ("customer_name", "invoice_id", "opened_date", "closed_date", "days_open", "reason", "amount")
_BILLED = ("customer_name", "invoice_id", "kind", "event_date", "amount")
_ALL_BUCKETS = {"basis": "due", "credits": "apart"}


@dataclass(frozen=True)
class _Rows:
    """How the rows of a figure are found and shown.

    Attributes:
        find: the rows on a day.
        columns: which are shown.
        phone: which are shown on a phone.
        footer: how they give the figure.
    """

    find: Callable[[RowSource, date], pl.DataFrame]
    columns: tuple[str, ...]
    phone: tuple[str, ...] = field(default=("customer_name", "amount"))
    footer: Callable[[pl.DataFrame, str], str] = lambda _rows, _currency: ""


def of_figure(trend: pl.DataFrame, column: str, source: RowSource) -> list[ChartPart]:
    """Return a part per month in which a figure is known, the last month first.

    Args:
        trend: `kpi_trend`.
        column: one of `columns.KPIS`.
        source: of the rows.

    Returns:
        Parts by the day of the month; none for a figure that is typed in, or made of other figures alone.
    """
    if column not in _ROWS:
        return []
    return parts_by_day(
        trend.filter(pl.col(column).is_not_null()),
        lambda row: kpi_value(row[column], KPIS[column].nature, source.currency),
        lambda row: figure_rows(column, row["as_of"], row[column], source),
    )


def of_methods(trend: pl.DataFrame, source: RowSource) -> list[ChartPart]:
    """Return a part per month, the last first, which opens the two amounts of every way to count days.

    Args:
        trend: `kpi_trend`.
        source: of the amounts.
    """
    return parts_by_day(
        trend,
        lambda row: kpi_value(row["dso_countback"], "days"),
        lambda row: method_rows(row["as_of"], source),
    )


def figure_rows(column: str, on: date, value: Decimal | float, source: RowSource) -> RowsBehind:
    """Return the rows of a figure on a day.

    Args:
        column: one of `columns.KPIS`.
        on: the day.
        value: of the figure on that day.
        source: of the rows.
    """
    shown = _ROWS[column]
    rows = shown.find(source, on)
    definition = definitions.find(column)
    title = _(
        "{figure} on {day}: {value}",
        figure=heading(column),
        day=in_sentence(on),
        value=kpi_value(value, KPIS[column].nature, source.currency),
    )
    return RowsBehind(
        finding=Finding(title, "" if definition is None else definition.sentence),
        rows=rows,
        columns=shown.columns,
        phone=shown.phone,
        footer=shown.footer(rows, source.currency),
        as_of=on,
        page="definitions",
        own={"figure": column, "show": "rows"},
    )


def on_day(column: str, source: RowSource) -> RowsBehind | None:
    """Return the rows of a figure on the day of the source; None where it has none, or is not known then.

    Args:
        column: name of a figure, one of `columns.KPIS` or another.
        source: of the figure and its rows.
    """
    if column not in _ROWS:
        return None
    figures = money_above_zero(source.ask("kpi"))
    value = figures[column][0]
    return None if value is None else figure_rows(column, figures["as_of"][0], value, source)


def method_rows(on: date, source: RowSource) -> RowsBehind:
    """Return every way to count days on a day, with the two amounts that each divides."""
    rows = source.ask("dso_methods", as_of=on)
    divisions = [
        "" if row["numerator"] is None or row["denominator"] is None
        else " ÷ ".join(
            amount_of(unit, source.currency, row[name])
            for unit, name in zip(units_of(row["explanation_key"]), ("numerator", "denominator"), strict=True)
        )
        for row in rows.iter_rows(named=True)
    ]  # fmt: skip
    names = [heading(key) for key in rows["explanation_key"]]
    columns = ("method", "days", "detail")
    return RowsBehind(
        finding=Finding(
            _("DSO by method on {day}", day=in_sentence(on)),
            _("Each divides two amounts; the chart of the figure itself, under Trends, opens their rows."),
        ),
        rows=pl.DataFrame({"method": names, "days": rows["days"], "detail": divisions}),
        columns=columns,
        phone=columns[:2],
        footer="",
        as_of=on,
    )


def of_bridge(steps: pl.DataFrame, segments: pl.DataFrame, as_of: date) -> list[ChartPart]:
    """Return a part per cause of the change of DSO, which opens what each segment added to it.

    Args:
        steps: `dso_bridge`.
        segments: `dso_text.segment_rows`.
        as_of: last day of the bridge.
    """
    return [
        ChartPart(
            code=row["step"],
            label=f"{heading(row['step'])} · {number(row['days'], 1, sign=True)}",
            rows=partial(_bridge_rows, row["step"], row["days"], segments, as_of),
        )
        for row in steps.iter_rows(named=True)
        if row["step"] in _CAUSES and row["days"]
    ]


_CAUSES: dict[str, tuple[str, ...]] = {
    "terms": ("not_due_from", "not_due_to"),
    "delinquency": ("overdue_from", "overdue_to"),
    "credit_notes": ("credit_notes_from", "credit_notes_to"),
    "mix": (),
}


def _bridge_rows(step: str, days: float, segments: pl.DataFrame, as_of: date) -> RowsBehind:
    columns = ("segment", step, *_CAUSES[step], "share_billed_from", "share_billed_to")
    rows = segments.filter(pl.col(step) != 0).sort(pl.col(step).abs(), descending=True).select(columns)
    value = _("{count} d", count=number(days, 1, sign=True))
    return RowsBehind(
        finding=Finding(
            f"{heading(step)}: {value}",
            _("Days that each segment added, from its own DSO and its share of billings on the two days."),
        ),
        rows=rows,
        columns=columns,
        phone=("segment", step),
        footer=_("together {amount}", amount=value),
        as_of=as_of,
    )


def _open_items(source: RowSource, on: date, **own: Any) -> pl.DataFrame:
    return source.ask("open_items", as_of=on, **(_ALL_BUCKETS | own))


def _receivables(source: RowSource, on: date) -> pl.DataFrame:
    on_account = source.ask("money_on_account", as_of=on).select(
        "customer_id",
        "customer_name",
        pl.col("payment_id").alias("document_id"),
        "kind",
        pl.col("payment_date").alias("event_date"),
        pl.col("unapplied").alias("amount"),
    )
    items = _open_items(source, on).select(
        "customer_id",
        "customer_name",
        pl.col("invoice_id").alias("document_id"),
        pl.col("invoice_type").alias("kind"),
        pl.col("due_date").alias("event_date"),
        pl.col("open_amount").alias("amount"),
    )
    return pl.concat([items, on_account], how="vertical_relaxed").sort(
        pl.col("amount").abs(), "document_id", descending=[True, False]
    )


def _on_account(source: RowSource, on: date) -> pl.DataFrame:
    # The chart draws money on account above 0.
    return source.ask("money_on_account", as_of=on).with_columns(amount=-pl.col("unapplied"))


def _overdue(source: RowSource, on: date) -> pl.DataFrame:
    return _open_items(source, on, bucket="overdue")


def _not_overdue(source: RowSource, on: date) -> pl.DataFrame:
    is_overdue = (pl.col("days_overdue") > 0) & (pl.col("bucket") != "credits")
    return _open_items(source, on).filter(~is_overdue)


def _invoices(source: RowSource, on: date) -> pl.DataFrame:
    return _open_items(source, on).filter(pl.col("bucket") != "credits")


def _largest_customers(source: RowSource, on: date) -> pl.DataFrame:
    by_customer = (
        _invoices(source, on)
        .group_by("customer_id", "customer_name", maintain_order=True)
        .agg(pl.col("open_amount").sum(), pl.len().alias("documents"))
    )
    whole = total(by_customer["open_amount"])
    return (
        by_customer.sort("open_amount", "customer_id", descending=[True, False])
        .head(_TOP)
        .with_columns(share=pl.col("open_amount").cast(pl.Float64) / (float(whole) or 1.0))
    )


def _fallen_due(source: RowSource, on: date) -> pl.DataFrame:
    return source.ask("fallen_due", as_of=on, period=_NINETY)


def _paid(source: RowSource, on: date) -> pl.DataFrame:
    return source.ask("payments", as_of=on, period=_NINETY)


def _issued(source: RowSource, on: date) -> pl.DataFrame:
    return source.ask("issued_invoices", as_of=on, period=_YEAR)


def _billed(period: int, source: RowSource, on: date) -> pl.DataFrame:
    return source.ask("billed", as_of=on, period=period)


def _promises(source: RowSource, on: date) -> pl.DataFrame:
    return source.ask("promises", as_of=on)


def _disputes(kept: Callable[[date], pl.Expr], source: RowSource, on: date) -> pl.DataFrame:
    return source.ask("disputes", as_of=on).filter(kept(on))


def _opened(on: date) -> pl.Expr:
    return pl.col("opened_date") > on - timedelta(days=_NINETY)


def _closed(on: date) -> pl.Expr:
    return pl.col("closed_date") > on - timedelta(days=_YEAR)


def _still_open(_on: date) -> pl.Expr:
    return pl.col("is_open")


def _bills(source: RowSource, on: date) -> pl.DataFrame:
    return source.ask("payables_ageing", as_of=on)


def _effectiveness(source: RowSource, on: date) -> pl.DataFrame:
    """Return the four amounts of the collection effectiveness of the month to the day."""
    now = source.ask("kpi", as_of=on).row(0, named=True)
    opening = source.ask("kpi", as_of=on.replace(day=1) - timedelta(days=1)).row(0, named=True)
    amounts = {
        _("Open at the beginning of the month"): opening["open_amount"],
        _("Billed in the month"): total(source.ask("billed", as_of=on, period=on.day)["amount"]),
        _("Open at its end"): now["open_amount"],
        _("Not due at its end"): now["open_amount"] - now["overdue"],
    }
    return pl.DataFrame(
        {"kpi_name": list(amounts), "amount": list(amounts.values())},
        schema={"kpi_name": pl.String, "amount": pl.Decimal(38, 2)},
    )


def _sum_of(column: str, rows: pl.DataFrame, currency: str) -> str:
    return _("together {amount}", amount=money(total(rows[column]), currency))


def _late_part(days: int, rows: pl.DataFrame, currency: str) -> str:
    part = rows.filter(pl.col("days_overdue") > days)
    return _part(total(part["open_amount"]), total(rows["open_amount"]), currency)


def _on_time_part(rows: pl.DataFrame, currency: str) -> str:
    return _part(total(rows["amount_on_time"]), total(rows["amount_due"]), currency)


def _kept_part(rows: pl.DataFrame, currency: str) -> str:
    return _part(total(rows.filter("is_kept")["amount"]), total(rows["amount"]), currency)


def _part(part: Decimal, whole: Decimal, currency: str) -> str:
    return _("{part} of {whole}", part=money(part, currency), whole=money(whole, currency))


_open_sum = partial(_sum_of, "open_amount")
_amount_sum = partial(_sum_of, "amount")
_OPEN_PHONE = ("customer_name", "open_amount")
_ROWS = MappingProxyType(
    {
        "receivables": _Rows(
            _receivables, ("customer_name", "document_id", "kind", "event_date", "amount"), footer=_amount_sum
        ),
        "open_amount": _Rows(_open_items, _ITEMS, _OPEN_PHONE, _open_sum),
        "unapplied": _Rows(
            _on_account, ("customer_name", "payment_id", "kind", "payment_date", "amount"), footer=_amount_sum
        ),
        "overdue": _Rows(_overdue, _ITEMS, _OPEN_PHONE, _open_sum),
        "overdue_share": _Rows(_invoices, _ITEMS, _OPEN_PHONE, partial(_late_part, 0)),
        "d90_plus_share": _Rows(_invoices, _ITEMS, _OPEN_PHONE, partial(_late_part, _NINETY)),
        "top10_share": _Rows(
            _largest_customers, ("customer_name", "documents", "open_amount", "share"), _OPEN_PHONE, _open_sum
        ),
        "dso_countback": _Rows(_open_items, _ITEMS, _OPEN_PHONE, _open_sum),
        "dso_balance_90": _Rows(_open_items, _ITEMS, _OPEN_PHONE, _open_sum),
        "best_possible_dso": _Rows(_not_overdue, _ITEMS, _OPEN_PHONE, _open_sum),
        "average_days_delinquent": _Rows(_overdue, _ITEMS, _OPEN_PHONE, _open_sum),
        "cei": _Rows(_effectiveness, ("kpi_name", "amount"), ("kpi_name", "amount")),
        "days_to_pay": _Rows(_paid, _PAYMENTS, footer=_amount_sum),
        "days_late": _Rows(_paid, _PAYMENTS, footer=_amount_sum),
        "days_to_pay_with_open": _Rows(_issued, _ISSUED),
        "days_late_with_open": _Rows(_issued, _ISSUED),
        "on_time_share": _Rows(
            _fallen_due,
            ("customer_name", "invoice_id", "due_date", "amount_due", "amount_on_time"),
            ("customer_name", "amount_due"),
            _on_time_part,
        ),
        "ar_turnover": _Rows(partial(_billed, _YEAR), _BILLED, footer=_amount_sum),
        "promise_kept_share": _Rows(_promises, _PROMISES),
        "promise_kept_amount_share": _Rows(_promises, _PROMISES, footer=_kept_part),
        "dispute_rate": _Rows(partial(_disputes, _opened), _DISPUTES, footer=_amount_sum),
        "days_disputed": _Rows(partial(_disputes, _closed), _DISPUTES),
        "days_disputed_open": _Rows(partial(_disputes, _still_open), _DISPUTES),
        "dpo": _Rows(
            _bills, ("supplier", "bills", "total"), ("supplier", "total"), partial(_sum_of, "total")
        ),
        "billings_90": _Rows(partial(_billed, _NINETY), _BILLED, footer=_amount_sum),
        "billings_365": _Rows(partial(_billed, _YEAR), _BILLED, footer=_amount_sum),
    }
)
