"""Long calculations in the background: one per snapshot and day, shared by all sessions."""

import time
from collections.abc import Sequence
from datetime import date
from threading import Lock
from typing import Any

import polars as pl
import streamlit as st

from pages.parts.context import books
from pages.parts.context.calculator import Calculation, start
from pages.parts.context.view import View
from queries import Books
from reports.answers.forecast import backtest as backtest_answers
from reports.answers.forecast import cash_forecast
from reports.answers.forecast import rows as forecast_rows
from reports.answers.forecast import text as forecast_text
from reports.answers.warnings import warnings
from reports.answers.whatif.evaluate import WhatIf, evaluate
from reports.answers.whatif.ground import Ground
from reports.answers.whatif.ground import ground as whatif_ground
from reports.answers.whatif.lever import Scenario
from reports.answers.whatif.scenario_file import to_toml
from reports.language import _, _p, percent

_POLL_EVERY = 0.2  # seconds
_PATIENCE = 0.3  # seconds a page waits before it shows an earlier result of the same books
_MOST_EARLIER = 8
# Kinds of rows that no forecast depends on: a note of a call must not start the same forecast again.
_NO_FORECAST = (
    "assignments",
    "collection_cases",
    "contact_details",
    "contacts",
    "forecast_runs",
    "mutes",
    "notes",
    "saved_views",
    "scenarios",
    "signals",
)
_NO_WARNING = tuple(
    kind for kind in _NO_FORECAST if kind != "contacts"
)  # a missing answer of a customer is a signal


_EARLIER_RESULTS: dict[tuple[Any, ...], Any] = {}
_EARLIER_LOCK = Lock()


@st.cache_resource(max_entries=6, show_spinner=False)
def _forecast(key: str, view: tuple[Any, ...], _open: Books) -> Calculation[cash_forecast.CashForecast]:
    del key  # the cache's key: another snapshot is another run
    as_of, known_on = view
    work = cash_forecast.cash_forecast
    return start("forecast", work, _open, as_of=as_of, weeks=forecast_rows.WEEKS, known_on=known_on)


@st.cache_resource(max_entries=6, show_spinner=False)
def _backtest(key: str, view: tuple[Any, ...], _open: Books) -> Calculation[backtest_answers.Accuracy]:
    del key
    as_of, known_on = view
    work = backtest_answers.accuracy
    return start("backtest", work, _open, as_of=as_of, weeks=forecast_rows.WEEKS, known_on=known_on)


@st.cache_resource(max_entries=6, show_spinner=False)
def _warnings(key: str, view: tuple[Any, ...], _open: Books) -> Calculation[warnings.RuleOutcome]:
    del key
    as_of, known_on = view
    return start("warnings", warnings.run_rules, _open, as_of=as_of, known_on=known_on)


@st.cache_resource(max_entries=2, show_spinner=False)
def _ground(key: str, view: tuple[Any, ...], _open: Books) -> Calculation[Ground]:
    del key
    as_of, known_on = view
    return start("forecast", whatif_ground, _open, as_of=as_of, weeks=forecast_rows.WEEKS, known_on=known_on)


@st.cache_resource(max_entries=64, show_spinner=False)
def _whatif(key: tuple[Any, ...], toml: str, _scenario: Scenario, _ground: Ground) -> WhatIf:
    del key, toml  # the cache's key
    return evaluate(_ground, _scenario)


def whole_company(view: View) -> View:
    """Return the view of a run: the whole company in the reporting currency, on the last Sunday."""
    return View(
        as_of=forecast_rows.run_day(view.as_of),
        known_on=view.known_on,
        reporting_currency=view.reporting_currency,
    )


def is_filtered(view: View) -> bool:
    """Return whether the filters leave less than the whole company."""
    return bool(view.entity or view.segment or view.currency not in {None, view.reporting_currency})


def forecast(view: View, height: int = 395) -> cash_forecast.CashForecast:
    """Return the forecast of a view's day; meanwhile draw a bar, or return an earlier result."""
    result: cash_forecast.CashForecast = _await(
        _forecast, view, height, _without(_NO_FORECAST), allow_earlier=True
    )
    return result


def backtest(view: View, height: int = 395) -> backtest_answers.Accuracy:
    """Return the backtest up to a view's day; meanwhile draw its progress.

    Raises:
        NotEnoughHistoryError: the history is too short for any earlier day.
    """
    result: backtest_answers.Accuracy = _await(_backtest, view, height, _without(_NO_FORECAST))
    return result


def early_warnings(view: View, height: int = 395) -> warnings.RuleOutcome:
    """Return the early warnings of a view's own day; meanwhile draw their progress."""
    result: warnings.RuleOutcome = _await(
        _warnings, view, height, _without(_NO_WARNING), view.as_of, allow_earlier=True
    )
    return result


def ground(view: View, height: int = 395) -> Ground:
    """Return the ground of every what-if of a view's day; meanwhile draw its progress."""
    result: Ground = _await(_ground, view, height, _without(_NO_FORECAST))
    return result


def whatif(view: View, scenario: Scenario, ground: Ground) -> WhatIf:
    """Return a scenario on a view's day, evaluated.

    Raises:
        ScenarioError: the books do not know what it names.
        NotEnoughHistoryError: its levers need a payment model.
    """
    key = (_without(_NO_FORECAST), ground.forecast.as_of, view.known_on)
    return _whatif(key, to_toml(scenario), scenario, ground)


def _without(kinds: Sequence[str]) -> str:
    """Return the key of the books without the rows of some kinds."""
    return books.batches_hash(books.ask("batches").filter(~pl.col("kind").is_in(kinds)))


def _await(
    kind: Any, view: View, height: int, key: str, day: date | None = None, *, allow_earlier: bool = False
) -> Any:
    """Return the result of a run, or an earlier one of the same ledger if it takes long; draw progress."""
    opened = books.books()
    arguments = (key, (day or whole_company(view).as_of, view.known_on))
    run = kind(*arguments, opened)
    # An earlier result stands in only on the same ledger: what people note in the journal changes it little.
    place_of_result = (kind.__name__, opened.snapshot.ledger_version, *arguments[1])
    if not run.is_done():
        earlier = _EARLIER_RESULTS.get(place_of_result) if allow_earlier else None
        began = time.monotonic()
        place = st.empty()
        with place.container(gap="xsmall"):
            bar = st.progress(0.0, _p("progress", "Forecast") if day is None else _("Early warning"))
            st.skeleton(height)
            while not run.is_done(_POLL_EVERY):
                if earlier is not None and time.monotonic() - began > _PATIENCE:
                    break
                bar.progress(
                    run.share, f"{forecast_text.progress_stage(run.stage)} · {percent(run.share, 0)}"
                )
        place.empty()
        if not run.is_done():
            _progress_note(run)
            return earlier
    if run.is_broken:
        kind.clear(*arguments, opened)
    result = run.result()
    if allow_earlier:
        with _EARLIER_LOCK:
            _EARLIER_RESULTS.pop(place_of_result, None)
            _EARLIER_RESULTS[place_of_result] = result
            while len(_EARLIER_RESULTS) > _MOST_EARLIER:
                del _EARLIER_RESULTS[next(iter(_EARLIER_RESULTS))]
    return result


@st.fragment(run_every=1.0)
def _progress_note(run: Calculation[Any]) -> None:
    """Note that the figures are from before the last change; draw the page again after the run."""
    if run.is_done():
        st.rerun()
    sentence = _(
        "What was noted last is not in these figures yet: they are being made again, {share} done.",
        share=percent(run.share, 0),
    )
    st.caption(f":material/hourglass_top: {sentence}")
