"""The imported files as they came, in the folder raw/ of the store, with the facts of their batches."""

import hashlib
import json
import re
import shutil
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from data import sentences
from data.errors import KasstroomError
from data.importers import AnyPreset, load_preset
from data.store import files

_HASH = re.compile("[0-9a-f]{64}")
_PDF = b"%PDF"
_NEEDED = {"batch_id", "file_name", "preset", "preset_sha256", "source_date"}


@dataclass(frozen=True)
class BatchFacts:
    """The facts of a batch, written beside its raw file so that raw/ alone makes the store anew.

    Attributes:
        batch_id: number of the batch.
        recorded_at: UTC instant of the batch; None in facts of an early version.
        published_at: UTC instant its publication stamped on the items it posted; None in facts of an early
            version.
        file_name: name under which the file came.
        kind: kind of its rows.
        preset, preset_sha256: how it was read; None for the native form.
        source_date: day the file speaks of, if one was given.
        rows_read: number of its rows.
    """

    batch_id: int
    recorded_at: datetime | None
    published_at: datetime | None
    file_name: str
    kind: str
    preset: str | None
    preset_sha256: str | None
    source_date: date | None
    rows_read: int


@dataclass(frozen=True)
class RawFile:
    """An imported file that is to be kept: where it is, its hash when it was read, and its batch.

    Attributes:
        source: the file.
        sha256: its hash when it was read.
        facts: of the batch now published.
        preset: how it was read; None for the native form.
    """

    source: Path
    sha256: str
    facts: BatchFacts
    preset: AnyPreset | None


def add(folder: Path, imported: Sequence[RawFile], *, known: Collection[tuple[int, datetime]]) -> None:
    """Copy imported files into raw/, each under its hash, with its batch's facts and its preset beside it.

    A file that is there stays as it is. If earlier batches came from the same bytes, their facts stay too;
    facts left by a load that was killed do not. All are flushed to the disk before the first gets its name:
    presets and facts come before the files they are of.

    Args:
        folder: the store.
        imported: the files, in the order of their batches.
        known: number and instant of every batch of the store.

    Raises:
        KasstroomError: a file changed after it was read.
    """
    raw = folder / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    # What is written: final name -> private file.
    presets: dict[Path, Path] = {}
    facts: dict[Path, Path] = {}
    copies: dict[Path, Path] = {}
    listed: dict[Path, list[BatchFacts]] = {}
    for each in imported:
        file = raw / each.sha256
        if each.preset is not None:
            beside = raw / f"{each.preset.sha256}.toml"
            if beside not in presets and not beside.exists():
                presets[beside] = _private(raw, each.preset.text)
        if file not in copies and not file.exists():
            copies[file] = _copy(each, raw)
        earlier = listed[file] if file in listed else facts_of(file) or []
        listed[file] = [
            other
            for other in earlier
            if other.batch_id != each.facts.batch_id and (other.batch_id, other.recorded_at) in known
        ] + [each.facts]
    for file, of_file in listed.items():
        *plain, newest = map(_plain, of_file)
        content = newest | ({"earlier": plain} if plain else {})
        facts[_facts_file(file)] = _private(raw, json.dumps(content, indent=1).encode() + b"\n")
    written = {**presets, **facts, **copies}
    files.publish_all([(private, file) for file, private in written.items()])


def _copy(imported: RawFile, raw: Path) -> Path:
    """Copy a file under a private name.

    Raises:
        KasstroomError: it changed after it was read.
    """
    private = files.private_file(raw)
    shutil.copyfile(imported.source, private)
    if files.file_hash(private) != imported.sha256:
        private.unlink()
        raise KasstroomError(sentences.FILE_CHANGED(file=imported.source.name))
    return private


def _private(raw: Path, content: bytes) -> Path:
    """Write a file under a private name."""
    private = files.private_file(raw)
    private.write_bytes(content)
    return private


def pdf(raw: Path, digest: str) -> bytes | None:
    """Return a PDF in raw/ by its hash; None if there is none, or it is not the file that was kept.

    Anybody may have loaded the hash: it leads to no file outside raw/, and to nothing but a PDF.
    """
    if not _HASH.fullmatch(digest):
        return None
    try:
        content = (raw / digest).read_bytes()
    except OSError:
        return None
    is_kept = content.startswith(_PDF) and hashlib.sha256(content).hexdigest() == digest
    return content if is_kept else None


def has_pdf(raw: Path, digest: str) -> bool:
    """Tell whether a file of this hash is in raw/, without reading it."""
    return _HASH.fullmatch(digest) is not None and (raw / digest).is_file()


def facts_of(file: Path) -> list[BatchFacts] | None:
    """Return the facts of the batches that came from a raw file, oldest first; None if they are not whole."""
    try:
        newest = json.loads(_facts_file(file).read_text(encoding="utf-8"))
        return [_facts(plain) for plain in (*newest.get("earlier", ()), newest)]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def preset_of(folder: Path, name: str | None, sha256: str) -> AnyPreset | None:
    """Return the preset a raw file was read with: the one beside it, else the one that ships."""
    beside = folder / f"{sha256}.toml"
    name = name or ""
    try:
        preset = load_preset(str(beside)) if beside.exists() else load_preset(name)
    except KasstroomError:
        return None
    return replace(preset, name=name) if preset.sha256 == sha256 else None


def _facts_file(file: Path) -> Path:
    return file.with_name(f"{file.name}.json")


def _plain(facts: BatchFacts) -> dict[str, object]:
    """Return facts as JSON writes them."""
    return {
        name: value.isoformat() if isinstance(value, date) else value for name, value in asdict(facts).items()
    }


def _facts(plain: dict[str, Any]) -> BatchFacts:
    if not plain.keys() >= _NEEDED:
        raise KeyError
    recorded_at, published_at, day = (
        plain.get(name) for name in ("recorded_at", "published_at", "source_date")
    )
    return BatchFacts(
        batch_id=int(plain["batch_id"]),
        recorded_at=datetime.fromisoformat(recorded_at) if recorded_at else None,
        published_at=datetime.fromisoformat(published_at) if published_at else None,
        file_name=str(plain["file_name"]),
        kind=str(plain.get("kind", "")),
        preset=plain["preset"],
        preset_sha256=plain["preset_sha256"],
        source_date=date.fromisoformat(day) if day else None,
        rows_read=int(plain.get("rows_read", 0)),
    )
