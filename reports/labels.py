"""The names people read for the codes in the frames: columns, states, events, figures."""

from dataclasses import dataclass
from typing import Literal

from reports.translation import _, marked

Kind = Literal["money", "share", "days", "number", "score"]
Better = Literal["up", "down", "neither"]
Table = Literal["column", "state", "event", "step", "kind", "every"]


@dataclass(frozen=True)
class Kpi:
    """How one column of `kpi` is named and read.

    Attributes:
        label: English name; translate with `_()`, or ask `kpi_label`.
        kind: how it is written; `score` is a figure out of 100.
        better: the direction that is good news.
    """

    label: str
    kind: Kind
    better: Better = "neither"


KPIS: dict[str, Kpi] = {
    "receivables": Kpi(marked("Receivables"), "money"),
    "open_amount": Kpi(marked("Open"), "money"),
    "unapplied": Kpi(marked("Not applied"), "money"),
    "overdue": Kpi(marked("Overdue"), "money", "down"),
    "overdue_share": Kpi(marked("Overdue share"), "share", "down"),
    "d90_plus_share": Kpi(marked("Share over 90 days"), "share", "down"),
    "top10_share": Kpi(marked("Top 10 share"), "share", "down"),
    "dso_countback": Kpi(marked("DSO, countback"), "days", "down"),
    "dso_balance_90": Kpi(marked("DSO, balance 90"), "days", "down"),
    "best_possible_dso": Kpi(marked("Best possible DSO"), "days", "down"),
    "average_days_delinquent": Kpi(marked("Days delinquent"), "days", "down"),
    "cei": Kpi(marked("Collection (CEI)"), "score", "up"),
    "days_to_pay": Kpi(marked("Days to pay"), "days", "down"),
    "days_late": Kpi(marked("Days late"), "days", "down"),
    "days_to_pay_with_open": Kpi(marked("To pay, with open"), "days", "down"),
    "days_late_with_open": Kpi(marked("Late, with open"), "days", "down"),
    "on_time_share": Kpi(marked("Paid on time"), "share", "up"),
    "ar_turnover": Kpi(marked("AR turnover"), "number", "up"),
    "promise_kept_share": Kpi(marked("Promises kept"), "share", "up"),
    "promise_kept_amount_share": Kpi(marked("Promised euros kept"), "share", "up"),
    "dispute_rate": Kpi(marked("Dispute rate"), "share", "down"),
    "days_disputed": Kpi(marked("Days disputed"), "days", "down"),
    "days_disputed_open": Kpi(marked("Dispute age, open"), "days", "down"),
    "dpo": Kpi(marked("Supplier days (DPO)"), "days"),
    "dio": Kpi(marked("Stock days (DIO)"), "days", "down"),
    "cash_conversion_cycle": Kpi(marked("Cash cycle"), "days", "down"),
    "billings_90": Kpi(marked("Billed, 90 days"), "money"),
    "billings_365": Kpi(marked("Billed, 365 days"), "money"),
}

# Lower-case codes of the frames on the left; what a reader sees, in English, on the right.
_TABLES: dict[Table, dict[str, str]] = {
    "state": {
        "": "",
        "disputed": marked("Disputed"),
        "promised": marked("Promised"),
        "promise_broken": marked("Promise broken"),
        "reminded": marked("Reminded"),
        "part_paid": marked("Part paid"),
        "overpaid": marked("Overpaid"),
        "credit_note": marked("Credit note"),
        "cancelled": marked("Cancelled"),
    },
    "event": {
        "invoice": marked("Invoice"),
        "payment": marked("Payment"),
        "due": marked("Due"),
        "contact": marked("Contact"),
        "promise": marked("Promise made"),
        "promise_kept": marked("Promise kept"),
        "promise_broken": marked("Promise broken"),
        "dispute_opened": marked("Dispute opened"),
        "dispute_closed": marked("Dispute closed"),
        "write_off": marked("Write-off"),
        "credit": marked("Credit"),
    },
    "step": {
        "start": marked("Start"),
        "terms": marked("Terms granted"),
        "delinquency": marked("Delinquency"),
        "credit_notes": marked("Credit notes"),
        "mix": marked("Customer mix"),
        "end": marked("Together"),
        "billing_timing": marked("Billing timing"),
        "countback_change": marked("Countback"),
    },
    "kind": {
        "invoice": marked("Invoice"),
        "credit_note": marked("Credit note"),
        "payment": marked("Payment"),
        "credit": marked("Credit"),
        "write_off": marked("Write-off"),
        "reversal": marked("Reversal"),
        "cancellation": marked("Cancellation"),
        "customers": marked("Customers"),
        "invoices": marked("Invoices"),
        "payments": marked("Payments"),
        "instalments": marked("Instalments"),
        "bank_balances": marked("Bank balances"),
        "ledger_balances": marked("General ledger balances"),
        "bills": marked("Supplier bills"),
        "fx_rates": marked("Exchange rates"),
        "planned_cash": marked("Planned cash"),
        "billing_plan": marked("Billing plan"),
        "disputes": marked("Disputes"),
        "contacts": marked("Contacts"),
        "promises": marked("Promises"),
        "settings": marked("Settings"),
        "business": marked("Business"),
        "consumer": marked("Consumer"),
        "public": marked("Public body"),
    },
    "every": {"week": marked("Week"), "month": marked("Month")},
    "column": {
        "accepted": marked("Accepted"),
        "account": marked("Account"),
        "account_manager": marked("Account manager"),
        "added_days": marked("Days added"),
        "advice": marked("What to do"),
        "amount": marked("Amount"),
        "amount_due": marked("Amount due"),
        "amount_on_time": marked("Paid on time"),
        "as_of": marked("Day"),
        "balance": marked("Balance"),
        "balance_date": marked("Day"),
        "bank_balance": marked("Bank balance"),
        "batch_id": marked("Batch"),
        "bucket": marked("Bucket"),
        "bucket_total": marked("Sum of buckets"),
        "change_7d": marked("In 7 days"),
        "closed_date": marked("Closed"),
        "cohort": marked("Due month"),
        "column": marked("Column"),
        "count": marked("Count"),
        "country": marked("Country"),
        "credit_limit": marked("Credit limit"),
        "credit_notes": marked("Credit notes"),
        "credit_notes_from": marked("Credit notes, first day"),
        "credit_notes_to": marked("Credit notes, last day"),
        "credited": marked("Credited"),
        "currencies": marked("Currencies"),
        "currency": marked("Currency"),
        "customer_id": marked("Customer number"),
        "customer_name": marked("Customer"),
        "customer_type": marked("Kind of customer"),
        "customers": marked("Customers"),
        "days": marked("Days"),
        "days_from": marked("From day"),
        "days_late": marked("Days late"),
        "days_open": marked("Days open"),
        "days_overdue": marked("Days overdue"),
        "days_seen": marked("Days seen"),
        "days_since_due": marked("Days since due"),
        "days_to": marked("To day"),
        "days_to_pay": marked("Days to pay"),
        "default": marked("Default"),
        "default_as_of": marked("Day it opens on"),
        "delinquency": marked("Delinquency"),
        "denominator": marked("Divided by"),
        "detail": marked("Detail"),
        "difference": marked("Difference"),
        "disputed_amount": marked("Disputed amount"),
        "document_id": marked("Document"),
        "documents": marked("Documents"),
        "due_date": marked("Due date"),
        "duplicate": marked("Duplicate"),
        "email": marked("E-mail"),
        "entity": marked("Entity"),
        "event": marked("Event"),
        "event_date": marked("Day"),
        "example": marked("Example"),
        "expected_loss": marked("Expected loss"),
        "explanation": marked("Why it differs"),
        "explanation_key": marked("Figure"),
        "fact": marked("Fact"),
        "file_name": marked("File"),
        "finding": marked("Finding"),
        "first_date": marked("First day"),
        "first_invoice_date": marked("First invoice"),
        "from_bucket": marked("From"),
        "invoice_date": marked("Invoice date"),
        "invoice_id": marked("Invoice"),
        "invoice_type": marked("Kind"),
        "invoiced": marked("Invoiced"),
        "invoices": marked("Invoices"),
        "is_kept": marked("Kept"),
        "is_open": marked("Still open"),
        "is_tied": marked("Ties out"),
        "kind": marked("Kind"),
        "language": marked("Language"),
        "last_date": marked("Last day"),
        "last_invoice_date": marked("Last invoice"),
        "last_payment_date": marked("Last payment"),
        "ledger_balance": marked("General ledger"),
        "ledger_date": marked("Ledger day"),
        "ledger_difference": marked("Ledger difference"),
        "line": marked("Line"),
        "loaded_at": marked("Loaded at"),
        "loss_rate": marked("Loss rate"),
        "made_date": marked("Made on"),
        "meaning": marked("Meaning"),
        "method": marked("Method"),
        "mix": marked("Customer mix"),
        "month_end": marked("Month end"),
        "months_since_due": marked("Months since due"),
        "not_due_from": marked("Not due, first day"),
        "not_due_to": marked("Not due, last day"),
        "numerator": marked("Divided"),
        "oldest_days_overdue": marked("Oldest, days overdue"),
        "open_amount": marked("Open"),
        "open_amount_excl_vat": marked("Open, excl. VAT"),
        "open_invoices": marked("Open invoices"),
        "opened_date": marked("Opened"),
        "opening": marked("Opening balance"),
        "opening_date": marked("Opening day"),
        "overdue": marked("Overdue"),
        "overdue_amount": marked("Overdue"),
        "overdue_from": marked("Overdue, first day"),
        "overdue_invoices": marked("Overdue invoices"),
        "overdue_share": marked("Overdue share"),
        "overdue_to": marked("Overdue, last day"),
        "parameter": marked("Parameter"),
        "payment_date": marked("Payment date"),
        "payment_id": marked("Payment"),
        "payment_terms_days": marked("Payment term, days"),
        "po_number": marked("Order number"),
        "position": marked("Order"),
        "post_date": marked("Day"),
        "preferred_method": marked("Preferred channel"),
        "preset": marked("Preset"),
        "promised_date": marked("Promised for"),
        "raw": marked("As it came"),
        "reason": marked("Reason"),
        "receivables": marked("Receivables"),
        "received": marked("Received"),
        "recorded_at": marked("Recorded at (UTC)"),
        "rejected": marked("Rejected"),
        "reporting_balance": marked("Converted balance"),
        "reporting_currency": marked("Reporting currency"),
        "rows_read": marked("Rows read"),
        "segment": marked("Segment"),
        "sentence": marked("What it means"),
        "sha256": marked("Hash (SHA-256)"),
        "share": marked("Share"),
        "share_billed_from": marked("Billed, first day"),
        "share_billed_to": marked("Billed, last day"),
        "share_collected": marked("Share collected"),
        "share_of_overdue": marked("Share of overdue"),
        "size_class": marked("Size"),
        "source_date": marked("Source date"),
        "state": marked("Status"),
        "step": marked("Step"),
        "sum_accepted": marked("Control total, accepted"),
        "sum_read": marked("Control total, read"),
        "terms": marked("Terms granted"),
        "to_bucket": marked("To"),
        "total": marked("Total"),
        "type": marked("Type"),
        "unapplied": marked("Not applied"),
        "unconverted_amount": marked("Not converted"),
        "value": marked("Value"),
        "weight_from": marked("Billed, first day"),
        "weight_to": marked("Billed, last day"),
        "written_off": marked("Written off"),
    },
}


def label(table: Table, code: str) -> str:
    """Return what a reader sees for a code; an unknown one comes back readable, as `Size class`."""
    text = _TABLES[table].get(code)
    if text is None:
        return code.replace("_", " ").capitalize()
    return _(text) if text else ""


def header(column: str) -> str:
    """Return the heading of a frame's column, also of figures (`kpi`) that have one."""
    if column in KPIS and column not in _TABLES["column"]:
        return _(KPIS[column].label)
    return label("column", column)


def segment(name: str | None) -> str:
    """Return a segment as it is called, or words for none."""
    return name or _("No segment")
