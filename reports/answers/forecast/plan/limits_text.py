"""Words about the limits of the forecast: minimum cash and credit line."""

from decimal import Decimal

import polars as pl

from reports.answers.shared.finding import Finding
from reports.formats import money
from reports.translation import _, _p

_LIMITS = ("minimum_cash", "credit_line")


def finding() -> Finding:
    """Return the finding of the limits."""
    return Finding(
        _("Minimum and credit line"),
        _(
            "Headroom is the closing balance plus the credit line, less the minimum. "
            "The chance of less than the minimum leaves the credit line out."
        ),
    )


def facts(settings: pl.DataFrame, currency: str) -> list[tuple[str, str]]:
    """Return each limit with its amount; the rows are of `settings`."""
    values = dict(settings.iter_rows())
    names = {"minimum_cash": _p("setting", "Minimum cash"), "credit_line": _p("setting", "Credit line")}
    return [(names[key], money(Decimal(values.get(key) or "0"), currency)) for key in _LIMITS]


def link_label() -> str:
    """Return the words of the link to where the limits are set."""
    return _("Set the minimum and the credit line")
