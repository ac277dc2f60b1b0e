"""The folder raw/ of a store, to be loaded again: its batches, one publication after the other, as they were.

The published pair beside raw/ lists the batches, also if its layout is another one. Where the pair is gone or
damaged, the facts beside the raw files list them.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from data import sentences
from data.errors import KasstroomError, RefusedFileError
from data.importers import AnyPreset
from data.message_templates import Message
from data.store import batches, files
from data.store.raw_files import BatchFacts, facts_of, preset_of
from data.store.snapshot import current_snapshot
from data.store.statements import quoted

FROZEN = "frozen"  # beside raw/: the frozen forecasts
_HASH = re.compile("[0-9a-f]{64}")
_COLUMNS = "batch_id, recorded_at, source_date, file_name, kind, preset, preset_sha256, rows_read, sha256"
_STEP = timedelta(microseconds=1)  # between the batches of one publication


@dataclass(frozen=True)
class RawBatch:
    """A batch of a store, and the file in raw/ from which it can be loaded again.

    Attributes:
        path: the file, named after its hash. facts: of the batch. preset: how the file was read; None for the
        native form. is_repeat: an earlier batch came from the same bytes, read the same way: somebody typed
        the same again.
    """

    path: Path
    facts: BatchFacts
    preset: AnyPreset | None = None
    is_repeat: bool = False


@dataclass(frozen=True)
class RawFolder:
    """A folder raw/: its batches by publication, and the batches whose file is gone, each with a sentence."""

    publications: list[list[RawBatch]]
    missing: list[tuple[Path, Message]]


def raw_folder(folder: Path) -> RawFolder | None:
    """Return the batches of a store's folder raw/, in their order; None for any other path.

    Raises:
        RefusedFileError: nothing tells how one of its files was read.
    """
    if not is_raw(folder):
        return None
    beside = _batches_beside(folder)
    published = _published(folder.parent)
    listed, posted = (_with_publication(published[0], beside), published[1]) if published else (beside, set())
    missing = [
        (batch.path, sentences.RAW_GONE(batch=batch.facts.batch_id, name=batch.facts.file_name))
        for batch in listed
        if not batch.path.exists()
    ]
    present = [_with_preset(batch) for batch in listed if batch.path.exists()]
    return RawFolder(_by_publication(_with_repeats(present), posted), missing)


def is_raw(folder: Path) -> bool:
    """Tell whether a path is the folder raw/ of a store."""
    return folder.is_dir() and any(_HASH.fullmatch(file.name) for file in folder.iterdir())


def copy_frozen(paths: Sequence[Path], folder: Path) -> None:
    """Copy the frozen forecasts beside each folder raw/ into a store, for its journal names them too.

    A file is taken only when its bytes have the hash it is named after; a file that is there already stays.
    """
    stores = [path.resolve().parent for path in paths if is_raw(path)]
    for file in (file for store in stores for file in sorted((store / FROZEN).glob("*.parquet"))):
        copy = folder / FROZEN / file.name
        if not copy.exists() and files.file_hash(file) == file.stem:
            copy.parent.mkdir(parents=True, exist_ok=True)
            files.write(copy, file.read_bytes())


def _batches_beside(folder: Path) -> list[RawBatch]:
    """Return the batches that the facts beside the raw files list."""
    listed: list[RawBatch] = []
    for file in folder.iterdir():
        if _HASH.fullmatch(file.name):
            facts = facts_of(file)
            if facts is None:
                raise RefusedFileError(sentences.KEPT_WITHOUT_FACTS(file=file.name))
            listed += [RawBatch(file, batch_facts) for batch_facts in facts]
    return sorted(listed, key=lambda batch: (batch.facts.batch_id, batch.path.stat().st_mtime))


def _published(store: Path) -> tuple[list[RawBatch], set[datetime]] | None:
    """Return the batches a store's published pair lists, and the instants of publications that posted items.

    None if no pair can be read, or if it lost batches: then it does not tell which there were.
    """
    try:
        snapshot = current_snapshot(store)
        if any(Path(f"{snapshot.file(name)}.wal").exists() for name in batches.FILES):
            return None
        with duckdb.connect() as connection:
            for name in batches.FILES:
                connection.execute(f"attach {quoted(snapshot.file(name))} as {name} (read_only)")
            connection.execute("use ledger")
            is_whole = batches.chain(connection) == snapshot.chain
            rows = connection.execute(
                f"select {_COLUMNS} from batch "
                f"union all select {_COLUMNS} from journal.batch order by batch_id"
            ).fetchall()
            posted = connection.execute(
                "select recorded_at from item union select recorded_at from reporting_currency"
            ).fetchall()
    except (KasstroomError, duckdb.Error):
        return None
    if not is_whole or [row[0] for row in rows] != list(range(1, len(rows) + 1)):
        return None
    listed = [
        RawBatch(
            store / "raw" / digest, BatchFacts(number, at, None, file, kind, preset, preset_hash, day, read)
        )
        for number, at, day, file, kind, preset, preset_hash, read, digest in rows
    ]
    return listed, {at for (at,) in posted}


def _with_publication(listed: list[RawBatch], beside: list[RawBatch]) -> list[RawBatch]:
    """Return the listed batches, each with the instant of its publication if the facts beside it have it."""
    published_at = {
        (batch.path.name, batch.facts.batch_id, batch.facts.recorded_at): batch.facts.published_at
        for batch in beside
    }
    return [
        replace(
            batch,
            facts=replace(
                batch.facts,
                published_at=published_at.get(
                    (batch.path.name, batch.facts.batch_id, batch.facts.recorded_at)
                ),
            ),
        )
        for batch in listed
    ]


def _with_preset(batch: RawBatch) -> RawBatch:
    facts = batch.facts
    if facts.preset_sha256 is None:
        return batch
    preset = preset_of(batch.path.parent, facts.preset, facts.preset_sha256)
    if preset is None:
        raise RefusedFileError(sentences.KEPT_WITHOUT_PRESET(file=batch.path.name, preset=facts.preset))
    return replace(batch, preset=preset)


def _with_repeats(listed: list[RawBatch]) -> list[RawBatch]:
    seen: set[tuple[str, str | None]] = set()
    marked = []
    for batch in listed:
        key = (batch.path.name, batch.facts.preset_sha256)
        marked.append(replace(batch, is_repeat=key in seen))
        seen.add(key)
    return marked


def _by_publication(listed: list[RawBatch], posted: Collection[datetime]) -> list[list[RawBatch]]:
    publications: list[list[RawBatch]] = []
    for batch in listed:
        if publications and _is_of_one_publication(publications[-1][-1].facts, batch.facts, posted):
            publications[-1].append(batch)
        else:
            publications.append([batch])
    return publications


def _is_of_one_publication(before: BatchFacts, after: BatchFacts, posted: Collection[datetime]) -> bool:
    """Tell whether two batches in a row were published together.

    Facts of an early version do not say so: then instants a microsecond apart tell it, unless items were
    posted at the first. Without instants all files are one publication.
    """
    if before.published_at and after.published_at:
        return before.published_at == after.published_at
    if before.recorded_at and after.recorded_at:
        return after.recorded_at - before.recorded_at == _STEP and before.recorded_at not in posted
    return True
