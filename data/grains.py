"""The kinds of rows Kasstroom takes in, one declaration each: columns, types, keys.

Importers parse into these columns, the store keeps them, and the tests hold the two together.
The native CSV file of a grain is named after it (`invoices` -> `invoices.csv`).
"""

from dataclasses import dataclass
from typing import Literal

ColumnType = Literal["id", "text", "date", "money", "integer", "number", "currency", "choice"]


@dataclass(frozen=True)
class Column:
    """One column of a grain.

    Attributes:
        name: header in the native CSV and column in the store.
        type: how the text is parsed; `money` is DECIMAL(18,2), `number` DECIMAL(18,10).
        needed: the header must have it.
        may_be_empty: an empty cell is accepted and stored as null (ids of optional things, as null too).
        choices: the words a `choice` column takes.
    """

    name: str
    type: ColumnType
    needed: bool = True
    may_be_empty: bool = False
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Grain:
    """One kind of row.

    Attributes:
        name: name of the native file, without `.csv`.
        table: table in the store.
        database: `ledger` (what the books say) or `journal` (what people know and decide).
        key: columns that identify a row; the same key later is a newer version.
        total: money column summed as the control total, or None.
    """

    name: str
    table: str
    database: Literal["ledger", "journal"]
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    total: str | None

    def column(self, name: str) -> Column:
        """Return the column of that name; KeyError if the grain has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def _optional(name: str, kind: ColumnType, choices: tuple[str, ...] = ()) -> Column:
    return Column(name, kind, needed=False, may_be_empty=True, choices=choices)


CUSTOMER_TYPES = ("business", "consumer", "public")
INVOICE_TYPES = ("invoice", "credit_note")
SETTLEMENT_KINDS = ("payment", "credit", "write_off", "reversal")
STEP_DAYS = (
    "step_pre_due_days", "step_friendly_days", "step_formal_days", "step_final_days", "step_hand_over_days",
    "contact_gap_days",
)  # fmt: skip
COMPANY = ("company_name", "company_email", "company_phone", "company_iban", "payment_link")
COMPANY_SIZES = ("small", "medium", "large")
VAT_PERIODS = ("month", "quarter")
TERMS = ("company_size", "large_size_classes", "vat_period")
SETTINGS = ("reporting_currency", "minimum_cash", "credit_line", *STEP_DAYS, *COMPANY, *TERMS)
CASE_STATES = ("open", "paid", "partly_paid", "withdrawn", "uncollectable")
RUN_PARTS = ("weeks", "invoices", "payments")
# A contact may be of any kind; these are the ones the worklist and claims know.
CONTACT_KINDS = (
    "pre_due_reminder", "friendly_reminder", "formal_reminder", "final_demand", "notice_14_days", "hand_over",
    "call", "reply", "question",
)  # fmt: skip
REPEATS = ("none", "weekly", "monthly", "quarterly", "yearly")

GRAINS: tuple[Grain, ...] = (
    Grain(
        "customers",
        "customer",
        "ledger",
        (
            Column("customer_id", "id"),
            Column("customer_name", "text"),
            Column("segment", "text", may_be_empty=True),
            Column("country", "text", may_be_empty=True),
            Column("payment_terms_days", "integer", may_be_empty=True),
            Column("credit_limit", "money", may_be_empty=True),
            _optional("customer_type", "choice", CUSTOMER_TYPES),
            _optional("size_class", "text"),
            _optional("email", "text"),
            _optional("account_manager", "text"),
            _optional("language", "text"),
            _optional("preferred_method", "text"),
            _optional("contract_interest_percent", "number"),
        ),
        ("customer_id",),
        None,
    ),
    Grain(
        "invoices",
        "invoice",
        "ledger",
        (
            Column("invoice_id", "id"),
            Column("customer_id", "id"),
            Column("invoice_type", "choice", choices=INVOICE_TYPES),
            Column("invoice_date", "date"),
            Column("due_date", "date", may_be_empty=True),
            Column("currency", "currency"),
            Column("amount", "money"),
            _optional("vat_amount", "money"),
            _optional("po_number", "text"),
            _optional("entity", "text"),
            _optional("terms_days", "integer"),
            _optional("discount_percent", "number"),
            _optional("discount_days", "integer"),
            _optional("original_invoice_id", "id"),
            _optional("cancelled_date", "date"),
        ),
        ("invoice_id",),
        "amount",
    ),
    Grain(
        "payments",
        "settlement",
        "ledger",
        (
            Column("payment_id", "id"),
            Column("customer_id", "id"),
            Column("invoice_id", "id", may_be_empty=True),
            Column("payment_date", "date"),
            Column("currency", "currency"),
            Column("amount", "money"),
            _optional("kind", "choice", SETTLEMENT_KINDS),
            _optional("entity", "text"),
        ),
        ("payment_id", "invoice_id"),
        "amount",
    ),
    Grain(
        "instalments",
        "instalment",
        "ledger",
        (
            Column("invoice_id", "id"),
            Column("due_date", "date"),
            Column("amount", "money"),
            _optional("part", "id"),
        ),
        ("invoice_id", "due_date", "part"),
        "amount",
    ),
    Grain(
        "bank_balances",
        "bank_balance",
        "ledger",
        (
            Column("account", "id"),
            Column("currency", "currency"),
            Column("balance_date", "date"),
            Column("balance", "money"),
        ),
        ("account", "currency", "balance_date"),
        "balance",
    ),
    Grain(
        "bank_entries",
        "bank_entry",
        "ledger",
        (
            Column("entry_id", "id"),
            Column("account", "id"),
            Column("currency", "currency"),
            Column("entry_date", "date"),
            Column("amount", "money"),
            _optional("counterparty", "text"),
            _optional("description", "text"),
        ),
        ("account", "entry_id"),
        "amount",
    ),
    Grain(
        "ledger_balances",
        "ledger_balance",
        "ledger",
        (
            Column("balance_date", "date"),
            Column("entity", "text", may_be_empty=True),
            Column("currency", "currency"),
            Column("balance", "money"),
        ),
        ("balance_date", "entity", "currency"),
        "balance",
    ),
    Grain(
        "bills",
        "bill",
        "ledger",
        (
            Column("bill_id", "id"),
            Column("supplier", "text"),
            Column("bill_date", "date"),
            Column("due_date", "date"),
            Column("currency", "currency"),
            Column("amount", "money"),
            Column("paid_date", "date", may_be_empty=True),
        ),
        ("bill_id",),
        "amount",
    ),
    Grain(
        "fx_rates",
        "fx_rate",
        "ledger",
        (Column("rate_date", "date"), Column("currency", "currency"), Column("rate", "number")),
        ("rate_date", "currency"),
        None,
    ),
    Grain(
        "planned_cash",
        "planned_cash",
        "journal",
        (
            Column("line_id", "id"),
            Column("label", "text"),
            Column("category", "text"),
            Column("amount", "money"),
            Column("first_date", "date"),
            Column("repeat", "choice", choices=REPEATS),
            Column("until", "date", may_be_empty=True),
        ),
        ("line_id",),
        "amount",
    ),
    Grain(
        "billing_plan",
        "billing_plan",
        "journal",
        (
            Column("week_start", "date"),
            Column("segment", "text", may_be_empty=True),
            Column("amount", "money", may_be_empty=True),
        ),
        ("week_start", "segment"),
        "amount",
    ),
    Grain(
        "disputes",
        "dispute",
        "journal",
        (
            Column("invoice_id", "id"),
            Column("opened_date", "date"),
            Column("closed_date", "date", may_be_empty=True),
            Column("reason", "text", may_be_empty=True),
            Column("amount", "money"),
        ),
        ("invoice_id", "opened_date"),
        "amount",
    ),
    Grain(
        "contacts",
        "contact",
        "journal",
        (
            Column("customer_id", "id"),
            Column("invoice_id", "id", may_be_empty=True),
            Column("contact_date", "date"),
            Column("channel", "text"),
            Column("direction", "choice", choices=("out", "in")),
            Column("kind", "text"),
        ),
        ("customer_id", "invoice_id", "contact_date", "channel", "direction", "kind"),
        None,
    ),
    Grain(
        "promises",
        "promise",
        "journal",
        (
            Column("invoice_id", "id"),
            Column("made_date", "date"),
            Column("promised_date", "date"),
            Column("amount", "money"),
        ),
        ("invoice_id", "made_date"),
        "amount",
    ),
    Grain(
        "notes",
        "note",
        "journal",
        (
            Column("customer_id", "id"),
            Column("invoice_id", "id", may_be_empty=True),
            Column("noted_date", "date"),
            Column("text", "text"),
        ),
        ("customer_id", "invoice_id", "noted_date", "text"),
        None,
    ),
    Grain(
        "collection_cases",
        "collection_case",
        "journal",
        (
            Column("case_id", "id"),
            Column("customer_id", "id"),
            Column("agency", "text"),
            Column("opened_date", "date"),
            Column("status", "choice", choices=CASE_STATES),
            Column("closed_date", "date", may_be_empty=True),
            _optional("claimed", "money"),
            _optional("recovered", "money"),
            _optional("cost", "money"),
        ),
        ("case_id",),
        "claimed",
    ),
    Grain(
        "signals",
        "signal",
        "journal",
        (
            Column("rule", "id"),
            Column("customer_id", "id"),
            Column("raised_date", "date"),
            Column("since_date", "date"),
            Column("value", "number"),
            Column("limit_value", "number"),
            Column("invoices", "text", may_be_empty=True),
            Column("cleared_date", "date", may_be_empty=True),
        ),
        ("rule", "customer_id", "since_date"),
        None,
    ),
    Grain(
        "mutes",
        "mute",
        "journal",
        (
            Column("rule", "id", may_be_empty=True),
            Column("customer_id", "id"),
            Column("muted_date", "date"),
            Column("until", "date"),
            Column("reason", "text"),
        ),
        ("rule", "customer_id", "muted_date"),
        None,
    ),
    Grain(
        "payment_plans",
        "payment_plan",
        "journal",
        (
            Column("invoice_id", "id"),
            Column("agreed_date", "date"),
            Column("due_date", "date"),
            Column("amount", "money"),
        ),
        ("invoice_id", "agreed_date", "due_date"),
        "amount",
    ),
    Grain(
        "expected_dates",
        "expected_date",
        "journal",
        (
            Column("invoice_id", "id"),
            Column("noted_date", "date"),
            Column("expected_date", "date", may_be_empty=True),
            _optional("reason", "text"),
        ),
        ("invoice_id", "noted_date"),
        None,
    ),
    Grain(
        "forecast_runs",
        "forecast_run",
        "journal",
        (
            Column("as_of", "date"),
            Column("part", "choice", choices=RUN_PARTS),
            Column("currency", "currency"),
            Column("row_count", "integer"),
            Column("file_hash", "id"),
        ),
        ("as_of", "part"),
        None,
    ),
    Grain(
        "scenarios",
        "scenario",
        "journal",
        (Column("name", "id"), Column("toml", "text", may_be_empty=True)),
        ("name",),
        None,
    ),
    Grain(
        "settings",
        "setting",
        "journal",
        (Column("key", "choice", choices=SETTINGS), Column("value", "text", may_be_empty=True)),
        ("key",),
        None,
    ),
)

BY_NAME: dict[str, Grain] = {grain.name: grain for grain in GRAINS}
