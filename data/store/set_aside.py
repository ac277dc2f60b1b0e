"""Setting a store's books aside, so that other books can start in its folder; nothing is deleted.

The folder stays the store's: `$KASSTROOM_STORE` and every open session name it. The books move into a folder
inside it and are a store of their own there.
"""

import os
import shutil
from pathlib import Path

from filelock import FileLock, Timeout

from data import sentences, system_errors
from data.errors import KasstroomError, StoreBusyError
from data.store import files
from data.store.reload import FROZEN
from data.store.snapshot import begin_first, current_snapshot, end_first

SET_ASIDE = "set-aside-"
_PATIENCE = 30.0  # seconds; a load may be at work
_FOLDERS = ("raw", FROZEN)


def set_aside(folder: Path) -> Path:
    """Move the books of a store into a new folder inside it and return that folder.

    All is linked there first and CURRENT goes last, so that a crash leaves the books published here or there.
    Readers that hold the files keep them. File numbers go on from those set aside: a process that still has
    the old `ledger-000001.duckdb` open would take a new file of that name for it.

    Raises:
        StoreMissingError: there is no store.
        StoreBusyError: another writer is at work.
        KasstroomError: the disk refuses.
    """
    current_snapshot(folder)
    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=_PATIENCE)
    except Timeout:
        raise StoreBusyError(sentences.STORE_BUSY(folder=folder)) from None
    try:
        snapshot = current_snapshot(folder)
        numbered = [*folder.glob("ledger-[0-9]*.duckdb"), *folder.glob("journal-[0-9]*.duckdb")]
        target = _new_folder(folder)
        for file in numbered:
            _link(file, target / file.name)
        for name in _FOLDERS:
            if (folder / name).is_dir():
                shutil.copytree(folder / name, target / name, copy_function=_link)
        files.write(target / "CURRENT", (folder / "CURRENT").read_bytes())
        current_snapshot(target)
        begin_first(folder)
        (folder / "CURRENT").unlink()
        files.flush(folder)
        for file in {*numbered, snapshot.ledger, snapshot.journal}:
            file.unlink(missing_ok=True)
        for name in _FOLDERS:
            shutil.rmtree(folder / name, ignore_errors=True)
        end_first(folder)
    except OSError as error:
        raise KasstroomError(
            sentences.UNWRITABLE_STORE(folder=folder, cause=system_errors.cause(error))
        ) from error
    finally:
        lock.release()
    return target


def _new_folder(folder: Path) -> Path:
    taken = {path.name for path in folder.glob(f"{SET_ASIDE}*")}
    number = next(number for number in range(1, len(taken) + 2) if f"{SET_ASIDE}{number}" not in taken)
    target = folder / f"{SET_ASIDE}{number}"
    target.mkdir()
    return target


def _link(source: str | Path, target: str | Path) -> str:
    """Link a file, or copy it where the disk knows no links."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
    return str(target)
