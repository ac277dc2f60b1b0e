"""The card that says why the expected balance is another one than an earlier forecast had it."""

from dataclasses import replace

import streamlit as st

from pages.parts.context import background_runs, books, browser
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape, tables
from reports import figures
from reports.answers.cash import changes, changes_text
from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.forecast.variance import causes, frozen_runs
from reports.language import _


def card(found: CashForecast, view: View) -> None:
    """Draw what changed since the last kept forecast, else since the one of a week before, made for this."""
    whole, known_on = background_runs.whole_company(view), view.known_on
    first = books.ask("as_of_range").row(0, named=True)["first_date"]
    day, is_kept = changes.day_before(books.books(), found.as_of, known_on=known_on)
    if first is None or day < first:
        blocks.heading(_("There is no earlier forecast to compare with yet"), key="changes")
        return
    before = frozen_runs.read(books.books(), day, known_on=known_on) if is_kept else None
    if before is None:
        before = frozen_runs.from_forecast(background_runs.forecast(replace(view, as_of=day), height=240))
    change = changes.changes(books.books(), before, frozen_runs.from_forecast(found), known_on=known_on)
    names = dict(books.ask("customers", whole).select("customer_id", "customer_name").iter_rows())
    title, method = changes_text.found(change), changes_text.method(change)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="bar-changes"):
        blocks.heading(title, method, key="changes")
        tables.downloads(
            "changes", whole, changes.rows(change, names), title=title, method=method, key="changes"
        )
    rows = causes.bridge(change.amounts, changes_text.details(change, names))
    figure = figures.cash_changes(
        rows, theme=browser.theme(), currency=found.currency, compact=browser.is_phone(), narrow=True
    )
    blocks.figure(
        figure, name="forecast-changes", finding=title, view=whole, key="changes", rows=rows, method=method
    )
    # Below: the picture's button stands where the figure begins.
    for sentence in changes_text.notes(change):
        st.warning(escape.plain(sentence))
