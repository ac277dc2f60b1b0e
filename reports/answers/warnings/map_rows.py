"""What a point of the map of customers opens: the open documents of that customer."""

from functools import partial
from typing import Any

import polars as pl

from reports.answers.ageing import text as ageing_text
from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.answers.shared.rows_behind import ChartPart, RowsBehind, RowSource
from reports.codes import point_code
from reports.formats import in_sentence, money, number
from reports.translation import _


def of_map(scores: pl.DataFrame, source: RowSource) -> list[ChartPart]:
    """Return a part per customer with level and change, the largest balance first.

    Args:
        scores: of `early_warnings`.
        source: of the documents.
    """
    known = scores.drop_nulls(["level", "shift"]).sort("owed_amount", descending=True)
    return [
        ChartPart(
            code=point_code(row["customer_id"]),
            label=f"{row['customer_name']} · {money(row['owed_amount'], source.currency, 0)}",
            rows=partial(_documents, row, source),
        )
        for row in known.iter_rows(named=True)
    ]


def _documents(row: dict[str, Any], source: RowSource) -> RowsBehind:
    items = source.ask("open_items", customer=row["customer_id"])
    title = _(
        "{customer}, open on {day}: {amount}",
        customer=row["customer_name"],
        day=in_sentence(source.as_of),
        amount=money(total(items["open_amount"]), source.currency),
    )
    method = _(
        "{level} days late now, change {shift}. Open at the end of that day, largest first.",
        level=number(row["level"]),
        shift=number(row["shift"], 1, sign=True),
    )
    return RowsBehind(
        finding=Finding(title, method),
        rows=items,
        columns=ageing_text.document_columns(items),
        phone=ageing_text.phone_columns(items),
        footer=ageing_text.documents_footer(items, source.currency),
        as_of=source.as_of,
        page="customer",
        own={"customer": row["customer_id"]},
    )
