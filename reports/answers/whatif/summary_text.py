"""What comes of a what-if, in sentences."""

from collections.abc import Iterator

from reports.answers.whatif.whatif import Target, WhatIf
from reports.formats import chance, in_sentence, money, number
from reports.translation import _, _n


def outcome(found: WhatIf) -> list[str]:
    """Return the outcome: cash by the last week, the lowest closing, DSO, and what each target asks."""
    return [*_said(found), *(_of_target(target, found.base.currency) for target in found.targets)]


def _said(found: WhatIf) -> Iterator[str]:
    currency = found.base.currency
    last = found.difference.row(-1, named=True)
    yield _(
        "{name}: {amount} in the bank at the end of the last week, against the forecast.",
        name=found.scenario.name,
        amount=money(last["closing"], currency, sign=True),
    )
    yield _(
        "Lowest expected closing {after} instead of {before}; below the minimum in some week: "
        "{chance_after} instead of {chance_before}.",
        after=money(found.after.lowest["closing"], currency),
        before=money(found.base.lowest["closing"], currency),
        chance_after=chance(found.below[1]),
        chance_before=chance(found.below[0]),
    )
    before, after = found.dso
    if before is not None and after is not None:
        yield _(
            "DSO at the end of the last week {after} days instead of {before}.",
            after=number(after, 1),
            before=number(before, 1),
        )


def _of_target(target: Target, currency: str) -> str:
    day = in_sentence(target.lever.date)
    most = money(target.lever.max_overdue, currency)
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
