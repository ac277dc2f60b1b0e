"""Two visitors without patience on every page: nothing breaks, and nothing is noted that was not saved.

`KASSTROOM_MONKEY_STEPS` gives the steps that each takes per page.
"""

import os
import shutil
import time
from collections import Counter

import pytest

from data.store.load import load
from queries import open_books
from reports.answers.data_quality import checks
from tests.browser.monkey import Monkey, resident_megabytes
from tests.browser.steps import PATHS
from tests.exhaustive import how_many

# Hundreds of page runs in a browser.
pytestmark = pytest.mark.slow

STEPS = int(os.environ.get("KASSTROOM_MONKEY_STEPS", how_many(12, exhaustive=50)))
MOST_MEGABYTES = 700
SECONDS_PER_STEP = 18


@pytest.fixture(scope="module")
def own_store(demo_store, tmp_path_factory):
    """A copy: what these visitors save, nobody else sees. No demo company, which one click sets aside."""
    home = tmp_path_factory.mktemp("monkey")
    store = shutil.copytree(demo_store, home / "store")
    (home / "settings.csv").write_text("key,value\ndemo_company,\n", encoding="utf-8")
    load(store, [home / "settings.csv"])
    return store


@pytest.fixture(scope="module")
def log(tmp_path_factory):
    return tmp_path_factory.mktemp("log") / "server.log"


@pytest.fixture(scope="module")
def own_server(start_server, own_store, log):
    return start_server(own_store, log)


@pytest.fixture(scope="module")
def monkeys(own_server, lasting_visitor):
    """Two visitors who come to each page from the one before; their windows close before the server ends."""
    windows = (lasting_visitor(), "en"), (lasting_visitor(dark=True, width=1024), "nl")
    return [Monkey.let_in(page, own_server.url, language) for page, language in windows]


@pytest.mark.parametrize("path", PATHS)
def test_random_clicks_of_two_visitors_break_nothing(path, monkeys, own_store, log):
    before = noted(own_store)
    said = log.stat().st_size
    try:
        walk(monkeys, path)
    except AssertionError as fault:
        fault.add_note(log.read_bytes()[said:].decode())
        raise
    assert "Traceback" not in log.read_bytes()[said:].decode()

    clicked = [headings for monkey in monkeys for headings in monkey.saves]
    for name, count in (noted(own_store) - before).items():
        assert count <= sum(name in headings for headings in clicked), name
    with open_books(own_store) as books:
        assert checks.faults(books, is_thorough=True) == []
        assert set(books.ask("tie_out")["difference"]) == {0}


@pytest.mark.xfail(reason="705 to 752 MB at the end of the walk over all pages", strict=False)
def test_the_server_stays_within_700_megabytes(own_server):
    """Runs after the walk: a known fault, to be mended and not got used to."""
    assert resident_megabytes(own_server.process.pid) <= MOST_MEGABYTES


def walk(monkeys: list[Monkey], path: str) -> None:
    for place, monkey in enumerate(monkeys):
        monkey.begin(path, seed=2 * PATHS.index(path) + place)
    deadline = time.monotonic() + SECONDS_PER_STEP * STEPS
    for turn in range(STEPS):
        for monkey in monkeys:
            monkey.step()
        at = [monkey.page.url for monkey in monkeys]
        assert time.monotonic() < deadline, f"{turn + 1} steps took longer than {STEPS} ever should: {at}"
    for monkey in monkeys:
        monkey.look()


def noted(own_store) -> Counter[str]:
    """Count what was ever noted with each customer, by its name, taken back or not."""
    with open_books(own_store) as books, books.session() as cursor:
        names = cursor.execute(
            "select distinct contact.contact_id, customer.customer_name"
            " from journal.contact as contact join customer_at(null) as customer using (customer_id)"
            " where contact.contact_id is not null and contact.reverses is null"
        ).fetchall()
    return Counter(name for _, name in names)
