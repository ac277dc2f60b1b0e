"""Electronic invoices made for the tests: what a test does not say is as in a plain Dutch invoice.

The plain one: 2026-001 of Bakkerij Zon B.V. (NL123456789B01, KvK 12345678) to Café De Maan (customer K-17),
100.00 and 21.00 VAT in EUR, of 2 March 2026, due on 1 April.
"""

NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:"
SELLER = """<cac:Party>
  <cbc:EndpointID schemeID="0106">12345678</cbc:EndpointID>
  <cac:PartyName><cbc:Name>Bakkerij Zon</cbc:Name></cac:PartyName>
  <cac:PostalAddress><cbc:CityName>Utrecht</cbc:CityName>
    <cac:Country><cbc:IdentificationCode>NL</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
  <cac:PartyTaxScheme><cbc:CompanyID>NL1234.56.789.B01</cbc:CompanyID>
    <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
  <cac:PartyLegalEntity><cbc:RegistrationName>Bakkerij Zon B.V.</cbc:RegistrationName>
    <cbc:CompanyID schemeID="0106">12345678</cbc:CompanyID></cac:PartyLegalEntity>
</cac:Party>"""
BUYER = """<cac:Party>
  <cac:PartyIdentification><cbc:ID>K-17</cbc:ID></cac:PartyIdentification>
  <cac:PartyName><cbc:Name>Café De Maan</cbc:Name></cac:PartyName>
  <cac:PostalAddress><cbc:StreetName>Nieuwegracht</cbc:StreetName><cbc:BuildingNumber>3</cbc:BuildingNumber>
    <cbc:CityName>Haarlem</cbc:CityName><cbc:PostalZone>2011 NB</cbc:PostalZone>
    <cac:Country><cbc:IdentificationCode>NL</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
  <cac:PartyTaxScheme><cbc:CompanyID>NL987654321B01</cbc:CompanyID>
    <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
  <cac:PartyLegalEntity><cbc:RegistrationName>Horeca Haarlem B.V.</cbc:RegistrationName>
    <cbc:CompanyID schemeID="0106">87654321</cbc:CompanyID></cac:PartyLegalEntity>
  <cac:Contact><cbc:ElectronicMail>kas@maan.example</cbc:ElectronicMail></cac:Contact>
</cac:Party>"""
MEANS = """<cac:PaymentMeans><cbc:PaymentMeansCode>30</cbc:PaymentMeansCode>
  <cac:PayeeFinancialAccount><cbc:ID>NL91 ABNA 0417 1643 00</cbc:ID></cac:PayeeFinancialAccount>
</cac:PaymentMeans>"""


def tax(amount: str, currency: str = "EUR") -> str:
    return f'<cac:TaxTotal><cbc:TaxAmount currencyID="{currency}">{amount}</cbc:TaxAmount></cac:TaxTotal>'


def totals(currency: str = "EUR", **amounts: str) -> str:
    """Return the totals, each by the name of its element."""
    written = "".join(
        f'<cbc:{name} currencyID="{currency}">{amount}</cbc:{name}>' for name, amount in amounts.items()
    )
    return f"<cac:LegalMonetaryTotal>{written}</cac:LegalMonetaryTotal>"


def terms(note: str = "", **fields: str) -> str:
    """Return terms of payment: a note, and elements by their names."""
    written = "".join(f"<cbc:{name}>{text}</cbc:{name}>" for name, text in fields.items())
    return f"<cac:PaymentTerms>{f'<cbc:Note>{note}</cbc:Note>' if note else ''}{written}</cac:PaymentTerms>"


def reference(*numbers: str) -> str:
    return "".join(
        f"<cac:BillingReference><cac:InvoiceDocumentReference><cbc:ID>{number}</cbc:ID>"
        "</cac:InvoiceDocumentReference></cac:BillingReference>"
        for number in numbers
    )


def ubl(
    number: str = "2026-001",
    *,
    root: str = "Invoice",
    issued: str = "2026-03-02",
    due: str = "2026-04-01",
    code: str = "380",
    currency: str = "EUR",
    more: str = "",
    seller: str = SELLER,
    buyer: str = BUYER,
    account: str = "",
    means: str = MEANS,
    taxes: str | None = None,
    sums: str | None = None,
) -> bytes:
    """Return a document; an empty text leaves its element out.

    Args:
        root: kind of document, such as CreditNote.
        more: elements of the document before its parties.
        account: elements before the buyer's party.
        taxes, sums: elements with the VAT and with the totals.
    """
    kind = "CreditNoteTypeCode" if root == "CreditNote" else "InvoiceTypeCode"
    fields = {"ID": number, "IssueDate": issued, "DueDate": due, kind: code, "DocumentCurrencyCode": currency}
    head = "".join(f"<cbc:{name}>{text}</cbc:{name}>" for name, text in fields.items() if text)
    usual = totals(TaxExclusiveAmount="100.00", TaxInclusiveAmount="121.00", PayableAmount="121.00")
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="{NAMESPACE}{root}-2" xmlns:cac="{NAMESPACE}CommonAggregateComponents-2"
  xmlns:cbc="{NAMESPACE}CommonBasicComponents-2">{head}{more}
<cac:AccountingSupplierParty>{seller}</cac:AccountingSupplierParty>
<cac:AccountingCustomerParty>{account}{buyer}</cac:AccountingCustomerParty>
{means}{tax("21.00") if taxes is None else taxes}{usual if sums is None else sums}
</{root}>""".encode()
