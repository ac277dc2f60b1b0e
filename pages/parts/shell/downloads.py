"""Files to save stay for a minute after the page has let go of them.

Streamlit makes such a file at the click and forgets it after two more runs of the page, which an impatient
visitor has within the second that the browser takes to ask for it: it would be told 404.
"""

import threading
from typing import Any

from streamlit.runtime.media_file_storage import MediaFileKind, MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

SECONDS = 60.0


def keep_for_a_minute() -> None:
    """Let Streamlit's storage in this process delete a file to save a minute later than it is told to."""
    delete, load = MemoryMediaFileStorage.delete_file, MemoryMediaFileStorage.load_and_get_id
    lock, unwanted = threading.Lock(), dict[tuple[int, str], threading.Timer]()

    def delete_now(storage: MemoryMediaFileStorage, file_id: str) -> None:
        with lock:
            if unwanted.pop((id(storage), file_id), None) is not None:
                delete(storage, file_id)

    def delete_later(storage: MemoryMediaFileStorage, file_id: str) -> None:
        try:
            is_to_save = storage.get_file(file_id).kind == MediaFileKind.DOWNLOADABLE
        except MediaFileStorageError:  # gone: deleting it twice is no error
            return
        with lock:
            if not is_to_save:
                delete(storage, file_id)
            elif (id(storage), file_id) not in unwanted:
                timer = threading.Timer(SECONDS, delete_now, (storage, file_id))
                timer.daemon = True
                unwanted[id(storage), file_id] = timer
                timer.start()

    def load_again(storage: MemoryMediaFileStorage, *arguments: Any, **named: Any) -> str:
        with lock:
            file_id = load(storage, *arguments, **named)
            # The same content has the same id: made once more, it is wanted again.
            if (timer := unwanted.pop((id(storage), file_id), None)) is not None:
                timer.cancel()
            return file_id

    for name, method in (("delete_file", delete_later), ("load_and_get_id", load_again)):
        setattr(MemoryMediaFileStorage, name, method)
