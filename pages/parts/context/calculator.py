"""Where long calculations run: processes of their own, so that pages stay quick and memory is given back.

A process ends when it has had nothing to do for a minute, with the histories and models it kept.
"""

import atexit
import gc
import logging
import os
import shutil
import signal
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, Executor, Future, wait
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from threading import Lock, Thread
from typing import Any, Generic, TypeVar

from loky.process_executor import BrokenProcessPool, ProcessPoolExecutor

from data.errors import KasstroomError, StoreBrokenError, StoreMissingError
from data.store.snapshot import Snapshot
from queries import Books

Result = TypeVar("Result")
# What a process imports when the server starts, so that the first visitor does not wait for it.
_WARM = {
    "forecast": ("reports.answers.whatif.ground", "statsmodels.genmod.generalized_linear_model"),
    "warnings": ("reports.answers.warnings.warnings",),
}
LANES = (*_WARM, "backtest")
WAITING = "waiting"  # the stage before the first
_IDLE_SECONDS = 60
_NICER = 5  # a page comes before a forecast where both want the processor
_executors: dict[str, Any] = {}
_executors_lock = Lock()
_log = logging.getLogger("kasstroom")


class CalculationEndedError(Exception):
    """The system ended the process of a calculation, or let none start; most often memory is short."""


class Calculation(Generic[Result]):
    """One calculation, waiting, running or done; leaving the page does not stop it.

    One that nobody holds any longer and that has not begun never does.
    """

    def __init__(self, future: "Future[Result]", progress: Path) -> None:
        self._future = future
        self._progress = progress
        self._last = (WAITING, 0.0)
        future.add_done_callback(lambda _future: _forget(progress))

    def __del__(self) -> None:
        _forget(self._progress)

    @property
    def stage(self) -> str:
        """What it is at."""
        return self._read()[0]

    @property
    def share(self) -> float:
        """How much of it is done, 0-1."""
        return self._read()[1]

    def _read(self) -> tuple[str, float]:
        # Half of a line, or none, is read while it is written: then the last one counts.
        with suppress(OSError, ValueError):
            share, stage = self._progress.read_text(encoding="utf-8").split("\n", 1)
            self._last = (stage.strip(), min(max(float(share), 0.0), 1.0))
        return self._last

    def is_done(self, seconds: float = 0.0) -> bool:
        """Return whether it is over; wait at most so many seconds for it."""
        return bool(wait([self._future], seconds).done)

    @property
    def is_broken(self) -> bool:
        """Whether another try may end otherwise: it ended in a bug, by the system, or on damaged files.

        A refusal is a result.
        """
        error = self._future.exception() if self._future.done() else None
        may_pass = isinstance(error, StoreBrokenError | StoreMissingError)
        return error is not None and (may_pass or not isinstance(error, KasstroomError))

    def result(self) -> Result:
        """Return the result of one that is over, or raise its error.

        Raises:
            CalculationEndedError: the system ended its process.
        """
        try:
            return self._future.result()
        except BrokenProcessPool as error:
            raise CalculationEndedError from error


def start(lane: str, work: Callable[..., Result], opened: Books, **named: Any) -> Calculation[Result]:
    """Start a calculation on a snapshot.

    Args:
        lane: one of LANES; what is in one lane is done in turn, and shares histories.
        work: a function of a module, called with books, `progress` and `named`.
        opened: books of the snapshot.
        named: its other arguments.

    Raises:
        CalculationEndedError: the system lets no process start.
    """
    try:
        handle, name = tempfile.mkstemp(dir=_folder())
    except OSError as error:  # somebody cleared the folder of temporary files, or the disk is full
        _folder.cache_clear()
        raise CalculationEndedError from error
    os.close(handle)
    progress = Path(name)
    try:
        return Calculation(_submit(lane, _calculate, work, opened.snapshot, progress, named), progress)
    except CalculationEndedError:
        _forget(progress)
        raise


def warm_up() -> None:
    """Start the processes, so that the first visitor does not wait for what they import."""
    try:
        for lane, modules in _WARM.items():
            _submit(lane, _import, modules)
    except CalculationEndedError:  # pages without a calculation work all the same; the others say so
        _log.exception("no process can be started for long calculations")


@cache
def _folder() -> Path:
    """Return the folder of this server's progress files."""
    return Path(tempfile.mkdtemp(prefix="kasstroom-"))


def _forget(progress: Path) -> None:
    with suppress(OSError):
        progress.unlink(missing_ok=True)


def _submit(lane: str, call: Callable[..., Result], *arguments: Any) -> "Future[Result]":
    try:
        pool = executor(lane)
        try:
            return pool.submit(call, *arguments)
        except BrokenProcessPool:  # the system ended its process earlier
            with _executors_lock:
                if _executors.get(lane) is pool:
                    del _executors[lane]
            return executor(lane).submit(call, *arguments)
    except (NotImplementedError, OSError) as error:  # of systems without semaphores or room for a process
        raise CalculationEndedError from error


def executor(lane: str) -> Executor:
    """Return the executor of a lane: one process, started when there is something to do."""
    with _executors_lock:
        if lane not in _executors:
            pool = ProcessPoolExecutor(
                max_workers=1,
                timeout=_IDLE_SECONDS,
                initializer=_settle_in,
                initargs=(os.getpid(), _folder()),
            )
            _executors[lane] = pool
        running: Executor = _executors[lane]
        return running


@atexit.register
def stop() -> None:
    """End the processes, whatever they are at: a server that stops waits for nothing."""
    with _executors_lock:
        while _executors:
            _executors.popitem()[1].shutdown(wait=True, kill_workers=True)
    shutil.rmtree(_folder(), ignore_errors=True)
    _folder.cache_clear()
    # Their locks are given back to the system when they go; a server ended by a signal comes no further.
    gc.collect()


def _settle_in(server: int, folder: Path) -> None:
    """Give way to the pages, and end with the server, also one that was killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends this process
    with suppress(AttributeError, OSError):  # other systems have no such thing
        os.nice(_NICER)
    Thread(target=_end_with, args=(server, folder), daemon=True).start()


def _end_with(server: int, folder: Path) -> None:
    while os.getppid() == server:
        time.sleep(1)
    shutil.rmtree(folder, ignore_errors=True)
    os._exit(0)


def _import(modules: tuple[str, ...]) -> None:
    for module in modules:
        import_module(module)


def _calculate(
    work: Callable[..., Result], snapshot: Snapshot, progress: Path, named: dict[str, Any]
) -> Result:
    def note(stage: str, share: float) -> None:
        with suppress(OSError):
            progress.write_text(f"{share:.4f}\n{stage}", encoding="utf-8")

    if not progress.exists():
        raise CancelledError
    with Books(snapshot) as books:
        return work(books, progress=note, **named)
