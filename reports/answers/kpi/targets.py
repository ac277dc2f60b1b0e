"""Targets of the figures: those that are set, as the figures have them, and how far a figure is from one."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

import polars as pl

from data.grains import TARGETS
from reports.columns import KPIS
from reports.formats import days, money_short, number, rate
from reports.translation import _

Targets = Mapping[str, Decimal]
_KEY = "target_"
FIGURES = tuple(key.removeprefix(_KEY) for key in TARGETS)


def targets(settings: pl.DataFrame, entity: str | None = None, *, is_part: bool = False) -> Targets:
    """Return the targets by figure: shares as 0-1, as the figures are.

    Args:
        settings: rows of `settings`.
        entity: the administration whose figures they are; it has the company's shares and days where it has
            none of its own, but no amount of a whole of which it is a part.
        is_part: whether the figures are of one segment or currency, for which no amount is set.
    """
    values = dict(settings.select("key", "value").iter_rows())
    by_figure = {figure: _value(values, figure, entity, is_part=is_part) for figure in FIGURES}
    return {figure: target for figure, target in by_figure.items() if target is not None}


def _value(values: Mapping[str, str], figure: str, entity: str | None, *, is_part: bool) -> Decimal | None:
    is_money, key = KPIS[figure].nature == "money", f"{_KEY}{figure}"
    own = values.get(f"{key}@{entity}") if entity else None
    value = own or (None if is_money and entity else values.get(key))
    if not value or (is_money and is_part):
        return None
    return Decimal(value) / 100 if KPIS[figure].nature == "share" else Decimal(value)


def are_set(settings: pl.DataFrame) -> bool:
    """Return whether the company or one of its administrations has a target."""
    return any(key.partition("@")[0] in TARGETS for key in settings["key"])


def target_text(target: Decimal, figure: str, currency: str) -> str:
    """Write a target no longer than it was typed: `40 days`, `5%`, `€2m`."""
    match KPIS[figure].nature:
        case "money":
            return money_short(target, currency)
        case "share":
            return f"{rate(target * 100, 2)}%"
        case _:
            return days(target, _digits(target))


def distance(value: float | Decimal | None, target: Decimal, figure: str, currency: str) -> str:
    """Return the target of a figure, and how far above or below it the figure is: `target 40 days: 5 above`.

    Args:
        value: of the figure on the day; None if it is not known.
        target: of `targets`.
        figure: one of `FIGURES`.
        currency: of money figures.
    """
    words = target_text(target, figure, currency)
    if value is None:
        return _("target {target}", target=words)
    nature = KPIS[figure].nature
    # The difference of what is written, so that it agrees with the value beside it.
    scale, digits = {"money": (1, 2), "share": (100, 1)}.get(nature, (1, 1))
    written = (Decimal(str(value)) * scale).quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP)
    difference = written - target * scale
    if not difference:
        return _("target {target}: reached exactly", target=words)
    size = abs(difference)
    text = money_short(size, currency) if nature == "money" else number(size, _digits(size))
    if nature == "share":
        text = _("{points} pt", points=text)
    if difference > 0:
        return _("target {target}: {difference} above", target=words, difference=text)
    return _("target {target}: {difference} below", target=words, difference=text)


def _digits(value: Decimal) -> int:
    return max(0, -int(value.normalize().as_tuple().exponent))
