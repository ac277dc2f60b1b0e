"""Files to save stay for a minute after the page has let go of them.

Streamlit makes such a file at the click, from what its button was drawn with. It forgets that at the next run
of the page, while the button on the screen is still the one before; and the file after two more runs, which
an impatient visitor has within the second that the browser takes to ask for it: there would be none.
"""

import threading
import time
import uuid
from typing import Any

from streamlit.runtime import runtime
from streamlit.runtime.media_file_manager import DeferredCallableEntry, MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileKind, MediaFileStorage, MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage

SECONDS = 60.0
MOST_BUTTONS = 100  # of a visit; each holds the rows of its file


class ButtonMemory(MediaFileManager):
    """Streamlit's files, where a click on the button of a run before gives what stood there."""

    def __init__(self, storage: MediaFileStorage) -> None:
        super().__init__(storage)
        self._kept = dict[str, tuple[float, DeferredCallableEntry]]()  # by id, the oldest first
        self._clicks = set[str]()
        self._timer: threading.Timer | None = None

    def _drop_deferred_id(self, file_id: str) -> None:  # the lock is held
        if file_id in self._clicks:
            return
        entry = self._deferred_callables.get(file_id)
        super()._drop_deferred_id(file_id)
        if entry is not None:
            self._kept[file_id] = (time.monotonic(), entry)
            self._forget_old()
            own = [one for one, (_, kept) in self._kept.items() if kept["session_id"] == entry["session_id"]]
            for one in own[:-MOST_BUTTONS]:
                del self._kept[one]

    def execute_deferred(self, file_id: str) -> str:
        """Make the file of a button as Streamlit does, of one dropped within the minute too."""
        # Under an id of its own, that no run of a page can drop meanwhile.
        click = f"click-{uuid.uuid4().hex}"
        with self._lock:
            self._forget_old()
            entry = self._deferred_callables.get(file_id) or self._kept.get(file_id, (0.0, None))[1]
            if entry is not None:
                self._deferred_callables[click] = entry
                self._clicks.add(click)
        try:
            return super().execute_deferred(file_id if entry is None else click)
        finally:
            with self._lock:
                self._deferred_callables.pop(click, None)
                self._clicks.discard(click)

    def _forget_old(self) -> None:
        """Forget what was dropped over a minute ago, and see to it that the rest is forgotten in time."""
        now = time.monotonic()
        while self._kept and now - next(iter(self._kept.values()))[0] > SECONDS:
            del self._kept[next(iter(self._kept))]
        if self._kept and self._timer is None:
            self._timer = threading.Timer(SECONDS, self._forget_in_time)
            self._timer.daemon = True
            self._timer.start()

    def _forget_in_time(self) -> None:
        with self._lock:
            self._timer = None
            self._forget_old()


def keep_for_a_minute() -> None:
    """Let Streamlit in this process forget files to save, and what they are made from, a minute later."""
    _keep_files()
    setattr(runtime, "MediaFileManager", ButtonMemory)  # noqa: B010 - a name that it does not export


def _keep_files() -> None:
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
