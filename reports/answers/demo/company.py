"""The demo company's store: how it is built, and how a store says that it is one."""

import importlib
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from threading import Thread

import polars as pl

import queries
from data import clock
from data.demo import write_company
from data.errors import KasstroomError
from data.store.files import file_hash
from data.store.load import load
from data.store.snapshot import store_exists
from reports.answers import sentences
from reports.answers.forecast.cash_forecast import cash_forecast
from reports.answers.forecast.rows import run_day
from reports.answers.forecast.variance import frozen_runs

Progress = Callable[[str, float], None]

INVOICES, SEED = 20_000, 1
_KEPT_WEEKS = (2, 1)
_SLOW_IMPORTS = ("statsmodels.genmod.generalized_linear_model", "statsmodels.tsa.holtwinters")


def is_demo(settings: pl.DataFrame) -> bool:
    """Tell whether books are an invented company: a setting among the files of the demo says so.

    Args:
        settings: the query `settings`.
    """
    return dict(settings.select("key", "value").iter_rows()).get("demo_company") == "yes"


def build(
    folder: Path,
    *,
    as_of: date | None = None,
    invoices: int = INVOICES,
    seed: int = SEED,
    progress: Progress = lambda _text, _share: None,
) -> bool:
    """Generate the files of a demo company, load them like any others, and keep two earlier forecasts.

    Args:
        folder: of the store; made if it is not there.
        as_of: last day of the history; the last Sunday unless given.
        invoices: of `write_company`.
        seed: of `write_company`.
        progress: receives what is being done and the share done, 0-1.

    Returns:
        Whether it was built; False if this very company is there already.

    Raises:
        KasstroomError: there is a store with other content in the folder.
    """
    as_of = as_of or clock.last_sunday(clock.today())
    with tempfile.TemporaryDirectory(prefix="kasstroom-demo-") as temporary:
        files = Path(temporary)
        write_company(files, invoices=invoices, seed=seed, as_of=as_of, progress=_part(progress, 0.0, 0.15))
        if store_exists(folder):
            _require_same_company(folder, files)
            return False
        # The payment model's library takes seconds to import; the load leaves a processor free.
        importing = Thread(target=_import_slow, daemon=True)
        importing.start()
        load(folder, [files], progress=_part(progress, 0.15, 0.7))
        importing.join()
    keep_earlier_forecasts(folder, as_of, _part(progress, 0.7, 1.0))
    return True


def keep_earlier_forecasts(folder: Path, as_of: date, progress: Progress) -> None:
    """Keep the forecasts of two earlier Sundays, so that forecasts can be compared with what came.

    They are those of a company that just started: the payment model alone, without the comparison of past
    weeks that takes most of a forecast's time.
    """
    for number, weeks in enumerate(_KEPT_WEEKS):
        day = run_day(as_of) - timedelta(days=7 * weeks)
        step = _part(progress, number / len(_KEPT_WEEKS), (number + 1) / len(_KEPT_WEEKS))
        with queries.open_books(folder) as books:
            forecast = cash_forecast(books, as_of=day, look_back=0, progress=step)
        # A company dated in the future, or of a few invoices, has none to keep.
        with suppress(KasstroomError):
            frozen_runs.freeze(folder, forecast)
    progress("done", 1.0)


def _import_slow() -> None:
    for name in _SLOW_IMPORTS:
        importlib.import_module(name)


def _part(progress: Progress, start: float, end: float) -> Progress:
    return lambda text, share: progress(text, start + share * (end - start))


def _require_same_company(folder: Path, files: Path) -> None:
    with queries.open_books(folder) as books:
        known = set(books.ask("batches")["sha256"])
    if any(file_hash(file) not in known for file in files.iterdir()):
        raise KasstroomError(sentences.OTHER_STORE(folder=folder))
