"""Loads that are killed, and what they may leave: the old books or the new ones."""

import multiprocessing
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path

from data.errors import KasstroomError
from data.store import checks
from data.store.load import load
from data.store.snapshot import current_snapshot
from queries import open_books
from tests.books import Desk
from tests.data.store import crash_program

LONG_ENOUGH = 120.0  # seconds
TABLES = (
    "batch",
    "customer",
    "invoice",
    "settlement",
    "item",
    "balance_day",
    "journal.dispute",
    "superseded",
)
_APPLIED = """
    select bank_entry, invoice_id, payment_date, amount from settlement_at(null)
    where bank_entry is not null order by all
    """
forks = multiprocessing.get_context("forkserver")
forks.set_forkserver_preload(["tests.data.store.crash_program"])


@dataclass(frozen=True)
class Scene:
    """A published store, what is loaded into it, and the answers before and after."""

    folder: Path
    source: Path
    old: object
    new: object
    seconds: float
    steps: int


def answers(folder: Path) -> object:
    """Return all a reader can see: rows per table, the report, the faults; raises if it cannot be read."""
    with open_books(folder) as books, books.session() as cursor:
        report = str(books.ask("ageing", as_of="2026-06-30").to_dicts())
        counts = tuple(cursor.execute(f"select count(*) from {table}").fetchone()[0] for table in TABLES)
        faults = checks.broken(cursor, chain=books.snapshot.chain)
        applied = cursor.execute(_APPLIED).fetchall()
    return counts, report, faults, applied


def victim(folder: Path, source: Path, *, publisher: str = "right", kill_at: int | None = None):
    """Start a load in a process of its own and return it and our end of the line, once it begins.

    A fork of a process with libraries like these may come to the world with a lock held: it is started again.
    """
    for _try in range(3):
        ours, theirs = forks.Pipe()
        process = forks.Process(target=crash_program.run, args=(folder, source, publisher, kill_at, theirs))
        process.start()
        theirs.close()
        if ours.poll(LONG_ENOUGH):
            assert ours.recv() == "begin"
            return process, ours
        process.kill()
        process.join()
    raise AssertionError("no process begins")


def killed(scene: Scene, folder: Path, *, after: float, publisher: str = "right") -> bool:
    """Load into a copy of the store, kill that after so many seconds, tell if it was still at work."""
    shutil.copytree(scene.folder, folder)
    process, _line = victim(folder, scene.source, publisher=publisher)
    time.sleep(after)
    process.kill()
    process.join()
    return process.exitcode == -signal.SIGKILL


def killed_at(scene: Scene, folder: Path, step: int, *, publisher: str = "right") -> None:
    """The same, killed just before its n-th rename."""
    shutil.copytree(scene.folder, folder)
    process, _line = victim(folder, scene.source, publisher=publisher, kill_at=step)
    process.join(LONG_ENOUGH)
    assert process.exitcode == -signal.SIGKILL


def fault(scene: Scene, folder: Path) -> str | None:
    """Tell what is wrong with what a killed load left, None if nothing is."""
    try:
        found = answers(folder)
    except KasstroomError as error:
        return f"cannot be read: {error}"
    if found not in (scene.old, scene.new):
        return f"neither the old books nor the new: {found}"
    return None


def fault_after_repeat(scene: Scene, folder: Path) -> str | None:
    """Repeat the load and tell what is wrong then, None if nothing is."""
    load(folder, [scene.source])
    if answers(folder) != scene.new:
        return "the repeat did not give the new books"
    now, before = current_snapshot(folder), current_snapshot(scene.folder)
    named = {path.name for path in (now.ledger, now.journal, before.ledger, before.journal)}
    left = [
        file.name
        for file in folder.rglob("*")
        if file.name.startswith(".new-")
        or file.suffix == ".wal"
        or (file.suffix == ".duckdb" and file.name not in named)
    ]
    return f"left lying about: {left}" if left else None


def scene_of(desk: Desk, source: Path) -> Scene:
    """Load a folder into copies of a desk's store, undisturbed; return the scene of it."""
    old = answers(desk.store)
    seconds = []
    for number in range(3):
        done = desk.home / f"done-{number}"
        shutil.copytree(desk.store, done)
        process, line = victim(done, source)
        began = time.monotonic()
        assert line.poll(LONG_ENOUGH)
        steps = line.recv()
        seconds.append(time.monotonic() - began)
        process.join()
    new = answers(done)
    assert old[2] == []
    assert new[2] == []
    assert old != new
    return Scene(desk.store, source, old, new, min(seconds), steps)
