"""The own presets on the page that loads files: renamed, deleted, added from a file."""

import pytest

from data.store.own_presets import list_presets, save_preset
from tests.apps import words
from tests.books import BOOKS
from tests.data.store.preset_texts import TEXT

pytestmark = pytest.mark.slow


@pytest.fixture
def page(desk, open_page):
    desk.load(**BOOKS)
    save_preset(desk.store, TEXT, "Onze <b>lijst</b>")
    return open_page("data", part="upload")


def test_own_presets_are_listed_and_renamed(desk, page):
    assert "1 own preset" in words(page)
    page.text_input(key="title-onze-b-lijst-b").set_value("Debiteuren").run()
    page.button(key="rename-now-onze-b-lijst-b").click().run()
    assert not page.exception
    assert [own.title for own in list_presets(desk.store)] == ["Debiteuren"]
    page.text_input(key="title-debiteuren").set_value("xero").run()
    page.button(key="rename-now-debiteuren").click().run()
    assert "comes with Kasstroom" in words(page)
    assert [own.title for own in list_presets(desk.store)] == ["Debiteuren"]


def test_an_own_preset_is_deleted_and_a_second_press_does_no_harm(desk, page):
    page.button(key="delete-now-onze-b-lijst-b").click()
    page.run()
    assert list_presets(desk.store) == []
    assert "own preset" not in words(page)


def test_a_preset_is_added_from_a_file_and_one_that_is_none_is_refused(desk, page):
    for content, count in ((TEXT.replace("Old", "Van een collega").encode(), 2), (b"name = ", 2)):
        [box] = [one for one in page.file_uploader if str(one.key).startswith("add-preset-file-")]
        box.set_value([("van-ver.toml", content, "")]).run()
        page.button(key="add-preset-now").click().run()
        assert not page.exception
        assert len(list_presets(desk.store)) == count
    assert "is not TOML" in words(page)
