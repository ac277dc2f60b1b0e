"""What banks and the general ledger say: balances, the entries between them, turnover."""

from data.grains.grain import Column, Grain, optional

# What statements come as, the one that tells most of an entry first.
FORMS = ("camt", "coda", "mt940", "csv")
# What moves the balance at a payment provider.
PAYMENT_KINDS = ("charge", "refund", "fee", "chargeback", "payout", "adjustment")
# What a run of ours does: it collects from customers, or pays suppliers.
RUN_KINDS = ("collection", "payment")
# What a row holds of a statement that a bank gives in pages.
STATEMENT_PARTS = ("first", "middle", "last")
# Whether a file that a bank gave counts.
REVERSAL_STATES = ("taken_back", "taken_in")


def _page(name: str, meaning: str) -> Column:
    return Column(name, "integer", needed=False, may_be_empty=True, meaning=meaning, most=999_999_999)


BALANCES: tuple[Grain, ...] = (
    Grain(
        "bank_balances",
        "bank_balance",
        "ledger",
        (
            Column("account", "id"),
            Column("currency", "currency"),
            Column("balance_date", "date"),
            Column(
                "balance", "money", may_be_empty=True, meaning="empty: there is none of that day any more"
            ),
        ),
        ("account", "currency", "balance_date"),
        "balance",
        "End-of-day balance per account.",
        withdrawn_by="empty",
        withdrawn_in="balance",
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
            optional("counterparty_account", "id", meaning="IBAN or number of the other account"),
            optional("value_date", "date", meaning="from when it bears interest"),
            optional("reference", "id", meaning="structured payment reference (RF, betalingskenmerk, OGM)"),
            optional("end_to_end_id", "id", meaning="what the payer called the payment"),
            optional("bank_reference", "id", meaning="what the bank calls the entry"),
            optional("bank_code", "id", meaning="what kind of entry it is, in the bank's code"),
            optional("return_reason", "id", meaning="code of why a payment came back; empty: it did not"),
            optional("batch_entry", "id", meaning="the booked line that this is a part of"),
            optional("batch_amount", "money", meaning="amount of that line"),
            optional(
                "form",
                "choice",
                FORMS,
                meaning="of what form the statement was; empty: typed, or from the bookkeeping",
            ),
        ),
        ("account", "entry_id"),
        "amount",
        (
            "The movements on an account. Entries after the latest balance of an account bring it up to "
            "date; entries of an account without any balance give no balance. Of a day that came in several "
            "forms those of the fullest one count."
        ),
        withdrawn_by="zero",
    ),
    Grain(
        "bank_statements",
        "bank_statement",
        "ledger",
        (
            Column("statement_id", "id"),
            Column("account", "id"),
            Column("currency", "currency"),
            optional("number", "text", meaning="as the bank numbers it"),
            optional("from_date", "date", meaning="day of the opening balance, or of the first entry"),
            Column("to_date", "date", meaning="day of the closing balance, or of the last entry"),
            optional("opening", "money", meaning="empty where the statement does not say"),
            optional("closing", "money", meaning="empty where the statement does not say"),
            Column(
                "entries",
                "integer",
                may_be_empty=True,
                meaning=(
                    "lines booked, before a batch is split into its parts; empty: there is no such "
                    "statement any more"
                ),
                most=999_999_999,
            ),
            Column("credits", "money", meaning="what came in, above 0"),
            Column("debits", "money", meaning="what went out, above 0"),
            optional(
                "part",
                "choice",
                STATEMENT_PARTS,
                meaning="which pages of its statement it holds; empty: all of them",
            ),
            _page("first_page", "number of the first page it holds; empty where it has none"),
            _page("last_page", "number of the last page it holds"),
        ),
        ("account", "currency", "statement_id"),
        None,
        (
            "The statements of an account, as the bank made them up: opening, entries, closing. One of which "
            "the opening and the entries do not come to the closing is taken in and named by `check`, and so "
            "is a gap between two that follow each other. Pages of one statement that came in several files "
            "are one."
        ),
        withdrawn_by="empty",
        withdrawn_in="entries",
    ),
    Grain(
        "provider_payments",
        "provider_payment",
        "ledger",
        (
            Column("provider", "id", meaning="such as `Stripe`"),
            Column("line_id", "id", meaning="what the provider calls the line"),
            optional("payout_id", "id", meaning="with which it is paid out; empty: not yet, or not known"),
            optional("payout_date", "date"),
            Column("kind", "choice", choices=PAYMENT_KINDS),
            Column("created_date", "date"),
            Column("currency", "currency"),
            Column("gross", "money", meaning="as it moves the balance: below 0 for a refund or a payout"),
            Column("fee", "money", meaning="likewise: below 0 where the provider charges it"),
            Column(
                "net",
                "money",
                may_be_empty=True,
                meaning=(
                    "gross and fee together; 0.00 beside 0.00 moves nothing; empty: there is no such line "
                    "any more"
                ),
            ),
            optional("customer", "text"),
            optional("reference", "text", meaning="what the file says of it"),
            optional("invoice_number", "text"),
            optional("order_number", "text"),
        ),
        ("provider", "line_id"),
        "net",
        (
            "The movements on the balance at a payment provider: what customers paid, fees, refunds, "
            "chargebacks, and the payouts to the bank. A payout that its lines do not come to is taken in "
            "and named by `check`."
        ),
        withdrawn_by="empty",
        withdrawn_in="net",
    ),
    Grain(
        "bank_load_reversals",
        "bank_load_reversal",
        "ledger",
        (
            Column("loaded_at", "id", meaning="instant of a batch in UTC, as `batches` gives it"),
            Column("state", "choice", choices=REVERSAL_STATES),
        ),
        ("loaded_at",),
        None,
        (
            "Which files of a bank somebody took back as a whole, or took in again after that; the Bank "
            "screen writes it, with the entries, statements and balances that follow."
        ),
    ),
    Grain(
        "run_payments",
        "run_payment",
        "ledger",
        (
            Column("run_id", "id", meaning="of the collection or payment run"),
            Column("line_id", "id", meaning="of the payment in it"),
            Column("kind", "choice", choices=RUN_KINDS),
            Column("account", "id", meaning="ours"),
            Column("currency", "currency"),
            Column("run_date", "date", meaning="day on which the bank is asked to do it"),
            Column("amount", "money", meaning="above 0, also where it is paid"),
            optional("run_reference", "id", meaning="what we called the run (`PmtInfId`)"),
            optional("message_id", "id", meaning="what we called the file it went to the bank in (`MsgId`)"),
            optional("counterparty", "text"),
            optional("description", "text"),
            optional("counterparty_account", "id", meaning="IBAN or number of the other account"),
            optional("reference", "id", meaning="structured payment reference (RF, betalingskenmerk, OGM)"),
            optional("end_to_end_id", "id", meaning="what we called the payment"),
            optional("mandate_id", "id", meaning="mandate of a collection"),
        ),
        ("run_id", "line_id"),
        "amount",
        (
            "The payments of our own collections (pain.008) and payment runs (pain.001), as they went to the "
            "bank. They move no money: they tell of what parts an entry is that a bank books as one sum."
        ),
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
