"""What the charts of the disputes open: the invoices in dispute on a day, and the days of a fault."""

from collections.abc import Sequence
from datetime import date
from functools import partial

import polars as pl

from reports.answers.disputes import invoice_faults, text
from reports.answers.disputes.invoice_faults import Fault
from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.answers.shared.rows_behind import ChartPart, RowsBehind, RowSource, parts_by_day
from reports.formats import in_sentence, money, number
from reports.translation import _

_FAULT_PHONE = ("customer_name", "added_days", "weight_share")
_BLOCKED_PHONE = ("customer_name", "open_amount", "days_open")


def of_trend(trend: pl.DataFrame, source: RowSource) -> list[ChartPart]:
    """Return a part per week in which anything was in dispute, the last week first.

    Args:
        trend: `blocked_trend`.
        source: of the invoices.
    """
    return parts_by_day(
        trend.filter(pl.col("invoices") != 0),
        lambda row: money(row["open_amount"], source.currency, 0),
        lambda row: _blocked(row["as_of"], source),
    )


def of_faults(faults: Sequence[Fault], quality: pl.DataFrame, as_of: date) -> list[ChartPart]:
    """Return a part per fault with days, which opens the customers that they are measured on.

    Args:
        faults: of `invoice_faults.faults`.
        quality: the invoices they are of.
        as_of: the day.
    """
    return [
        ChartPart(
            code=fault.code,
            label=f"{text.fault_name(fault.code)} · {_days(fault)}",
            rows=partial(_customers, fault, quality, as_of),
        )
        for fault in faults
        if fault.comparison.low is not None
    ]


def _blocked(on: date, source: RowSource) -> RowsBehind:
    rows = source.ask("blocked", as_of=on)
    finding = text.blocked(rows, source.currency, on)
    amount = money(total(rows["open_amount"]), source.currency)
    return RowsBehind(
        finding=Finding(
            _("In dispute on {day}: {amount}", day=in_sentence(on), amount=amount), finding.method
        ),
        rows=text.with_reason_names(rows),
        columns=text.BLOCKED,
        phone=_BLOCKED_PHONE,
        footer=_("together {amount}", amount=amount),
        as_of=on,
        page="disputes",
        own={"listed": "open", "part": None},
    )


def _customers(fault: Fault, quality: pl.DataFrame, as_of: date) -> RowsBehind:
    method = _(
        "Per customer with both kinds of invoices: days late with the fault less days late without it. The "
        "days added are their mean by weight."
    )
    return RowsBehind(
        finding=Finding(f"{text.fault_name(fault.code)}: {_days(fault)}", method),
        rows=invoice_faults.per_customer(fault, quality),
        columns=text.CUSTOMERS,
        phone=_FAULT_PHONE,
        footer="",
        as_of=as_of,
        page="disputes",
        own={"part": "quality", "fault": fault.code},
    )


def _days(fault: Fault) -> str:
    return _("{count} d", count=number(fault.comparison.added_days, 1, sign=True))
