"""A load that is killed at any moment leaves the old or the new books, whole; a repeat completes it."""

import multiprocessing
import random
import shutil
import signal
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from data.errors import KasstroomError
from data.store import checks
from data.store.load import load
from data.store.snapshot import current_snapshot, store_exists
from queries import open_books
from tests.books import Desk
from tests.data.store import crash_program
from tests.exhaustive import how_many

KILLS = how_many(8, exhaustive=30)
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
    return counts, report, faults


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


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    home = tmp_path_factory.mktemp("crash")
    desk = Desk(home)
    desk.load(
        customers=[(f"C{n}", f"Customer {n}", "retail", "NL", "30", "") for n in range(5)],
        invoices=[
            (f"F{n}", f"C{n % 5}", "invoice", f"2026-0{n % 4 + 1}-10", "", "EUR", f"{100 + n}.10")
            for n in range(40)
        ],
        payments=[(f"P{n}", f"C{n % 5}", f"F{n}", "2026-05-05", "EUR", "50.00") for n in range(20)],
    )
    source = desk.folder(
        invoices=[
            (f"F{n}", f"C{n % 5}", "invoice", "2026-05-10", "", "EUR", f"{70 + n}.20") for n in range(30, 60)
        ],
        payments=[(f"P{n}", f"C{n % 5}", f"F{n}", "2026-06-06", "EUR", "99.99") for n in range(20, 50)],
        disputes=[(f"F{n}", "2026-05-20", "", "price", "10.00") for n in range(30, 35)],
    )
    old = answers(desk.store)
    seconds = []
    for number in range(3):
        done = home / f"done-{number}"
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


@pytest.mark.slow
def test_a_load_killed_at_random_moments_leaves_the_old_or_the_new_books(scene: Scene, tmp_path) -> None:
    dice = random.Random(20261122)
    at_work = 0
    for number in range(KILLS):
        # One moment in each part of the time an undisturbed load takes.
        folder = tmp_path / f"store-{number}"
        at_work += killed(scene, folder, after=(number + dice.random()) / KILLS * scene.seconds)
        assert fault(scene, folder) is None, number
        assert fault_after_repeat(scene, folder) is None, number
        shutil.rmtree(folder)
    assert at_work > KILLS // 3  # else nothing was put to the test


@pytest.mark.slow
def test_a_load_killed_before_any_rename_of_its_publication_leaves_the_old_books(
    scene: Scene, tmp_path
) -> None:
    # Six for the three raw files and their facts, two for ledger and journal, one for CURRENT.
    assert scene.steps == 9
    for step in range(scene.steps):
        folder = tmp_path / f"store-{step}"
        killed_at(scene, folder, step)
        assert answers(folder) == scene.old, step
        assert fault_after_repeat(scene, folder) is None, step


@pytest.mark.exhaustive
def test_the_harness_catches_a_program_that_writes_into_the_published_file(scene: Scene, tmp_path) -> None:
    found = []
    for number in range(10):
        folder = tmp_path / f"store-{number}"
        killed(scene, folder, after=scene.seconds * (0.3 + 0.06 * number), publisher="in_place")
        found.append(fault(scene, folder))
    assert any(found)


@pytest.mark.slow
def test_the_harness_catches_a_program_that_names_files_before_they_are_there(scene: Scene, tmp_path) -> None:
    folder = tmp_path / "store"
    killed_at(scene, folder, scene.steps - 3, publisher="current_first")
    assert "is not in" in fault(scene, folder)


@pytest.mark.exhaustive
def test_a_first_load_killed_before_any_rename_leaves_no_store_and_can_be_repeated(
    scene: Scene, tmp_path
) -> None:
    for step in range(scene.steps):
        folder = tmp_path / f"store-{step}"
        process, _line = victim(folder, scene.source, kill_at=step)
        process.join(LONG_ENOUGH)
        assert process.exitcode == -signal.SIGKILL
        assert not store_exists(folder), step
        load(folder, [scene.source])
        assert answers(folder)[2] == [], step
        load(folder, [scene.source])  # and the note of a first publication is gone
        assert not (folder / ".first").exists()
        (folder / "CURRENT").unlink()
        assert store_exists(folder)


@pytest.mark.slow
def test_a_load_of_the_journal_alone_killed_before_any_rename_leaves_the_old_books(
    scene: Scene, tmp_path
) -> None:
    source = scene.source / "disputes.csv"
    small = Scene(scene.folder, source, scene.old, None, 0.0, 4)  # raw file, facts, journal, CURRENT
    for step in range(small.steps):
        folder = tmp_path / f"store-{step}"
        killed_at(small, folder, step)
        assert answers(folder) == scene.old, step
        load(folder, [source])
        counts, report, faults = answers(folder)
        assert (report, faults) == (scene.old[1], []), step
        assert counts[TABLES.index("journal.dispute")] == 5
        assert current_snapshot(folder).ledger.name == current_snapshot(scene.folder).ledger.name
