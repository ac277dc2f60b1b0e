"""Blocks of the accuracy part: methods side by side, forecast against what came, how often the bands held."""

import streamlit as st

from pages.parts import choices, device, frame, runs, tables, wordy
from pages.parts.view import View
from reports import figures
from reports.answers import accuracy, forecast_words
from reports.answers import accuracy_words as told
from reports.answers.accuracy import Accuracy
from reports.answers.cash_forecast import CashForecast
from reports.language import _

_PHONE = ("method", "wape_1_4", "cumulative_13")


def methods(found: Accuracy, ahead: CashForecast, view: View) -> None:
    """Draw the methods side by side under the verdict, the weeks not scored, and which method is used."""
    whole, rows = runs.whole(view), told.method_rows(found)
    verdict = accuracy.verdict(found.methods, found.origins)
    with st.container(horizontal=True, vertical_alignment="bottom", key="bar-methods"):
        frame.heading(verdict, told.methods_method(found), key="methods")
        sheets = {
            _("Methods"): rows,
            _("Weeks"): told.every_week(found),
            _("Bands"): told.coverage_rows(found),
        }
        tables.downloads(
            "accuracy", whole, sheets, title=verdict, method=told.methods_method(found), key="methods"
        )
    holes = accuracy.holes_said(found.holes)
    if holes:
        st.warning(device.plain(holes))
    wordy.table(rows, whole, key="methods", columns=_PHONE if device.is_phone() else None)
    st.caption(forecast_words.method_used(ahead))
    helps = told.plan_helps(found)
    if helps:
        st.caption(device.plain(helps))


def past(found: Accuracy, view: View) -> None:
    """Draw what was forecast for every past week beside what came."""
    whole = runs.whole(view)
    head = st.container(key="past-head")
    ahead = int(choices.pick("ahead", _("How far ahead"), told.AHEAD, told.ahead_said))
    rows = told.past_weeks(found, ahead)
    finding, method = told.past_found(rows, ahead), told.past_method(found)
    with head:
        frame.heading(finding, method, key="past")
    figure = figures.against_actual(
        rows,
        simple=told.best_name(found),
        theme=device.theme(),
        currency=whole.shown_currency,
        compact=device.is_phone(),
    )
    frame.chart(
        figure,
        name="forecast-against-actual",
        finding=finding,
        view=whole,
        key="past",
        rows=rows,
        method=method,
    )


def bands(found: Accuracy, view: View) -> None:
    """Draw how often what came was inside the bands."""
    finding, method, rows = told.coverage_found(found), told.coverage_method(), told.coverage_rows(found)
    frame.heading(finding, method, key="coverage")
    figure = figures.coverage(rows, theme=device.theme())
    frame.chart(
        figure,
        name="coverage",
        finding=finding,
        view=runs.whole(view),
        key="coverage",
        rows=rows,
        method=method,
    )


def chances(found: Accuracy, view: View) -> None:
    """Draw how often what was said of single invoices came true."""
    rows = told.calibration_rows(found)
    finding, method = told.calibration_found(found), told.calibration_method()
    frame.heading(finding, method, key="calibration")
    if rows.is_empty():
        return
    frame.chart(
        figures.calibration(rows, theme=device.theme()),
        name="calibration",
        finding=finding,
        view=runs.whole(view),
        key="calibration",
        rows=rows,
        method=method,
    )
