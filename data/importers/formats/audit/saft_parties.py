"""The customers and suppliers of a SAF-T file, and what they owed at its start and end."""

import re
from collections.abc import Mapping
from decimal import Decimal

from data.importers.formats.audit.elements import amount_of, child, children, fields, first, line_of
from data.importers.formats.audit.ledger import ZERO, LedgerParty
from data.importers.formats.xml import Element


def parties(master: Element | None, name: str) -> tuple[list[LedgerParty], set[str]]:
    """Return customers and suppliers in the order of the file, and the accounts the customers are kept on.

    Args:
        master: the element MasterFiles.
        name: of the file, for refusals.
    """
    found: list[LedgerParty] = []
    accounts: set[str] = set()
    for group in (master, child(master, "customers")):
        for element in children(group, "customer"):
            party, own = _customer(element, name)
            found.append(party)
            accounts |= own
    for group in (master, child(master, "suppliers")):
        for element in children(group, "supplier"):
            number = fields(element).get("supplierid", "")
            found.append(LedgerParty(line_of(element), {"customer_id": number}, is_customer=False))
    return found, accounts


def balance(texts: Mapping[str, str], stem: str, line: int, name: str) -> Decimal | None:
    """Return the balance of an account or party, debit above 0; None if neither side of it is given.

    Args:
        texts: fields of the account or party.
        stem: opening or closing.
        line: where it stands, for a refusal.
        name: of the file, for a refusal.
    """
    sides = [texts.get(f"{stem}{side}balance", "") for side in ("debit", "credit")]
    if not any(sides):
        return None
    debit, credit = (amount_of(text, line, name) if text else ZERO for text in sides)
    return debit - credit


def _customer(element: Element, name: str) -> tuple[LedgerParty, set[str]]:
    texts, line = fields(element), line_of(element)
    stated = [texts]
    for structure in children(element, "balanceaccountstructure"):
        stated += [fields(each) for each in children(structure, "balanceaccount")]
    sums: dict[str, Decimal | None] = {}
    for stem in ("opening", "closing"):
        amounts = [balance(each, stem, line, name) for each in stated]
        known = [amount for amount in amounts if amount is not None]
        sums[stem] = sum(known, ZERO) if known else None
    cells = _customer_cells(element, texts)
    party = LedgerParty(line, cells, is_customer=True, opening=sums["opening"], closing=sums["closing"])
    return party, {each["accountid"] for each in stated if each.get("accountid")}


def _customer_cells(element: Element, texts: dict[str, str]) -> dict[str, str]:
    address = child(element, "address", "billingaddress")
    place = {} if address is None else fields(address)
    contact = child(element, "contact")
    reach = texts if contact is None else texts | fields(contact)
    person = child(contact, "contactperson")
    names = {} if person is None else fields(person)
    terms = child(child(element, "partyinfo"), "paymentterms")
    days = {} if terms is None else fields(terms)
    span = days.get("days", "") if re.fullmatch("[0-9]{1,3}", days.get("days", "")) else ""
    is_end_of_month = days.get("freebillingmonth", "").lower() in {"true", "1"}
    street = " ".join(filter(None, (first(place, "streetname", "addressdetail"), place.get("number"))))
    return {
        "customer_id": texts.get("customerid", ""),
        "customer_name": first(texts, "name", "companyname"),
        "country": place.get("country", ""),
        "street": street,
        "postcode": place.get("postalcode", ""),
        "city": place.get("city", ""),
        "email": reach.get("email", ""),
        "phone": first(reach, "telephone", "mobilephone"),
        "contact_name": " ".join(filter(None, (names.get("firstname"), names.get("lastname")))),
        # Days after the end of the month of the invoice, where the rest of that month is free.
        "payment_terms_days": "" if is_end_of_month else span,
        "payment_terms": f"eom+{span}" if is_end_of_month and span else "",
    }
