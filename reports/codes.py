"""The words for the codes in the frames: states, events, kinds, steps."""

import hashlib
from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

from reports.translation import _, _p, mark_words

Table = Literal[
    "state", "event", "step", "kind", "category", "source", "why", "rate_kind", "status",
    "legal_basis", "outcome", "outside", "vat_state", "source_state",
]  # fmt: skip

# Codes on the left; what a reader sees, in English, on the right.
_WORDS: Mapping[Table, Mapping[str, str]] = MappingProxyType(
    {
        "state": mark_words(
            "state",
            {
                "": "",
                "disputed": "Disputed",
                "promised": "Promised",
                "promise_broken": "Promise broken",
                "reminded": "Reminded",
                "part_paid": "Part paid",
                "overpaid": "Overpaid",
                "credit_note": "Credit note",
                "cancelled": "Cancelled",
            },
        ),
        "event": mark_words(
            "event",
            {
                "invoice": "Invoice",
                "payment": "Payment",
                "due": "Due",
                "contact": "Contact",
                "note": "Note",
                "promise": "Promise made",
                "promise_kept": "Promise kept",
                "promise_broken": "Promise broken",
                "dispute_opened": "Dispute opened",
                "dispute_closed": "Dispute closed",
                "write_off": "Write-off",
                "credit": "Credit",
                "discount": "Discount",
                "listed": "Settled by a list",
                "exchange": "Exchange difference",
                "recovered": "Write-off taken back",
            },
        ),
        "step": mark_words(
            "step",
            {
                "start": "Start",
                "terms": "Terms granted",
                "delinquency": "Delinquency",
                "credit_notes": "Credit notes",
                "mix": "Customer mix",
                "end": "Total",
                "billing_timing": "Billing timing",
                "countback_change": "Countback",
            },
        ),
        "kind": mark_words(
            "kind",
            {
                "invoice": "Invoice",
                "credit_note": "Credit note",
                "payment": "Payment",
                "credit": "Credit",
                "discount": "Discount",
                "write_off": "Write-off",
                "reversal": "Reversal",
                "listed": "Settled by a list",
                "exchange": "Exchange difference",
                "recovered": "Write-off taken back",
                "overpayment": "Overpayment",
                "on_account": "Money on account",
                "refund": "Refund",
                "return": "Payment that came back",
                "transfer": "Own account",
                "charge": "Bank charge",
                "other": "Other money",
                "cancellation": "Cancellation",
                "opening": "Opening balance",
                "closing": "Closing balance",
                "suppliers": "We, to suppliers",
                "customers": "Customers",
                "invoices": "Invoices",
                "payments": "Payments",
                "open_items": "Lists of open items",
                "instalments": "Instalments",
                "bank_balances": "Bank balances",
                "bank_entries": "Bank entries",
                "bank_statements": "Bank statements",
                "provider_payments": "Lines of payment providers",
                "run_payments": "Payments of collections and runs",
                "ledger_balances": "General ledger balances",
                "turnover": "Turnover of the general ledger",
                "bills": "Supplier bills",
                "attachments": "PDFs of invoices",
                "fx_rates": "Exchange rates",
                "planned_cash": "Planned cash",
                "billing_plan": "Billing plan",
                "disputes": "Disputes",
                "contacts": "Contacts",
                "promises": "Promises",
                "contact_details": "Contact details",
                "assignments": "Assignments",
                "cash_decisions": "Decisions about bank entries",
                "notes": "Notes",
                "collection_cases": "Collection cases",
                "signals": "Signals",
                "mutes": "Muted signals",
                "payment_plans": "Payment plans",
                "expected_dates": "Expected dates",
                "forecast_runs": "Kept forecasts",
                "source_runs": "Runs of the sources",
                "scenarios": "Scenarios",
                "saved_views": "Saved views",
                "settings": "Settings",
                "business": "Business",
                "consumer": "Consumer",
                "public": "Public body",
            },
        ),
        "category": mark_words(
            "category",
            {
                "suppliers": "Suppliers",
                "payroll": "Payroll",
                "vat": "VAT",
                "tax": "Payroll tax",
                "rent": "Rent",
                "loan": "Loans",
                "investment": "Investment",
            },
        ),
        "source_state": mark_words(
            "source",
            {
                "loaded": "Loaded",
                "nothing_new": "Nothing new",
                "failed": "Failed",
                "late": "Late",
                "never_loaded": "Never loaded",
            },
        ),
        "source": mark_words(
            "source",
            {
                "bill": "Bill",
                "planned": "Planned",
            },
        ),
        "why": mark_words(
            "why",
            {
                "earlier": "Earlier than expected",
                "later": "Later than expected",
                "settled": "Credited or written off",
                "corrected": "Corrected since",
                "as_expected": "As expected",
            },
        ),
        "rate_kind": mark_words(
            "rate_kind",
            {
                "commercial": "Statutory commercial interest",
                "consumer": "Statutory interest",
                "contract": "Interest by contract",
            },
        ),
        "status": mark_words(
            "status",
            {
                "open": "Running",
                "paid": "Paid in full",
                "partly_paid": "Partly paid",
                "withdrawn": "Withdrawn",
                "uncollectable": "Uncollectable",
                "applied": "Applied",
                "proposed": "Proposed",
                "unmatched": "Unmatched",
                "rejected": "None of ours",
                "confirmed": "Confirmed",
            },
        ),
        "legal_basis": mark_words(
            "legal_basis",
            {
                "public": "Public body",
                "large_debtor": "Large customer",
                "business": "Business",
                "consumer": "Consumer: none by law",
                "kind_unknown": "Kind not recorded",
                "size_unknown": "Size not recorded",
                "company_unknown": "Own size not set",
            },
        ),
        "outcome": mark_words(
            "outcome",
            {
                "": "",
                "promised": "Promised",
                "no_answer": "No answer",
                "call_back": "Call back",
                "dispute": "Dispute",
                "wrong_invoice": "Invoice is wrong",
                "other": "Something else",
            },
        ),
        "outside": mark_words(
            "outside",
            {
                "": "",
                "agreed": "Agreed",
                "legal": "Legal",
            },
        ),
        "vat_state": mark_words(
            "vat_state",
            {
                "opens": "Opens soon",
                "open": "Reclaim now",
                "passed": "Deadline passed",
                "due_again": "Due again",
            },
        ),
    }
)


def label(table: Table, code: str) -> str:
    """Return what a reader sees for a code; an unknown one comes back readable, as `Size class`."""
    text = _WORDS[table].get(code)
    if text is None:
        return fallback_label(code)
    return _p(table, text) if text else ""


def fallback_label(code: str) -> str:
    """Return a code that has no word as a reader can still read it: `Size class`."""
    return code.replace("_", " ").capitalize()


def segment(name: str | None) -> str:
    """Return the name of a segment, or words for none."""
    return name or _("No segment")


def no_code(place: int) -> str:
    """Return the code of a point of a chart that opens nothing: blank, and another for every place.

    Of points with the same code a browser draws one.
    """
    return " " * (place + 1)


def point_code(text: str | None) -> str:
    """Return a code for a point of a chart that is named in the data: the name itself may be markup."""
    return hashlib.sha256((text or "").encode()).hexdigest()[:12]
