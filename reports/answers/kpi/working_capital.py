"""Working capital: the days cash is tied up, what a day frees, and how much terms and collection can free."""

from decimal import Decimal
from typing import Any

import polars as pl

from reports.answers.forecast.cash_forecast import cents
from reports.formats import UNDEFINED, about, number
from reports.translation import _

# The figures told over the months.
TREND = (
    "cash_conversion_cycle",
    "dso_balance_90",
    "dpo",
    "dio",
    "best_possible_dso",
    "average_days_delinquent",
)
_DAYS = 90
_MONEY = pl.Decimal(38, 2)


def per_day(now: dict[str, Any]) -> Decimal | None:
    """Return what one day of DSO ties up: billings of the 90 days / 90; None where nothing was billed."""
    billed = now["billings_90"]
    return cents(float(billed) / _DAYS) if billed and billed > 0 else None


def ceiling(now: dict[str, Any]) -> pl.DataFrame:
    """Return what can be freed at most, by what: `lever`, `days` and `amount`; their sum is all of the DSO.

    Args:
        now: a row of `kpi`.
    """
    day, ways = per_day(now), []
    for name, days in (
        (_("Collection: everybody pays on the due date"), now["average_days_delinquent"]),
        (_("Terms: what is not due yet"), now["best_possible_dso"]),
        (_("Together: no receivables at all"), now["dso_balance_90"]),
    ):
        amount = None if days is None or day is None else cents(days * float(now["billings_90"]) / _DAYS)
        ways.append((name, days, amount))
    return pl.DataFrame(
        ways, schema={"lever": pl.String(), "days": pl.Float64(), "amount": _MONEY}, orient="row"
    )


def finding(now: dict[str, Any], currency: str) -> str:
    """Say what a day of DSO is worth."""
    day = per_day(now)
    if day is None:
        return _("Nothing was billed in the last 90 days: a day of DSO cannot be valued")
    return _(
        "A day of DSO ties up {amount}: one day earlier, and that comes in once", amount=about(day, currency)
    )


def method() -> str:
    """Say how a day is valued."""
    return _("Billings of the last 90 days, incl. VAT, divided by 90.")


def ceiling_found(rows: pl.DataFrame, currency: str) -> str:
    """Say how much collection can free, and what is left to terms."""
    late, due = rows["amount"].to_list()[:2]
    if late is None or due is None:
        return _("What can be freed is not known")
    return _(
        "Collection can free {late} at most; the other {due} is terms",
        late=about(late, currency),
        due=about(due, currency),
    )


def ceiling_method(now: dict[str, Any]) -> str:
    """Say which days the ceiling is made of."""
    return _(
        "DSO of {dso} days, of which {best} would stay if nobody paid late: the best possible DSO. "
        "Days times what a day ties up.",
        dso=number(now["dso_balance_90"], 1),
        best=number(now["best_possible_dso"], 1),
    )


def figures(now: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return the four figures: fixed word, label, value."""
    return [
        ("dso", _("DSO, balance 90"), _days(now["dso_balance_90"])),
        ("dio", _("Stock days (DIO)"), _days(now["dio"])),
        ("dpo", _("Supplier days (DPO)"), _days(now["dpo"])),
        ("ccc", _("Cash cycle"), _days(now["cash_conversion_cycle"])),
    ]


def figures_method(now: dict[str, Any]) -> str:
    """Say how the cycle adds up, or what it needs."""
    missing = [
        name
        for name, known in ((_("bills to suppliers"), now["dpo"]), (_("days in stock"), now["dio"]))
        if known is None
    ]
    if missing:
        return _("DSO + DIO − DPO is the cash cycle; not known here: {missing}.", missing=", ".join(missing))
    return _("DSO + DIO − DPO, in days: how long a euro is under way.")


def _days(value: float | None) -> str:
    return UNDEFINED if value is None else number(value, 1)
