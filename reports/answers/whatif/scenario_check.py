"""Checks of a scenario against the books: segments and customers they know, days, bills."""

from reports.answers import sentences
from reports.answers.whatif.ground import Ground
from reports.answers.whatif.lever import Lever, Scenario
from reports.answers.whatif.lever_kind import LeverContext
from reports.answers.whatif.levers import kind_of
from reports.answers.whatif.refusals import lever_refusal


def check_scenario(ground: Ground, scenario: Scenario, context: LeverContext) -> None:
    """Refuse a scenario that does not fit the books.

    Raises:
        ScenarioError: one sentence about the first fault.
    """
    segments = set(ground.customers["segment"].to_list())
    ids = set(ground.customers["customer_id"].to_list())
    for number, lever in enumerate(scenario.levers, start=1):
        _check_selection(number, lever, segments, ids)
        refusal = kind_of(lever).refusal
        fault = refusal(lever, context) if refusal is not None else None
        if fault is not None:
            key, reason = fault
            raise lever_refusal(number, lever.kind, reason, key)


def _check_selection(number: int, lever: Lever, segments: set[str | None], ids: set[str]) -> None:
    if lever.segment is not None and lever.segment not in segments:
        names = ", ".join(sorted(name for name in segments if name))
        reason = (
            sentences.NO_SUCH_SEGMENT(name=repr(lever.segment), names=names)
            if names
            else sentences.NO_SEGMENTS(name=repr(lever.segment))
        )
        raise lever_refusal(number, lever.kind, reason, "segment")
    for customer in lever.customers:
        if customer not in ids:
            reason = sentences.NO_SUCH_CUSTOMER(name=repr(customer))
            raise lever_refusal(number, lever.kind, reason, "customers")
