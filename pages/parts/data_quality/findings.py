"""The blocks of the Data screen: last load, checks, oddities, files with their rejects, reconciliation."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import polars as pl
import streamlit as st

from data.message_templates import Message
from pages.parts.context import books, browser, filters
from pages.parts.context.view import View
from pages.parts.shell import page
from pages.parts.widgets import blocks, escape, exports, tables, text_tables
from reports import language
from reports.answers.data_quality import findings as findings_answers
from reports.answers.data_quality import rejects as rejects_answers
from reports.language import _, _p
from reports.sentences import translate

PARTS = ("checks", "files", "ledger", "upload")
_CHECKED_AT_ONCE = 250_000
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


def part_name(part: str) -> str:
    """Return what a part of the screen is called."""
    return {
        "checks": _("Last load and checks"),
        "files": _("Files and rejects"),
        "ledger": _("General ledger"),
        "upload": _("Load files"),
    }[part]


def last_load(batches: pl.DataFrame, view: View) -> None:
    """Draw what the last load brought, file by file.

    Args:
        batches: the query `batches`.
        view: for amounts.
    """
    moment = findings_answers.loaded_at(batches)
    if moment is None:
        page.nothing_here(_("Nothing has been loaded yet."))
        return
    rows, finding = (
        findings_answers.last_load(batches),
        findings_answers.load_sentence(batches, _clock(moment)),
    )
    with st.container(horizontal=True, key="last-load-head"):
        blocks.heading(
            finding, _("Of every file the rows, control totals and hash are kept; the file itself too"),
            key="last-load",
        )  # fmt: skip
        _export("last-load", view, rows, _("Last load"), finding)
    columns = ("file_name", "rows_read", "accepted", "rejected", "duplicate", "sum_accepted")
    tables.show(
        rows,
        view,
        key="last-load",
        columns=columns,
        phone=("file_name", "accepted", "rejected"),
        page_rows=_FILES,
    )


def checked(tie_out: pl.DataFrame, balances: pl.DataFrame, view: View) -> None:
    """Draw whether the balances tie out, then whether the store is whole.

    Args:
        tie_out: the query `tie_out`.
        balances: the query `ledger_reconciliation`.
        view: for amounts.
    """
    finding = findings_answers.checks_sentence(tie_out, balances)
    with st.container(horizontal=True, key="checks-head"):
        blocks.heading(
            finding,
            _("Documents less payments against the ageing, and against the general ledger, per currency"),
            key="checks",
        )
        _export("tie-out", view, tie_out, _p("sheet", "Tie-out"), finding)
    tables.show(
        tie_out, view, key="tie-out-table", columns=_TIE_OUT, phone=("entity", "receivables", "difference")
    )


def whole(batches: pl.DataFrame) -> None:
    """Draw whether the store is what was published: at once on a small store, on a press on a large one."""
    is_small = int(batches["rows_read"].sum()) <= _CHECKED_AT_ONCE
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
                "The hash chain, control totals and kept files of {count} batches are whole",
                count=batches.height,
            )
        )


@st.cache_data(max_entries=4, show_spinner=False)
def _faults(key: str) -> list[Message]:
    del key  # the published pair: another one is checked again
    return findings_answers.faults(books.books())


def oddities(findings: pl.DataFrame, view: View) -> None:
    """Draw what is odd but true in the books, each with an example and what to do.

    Args:
        findings: the query `findings`.
        view: for amounts.
    """
    finding, rows = findings_answers.findings_sentence(findings), findings_answers.in_words(findings)
    with st.container(horizontal=True, key="findings-head"):
        blocks.heading(finding, _("Taken in as it came; nothing is changed silently"), key="findings")
        if rows.height:
            _export("findings", view, rows, _p("sheet", "Oddities"), finding)
    if rows.height:
        columns = ("finding", "count", "amount", "example", "advice")
        text_tables.table(rows, view, key="findings", columns=columns[:3] if browser.is_phone() else columns)


def files(batches: pl.DataFrame, view: View) -> int | None:
    """Draw all imported files and return the batch that is picked.

    Args:
        batches: the query `batches`.
        view: for amounts.
    """
    finding = findings_answers.files_sentence(batches)
    with st.container(horizontal=True, key="batches-head"):
        blocks.heading(finding, _("Newest first. Pick a row for its rejects."), key="batches")
        _export("batches", view, batches, _p("sheet", "Files"), finding)
    rows = batches.with_columns(
        pl.Series("loaded_at", [_clock(moment) for moment in batches["recorded_at"]], dtype=pl.String),
        pl.col("kind").map_elements(findings_answers.kind, return_dtype=pl.String),
    )
    picked = tables.show(
        rows, view, key="batches", columns=_BATCHES, phone=("file_name", "accepted", "rejected"), select=True
    )
    return _batch(picked, batches)


def _batch(picked: dict[str, Any] | None, batches: pl.DataFrame) -> int | None:
    """Keep the picked batch in the URL; without a pick it is the one a link brought."""
    if picked is not None:
        filters.remember(batch=str(picked["batch_id"]))
    elif st.session_state.get("batch-was-picked"):
        filters.remember(batch=None)
    st.session_state["batch-was-picked"] = picked is not None
    asked = filters.parameter("batch")
    if asked is None:
        return None
    if asked not in {str(number) for number in batches["batch_id"]}:
        filters.report_missing("batch")
        return None
    return int(asked)


def rejects(view: View, batch: int | None) -> None:
    """Draw the rejected rows with their reasons, of one batch or of all.

    Args:
        view: for the export.
        batch: the batch that is picked.
    """
    rows = _rejects(books.snapshot().key, batch, language.current())
    finding = findings_answers.rejects_sentence(rows, batch)
    with st.container(horizontal=True, key="rejects-head"):
        advice = _("Correct them at the source and load the file again")
        blocks.heading(finding, advice if rows.height else None, key="rejects")
        if rows.height:
            _export("rejects", view, rows, _p("sheet", "Rejects"), finding)
    if rows.height:
        tables.show(
            rows, view, key="rejects", phone=("line", "reason"), columns=findings_answers.REJECTS, lines=2
        )


@st.cache_data(max_entries=8, show_spinner=False)
def _rejects(key: str, batch: int | None, spoken: str) -> pl.DataFrame:
    del key, spoken  # another published pair has other rows, and the reasons are in the language spoken
    return rejects_answers.of_books(books.books(), books.ask("rejects", batch=batch))


def ledger(balances: pl.DataFrame, view: View) -> None:
    """Draw every declared general-ledger balance beside what the books come to on its day.

    Args:
        balances: the query `ledger_reconciliation`.
        view: for amounts.
    """
    finding = findings_answers.ledger_sentence(balances)
    with st.container(horizontal=True, key="ledger-head"):
        blocks.heading(finding, _("Declared balances against receivables on their own day"), key="ledger")
        if balances.height:
            _export("general-ledger", view, balances, _("General ledger"), finding)
    if balances.is_empty():
        page.nothing_here(_("Load ledger_balances.csv to compare the books with the general ledger."))
        return
    tables.show(balances, view, key="ledger", phone=("balance_date", "receivables", "ledger_difference"))


def _export(name: str, view: View, rows: pl.DataFrame, title: str, finding: str) -> None:
    exports.downloads(name, view, rows, title=title, method=finding, key=name)


def _clock(moment: datetime) -> str:
    """Return an instant (UTC) as the reader's own clock shows it."""
    try:
        zone = ZoneInfo(st.context.timezone or "Europe/Amsterdam")
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("Europe/Amsterdam")
    local = moment.replace(tzinfo=UTC).astimezone(zone)
    return f"{language.in_sentence(local.date())} {local:%H:%M}"
