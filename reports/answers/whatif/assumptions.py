"""What a what-if assumes, in sentences: when the levers work, how customers follow, what is bounded."""

from collections.abc import Iterator
from datetime import date, timedelta

from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.whatif.apply_levers import TERMS, Found, supplier_days
from reports.answers.whatif.lever_form import kind_name
from reports.answers.whatif.scenario_file import Lever, Scenario
from reports.formats import days, in_sentence, money, number, percent
from reports.translation import _


def assumptions(
    scenario: Scenario,
    start: date,
    base: CashForecast,
    found: list[Found],
    bills: tuple[int, float | None],
) -> list[str]:
    """Return what the outcome rests on, the general first, then lever by lever.

    Args:
        scenario: what was asked.
        start: first day its levers work.
        base: the forecast.
        found: what each lever about receipts turned out to rest on.
        bills: how many there are, and the median of their terms.
    """
    said = list(_general(scenario, start, base))
    by_number = {one.number: one for one in found}
    for place, lever in enumerate(scenario.levers, start=1):
        one = by_number.get(place)
        sentences = (
            _of_receipts(one, base, start) if one is not None else _of_others(lever, base, start, bills)
        )
        named = _("Lever {number} ({kind})", number=place, kind=kind_name(lever.kind))
        said += [f"{named}: {sentence}" for sentence in sentences]
    return said


def _general(scenario: Scenario, start: date, base: CashForecast) -> Iterator[str]:
    if scenario.minimum_cash is not None and scenario.minimum_cash != base.minimum:
        yield _(
            "The minimum is {minimum}; the chance below it in the base is counted against {usual}.",
            minimum=money(scenario.minimum_cash, base.currency),
            usual=money(base.minimum, base.currency),
        )
    if not scenario.levers:
        yield _("No levers: the scenario is the forecast.")
        return
    yield _("An estimate: what the levers do not touch stays as the forecast has it.")
    if scenario.start is not None and scenario.start < start:
        yield _(
            "The levers work from {start}, the day after the last day known; {day} is past.",
            start=in_sentence(start),
            day=in_sentence(scenario.start),
        )
    elif start > _last(base):
        yield _(
            "The levers work from {start}, after the last week of this forecast: nothing changes in it.",
            start=in_sentence(start),
        )
    else:
        yield _("The levers work from {start}.", start=in_sentence(start))


def _last(base: CashForecast) -> date:
    return base.as_of + timedelta(days=7 * base.weeks.height)


def _nothing(day: date) -> str:
    return _("{day} is in none of the weeks: it changes nothing.", day=in_sentence(day))


def _of_receipts(found: Found, base: CashForecast, start: date) -> Iterator[str]:
    if not found.invoices:
        yield _("it reaches no invoice.")
        return
    match found.lever.kind:
        case "terms":
            yield from _of_terms(found, start)
        case "discount":
            yield _(
                "for invoices issued from {start}; {uptake} of their amounts is paid on the discount day.",
                start=in_sentence(start),
                uptake=percent(found.lever.uptake, 0),
            )
            if found.days_saved is not None and found.yearly_rate is not None:
                yield _(
                    "the discount brings that part forward by {days} and costs {rate} a year; it pays where "
                    "money costs more than that.",
                    days=days(found.days_saved, 1),
                    rate=percent(found.yearly_rate),
                )
            elif found.days_saved is not None:
                yield _("the discount day is no earlier than these customers pay: it brings nothing forward.")
        case "effort" if found.days is not None:
            yield _(
                "of {asked} asked, {days} on average: no customer is moved further than from its usual "
                "lateness to its better or worse quarter of payments.",
                asked=days(found.lever.days),
                days=days(found.days, 1),
            )
        case "default" if found.lever.date is not None and found.lever.date > _last(base):
            yield _nothing(found.lever.date)
        case "instalments" | "delay":
            yield _("it moves what would be paid on {start} or later.", start=in_sentence(start))
        case "sales":
            yield _(
                "the billings change from {start}; customers pay as they do now.", start=in_sentence(start)
            )


def _of_terms(found: Found, start: date) -> Iterator[str]:
    yield _("only invoices issued from {start} get the new terms.", start=in_sentence(start))
    if found.pass_through is None:
        return
    value, low, high = (number(one, 2) for one in found.pass_through)
    if found.seen is None:
        yield _("per day of other terms customers pay {value} days later or earlier, as given.", value=value)
    elif found.seen == 0:
        yield _(
            "per day of other terms customers are taken to pay {value} days later or earlier, between {low} "
            "and {high}: what other ledgers show, for here nobody had invoices on different terms.",
            value=value,
            low=low,
            high=high,
        )
    else:
        yield _(
            "per day of other terms customers are taken to pay {value} days later or earlier, between {low} "
            "and {high}: estimated per customer from {count} paid invoices on other terms than usual, and "
            "drawn to what other ledgers show where there are few.",
            value=value,
            low=low,
            high=high,
            count=number(found.seen),
        )
    if found.clipped:
        yield _("terms that would leave {low} to {high} days stop there.", low=TERMS[0], high=TERMS[1])


def _of_others(
    lever: Lever, base: CashForecast, start: date, bills: tuple[int, float | None]
) -> Iterator[str]:
    if lever.kind == "supplier_terms":
        yield _(
            "payments to suppliers on {start} or later move by {days}; bills still to come are not known.",
            start=in_sentence(start),
            days=days(supplier_days(lever, bills)),
        )
        if lever.days is not None:
            yield _(
                "the new terms are held against {days}, the median of {count} bills.",
                days=days(bills[1], 1),
                count=number(bills[0]),
            )
    elif lever.kind == "flow" and lever.date is not None and not base.as_of < lever.date <= _last(base):
        yield _nothing(lever.date)
    elif lever.kind == "target":
        yield _("it moves no money: it tells which open invoices have to come in.")
    if lever.kind in {"supplier_terms", "flow"} and (lever.segment is not None or lever.customers):
        yield _("it is about no customers: the choice of them changes nothing.")
