"""The demo company is named on every page, takes no files there, and is left without losing anything."""

from datetime import date
from pathlib import Path

import pytest

from data.store.load import load
from data.store.snapshot import current_snapshot, number_of, store_exists
from queries import open_books
from tests.apps import words
from tests.books import BOOKS, Desk
from tests.paths import ROOT

PAGES = sorted(path.stem for path in (ROOT / "pages").glob("*.py") if path.stem != "__init__")
DEMO = [("demo_company", "yes")]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """No test writes to this store."""
    desk = Desk(tmp_path_factory.mktemp("demo"))
    desk.load(**BOOKS, settings=DEMO)
    return desk


@pytest.mark.slow
@pytest.mark.parametrize("name", PAGES)
def test_every_page_names_the_demo_company(demo, open_page, monkeypatch, name):
    monkeypatch.setenv("KASSTROOM_STORE", str(demo.store))
    app = open_page(name, as_of="2026-11-20")
    assert "Demo company" in words(app)
    assert app.button(key="leave-demo").label == "Start your own books"


def test_own_books_are_not_called_a_demo(open_on_three):
    app = open_on_three("ageing", as_of="2026-11-20")
    assert "Demo company" not in words(app)


def test_the_demo_company_takes_no_files_on_the_screen(demo, open_page, monkeypatch):
    monkeypatch.setenv("KASSTROOM_STORE", str(demo.store))
    app = open_page("data", part="upload")
    assert not app.get("file_uploader")
    assert "Your own files go into books of their own" in words(app)


@pytest.mark.slow
def test_leaving_the_demo_company_loses_nothing_and_own_books_start_beside_it(desk, open_page):
    desk.load(**BOOKS, settings=DEMO)
    before = current_snapshot(desk.store)
    app = open_page("ageing", as_of="2026-11-20")
    app.button(key="leave-demo").click().run()
    assert not app.exception
    assert not store_exists(desk.store)
    assert "No books yet" in words(app)
    aside = desk.store / "set-aside-1"
    assert current_snapshot(aside).chain == before.chain
    with open_books(aside) as books:
        assert books.ask("open_items", as_of=date(2026, 11, 20)).height == 3
    # A reader that still holds the old file of a number must never be given a new one of that name.
    load(desk.store, [desk.folder(**BOOKS)])
    own = current_snapshot(desk.store)
    assert number_of(own.ledger) > max(number_of(before.ledger), number_of(before.journal))
    with open_books(desk.store) as books:
        assert "demo_company" not in books.ask("settings")["key"].to_list()


@pytest.mark.slow
def test_a_second_tab_starts_over_when_the_demo_company_was_left(desk, open_page):
    desk.load(**BOOKS, settings=DEMO)
    first, second = open_page("worklist", as_of="2026-11-20"), open_page("ageing", as_of="2026-11-20")
    second.session_state["half-typed"] = "a note about an invented customer"
    first.button(key="leave-demo").click().run()
    second.run()
    assert "No books yet" in words(second)
    assert "half-typed" not in second.session_state


def test_the_demo_company_is_known_by_its_setting_also_after_a_reload_from_raw(desk, tmp_path: Path):
    desk.load(**BOOKS, settings=DEMO)
    load(tmp_path / "again", [desk.store / "raw"])
    with open_books(tmp_path / "again") as books:
        assert ("demo_company", "yes") in books.ask("settings").select("key", "value").rows()
