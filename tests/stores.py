"""Stores that tests loaded before: the same rows are loaded once per process, then the files are copied."""

import shutil
import uuid
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from data.store import batches
from data.store.layout import layout
from data.store.load import LoadReport
from data.store.snapshot import current_snapshot
from data.store.statements import quoted
from data.store.writer import Writer

# CURRENT is written last, and a load leaves the frozen forecasts alone.
_NO_PART = ("CURRENT", "frozen")


@dataclass(frozen=True)
class _Loaded:
    """A store as a load left it; its files are copied as long as nothing has changed them.

    Attributes:
        folder: the store.
        current: the text of its CURRENT.
        files: size and instant of change by path in the store, CURRENT apart.
        report: of the load.
    """

    folder: Path
    current: str
    files: dict[str, tuple[int, int]]
    report: LoadReport


_loaded: dict[tuple[str, str], _Loaded] = {}
_untouched = TemporaryDirectory(prefix="kasstroom-tests-")


def load_once(store: Path, content: str, load: Callable[[], LoadReport]) -> LoadReport:
    """Bring a store to where `load` brings it: by a copy if this process did the same load before.

    The first store with a content is copied from where it is; if its test has changed it since, the second is
    kept apart.

    Args:
        store: the store's folder.
        content: all that is loaded; with the published pair it is loaded on, it tells one load from another.
        load: does the load.
    """
    key = (_current(store), content)
    known = _loaded.get(key)
    if known is not None and _stamps(known.folder, known.files) == known.files:
        _copy(known.folder, store, known.files)
        (store / ".lock").touch()  # as a writer leaves it
        (store / "CURRENT").write_text(known.current, encoding="utf-8")
        return replace(known.report, snapshot=current_snapshot(store))
    report = load()
    if report.snapshot is not None:
        files = _files(store)
        folder = store
        if known is not None:
            folder = Path(_untouched.name) / uuid.uuid4().hex
            _copy(store, folder, files)
        _loaded[key] = _Loaded(folder, _current(store), _stamps(folder, files), report)
    return report


def _current(store: Path) -> str:
    file = store / "CURRENT"
    return file.read_text(encoding="utf-8") if file.exists() else ""


def _files(store: Path) -> list[str]:
    """Return the paths of a store's files that a load writes, CURRENT apart."""
    paths = [file.relative_to(store) for file in store.rglob("*") if file.is_file()]
    return [str(path) for path in paths if not path.parts[0].startswith((*_NO_PART, "."))]


def _copy(source: Path, store: Path, files: Collection[str]) -> None:
    for name in files:
        target = store / name
        # A published file never changes; the facts beside a raw file do.
        if not target.exists() or name.endswith(".json"):
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / name, target)


def _stamps(folder: Path, files: Collection[str]) -> dict[str, tuple[int, int]]:
    """Return size and instant of change of those files that are there."""
    found = ((name, folder / name) for name in files)
    return {name: (file.stat().st_size, file.stat().st_mtime_ns) for name, file in found if file.exists()}


class BlankPair:
    """A pair without rows, made once per process; new stores start from a copy that has tables and macros.

    Everything else of a first load is done as always; the store's id is a new one.
    """

    create_store = staticmethod(Writer._create)  # as the program does it
    copy_published = staticmethod(Writer._copy_published)

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._copies: set[Path] = set()

    def copy(self, writer: Writer) -> None:
        """Do what `Writer._copy_published` does; a new store begins with the blank pair."""
        self.copy_published(writer)
        if writer.base is None and self._folder.exists():
            for name, private in writer._private.items():
                shutil.copyfile(self._folder / name, private)
                self._copies.add(private)

    def create(self, writer: Writer) -> None:
        """Do what `Writer._create` does."""
        if not self._copies.issuperset(writer._private.values()):
            self.create_store(writer)
            if not self._folder.exists():
                self._keep(writer)
            return
        store_id = uuid.uuid4().hex
        for table in ("meta", "journal.meta"):
            writer.connection.execute(
                f"update {table} set value = case key when 'layout' then ? else ? end", [layout(), store_id]
            )

    def _keep(self, writer: Writer) -> None:
        for name in batches.FILES:
            writer.connection.execute(f"checkpoint {name}")
        self._detach(writer)
        self._folder.mkdir(parents=True)
        for name, private in writer._private.items():
            shutil.copyfile(private, self._folder / name)
        self._attach(writer)

    def _detach(self, writer: Writer) -> None:
        writer.connection.execute("use memory")
        for name in batches.FILES:
            writer.connection.execute(f"detach {name}")

    def _attach(self, writer: Writer) -> None:
        for name, private in writer._private.items():
            writer.connection.execute(f"attach {quoted(private)} as {name}")
        writer.connection.execute("use ledger")
