"""VAT on bad debts in words: what can be reclaimed, from when, until when, and what is missing."""

from datetime import date

import polars as pl

from reports.answers.shared.money import total
from reports.formats import in_sentence, money
from reports.translation import _, _n, marked

DAYS_AHEAD = 60
COLUMNS = (
    "customer_name", "invoice_id", "due_date", "unpaid_amount", "vat_unpaid",
    "reclaimable_from", "declare_by", "vat_state",
)  # fmt: skip
PHONE = ("invoice_id", "vat_unpaid", "reclaimable_from")
WHICH = ("coming", "passed", "no_vat")
_WHICH = {
    "coming": marked("Now and soon"),
    "passed": marked("Deadline passed"),
    "no_vat": marked("VAT not known"),
}


def which(code: str) -> str:
    """Return what a choice of rows is called."""
    return _(_WHICH[code])


def chosen(rows: pl.DataFrame, code: str) -> pl.DataFrame:
    """Return the rows of a choice."""
    if code == "no_vat":
        return rows.filter(pl.col("vat_unpaid").is_null())
    known = rows.filter(pl.col("vat_unpaid").is_not_null())
    return known.filter(
        pl.col("vat_state") == "passed" if code == "passed" else pl.col("vat_state") != "passed"
    )


def found(rows: pl.DataFrame, currency: str) -> str:
    """Say how much VAT can be reclaimed now, and how much opens soon."""
    if rows.is_empty():
        return _(
            "No invoice is unpaid a year after its due date, or will be within {days} days", days=DAYS_AHEAD
        )
    if rows["vat_unpaid"].is_null().all():
        return _("VAT on unpaid invoices cannot be worked out: the books hold none")
    now, soon = (total(rows.filter(vat_state=state)["vat_unpaid"]) for state in ("open", "opens"))
    return _(
        "{now} of VAT on unpaid invoices can be reclaimed now, {soon} more within {days} days",
        now=money(now, currency), soon=money(soon, currency), days=DAYS_AHEAD,
    )  # fmt: skip


def method() -> str:
    """Say which rule this is, and that it is no advice."""
    return _(
        "At the latest one year after the due date what is unpaid counts as uncollectible (art. 29 Wet "
        "OB); the VAT "
        "in it goes into the return of that period. No tax advice."
    )


def notices(rows: pl.DataFrame, currency: str, as_of: date) -> list[str]:
    """Say what to know before it is reclaimed: returns that passed, VAT that is missing."""
    said = []
    passed = chosen(rows, "passed")
    if passed.height:
        said.append(_n(
            "For {count} invoice, {amount} of VAT, the return was due before {day}. Whether it was "
            "reclaimed is not "
            "known here.",
            "For {count} invoices, {amount} of VAT, the return was due before {day}. Whether it was "
            "reclaimed is not "
            "known here.",
            passed.height, amount=money(total(passed["vat_unpaid"]), currency), day=in_sentence(as_of),
        ))  # fmt: skip
    missing = chosen(rows, "no_vat")
    if missing.height:
        said.append(_n(
            "{count} invoice, {amount} unpaid, has no VAT in the books: load invoices.csv with a column "
            "`vat_amount`, or a preset that reads it.",
            "{count} invoices, {amount} unpaid, have no VAT in the books: load invoices.csv with a column "
            "`vat_amount`, or a preset that reads it.",
            missing.height, amount=money(total(missing["unpaid_amount"]), currency),
        ))  # fmt: skip
    return said


def limits() -> str:
    """Say what is assumed."""
    return _(
        "The return is taken to be due one month after its quarter, or month (to be set on the Worklist, at "
        "the foot). What is written off counts as unpaid, what is credited does not. VAT reclaimed has to be "
        "paid back when the customer pays after all."
    )
