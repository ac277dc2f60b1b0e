"""Writing files that survive a crash, and the hash of a file.

A store's files are written under a private name in the folder where they belong, flushed to the disk, and
only then renamed. A process that is killed leaves a private file, which the next writer removes, and never
half a file under a name that is read.
"""

import hashlib
import os
import uuid
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

PRIVATE = ".new-"
_FLUSHED_TOGETHER = 16


def private_file(folder: Path, suffix: str = "") -> Path:
    """Return a name nobody uses, for a file that is still being written in this folder."""
    return folder / f"{PRIVATE}{uuid.uuid4().hex}{suffix}"


def write(file: Path, content: bytes) -> None:
    """Write a file as a whole: a reader sees the old content or the new one, also after a power cut."""
    private = private_file(file.parent)
    private.write_bytes(content)
    publish(private, file)


def publish(private: Path, file: Path) -> None:
    """Give a private file its final name, once its bytes are on the disk."""
    flush(private)
    private.replace(file)
    flush(file.parent)


def publish_all(named: Sequence[tuple[Path, Path]]) -> None:
    """Give private files of one folder their final names, in this order, once the bytes of all are on disk.

    Many files are flushed side by side: the disk writes them together, not one after the other.
    """
    if not named:
        return
    with ThreadPoolExecutor(_FLUSHED_TOGETHER) as pool:
        list(pool.map(flush, [private for private, _file in named]))
    for private, file in named:
        private.replace(file)
    flush(named[0][1].parent)


def flush(path: Path) -> None:
    """Flush a file or folder to the disk, so that the order of the steps survives a power cut."""
    if os.name == "nt" and path.is_dir():
        return  # Windows has no handle on a folder to flush
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
