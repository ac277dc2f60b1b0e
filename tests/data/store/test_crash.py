"""A load that is killed at any moment leaves the old or the new books, whole; a repeat completes it."""

import random
import shutil
import signal

import pytest

from data.store.load import load
from data.store.snapshot import current_snapshot, store_exists
from tests.books import Desk
from tests.data.store.crash_scenes import (
    LONG_ENOUGH,
    TABLES,
    Scene,
    answers,
    fault,
    fault_after_repeat,
    killed,
    killed_at,
    scene_of,
    victim,
)
from tests.exhaustive import how_many

KILLS = how_many(8, exhaustive=30)


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
    return scene_of(desk, source)


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
        counts, report, faults, _applied = answers(folder)
        assert (report, faults) == (scene.old[1], []), step
        assert counts[TABLES.index("journal.dispute")] == 5
        assert current_snapshot(folder).ledger.name == current_snapshot(scene.folder).ledger.name
