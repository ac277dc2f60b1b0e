from threading import Event

import pytest

from data.errors import KasstroomError
from pages.parts.context.background_runs import BackgroundRun
from reports.answers.forecast.cash_forecast import Progress

_LONG_ENOUGH = 10.0  # seconds


def test_a_run_is_done_when_its_work_returns_and_tells_how_far_it_is_until_then():
    may_end = Event()

    def work(progress: Progress) -> int:
        progress("paths", 1.5)
        may_end.wait(_LONG_ENOUGH)
        return 42

    run = BackgroundRun(work)
    assert not run.is_done()
    may_end.set()

    assert run.is_done(_LONG_ENOUGH)
    assert (run.stage, run.share) == ("paths", 1.0)
    assert run.result() == 42
    assert not run.is_broken


@pytest.mark.parametrize(
    ("error", "is_broken"), [(KasstroomError("Too little."), False), (KeyError("x"), True)]
)
def test_an_error_is_raised_where_the_result_is_asked_for_and_only_a_bug_breaks_the_run(
    error: Exception, *, is_broken: bool
):
    def work(_progress: Progress) -> int:
        raise error

    run = BackgroundRun(work)
    assert run.is_done(_LONG_ENOUGH)

    assert run.is_broken is is_broken
    for _again in range(2):
        with pytest.raises(type(error)):
            run.result()
