"""What the books say: customers, documents, payments, balances, rates."""

from data.grains.balances import BALANCES
from data.grains.choices import (
    CONTRACT_INTEREST_KINDS,
    CUSTOMER_TYPES,
    INVOICE_TYPES,
    SETTLEMENT_KINDS,
    YES_NO,
)
from data.grains.grain import Column, Grain, optional

LEDGER: tuple[Grain, ...] = (
    Grain(
        "customers",
        "customer",
        "ledger",
        (
            Column("customer_id", "id"),
            Column("customer_name", "text", stored_as="varchar"),
            Column("segment", "text", may_be_empty=True),
            Column("country", "text", may_be_empty=True),
            Column(
                "payment_terms_days", "integer", may_be_empty=True, meaning="empty: 30 days, the legal term"
            ),
            Column("credit_limit", "money", may_be_empty=True),
            optional(
                "payment_terms",
                "text",
                meaning=(
                    "as books write them, in place of days: `30` days; `eom+30`, 30 days after the end of "
                    "the month of the invoice date (`eom`: its end); `30+eom`, the end of the month 30 days "
                    "later; `15-next`, day 15 of the next month; instalments, with spaces between them: "
                    "`30%@14 30%@eom rest@eom+30`. Percentages have at most two decimals and add up to 100, "
                    "or the last is `rest`; the last takes what rounding leaves"
                ),
            ),
            optional("customer_type", "choice", CUSTOMER_TYPES, meaning="empty: business"),
            optional("size_class", "text"),
            optional("email", "text"),
            optional("phone", "text"),
            optional("contact_name", "text", meaning="whom to ask for"),
            optional("contact_function", "text"),
            optional("street", "text", meaning="with its number"),
            optional("postcode", "text"),
            optional("city", "text"),
            optional("account_manager", "text"),
            optional("language", "text"),
            optional("preferred_method", "text"),
            optional(
                "contract_interest_percent",
                "number",
                meaning="yearly interest agreed for late payment, in place of the statutory interest",
            ),
            optional(
                "contract_interest_kind",
                "choice",
                CONTRACT_INTEREST_KINDS,
                meaning="`surcharge`: the percentage comes on top of the statutory rate; empty: fixed",
            ),
            optional(
                "contract_interest_compound",
                "choice",
                YES_NO,
                meaning=(
                    "whether agreed interest of a full year bears interest itself, as statutory interest "
                    "does; empty: yes"
                ),
            ),
            optional(
                "parent_id",
                "id",
                meaning=(
                    "the customer it is a part of: a group owes what all its customers owe, its limit is "
                    "that of the parent"
                ),
            ),
            optional(
                "crm_id",
                "id",
                meaning=(
                    "its number in a CRM, with the CRM before it: `hubspot:1001`; where `customer_id` is the "
                    "same, it is a company that only the CRM knows, until one customer of the books only has "
                    "its name"
                ),
            ),
            optional(
                "dunning_group",
                "text",
                meaning=(
                    "customers that are reminded in their own steps, see `steps` in `settings.csv`; any name "
                    "without `@`"
                ),
            ),
        ),
        ("customer_id",),
        None,
        "One row per customer.",
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
            Column(
                "due_date",
                "date",
                may_be_empty=True,
                meaning=(
                    "empty: by the terms, those of the invoice before those of the customer "
                    "(`payment_terms`, else days); for a credit note the invoice date. A given date comes "
                    "before terms, `instalments.csv` before both"
                ),
            ),
            Column("currency", "currency"),
            Column(
                "amount",
                "money",
                meaning="above 0 for an invoice, below 0 for a credit note, VAT included",
            ),
            optional("vat_amount", "money"),
            optional("po_number", "text"),
            optional("entity", "text"),
            optional("terms_days", "integer"),
            optional(
                "payment_terms",
                "text",
                meaning="of this invoice, written as in `customers.csv`; they come before `terms_days`",
            ),
            optional("discount_percent", "number"),
            optional("discount_days", "integer"),
            optional("original_invoice_id", "id"),
            optional("cancelled_date", "date", meaning="day from which the document is out of the books"),
            optional(
                "contract_interest_percent",
                "number",
                meaning="agreed for this invoice; with it the customer's agreement counts for nothing here",
            ),
            optional(
                "contract_interest_kind", "choice", CONTRACT_INTEREST_KINDS, meaning="as for the customer"
            ),
            optional("contract_interest_compound", "choice", YES_NO, meaning="as for the customer"),
        ),
        ("invoice_id",),
        "amount",
        "One row per invoice or credit note.",
    ),
    Grain(
        "payments",
        "settlement",
        "ledger",
        (
            Column("payment_id", "id"),
            Column("customer_id", "id"),
            Column("invoice_id", "id", may_be_empty=True, meaning="empty: money on account"),
            Column("payment_date", "date"),
            Column("currency", "currency"),
            Column(
                "amount",
                "money",
                meaning=(
                    "below 0 for a refund or reversal, and for a payment of a credit note; 0.00 takes the "
                    "payment back"
                ),
            ),
            optional(
                "kind",
                "choice",
                SETTLEMENT_KINDS,
                meaning=(
                    "empty: payment; `exchange`: a difference of rates that the books took on a document "
                    "they hold in their own currency, above 0 for a loss"
                ),
            ),
            optional("entity", "text", meaning="administration to which money on account belongs"),
            optional(
                "part",
                "id",
                meaning=(
                    "tells rows of one number, document, kind and sign apart; if one instalment of the "
                    "document has the same `part`, the payment goes to that one, and what is too much for it "
                    "to the others"
                ),
            ),
            optional(
                "settled_amount",
                "money",
                meaning=(
                    "what a payment in another currency than its document settles of it, in the currency of "
                    "the document; empty: `amount` at the rates of the payment day. In the currency of the "
                    "document it counts for nothing"
                ),
            ),
            optional(
                "waived",
                "choice",
                YES_NO,
                meaning=(
                    "of a write-off: `yes` if the customer was released from it, `no` if it is still "
                    "claimed; empty: waived only if what is written off on the document is below the setting "
                    "`waive_below`"
                ),
            ),
            optional("bank_account", "id", meaning="of a payment found on a bank statement: the account"),
            optional("bank_entry", "id", meaning="and `entry_id` of the entry, by which it was applied"),
            Column("place", "integer", needed=False, is_counted=True),
        ),
        ("payment_id", "invoice_id", "place"),
        "amount",
        (
            "One row per payment and document: a payment over three invoices is three rows with one "
            "`payment_id`. A payment, the discount taken with it and its reversal may share a number; rows "
            "of a file that are equal in everything all count, and `check` names them.\n\n"
            "A later file states a number on a document as a whole: it replaces all rows of that "
            "`payment_id` on that document, also those it does not repeat. A reversal in a later file "
            "therefore comes with the payment it reverses, or under a number of its own.\n\n"
            "When money that came in on account is applied later, load the row with its `invoice_id`, and "
            "load the row without an invoice once more with amount `0.00`. Neither row replaces the other, "
            "so that without the second the money counts twice; `check` names every number that stands both "
            "on account and on a document."
        ),
        withdrawn_by="zero",
        apart=("payment_id", "invoice_id", "kind", "sign", "part"),
    ),
    Grain(
        "open_items",
        "open_item",
        "ledger",
        (
            Column("list_date", "date", meaning="the day the list was made up, end of day"),
            Column("invoice_id", "id"),
            Column(
                "currency", "currency", meaning="that of the document; in another one the row has no effect"
            ),
            Column(
                "open_amount",
                "money",
                meaning=(
                    "what is open of the document on that day, VAT included: below 0 for a credit note or "
                    "what was paid too much; 0.00: not on the list any more"
                ),
            ),
            optional("entity", "text", meaning="administration the list is of, where there is one for each"),
            optional(
                "list",
                "text",
                meaning="name of the list, where several are exported that each show a part of the documents",
            ),
        ),
        ("list_date", "list", "invoice_id"),
        "open_amount",
        (
            "Lists of open items, each as of a day: for books that export what is open and no payments. On "
            "the day of a list a document is open as the list says. What that differs from the document "
            "less its payments is settled on that day (kind `listed`): no money, and no day of payment, so "
            "that it is in no figure about when customers pay. Payments that are loaded later take its "
            "place.\n\n"
            "A document that is on no later list stays open until somebody says that the list is complete: "
            "`load FILE --full` shows what is not on it any more, and with `--cancel-missing N` it is "
            "settled on the day of the list. Lists can be loaded in any order."
        ),
    ),
    Grain(
        "instalments",
        "instalment",
        "ledger",
        (
            Column("invoice_id", "id"),
            Column("due_date", "date"),
            Column("amount", "money"),
            optional(
                "part",
                "id",
                meaning=(
                    "tells parts of one day apart; if it is left out or empty the parts are numbered, so "
                    "that two equal rows are two parts"
                ),
                stored_as="varchar not null",
            ),
        ),
        ("invoice_id", "due_date", "part"),
        "amount",
        (
            "The due dates of a document paid in parts. Together the parts must be the document's amount; if "
            "they are not, the document's own due date is used and `check` names it. A part of the other "
            "sign is money due back on its own day; once the document is paid as a whole, it is settled too."
        ),
    ),
    *BALANCES,
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
            Column("paid_date", "date", may_be_empty=True, meaning="empty: not paid yet"),
            optional(
                "paid_amount",
                "money",
                meaning=(
                    "what was paid of it by `paid_date`, or from the bill's date where that is empty; empty: "
                    "all of it if there is a `paid_date`, else nothing"
                ),
            ),
            optional("discount_percent", "number", meaning="off for paying within `discount_days`"),
            optional("discount_days", "integer", meaning="days after `bill_date`"),
        ),
        ("bill_id",),
        "amount",
        (
            "The amounts owed to suppliers. A bank entry of the bill's date or later, in its currency, pays "
            "a bill too if its counterparty is the supplier, its description holds the bill's id as a word, "
            "and it is no more than what is left; one that names several bills pays them if it is their "
            "sum, else the first to fall due. Entries up to `paid_date` are in what the bill itself says."
        ),
    ),
    Grain(
        "attachments",
        "attachment",
        "ledger",
        (
            Column("invoice_id", "id"),
            Column("sha256", "id", meaning="of its bytes; the file itself is `raw/<sha256>` in the store"),
            Column("file_name", "text"),
            Column("size", "number", meaning="in bytes"),
        ),
        ("invoice_id", "sha256"),
        None,
        (
            "The PDFs of invoices. Nobody writes this file: it is made of PDFs that are inside an e-invoice, "
            "or in one folder or zip file with it and called as it is, or that name its number."
        ),
    ),
    Grain(
        "fx_rates",
        "fx_rate",
        "ledger",
        (
            Column("rate_date", "date"),
            Column("currency", "currency"),
            Column(
                "rate",
                "number",
                meaning=(
                    "worth of one unit of `currency` in the reporting currency, from `rate_date` until the "
                    "next rate"
                ),
            ),
        ),
        ("rate_date", "currency"),
        None,
        "Exchange rates.",
    ),
)
