"""What banks and the general ledger say: balances, the entries between them, turnover."""

from data.grains.grain import Column, Grain, optional

BALANCES: tuple[Grain, ...] = (
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
        "End-of-day balance per account.",
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
            Column("amount", "money", meaning="below 0 for money out; 0.00 takes the entry back"),
            optional("counterparty", "text"),
            optional("description", "text"),
        ),
        ("account", "entry_id"),
        "amount",
        (
            "The movements on an account. Entries after the latest balance of an account bring it up to "
            "date; entries of an account without any balance give no balance."
        ),
        withdrawn_by="zero",
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
        (
            "The receivables according to the general ledger, for the tie-out. Each balance is compared with "
            "the receivables of its own day, per entity and currency, also a day after the last document; "
            "`check` ends with 1 when one differs."
        ),
    ),
    Grain(
        "turnover",
        "turnover",
        "ledger",
        (
            Column("from_date", "date", meaning="first day, as a rule of a month"),
            Column("to_date", "date", meaning="last day"),
            Column("entity", "text", may_be_empty=True),
            Column("currency", "currency"),
            Column(
                "amount",
                "money",
                meaning="invoices less credit notes, VAT included, below 0 where more was credited",
            ),
            optional(
                "part",
                "id",
                meaning=(
                    "tells batches of bookings of the same days apart, which add up; empty where one row "
                    "states it all"
                ),
            ),
        ),
        ("from_date", "to_date", "entity", "currency", "part"),
        "amount",
        (
            "What was invoiced to customers according to the general ledger: what its sales debit to the "
            "receivables, less what they credit. Audit files (XAF, SAF-T, SIE, DATEV) give it per month. "
            "Each row is compared with the invoices and credit notes dated within its days, per entity and "
            "currency; `check` names what differs and ends with 0 all the same."
        ),
    ),
)
