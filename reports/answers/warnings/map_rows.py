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

_MOST_PARTS = 250


def with_codes(scores: pl.DataFrame) -> pl.DataFrame:
    """Return the scores, the largest balance first, with `code` for the points that open their rows.

    Of thousands of points the largest do: the browser is sent a list of them all.
    """
    known = scores.drop_nulls(["level", "shift"]).sort("owed_amount", descending=True)
    codes = [
        point_code(customer) if place < _MOST_PARTS else None
        for place, customer in enumerate(known["customer_id"])
    ]
    return known.with_columns(pl.Series("code", codes, dtype=pl.String))


def of_map(scores: pl.DataFrame, source: RowSource) -> list[ChartPart]:
    """Return a part per customer with level and change, the largest balance first.

    Args:
        scores: of `with_codes`.
        source: of the documents of the whole company, in its reporting currency, as the scores are.
    """
    return [
        ChartPart(
            code=row["code"],
            label=f"{row['customer_name']} · {money(row['owed_amount'], source.currency, 0)}",
            rows=partial(_documents, row, source),
        )
        for row in scores.drop_nulls("code").iter_rows(named=True)
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
        own={"customer": row["customer_id"], "currency": None, "entity": None, "segment": None},
    )
