"""Files that are all there is, in words: what they do not hold, and what cancelling or settling it does."""

from collections.abc import Sequence

import polars as pl

from data.importers import Reading
from data.store.load_report import LoadReport
from reports.answers.shared.finding import Finding
from reports.formats import money, number
from reports.translation import _, _n

COLUMNS = ("kind", "invoice_id", "payment_id", "customer_id", "day", "currency", "amount")
_LISTS = "open_items"


def holds_lists(readings: Sequence[Reading]) -> bool:
    """Tell whether lists of open items are among files."""
    return any(_LISTS in reading.grains for reading in readings)


def missing_title(rows: pl.DataFrame) -> str:
    """Return how many rows of the books files that are all there is do not hold."""
    if rows.is_empty():
        return _("Nothing is missing: the files hold every document and payment of the books.")
    on_lists = rows.filter(kind=_LISTS)
    others = rows.filter(pl.col("kind") != _LISTS)
    sentences_of_rows = []
    if on_lists.height:
        sentences_of_rows.append(
            _n(
                "{count} document is on its list of open items no longer and open in the books: {amounts}.",
                "{count} documents are on their list of open items no longer and open in the books: "
                "{amounts}.",
                on_lists.height,
                amounts=_sums(on_lists),
            )
        )
    if others.height:
        documents = others.filter(kind="invoices").height
        sentences_of_rows.append(
            _(
                "In the books and not in the files: {documents} and {payments}, together {count}.",
                documents=_n("{count} document", "{count} documents", documents),
                payments=_n("{count} payment", "{count} payments", others.height - documents),
                count=number(others.height),
            )
        )
    return " ".join(sentences_of_rows)


def _sums(rows: pl.DataFrame) -> str:
    """Return the amounts of rows added up per currency."""
    sums = rows.group_by("currency").agg(pl.col("amount").sum()).sort("currency")
    return ", ".join(money(amount, currency) for currency, amount in sums.iter_rows())


def missing_finding(rows: pl.DataFrame) -> Finding:
    """Return what files that are all there is do not hold, and what cancelling does."""
    kinds = set(rows["kind"])
    methods = []
    if _LISTS in kinds:
        methods.append(
            _("Settled, a document is closed on the day of the list; when and how it was paid no list says")
        )
    if kinds - {_LISTS}:
        methods.append(
            _(
                "Cancelled, a document is taken off from the day the files speak of and a payment counts no "
                "more"
            )
        )
    return Finding(missing_title(rows), ". ".join(methods))


def cancelled_title(report: LoadReport) -> str:
    """Return how many missing rows were cancelled, or settled by a list."""
    if report.missing is not None and set(report.missing["kind"]) == {_LISTS}:
        return _n(
            "{count} document that is on its list no longer was settled.",
            "{count} documents that are on their list no longer were settled.",
            report.cancelled,
        )
    return _n("{count} missing row was cancelled.", "{count} missing rows were cancelled.", report.cancelled)


def cancel_question(rows: pl.DataFrame) -> str:
    """Return the question whether to cancel what is missing, or settle it by its list."""
    if set(rows["kind"]) == {_LISTS}:
        return _n(
            "The list is complete: settle this {count} document on its day",
            "The list is complete: settle these {count} documents on its day",
            rows.height,
        )
    return _n("Cancel this {count} row", "Cancel these {count} rows", rows.height)


def shrunk_question(rows: pl.DataFrame) -> str:
    """Return the second question, where a list is far shorter than the one before it."""
    on_lists = rows.filter(kind=_LISTS)
    return _n(
        "I checked that the list is complete, though so much shorter: settle {count} document, {amounts}",
        "I checked that the list is complete, though so much shorter: settle {count} documents, {amounts}",
        on_lists.height,
        amounts=_sums(on_lists),
    )
