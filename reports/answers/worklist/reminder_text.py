"""The parts of a reminder per step: subject, opening, open items, ways to pay, closing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from queries.claims.claim import collection_costs
from reports.answers.settings.sender import Sender
from reports.answers.shared.forms import text
from reports.formats import day, days, money
from reports.translation import _, _n, current

_MOST = 60  # invoices on lines of their own


@dataclass(frozen=True)
class NoticeEnds:
    """The last day to pay without costs after a 14-day notice sent on the day of a letter, per channel."""

    by_email: date
    by_letter: date


def notice_costs(principal: Decimal) -> Decimal:
    """Return the collection costs a 14-day notice must name, without VAT."""
    return Decimal(collection_costs(int(principal * 100))) / 100


def other_invoices(others: Sequence[Mapping[str, Any]], as_of: date) -> str:
    """List the late invoices that are not in the letter; empty without any."""
    if not others:
        return ""
    return "\n".join((_("Past due as well, and not part of this letter:"), invoice_lines(others, as_of)))


def tone(
    step: str, rows: Sequence[Mapping[str, Any]], sender: Sender, ends: NoticeEnds | None = None
) -> tuple[str, str, str]:
    """Return subject, opening and closing of a step; `ends` only for a 14-day notice.

    Opening words of the sender take the place of the usual ones; before a 14-day notice they come first,
    because what the law asks of it must be in it.
    """
    subject, opening, closing = _usual_tone(step, rows, sender, ends)
    own = sender.words.get((step, current()))
    if own is None:
        return subject, opening, closing
    return subject, f"{own}\n\n{opening}" if step == "notice_14_days" else own, closing


def _usual_tone(
    step: str, rows: Sequence[Mapping[str, Any]], sender: Sender, ends: NoticeEnds | None
) -> tuple[str, str, str]:
    count = len({row["invoice_id"] for row in rows})
    which = ", ".join(dict.fromkeys(text(row["invoice_id"]) for row in rows[:3]))
    which = which if count <= 3 else f"{which}, …"  # noqa: PLR2004 - a subject holds three numbers
    ask = _("Is something wrong with an invoice? Tell us, and we look into it first.")
    match step:
        case "pre_due_reminder":
            return (
                _n("Invoice {which} falls due soon", "Invoices {which} fall due soon", count, which=which),
                _(
                    "A short word ahead: what is below falls due soon. Is it planned already, then nothing "
                    "is to be done."
                ),
                ask,
            )
        case "formal_reminder":
            return (
                _("Reminder: payment of {which}", which=which),
                _(
                    "We wrote to you about the invoices below before. Their term has passed and we have not "
                    "received your payment. Please pay within seven days of the date of this letter."
                ),
                ask,
            )
        case "final_demand":
            return (
                _("Final demand: payment of {which}", which=which),
                _(
                    "In spite of our reminders what is below is still unpaid. We give you notice of default: "
                    "please pay within seven days of the date of this letter. After that we hand the claim "
                    "over for collection; interest and collection costs are then for your account, as far as "
                    "the law allows."
                ),
                _("Did you pay in the last days? Then this letter has crossed your payment."),
            )
        case "notice_14_days":
            return _("14-day notice: payment of {which}", which=which), _notice(rows, ends), ask
        case "hand_over":
            return (
                _("Handing over for collection: {which}", which=which),
                _(
                    "What is below is still unpaid after our final letter. We are handing the claim over for "
                    "collection. You can prevent that by paying the whole amount today."
                ),
                _("Please answer this letter if you want to agree on a payment plan.")
                + (f" {sender.phone}" if sender.phone else ""),
            )
    subject, opening = (
        _("Payment of {which}", which=which),
        _("It may have escaped your notice: what is below is past its due date. Would you see to it?"),
    )
    if step == "call" and any(row["is_promise_broken"] for row in rows):
        subject, opening = (
            _("The agreed payment of {which}", which=which),
            _(
                "A day was agreed for the payment of what is below, or of part of it, and we have not "
                "received it. On which day can we count on it?"
            ),
        )
    return (
        subject,
        opening,
        _("Did you pay in the last days? Then please disregard this message.") + " " + ask,
    )


def _notice(rows: Sequence[Mapping[str, Any]], ends: NoticeEnds | None) -> str:
    """Return the notice that a consumer must get before costs may be charged."""
    sentences = [
        _(
            "What is below is still unpaid. You have fourteen days to pay it without any costs, counted from "
            "the day after you receive this letter."
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


def invoice_lines(rows: Sequence[Mapping[str, Any]], as_of: date) -> str:
    """List invoices with due date, amount to pay and days late."""
    lines = []
    for row in rows[:_MOST]:
        values = {
            "invoice": text(row["invoice_id"]),
            "issued": day(row["invoice_date"]),
            "due": day(row["overdue_since"]),
            "amount": money(row["document_asked_amount"], row["currency"]),
        }
        late = (as_of - row["overdue_since"]).days
        if row["plan_date"] is not None:
            line = _(
                "- {invoice} of {issued}, by the payment plan of {agreed} due since {due}: {amount} "
                "({late} late)",
                agreed=day(row["plan_date"]), late=days(late), **values,
            )  # fmt: skip
        elif late > 0:
            line = _("- {invoice} of {issued}, due {due}: {amount} ({late} late)", late=days(late), **values)
        else:
            line = _("- {invoice} of {issued}, due {due}: {amount}", **values)
        lines.append(line + _set_off_clause(row) + _discount_clause(row) + _promise_clause(row))
    if len(rows) > _MOST:
        lines.append(_n("- and {count} more", "- and {count} more", len(rows) - _MOST))
    return "\n".join(lines)


def _set_off_clause(row: Mapping[str, Any]) -> str:
    """Return what is set off against the invoice, by which the set-off is declared (6:127 BW); else empty."""
    if not row["set_off_with"]:
        return ""
    amounts = {
        "open": money(row["document_open_amount"], row["currency"]),
        "amount": money(row["document_open_amount"] - row["document_owed_amount"], row["currency"]),
    }
    if row["set_off_with"] == row["invoice_id"]:
        return _("; of the {open} open, {amount} is set off against what this invoice gives back", **amounts)
    return _(
        "; of the {open} open, {amount} is set off against your credit ({credits})",
        **amounts, credits=text(row["set_off_with"]),
    )  # fmt: skip


def _discount_clause(row: Mapping[str, Any]) -> str:
    """Return the amount to pay with the early-payment discount, and until when; empty without one."""
    if row["discount_until"] is None:
        return ""
    return _(
        "; paid by {day} it is {amount}, with {discount} discount",
        day=day(row["discount_until"]),
        amount=money(row["document_asked_amount"] - row["document_discount_amount"], row["currency"]),
        discount=money(row["document_discount_amount"], row["currency"]),
    )


def _promise_clause(row: Mapping[str, Any]) -> str:
    """Return the promised amount, which the letter does not ask for; empty without a promise."""
    if row["promised_date"] is None:
        return ""
    return _(
        "; besides this {amount} was promised for {day}",
        amount=money(row["document_promised_amount"], row["currency"]),
        day=day(row["promised_date"]),
    )


def total_lines(rows: Sequence[Mapping[str, Any]]) -> str:
    """Return the totals of the invoices, a line per currency."""
    return "\n".join(
        _("Together: {amount}", amount=money(amount, name)) for name, amount in totals(rows).items()
    )


def totals(rows: Sequence[Mapping[str, Any]]) -> dict[str, Decimal]:
    """Return the amount to pay per currency."""
    totals: dict[str, Decimal] = {}
    for row in rows:
        totals[row["currency"]] = totals.get(row["currency"], Decimal(0)) + row["document_asked_amount"]
    return totals


def fee_lines(rows: Sequence[Mapping[str, Any]], fee: Decimal | None) -> str:
    """Return the fixed costs of the letter and the amount to pay with them; empty without costs.

    Costs are named where all invoices are in one currency.
    """
    if fee is None:
        return ""
    ((name, amount),) = totals(rows).items()
    return "\n".join(
        (
            _("Administration costs of this reminder: {amount}", amount=money(fee, name)),
            _("To pay with these costs: {amount}", amount=money(amount + fee, name)),
        )
    )


def how_to_pay(
    line: Mapping[str, Any], rows: Sequence[Mapping[str, Any]], sender: Sender, links: Sequence[str]
) -> list[str]:
    """Return how to pay: account, reference, usual method, a link per invoice."""
    lines = []
    if sender.iban:
        to = _("Account: {iban} in the name of {name}", iban=sender.spaced_iban, name=sender.name)
        lines.append(to if sender.name else _("Account: {iban}", iban=sender.spaced_iban))
    numbers = list(dict.fromkeys(text(row["invoice_id"]) for row in rows))
    lines.append(_("Payment reference: {numbers}", numbers=", ".join(numbers[:_MOST])))
    if line["preferred_method"]:
        lines.append(_("You usually pay by: {method}", method=text(line["preferred_method"])))
    lines += [
        _("Pay {invoice} online: {link}", invoice=text(row["invoice_id"]), link=link)
        for row, link in zip(rows[:_MOST], links, strict=False)
    ]
    return ["\n".join(lines)]


def signature(sender: Sender) -> str:
    """Return the closing lines."""
    return "\n".join(part for part in (_("Kind regards,"), sender.name, sender.email, sender.phone) if part)
