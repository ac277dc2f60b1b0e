"""The card that says why the expected balance is another one than an earlier forecast had it."""

from dataclasses import replace

import streamlit as st

from pages.parts import books, device, frame, runs, tables
from pages.parts.view import View
from reports import figures
from reports.answers import causes, kept_runs
from reports.answers import changes as answer
from reports.answers import changes_words as told
from reports.answers.cash_forecast import CashForecast
from reports.language import _


def card(found: CashForecast, view: View) -> None:
    """Draw what changed since the last kept forecast, else since the one of a week before, made for this."""
    whole, known_on = runs.whole(view), view.known_on
    first = books.ask("as_of_range").row(0, named=True)["first_date"]
    day, is_kept = answer.day_before(books.books(), found.as_of, known_on=known_on)
    if first is None or day < first:
        frame.heading(_("There is no earlier forecast to compare with yet"), key="changes")
        return
    before = kept_runs.read(books.books(), day, known_on=known_on) if is_kept else None
    if before is None:
        before = kept_runs.of_forecast(runs.forecast(replace(view, as_of=day), height=240))
    change = answer.changes(books.books(), before, kept_runs.of_forecast(found), known_on=known_on)
    names = dict(books.ask("customers", whole).select("customer_id", "customer_name").iter_rows())
    title, method = told.found(change), told.method(change)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="bar-changes"):
        frame.heading(title, method, key="changes")
        tables.downloads(
            "changes", whole, answer.rows(change, names), title=title, method=method, key="changes"
        )
    rows = causes.bridge(change.amounts, told.details(change, names))
    figure = figures.cash_changes(
        rows, theme=device.theme(), currency=found.currency, compact=device.is_phone(), narrow=True
    )
    frame.chart(
        figure, name="forecast-changes", finding=title, view=whole, key="changes", rows=rows, method=method
    )
    # Below: the picture's button stands where the figure begins.
    for sentence in told.notes(change):
        st.warning(device.plain(sentence))
