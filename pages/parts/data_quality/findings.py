"""Blocks of the Data screen: last load, checks, findings, files with their rejects, general ledger."""

from typing import Any

import polars as pl
import streamlit as st

from data import clock
from data.errors import KasstroomError
from data.message_templates import Message
from data.store import sources as store_sources
from data.store.snapshot import default_folder
from pages.parts.context import books, browser, filters
from pages.parts.context.view import View
from pages.parts.shell import page
from pages.parts.widgets import blocks, escape
from reports import language
from reports.answers.data_quality import checks, list_text, loads
from reports.answers.data_quality import findings as findings_answers
from reports.answers.data_quality import rejects as rejects_answers
from reports.answers.data_quality import sources as source_answers
from reports.answers.shared.finding import Finding
from reports.formats import instant, number
from reports.language import _, _p
from reports.sentences import translate

PARTS = ("checks", "files", "ledger", "upload")
_MOST_ROWS_CHECKED_UNASKED = 250_000
_FILES = 15
_BATCHES = (
    "batch_id",
    "loaded_at",
    "kind",
    "file_name",
    "preset",
    "rows_read",
    "accepted",
    "rejected",
    "duplicate",
    "sum_read",
    "sum_accepted",
    "sha256",
)
_TIE_OUT = (
    "entity",
    "currency",
    "receivables",
    "bucket_total",
    "unapplied",
    "difference",
    "ledger_date",
    "ledger_balance",
    "ledger_difference",
)
_LISTED = (
    "customer_name", "invoice_id", "invoice_date", "listed_date", "listed_amount", "collected", "open_amount",
)  # fmt: skip


def part_name(part: str) -> str:
    """Return the name of a part of the screen."""
    return {
        "checks": _("Last load and checks"),
        "files": _("Files and rejects"),
        "ledger": _("General ledger"),
        "upload": _("Load files"),
    }[part]


def source_states(view: View) -> None:
    """Draw per source of `sources.toml` what came of it and how old it is; nothing where none is named."""
    try:
        named = store_sources.sources(default_folder())
    except KasstroomError as error:
        st.warning(escape.plain(translate(error.message)))
        return
    if not named:
        return
    states = source_answers.state_of(named, books.ask("source_runs", view), clock.today())
    for sentence in source_answers.late(states, clock.today()):
        st.warning(escape.plain(sentence))
    finding = source_answers.finding(states)
    shown = states.with_columns(
        pl.Series(
            name, [None if moment is None else instant(moment) for moment in states[name]], dtype=pl.String
        )
        for name in ("recorded_at", "new_at")
    )
    blocks.table(
        finding, shown, view, key="named-sources", name="named-sources", sheet=states, export_words=finding,
        columns=source_answers.COLUMNS, phone=("source_name", "source_state", "last_date"),
    )  # fmt: skip


def sources(rows: pl.DataFrame, view: View) -> None:
    """Draw per source when it was last loaded and how far it goes, with a link where one is missing.

    Args:
        rows: the query `sources`.
        view: for the export.
    """
    finding = loads.sources(rows)
    instants = [None if moment is None else instant(moment) for moment in rows["recorded_at"]]
    shown = rows.with_columns(
        pl.Series("loaded_at", instants, dtype=pl.String),
        language.each(rows["kind"], loads.kind_name),
    )
    blocks.table(
        finding, shown, view, key="sources", name="sources", sheet=rows, export_words=finding,
        columns=("kind", "loaded_at", "last_date"), phone=("kind", "loaded_at", "last_date"),
    )  # fmt: skip
    if loads.missing_sources(rows):
        st.page_link(
            "pages/data.py",
            label=_("Load files"),
            icon=":material/arrow_forward:",
            query_params=filters.link(part="upload"),
        )


def last_load(batches: pl.DataFrame, view: View) -> None:
    """Draw the files of the last load with their row counts.

    Args:
        batches: the query `batches`.
        view: for amounts.
    """
    moment = loads.loaded_at(batches)
    if moment is None:
        page.nothing_here(_("Nothing has been loaded yet."))
        return
    finding = loads.last_load(batches, instant(moment))
    blocks.table(
        finding, loads.last_batches(batches), view, key="last-load", name="last-load",
        export_words=Finding(_("Last load"), finding.title),
        columns=("file_name", "rows_read", "accepted", "rejected", "duplicate", "sum_accepted"),
        phone=("file_name", "accepted", "rejected"), page_rows=_FILES,
    )  # fmt: skip
    if notes := loads.notes_since(batches):
        st.caption(notes)


def tie_outs(rows: pl.DataFrame, balances: pl.DataFrame, view: View) -> None:
    """Draw whether the balances tie out.

    Args:
        rows: the query `tie_out`.
        balances: the query `ledger_reconciliation`.
        view: for amounts.
    """
    finding = checks.tie_out(rows, balances)
    blocks.table(
        finding, rows, view, key="checks", table_key="tie-out-table", name="tie-out",
        export_words=Finding(_p("sheet", "Tie-out"), finding.title), columns=_TIE_OUT,
        phone=("entity", "receivables", "difference"),
    )  # fmt: skip


def store_faults(batches: pl.DataFrame) -> None:
    """Draw whether the store is intact: a small store is checked at once, a large one when asked."""
    is_small = int(batches["rows_read"].sum()) <= _MOST_ROWS_CHECKED_UNASKED
    if not is_small and not st.button(_("Check every hash and control total"), icon=":material/fact_check:"):
        return
    with st.spinner(_("Checking every hash and control total"), show_time=True):
        faults = _faults(books.snapshot().key)
    for fault in faults:
        st.error(escape.sentence(translate(fault)), icon=":material/error:")
    if not faults:
        st.caption(
            ":material/check_circle: "
            + _(
                "All loaded files are unchanged: {count} checked by hash and control total.",
                count=number(batches.height),
            )
        )


@st.cache_data(max_entries=4, show_spinner=False)
def _faults(key: str) -> list[Message]:
    del key  # the published pair of files: a new pair is checked again
    return checks.faults(books.books())


def findings(rows: pl.DataFrame, view: View) -> None:
    """Draw facts in the books that look odd, each with an example and advice.

    Args:
        rows: the query `findings`.
        view: for amounts.
    """
    finding, in_words = findings_answers.findings(rows), findings_answers.in_words(rows)
    if in_words.is_empty():
        blocks.heading(finding, key="findings")
        return
    columns = ("finding", "count", "amount", "example", "advice")
    blocks.text_table(
        finding, in_words, view, key="findings", name="findings",
        export_words=Finding(_p("sheet", "Oddities"), finding.title),
        columns=columns[:3] if browser.is_phone() else columns,
    )  # fmt: skip


def settled_by_lists(rows: pl.DataFrame, view: View) -> None:
    """Draw the documents that lists of open items settled; nothing where there are none.

    Args:
        rows: the query `listed_documents`.
        view: for amounts.
    """
    if rows.is_empty():
        return
    finding = list_text.documents(rows, view.display_currency)
    blocks.table(
        finding, rows, view, key="listed", name="settled-by-lists",
        export_words=Finding(_p("legend", "Settled by lists"), finding.title), columns=_LISTED,
        phone=("customer_name", "listed_date", "listed_amount"),
    )  # fmt: skip


def files(batches: pl.DataFrame, view: View) -> int | None:
    """Draw all imported files and return the picked batch.

    Args:
        batches: the query `batches`.
        view: for amounts.
    """
    finding = loads.files(batches)
    rows = batches.with_columns(
        pl.Series("loaded_at", [instant(moment) for moment in batches["recorded_at"]], dtype=pl.String),
        language.each(batches["kind"], loads.kind_name),
    )
    picked = blocks.table(
        finding, rows, view, key="batches", name="batches", sheet=batches,
        export_words=Finding(_p("sheet", "Files"), finding.title), columns=_BATCHES,
        phone=("file_name", "accepted", "rejected"), select=True,
    )  # fmt: skip
    return _batch(picked, batches)


def _batch(picked: dict[str, Any] | None, batches: pl.DataFrame) -> int | None:
    """Keep the picked batch in the URL and return it; without a pick, return the batch in the URL."""
    if picked is not None:
        filters.remember(batch=str(picked["batch_id"]))
    elif st.session_state.get("batch-was-picked"):
        filters.remember(batch=None)
    st.session_state["batch-was-picked"] = picked is not None
    in_url = filters.parameter("batch")
    if in_url is None:
        return None
    if in_url not in {str(number) for number in batches["batch_id"]}:
        filters.report_missing("batch")
        return None
    return int(in_url)


def rejects(view: View, batch: int | None) -> None:
    """Draw the rejected rows with their reasons, of one batch or of all.

    Args:
        view: for the export.
        batch: the picked batch.
    """
    rows = _rejects(books.snapshot().key, batch, language.current())
    finding = loads.rejects(rows, batch)
    blocks.table(
        finding, rows, view, key="rejects", name="rejects", empty="",
        export_words=Finding(_p("sheet", "Rejects"), finding.title), columns=loads.REJECTS,
        phone=("line", "reason"), lines=2,
    )  # fmt: skip


@st.cache_data(max_entries=8, show_spinner=False)
def _rejects(key: str, batch: int | None, spoken: str) -> pl.DataFrame:
    del key, spoken  # another published pair has other rows, and the reasons are in the language spoken
    return rejects_answers.of_books(books.books(), books.ask("rejects", batch=batch))


def ledger(balances: pl.DataFrame, view: View) -> None:
    """Draw every declared general-ledger balance beside the receivables on its day.

    Args:
        balances: the query `ledger_reconciliation`.
        view: for amounts.
    """
    finding = checks.general_ledger(balances)
    blocks.table(
        finding, balances, view, key="ledger", name="general-ledger", empty="",
        export_words=Finding(_("General ledger"), finding.title),
        phone=("balance_date", "receivables", "ledger_difference"),
    )  # fmt: skip
    if balances.is_empty():
        page.nothing_here(_("Load ledger_balances.csv to compare the books with the general ledger."))


def turnover(months: pl.DataFrame, view: View) -> None:
    """Draw the turnover of the general ledger, month by month, beside the invoices of the month.

    Args:
        months: the query `turnover_reconciliation`.
        view: for amounts.
    """
    if months.is_empty():
        return
    finding = checks.turnover(months)
    blocks.table(
        finding, months, view, key="turnover", name="turnover", empty="",
        export_words=Finding(_p("sheet", "Turnover"), finding.title),
        phone=("to_date", "invoiced_amount", "turnover_difference"),
    )  # fmt: skip
