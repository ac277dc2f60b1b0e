"""Working capital: the days cash is tied up, what a day frees, and how much terms and collection can free."""

from decimal import Decimal
from typing import Any

import polars as pl

from reports.answers.shared.finding import Finding
from reports.answers.shared.money import cents
from reports.formats import UNDEFINED, about, number
from reports.translation import _

# The figures whose trend is drawn.
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


def stock_days(settings: pl.DataFrame) -> float | None:
    """Return the days in stock that are set, from the rows of `settings`; None where they are not."""
    value = dict(settings.select("key", "value").iter_rows()).get("days_in_stock")
    return float(value) if value else None


def per_day(now: dict[str, Any]) -> Decimal | None:
    """Return what one day of DSO ties up: billings of the 90 days / 90; None where nothing was billed."""
    billed = now["billings_90"]
    return cents(float(billed) / _DAYS) if billed and billed > 0 else None


def ceiling_rows(now: dict[str, Any]) -> pl.DataFrame:
    """Return the most that can be freed, and by which means; together all of the DSO.

    Args:
        now: a row of `kpi`.

    Returns:
        `lever`, `days` and `amount`.
    """
    day, ways = per_day(now), []
    for name, days in (
        (_("Collection: everybody pays on the due date"), now["average_days_delinquent"]),
        (_("Terms: what is not due yet"), now["best_possible_dso"]),
        (_("Total: no receivables at all"), now["dso_balance_90"]),
    ):
        amount = None if days is None or day is None else cents(days * float(now["billings_90"]) / _DAYS)
        ways.append((name, days, amount))
    return pl.DataFrame(
        ways, schema={"lever": pl.String(), "days": pl.Float64(), "amount": _MONEY}, orient="row"
    )


def day_finding(now: dict[str, Any], currency: str) -> Finding:
    """Return what a day of DSO is worth, and how it is valued."""
    method = _("Billings of the last 90 days, incl. VAT, divided by 90.")
    day = per_day(now)
    if day is None:
        return Finding(
            _("No more was billed than credited in the last 90 days: a day of DSO cannot be valued"), method
        )
    title = _(
        "A day of DSO ties up {amount}: one day earlier, and that comes in once", amount=about(day, currency)
    )
    return Finding(title, method)


def ceiling_finding(rows: pl.DataFrame, now: dict[str, Any], currency: str) -> Finding:
    """Return how much collection can free and how much is left to terms, and of which days it is made.

    Args:
        rows: `ceiling_rows`.
        now: the row of `kpi` they were made from.
        currency: of the amounts.
    """
    method = _(
        "DSO of {dso} days, of which {best} would stay if nobody paid late: the best possible DSO. "
        "Days times what a day ties up.",
        dso=number(now["dso_balance_90"], 1),
        best=number(now["best_possible_dso"], 1),
    )
    late, due = rows["amount"].to_list()[:2]
    if late is None or due is None:
        return Finding(_("What can be freed is not known"), method)
    title = _(
        "Collection can free {late} at most; the other {due} is terms",
        late=about(late, currency),
        due=about(due, currency),
    )
    return Finding(title, method)


def figures(now: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return the four figures, each with its key, label and value."""
    return [
        ("dso", _("DSO, balance 90"), _days(now["dso_balance_90"])),
        ("dio", _("Stock days (DIO)"), _days(now["dio"])),
        ("dpo", _("Supplier days (DPO)"), _days(now["dpo"])),
        ("ccc", _("Cash cycle"), _days(now["cash_conversion_cycle"])),
    ]


def figures_method(now: dict[str, Any]) -> str:
    """Return how the cycle adds up, or which figures it lacks."""
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
