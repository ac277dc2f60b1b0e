"""A load that applies money of the bank and is killed leaves the old books or the new ones, whole."""

import random
import shutil

import pytest

from tests.books import Desk
from tests.data.store.crash_scenes import (
    Scene,
    answers,
    fault,
    fault_after_repeat,
    killed,
    killed_at,
    scene_of,
)
from tests.exhaustive import how_many

pytestmark = pytest.mark.slow
KILLS = how_many(4, exhaustive=30)


@pytest.fixture(scope="module")
def scene(tmp_path_factory: pytest.TempPathFactory) -> Scene:
    desk = Desk(tmp_path_factory.mktemp("bank-crash"))
    entries = [
        {
            "entry_id": f"E{n}", "account": "A", "currency": "EUR", "entry_date": f"2026-05-{n % 28 + 1:02d}",
            "amount": f"{100 + n}.10", "counterparty": "", "description": f"Factuur F2026-{1000 + n}",
        }
        for n in range(40)
    ]  # fmt: skip
    desk.load(
        customers=[(f"C{n}", f"Customer {n}", "retail", "NL", "30", "") for n in range(5)],
        invoices=[
            (f"F2026-{1000 + n}", f"C{n % 5}", "invoice", "2026-01-10", "", "EUR", f"{100 + n}.10")
            for n in range(40)
        ],
        bank_entries=entries[:10],
    )
    return scene_of(desk, desk.folder(bank_entries=entries[10:]))


def test_entries_and_what_is_applied_from_them_are_published_together(scene: Scene, tmp_path) -> None:
    assert [len(found[3]) for found in (scene.old, scene.new)] == [10, 40]
    # Four for the two raw files and their facts, one for the ledger, one for CURRENT.
    assert scene.steps == 6
    for step in range(scene.steps):
        folder = tmp_path / f"store-{step}"
        killed_at(scene, folder, step)
        assert answers(folder) == scene.old, step
        assert fault_after_repeat(scene, folder) is None, step


def test_a_load_that_applies_money_killed_at_random_moments_leaves_old_or_new_books(
    scene: Scene, tmp_path
) -> None:
    dice = random.Random(20261201)
    at_work = 0
    for number in range(KILLS):
        folder = tmp_path / f"store-{number}"
        at_work += killed(scene, folder, after=(number + dice.random()) / KILLS * scene.seconds)
        assert fault(scene, folder) is None, number
        assert fault_after_repeat(scene, folder) is None, number
        shutil.rmtree(folder)
    assert at_work > 0
