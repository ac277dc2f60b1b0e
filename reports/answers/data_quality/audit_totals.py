"""Uploaded audit files beside other sources: a load takes totals of them only, and the preview says so."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from data.importers.formats.registry import FormatPreset
from data.store.audit_documents import as_check, beside_others
from reports.answers.data_quality.imports import Preview, Upload


def totals_only(store: Path, uploads: Sequence[Upload], previews: Sequence[Preview]) -> dict[int, Upload]:
    """Return the audit files that a load takes totals of only, as others bring their documents, by place.

    Args:
        store: the folder; it need not be there.
        uploads: the files of a load.
        previews: of them.
    """
    read = [(each.preset, each.reading) for each in previews if each.reading is not None]
    of_read = [place for place, each in enumerate(previews) if each.reading is not None]
    changed = {}
    for place in beside_others(store, read):
        preset = read[place][0]
        if isinstance(preset, FormatPreset):
            changed[of_read[place]] = replace(uploads[of_read[place]], preset=as_check(preset))
    return changed
