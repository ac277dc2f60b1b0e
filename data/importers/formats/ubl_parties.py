"""Who sells and who buys on a UBL document: names, numbers, addresses and accounts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from data.errors import RefusedFileError
from data.importers import invoice_reasons
from data.importers.formats.ubl_document import documents, first_text, line_text, nodes, texts
from data.importers.formats.xml import Element, parse

# ISO 6523 codes of Peppol and the names SI-UBL had before: the Dutch chamber of commerce, and VAT numbers.
KVK_SCHEMES = frozenset({"0106", "NL:KVK", "KVK"})
# An address of a mailbox, which several companies may share.
_MAIL_SCHEME = "EM"
# The number under which a seller collects direct debits names nobody.
_COLLECTION_SCHEME = "SEPA"


@dataclass(frozen=True)
class Identifier:
    """A number of a party, as written, and the scheme it belongs to (empty where none is named)."""

    value: str
    scheme: str = ""

    def __str__(self) -> str:
        """Return the number as Peppol writes it, such as 0106:12345678."""
        return f"{self.scheme}:{self.value}" if self.scheme else self.value


@dataclass(frozen=True)
class Party:
    """A seller or buyer; what the document does not say is empty.

    Attributes:
        account: the number the other side knows it by, as the document says expressly.
        identifiers: other numbers of it (`PartyIdentification`).
        endpoint: where it receives e-invoices.
        vat_ids: its VAT numbers.
        legal_ids: its numbers in registers of companies.
        name: the name it trades under, else the registered one.
        legal_name: the registered name.
        country: ISO 3166 code.
        street: with number; further lines after a comma.
        postcode, city: of its address.
        contact_name, phone, email: of the person to ask for.
    """

    account: str
    identifiers: tuple[Identifier, ...]
    endpoint: Identifier | None
    vat_ids: tuple[str, ...]
    legal_ids: tuple[Identifier, ...]
    name: str
    legal_name: str
    country: str
    street: str
    postcode: str
    city: str
    contact_name: str
    phone: str
    email: str

    @property
    def key(self) -> str:
        """The id under which a party is kept; empty where nothing names it.

        The first of these that the document has: the number the other side gave it; a number without a
        scheme, which mostly is one too; a number with its scheme; its endpoint, unless that is a mailbox; its
        VAT number; its number in the register of companies; its name; its mailbox. A number with a scheme has
        that before it, so that it is never taken for the number of another party.
        """
        plain = [str(each) for each in self.identifiers if not each.scheme]
        schemed = [str(each) for each in self.identifiers if each.scheme]
        is_mailbox = self.endpoint is not None and (
            self.endpoint.scheme == _MAIL_SCHEME or "@" in self.endpoint.value
        )
        endpoint = [str(self.endpoint)] if self.endpoint else []
        numbers = [self.account, *plain, *schemed, *([] if is_mailbox else endpoint), *self.vat_ids]
        return next(filter(None, [*numbers, *map(str, self.legal_ids), self.name, *endpoint]), "")


@dataclass(frozen=True)
class Parties:
    """Both sides of a document.

    Attributes:
        seller, buyer: the sides.
        payee_ibans: accounts to pay to, without spaces.
        payer_ibans: accounts a direct debit is taken from, without spaces.
    """

    seller: Party
    buyer: Party
    payee_ibans: tuple[str, ...]
    payer_ibans: tuple[str, ...]


def parties(content: bytes, name: str = "e-invoice") -> Parties:
    """Return both sides of the first document of a file.

    Raises:
        RefusedFileError: the file is no UBL invoice or credit note.
    """
    for _line, document in documents(parse(content, name)):
        return parties_of(document)
    raise RefusedFileError(invoice_reasons.NO_DOCUMENT(name=name))


def parties_of(document: Element) -> Parties:
    """Return both sides of a document."""
    payee = "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID"
    payer = "cac:PaymentMeans/cac:PaymentMandate/cac:PayerFinancialAccount/cbc:ID"
    other_payer = "cac:PaymentMeans/cac:PayerFinancialAccount/cbc:ID"
    return Parties(
        seller=_party(document, "cac:AccountingSupplierParty", "cac:SellerSupplierParty"),
        buyer=_party(document, "cac:AccountingCustomerParty", "cac:BuyerCustomerParty"),
        payee_ibans=tuple(map(letters_and_digits, texts(document, payee))),
        payer_ibans=tuple(map(letters_and_digits, texts(document, payer) + texts(document, other_payer))),
    )


def letters_and_digits(text: str) -> str:
    """Return a number in capitals without the signs people put in it, such as NL123456789B01."""
    return re.sub(r"[^0-9A-Z]", "", text.upper())


def _party(document: Element, *paths: str) -> Party:
    sides = [side for path in paths for side in nodes(document, path)]
    if not sides:
        return Party("", (), None, (), (), *[""] * 9)
    side = sides[0]
    endpoints = _identifiers(nodes(side, "cac:Party/cbc:EndpointID"))
    legal_name = first_text(side, "cac:Party/cac:PartyLegalEntity/cbc:RegistrationName")
    contact = first_text(side, "cac:Party/cac:Contact/cbc:Name", "cac:AccountingContact/cbc:Name")
    person = " ".join(
        filter(
            None,
            (
                first_text(side, "cac:Party/cac:Person/cbc:FirstName"),
                first_text(side, "cac:Party/cac:Person/cbc:FamilyName"),
            ),
        )
    )
    address = "cac:Party/cac:PostalAddress"
    return Party(
        account=first_text(side, "cbc:SupplierAssignedAccountID"),
        identifiers=tuple(
            each
            for each in _identifiers(nodes(side, "cac:Party/cac:PartyIdentification/cbc:ID"))
            if each.scheme != _COLLECTION_SCHEME
        ),
        endpoint=endpoints[0] if endpoints else None,
        vat_ids=tuple(_vat_ids(side)),
        legal_ids=tuple(_identifiers(nodes(side, "cac:Party/cac:PartyLegalEntity/cbc:CompanyID"))),
        name=first_text(side, "cac:Party/cac:PartyName/cbc:Name") or legal_name or person or contact,
        legal_name=legal_name,
        country=first_text(side, f"{address}/cac:Country/cbc:IdentificationCode").upper(),
        street=_street(side, address),
        postcode=first_text(side, f"{address}/cbc:PostalZone"),
        city=first_text(side, f"{address}/cbc:CityName"),
        contact_name=contact or person,
        phone=first_text(side, "cac:Party/cac:Contact/cbc:Telephone", "cac:AccountingContact/cbc:Telephone"),
        email=first_text(
            side, "cac:Party/cac:Contact/cbc:ElectronicMail", "cac:AccountingContact/cbc:ElectronicMail"
        ),
    )


def _identifiers(elements: Iterable[Element]) -> list[Identifier]:
    named = [(line_text(element), " ".join(element.get("schemeID", "").split())) for element in elements]
    return list(dict.fromkeys(Identifier(value, scheme) for value, scheme in named if value))


def _vat_ids(side: Element) -> list[str]:
    """Return the VAT numbers of a party: of each tax scheme that is VAT, or that is not named."""
    numbers = []
    for scheme in nodes(side, "cac:Party/cac:PartyTaxScheme"):
        if first_text(scheme, "cac:TaxScheme/cbc:ID").upper() in {"", "VAT", "BTW"}:
            numbers += texts(scheme, "cbc:CompanyID")
    return list(dict.fromkeys(map(letters_and_digits, numbers)))


def _street(side: Element, address: str) -> str:
    first = " ".join(
        filter(None, (first_text(side, f"{address}/cbc:{part}") for part in ("StreetName", "BuildingNumber")))
    )
    lines = [first, first_text(side, f"{address}/cbc:AdditionalStreetName")]
    if not any(lines):
        lines = texts(side, f"{address}/cac:AddressLine/cbc:Line")
    if not any(lines):
        lines = [first_text(side, f"{address}/cbc:Postbox")]
    return ", ".join(filter(None, lines))
