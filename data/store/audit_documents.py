"""Audit files beside documents of other sources, in one load or in the books: they give totals only.

What it is about, and what happens if the other source comes later: `audit_batches`.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from data.importers import AnyPreset, Reading, read_file
from data.importers.formats.registry import FormatPreset, preset_with
from data.store import reader
from data.store.audit_batches import AuditBatches, entities_of, gives_way, is_audit_file, same_administration
from data.store.batch_writer import SourceFile
from data.store.snapshot import current_snapshot, store_exists

_PAIR = tuple[SourceFile, Reading]


def totals_only(folder: Path, pairs: Sequence[_PAIR]) -> list[_PAIR]:
    """Return the files of a publication, audit files without documents where others bring them too.

    What was decided is kept in the preset beside the file, so that it is read the same way again.

    Args:
        folder: the store; it need not be there.
        pairs: the files. Those of a store that is made anew are left as they were.
    """
    places = set(beside_others(folder, [(file.preset, reading) for file, reading in pairs]))
    return [
        _as_check(file, reading) if place in places and file.batch is None else (file, reading)
        for place, (file, reading) in enumerate(pairs)
    ]


def beside_others(folder: Path, files: Sequence[tuple[AnyPreset | None, Reading]]) -> list[int]:
    """Return the places of audit files whose documents would count twice.

    Args:
        folder: the store; it need not be there.
        files: of a load, each with how it is read.
    """
    asked = [
        place
        for place, (preset, reading) in enumerate(files)
        if gives_way(preset) and ("invoices" in reading.grains or "payments" in reading.grains)
    ]
    if not asked:
        return []
    others = {
        entity for preset, reading in files if not is_audit_file(preset) for entity in entities_of(reading)
    }
    if store_exists(folder):
        with reader.session(current_snapshot(folder)) as connection:
            others |= AuditBatches.of_store(connection, folder).other_entities(connection)
    return [
        place
        for place in asked
        if any(same_administration(_entity(files[place][0]), other) for other in others)
    ]


def as_check(preset: FormatPreset) -> FormatPreset:
    """Return a preset of audit files that takes totals only, as others bring the documents."""
    return preset_with(preset, rows="beside")


def _entity(preset: AnyPreset | None) -> str:
    return preset.options.get("entity", "") if isinstance(preset, FormatPreset) else ""


def _as_check(file: SourceFile, reading: Reading) -> _PAIR:
    if not isinstance(file.preset, FormatPreset):
        return file, reading
    preset = as_check(file.preset)
    return replace(file, preset=preset), read_file(file.path, preset, name=file.name, day=file.source_date)
