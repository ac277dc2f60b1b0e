"""The documents, bills and planned lines that add up to the causes of a difference between forecasts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

import polars as pl

from reports.answers.forecast.variance.causes import ZERO, ReceiptCauses, cause_name
from reports.answers.forecast.variance.frozen_runs import MONEY, amount_of
from reports.answers.shared.finding import Finding
from reports.answers.shared.rows_behind import ChartPart, RowsBehind
from reports.codes import point_code
from reports.formats import about, money
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
        is_exact: whether the amounts are what came, so that they are not rounded to thousands.
    """

    method: str
    columns: Sequence[str]
    currency: str
    as_of: date
    is_exact: bool = False


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


def parts(amounts: Mapping[str, Decimal], rows: pl.DataFrame, shown: RowsOfCause) -> list[ChartPart]:
    """Return a part per cause with an amount, which opens its rows.

    Args:
        amounts: cause -> amount.
        rows: in `COLUMNS`.
        shown: how they are shown.
    """
    write = partial(money, decimals=0) if shown.is_exact else about
    return [
        ChartPart(
            code=point_code(cause_name(cause)),
            label=f"{cause_name(cause)} · {write(amount, shown.currency, sign=True)}",
            rows=partial(_rows_behind, cause_name(cause), rows, shown),
        )
        for cause, amount in amounts.items()
        if amount
    ]


def _rows_behind(name: str, every: pl.DataFrame, shown: RowsOfCause) -> RowsBehind:
    rows = every.filter(pl.col("cause") == name)
    who, what = "customer_name", "invoice_id"
    if rows["customer_id"].null_count() == rows.height:  # bills and planned lines
        rows = rows.rename({who: "label", what: "line_id"})
        who, what = "label", "line_id"
    amount = money(amount_of(rows, "amount"), shown.currency, sign=True)
    columns = (who, what, *shown.columns)
    kept = (*columns, "customer_id") if who == "customer_name" else columns
    return RowsBehind(
        finding=Finding(f"{name}: {amount}", shown.method),
        rows=rows.select(kept),
        columns=columns,
        phone=(who, "amount"),
        footer=_("together {amount}", amount=amount),
        as_of=shown.as_of,
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
