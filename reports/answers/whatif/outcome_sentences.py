"""The outcome of a what-if in sentences, as the command line prints them."""

from collections.abc import Iterator
from decimal import Decimal

from reports.answers.whatif.evaluate import WhatIf
from reports.answers.whatif.headline import headline
from reports.answers.whatif.targets import OverdueTarget
from reports.formats import chance, in_sentence, money, number
from reports.translation import _, _n


def outcome_sentences(what_if: WhatIf, cost_of_money: Decimal) -> list[str]:
    """Return what the levers bring and cost, balances, DSO, and what each target asks.

    Args:
        what_if: the scenario, evaluated.
        cost_of_money: a year, 0-1.
    """
    currency = what_if.base.currency
    return [
        f"{headline(what_if, {}, cost_of_money)}.",
        *_balances(what_if),
        *(_target(target, currency) for target in what_if.targets),
    ]


def _balances(what_if: WhatIf) -> Iterator[str]:
    base, after, currency = what_if.base, what_if.after, what_if.base.currency
    last = what_if.difference.row(-1, named=True)
    yield _(
        "{name}: {amount} in the bank at the end of the last week, against the forecast.",
        name=what_if.scenario.name,
        amount=money(last["closing"], currency, sign=True),
    )
    yield _(
        "Lowest expected closing {after} instead of {before}; below the minimum in some week: "
        "{chance_after} instead of {chance_before}.",
        after=money(after.lowest["closing"], currency),
        before=money(base.lowest["closing"], currency),
        chance_after=chance(what_if.below[1]),
        chance_before=chance(what_if.below[0]),
    )
    dso_before, dso_after = what_if.dso
    if dso_before is not None and dso_after is not None:
        yield _(
            "DSO at the end of the last week {after} days instead of {before}.",
            after=number(dso_after, 1),
            before=number(dso_before, 1),
        )


def _target(target: OverdueTarget, currency: str) -> str:
    day = in_sentence(target.day)
    most = money(target.max_overdue, currency)
    if target.must_come_in <= 0:
        return _("On {day} no more than {most} can be overdue, whoever pays.", day=day, most=most)
    if not target.is_within_reach:
        return _(
            "At most {most} overdue on {day} is out of reach: invoices that are still to be issued make more "
            "than that overdue.",
            most=most,
            day=day,
        )
    return _n(
        "For at most {most} overdue on {day}, {count} open invoice must come in; expected overdue: "
        "{expected}.",
        "For at most {most} overdue on {day}, {count} open invoices must come in; expected overdue: "
        "{expected}.",
        target.invoices.height,
        most=most,
        day=day,
        expected=money(target.expected_overdue, currency),
    )
