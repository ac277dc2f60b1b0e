"""Findings of data quality in words: facts in the books that look odd, with advice."""

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl

from reports.answers.shared.finding import Finding
from reports.codes import fallback_label
from reports.translation import _, _n, mark

# code of the query `findings` -> what it is called, and what to do about it
_FINDINGS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "bill_due_before_date": (
            mark("Supplier bills that fall due before their own date"),
            mark("Correct the date at the source."),
        ),
        "bill_paid_before_date": (
            mark("Supplier bills paid before their own date"),
            mark("Check whether the bill's date is right."),
        ),
        "contact_unknown_customer": (
            mark("Contacts with customers nobody knows"),
            mark("Load the customer, or correct the number."),
        ),
        "contact_unknown_invoice": (
            mark("Contacts about invoices that are not in the books"),
            mark("Load the invoice, or correct the number."),
        ),
        "credit_note_over_invoice": (
            mark("Credit notes larger than their invoice"),
            mark("Check the credit note: the customer now has money to claim."),
        ),
        "credit_note_without_invoice": (
            mark("Credit notes on invoices that are not in the books"),
            mark("Load the invoice, or correct the number."),
        ),
        "discount_not_booked": (
            mark("Invoices paid in time, short by the agreed discount that is not booked"),
            mark("Book the discount at the source as kind discount, or confirm it on the customer's page."),
        ),
        "dispute_unknown_invoice": (
            mark("Disputes about invoices that are not in the books"),
            mark("Load the invoice, or correct the number."),
        ),
        "due_before_invoice": (
            mark("Documents that fall due before their own date"),
            mark("Correct the due date at the source."),
        ),
        "duplicate_looking_bill": (
            mark("Supplier bills that look entered twice"),
            mark("Compare them before they are paid twice."),
        ),
        "duplicate_looking_invoice": (
            mark("Invoices that look sent twice"),
            mark("Compare them; credit the one that is double."),
        ),
        "future_document": (
            mark("Documents dated after the day"),
            mark("They count from their own date on."),
        ),
        "future_payment": (
            mark("Payments dated after the day"),
            mark("They count from their own date on."),
        ),
        "instalment_without_invoice": (
            mark("Instalments of invoices that are not in the books"),
            mark("Load the invoice, or correct the number."),
        ),
        "instalments_do_not_add_up": (
            mark("Instalments that do not add up to their invoice"),
            mark("Correct the schedule; the document ages as a whole until then."),
        ),
        "list_other_currency": (
            mark("Documents on a list of open items in another currency than their own"),
            mark("The list has no effect on them: export it in the currency of the documents."),
        ),
        "list_without_invoice": (
            mark("Documents on a list of open items that are not in the books"),
            mark("Load the invoice, or correct the number."),
        ),
        "lists_disagree": (
            mark("Documents of which two lists of open items of one day show different amounts"),
            mark("The larger one counts: load the list that is right once more."),
        ),
        "missing_from_list": (
            mark("Documents that are open and on their list of open items no longer"),
            mark("If that list is complete, load it again as all there is: they are settled on its day."),
        ),
        "missing_rate": (
            mark("Amounts without an exchange rate, left out of converted figures"),
            mark("Load fx_rates.csv."),
        ),
        "missing_rate_bank": (
            mark("Bank balances without an exchange rate"),
            mark("Load fx_rates.csv."),
        ),
        "missing_rate_bill": (
            mark("Supplier bills without an exchange rate"),
            mark("Load fx_rates.csv."),
        ),
        "equal_payments": (
            mark("Payments that a file has more than once, equal in everything"),
            mark("All count: if one was exported twice, load its number again with the rows that are right."),
        ),
        "overpaid_document": (
            mark("Overpaid documents"),
            mark("Refund the customer or move the money to another invoice."),
        ),
        "money_without_entity": (
            mark("Money on account without an administration, of customers of several"),
            mark("Fill in entity in payments.csv: until then it is set off nowhere."),
        ),
        "payer_other_customer": (
            mark("Payments by another customer than the invoice's"),
            mark("Check who paid for whom."),
        ),
        "payment_before_invoice": (
            mark("Payments dated before their invoice"),
            mark("They stand on account until the invoice date."),
        ),
        "payment_on_account_too": (
            mark("Payments on account that are on a document too, under the same number"),
            mark(
                "If it is the same money, it counts twice: load the row without a document again, "
                "with an amount of zero."
            ),
        ),
        "payment_not_on_bank": (
            mark("Documents on which the bookkeeping has more money than was applied from the bank"),
            mark("Decide on the entries on the page Bank, or load the statements of the account it came on."),
        ),
        "payment_of_bank_too": (
            mark("Payments of the bookkeeping that count for nothing: their money is applied from the bank"),
            mark("Nothing to do when the setting cash_source is meant."),
        ),
        "payment_other_currency": (
            mark("Payments in another currency than their document, without a rate"),
            mark("They stay on account; load the rates of their day, or fill in settled_amount."),
        ),
        "payment_without_invoice": (
            mark("Payments on documents that are not in the books"),
            mark("They stand on account until the document is loaded."),
        ),
        "placeholder_customer": (
            mark("Customers that have documents but are not in the customer list"),
            mark("Load customers.csv."),
        ),
        "promise_unknown_invoice": (
            mark("Promises about invoices that are not in the books"),
            mark("Load the invoice, or correct the number."),
        ),
        "refund": (
            mark("Refunds: payments of a negative amount"),
            mark("Nothing to do when they are meant."),
        ),
        "settled_by_lists_only": (
            mark("Documents that only lists of open items settled, in whole or in part"),
            mark("When customers pay is not learned from them: load the payments if you can."),
        ),
        "stale_rate": (
            mark("Documents and payments converted at an exchange rate of long before"),
            mark("Load the rates of their days in fx_rates.csv."),
        ),
        "stale_rate_bank": (
            mark("Bank balances converted at an exchange rate of long before"),
            mark("Load the rates of their days in fx_rates.csv."),
        ),
        "stale_rate_now": (
            mark("Currencies with something open and no recent exchange rate"),
            mark("Load newer rates in fx_rates.csv."),
        ),
        "statement_not_following": (
            mark("Bank statements of which opening and entries do not come to the closing"),
            mark("They are taken in as they came; ask the bank, or load the whole statement again."),
        ),
        "statement_without_balance": (
            mark("Bank statements without their opening or their closing balance"),
            mark("What they hold cannot be checked against it: load the whole statement from the bank."),
        ),
        "payout_apart": (
            mark("Payouts of payment providers that their lines do not come to"),
            mark("They are taken in as they came; load the report of the whole payout."),
        ),
        "statements_apart": (
            mark("Bank statements that do not begin where the one before them ended"),
            mark("One in between is missing: load it."),
        ),
        "step_before_earlier": (
            mark("Steps of the worklist set to come before the step ahead of them"),
            mark("Set the days under “Steps and costs” in Settings, or in settings.csv."),
        ),
        "turnover_differs": (
            mark("Months whose invoices are not the turnover of the general ledger"),
            mark("Compare them under “General ledger”: invoices are missing, or booked in another month."),
        ),
        "unknown_administration": (
            mark("Settings, or cases at an agency, of administrations that no document is of"),
            mark("Write the name as in the column entity of the documents: until then they hold for nobody."),
        ),
        "unknown_dunning_group": (
            mark("Settings of dunning groups that no customer is in"),
            mark("Write the name as in the column dunning_group of customers.csv."),
        ),
    }
)


def findings(rows: pl.DataFrame) -> Finding:
    """Return how many kinds of findings the books hold; `rows` of `findings`."""
    method = _("Taken in as it came; nothing is changed silently")
    if rows.is_empty():
        return Finding(_("Nothing odd found in the books"), method)
    title = _n(
        "{count} kind of oddity in the books: true, but worth a look",
        "{count} kinds of oddity in the books: true, but worth a look",
        rows["finding"].n_unique(),
    )
    return Finding(title, method)


def in_words(findings: pl.DataFrame) -> pl.DataFrame:
    """Return the findings in words, largest first, each with an example and advice."""
    known = {code: (_(what), _(advice)) for code, (what, advice) in _FINDINGS.items()}
    # A code that this list lacks is still shown, as words.
    words = {code: known.get(code, (fallback_label(code), "")) for code in findings["finding"].unique()}
    return findings.sort("amount", "count", descending=True, nulls_last=True).select(
        pl.col("finding").replace_strict({code: what for code, (what, _a) in words.items()}, default=""),
        "count",
        "amount",
        "currency",
        "example",
        pl.col("finding")
        .replace_strict({code: advice for code, (_w, advice) in words.items()}, default="")
        .alias("advice"),
    )
