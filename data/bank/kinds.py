"""What an entry is by what the bank says of it, before any invoice is looked at."""

import re

from data.bank.books import Entry
from data.bank.names import name_words, plain
from data.bank.payers import compact_account

_PROVIDERS = {
    "MOLLIE": "Mollie", "STRIPE": "Stripe", "PAYPAL": "PayPal", "ADYEN": "Adyen", "BUCKAROO": "Buckaroo",
    "MULTISAFEPAY": "MultiSafepay", "KLARNA": "Klarna", "SUMUP": "SumUp", "ZETTLE": "Zettle",
    "IZETTLE": "Zettle", "WORLDLINE": "Worldline", "CCV": "CCV", "GOCARDLESS": "GoCardless",
    "CHECKOUTCOM": "Checkout.com", "WORLDPAY": "Worldpay", "PAYNL": "Pay.nl", "OGONE": "Ogone",
    "INGENICO": "Ingenico", "BILLINK": "Billink", "RIVERTY": "Riverty", "AFTERPAY": "AfterPay", "SHOPIFY": "Shopify",
    "TIKKIE": "Tikkie", "PAYONE": "Payone", "NEXI": "Nexi", "SQUAREUP": "Square", "BRAINTREE": "Braintree",
}  # fmt: skip
_RETURN = re.compile(
    r"\b(?:STORNO\w*|STORNERING|TERUGBOEKING|TERUGGEBOEKT\w*|GESTORNEERD\w*|RETOUR ?(?:INCASSO|BETALING|SEPA)?|"
    r"RETURNED|R-?TRANSACTI\w*|REJECTED|REJECT|UNPAID|CHARGEBACK|RUECKLASTSCHRIFT|RUCKLASTSCHRIFT|RETOURE|"
    r"REJET|IMPAYE|ONUITGEVOERD\w*|NIET UITGEVOERD\w*|NIET GEIND)\b"
)
_RETURN_CODES = re.compile(r"\b(?:UPDD|RRTN|RPCR|RRCT|UPCT|PRDD|ARET|N?RTI|RTN)\b")
_CHARGE = re.compile(
    r"\b(?:BANKKOSTEN|KOSTEN|TRANSACTIEKOSTEN|PROVISIE|TARIEF|TARIEVEN|ABONNEMENTSKOSTEN|CHARGES?|FEES?|"
    r"COMMISSION|SPESEN|ENTGELT\w*|KONTOFUEHRUNG\w*|FRAIS|DEBETRENTE|AFSLUITPROVISIE|BETAALPAKKET)\b"
)
_CHARGE_CODES = re.compile(r"\b(?:CHRG|COMM|FEES|N?CHG|FCHG|TAFE|COMI)\b")
_BANKS = re.compile(
    r"\b(?:BANK|ING|RABOBANK|ABN ?AMRO|TRIODOS|KNAB|BUNQ|SNS|ASN|REGIOBANK|KBC|BELFIUS|BNP|FORTIS|ARGENTA|"
    r"COMMERZBANK|SPARKASSE|REVOLUT|WISE|N26|VAN LANSCHOT)\b"
)
_TAX = re.compile(
    r"\b(?:BELASTINGDIENST|BELASTINGEN|FINANZAMT|HMRC|FOD FINANCIEN|SPF FINANCES|TAX (?:OFFICE|AUTHORITY)|"
    r"TOESLAGEN)\b"
)


def is_transfer(entry: Entry, own_accounts: frozenset[str]) -> bool:
    """Tell whether the other account is one of our own.

    Args:
        entry: an entry.
        own_accounts: in capitals, without spaces.
    """
    other = compact_account(entry.counterparty_account)
    return other in own_accounts and other != ""


def is_refusal(entry: Entry) -> bool:
    """Tell whether the bank says by a code that a payment came back."""
    return bool(entry.return_reason or _RETURN_CODES.search(entry.bank_code.upper()))


def is_return(entry: Entry) -> bool:
    """Tell whether code or text say that a payment came back."""
    return is_refusal(entry) or _RETURN.search(plain(entry.description)) is not None


def is_bank_charge(entry: Entry) -> bool:
    """Tell whether the bank itself charges this: by its code, or in words with no other party than a bank."""
    if entry.amount >= 0:
        return False
    if _CHARGE_CODES.search(entry.bank_code.upper()):
        return True
    is_of_bank = not entry.counterparty or _BANKS.search(plain(entry.counterparty)) is not None
    words = plain(f"{entry.description} {entry.counterparty}")
    return is_of_bank and not entry.counterparty_account and _CHARGE.search(words) is not None


def is_tax(entry: Entry) -> bool:
    """Tell whether the other party is the tax authority."""
    return _TAX.search(plain(entry.counterparty)) is not None


def payment_provider(entry: Entry) -> str | None:
    """Return the payment provider that the other party is, null if it is none."""
    words = name_words(entry.counterparty)
    for word in (*words, "".join(words[:2])):
        if word in _PROVIDERS:
            return _PROVIDERS[word]
    return None
