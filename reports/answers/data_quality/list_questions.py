"""What is asked about a list that nothing knows: each field and each way of writing, and what is decided."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from data.importers.headings import absent_columns
from data.importers.propose.proposal import Proposal, ProposalPart
from data.message_templates import Message
from reports.answers.data_quality import list_fields, preset_draft, proposals
from reports.translation import _

Group = Literal["unsure", "needed", "adding", "form"]
GROUPS: tuple[Group, ...] = ("unsure", "needed", "adding", "form")
# Besides the parts of a proposal.
LIST_DAY, ONE_CURRENCY = "list_day", "one_currency"
_FORMS = ("date_format", "decimal", ONE_CURRENCY, "group", LIST_DAY)


@dataclass(frozen=True)
class Question:
    """One thing that a list says, or may say.

    Attributes:
        key: a field, or a part of how the list is written.
        name: of it.
        adds: what it adds, as a clause; may be empty.
        evidence: for what is chosen; None without any.
        group: under which it stands; the same whatever is chosen.
        is_field: a heading is chosen for it.
        is_unsure: the file does not say it for sure, so that somebody must.
    """

    key: str
    name: str
    adds: str
    evidence: Message | None
    group: Group
    is_field: bool
    is_unsure: bool


def group_name(group: Group) -> str:
    """Return the words above a group of questions."""
    return {
        "unsure": _("Say which it is"),
        "needed": _("What a list needs"),
        "adding": _("What adds something"),
        "form": _("How it is written"),
    }[group]


def questions(
    base: Proposal, proposal: Proposal, more: Collection[str], *, asks_for_day: bool
) -> list[Question]:
    """Return what is asked about a list, in the order in which it is shown.

    Args:
        base: as the file shows.
        proposal: with what somebody chose.
        more: fields that somebody asked for.
        asks_for_day: the list does not say its day.
    """
    asked = [_field(key, base, proposal) for key in preset_draft.fields(base, list(more))]
    forms = [_form(key, base, proposal, asks_for_day=asks_for_day) for key in _forms(base, proposal)]
    return sorted([*asked, *forms], key=lambda question: GROUPS.index(question.group))


def missing(proposal: Proposal) -> set[str]:
    """Return the fields of which a list needs one, and that no heading feeds."""
    draft = proposal.draft
    first = set(list_fields.first_fields(draft.shape))
    without = absent_columns(draft.fed, list_fields.needs(draft.shape))
    return {key for alternatives in without for key in alternatives if key in first}


def undecided(asked: Iterable[Question], decided: Collection[str]) -> list[Question]:
    """Return the questions that somebody must decide and nobody has.

    Args:
        asked: all questions.
        decided: keys of those of which something was said.
    """
    return [question for question in asked if question.is_unsure and question.key not in decided]


def _field(key: str, base: Proposal, proposal: Proposal) -> Question:
    shape = base.draft.shape
    seen, now = _part(base, key), _part(proposal, key)
    is_unsure = seen is not None and not seen.is_sure
    if now is None and seen is not None and not seen.value:
        now = seen  # why its heading is not used
    group: Group = "adding"
    if is_unsure or key in missing(base):
        group = "unsure"
    elif seen is not None and list_fields.is_needed(shape, key):
        group = "needed"
    return Question(
        key,
        _field_name(shape, key),
        list_fields.adds(key),
        now.evidence if now else None,
        group,
        is_field=True,
        is_unsure=is_unsure,
    )


def _field_name(shape: str, key: str) -> str:
    if shape == "cleared_invoices" and key == "customer_id":
        return _("Customer, by number or name")
    return list_fields.field_name(key)


def _form(key: str, base: Proposal, proposal: Proposal, *, asks_for_day: bool) -> Question:
    seen, now = _part(base, key), _part(proposal, key)
    is_unsure = asks_for_day if key == LIST_DAY else seen is not None and not seen.is_sure
    return Question(
        key,
        _form_name(key),
        _form_adds(key),
        now.evidence if now else None,
        "unsure" if is_unsure else "form",
        is_field=False,
        is_unsure=is_unsure,
    )


def _forms(base: Proposal, proposal: Proposal) -> list[str]:
    draft = proposal.draft
    left_out = set()
    if draft.currency == "":
        left_out.add(ONE_CURRENCY)
    if draft.shape != "open_items" or "list_date" in draft.columns:
        left_out.add(LIST_DAY)
    if not proposal.days:
        left_out.add("date_format")
    if not proposal.amounts:
        left_out.add("decimal")
    if {"customer_id", "customer_name"} & set(base.draft.columns):
        left_out.add("group")
    return [key for key in _FORMS if key not in left_out]


def _part(proposal: Proposal, key: str) -> ProposalPart | None:
    """Return the part of a proposal: a currency is one of every row, or has a heading of its own."""
    part = preset_draft.parts_by_key(proposal).get("currency" if key == ONE_CURRENCY else key)
    has_heading = "currency" in proposal.draft.columns
    if key in {"currency", ONE_CURRENCY} and has_heading != (key == "currency"):
        return None
    return part


def _form_name(key: str) -> str:
    return {
        ONE_CURRENCY: _("Currency of all amounts"),
        LIST_DAY: _("Day of this list"),
    }.get(key) or proposals.part_name(key)


def _form_adds(key: str) -> str:
    return {
        LIST_DAY: _("what is on it was open at the end of this day"),
        "group": _("a line with a name, then the rows of that customer"),
    }.get(key, "")
