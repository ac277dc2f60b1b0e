"""The store: a folder of published, never-changing DuckDB files and the CURRENT file that names the pair.

Readers look at CURRENT and open what it names; they never wait and never lock. A write makes new files
beside the old ones and only then replaces CURRENT, so a crash at any moment leaves the old pair published.
"""

import shutil
import uuid
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from data import sentences, system_errors
from data.errors import KasstroomError, StoreBrokenError, StoreBusyError
from data.store import batches, checks, files, macros, memory_tables, retention, tables
from data.store.layout import layout
from data.store.reader import connect, damaged, is_damage, require_full_length, require_layout
from data.store.snapshot import (
    Snapshot,
    begin_first,
    current_snapshot,
    end_first,
    highest_number,
    name_current,
    store_exists,
)
from data.store.statements import quoted


class Writer:
    """Private copies of the files being changed, published with the others as a whole by `publish`.

    Attributes:
        folder: the store.
        base: the pair it starts from; None in a new store.
        changes: which of the two files can be written, `ledger` and `journal`; the other is read as it is
            published and stays published. In a new store both.
        connection: the ledger's tables unqualified, the journal's as `journal.x`; use no cursors of it.
    """

    def __init__(self, folder: Path, base: Snapshot | None, changes: Collection[str] = batches.FILES) -> None:
        self.folder = folder
        self.base = base
        self.changes = tuple(name for name in batches.FILES if base is None or name in changes)
        self._private = {name: files.private_file(folder, f"-{name}.duckdb") for name in self.changes}
        self._spill = files.private_file(folder, "-spill")
        self._copy_published()
        self.connection = duckdb.connect(":memory:")
        for name in batches.FILES:
            private_or_none = self._private.get(name)
            if private_or_none is not None:
                self.connection.execute(f"attach {quoted(private_or_none)} as {name}")
            elif base is not None:
                self.connection.execute(f"attach {quoted(base.file(name))} as {name} (read_only)")
        self.connection.execute("use ledger")
        self.connection.execute("set preserve_insertion_order = false")
        self.connection.execute(f"set temp_directory = {quoted(self._spill)}")
        self.connection.execute("set memory_limit = '2500MB'")
        if base is None:
            self._create()
        else:
            require_layout(self.connection, base)
            try:
                checks.require_whole(self.connection, base.chain)
            except StoreBrokenError:
                self.connection.close()
                raise

    def _copy_published(self) -> None:
        """Copy the files to be changed; a new store begins without."""
        if self.base is not None:
            for name, private in self._private.items():
                shutil.copyfile(self.base.file(name), private)

    def _create(self) -> None:
        tables.create(self.connection)
        memory_tables.attach(self.connection)
        macros.create(self.connection)
        store_id = uuid.uuid4().hex
        for table in ("meta", "journal.meta"):
            self.connection.execute(
                f"insert into {table} values ('layout', ?), ('store_id', ?)",
                [layout(), store_id],
            )

    def publish(self) -> Snapshot:
        """Make what was changed the published pair, with what was not, and return it.

        A changed file gets a number never used before: a dead write-ahead log beside an old name would be
        replayed into the new file.
        """
        chain = batches.chain(self.connection)
        for name in self.changes:
            self.connection.execute(f"checkpoint {name}")
        self.connection.close()
        number = highest_number(self.folder) + 1
        named = {name: self.folder / f"{name}-{number:06d}.duckdb" for name in self.changes}
        if self.base is not None:
            named = {name: self.base.file(name) for name in batches.FILES} | named
        snapshot = Snapshot(named["ledger"], named["journal"], chain)
        if self.base is None:
            begin_first(self.folder)
        for name, private in self._private.items():
            if Path(f"{private}.wal").exists():
                raise KasstroomError(sentences.LOG_LEFT(file=private.name))
            files.publish(private, named[name])
        name_current(self.folder, snapshot)
        end_first(self.folder)
        return snapshot

    def discard(self) -> None:
        """Close and remove the private copies; harmless after `publish`."""
        self.connection.close()
        for private in self._private.values():
            private.unlink(missing_ok=True)
            Path(f"{private}.wal").unlink(missing_ok=True)
        shutil.rmtree(self._spill, ignore_errors=True)


@contextmanager
def writer(folder: Path, *, room_for: int = 0, changes: Collection[str] = batches.FILES) -> Iterator[Writer]:
    """Hold the store's lock and yield private copies to change; the caller publishes or nothing happens.

    Args:
        folder: the store; made when it is not there.
        room_for: bytes of the files about to be loaded; the disk must have three times these and the copies.
        changes: the files to be written: `("journal",)` for what people know and decide, so that noting a
            phone call copies no ledger.

    Raises:
        StoreBusyError: another writer holds the lock.
        StoreBrokenError: what is published is damaged; nothing is built on it.
        KasstroomError: not enough room on the disk.
    """
    lock = FileLock(folder / ".lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        raise StoreBusyError(sentences.STORE_BUSY(folder=folder)) from None
    except OSError as error:
        raise KasstroomError(
            sentences.UNWRITABLE_STORE(folder=folder, cause=system_errors.cause(error))
        ) from error
    try:
        retention.remove_strays(folder)
        base = current_snapshot(folder) if store_exists(folder) else None
        if base is not None:
            end_first(folder)
            require_full_length(base)
        orphans = retention.never_published(folder, base)
        _require_room(folder, [base.file(name) for name in changes] if base else [], room_for)
        changing = _begin(folder, base, changes)
        try:
            yield changing
        except (duckdb.Error, OSError) as error:
            refusal = _refusal(folder, base, error)
            if refusal is None:
                raise
            raise refusal from error
        finally:
            changing.discard()
        retention.remove_old(folder, current_snapshot(folder) if store_exists(folder) else None, orphans)
    finally:
        lock.release()


def _begin(folder: Path, base: Snapshot | None, changes: Collection[str]) -> Writer:
    try:
        return Writer(folder, base, changes)
    except (duckdb.Error, OSError) as error:
        retention.remove_strays(folder)
        if base is not None:
            connect(base).close()  # if the published pair is what is wrong, this says so
        raise _refusal(folder, base, error) or _failed(folder, error) from error
    except BaseException:
        retention.remove_strays(folder)
        raise


def _refusal(folder: Path, base: Snapshot | None, error: duckdb.Error | OSError) -> KasstroomError | None:
    """Return what a failed write is refused with; None for an error that is our own."""
    if isinstance(error, duckdb.Error) and base is not None and is_damage(error):
        return damaged(base, error)
    if isinstance(error, (duckdb.IOException, duckdb.FatalException, OSError)):
        return _failed(folder, error)
    return None


def _failed(folder: Path, error: Exception) -> KasstroomError:
    cause = system_errors.description(error) if isinstance(error, OSError) else str(error).splitlines()[0]
    return KasstroomError(sentences.WRITE_FAILED(folder=folder, cause=cause))


def _require_room(folder: Path, copied: list[Path], room_for: int) -> None:
    size = sum(file.stat().st_size for file in copied)
    needed = 3 * (size + room_for)
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise KasstroomError(
            sentences.DISK_FULL(folder=folder, free=round(free / 1e6), needed=round(needed / 1e6))
        )
