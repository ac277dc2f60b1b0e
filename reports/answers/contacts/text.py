"""Words of the form for a contact, and of what was noted."""

from collections.abc import Collection, Mapping
from typing import Any

from reports.codes import label
from reports.formats import day, money
from reports.translation import _, _n, _p, mark_p

_KINDS = {
    "call": mark_p("contact", "Called"),
    "sent": mark_p("contact", "Letter sent"),
    "reply": mark_p("contact", "They answered"),
    "note": mark_p("contact", "Note"),
}
_NOTED = {
    "call": mark_p("noted", "called"),
    "sent": mark_p("noted", "letter sent"),
    "reply": mark_p("noted", "they answered"),
    "note": mark_p("noted", "note"),
}
_CHANNELS = {
    "e-mail": mark_p("channel", "E-mail"),
    "letter": mark_p("channel", "Letter"),
    "phone": mark_p("channel", "Phone"),
}
_LETTERS = {
    "pre_due_reminder": mark_p("contact", "Reminder before the due date"),
    "friendly_reminder": mark_p("contact", "Friendly reminder"),
    "formal_reminder": mark_p("contact", "Formal reminder"),
    "final_demand": mark_p("contact", "Final demand"),
    "notice_14_days": mark_p("contact", "14-day notice"),
    "hand_over": mark_p("contact", "Hand-over to an agency"),
}
_CHANGED = ("contacts", "promises", "disputes", "payments", "notes", "payment_plans", "expected_dates")


def kind_name(kind: str) -> str:
    """Return the name of a kind of contact."""
    return _p("contact", _KINDS[kind])


def outcome_name(outcome: str) -> str:
    """Return the name of what came of a contact."""
    return label("outcome", outcome)


def channel_name(channel: str) -> str:
    """Return the name of a channel."""
    return _p("channel", _CHANNELS[channel])


def letter_name(letter: str) -> str:
    """Return the name of a letter."""
    return _p("contact", _LETTERS[letter])


def field_name(name: str) -> str:
    """Return the label of a box of the form."""
    return {
        "day": _p("field", "Day"),
        "channel": _p("field", "How"),
        "person": _("Spoke to"),
        "outcome": _p("field", "Outcome"),
        "invoices": _p("field", "Invoices"),
        "promised_date": _("Promised for"),
        "amount": _p("field", "Amount"),
        "note": _p("field", "Note"),
        "next_date": _("Contact again on"),
        "letter": _p("field", "Letter"),
    }[name]


def invoice_choice(document: Mapping[str, Any]) -> str:
    """Return an invoice among those to choose from; its number is from data."""
    amount = money(document["open_amount"], document["currency"])
    late = document["days_overdue"]
    if late <= 0:
        return _("{invoice}, {amount}, due {day}", invoice=document["invoice_id"], amount=amount,
                 day=day(document["due_date"]))  # fmt: skip
    return _n(
        "{invoice}, {amount}, {count} day late",
        "{invoice}, {amount}, {count} days late",
        late,
        invoice=document["invoice_id"],
        amount=amount,
    )


def save_notice(kind: str) -> str:
    """Return the words for what was just noted."""
    return _("Noted: {what}", what=_p("noted", _NOTED[kind]))


def no_longer_stands() -> str:
    """Return why a contact cannot be taken back: somebody did so before."""
    return _("This was taken back already, here or by somebody else. Nothing was changed.")


def next_customer(name: str) -> str:
    """Return the label of the button that opens the next customer; the name is from data."""
    return _("Next: {name}", name=name)


def changed_meanwhile(keys: Mapping[str, Collection[tuple[object, ...]]]) -> str:
    """Return what was recorded about a customer since its form was opened; holds numbers from data."""
    parts = []
    for kind in sorted(keys, key=lambda name: (_CHANGED.index(name) if name in _CHANGED else 99, name)):
        invoices = [str(key[0]) for key in keys[kind] if key and key[0] is not None]
        named = f" ({', '.join(invoices[:5])}{'…' if len(invoices) > 5 else ''})" if invoices else ""  # noqa: PLR2004
        parts.append(f"{label('kind', kind).lower()}{named}")
    return _(
        "Since you opened this form something was recorded about this customer: {what}. "
        "Nothing was saved yet.",
        what=", ".join(parts),
    )
