"""What may be deleted from a store, and when: strays of a crash, and old files nobody holds."""

import itertools
import os
import shutil
import time
from collections.abc import Sequence
from pathlib import Path

from data.store.files import PRIVATE
from data.store.snapshot import Snapshot, number_of

LEDGERS_KEPT = 10
JOURNAL_SECONDS_KEPT = 7 * 24 * 3600
SPILL_SECONDS_KEPT = 7 * 24 * 3600


def remove_strays(folder: Path) -> None:
    """Remove what a killed writer left; call it under the lock, when no other writer can be at work."""
    for stray in [
        *folder.glob(f"{PRIVATE}*"),
        *(folder / "raw").glob(f"{PRIVATE}*"),
        *_forgotten_spills(folder),
    ]:
        if stray.is_dir():
            shutil.rmtree(stray, ignore_errors=True)
        else:
            stray.unlink(missing_ok=True)


def _forgotten_spills(folder: Path) -> list[Path]:
    """Return the temporary folders of readers that were killed; a living reader's is younger than this."""
    oldest = time.time() - SPILL_SECONDS_KEPT
    return [spill for spill in folder.glob(".spill-*") if spill.stat().st_mtime < oldest]


def never_published(folder: Path, published: Snapshot | None) -> list[Path]:
    """Return the numbered files newer than what is published: a writer was killed before it replaced CURRENT.

    They stay until the next publication, so that their number is not used again.
    """
    last = max(number_of(published.ledger), number_of(published.journal)) if published else 0
    return [file for file in folder.glob("*-[0-9]*.duckdb") if number_of(file) > last]


def remove_old(folder: Path, published: Snapshot | None, orphans: Sequence[Path] = ()) -> None:
    """Delete orphans, ledgers beyond the newest ten and journals overtaken seven days ago that nothing holds.

    The published pair always stays, and so does the newest file of each kind, published or not: its number
    says which numbers were used.
    """
    last = max(number_of(published.ledger), number_of(published.journal)) if published else 0
    for orphan in orphans:
        if number_of(orphan) < last:
            orphan.unlink(missing_ok=True)
    named = {published.ledger.name, published.journal.name} if published else set()
    ledgers = sorted(folder.glob("ledger-*.duckdb"), reverse=True)[LEDGERS_KEPT:]
    oldest = time.time() - JOURNAL_SECONDS_KEPT
    # A journal counts from when the next one was written: until then it was the published one.
    journals = [
        file
        for file, later in itertools.pairwise(sorted(folder.glob("journal-*.duckdb")))
        if later.stat().st_mtime < oldest
    ]
    for file in [*ledgers, *journals]:
        if file.name not in named and not _is_held(file):
            file.unlink(missing_ok=True)


def _is_held(file: Path) -> bool:
    """Tell whether another process has this database open: DuckDB's readers hold a shared record lock."""
    if os.name == "nt":
        return False  # Windows itself refuses to delete a file that is open
    import fcntl  # noqa: PLC0415 - exists on POSIX only

    handle = os.open(file, os.O_RDWR)
    try:
        fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    else:
        return False
    finally:
        os.close(handle)
