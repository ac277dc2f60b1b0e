"""What the cells of the cohort map and of the roll rates open: the invoices behind a share."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

import polars as pl

from queries.finishing import bucket_names
from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.answers.shared.rows_behind import ChartPart, RowsBehind, RowSource
from reports.figures.kpi.cohorts import cell_code, due_month_words, roll_words
from reports.formats import money
from reports.translation import _

_DUE_MONTH = ("customer_name", "invoice_id", "invoice_date", "due_date", "amount_due", "collected")
_ROLL = ("month_end", "customer_name", "invoice_id", "due_date", "open_amount", "amount")
_PLACES = {"paid": -1, "written_off": -2}


def of_due_months(cohorts: pl.DataFrame, source: RowSource) -> list[ChartPart]:
    """Return a part per cell of the cohort map that is known, the last due month first.

    Args:
        cohorts: `cohort_map`.
        source: of the invoices.
    """
    known = cohorts.drop_nulls("share_collected")
    latest_first = known.sort("cohort", "months_since_due", descending=[True, False])
    return [
        ChartPart(
            cell_code(row["cohort"], row["months_since_due"]),
            _due_month_name(row),
            partial(_due_month, row, source),
        )
        for row in latest_first.iter_rows(named=True)
    ]


def of_roll_rates(rates: pl.DataFrame, source: RowSource, month_end: date | None) -> list[ChartPart]:
    """Return a part per bucket and place where some of its money is a month later.

    Args:
        rates: `roll_rate_average`, or `roll_rates` of one month.
        source: of the invoices.
        month_end: that month; None for the average.
    """
    return [
        ChartPart(
            cell_code(row["from_bucket"], row["to_bucket"]),
            _roll_name(row, source),
            partial(_roll, row, source, month_end),
        )
        for row in rates.iter_rows(named=True)
        if row["share"]
    ]


def _due_month_name(row: Mapping[str, Any]) -> str:
    return due_month_words(row["cohort"], row["months_since_due"], row["share_collected"])


def _due_month(row: Mapping[str, Any], source: RowSource) -> RowsBehind:
    until = pl.Series([row["cohort"]]).dt.offset_by(f"{row['months_since_due']}mo").dt.month_end()[0]
    rows = source.ask("due_month_invoices", month=row["cohort"], until=until)
    return RowsBehind(
        finding=Finding(
            _due_month_name(row),
            _("What was paid of each invoice by then; credited or cancelled amounts are not due."),
        ),
        rows=rows,
        columns=_DUE_MONTH,
        phone=("customer_name", "collected"),
        footer=_(
            "{part} of {whole}",
            part=money(total(rows["collected"]), source.currency),
            whole=money(total(rows["amount_due"]), source.currency),
        ),
        as_of=source.as_of,
    )


def _roll_name(row: Mapping[str, Any], source: RowSource) -> str:
    return roll_words(row["from_bucket"], row["to_bucket"], row["share"], source.limits)


def _roll(row: Mapping[str, Any], source: RowSource, month_end: date | None) -> RowsBehind:
    places = {name: place for place, name in enumerate(bucket_names(source.limits))} | _PLACES
    months = {} if month_end is None else {"from": month_end, "to": month_end}
    rows = source.ask(
        "roll_rate_invoices",
        from_place=places[row["from_bucket"]],
        to_place=places[row["to_bucket"]],
        **months,
    )
    return RowsBehind(
        finding=Finding(
            _roll_name(row, source),
            _("Open on the month end, and how much of it is there a month later."),
        ),
        rows=rows,
        columns=_ROLL,
        phone=("customer_name", "amount"),
        footer=_("together {amount}", amount=money(total(rows["amount"]), source.currency)),
        as_of=source.as_of,
    )
