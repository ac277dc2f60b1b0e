"""The columns of exports of banks and of settlement files of payment providers, which only presets read.

No cell by itself must be filled: a file may say the same in more than one way, and what a row lacks then is
told by a rule (`rules.py`).
"""

from data.grains import Grain
from data.grains.balances import PAYMENT_KINDS
from data.grains.grain import optional

DESCRIPTIONS = tuple(f"description{number}" for number in ("", "_2", "_3", "_4", "_5", "_6"))
"""What a bank says of an entry may stand in several columns: they are joined in this order."""
OWN = "own"
BANK_STATES = ("booked", "pending", "void")
BANK_SIDES = ("debit", "credit", OWN)
FEE_COLUMNS = ("fee", "fee_2", "fee_3", "fee_4")
LINE_NUMBERS = ("line_id", "line_id_2")

BANK_LIST = Grain(
    "bank_list",
    "bank_entry",
    "ledger",
    (
        optional("account", "id"),
        optional("currency", "currency"),
        optional("entry_date", "date"),
        optional("value_date", "date"),
        optional("amount", "money"),
        optional("debit", "money"),
        optional("credit", "money"),
        optional("side", "choice", BANK_SIDES),
        optional("state", "choice", BANK_STATES),
        optional("fee", "money"),
        optional("balance", "money"),
        optional("balance_before", "money"),
        optional("counterparty", "text"),
        optional("counterparty_account", "id"),
        *(optional(name, "text") for name in DESCRIPTIONS),
        optional("reference", "id"),
        optional("end_to_end_id", "id"),
        optional("bank_reference", "id"),
        optional("bank_code", "id"),
        optional("return_reason", "id"),
        # Of a row on the credit side, where it has other columns for that.
        optional("credit_currency", "currency"),
        optional("credit_counterparty", "text"),
        # What the line above the rows says.
        optional("closing", "money"),
        optional("closing_date", "date"),
    ),
    ("account", "entry_date"),
    "amount",
    "One row per entry on an account, as a bank exports them; only presets read it.",
)

SETTLEMENT_LIST = Grain(
    "settlement_list",
    "provider_payment",
    "ledger",
    (
        optional("provider", "id"),
        *(optional(name, "id") for name in LINE_NUMBERS),
        optional("payout_id", "id"),
        # Of a payout, whose own number stands in another column than that with which it is paid out.
        optional("payout_source", "id"),
        optional("payout_date", "date"),
        optional("kind", "choice", PAYMENT_KINDS),
        optional("state", "choice", BANK_STATES),
        optional("state_2", "choice", BANK_STATES),
        optional("created_date", "date"),
        optional("currency", "currency"),
        optional("gross", "money"),
        optional("gross_debit", "money"),
        optional("gross_credit", "money"),
        optional("gross_currency", "currency"),
        *(optional(name, "money") for name in FEE_COLUMNS),
        optional("net", "money"),
        optional("net_debit", "money"),
        optional("net_credit", "money"),
        optional("refunded", "money"),
        optional("customer", "text"),
        optional("reference", "text"),
        optional("invoice_number", "text"),
        optional("order_number", "text"),
    ),
    ("provider", "line_id"),
    "net",
    "One row per movement on the balance at a payment provider; only presets read it.",
)

BANK_NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "bank_entries": (
        ("account",),
        ("entry_date",),
        ("amount", "debit", "credit"),
        ("counterparty", *DESCRIPTIONS),
    ),
    "provider_settlement": (
        ("provider",),
        ("created_date",),
        ("gross", "gross_debit", "net", "net_debit"),
    ),
}
"""Shape of a list -> of each of these sets of columns it must have one."""
