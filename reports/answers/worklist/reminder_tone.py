"""What a reminder says per step: subject, opening and closing, in the tone of the step."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from queries.claims.claim import collection_costs
from reports.answers.settings.sender import Sender
from reports.answers.shared.forms import text
from reports.answers.worklist.reminder_text import totals
from reports.formats import day, money
from reports.translation import _, _n, current

_IN_SUBJECT = 3  # invoices that a subject names


@dataclass(frozen=True)
class NoticeEnds:
    """The last day to pay without costs after a 14-day notice sent on the day of a letter, per channel."""

    by_email: date
    by_letter: date


def notice_costs(principal: Decimal) -> Decimal:
    """Return the collection costs a 14-day notice must name, without VAT."""
    return Decimal(collection_costs(int(principal * 100))) / 100


def tone(
    step: str,
    rows: Sequence[Mapping[str, Any]],
    sender: Sender,
    written_on: date,
    ends: NoticeEnds | None = None,
) -> tuple[str, str, str]:
    """Return subject, opening and closing of a step.

    Opening words of the sender take the place of the usual ones; before a 14-day notice they come first,
    because what the law asks of it must be in it.

    Args:
        step: code of the step.
        rows: the invoices of the letter.
        sender: the company that writes.
        written_on: date of the letter.
        ends: only for a 14-day notice.
    """
    count = len({row["invoice_id"] for row in rows})
    if step == "call" and not any(row["is_promise_broken"] for row in rows):
        about = "friendly_reminder"
    elif step == "pre_due_reminder" and any(row["overdue_since"] <= written_on for row in rows):
        # The figures are some days old, and a due day has come since.
        about = "due_these_days"
    else:
        about = step
    opening = _notice(rows, count, ends) if step == "notice_14_days" else _opening(about, count)
    own = sender.words.get((step, current()))
    if own is not None:
        opening = f"{own}\n\n{opening}" if step == "notice_14_days" else own
    return _subject(about, rows, count), opening, _closing(step, sender)


def _subject(about: str, rows: Sequence[Mapping[str, Any]], count: int) -> str:
    which = ", ".join(dict.fromkeys(text(row["invoice_id"]) for row in rows[:_IN_SUBJECT]))
    which = which if count <= _IN_SUBJECT else f"{which}, …"
    return {
        "pre_due_reminder": _n(
            "Invoice {which} falls due soon", "Invoices {which} fall due soon", count, which=which
        ),
        "due_these_days": _n(
            "Invoice {which} falls due these days", "Invoices {which} fall due these days", count, which=which
        ),
        "friendly_reminder": _("Payment of {which}", which=which),
        "call": _("The agreed payment of {which}", which=which),
        "formal_reminder": _("Reminder: payment of {which}", which=which),
        "final_demand": _("Final demand: payment of {which}", which=which),
        "notice_14_days": _("14-day notice: payment of {which}", which=which),
        "hand_over": _("Handing over for collection: {which}", which=which),
    }[about]


def _opening(about: str, count: int) -> str:
    return {
        "pre_due_reminder": _n(
            "The invoice below falls due soon. If its payment is planned, you need not do anything.",
            "The invoices below fall due soon. If their payment is planned, you need not do anything.",
            count,
        ),
        "due_these_days": _n(
            "The invoice below falls due these days. If its payment is planned, you need not do anything.",
            "The invoices below fall due these days. If their payment is planned, you need not do anything.",
            count,
        ),
        "friendly_reminder": _n(
            "The invoice below may have escaped your attention. Could you see to its payment?",
            "The invoices below may have escaped your attention. Could you see to their payment?",
            count,
        ),
        "call": _n(
            "We agreed on a day for the payment of the invoice below, or of part of it, and have not "
            "received it. On which day can we count on it?",
            "We agreed on a day for the payment of the invoices below, or of part of them, and have not "
            "received it. On which day can we count on it?",
            count,
        ),
        "formal_reminder": _n(
            "We wrote to you before about the invoice below. Its due date has passed and we have not "
            "received your payment. Please pay within seven days of the date of this letter.",
            "We wrote to you before about the invoices below. Their due dates have passed and we have "
            "not received your payment. Please pay within seven days of the date of this letter.",
            count,
        ),
        "final_demand": _n(
            "Despite our reminders the invoice below is still unpaid. We hereby give you notice of "
            "default: please pay within seven days of the date of this letter. After that we hand the "
            "claim over for collection; interest and collection costs are then for your account, as far "
            "as the law allows.",
            "Despite our reminders the invoices below are still unpaid. We hereby give you notice of "
            "default: please pay within seven days of the date of this letter. After that we hand the "
            "claim over for collection; interest and collection costs are then for your account, as far "
            "as the law allows.",
            count,
        ),
        "hand_over": _n(
            "The invoice below is still unpaid after our final letter. We are handing the claim over for "
            "collection. You can prevent that by paying the whole amount today.",
            "The invoices below are still unpaid after our final letter. We are handing the claim over "
            "for collection. You can prevent that by paying the whole amount today.",
            count,
        ),
    }[about]


def _closing(step: str, sender: Sender) -> str:
    ask = _("Is something wrong with an invoice? Tell us, and we look into it first.")
    match step:
        case "pre_due_reminder" | "formal_reminder" | "notice_14_days":
            return ask
        case "final_demand":
            return _("Did you pay in the last days? Then this letter has crossed your payment.")
        case "hand_over" if sender.phone:
            return _(
                "Would you rather agree on a payment plan? Answer this letter today, or call {phone}.",
                phone=sender.phone,
            )
        case "hand_over":
            return _("Would you rather agree on a payment plan? Answer this letter today.")
    return _("Did you pay in the last days? Then please disregard this message.") + " " + ask


def _notice(rows: Sequence[Mapping[str, Any]], count: int, ends: NoticeEnds | None) -> str:
    """Return the notice that a consumer must get before costs may be charged."""
    sentences = [
        _n(
            "The invoice below is still unpaid. You have fourteen days to pay it without any costs, counted "
            "from the day after you receive this letter.",
            "The invoices below are still unpaid. You have fourteen days to pay them without any costs, "
            "counted from the day after you receive this letter.",
            count,
        )
    ]
    if ends is not None:
        sentences.append(
            _(
                "The last day is {by_email} if it came by e-mail, and {by_letter} if it came by post.",
                by_email=day(ends.by_email),
                by_letter=day(ends.by_letter),
            )
        )
    sums = totals(rows)
    if list(sums) == ["EUR"]:
        costs = money(notice_costs(sums["EUR"]), "EUR")
        sentences.append(_("If you do not, collection costs of {costs} are added to it.", costs=costs))
    return " ".join(sentences)
