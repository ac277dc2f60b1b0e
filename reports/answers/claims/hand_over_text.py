"""Words of the hand-over file about creditor and debtor, and about the scale of collection costs."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from reports.answers.settings.sender import Sender
from reports.answers.shared.finding import Finding
from reports.answers.shared.forms import text
from reports.answers.shared.money import total
from reports.codes import label
from reports.formats import money
from reports.translation import _, _n, _p


def creditor(sender: Sender, entity: str | None) -> tuple[tuple[str, str], ...]:
    """Return who claims, as words and values."""
    return _known(
        (_p("fact", "Name"), sender.name),
        (_p("fact", "Administration"), entity or ""),
        (_p("fact", "Address"), ", ".join(sender.address)),
        (_("Chamber of commerce number"), sender.kvk),
        (_("VAT number"), sender.vat_id),
        (_p("fact", "IBAN"), sender.spaced_iban),
        (_("Contact person"), sender.contact),
        (_p("fact", "E-mail"), sender.email),
        (_p("fact", "Phone"), sender.phone),
    )


def debtor(row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return who owes, as words and values; the row is of `customer`."""
    street, postcode, city = (text(row[name]) for name in ("street", "postcode", "city"))
    place = f"{postcode} {city}".strip()
    contact = [text(row["contact_name"]), text(row["contact_function"])]
    return _known(
        (_p("fact", "Name"), text(row["customer_name"])),
        (_("Customer number"), text(row["customer_id"])),
        (_p("fact", "Kind"), label("kind", row["customer_type"] or "business")),
        (_p("fact", "Address"), ", ".join(line for line in (street, place) if line)),
        (_p("fact", "Country"), text(row["country"])),
        (_("Contact person"), ", ".join(part for part in contact if part)),
        (_p("fact", "E-mail"), text(row["email"])),
        (_p("fact", "Phone"), text(row["phone"])),
    )


def ticked(claims: pl.DataFrame, of: int, ready: int, currency: str) -> Finding:
    """Return what is ticked to be handed over, and which invoices are at first.

    Args:
        claims: the ticked rows of `claims`.
        of: number of overdue invoices.
        ready: number of them that are up to the hand-over.
        currency: of the amounts.
    """
    method = _n(
        "Ticked at first: the {count} invoice that is up to the hand-over. The file is about what is ticked.",
        "Ticked at first: the {count} invoices that are up to the hand-over. The file is about what is "
        "ticked.",
        ready,
    )
    if not ready:
        method = _("No invoice is up to the hand-over yet: tick those to hand over all the same.")
    if claims.is_empty():
        return Finding(_("To an agency: nothing is ticked"), method)
    amount = money(total(claims["total"]), currency)
    if claims.height == of:
        title = _n(
            "To an agency: the overdue invoice, {total}",
            "To an agency: all {count} overdue invoices, {total}",
            of,
            total=amount,
        )
    else:
        title = _(
            "To an agency: {count} of {of} overdue invoices, {total}",
            count=claims.height,
            of=of,
            total=amount,
        )
    return Finding(title, method)


def scale() -> str:
    """Return how collection costs follow from the principal."""
    return _(
        "Collection costs per invoice by the decree (Besluit BIK): 15% of the first €2,500, 10% of the next "
        "€2,500, 5% of the next €5,000, 1% of the next €190,000 and 0.5% of the rest, at least €40 and at "
        "most €6,775."
    )


def annexes_note() -> str:
    """Return what the texts of the letters are."""
    return _(
        "The letters that were sent, with the figures of their days. They are written again from the books, "
        "so that the wording of the letter that was sent may differ."
    )


def annex_heading(number: int, heading: str) -> str:
    """Return the heading of a letter among the annexes."""
    return _("Annex {number}: {heading}", number=number, heading=heading)


def _known(*facts: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple((word, value) for word, value in facts if value)
