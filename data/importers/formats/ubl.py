"""Electronic invoices in UBL 2: Peppol BIS 3, SI-UBL and NLCIUS, XRechnung, EN 16931, and older forms.

A sale becomes an invoice or credit note with its customer, its instalments and what was paid in advance; a
purchase becomes a bill.
"""

from collections.abc import Mapping
from datetime import timedelta

from data.errors import RefusedFileError
from data.grains import BY_NAME
from data.importers import invoice_reasons
from data.importers.formats.extract import Cells, DocumentRefusal, Extract, Row
from data.importers.formats.ubl_amounts import CORRECTION, Totals, totals_of, type_code
from data.importers.formats.ubl_document import (
    ENVELOPE,
    UBL,
    UnclearDocumentError,
    day_of,
    documents,
    first_text,
    kind_of,
    money_text,
    texts,
)
from data.importers.formats.ubl_parties import Party, parties_of
from data.importers.formats.ubl_terms import DocumentTerms, terms_of
from data.importers.formats.xml import Element, parse, root_tag
from data.message_templates import Message

# Other forms of invoices in XML, by the beginning of the name of their root.
_OTHER_FORMATS = {
    "{urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:": "CII (Factur-X, ZUGFeRD)",
    "{urn:ferd:CrossIndustryDocument:": "CII (ZUGFeRD 1.0)",
    f"{{{UBL}Invoice-1.0}}": "UBL 1.0",
    "{urn:sfti:documents:BasicInvoice:": "Svefaktura",
    "{http://rep.oio.dk/ubl/xml/schemas/": "OIOXML",
    "{http://ivaservizi.agenziaentrate.gov.it/docs/xsd/fatture/": "FatturaPA",
    "{http://www.facturae.": "Facturae",
    "{http://www.ebinterface.at/schema/": "ebInterface",
    "Finvoice": "Finvoice",
}
_LEGAL_TERM = timedelta(days=30)
_BILLING_REFERENCES = (
    "InvoiceDocumentReference",
    "SelfBilledInvoiceDocumentReference",
    "CreditNoteDocumentReference",
    "SelfBilledCreditNoteDocumentReference",
    "DebitNoteDocumentReference",
)
# Columns that every invoice states, so that an empty one is refused where it may not be empty.
_NEEDED = frozenset(column.name for column in BY_NAME["invoices"].columns if column.needed)
_ADDRESS = ("country", "street", "postcode", "city", "email", "phone", "contact_name")


def recognises(content: bytes) -> bool:
    """Return whether the root is that of an electronic invoice, also of one that is refused by name."""
    tag = root_tag(content)
    return tag is not None and (tag == ENVELOPE or tag.startswith((f"{{{UBL}", *_OTHER_FORMATS)))


def extract(content: bytes, name: str, options: Mapping[str, str]) -> Extract:
    """Return the rows that the documents of a file become.

    Args:
        content: the bytes of the file.
        name: of the file, printable.
        options: as `extract_root` takes them.

    Raises:
        RefusedFileError: the file is no XML that is safe to read, or holds no invoice in UBL 2.
    """
    return extract_root(parse(content, name), name, options)


def extract_root(root: Element, name: str, options: Mapping[str, str]) -> Extract:
    """Return the rows that the documents of a file become.

    Args:
        root: of the file.
        name: of the file, printable.
        options: `direction` is `sales` or `purchases`; `entity` is the administration a sale belongs to, left
            out for the company as a whole.

    Raises:
        RefusedFileError: the file holds no invoice in UBL 2.
    """
    is_sale = options["direction"] == "sales"
    rows: dict[str, list[Row]] = {}
    refusals, notes = [], []
    for line, document in documents(root):
        raw = _raw(document)
        try:
            of_document, of_notes = _sale(document, options.get("entity", "")) if is_sale else _bill(document)
        except UnclearDocumentError as error:
            refusals.append(DocumentRefusal(line, error.message, raw))
            continue
        for grain, cells in of_document:
            rows.setdefault(grain, []).append(Row(line, cells, raw))
        notes += of_notes
    if not rows and not refusals:
        raise RefusedFileError(_other_document(str(root.tag), name))
    return Extract("invoices" if is_sale else "bills", rows, refusals, notes)


def _other_document(tag: str, name: str) -> Message:
    for start, form in _OTHER_FORMATS.items():
        if tag.startswith(start):
            return invoice_reasons.OTHER_FORMAT(name=name, format=form)
    kind = kind_of(tag)
    if kind is None:
        return invoice_reasons.NO_DOCUMENT(name=name)
    return invoice_reasons.OTHER_DOCUMENT(name=name, kind=kind)


def _sale(document: Element, entity: str) -> tuple[list[tuple[str, Cells]], list[Message]]:
    """Return the rows of a sale, each with its grain, and what was read into it."""
    number, buyer = _number(document), parties_of(document).buyer
    if not buyer.key:
        raise UnclearDocumentError(invoice_reasons.NO_BUYER())
    totals = totals_of(document, number)
    terms = terms_of(document, number, totals)
    original, notes = _original(document, number)
    invoice = {
        "invoice_id": number,
        "customer_id": buyer.key,
        "invoice_type": "credit_note" if totals.is_credit else "invoice",
        "invoice_date": terms.issued,
        "due_date": terms.due_date,
        "currency": totals.currency,
        "amount": money_text(totals.amount),
        "vat_amount": "" if totals.vat is None else money_text(totals.vat),
        "po_number": _order_number(document),
        "entity": entity,
        "terms_days": "" if terms.days is None else str(terms.days),
        "original_invoice_id": original,
        **_discount(terms),
    }
    rows: list[tuple[str, Cells]] = [
        ("invoices", {column: cell for column, cell in invoice.items() if cell or column in _NEEDED}),
        ("customers", _customer(buyer)),
    ]
    rows += [
        (
            "instalments",
            {"invoice_id": number, "due_date": part.due_date, "amount": money_text(part.amount)},
        )
        for part in terms.parts
    ]
    if totals.prepaid:
        rows.append(("payments", _advance(number, buyer.key, terms.issued, totals)))
    return rows, [*totals.notes, *terms.notes, *notes]


def _bill(document: Element) -> tuple[list[tuple[str, Cells]], list[Message]]:
    """Return the row of a purchase with its grain, and what was read into it."""
    number, seller = _number(document), parties_of(document).seller
    if not seller.name and not seller.key:
        raise UnclearDocumentError(invoice_reasons.NO_SELLER())
    totals = totals_of(document, number)
    terms = terms_of(document, number, totals)
    due_date, notes = _bill_due_date(terms, number, totals)
    bill = {
        "bill_id": number,
        "supplier": seller.name or seller.key,
        "bill_date": terms.issued,
        "due_date": due_date,
        "currency": totals.currency,
        "amount": money_text(totals.amount),
        "paid_date": "",
        **({"paid_amount": money_text(totals.prepaid)} if totals.prepaid else {}),
        **_discount(terms),
    }
    return [("bills", bill)], [*totals.notes, *terms.notes, *notes]


def _bill_due_date(terms: DocumentTerms, number: str, totals: Totals) -> tuple[str, list[Message]]:
    """Return the one day on which a bill is planned: the first one, so that money never goes out later."""
    if terms.parts:
        days = [part.due_date for part in terms.parts if not part.is_advance]
        first, count = min(days), len(days)
        return first, [invoice_reasons.BILL_IN_PARTS(number=number, count=count, day=day_of(first) or first)]
    issued = day_of(terms.issued)
    if terms.due_date or issued is None:
        return terms.due_date or terms.issued, []
    if totals.is_credit:
        return terms.issued, []
    if terms.days is not None:
        return (issued + timedelta(days=terms.days)).isoformat(), []
    return (issued + _LEGAL_TERM).isoformat(), [invoice_reasons.BILL_WITHOUT_TERM(number=number)]


def _number(document: Element) -> str:
    number = first_text(document, "cbc:ID")
    if not number:
        raise UnclearDocumentError(invoice_reasons.NO_NUMBER())
    return number


def _order_number(document: Element) -> str:
    """Return the buyer's order number: that of the document, else the one that all its lines name."""
    of_lines = texts(document, "cac:InvoiceLine/cac:OrderLineReference/cac:OrderReference/cbc:ID")
    of_lines += texts(document, "cac:CreditNoteLine/cac:OrderLineReference/cac:OrderReference/cbc:ID")
    return first_text(document, "cac:OrderReference/cbc:ID") or (of_lines[0] if len(of_lines) == 1 else "")


def _original(document: Element, number: str) -> tuple[str, list[Message]]:
    """Return the number of the one document that this one refers to, and what is to be said of it."""
    originals = [
        original
        for kind in _BILLING_REFERENCES
        for original in texts(document, f"cac:BillingReference/cac:{kind}/cbc:ID")
        if original != number
    ]
    if len(originals) > 1:
        return "", [invoice_reasons.SEVERAL_ORIGINALS(number=number, count=len(originals))]
    if originals and type_code(document) == CORRECTION:
        return originals[0], [invoice_reasons.CORRECTION(number=number, original=originals[0])]
    return (originals[0] if originals else ""), []


def _discount(terms: DocumentTerms) -> dict[str, str]:
    if terms.discount is None:
        return {}
    return {
        "discount_percent": f"{terms.discount.percent:f}",
        "discount_days": str(terms.discount.days),
    }


def _customer(buyer: Party) -> Cells:
    stated = {column: str(getattr(buyer, column)) for column in _ADDRESS}
    return {
        "customer_id": buyer.key,
        "customer_name": buyer.name or buyer.key,
        **{column: text for column, text in stated.items() if text},
    }


def _advance(number: str, customer: str, issued: str, totals: Totals) -> Cells:
    """Return the settlement of what was paid in advance.

    It is a credit, no payment: the money came in before, on a day the document does not tell, and is in the
    books as that payment or as an invoice for the advance. A payment here would count it twice among the
    receipts and would teach the forecast that the customer pays on the day of the invoice.
    """
    return {
        "payment_id": f"{number}/prepaid",
        "customer_id": customer,
        "invoice_id": number,
        "payment_date": issued,
        "currency": totals.currency,
        "amount": money_text(totals.prepaid),
        "kind": "credit",
    }


def _raw(document: Element) -> str:
    """Return the head of a document for the list of what was refused."""
    payable = "cac:LegalMonetaryTotal/cbc:PayableAmount"
    fields = ("cbc:ID", "cbc:IssueDate", "cbc:DocumentCurrencyCode", payable)
    return " ".join(filter(None, (first_text(document, field) for field in fields)))
