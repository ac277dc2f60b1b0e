"""Finding of the exchange differences: what foreign currencies brought, and what they are worth by now."""

import polars as pl

from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.formats import money
from reports.translation import _

PHONE = ("currency", "realised_difference", "unrealised_difference")


def differences(rows: pl.DataFrame, currency: str) -> Finding:
    """Return what was realised since the opening, and what is not.

    Args:
        rows: `exchange_differences`.
        currency: the reporting currency, of the differences.
    """
    method = _(
        "Realised since the end of last year: what was settled × (rate of the payment − rate of the "
        "document), in the tie-out. Not realised: what is open at the rate of the day less its amount in the "
        "books; it is in none of the figures of the receivables"
    )
    title = _(
        "Exchange differences: {realised} realised, {unrealised} not realised",
        realised=money(total(rows["realised_difference"].drop_nulls()), currency, 2),
        unrealised=money(total(rows["unrealised_difference"].drop_nulls()), currency, 2),
    )
    missing = rows.filter(pl.col("unrealised_difference").is_null())
    if missing.height:
        title = _(
            "{title}; no rate for {currencies}",
            title=title,
            currencies=", ".join(sorted(missing["currency"].unique())),
        )
    return Finding(title, method)
