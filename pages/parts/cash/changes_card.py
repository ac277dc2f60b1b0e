"""The card with the change of the expected balance since an earlier forecast, cause by cause."""

from dataclasses import replace

import streamlit as st

from pages.parts.context import background_runs, books, browser
from pages.parts.context.view import View
from pages.parts.widgets import blocks, escape
from reports import figures
from reports.answers.cash import changes, changes_text
from reports.answers.forecast import rows as forecast_rows
from reports.answers.forecast.cash_forecast import CashForecast
from reports.answers.forecast.variance import causes, frozen_runs


def card(forecast: CashForecast, view: View) -> None:
    """Draw the change since the last frozen forecast, or else since one made now for the week before."""
    whole, known_on = background_runs.whole_company(view), view.known_on
    first = books.ask("as_of_range").row(0, named=True)["first_date"]
    day, is_frozen = changes.day_before(books.books(), forecast.as_of, known_on=known_on)
    if first is None or day < first:
        blocks.heading(changes_text.no_earlier_forecast(), key="changes")
        return
    before = frozen_runs.read(books.books(), day, known_on=known_on) if is_frozen else None
    if before is None:
        before = frozen_runs.from_forecast(background_runs.forecast(replace(view, as_of=day), height=240))
    # At the low point, of which the rest of the page speaks.
    change = changes.balance_change(
        books.books(), before, frozen_runs.from_forecast(forecast),
        week=forecast_rows.week_number(forecast, None), known_on=known_on,
    )  # fmt: skip
    names = dict(books.ask("customers", whole).select("customer_id", "customer_name").iter_rows())
    rows = causes.bridge(change.amounts, changes_text.details(change, names))
    written = list(change.amounts_on_screen.values())
    # Without any cause the heading says it all.
    figure = None if not written else figures.cash_changes(
        rows, theme=browser.theme(), currency=forecast.currency, compact=browser.is_phone(), narrow=True,
        written=written,
    )  # fmt: skip
    blocks.chart(
        changes_text.finding(change),
        figure,
        name="forecast-changes",
        view=whole,
        key="changes",
        rows=rows,
        sheet=changes.rows(change, names),
        sheet_name="changes",
        opens=changes.parts(change, names),
    )
    for sentence in changes_text.notes(change):
        st.warning(escape.plain(sentence))
