"""What an entry is by what the bank says of it, before any invoice is looked at."""

import re

from data.bank.books import BankEntry
from data.bank.names import name_words, plain
from data.bank.payers import compact_account

_PROVIDERS = {
    "MOLLIE": "Mollie", "STRIPE": "Stripe", "PAYPAL": "PayPal", "ADYEN": "Adyen", "BUCKAROO": "Buckaroo",
    "MULTISAFEPAY": "MultiSafepay", "KLARNA": "Klarna", "SUMUP": "SumUp", "ZETTLE": "Zettle",
    "IZETTLE": "Zettle", "WORLDLINE": "Worldline", "CCV": "CCV", "GOCARDLESS": "GoCardless",
    "CHECKOUTCOM": "Checkout.com", "WORLDPAY": "Worldpay", "PAYNL": "Pay.nl", "OGONE": "Ogone",
    "INGENICO": "Ingenico", "BILLINK": "Billink", "RIVERTY": "Riverty", "AFTERPAY": "AfterPay", "SHOPIFY":
    "Shopify",
    "TIKKIE": "Tikkie", "PAYONE": "Payone", "NEXI": "Nexi", "SQUAREUP": "Square", "BRAINTREE": "Braintree",
}  # fmt: skip
_RETURN = re.compile(
    r"\b(?:STORNO\w*|STORNERING|TERUGBOEKING|TERUGGEBOEKT\w*|GESTORNEERD\w*|"
    r"RETOUR ?(?:INCASSO|BETALING|SEPA)?|"
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
    r"\b(?:BELASTINGDIENST|BELASTINGEN|BELASTINGSAMENWERKING|FINANZAMT|FINANZKASSE|BUNDESKASSE|"
    r"LANDESHAUPTKASSE|HMRC|HM REVENUE|FOD FINANCIEN|SPF FINANCES|RSZ|ONSS|URSSAF|DGFIP|DRFIP|DDFIP|"
    r"TRESOR PUBLIC|DIRECTION GENERALE DES FINANCES|AGENCIA TRIBUTARIA|AGENZIA DELLE ENTRATE|SKATTEVERKET|"
    r"SKATTEETATEN|TAX (?:OFFICE|AUTHORITY)|REVENUE COMMISSIONERS|TOESLAGEN)\b"
)
_TAX_ACCOUNTS = frozenset({"NL86INGB0002445588"})
"""The account of the Dutch tax authority for business taxes."""
_TAX_CODES = frozenset({"TAXS", "VATX", "INTX", "ESTX", "HLTX", "WHLD", "RDTX"})
_SALARY_CODES = frozenset({"SALA", "PAYR", "PENS", "BONU", "SSBE", "BENE"})
_PURPOSE = re.compile(r"(?:/PURP/(?:CD/)?|\bPURP(?:OSE)?(?: CODE)?[ :/]{1,3})([A-Z]{4})\b")
_SALARY = re.compile(
    r"\b(?:LOON|LONEN|SALARIS(?:SEN|BETALING)?|NETTOLOON|VAKANTIEGELD|GEHALT|GEHAELTER|LOHN(?:ZAHLUNG)?|"
    r"LOEHNE|SALAIRES?|TRAITEMENT MENSUEL|SALARY|SALARIES|WAGES|PAYROLL|PENSIOEN)\b"
)


def is_transfer(entry: BankEntry, own_accounts: frozenset[str]) -> bool:
    """Tell whether the other account is one of our own.

    Args:
        entry: an entry.
        own_accounts: in capitals, without spaces.
    """
    other = compact_account(entry.counterparty_account)
    return other in own_accounts and other != ""


def is_refusal(entry: BankEntry) -> bool:
    """Tell whether the bank says by a code that a payment came back."""
    return bool(entry.return_reason or _RETURN_CODES.search(entry.bank_code.upper()))


def is_return(entry: BankEntry) -> bool:
    """Tell whether code or text say that a payment came back."""
    return is_refusal(entry) or _RETURN.search(plain(entry.description)) is not None


def is_bank_charge(entry: BankEntry) -> bool:
    """Tell whether the bank itself charges this: by its code, or in words with no other party than a bank."""
    if entry.amount >= 0:
        return False
    if _CHARGE_CODES.search(entry.bank_code.upper()):
        return True
    is_of_bank = not entry.counterparty or _BANKS.search(plain(entry.counterparty)) is not None
    words = plain(f"{entry.description} {entry.counterparty}")
    return is_of_bank and not entry.counterparty_account and _CHARGE.search(words) is not None


def is_tax(entry: BankEntry) -> bool:
    """Tell whether the other party is the tax authority, or the bank's code says tax."""
    if compact_account(entry.counterparty_account) in _TAX_ACCOUNTS or _codes(entry) & _TAX_CODES:
        return True
    return _TAX.search(plain(entry.counterparty)) is not None


def is_salary(entry: BankEntry) -> bool:
    """Tell whether the bank's code says salary, pension or a benefit, or the text of money out does."""
    if _codes(entry) & _SALARY_CODES:
        return True
    return entry.amount < 0 and _SALARY.search(plain(entry.description)) is not None


def _codes(entry: BankEntry) -> set[str]:
    """Return the codes of ISO 20022 that say what a payment is for."""
    codes = set(re.split(r"[^A-Z0-9]+", entry.bank_code.upper()))
    return codes | set(_PURPOSE.findall(plain(entry.description)))


def payment_provider(entry: BankEntry) -> str | None:
    """Return the payment provider that the other party is, null if it is none."""
    words = name_words(entry.counterparty)
    for word in (*words, "".join(words[:2])):
        if word in _PROVIDERS:
            return _PROVIDERS[word]
    return None
