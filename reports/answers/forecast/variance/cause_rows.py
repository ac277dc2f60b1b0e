"""The documents, bills and planned lines that add up to the causes of a difference between forecasts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

import polars as pl

from reports.answers.forecast.variance.causes import ZERO, ReceiptCauses, cause_name
from reports.answers.forecast.variance.frozen_runs import MONEY
from reports.answers.shared.finding import Finding
from reports.answers.shared.rows_behind import ChartPart, RowsBehind
from reports.codes import point_code
from reports.formats import forecast_parts, money
from reports.translation import _

COLUMNS = pl.Schema(
    {
        "cause": pl.String(),
        "customer_name": pl.String(),
        "invoice_id": pl.String(),
        "expected": MONEY,
        "received": MONEY,
        "expected_now": MONEY,
        "amount": MONEY,
        "customer_id": pl.String(),
    }
)


@dataclass(frozen=True)
class RowsOfCause:
    """How the rows of a cause are shown.

    Attributes:
        method: how they add up.
        columns: their amounts.
        currency: of the amounts.
        as_of: day of the later figures.
    """

    method: str
    columns: Sequence[str]
    currency: str
    as_of: date


def documents(receipts: ReceiptCauses, names: Mapping[str, str]) -> pl.DataFrame:
    """Return the documents of the causes that concern receipts, in `COLUMNS`.

    Args:
        receipts: of `receipt_causes`.
        names: customer -> its name.
    """
    return pl.concat(
        [
            _of_cause(receipts.invoices, "timing", names),
            _of_cause(receipts.invoices, "permanent", names),
            _of_cause(receipts.billed, "variance", names, cause="billing"),
            _of_cause(receipts.others, "variance", names, cause="on_account"),
        ]
    )


def lines(amounts: Iterable[tuple[str, str, Decimal, Decimal, Decimal]]) -> pl.DataFrame:
    """Return rows in `COLUMNS` without a document, of cause, name and amounts then, since and now."""
    return pl.DataFrame(
        [
            {"cause": cause_name(cause), "customer_name": name, "expected": then, "received": since,
             "expected_now": now, "amount": since + now - then}
            for cause, name, then, since, now in amounts
            if since + now != then
        ],
        schema=COLUMNS,
    )  # fmt: skip


def largest_first(rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows in `COLUMNS`, the largest amount first, whatever its sign."""
    return rows.sort(
        [pl.col("amount").abs(), "cause", "invoice_id"], descending=[True, False, False], nulls_last=True
    )


def parts(
    amounts: Mapping[str, Decimal],
    rows: pl.DataFrame,
    shown: RowsOfCause,
    written: Mapping[str, Decimal] | None = None,
) -> list[ChartPart]:
    """Return a part per cause with an amount, which opens its rows.

    Args:
        amounts: cause -> amount.
        rows: in `COLUMNS`.
        shown: how they are shown.
        written: cause -> amount as it is shown; left out, they add up to their rounded sum.
    """
    if written is None:
        written = dict(zip(amounts, forecast_parts(list(amounts.values())), strict=True))
    return [
        ChartPart(
            code=point_code(cause_name(cause)),
            label=f"{cause_name(cause)} · {money(written[cause], shown.currency, 0, sign=True)}",
            rows=partial(_rows_behind, cause_name(cause), written[cause], rows, shown),
        )
        for cause, amount in amounts.items()
        if amount
    ]


def _rows_behind(name: str, part: Decimal, every: pl.DataFrame, shown: RowsOfCause) -> RowsBehind:
    rows = every.filter(pl.col("cause") == name)
    who, what = "customer_name", "invoice_id"
    if rows["customer_id"].null_count() == rows.height:  # bills and planned lines
        rows = rows.rename({who: "label", what: "line_id"})
        who, what = "label", "line_id"
    amount = money(part, shown.currency, 0, sign=True)
    columns = (who, what, *shown.columns)
    kept = (*columns, "customer_id") if who == "customer_name" else columns
    return RowsBehind(
        finding=Finding(f"{name}: {amount}", shown.method),
        rows=rows.select(kept),
        columns=columns,
        phone=(who, "amount"),
        footer=_("together {amount}", amount=amount),
        as_of=shown.as_of,
        expected=("expected", "expected_now", "amount"),
    )


def _of_cause(
    frame: pl.DataFrame, column: str, names: Mapping[str, str], *, cause: str | None = None
) -> pl.DataFrame:
    known_names = {code: name for code, name in names.items() if name}
    return frame.filter(pl.col(column) != ZERO).select(
        pl.lit(cause_name(cause or column)).alias("cause"),
        pl.col("customer_id").replace(known_names).alias("customer_name"),
        pl.col("document_id").alias("invoice_id"),
        "expected",
        "received",
        "expected_now",
        pl.col(column).alias("amount"),
        "customer_id",
    )
