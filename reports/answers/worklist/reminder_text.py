"""The parts of a reminder per step: subject, opening, open items, ways to pay, closing."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from reports.answers.settings.sender import Sender
from reports.answers.shared.forms import text
from reports.formats import day, days, money
from reports.translation import _, _n

_MOST = 60  # invoices on lines of their own
Credits = Mapping[tuple[str, str], Sequence[tuple[str, str | None]]]
"""(customer, invoice) -> kind and number of each credit set off against it."""


def other_invoices(
    others: Sequence[Mapping[str, Any]], as_of: date, written_on: date, set_off_credit: Credits
) -> str:
    """List the late invoices that are not in the letter; empty without any."""
    if not others:
        return ""
    return "\n".join(
        (
            _("Past due as well, and not part of this letter:"),
            invoice_lines(others, as_of, written_on, set_off_credit),
        )
    )


def as_it_stands(as_of: date) -> str:
    """Return of which day the figures below are."""
    return _("As it stood on {day}:", day=day(as_of))


def invoice_lines(
    rows: Sequence[Mapping[str, Any]], as_of: date, written_on: date, set_off_credit: Credits
) -> str:
    """List invoices with due date, amount to pay and days late on the day of the figures."""
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
        lines.append(
            line
            + _set_off_clause(row, set_off_credit)
            + _discount_clause(row, written_on)
            + _promise_clause(row)
        )
    if len(rows) > _MOST:
        lines.append(_n("- and {count} more", "- and {count} more", len(rows) - _MOST))
    return "\n".join(lines)


def credits_of(set_offs: pl.DataFrame) -> Credits:
    """Return the credit set off against each invoice, in the rows of `set_offs`."""
    set_off_credit: dict[tuple[str, str], list[tuple[str, str | None]]] = {}
    for row in set_offs.iter_rows(named=True):
        of_invoice = set_off_credit.setdefault((row["customer_id"], row["invoice_id"]), [])
        if (row["credit"], row["credit_id"]) not in of_invoice:
            of_invoice.append((row["credit"], row["credit_id"]))
    return set_off_credit


def _credit_names(row: Mapping[str, Any], set_off_credit: Credits) -> str:
    """Return the credit of an invoice by kind and number; by its numbers where the kinds are not known."""
    names = [
        _credit_name(credit, text(number))
        for credit, number in set_off_credit.get((row["customer_id"], row["invoice_id"]), ())
    ]
    return ", ".join(names) or text(row["set_off_with"])


def _credit_name(credit: str, number: str) -> str:
    match credit:
        case "credit_note":
            return _("credit note {number}", number=number)
        case "overpayment":
            return _("what you paid too much on invoice {number}", number=number)
        case "on_account":
            return _("your payment {number} that named no invoice", number=number)
    return _("the discount for paying early")


def _set_off_clause(row: Mapping[str, Any], set_off_credit: Credits) -> str:
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
        "; of the {open} open, {amount} is set off with your credit: {credits}",
        **amounts, credits=_credit_names(row, set_off_credit),
    )  # fmt: skip


def _discount_clause(row: Mapping[str, Any], written_on: date) -> str:
    """Return the amount to pay with the early-payment discount, and until when; empty without one."""
    if row["discount_until"] is None or row["discount_until"] < written_on:
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
        _("Total: {amount}", amount=money(amount, name)) for name, amount in totals(rows).items()
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
    """Return the closing lines: who writes, and where they are found."""
    register = _("Chamber of commerce {number}", number=sender.kvk) if sender.kvk else ""
    lines = (
        _("Kind regards,"), sender.contact, sender.name, *sender.address, sender.email, sender.phone,
        register,
    )  # fmt: skip
    return "\n".join(line for line in lines if line)
