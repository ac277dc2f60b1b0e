"""The Bank screen: what came in, the list of decisions to publish, and one part of the screen below them."""

from datetime import timedelta

import polars as pl
import streamlit as st

from pages.parts.bank import decision_list, entry_list, loads, quality, statements
from pages.parts.context import books, url_choices
from pages.parts.context.view import View
from pages.parts.shell import page
from pages.parts.widgets import blocks, escape, links
from reports.answers.bank import entries, quality_text
from reports.answers.bank import quality as quality_answers
from reports.answers.bank import text as bank_text
from reports.language import _

_STATEMENTS, _SAMPLE = "statements", "sample"


def screen(view: View) -> None:
    """Draw the screen of a view."""
    rows = books.ask("cash_application", view)
    if view.currency:
        rows = rows.filter(currency=view.currency)
    if rows.is_empty() and books.ask("bank_statements", view).is_empty():
        page.nothing_here(
            _(
                "The bank shows nothing by this day yet. Load bank statements (camt.053, MT940, CODA or the "
                "CSV of the bank): what is certain is then applied to invoices by itself, and what is not is "
                "proposed here."
            ),
            link="data", label=_("Load bank statements"), part="upload",
        )  # fmt: skip
        return
    desk = decision_list.desk()
    listed = entries.entries(rows)
    waiting = entries.without(listed, desk.listed)
    _heading(rows, entries.waiting(waiting, rows, view.display_currency), view)
    _sources(view)
    decision_list.show(desk, entries.names(rows), view)
    counts = {state: waiting.filter(state=state).height for state in ("proposed", "unmatched")}
    part = url_choices.pick(
        "part", _("Part of the screen"), bank_text.PARTS, lambda code: bank_text.part_name(code, counts)
    )
    if part == _STATEMENTS:
        statements.statements(view)
        loads.loads(view)
        statements.learned(view)
        return
    if part == _SAMPLE:
        quality.sample_and_curve(rows, view)
        return
    entry_list.entry_list(part, waiting.filter(state=part), rows, view)


def _heading(rows: pl.DataFrame, waiting: entries.Waiting, view: View) -> None:
    currency = view.display_currency
    since = view.compare_day + timedelta(days=1)
    period = entries.received(rows, currency, view.compare_day, view.as_of)
    finding = bank_text.headline(period, waiting, since, view.as_of, currency)
    blocks.heading_with_export(finding, bank_text.export_sheets(rows), view, key="bank", name="bank")
    contradicted = books.ask("cash_contradicted", view)
    drawn = quality_answers.sample_error(contradicted, books.ask("cash_decisions", view), currency)
    error = entries.measured_error(rows, contradicted, currency)
    everything = entries.received(rows, currency, None, view.as_of)
    st.markdown(escape.plain(quality_text.quality(everything, drawn, error, view.as_of, currency)))
    others = {
        other: amount for other in rows["currency"].unique()
        if other != currency
        and (amount := entries.received(rows, other, view.compare_day, view.as_of).amount)
    }  # fmt: skip
    if others:
        st.caption(escape.plain(bank_text.other_currencies(others)))


def _sources(view: View) -> None:
    """Draw whose payments count where that is not simply the bank, with the way to the setting."""
    given = books.ask("cash_sources", view)
    sources = entries.sources_of(given)
    sentences = bank_text.source_sentences(entries.proposing_only(sources, given), entries.undecided(sources))
    if not sentences:
        return
    with st.container(border=True, key="cash-sources"):
        for sentence in sentences:
            st.markdown(escape.plain(sentence))
        links.settings("books", _("Say whose payments count"))
