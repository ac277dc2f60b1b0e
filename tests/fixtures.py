"""The fixtures every test may ask for."""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from data.store import reader
from data.store.writer import Writer
from forecasting.payments import timing_model
from forecasting.receipts.history import ledger_history
from pages.parts.context import background_runs, calculator
from reports import columns, language
from reports.answers.forecast import cash_forecast
from reports.codes import fallback_label
from tests.apps import pages_of
from tests.books import Desk
from tests.cases import Case, Loaded
from tests.histories import Coefficients, Histories
from tests.shared_desk import SharedDesk, SharedDesks
from tests.stores import BlankPair


@pytest.fixture(autouse=True)
def own_main() -> Iterator[None]:
    """Keep the program that runs: a page under test puts its script in its place, which new processes run."""
    program = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = program


@pytest.fixture(scope="session", autouse=True)
def blank_pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Let new stores start from a copy of a blank pair."""
    pair = BlankPair(tmp_path_factory.mktemp("blank") / "pair")

    def copy(writer: Writer) -> None:
        pair.copy(writer)

    def create(writer: Writer) -> None:
        pair.create(writer)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Writer, "_copy_published", copy)
        patch.setattr(Writer, "_create", create)
        yield


@pytest.fixture(scope="session", autouse=True)
def one_look_for_components() -> Iterator[None]:
    """Look through the installed packages once; AppTest does before each run, for longer than it takes."""
    with pytest.MonkeyPatch.context() as patch:
        scan = cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture(scope="session", autouse=True)
def one_thread_per_database() -> Iterator[None]:
    """Give each database one thread: test processes run side by side, so more would only wait."""

    def connect(*arguments: Any, **named: Any) -> duckdb.DuckDBPyConnection:
        return open_reader(*arguments, **{**named, "threads": 1})

    def attach(writer: Writer, *arguments: Any, **named: Any) -> None:
        begin(writer, *arguments, **named)
        writer.connection.execute("set threads = 1")

    open_reader, begin = reader.connect, Writer.__init__
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reader, "connect", connect)
        patch.setattr(Writer, "__init__", attach)
        yield


@pytest.fixture(scope="session", autouse=True)
def calculations_on_threads() -> Iterator[None]:
    """Calculate in the test's own process, which has imported everything and where a test can step in."""
    with ThreadPoolExecutor(4) as threads, pytest.MonkeyPatch.context() as patch:
        patch.setattr(calculator, "executor", lambda _lane: threads)
        # However slow this machine is now, a page shows the figures of its own books.
        patch.setattr(background_runs, "_PATIENCE", 60.0)
        yield


@pytest.fixture
def without_blank_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make new stores as the program does: for tests of what is done then."""
    monkeypatch.setattr(Writer, "_copy_published", BlankPair.copy_published)
    monkeypatch.setattr(Writer, "_create", BlankPair.create_store)


@pytest.fixture(scope="session", autouse=True)
def shared_histories() -> Iterator[None]:
    """Fit a ledger, and the days before a day, once per process, however many tests forecast it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cash_forecast, "ledger_history", Histories().ledger_history)
        patch.setattr(timing_model, "_fit_coefficients", Coefficients().fit)
        yield


@pytest.fixture
def fresh_histories(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every history anew, with fits of its own: for tests that compare two of the same rows."""
    monkeypatch.setattr(cash_forecast, "ledger_history", ledger_history)
    monkeypatch.setattr(timing_model, "_fit_coefficients", Coefficients().fit)


@pytest.fixture(autouse=True)
def every_column_has_a_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to head a column that the dictionary does not know; outside the tests its name is shown."""

    def refuse(name: str) -> str:
        if name.isidentifier():
            raise LookupError(f"reports.columns has no record of {name!r}.")
        return fallback_label(name)

    monkeypatch.setattr(columns, "_unrecorded", refuse)


@pytest.fixture
def english() -> Iterator[None]:
    """Speak English during a test; a file asks for it with `pytestmark`."""
    language.use("en")
    yield
    language.use("nl")


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    yield desk
    desk.close()


@pytest.fixture
def loading_desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk for tests of loading itself: every load is done, also of rows loaded before."""
    desk = Desk(tmp_path, shares_loads=False)
    yield desk
    desk.close()


@pytest.fixture(scope="module")
def loaded_cases(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Loaded]:
    """The store of a module's `cases`; a test that has several asks for each by name."""
    with request.module.cases.loaded(tmp_path_factory.mktemp("cases")) as loaded:
        yield loaded


@pytest.fixture
def case(loaded_cases: Loaded, request: pytest.FixtureRequest) -> Case:
    """The rows of the test that asks for it."""
    return loaded_cases.case(request.function.__name__)


@pytest.fixture(scope="module")
def shared_desks(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SharedDesks]:
    tests = [test for test in request.session.items if isinstance(test, pytest.Function)]
    sharing = [test for test in tests if "shared_desks" in test.fixturenames and test.path == request.path]
    desks = SharedDesks(tmp_path_factory.mktemp("shared"), sharing)
    yield desks
    desks.close()


@pytest.fixture
def shared_desk(shared_desks: SharedDesks, request: pytest.FixtureRequest) -> SharedDesk:
    """A desk for a test that loads once and asks about its customers; the store is one of the whole file."""
    return shared_desks.desk(request.node.nodeid)


@pytest.fixture
def entity_desk(shared_desks: SharedDesks, request: pytest.FixtureRequest) -> SharedDesk:
    """The same for a test that asks of all customers together: they are of an administration of its own."""
    return shared_desks.desk(request.node.nodeid)


@pytest.fixture
def open_page(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Run a page through app.py, as the browser does, on the desk's store."""
    yield from pages_of(desk.store, monkeypatch)


@pytest.fixture
def dutch() -> Iterator[None]:
    """Speak Dutch when a test begins and after it; a file asks for it with `pytestmark`."""
    language.use("nl")
    yield
    language.use("nl")
