"""The imported files as they came, kept under their hash; and what makes files safe on the disk."""

import json
import os
import shutil
import uuid
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from data import sentences
from data.errors import KasstroomError

if TYPE_CHECKING:
    from data.importers import Preset


def keep_raw(
    folder: Path, source: Path, digest: str, facts: dict[str, object], preset: "Preset | None" = None
) -> None:
    """Keep the imported file as it came, under its hash, with its batch's facts and its preset beside it.

    A file already kept stays as it is; its facts become those of the batch now published, for they may be
    left from a load that was killed.

    Raises:
        KasstroomError: the file changed after it was read.
    """
    raw = folder / "raw"
    raw.mkdir(parents=True, exist_ok=True)
    kept = raw / digest
    if not kept.exists():
        private = raw / f".new-{uuid.uuid4().hex}"
        shutil.copyfile(source, private)
        if file_hash(private) != digest:
            private.unlink()
            raise KasstroomError(sentences.FILE_CHANGED(file=source.name))
        sync(private)
        private.rename(kept)
    if preset is not None and not (raw / f"{preset.sha256}.toml").exists():
        _put(preset.text, raw / f"{preset.sha256}.toml")
    _put(json.dumps(facts, indent=1).encode() + b"\n", raw / f"{digest}.json")
    sync(raw)


def _put(content: bytes, file: Path) -> None:
    private = file.with_name(f".new-{uuid.uuid4().hex}")
    private.write_bytes(content)
    sync(private)
    private.replace(file)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hex."""
    digest = sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def sync(path: Path) -> None:
    """Flush a file or folder to the disk, so that the order of the steps survives a power cut."""
    if os.name == "nt" and path.is_dir():
        return  # Windows has no handle on a folder to flush
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
