"""What somebody chose for single files of a load: how each is read, and which day it speaks of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from data.importers import AnyPreset
from data.store.batch_writer import SourceFile


@dataclass(frozen=True)
class FileChoice:
    """What was chosen for one file.

    Attributes:
        preset: how it is read; None: as its content shows.
        day: it speaks of; None: that of the load, or the one it states itself.
    """

    preset: AnyPreset | None = None
    day: date | None = None


def apply_choices(
    groups: Sequence[Sequence[SourceFile]], choices: Mapping[Path, FileChoice]
) -> list[list[SourceFile]]:
    """Return the files of a load, by publication, as they are read after what was chosen for some of them."""
    return [[_chosen(file, choices.get(file.path)) for file in group] for group in groups]


def _chosen(file: SourceFile, choice: FileChoice | None) -> SourceFile:
    if choice is None:
        return file
    return replace(file, preset=choice.preset or file.preset, source_date=choice.day or file.source_date)
