"""Calculations in processes of their own: what comes back, and what happens when one is ended."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.errors import KasstroomError, NotEnoughHistoryError, StoreBrokenError
from forecasting import sentences
from pages.parts.context import calculator
from pages.parts.context.calculator import CalculationEndedError
from queries import Books
from reports.answers.forecast import cash_forecast
from reports.answers.forecast.cash_forecast import Progress
from reports.answers.whatif import ground
from tests.books import AS_OF, Desk, weekly_book

# Each process imports the program, for seconds.
pytestmark = pytest.mark.slow

EXECUTOR = calculator.executor  # taken before the tests of a process calculate on threads
_LONG_ENOUGH = 60.0  # seconds


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = Desk(tmp_path_factory.mktemp("calculator"))
    desk.load(**weekly_book(until=AS_OF), bank_balances=[("NL1", "EUR", AS_OF, "50000.00")])
    yield desk
    desk.close()


@pytest.fixture(scope="module", autouse=True)
def processes() -> Iterator[None]:
    """As the dashboard does it; the processes end with these tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(calculator, "executor", EXECUTOR)
        yield
    calculator.stop()


def count_and_wait(books: Books, *, progress: Progress, until: str) -> tuple[int, int]:
    progress("paths", 0.5)
    deadline = time.monotonic() + _LONG_ENOUGH
    while not Path(until).exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    return os.getpid(), books.ask("open_items").height


def refuse(books: Books, *, progress: Progress) -> None:
    raise NotEnoughHistoryError(sentences.FEW_PAID(needed=20, found=3))


def fail(books: Books, *, progress: Progress) -> None:
    raise LookupError("x")


def leave_a_mark(books: Books, *, progress: Progress, mark: str) -> None:
    Path(mark).touch()


def find_damage(books: Books, *, progress: Progress) -> None:
    raise StoreBrokenError(sentences.FEW_PAID(needed=20, found=3))


def kill_yourself(books: Books, *, progress: Progress) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_calculation_runs_in_a_process_of_its_own_and_tells_how_far_it_is(desk, tmp_path):
    until = tmp_path / "go"
    run = calculator.start("forecast", count_and_wait, desk.books(), until=str(until))
    while run.stage != "paths":
        assert not run.is_done(0.05)
    assert run.share == 0.5
    waiting = calculator.start("forecast", count_and_wait, desk.books(), until=str(until))
    other = calculator.start("warnings", count_and_wait, desk.books(), until=str(until))
    assert not waiting.is_done(0.5)
    until.touch()

    assert run.is_done(_LONG_ENOUGH)
    assert waiting.is_done(_LONG_ENOUGH)
    assert other.is_done(_LONG_ENOUGH)
    process, rows = run.result()
    assert rows == desk.books().ask("open_items").height > 0
    assert waiting.result()[0] == process  # one lane, one process
    assert len({process, other.result()[0], os.getpid()}) == 3


def test_what_comes_back_is_what_the_same_work_gives_here(desk):
    runs = [
        calculator.start("forecast", work, desk.books(), as_of=AS_OF, weeks=4)
        for work in (cash_forecast.cash_forecast, ground.ground)
    ]
    here = cash_forecast.cash_forecast(desk.books(), as_of=AS_OF, weeks=4)
    for run in runs:
        assert run.is_done(_LONG_ENOUGH)
    there, of_what_if = runs[0].result(), runs[1].result().forecast
    for forecast in (there, of_what_if):
        assert forecast.weeks.equals(here.weeks)
        assert forecast.invoices.equals(here.invoices)
        assert cash_forecast.as_json(forecast) == cash_forecast.as_json(here)


def test_a_refusal_comes_back_as_it_was_raised_and_a_bug_breaks_the_run(desk):
    refused = calculator.start("warnings", refuse, desk.books())
    assert refused.is_done(_LONG_ENOUGH)
    assert not refused.is_broken
    with pytest.raises(NotEnoughHistoryError) as caught:
        refused.result()
    assert caught.value.message == sentences.FEW_PAID(needed=20, found=3)
    assert isinstance(caught.value, KasstroomError)

    broken = calculator.start("warnings", fail, desk.books())
    assert broken.is_done(_LONG_ENOUGH)
    assert broken.is_broken
    with pytest.raises(LookupError):
        broken.result()


def test_a_process_that_the_system_ends_breaks_its_run_and_the_next_one_gets_a_new_process(desk, tmp_path):
    ended = calculator.start("forecast", kill_yourself, desk.books())
    assert ended.is_done(_LONG_ENOUGH)
    assert ended.is_broken
    with pytest.raises(CalculationEndedError):
        ended.result()
    until = tmp_path / "go"
    until.touch()
    after = calculator.start("forecast", count_and_wait, desk.books(), until=str(until))
    assert after.is_done(_LONG_ENOUGH)
    assert after.result()[1] == desk.books().ask("open_items").height


def test_no_file_of_its_progress_is_left(desk):
    run = calculator.start("warnings", fail, desk.books())
    assert run.is_done(_LONG_ENOUGH)
    deadline = time.monotonic() + _LONG_ENOUGH
    while (files := list(calculator._folder().iterdir())) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert files == []


def test_what_nobody_waits_for_any_longer_never_begins(desk, tmp_path):
    until = tmp_path / "go"
    first = calculator.start("forecast", count_and_wait, desk.books(), until=str(until))
    unwanted = calculator.start("forecast", leave_a_mark, desk.books(), mark=str(tmp_path / "unwanted"))
    wanted = calculator.start("forecast", leave_a_mark, desk.books(), mark=str(tmp_path / "wanted"))
    assert unwanted.stage == calculator.WAITING
    del unwanted
    until.touch()
    assert first.is_done(_LONG_ENOUGH)
    assert wanted.is_done(_LONG_ENOUGH)
    assert (tmp_path / "wanted").exists()
    assert not (tmp_path / "unwanted").exists()


def test_books_that_were_damaged_are_asked_again(desk):
    run = calculator.start("warnings", find_damage, desk.books())
    assert run.is_done(_LONG_ENOUGH)
    assert run.is_broken
    with pytest.raises(StoreBrokenError):
        run.result()


def test_where_no_process_can_be_started_the_calculation_says_so_and_the_server_goes_on(desk, monkeypatch):
    class Refusing:
        def submit(self, *_arguments):
            raise OSError("no room for a process")

    monkeypatch.setattr(calculator, "executor", lambda _lane: Refusing())
    calculator.warm_up()
    with pytest.raises(CalculationEndedError):
        calculator.start("warnings", fail, desk.books())
    assert list(calculator._folder().iterdir()) == []
