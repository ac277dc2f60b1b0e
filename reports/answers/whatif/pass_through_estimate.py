"""The estimate of how far customers follow other terms, shown before any terms are set."""

from datetime import date

from reports.answers.whatif.apply_levers import apply_levers
from reports.answers.whatif.evaluate import lever_context
from reports.answers.whatif.ground import Ground
from reports.answers.whatif.lever import Lever, Scenario
from reports.answers.whatif.lever_kind import LeverEffect
from reports.answers.whatif.levers.terms import TERMS
from reports.answers.whatif.scenario_check import check_scenario
from reports.formats import number, percent
from reports.translation import _


def pass_through_estimate(ground: Ground, lever: Lever, start: date | None) -> LeverEffect | None:
    """Return how far the customers of a lever are expected to follow other terms, and what that rests on.

    None without a payment model, and where the lever reaches no invoice.

    Raises:
        ScenarioError: it names a segment or customer the books do not know.
    """
    usual_terms = Lever(TERMS.name, {"change": 0}, lever.segment, lever.customers)
    context = lever_context(ground, start)
    check_scenario(ground, Scenario("", start, levers=(usual_terms,)), context)
    if ground.flows is None or ground.reactions is None:
        return None
    [effect] = apply_levers([usual_terms], ground.flows, ground.reactions, context.start).effects
    return effect if effect.pass_through is not None else None


def pass_through_text(effect: LeverEffect | None) -> str:
    """Return how far customers are expected to follow other terms, and what that rests on."""
    if effect is None or effect.pass_through is None:
        return _("It reaches no invoice still to be issued.")
    value, low, high = (percent(bound, 0) for bound in effect.pass_through)
    if not effect.paid_invoices:
        return _(
            "Estimated {value}, between {low} and {high}: what other ledgers show, for here nobody had "
            "invoices on different terms.",
            value=value, low=low, high=high,
        )  # fmt: skip
    return _(
        "Estimated {value}, between {low} and {high}, from {count} paid invoices on other terms than usual.",
        value=value, low=low, high=high, count=number(effect.paid_invoices),
    )  # fmt: skip
