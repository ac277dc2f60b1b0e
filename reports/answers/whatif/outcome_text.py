"""The outcome of a what-if in words: title and method of the page, four tiles, the two lines."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from reports.answers.shared.finding import Finding
from reports.answers.whatif.evaluate import WhatIf
from reports.answers.whatif.headline import headline
from reports.answers.whatif.lever_text import lever_summary
from reports.answers.whatif.levers import kind_of
from reports.colours import Tone
from reports.formats import (
    UNDEFINED,
    about,
    about_short,
    chance_short,
    forecast_rounding,
    in_sentence,
    money,
    number,
)
from reports.formats import week as week_label
from reports.translation import _

_CHANCE = 0.005  # a smaller chance rounds to none


@dataclass(frozen=True)
class OutcomeTile:
    """One figure of a scenario beside the base; every text translated and formatted."""

    key: str
    label: str
    value: str
    change: str
    before: str
    tone: Tone
    help: str = ""


def outcome_finding(what_if: WhatIf, names: Mapping[str, str], cost_of_money: Decimal) -> Finding:
    """Return what the levers bring and cost, and which levers are applied from when.

    Args:
        what_if: the scenario, evaluated.
        names: customer_id -> name.
        cost_of_money: a year, 0-1.
    """
    return Finding(headline(what_if, names, cost_of_money), _method(what_if, names))


def _method(what_if: WhatIf, names: Mapping[str, str]) -> str:
    day = in_sentence(what_if.base.as_of)
    if not what_if.scenario.levers:
        return _("No levers: the scenario is the forecast as of {day}.", day=day)
    start = what_if.context.start
    levers = [lever for lever in what_if.scenario.levers if kind_of(lever).summary(lever) is not None]
    if not levers:
        return _("No lever changes anything yet: the scenario is the forecast as of {day}.", day=day)
    method = _(
        "{levers}. From {start}, on the forecast as of {day}.",
        levers="; ".join(lever_summary(lever, names, start) for lever in levers),
        start=in_sentence(start),
        day=day,
    )
    before, after = what_if.dso
    if before is None or after is None or number(before, 1) == number(after, 1):
        return method
    values = {
        "before": number(before, 1),
        "after": number(after, 1),
        "day": in_sentence(what_if.context.last_day),
    }
    return f"{method} " + _("DSO by countback on {day}: {after} instead of {before}.", **values)


def balance_change(what_if: WhatIf) -> str:
    """Return how much more or less is in the bank after the last week."""
    last = what_if.difference["closing"].to_list()[-1]
    return about_short(last, what_if.base.currency, sign=True) if last else _("no change")


def outcome_tiles(what_if: WhatIf) -> list[OutcomeTile]:
    """Return the four figures a reader looks at first."""
    base, after, currency = what_if.base, what_if.after, what_if.base.currency
    low = (base.lowest["closing"], after.lowest["closing"])
    last = (base.weeks["closing"].to_list()[-1], after.weeks["closing"].to_list()[-1])
    # Without a bank balance the weeks count from 0: what they add is known, where they end is not.
    known = base.opening_known
    return [
        OutcomeTile(
            "lowest", _("Lowest, {week}", week=week_label(after.lowest["week_start"])),
            *_balance(low, currency, is_known=known),
        ),
        OutcomeTile(
            "below", _("Chance below minimum"),
            *_chance(what_if.below, is_known=known),
        ),
        OutcomeTile(
            "last", _("Cash after {count} weeks", count=after.weeks.height),
            *_balance(last, currency, is_known=known),
        ),
        OutcomeTile(
            "dso", dso_label(what_if), number(what_if.dso[1], 1), *_days_change(what_if),
            help=_dso_method(what_if),
        ),
    ]  # fmt: skip


def dso_label(what_if: WhatIf) -> str:
    """Return which DSO it is: that of the last week, because other screens show today's."""
    return _("DSO after {count} weeks", count=what_if.after.weeks.height)


def _dso_method(what_if: WhatIf) -> str:
    """Return how and on which day this DSO is counted: Cash position and KPI trends show it of other days."""
    return _("DSO by countback, expected on {day}.", day=in_sentence(what_if.context.last_day))


def _balance(pair: tuple[Decimal, Decimal], currency: str, *, is_known: bool) -> tuple[str, str, str, Tone]:
    """Return a balance with its change; where it is not known, the change alone."""
    change, before, tone = _money_change(pair, currency)
    return (about(pair[1], currency), change, before, tone) if is_known else (UNDEFINED, change, "", tone)


def _chance(pair: tuple[float, float], *, is_known: bool) -> tuple[str, str, str, Tone]:
    """Return a chance with its change; a chance below a minimum is nothing without a balance."""
    if not is_known:
        return UNDEFINED, _("not known without a bank balance"), "", "neutral"
    return chance_short(pair[1]), *_chance_change(pair)


def _money_change(pair: tuple[Decimal, Decimal], currency: str) -> tuple[str, str, Tone]:
    change = forecast_rounding(pair[1]) - forecast_rounding(pair[0])  # of what is shown
    before = _("was {value}", value=about(pair[0], currency))
    if change == 0:
        return _("no change"), before, "neutral"
    return money(change, currency, 0, sign=True), before, "cash" if change > 0 else "out"


def _chance_change(pair: tuple[float, float]) -> tuple[str, str, Tone]:
    change = pair[1] - pair[0]
    before = _("was {value}", value=chance_short(pair[0]))
    if abs(change) < _CHANCE:
        return _("no change"), before, "neutral"
    points = _("{points} pt", points=number(change * 100, 0, sign=True))
    return points, before, "out" if change > 0 else "cash"


def _days_change(what_if: WhatIf) -> tuple[str, str, Tone]:
    pair = what_if.dso
    before = _("was {value}", value=number(pair[0], 1))
    if pair[0] is None or pair[1] is None or number(pair[0], 1) == number(pair[1], 1):
        return _("no change"), before, "neutral"
    change = pair[1] - pair[0]
    return number(change, 1, sign=True), before, "out" if change > 0 else "cash"


def lines_finding(what_if: WhatIf) -> Finding:
    """Return the heading of the two lines, and how to read them and their bands."""
    return Finding(
        _("Closing balance per week"),
        _(
            "Expected, {weeks} weeks ahead: base dashed, scenario blue, each with the band 80% of the "
            "outcomes fall in. An estimate; payments count as planned.",
            weeks=what_if.base.weeks.height,
        ),
    )
