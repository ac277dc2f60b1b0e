"""The imported files as they came, in the folder raw/ of the store, with the facts of their batches."""

import json
import shutil
from collections.abc import Collection
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from data import sentences
from data.errors import KasstroomError
from data.importers import AnyPreset, load_preset
from data.store import files

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


def add(
    folder: Path,
    source: Path,
    digest: str,
    facts: BatchFacts,
    *,
    preset: AnyPreset | None,
    known: Collection[tuple[int, datetime]],
) -> None:
    """Copy an imported file into raw/, under its hash, with its batch's facts and its preset beside it.

    A file that is there stays as it is. If earlier batches came from the same bytes, their facts stay too;
    facts left by a load that was killed do not.

    Args:
        folder: the store.
        source: the file.
        digest: its hash when it was read.
        facts: of the batch now published.
        preset: how it was read; None for the native form.
        known: number and instant of every batch of the store.

    Raises:
        KasstroomError: the file changed after it was read.
    """
    raw = folder / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    file = raw / digest
    if not file.exists():
        private = files.private_file(raw)
        shutil.copyfile(source, private)
        if files.file_hash(private) != digest:
            private.unlink()
            raise KasstroomError(sentences.FILE_CHANGED(file=source.name))
        files.publish(private, file)
    if preset is not None and not (raw / f"{preset.sha256}.toml").exists():
        files.write(raw / f"{preset.sha256}.toml", preset.text)
    earlier = [
        _plain(other)
        for other in facts_of(file) or ()
        if other.batch_id != facts.batch_id and (other.batch_id, other.recorded_at) in known
    ]
    content = _plain(facts) | ({"earlier": earlier} if earlier else {})
    files.write(_facts_file(file), json.dumps(content, indent=1).encode() + b"\n")


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
