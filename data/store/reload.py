"""The folder raw/ of a store, to be loaded again: which files, in which order, and how each was read."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from data import sentences
from data.errors import KasstroomError, RefusedFileError
from data.importers import Preset, load_preset
from data.store import files

FROZEN = "frozen"  # beside raw/: the forecasts kept as they were made
_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Kept:
    """A file that was loaded once, and how.

    Attributes:
        path: the file, named after its hash.
        name: what it was called.
        preset: how it was read; None for the native form.
        source_date: the day it spoke of; the day it was loaded where none was told, so that files loaded
            again overtake each other as they did.
        order: number of its batch, then the instant the file was kept.
    """

    path: Path
    name: str
    preset: Preset | None
    source_date: date | None
    order: tuple[int, float]


def kept_in(folder: Path) -> list[Kept] | None:
    """Return the kept files of a store's folder raw/, in the order of their batches; None for any other path.

    Raises:
        RefusedFileError: nothing tells how one of them was read.
    """
    if not folder.is_dir():
        return None
    kept_files = [file for file in folder.iterdir() if _HASH.fullmatch(file.name)]
    if not kept_files:
        return None
    return sorted((_kept(file) for file in kept_files), key=lambda one: one.order)


def bring_frozen(paths: Sequence[Path], folder: Path) -> None:
    """Copy the kept forecasts that lie beside another store's raw/, so that its journal finds them here too.

    A file is taken only when its bytes have the hash it is named after; what is there already stays.
    """
    stores = [path.resolve().parent for path in paths if kept_in(path) is not None]
    for file in (file for one in stores for file in sorted((one / FROZEN).glob("*.parquet"))):
        goal = folder / FROZEN / file.name
        if goal.exists() or files.file_hash(file) != file.stem:
            continue
        goal.parent.mkdir(parents=True, exist_ok=True)
        files.write(goal, file.read_bytes())


def facts_of(file: Path) -> dict[str, object] | None:
    """Return the facts beside a kept file, None where they are gone or not whole."""
    try:
        facts = json.loads(file.with_name(f"{file.name}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    needed = {"batch_id", "file_name", "preset", "preset_sha256", "source_date"}
    return facts if isinstance(facts, dict) and needed <= facts.keys() else None


def preset_of(folder: Path, name: str, sha256: str) -> Preset | None:
    """Return the preset a kept file was read with: the one kept beside it, else the one that ships."""
    beside = folder / f"{sha256}.toml"
    try:
        found = load_preset(str(beside)) if beside.exists() else load_preset(name)
    except KasstroomError:
        return None
    return replace(found, name=name) if found.sha256 == sha256 else None


def _kept(file: Path) -> Kept:
    facts = facts_of(file)
    if facts is None:
        raise RefusedFileError(sentences.KEPT_WITHOUT_FACTS(file=file.name))
    preset = None
    if facts["preset_sha256"] is not None:
        preset = preset_of(file.parent, str(facts["preset"]), str(facts["preset_sha256"]))
        if preset is None:
            raise RefusedFileError(sentences.KEPT_WITHOUT_PRESET(file=file.name, preset=facts["preset"]))
    told, recorded = facts["source_date"], facts.get("recorded_at")
    day = date.fromisoformat(str(told)) if told else None
    if day is None and recorded:
        day = datetime.fromisoformat(str(recorded)).date()
    order = (int(str(facts["batch_id"])), file.stat().st_mtime)
    return Kept(file, str(facts["file_name"]), preset, day, order)
