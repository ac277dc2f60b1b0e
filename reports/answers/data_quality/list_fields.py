"""The fields that a list of documents can have: what each is called, and what it adds."""

from collections.abc import Iterable, Sequence
from functools import cache

from data.grains import BY_NAME
from data.importers.headings import absent_columns
from data.importers.shapes import NEEDS, SHAPES, kind_of
from reports.codes import fallback_label, label
from reports.translation import _, _p, current

_CUSTOMER = ("customer_name", "customer_id")
# Shape -> the fields that are asked for first, in the order in which a list mostly has them.
_FIRST = {
    "open_items": ("invoice_id", *_CUSTOMER, "invoice_date", "open_amount", "amount", "due_date"),
    "invoices": ("invoice_id", *_CUSTOMER, "invoice_date", "amount", "due_date"),
    "cleared_invoices": ("invoice_id", "customer_id", "invoice_date", "amount", "cleared_date", "due_date"),
    "bank_entries": ("account", "entry_date", "amount", "side", "counterparty", "description", "balance"),
}
# Follows from others, is said once for the whole list, or is of no list of documents.
_NOT_CHOSEN = {
    "closing",
    "closing_date",
    "credit_currency",
    "credit_counterparty",
    "list",
    "original_invoice_id",
    "cancelled_date",
    "crm_id",
}


def shapes() -> list[str]:
    """Return the shapes of lists that can be made a preset for, those with what is open first."""
    return [shape for shape in _FIRST if shape in SHAPES and kind_of(shape) in BY_NAME]


def first_fields(shape: str) -> list[str]:
    """Return the fields of a list that are asked for first: those it needs, and its due date."""
    return [column for column in _FIRST[shape] if column in _columns(shape)]


def other_fields(shape: str, known: Iterable[str]) -> list[str]:
    """Return the fields that a list may have besides those known."""
    left = set(_columns(shape)) - set(known) - _NOT_CHOSEN
    return sorted(left, key=lambda column: field_name(column).casefold())


def needs(shape: str) -> Sequence[Sequence[str]]:
    """Return sets of fields, of each of which a list of a shape needs one."""
    return NEEDS[shape]


def is_needed(shape: str, column: str) -> bool:
    """Tell whether a list of a shape cannot do without a field, or without one that says the same."""
    return any(column in alternatives for alternatives in needs(shape))


def missing_fields(shape: str, fed: Iterable[str]) -> list[str]:
    """Return the names of fields that a list needs and that no heading feeds: one of each set is enough."""
    between = f" {_p('word', 'or')} "
    return [
        between.join(field_name(column) for column in alternatives if column in _FIRST[shape])
        for alternatives in absent_columns(fed, needs(shape))
    ]


def choices_of(shape: str, column: str) -> Sequence[str]:
    """Return the words that can be meant in a field; empty if it takes any."""
    kind = SHAPES[shape].column(column)
    return kind.choices if kind.type == "choice" else ()


def choice_name(code: str) -> str:
    """Return what one of the words that can be meant is called."""
    words = {
        "credit": _p("word in a list", "Credit"),
        "correction": _p("word in a list", "Correction of the books"),
        "debit": _p("word in a list", "Debit"),
        "draft": _p("word in a list", "Draft"),
        "fixed": _p("word in a list", "Fixed"),
        "no": _p("word in a list", "No"),
        "open": _p("word in a list", "Open"),
        "other": _p("word in a list", "Something else"),
        "paid": _p("word in a list", "Paid"),
        "surcharge": _p("word in a list", "Surcharge"),
        "void": _p("word in a list", "Cancelled"),
        "booked": _p("word in a list", "Booked"),
        "own": _p("word in a list", "Between own accounts"),
        "pending": _p("word in a list", "Not booked yet"),
        "yes": _p("word in a list", "Yes"),
    }
    return words.get(code) or label("kind", code)


def field_name(column: str) -> str:
    """Return what a field of a list is called."""
    return _words(current()).get(column, (fallback_label(column), ""))[0]


def adds(column: str) -> str:
    """Return what a field adds, as a clause; empty for one that its name explains."""
    return _words(current()).get(column, ("", ""))[1]


def _columns(shape: str) -> list[str]:
    return [column.name for column in SHAPES[shape].file_columns]


@cache
def _words(_language: str) -> dict[str, tuple[str, str]]:
    """Return field -> its name and what it adds."""
    return {**_of_document(), **_of_amount(), **_of_customer(), **_of_bank()}


def _of_document() -> dict[str, tuple[str, str]]:
    return {
        "invoice_id": (_p("field of a list", "Invoice number"), _("tells one document from another")),
        "invoice_date": (_p("field of a list", "Invoice date"), ""),
        "due_date": (_p("field of a list", "Due date"), _("without it: by the payment term")),
        "cleared_date": (
            _p("field of a list", "Paid on"),
            _("empty: still open; gives the timing of payments"),
        ),
        "invoice_type": (_p("field of a list", "Kind of document"), _("tells credit notes from invoices")),
        "document_type": (_p("field of a list", "Kind of posting"), _("tells payments from documents")),
        "entry_number": (_p("field of a list", "Entry number"), _("where the invoice number is missing")),
        "state": (_p("field of a list", "Paid or open"), _("where no amount says what is open")),
        "list_date": (_p("field of a list", "Day of the list"), ""),
        "days_overdue": (_p("field of a list", "Days overdue"), _("tells the day of the list")),
        "po_number": (_p("field of a list", "Order number"), _("stands in letters")),
        "entity": (_p("field of a list", "Your administration"), _("figures and letters per administration")),
        "payment_terms": (_p("field of a list", "Payment term in words"), _("such as 30 days end of month")),
        "terms_days": (
            _p("field of a list", "Term of the invoice, days"),
            _("where the due date is missing"),
        ),
        "discount_percent": (_p("field of a list", "Early-payment discount, %"), ""),
        "discount_days": (_p("field of a list", "Days of the discount"), ""),
        "original_invoice_id": (_p("field of a list", "Invoice credited"), ""),
        "cancelled_date": (_p("field of a list", "Cancelled on"), ""),
    }


def _of_amount() -> dict[str, tuple[str, str]]:
    return {
        "amount": (_p("field of a list", "Amount"), _("VAT included; a credit note below 0")),
        "open_amount": (_p("field of a list", "Amount open"), _("what is still to be paid")),
        "paid_amount": (_p("field of a list", "Amount paid"), _("the rest of the amount is open")),
        "debit": (_p("field of a list", "Debit"), _("beside a column for credit")),
        "credit": (_p("field of a list", "Credit"), _("beside a column for debit")),
        "open_debit": (_p("field of a list", "Open, debit"), _("beside a column for credit")),
        "open_credit": (_p("field of a list", "Open, credit"), _("beside a column for debit")),
        "side": (_p("field of a list", "Debit or credit"), _("beside an amount without a sign")),
        "net_amount": (_p("field of a list", "Amount without VAT"), _("beside a column for VAT")),
        "vat_amount": (_p("field of a list", "VAT"), _("VAT to reclaim on bad debts")),
        "currency": (_p("field of a list", "Currency"), _("where a list has several")),
    }


def _of_customer() -> dict[str, tuple[str, str]]:
    return {
        "customer_name": (_p("field of a list", "Customer name"), _("who owes it")),
        "customer_id": (_p("field of a list", "Customer number"), _("tells customers of one name apart")),
        "segment": (_p("field of a list", "Segment"), _("figures per group of customers")),
        "country": (_p("field of a list", "Country"), ""),
        "payment_terms_days": (
            _p("field of a list", "Term, days"),
            _("where the due date is missing"),
        ),
        "credit_limit": (_p("field of a list", "Credit limit"), _("warns if a customer owes more")),
        "customer_type": (_p("field of a list", "Kind of customer"), _("business, consumer or public body")),
        "size_class": (_p("field of a list", "Size of the customer"), ""),
        "email": (_p("field of a list", "E-mail"), _("letters and reminders")),
        "phone": (_p("field of a list", "Phone"), _("calls from the worklist")),
        "contact_name": (_p("field of a list", "Contact person"), _("whom to ask for")),
        "contact_function": (_p("field of a list", "Function of the contact person"), ""),
        "street": (_p("field of a list", "Street"), _("letters by post")),
        "postcode": (_p("field of a list", "Postcode"), _("letters by post")),
        "city": (_p("field of a list", "City"), _("letters by post")),
        "account_manager": (_p("field of a list", "Account manager"), _("a worklist per account manager")),
        "language": (_p("field of a list", "Language of letters"), ""),
        "preferred_method": (_p("field of a list", "Preferred contact"), ""),
        "contract_interest_percent": (_p("field of a list", "Agreed interest, %"), ""),
        "contract_interest_kind": (_p("field of a list", "Kind of agreed interest"), ""),
        "contract_interest_compound": (_p("field of a list", "Agreed interest on interest"), ""),
        "parent_id": (_p("field of a list", "Number of the parent"), _("groups of customers")),
        "dunning_group": (_p("field of a list", "Dunning group"), _("steps of its own")),
    }


def _of_bank() -> dict[str, tuple[str, str]]:
    return {
        "account": (_p("field of a list", "Your account"), _("which of your accounts it is")),
        "entry_date": (_p("field of a list", "Booking date"), ""),
        "value_date": (_p("field of a list", "Value date"), ""),
        "balance": (_p("field of a list", "Balance after it"), _("tells whether rows are missing")),
        "balance_before": (_p("field of a list", "Balance before it"), _("tells whether rows are missing")),
        "counterparty": (_p("field of a list", "Name of the other party"), _("who paid or was paid")),
        "counterparty_account": (_p("field of a list", "Account of the other party"), ""),
        "description": (_p("field of a list", "Description"), _("names the invoices that are paid")),
        **{
            f"description_{part}": (_("Description, part {part}", part=part), _("joined to the description"))
            for part in range(2, 7)
        },
        "reference": (_p("field of a list", "Payment reference"), ""),
        "end_to_end_id": (_p("field of a list", "End-to-end ID"), ""),
        "bank_reference": (_p("field of a list", "Reference of the bank"), _("tells equal entries apart")),
        "bank_code": (_p("field of a list", "Code of the bank"), ""),
        "return_reason": (_p("field of a list", "Reason of a return"), ""),
        "fee": (_p("field of a list", "Fee on top of the amount"), ""),
        "credit_currency": (_p("field of a list", "Currency of what came in"), ""),
        "credit_counterparty": (_p("field of a list", "Name of who paid"), ""),
        "closing": (_p("field of a list", "Closing balance"), ""),
        "closing_date": (_p("field of a list", "Day of the closing balance"), ""),
    }
