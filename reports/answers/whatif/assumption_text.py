"""The sentences on what a what-if assumes: when the levers work, how customers follow, what is bounded."""

from collections.abc import Iterator

from reports.answers.whatif.evaluate import WhatIf
from reports.answers.whatif.lever import Lever
from reports.answers.whatif.lever_kind import LeverContext, LeverEffect
from reports.answers.whatif.levers import kind_of
from reports.answers.whatif.overlaps import overlap_sentences
from reports.formats import in_sentence, money
from reports.translation import _


def assumptions(what_if: WhatIf) -> list[str]:
    """Return the sentences in the language spoken, the general ones first, then lever by lever."""
    sentences = [*overlap_sentences(what_if.scenario, what_if.overlaps), *_general(what_if)]
    for effect in what_if.effects:
        lever = _("Lever {number} ({kind})", number=effect.number, kind=kind_of(effect.lever).label())
        sentences += [f"{lever}: {sentence}" for sentence in _of_lever(effect, what_if)]
    return sentences


def _general(what_if: WhatIf) -> Iterator[str]:
    scenario, base, context = what_if.scenario, what_if.base, what_if.context
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
    start = in_sentence(context.start)
    if scenario.start is not None and scenario.start < context.start:
        yield _(
            "The levers work from {start}, the day after the last day known; {day} is past.",
            start=start,
            day=in_sentence(scenario.start),
        )
    elif context.start > context.last_day:
        yield _(
            "The levers work from {start}, after the last week of this forecast: nothing changes in it.",
            start=start,
        )
    else:
        yield _("The levers work from {start}.", start=start)


def _of_lever(effect: LeverEffect, what_if: WhatIf) -> Iterator[str]:
    kind, context = kind_of(effect.lever), what_if.context.of_lever(effect.lever)
    if kind.summary(effect.lever) is None:  # nothing is changed yet
        return
    yield from _own_start(effect.lever, what_if.context)
    if kind.receipts is not None and not effect.has_documents:
        yield _("it reaches no invoice.")
        return
    yield from kind.assumptions(effect, context)
    if not kind.is_for_customers and (effect.lever.segment is not None or effect.lever.customers):
        yield _("it is about no customers: the choice of them changes nothing.")


def _own_start(lever: Lever, context: LeverContext) -> Iterator[str]:
    """Yield what a start of its own does where it is not what a reader expects."""
    if lever.start is None:
        return
    day = in_sentence(lever.start)
    if not kind_of(lever).has_start:
        yield _("it has a date of its own: its start, {day}, changes nothing.", day=day)
    elif lever.start > context.last_day:
        yield _("it starts on {day}, after the last week: it changes nothing.", day=day)
    elif lever.start < context.start:
        first = in_sentence(context.start)
        yield _("its start, {day}, is past: it works from {start}.", day=day, start=first)
