"""What is said of electronic invoices: why one is refused, and what was read into it.

Reasons of documents are clauses, which the store keeps; notes and refusals of files are sentences.
"""

from data.message_templates import AMOUNT, DAY, NUMBER, template

# A document.
NO_NUMBER = template("it has no number (ID)")
NO_BUYER = template("it does not say who the buyer is, by a number or a name")
NO_SELLER = template("it does not say who the seller is, by a number or a name")
NO_TOTAL = template("it states no amount to be paid (PayableAmount)")
NO_CURRENCY = template("it states no currency (DocumentCurrencyCode)")
OTHER_CURRENCY = template(
    "{label} is in {other}, the document in {currency}: ask its sender for one with all totals in {currency}"
)
TOTALS_DISAGREE = template(
    "its totals do not agree: {inclusive} less {prepaid} paid in advance is not {payable}; ask its sender "
    "for a correct one",
    inclusive=AMOUNT,
    prepaid=AMOUNT,
    payable=AMOUNT,
)
NEGATIVE_CREDIT = template(
    "it is a credit note over a negative amount ({amount}), which may be meant as a credit or as a debt: ask "
    "its sender, and load it by hand",
    amount=AMOUNT,
)
UNKNOWN_TYPE = template(
    "its type '{code}' is not one of the codes for invoices and credit notes (UNTDID 1001)"
)
PRO_FORMA = template("it is a pro forma invoice (type 325), which nobody owes: load the invoice itself")
CUSTOMS = template("it is a customs invoice (type 935), which nobody owes: load the invoice itself")
SAME_NUMBER = template(
    "the books have another document with number {number}, of the other sign: give one of the two a number "
    "of its own, and load it again"
)
OTHER_CONTENT = template(
    "number {number} stands with other content in {file}: leave out the one that does not count, and load "
    "the other again"
)

# What was read into a document.
CARRIED_OVER = template(
    "{number}: asks {amount} more than its own total, as for a balance carried over; it counts for its own "
    "total.",
    amount=AMOUNT,
)
PAYABLE_DIFFERS = template(
    "{number}: {payable} is to be paid, though its total with VAT is {inclusive}; it counts for what is to "
    "be paid.",
    payable=AMOUNT,
    inclusive=AMOUNT,
)
VAT_UNCLEAR = template("{number}: its VAT does not agree with its totals and was left out.")
CORRECTION = template(
    "{number}: corrects {original}, and both count: if it takes the place of {original}, cancel that one."
)
SEVERAL_ORIGINALS = template("{number}: refers to {count} invoices; none of them was noted.", count=NUMBER)
SEVERAL_DATES = template(
    "{number}: has several due dates without amounts that make its total; it falls due on the last one, "
    "{day}.",
    day=DAY,
)
SEVERAL_DISCOUNTS = template(
    "{number}: grants several early-payment discounts; the longest was noted, {percent}% within {days} days."
)
DISCOUNT_OF_A_PART = template(
    "{number}: grants an early-payment discount on a part of its total, which was not noted."
)
BILL_IN_PARTS = template(
    "{number}: is to be paid in {count} parts; the whole is planned on the first day, {day}.",
    count=NUMBER,
    day=DAY,
)
BILL_WITHOUT_TERM = template(
    "{number}: names no due date; it is planned 30 days after its date, the legal term."
)
NUMBER_TWICE = template("{number}: another document has this number too; this one is kept as {own}.")

# A file.
NO_DOCUMENT = template("{name}: holds no invoice or credit note in UBL; load the invoice itself.")
OTHER_DOCUMENT = template(
    "{name}: is a UBL document of kind {kind}, no invoice or credit note; leave it out."
)
OTHER_FORMAT = template(
    "{name}: is an invoice as {format}, and invoices are read as UBL; ask its sender for UBL (Peppol)."
)

# Whose invoice it is.
NO_IDENTIFIER = template(
    "{name}: set the VAT number, chamber of commerce number or IBAN of the company on the Settings screen "
    "(company_vat_id, company_kvk, company_iban) first; without it nobody can tell whether an e-invoice is a "
    "sale or a bill."
)
NEITHER_PARTY = template(
    "{name}: neither the seller ({seller}) nor the buyer ({buyer}) is this company; correct its VAT number, "
    "chamber of commerce number or IBAN on the Settings screen, or leave the file out."
)
BOTH_PARTIES = template(
    "{name}: seller and buyer are both this company ({seller}, {buyer}); load it as a row of invoices.csv or "
    "bills.csv, or leave it out."
)
SEVERAL_ENTITIES = template(
    "{name}: may be of several administrations ({names}); set a chamber of commerce number or IBAN of its "
    "own for each on the Settings screen."
)
MIXED_DIRECTIONS = template("{name}: holds sales and bills together; load them as files of their own.")
