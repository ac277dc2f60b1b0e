"""Payment terms as books write them: whether a text is of the form that `docs/files.md` gives."""

import re
from decimal import Decimal

import polars as pl

_DAYS = "(?:[0-9]{1,3}|[12][0-9]{3}|3[0-5][0-9]{2}|36[0-4][0-9]|3650)"
_TERM = rf"(?:{_DAYS}|eom(?:\+{_DAYS})?|{_DAYS}\+eom|(?:[1-9]|[12][0-9]|3[01])-next)"
_SHARE = re.compile(rf"(?P<percent>[0-9]{{1,2}}(?:\.[0-9]{{1,2}})?)%@{_TERM}")
_WHOLE = 100
_REST = re.compile(rf"rest@{_TERM}")


def are_payment_terms(column: str) -> pl.Expr:
    """Return whether the cell holds payment terms; null where it is empty."""
    instalments = pl.when(pl.col(column).str.contains("@", literal=True)).then(pl.col(column))
    return (
        pl.when(instalments.is_null())
        .then(pl.col(column).str.contains(f"^{_TERM}$"))
        .otherwise(instalments.map_elements(are_instalment_terms, return_dtype=pl.Boolean))
    )


def are_instalment_terms(text: str) -> bool:
    """Return whether a text is instalments by percent, at least two, that make 100 or end in a rest."""
    *before, last = text.split(" ")
    shares = [_SHARE.fullmatch(words) for words in before]
    percents = [Decimal(share["percent"]) for share in shares if share]
    if not shares or len(percents) < len(shares) or min(percents) == 0:
        return False
    if _REST.fullmatch(last):
        return sum(percents) < _WHOLE
    final = _SHARE.fullmatch(last)
    return (
        final is not None
        and Decimal(final["percent"]) > 0
        and sum(percents) + Decimal(final["percent"]) == _WHOLE
    )
