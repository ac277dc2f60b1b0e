"""The imported files as they came, kept under their hash in the folder raw/ of the store."""

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from data import sentences
from data.errors import KasstroomError
from data.store import files

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
        private = files.private_file(raw)
        shutil.copyfile(source, private)
        if files.file_hash(private) != digest:
            private.unlink()
            raise KasstroomError(sentences.FILE_CHANGED(file=source.name))
        files.publish(private, kept)
    if preset is not None and not (raw / f"{preset.sha256}.toml").exists():
        files.write(raw / f"{preset.sha256}.toml", preset.text)
    files.write(raw / f"{digest}.json", json.dumps(facts, indent=1).encode() + b"\n")
