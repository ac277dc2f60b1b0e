"""What a store publishes: the pair that CURRENT names, numbers in file names, the mark of a first one."""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from data import sentences
from data.errors import StoreBrokenError, StoreMissingError
from data.store import files

_FIRST = ".first"


@dataclass(frozen=True)
class Snapshot:
    """One published pair of files.

    Attributes:
        ledger: what the books say.
        journal: what people know and decide.
        chain: hash over the newest links of both files' batches; with the file names it tells any two
            contents apart.
        sizes: bytes of the ledger and the journal as published; 0 where CURRENT does not say.
    """

    ledger: Path
    journal: Path
    chain: str
    sizes: tuple[int, int] = field(default=(0, 0), compare=False)

    def file(self, name: str) -> Path:
        """Return one of the two, `ledger` or `journal`."""
        return self.ledger if name == "ledger" else self.journal

    @property
    def raw(self) -> Path:
        """The folder of the imported files, from which the store can be made anew."""
        return self.ledger.parent / "raw"

    @property
    def newest(self) -> Path:
        """The file the last publication wrote; the ledger where it wrote both."""
        return max(self.ledger, self.journal, key=number_of)

    @property
    def key(self) -> str:
        """What a cache key must hold, so that no other content's answer is ever shown."""
        return f"{self.ledger.parent.resolve()}|{self.ledger.name}|{self.journal.name}|{self.chain}"

    @property
    def ledger_version(self) -> str:
        """What tells this ledger from any other; its time too, for one of a store built again has its name.

        Raises:
            StoreMissingError: the file is gone: the store was set aside, or a load has replaced it.
        """
        file = self.ledger.resolve()
        try:
            return f"{file}|{file.stat().st_mtime_ns}"
        except FileNotFoundError:
            raise StoreMissingError(sentences.FILE_GONE(file=file.name, folder=file.parent)) from None


def default_folder() -> Path:
    """Return the store's folder: `$KASSTROOM_STORE`, else `./store`."""
    return Path(os.environ.get("KASSTROOM_STORE") or "store")


def store_exists(folder: Path) -> bool:
    """Tell whether something has been published in this folder, also where CURRENT was lost since."""
    return (folder / "CURRENT").exists() or lost_current(folder)


def current_snapshot(folder: Path) -> Snapshot:
    """Return the published pair.

    Raises:
        StoreMissingError: nothing was published here, or CURRENT names files that are gone.
        StoreBrokenError: files were published here, and CURRENT is gone.
    """
    try:
        named = json.loads((folder / "CURRENT").read_text(encoding="utf-8"))
        sizes = named.get("sizes", {})
        snapshot = Snapshot(
            folder / named["ledger"],
            folder / named["journal"],
            named["chain"],
            (int(sizes.get("ledger", 0)), int(sizes.get("journal", 0))),
        )
    except FileNotFoundError:
        if lost_current(folder):
            raise StoreBrokenError(sentences.NO_CURRENT(folder=folder)) from None
        raise StoreMissingError(sentences.NO_STORE(folder=folder)) from None
    except NotADirectoryError:
        raise StoreMissingError(sentences.NO_FOLDER(folder=folder)) from None
    except (ValueError, KeyError, TypeError, AttributeError, IsADirectoryError):
        raise StoreMissingError(sentences.UNREADABLE_CURRENT(file=folder / "CURRENT")) from None
    for file in (snapshot.ledger, snapshot.journal):
        if not file.is_file():
            raise StoreMissingError(sentences.FILE_GONE(file=file.name, folder=folder))
    return snapshot


def name_current(folder: Path, snapshot: Snapshot) -> None:
    """Make a pair the published one: write CURRENT, which names its files."""
    named = {
        "ledger": snapshot.ledger.name,
        "journal": snapshot.journal.name,
        "chain": snapshot.chain,
        "sizes": {name: snapshot.file(name).stat().st_size for name in ("ledger", "journal")},
    }
    files.write(folder / "CURRENT", json.dumps(named).encode() + b"\n")


def number_of(file: Path) -> int:
    """Return the number in a published file's name, `ledger-000017.duckdb` -> 17; 0 if there is none."""
    digits = file.name.split(".")[0].rsplit("-", 1)[-1]
    return int(digits) if digits.isdigit() else 0


def highest_number(folder: Path) -> int:
    """Return the highest number ever used; the newest file is never deleted, published, set aside or not."""
    numbered = [*folder.glob("*-[0-9]*.duckdb*"), *folder.glob("set-aside-*/*-[0-9]*.duckdb*")]
    return max((number_of(file) for file in numbered), default=0)


def begin_first(folder: Path) -> None:
    """Note that the first pair is being published: until CURRENT is there, its files are nobody's yet."""
    mark = folder / _FIRST
    mark.touch()
    files.flush(mark)
    files.flush(folder)


def end_first(folder: Path) -> None:
    """Take the note back: CURRENT is there, and whatever lies in the folder from now on was published."""
    (folder / _FIRST).unlink(missing_ok=True)


def lost_current(folder: Path) -> bool:
    """Tell whether published files lie here without the CURRENT that names them.

    Files of a first publication that was killed before it wrote CURRENT are none: nobody was told of them.
    """
    return (
        not (folder / "CURRENT").exists()
        and not (folder / _FIRST).exists()
        and any(file for name in ("ledger", "journal") for file in folder.glob(f"{name}-[0-9]*.duckdb"))
    )
