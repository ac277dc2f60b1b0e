"""A file to save, and what it is made from, outlive the runs of the page that follow a click at once."""

import time

import pytest
from streamlit.runtime import runtime
from streamlit.runtime.media_file_storage import MediaFileKind, MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from pages.parts.shell import downloads


@pytest.fixture
def storage(monkeypatch):
    """Streamlit's storage of files, kept for half a second; the class is put back at the end."""
    for name in ("delete_file", "load_and_get_id"):
        monkeypatch.setattr(MemoryMediaFileStorage, name, getattr(MemoryMediaFileStorage, name))
    monkeypatch.setattr(runtime, "MediaFileManager", runtime.MediaFileManager)
    monkeypatch.setattr(downloads, "SECONDS", 0.5)
    downloads.keep_for_a_minute()
    return MemoryMediaFileStorage("/media")


def is_there(storage, file_id):
    try:
        return storage.get_file(file_id).content == b"content"
    except MediaFileStorageError:
        return False


@pytest.mark.slow
def test_a_file_to_save_is_there_for_a_while_after_it_was_deleted_and_then_gone(storage):
    file_id = storage.load_and_get_id(b"content", "text/csv", MediaFileKind.DOWNLOADABLE, "a.csv")
    storage.delete_file(file_id)
    storage.delete_file(file_id)
    assert is_there(storage, file_id)
    deadline = time.monotonic() + 10
    while is_there(storage, file_id) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_there(storage, file_id)
    storage.delete_file(file_id)  # twice is no error


@pytest.mark.slow
def test_a_file_made_once_more_stays(storage):
    file_id = storage.load_and_get_id(b"content", "text/csv", MediaFileKind.DOWNLOADABLE, "a.csv")
    storage.delete_file(file_id)
    assert storage.load_and_get_id(b"content", "text/csv", MediaFileKind.DOWNLOADABLE, "a.csv") == file_id
    time.sleep(1)
    assert is_there(storage, file_id)


def test_what_the_page_shows_goes_at_once(storage):
    file_id = storage.load_and_get_id(b"content", "image/png", MediaFileKind.MEDIA)
    storage.delete_file(file_id)
    assert not is_there(storage, file_id)


@pytest.fixture
def manager(storage):
    return runtime.MediaFileManager(storage)


def button(manager, content=b"content"):
    """Draw a button of a file anew, as each run of the page does, and return what a click on it asks for."""
    manager.remove_deferred("0.1", element_id="export")
    return manager.add_deferred(lambda: content, "text/csv", "0.1", "a.csv", element_id="export")


def saved(manager, storage, clicked):
    return storage.get_file(manager.execute_deferred(clicked).rpartition("/")[2].partition(".")[0]).content


def test_a_click_on_the_button_of_the_run_before_gives_what_stood_there(manager, storage):
    before = button(manager)
    now = button(manager, b"later")
    manager.remove_orphaned_files()
    assert saved(manager, storage, before) == b"content"
    assert saved(manager, storage, before) == b"content"
    assert saved(manager, storage, now) == b"later"
    assert list(manager._deferred_callables) == [now]


def test_a_button_of_long_ago_is_forgotten(manager):
    before = button(manager)
    button(manager)
    time.sleep(0.6)
    with pytest.raises(MediaFileStorageError, match="not found"):
        manager.execute_deferred(before)


def test_only_so_many_buttons_are_kept(manager, storage, monkeypatch):
    monkeypatch.setattr(downloads, "MOST_BUTTONS", 2)
    first, second, third, _now = [button(manager) for _ in range(4)]
    with pytest.raises(MediaFileStorageError, match="not found"):
        manager.execute_deferred(first)
    assert saved(manager, storage, second) == saved(manager, storage, third) == b"content"


def test_a_click_is_answered_though_the_pages_run_on_while_its_file_is_made(manager, storage):
    def made_slowly():
        button(manager)  # the page runs again
        manager.clear_session_refs()
        manager.remove_orphaned_files()  # as at the end of every run of every visitor
        return b"content"

    clicked = manager.add_deferred(made_slowly, "text/csv", "0.1", "a.csv", element_id="export")
    assert saved(manager, storage, clicked) == b"content"
    assert list(manager._clicks) == []


def test_what_nobody_clicks_is_forgotten_without_another_run(manager):
    button(manager)
    button(manager)
    assert len(manager._kept) == 1
    deadline = time.monotonic() + 10
    while manager._kept and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not manager._kept
