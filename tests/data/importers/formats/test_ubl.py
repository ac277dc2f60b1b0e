"""Electronic invoices in UBL: what each becomes as a sale and as a bill, and what is refused."""

from decimal import Decimal

import pytest

from data.errors import RefusedFileError
from data.importers.formats.ubl import extract, recognises
from data.message_templates import stored_message
from tests.data.importers.formats.ubl_readings import invoice, notes, read, reason, rows
from tests.data.importers.formats.ubl_texts import (
    BUYER,
    NAMESPACE,
    reference,
    tax,
    terms,
    totals,
    ubl,
)

ENVELOPE = "http://www.unece.org/cefact/namespaces/StandardBusinessDocumentHeader"
CII = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"


def test_a_plain_invoice_becomes_an_invoice_and_its_customer() -> None:
    content = ubl(more="<cac:OrderReference><cbc:ID>PO 4711</cbc:ID></cac:OrderReference>")
    assert invoice(content) == {
        "invoice_id": "2026-001",
        "customer_id": "K-17",
        "invoice_type": "invoice",
        "invoice_date": "2026-03-02",
        "due_date": "2026-04-01",
        "currency": "EUR",
        "amount": "121.00",
        "vat_amount": "21.00",
        "po_number": "PO 4711",
    }
    assert rows(content, "customers") == [
        {
            "customer_id": "K-17",
            "customer_name": "Café De Maan",
            "country": "NL",
            "email": "kas@maan.example",
            "street": "Nieuwegracht 3",
            "postcode": "2011 NB",
            "city": "Haarlem",
        }
    ]
    assert set(read(content).grains) == {"invoices", "customers"}
    assert notes(content) == []


def test_a_purchase_becomes_a_bill() -> None:
    assert rows(ubl(), "bills", "purchases") == [
        {
            "bill_id": "2026-001",
            "supplier": "Bakkerij Zon",
            "bill_date": "2026-03-02",
            "due_date": "2026-04-01",
            "currency": "EUR",
            "amount": "121.00",
        }
    ]


def test_the_administration_is_that_of_the_options() -> None:
    reading = read(ubl(), entity="North")
    assert reading.grains["invoices"]["entity"].to_list() == ["North"]


def test_a_credit_note_is_negative_and_names_its_invoice() -> None:
    content = ubl("C-9", root="CreditNote", due="", code="381", more=reference("2026-001"))
    credit = invoice(content)
    assert (credit["invoice_type"], credit["amount"], credit["vat_amount"]) == (
        "credit_note",
        "-121.00",
        "-21.00",
    )
    assert credit["original_invoice_id"] == "2026-001"
    assert "due_date" not in credit
    (bill,) = rows(content, "bills", "purchases")
    assert (bill["amount"], bill["due_date"]) == ("-121.00", "2026-03-02")


def negative(code: str = "380", **more: str) -> bytes:
    sums = totals(TaxExclusiveAmount="-100.00", TaxInclusiveAmount="-121.00", PayableAmount="-121.00")
    return ubl(code=code, taxes=tax("-21.00"), sums=sums, **more)


@pytest.mark.parametrize("code", ["380", "384", "389"])
def test_a_negative_invoice_is_a_credit_note(code: str) -> None:
    credit = invoice(negative(code))
    assert (credit["invoice_type"], credit["amount"], credit["vat_amount"]) == (
        "credit_note",
        "-121.00",
        "-21.00",
    )
    assert credit["due_date"] == "2026-04-01"


def test_an_invoice_of_a_credit_type_is_a_credit_note() -> None:
    credit = invoice(ubl(code="381"))
    assert (credit["invoice_type"], credit["amount"]) == ("credit_note", "-121.00")


@pytest.mark.parametrize("code", ["", "326", "380", "383", "384", "386", "389", "751", "877"])
def test_every_type_that_charges_is_an_invoice(code: str) -> None:
    plain = invoice(ubl(code=code))
    assert (plain["invoice_type"], plain["amount"]) == ("invoice", "121.00")


def test_a_correction_that_charges_says_that_both_count() -> None:
    content = ubl("2026-002", code="384", more=reference("2026-001"))
    assert invoice(content)["original_invoice_id"] == "2026-001"
    assert notes(content) == [
        "2026-002: corrects 2026-001, and both count: if it takes the place of 2026-001, cancel that one."
    ]


def test_a_document_that_refers_to_several_notes_none() -> None:
    content = ubl("C-9", root="CreditNote", code="381", more=reference("A", "B", "A"))
    assert "original_invoice_id" not in invoice(content)
    assert notes(content) == ["C-9: refers to 2 invoices; none of them was noted."]


def test_a_document_that_refers_to_its_own_number_notes_none() -> None:
    assert "original_invoice_id" not in invoice(negative(more=reference("2026-001")))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (negative(root="CreditNote"), "credit note over a negative amount (-121.00)"),
        (negative("381"), "credit note over a negative amount (-121.00)"),
        (ubl(code="325"), "pro forma"),
        (ubl(code="935"), "customs invoice"),
        (ubl(code="SATIS"), "its type 'SATIS' is not one of the codes"),
        (ubl(number=""), "it has no number (ID)"),
        (ubl(number="n/a"), "it has no number (ID)"),
        (ubl(buyer="", account=""), "who the buyer is"),
        (ubl(sums=""), "it states no amount to be paid"),
        (ubl(sums=totals(LineExtensionAmount="100.00")), "it states no amount to be paid"),
        (ubl(sums=totals(PayableAmount="")), "PayableAmount is empty"),
        (
            ubl(sums=totals(PayableAmount="1.210,00")),
            "PayableAmount '1.210,00' is not a number written like 1234.56",
        ),
        (ubl(sums=totals(PayableAmount="NaN")), "PayableAmount 'NaN' is not a number"),
        (ubl(sums=totals(PayableAmount="1e3")), "PayableAmount '1e3' is not a number"),
        (ubl(sums=totals(PayableAmount="121.005")), "PayableAmount '121.005' has more than 2 decimals"),
        (ubl(sums=totals(PayableAmount="1" * 17)), "has more than 16 digits"),
        (ubl(sums=totals(PayableAmount="0.00")), "amount of an invoice must be above 0"),
        (ubl(sums=totals("SEK", PayableAmount="121.00")), "PayableAmount is in SEK, the document in EUR"),
        (ubl(currency="", sums="<cac:LegalMonetaryTotal/>"), "it states no currency"),
        (ubl(currency="XXX", sums=totals("XXX", PayableAmount="1.00"), taxes=""), "currency 'XXX'"),
        (ubl(issued="02-03-2026"), "invoice_date '02-03-2026' is not a date written as YYYY-MM-DD"),
        (ubl(issued=""), "invoice_date is empty"),
        (ubl(due="2026-02-30"), "due_date '2026-02-30' is not a day of the calendar"),
        (ubl(taxes=tax("21,00")), "TaxAmount '21,00' is not a number"),
    ],
)
def test_a_document_that_cannot_be_read_for_sure_is_refused_with_a_reason(content: bytes, words: str) -> None:
    assert words in reason(content)


def test_a_stored_reason_keeps_its_amounts_as_amounts() -> None:
    rejects = read(negative(root="CreditNote")).rejects
    stored = stored_message(rejects["message"][0])
    assert str(stored) == rejects["reason"][0]
    assert stored.values == {"amount": Decimal("-121.00")}


def test_what_was_paid_in_advance_settles_the_invoice() -> None:
    sums = totals(TaxInclusiveAmount="1801.78", PrepaidAmount="1000.00", PayableAmount="801.78")
    content = ubl(sums=sums, taxes=tax("312.71"))
    assert invoice(content)["amount"] == "1801.78"
    assert rows(content, "payments") == [
        {
            "payment_id": "2026-001/prepaid",
            "customer_id": "K-17",
            "invoice_id": "2026-001",
            "payment_date": "2026-03-02",
            "currency": "EUR",
            "amount": "1000.00",
            "kind": "credit",
            "place": "1",
        }
    ]
    (bill,) = rows(content, "bills", "purchases")
    assert (bill["amount"], bill["paid_amount"]) == ("1801.78", "1000.00")


def test_an_invoice_paid_in_advance_as_a_whole_is_settled() -> None:
    sums = totals(TaxInclusiveAmount="121.00", PrepaidAmount="121.00", PayableAmount="0.00")
    content = ubl(sums=sums)
    assert invoice(content)["amount"] == "121.00"
    assert [row["amount"] for row in rows(content, "payments")] == ["121.00"]


def test_a_credit_note_paid_back_before_is_settled_by_a_negative_amount() -> None:
    sums = totals(TaxInclusiveAmount="121.00", PrepaidAmount="21.00", PayableAmount="100.00")
    content = ubl(root="CreditNote", code="381", sums=sums)
    assert invoice(content)["amount"] == "-121.00"
    assert [row["amount"] for row in rows(content, "payments")] == ["-21.00"]


def test_an_advance_that_was_not_taken_off_is_refused() -> None:
    sums = totals(TaxInclusiveAmount="121.00", PrepaidAmount="40.00", PayableAmount="121.00")
    assert "121.00 less 40.00 paid in advance is not 121.00" in reason(ubl(sums=sums))


def test_a_balance_carried_over_is_no_part_of_the_invoice() -> None:
    sums = totals(TaxInclusiveAmount="121.00", PrepaidAmount="-50.00", PayableAmount="171.00")
    content = ubl(sums=sums)
    assert invoice(content)["amount"] == "121.00"
    assert rows(content, "payments") == []
    assert notes(content) == [
        (
            "2026-001: asks 50.00 more than its own total, as for a balance carried over; "
            "it counts for its own total."
        )
    ]


def test_a_rounded_amount_is_what_is_to_be_paid() -> None:
    stated = totals(TaxInclusiveAmount="120.98", PayableRoundingAmount="0.02", PayableAmount="121.00")
    silent = totals(TaxInclusiveAmount="120.98", PayableAmount="121.00")
    for sums in (stated, silent):
        assert invoice(ubl(sums=sums))["amount"] == "121.00"
        assert notes(ubl(sums=sums)) == []


def test_more_to_be_paid_than_the_total_counts_with_a_note() -> None:
    sums = totals(TaxInclusiveAmount="121.00", PayableAmount="150.96")
    assert invoice(ubl(sums=sums))["amount"] == "150.96"
    assert notes(ubl(sums=sums)) == [
        (
            "2026-001: 150.96 is to be paid, though its total with VAT is 121.00; "
            "it counts for what is to be paid."
        )
    ]


def test_totals_that_are_not_stated_follow_from_the_others() -> None:
    without_inclusive = totals(TaxExclusiveAmount="100.00", PrepaidAmount="21.00", PayableAmount="100.00")
    assert invoice(ubl(sums=without_inclusive))["amount"] == "121.00"
    without_payable = totals(TaxInclusiveAmount="121.00", PayableRoundingAmount="-1.00")
    assert invoice(ubl(sums=without_payable))["amount"] == "120.00"
    assert invoice(ubl(sums=totals(PayableAmount="+.5"), taxes=""))["amount"] == "0.50"


def test_vat_declared_in_another_currency_is_not_the_vat() -> None:
    twice = tax("21.00") + tax("241.50", "SEK")
    assert invoice(ubl(taxes=twice))["vat_amount"] == "21.00"
    only_other = invoice(ubl(taxes=tax("241.50", "SEK")))
    assert only_other["vat_amount"] == "21.00"


def test_vat_of_two_rates_is_added_and_of_a_repeated_total_is_not() -> None:
    sums = totals(TaxExclusiveAmount="200.00", TaxInclusiveAmount="230.00", PayableAmount="230.00")
    assert invoice(ubl(sums=sums, taxes=tax("21.00") + tax("9.00")))["vat_amount"] == "30.00"
    assert invoice(ubl(taxes=tax("21.00") + tax("21.00")))["vat_amount"] == "21.00"


def test_vat_that_stands_for_the_total_without_vat_is_the_vat() -> None:
    sums = totals(TaxExclusiveAmount="21.00", TaxInclusiveAmount="121.00", PayableAmount="121.00")
    assert invoice(ubl(sums=sums))["vat_amount"] == "21.00"


def test_vat_that_agrees_with_nothing_is_left_out_with_a_note() -> None:
    content = ubl(taxes=tax("9.00"))
    assert "vat_amount" not in invoice(content)
    assert notes(content) == ["2026-001: its VAT does not agree with its totals and was left out."]


def test_an_order_number_of_all_lines_is_that_of_the_invoice() -> None:
    order = "<cac:OrderReference><cbc:ID>{}</cbc:ID></cac:OrderReference>"
    line = f"<cac:InvoiceLine><cac:OrderLineReference>{order}</cac:OrderLineReference></cac:InvoiceLine>"
    assert invoice(ubl(more=line.format("P1") + line.format("P1")))["po_number"] == "P1"
    assert "po_number" not in invoice(ubl(more=line.format("P1") + line.format("P2")))
    assert "po_number" not in invoice(ubl(more=order.format("NA")))


def test_days_with_a_time_zone_are_the_days_they_name() -> None:
    plain = invoice(ubl(issued="2026-03-02+01:00", due="2026-04-01Z"))
    assert (plain["invoice_date"], plain["due_date"]) == ("2026-03-02", "2026-04-01")
    assert invoice(ubl(issued="2026-03-02T00:00:00"))["invoice_date"] == "2026-03-02"
    assert "is not a date" in reason(ubl(issued="2026-03-02T23:30:00Z"))


def test_several_documents_in_an_envelope_are_read_one_by_one() -> None:
    documents = [ubl(number).partition(b"?>")[2].decode() for number in ("A", "B")]
    bad = ubl("C", code="325").partition(b"?>")[2].decode()
    one_line = "".join([*documents, bad]).replace("\n", " ")
    envelope = f"<StandardBusinessDocument xmlns='{ENVELOPE}'>{one_line}</StandardBusinessDocument>".encode()
    assert recognises(envelope)
    reading = read(envelope)
    assert (reading.rows_read, reading.accepted, reading.rejected) == (3, 2, 1)
    assert reading.grains["invoices"]["invoice_id"].to_list() == ["A", "B"]
    assert reading.sum_accepted == Decimal("242.00")


@pytest.mark.parametrize("root", ["SelfBilledInvoice", "SelfBilledCreditNote"])
def test_self_billed_documents_are_read(root: str) -> None:
    amount = invoice(ubl(root=root, code=""))["amount"]
    assert amount == ("-121.00" if root == "SelfBilledCreditNote" else "121.00")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (ubl(root="Order"), "a.xml: is a UBL document of kind Order, no invoice or credit note"),
        (
            f"<x:CrossIndustryInvoice xmlns:x='{CII}'/>".encode(),
            "a.xml: is an invoice as CII (Factur-X, ZUGFeRD), and invoices are read as UBL",
        ),
        (f"<Invoice xmlns='{NAMESPACE}Invoice-1.0'/>".encode(), "is an invoice as UBL 1.0"),
        (b"<Finvoice/>", "is an invoice as Finvoice"),
        (
            f"<StandardBusinessDocument xmlns='{ENVELOPE}'/>".encode(),
            "a.xml: holds no invoice or credit note in UBL",
        ),
    ],
)
def test_other_documents_are_recognised_and_refused_by_name(content: bytes, words: str) -> None:
    assert recognises(content)
    with pytest.raises(RefusedFileError) as refused:
        extract(content, "a.xml", {"direction": "sales"})
    assert words in str(refused.value)


@pytest.mark.parametrize(
    "content", [b"", b"invoice_id\n1\n", b"<Invoice/>", b"<!DOCTYPE a>" + ubl()[38:], b"<a"]
)
def test_what_is_no_electronic_invoice_is_not_recognised(content: bytes) -> None:
    assert not recognises(content)


def test_ids_and_names_are_on_one_line() -> None:
    content = ubl(number=" 2026\n  001 ", buyer=BUYER.replace("Café De Maan", "Café\n   De\tMaan"))
    assert invoice(content)["invoice_id"] == "2026 001"
    assert rows(content, "customers")[0]["customer_name"] == "Café De Maan"


def test_a_hostile_name_stays_text() -> None:
    content = ubl(buyer=BUYER.replace("Café De Maan", "=HYPERLINK(&quot;x&quot;) &lt;b&gt; {number}"))
    assert rows(content, "customers")[0]["customer_name"] == '=HYPERLINK("x") <b> {number}'


def test_terms_and_discounts_come_with_sales_and_bills() -> None:
    content = ubl(due="", more=terms("Betaling binnen 14 dagen. 2% korting bij betaling binnen 8 dagen."))
    plain = invoice(content)
    assert (plain["terms_days"], plain["discount_days"]) == ("14", "8")
    assert Decimal(plain["discount_percent"]) == 2
    assert "due_date" not in plain
    (bill,) = rows(content, "bills", "purchases")
    assert (bill["due_date"], bill["discount_days"]) == ("2026-03-16", "8")


def test_a_bill_without_any_term_is_planned_on_the_legal_one() -> None:
    (bill,) = rows(ubl(due=""), "bills", "purchases")
    assert bill["due_date"] == "2026-04-01"
    assert notes(ubl(due=""), "purchases") == [
        "2026-001: names no due date; it is planned 30 days after its date, the legal term."
    ]


def test_the_seller_need_not_be_known_for_a_sale_nor_the_buyer_for_a_bill() -> None:
    assert invoice(ubl(seller=""))["amount"] == "121.00"
    assert len(rows(ubl(buyer=""), "bills", "purchases")) == 1
    reading = read(ubl(seller=""), "purchases")
    assert "who the seller is" in reading.rejects["reason"][0]
