"""Finding of the statement of account of a customer."""

from datetime import date

import polars as pl

from reports.answers.shared.finding import Finding
from reports.formats import day, money
from reports.translation import _


def statement(rows: pl.DataFrame, first: date, last: date, currency: str) -> Finding:
    """Return what was owed at both ends of a period and what moved it.

    Args:
        rows: `statement_of_account`.
        first: first day of the period.
        last: its last day.
        currency: of the amounts.
    """
    opening, closing = rows.row(0, named=True), rows.row(-1, named=True)
    title = _(
        "Statement {first} to {last}: opening {opening}, closing {closing}",
        first=day(first),
        last=day(last),
        opening=money(opening["balance"], currency),
        closing=money(closing["balance"], currency),
    )
    method = _(
        "Invoiced {invoiced}, credited {credited}, paid {paid}, discount {discount}, other {other}. "
        "A payment counts from its own day.",
        **{
            name: money(closing[name], currency)
            for name in ("invoiced", "credited", "paid", "discount", "other")
        },
    )
    return Finding(title, method)
