"""The kinds of levers, one module each, in the order they are offered; a new kind is registered here."""

from reports.answers.whatif.lever import Lever
from reports.answers.whatif.lever_kind import LeverKind
from reports.answers.whatif.levers.default import DEFAULT
from reports.answers.whatif.levers.delay import DELAY
from reports.answers.whatif.levers.discount import DISCOUNT
from reports.answers.whatif.levers.effort import EFFORT
from reports.answers.whatif.levers.flow import FLOW
from reports.answers.whatif.levers.instalments import INSTALMENTS
from reports.answers.whatif.levers.sales import SALES
from reports.answers.whatif.levers.supplier_terms import SUPPLIER_TERMS
from reports.answers.whatif.levers.target import TARGET
from reports.answers.whatif.levers.terms import TERMS

KINDS: dict[str, LeverKind] = {
    kind.name: kind
    for kind in (
        TERMS, DISCOUNT, INSTALMENTS, EFFORT, DELAY, DEFAULT, SALES, SUPPLIER_TERMS, FLOW, TARGET,
    )
}  # fmt: skip


def kind_of(lever: Lever) -> LeverKind:
    """Return the record of a lever's kind."""
    return KINDS[lever.kind]
