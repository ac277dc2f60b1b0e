"""Words about VAT on bad debts: the amounts, the periods to reclaim them in, and missing data."""

from datetime import date

import polars as pl

from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.formats import in_sentence, money
from reports.translation import _, _n, mark

DAYS_AHEAD = 60
COLUMNS = (
    "customer_name", "invoice_id", "due_date", "unpaid_amount", "vat_unpaid",
    "reclaimable_from", "declare_by", "vat_state",
)  # fmt: skip
PHONE = ("invoice_id", "vat_unpaid", "reclaimable_from")
GROUPS = ("coming", "passed", "no_vat")
_GROUPS = {
    "coming": mark("Now and soon"),
    "passed": mark("Deadline passed"),
    "no_vat": mark("VAT not known"),
}


def group_name(code: str) -> str:
    """Return the name of one of `GROUPS`."""
    return _(_GROUPS[code])


def group_rows(rows: pl.DataFrame, code: str) -> pl.DataFrame:
    """Return the rows of one of `GROUPS`."""
    if code == "no_vat":
        return rows.filter(pl.col("vat_unpaid").is_null())
    known = rows.filter(pl.col("vat_unpaid").is_not_null())
    return known.filter(
        pl.col("vat_state") == "passed" if code == "passed" else pl.col("vat_state") != "passed"
    )


def vat(rows: pl.DataFrame, currency: str) -> Finding:
    """Return the VAT that can be reclaimed now, and within `DAYS_AHEAD` days."""
    method = _(
        "At the latest one year after the due date what is unpaid counts as uncollectible (art. 29 Wet "
        "OB); the VAT in it goes into the return of that period. No tax advice."
    )
    if rows.is_empty():
        title = _(
            "No invoice is unpaid a year after its due date, or will be within {days} days", days=DAYS_AHEAD
        )
    elif rows["vat_unpaid"].is_null().all():
        title = _("VAT on unpaid invoices cannot be worked out: the books hold none")
    else:
        now, soon = (total(rows.filter(vat_state=state)["vat_unpaid"]) for state in ("open", "opens"))
        title = _(
            "{now} of VAT on unpaid invoices can be reclaimed now, {soon} more within {days} days",
            now=money(now, currency), soon=money(soon, currency), days=DAYS_AHEAD,
        )  # fmt: skip
    return Finding(title, method)


def notices(rows: pl.DataFrame, currency: str, as_of: date) -> list[str]:
    """Return the returns whose deadline passed, and the invoices without VAT."""
    sentences = []
    passed = group_rows(rows, "passed")
    if passed.height:
        sentences.append(_n(
            "For {count} invoice, {amount} of VAT, the return was due before {day}. Whether it was "
            "reclaimed is not known here.",
            "For {count} invoices, {amount} of VAT, the return was due before {day}. Whether it was "
            "reclaimed is not known here.",
            passed.height, amount=money(total(passed["vat_unpaid"]), currency), day=in_sentence(as_of),
        ))  # fmt: skip
    again = rows.filter(pl.col("vat_unpaid").is_not_null(), vat_state="due_again")
    if again.height:
        sentences.append(_n(
            "{count} invoice was paid after all: if its VAT was reclaimed, {amount} is due again, in the "
            "return of the period of the payment.",
            "{count} invoices were paid after all: if their VAT was reclaimed, {amount} is due again, in the "
            "returns of the periods of the payments.",
            again.height, amount=money(total(again["vat_unpaid"]), currency),
        ))  # fmt: skip
    missing = group_rows(rows, "no_vat")
    if missing.height:
        sentences.append(_n(
            "{count} invoice, {amount} unpaid, has no VAT in the books: load invoices.csv with a column "
            "`vat_amount`, or a preset that reads it.",
            "{count} invoices, {amount} unpaid, have no VAT in the books: load invoices.csv with a column "
            "`vat_amount`, or a preset that reads it.",
            missing.height, amount=money(total(missing["unpaid_amount"]), currency),
        ))  # fmt: skip
    return sentences


def limits() -> str:
    """Return the assumptions."""
    return _(
        "The return is taken to be due one month after its quarter, or month (to be set under "
        "Settings). What is written off counts as unpaid, what is credited does not. VAT reclaimed has to be "
        "paid back when the customer pays after all."
    )
