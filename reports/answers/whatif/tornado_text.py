"""The tornado in words and rows: which lever and which assumption matters most."""

from datetime import date

import polars as pl

from reports.answers.shared.finding import Finding
from reports.answers.whatif.lever_text import value_text
from reports.answers.whatif.levers import KINDS
from reports.answers.whatif.sensitivity import Sensitivity, Variant, Variation
from reports.formats import about, day
from reports.translation import _, _p

_MONEY = pl.Decimal(38, 2)
_SCHEMA: dict[str, pl.DataType] = {
    "assumption": pl.String(),
    "low_said": pl.String(),
    "low_effect": _MONEY,
    "high_said": pl.String(),
    "high_effect": _MONEY,
}


def tornado_rows(sensitivity: Sensitivity) -> pl.DataFrame:
    """Return one row per lever or assumption, the widest first.

    Returns:
        `assumption`; `low_said`, `low_effect` and `high_said`, `high_effect`: the two values it is given, the
        one that leaves less first, and the change of the balance.
    """
    rows = [
        (_name(swing.variation), _value(low), low_effect, _value(high), high_effect)
        for swing in sensitivity.swings
        for (low_effect, low), (high_effect, high) in [swing.effects]
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _name(variation: Variation) -> str:
    match variation.assumption:
        case "lever":
            label = KINDS[variation.kind].label()
            return label if variation.occurrence == 1 else f"{label} ({variation.occurrence})"
        case "pass_through":
            return _("Customers follow the terms")
        case "start":
            return _("Start date")
        case "billings":
            return _("New invoices")
    return _("Everybody pays later")


def _value(variant: Variant | None) -> str:
    if variant is None:
        return _("as set")
    value = variant.value
    if value is None:
        return _p("word", "without")
    if isinstance(value, date):
        return day(value)
    return value_text(variant.key, value) if variant.key is not None else str(value)


def tornado_finding(sensitivity: Sensitivity, rows: pl.DataFrame, currency: str) -> Finding:
    """Return the lever or assumption that matters most, and how that is measured.

    Args:
        sensitivity: of a scenario.
        rows: its `tornado_rows`.
        currency: of the amounts.
    """
    return Finding(_title(sensitivity, rows, currency), _method(sensitivity))


def _title(sensitivity: Sensitivity, rows: pl.DataFrame, currency: str) -> str:
    if rows.is_empty():
        return _("Nothing moves the balance")
    widest = rows.row(0, named=True)
    values = {
        "assumption": widest["assumption"],
        "span": about(widest["high_effect"] - widest["low_effect"], currency),
    }
    if sensitivity.is_lowest:
        return _("“{assumption}” matters most: it moves the lowest balance by {span}", **values)
    return _("“{assumption}” matters most: it moves the last balance by {span}", **values)


def _method(sensitivity: Sensitivity) -> str:
    effect = (
        _("Effect on the lowest expected balance")
        if sensitivity.is_lowest
        else _("Effect on the expected balance after the last week")
    )
    return _(
        "{effect} when one lever is left out or half as strong again, or one assumption turns out low or "
        "high, the rest as set.",
        effect=effect,
    )
