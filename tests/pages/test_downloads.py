"""A file to save outlives the runs of the page that follow its click at once; a picture on it does not."""

import time

import pytest
from streamlit.runtime.media_file_storage import MediaFileKind, MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

from pages.parts.shell import downloads


@pytest.fixture
def storage(monkeypatch):
    """Streamlit's storage of files, kept for half a second; the class is put back at the end."""
    for name in ("delete_file", "load_and_get_id"):
        monkeypatch.setattr(MemoryMediaFileStorage, name, getattr(MemoryMediaFileStorage, name))
    monkeypatch.setattr(downloads, "SECONDS", 0.5)
    downloads.keep_for_a_minute()
    return MemoryMediaFileStorage("/media")


def is_there(storage, file_id):
    try:
        return storage.get_file(file_id).content == b"content"
    except MediaFileStorageError:
        return False


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
