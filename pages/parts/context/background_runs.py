"""Forecast runs: each made once per snapshot and day, on a thread of its own, and shared by all sessions."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, wait
from datetime import date
from functools import partial
from hashlib import sha256
from threading import Thread
from typing import Any, Generic, TypeVar

import polars as pl
import streamlit as st

from data.errors import KasstroomError
from pages.parts.context import books
from pages.parts.context.view import View
from queries import Books
from reports.answers.forecast import backtest as backtest_answers
from reports.answers.forecast import cash_forecast
from reports.answers.forecast import rows as forecast_rows
from reports.answers.forecast import text as forecast_text
from reports.answers.forecast.cash_forecast import Progress
from reports.answers.warnings import warnings
from reports.answers.whatif.evaluate import WhatIf, evaluate
from reports.answers.whatif.ground import Ground
from reports.answers.whatif.ground import ground as whatif_ground
from reports.answers.whatif.lever import Scenario
from reports.answers.whatif.scenario_file import to_toml
from reports.language import _, _p, percent

Made = TypeVar("Made")
_LOOK_EVERY = 0.2  # seconds
_PATIENCE = 3.0  # seconds a page waits while an earlier run of the same books could stand in
_EARLIER_KEPT = 8
# Kinds of rows no forecast is made from: who notes a call need not wait for the same forecast again.
_NO_FORECAST = ("collection_cases", "contacts", "forecast_runs", "mutes", "notes", "scenarios", "signals")
_NO_WARNING = tuple(kind for kind in _NO_FORECAST if kind != "contacts")  # no answer is a signal


_EARLIER: dict[tuple[Any, ...], Any] = {}


class BackgroundRun(Generic[Made]):
    """One run under way or done; whoever leaves the page does not stop it."""

    def __init__(self, work: Callable[[Progress], Made]) -> None:
        self.stage, self.share = "history", 0.0
        self._future: Future[Made] = Future()
        # A daemon: when the server stops it would wait for the threads of an executor, up to a minute.
        Thread(target=self._run, args=(work,), daemon=True).start()

    def _run(self, work: Callable[[Progress], Made]) -> None:
        try:
            self._future.set_result(work(self._note_progress))
        except Exception as error:  # noqa: BLE001 - raised again where the result is asked for
            self._future.set_exception(error)

    def _note_progress(self, stage: str, share: float) -> None:
        self.stage, self.share = stage, min(max(share, 0.0), 1.0)

    def is_done(self, seconds: float = 0.0) -> bool:
        """Tell whether the run is over; wait for it so many seconds at most."""
        return bool(wait([self._future], seconds).done)

    @property
    def is_broken(self) -> bool:
        """Whether the run ended in a bug rather than in an answer or a refusal."""
        error = self._future.exception() if self._future.done() else None
        return error is not None and not isinstance(error, KasstroomError)

    def result(self) -> Made:
        """Return the result of a run that is over, or raise its error."""
        return self._future.result()


@st.cache_resource(max_entries=6, show_spinner=False)
def _forecast(key: str, view: tuple[Any, ...], _open: Books) -> BackgroundRun[cash_forecast.CashForecast]:
    del key  # the cache's key: another snapshot is another run
    as_of, known_on = view
    return BackgroundRun(
        partial(
            _call,
            cash_forecast.cash_forecast,
            _open,
            as_of=as_of,
            weeks=forecast_rows.WEEKS,
            known_on=known_on,
        )
    )


@st.cache_resource(max_entries=6, show_spinner=False)
def _backtest(key: str, view: tuple[Any, ...], _open: Books) -> BackgroundRun[backtest_answers.Accuracy]:
    del key
    as_of, known_on = view
    return BackgroundRun(
        partial(
            _call, backtest_answers.accuracy, _open, as_of=as_of, weeks=forecast_rows.WEEKS, known_on=known_on
        )
    )


@st.cache_resource(max_entries=6, show_spinner=False)
def _warnings(key: str, view: tuple[Any, ...], _open: Books) -> BackgroundRun[warnings.RuleOutcome]:
    del key
    as_of, known_on = view
    return BackgroundRun(partial(_call, warnings.run_rules, _open, as_of=as_of, known_on=known_on))


@st.cache_resource(max_entries=2, show_spinner=False)
def _ground(key: str, view: tuple[Any, ...], _open: Books) -> BackgroundRun[Ground]:
    del key
    as_of, known_on = view
    return BackgroundRun(
        partial(_call, whatif_ground, _open, as_of=as_of, weeks=forecast_rows.WEEKS, known_on=known_on)
    )


@st.cache_resource(max_entries=64, show_spinner=False)
def _whatif(key: tuple[Any, ...], toml: str, _scenario: Scenario, _ground: Ground) -> WhatIf:
    del key, toml  # the cache's key
    return evaluate(_ground, _scenario)


def _call(work: Callable[..., Made], opened: Books, progress: Progress, **named: Any) -> Made:
    return work(opened, progress=progress, **named)


def whole_company(view: View) -> View:
    """Return the view a run stands on: the whole company in the reporting currency, on the last Sunday."""
    return View(
        as_of=forecast_rows.run_day(view.as_of),
        known_on=view.known_on,
        reporting_currency=view.reporting_currency,
    )


def is_filtered(view: View) -> bool:
    """Tell whether the filters ask for less than the whole company."""
    return bool(view.entity or view.segment or view.currency not in {None, view.reporting_currency})


def forecast(view: View, height: int = 420) -> cash_forecast.CashForecast:
    """Return the forecast of a view's day; meanwhile a bar, or the run of before the last note, is shown."""
    made: cash_forecast.CashForecast = _awaited(
        _forecast, view, height, _without(_NO_FORECAST), may_stand_in=True
    )
    return made


def backtest(view: View, height: int = 420) -> backtest_answers.Accuracy:
    """Return the backtest up to a view's day; meanwhile a bar shows how far it is.

    Raises:
        NotEnoughHistoryError: the history allows not one earlier day.
    """
    made: backtest_answers.Accuracy = _awaited(_backtest, view, height, _without(_NO_FORECAST))
    return made


def early_warnings(view: View, height: int = 420) -> warnings.RuleOutcome:
    """Return the early warnings of a view's own day; meanwhile a bar shows how far they are."""
    made: warnings.RuleOutcome = _awaited(
        _warnings, view, height, _without(_NO_WARNING), view.as_of, may_stand_in=True
    )
    return made


def ground(view: View, height: int = 420) -> Ground:
    """Return the ground of every what-if of a view's day; meanwhile a bar shows how far it is."""
    made: Ground = _awaited(_ground, view, height, _without(_NO_FORECAST))
    return made


def whatif(view: View, scenario: Scenario, ground: Ground) -> WhatIf:
    """Return a scenario on a view's day, evaluated.

    Raises:
        ScenarioError: the books do not know what it names.
        NotEnoughHistoryError: its levers need a payment model.
    """
    key = (_without(_NO_FORECAST), ground.basis.forecast.as_of, view.known_on)
    return _whatif(key, to_toml(scenario), scenario, ground)


def _without(kinds: Sequence[str]) -> str:
    """Return the key of the books without the rows of some kinds."""
    batches = books.ask("batches").filter(~pl.col("kind").is_in(kinds))
    return sha256(repr(batches.drop("file_name").rows()).encode()).hexdigest()


def _awaited(
    make: Any, view: View, height: int, key: str, day: date | None = None, *, may_stand_in: bool = False
) -> Any:
    opened = books.books()
    asked = (key, (day or whole_company(view).as_of, view.known_on))
    run = make(*asked, opened)
    # What people noted since changes a run a little; other books make it another one.
    ledger = opened.snapshot.ledger
    # A folder that was made anew has a ledger of the same name.
    spot = (make.__name__, ledger, ledger.stat().st_mtime_ns, *asked[1])
    if not run.is_done():
        earlier = _EARLIER.get(spot) if may_stand_in else None
        began = time.monotonic()
        place = st.empty()
        with place.container(gap="xsmall"):
            bar = st.progress(0.0, _p("progress", "Forecast") if day is None else _("Early warning"))
            st.skeleton(height)
            while not run.is_done(_LOOK_EVERY):
                if earlier is not None and time.monotonic() - began > _PATIENCE:
                    break
                bar.progress(
                    run.share, f"{forecast_text.progress_stage(run.stage)} · {percent(run.share, 0)}"
                )
        place.empty()
        if not run.is_done():
            _say_it_is_made(run)
            return earlier
    if run.is_broken:
        make.clear(*asked, opened)
    made = run.result()
    if may_stand_in:
        _EARLIER.pop(spot, None)
        _EARLIER[spot] = made
        while len(_EARLIER) > _EARLIER_KEPT:
            _EARLIER.pop(next(iter(_EARLIER)), None)
    return made


@st.fragment(run_every=1.0)
def _say_it_is_made(run: BackgroundRun[Any]) -> None:
    """Say that what is shown is from before the last change, and draw the page again once it is not."""
    if run.is_done():
        st.rerun()
    said = _(
        "What was noted last is not in these figures yet: they are being made again, {share} done.",
        share=percent(run.share, 0),
    )
    st.caption(f":material/hourglass_top: {said}")
