"""What an uploaded file is, in words: as its content shows, or as somebody chose."""

from pathlib import Path

from data.importers import AnyPreset, invoice_reasons, reasons
from data.importers.formats import notice_reasons
from data.importers.preset import Preset
from data.message_templates import Message
from reports.answers.data_quality.imports import Preview
from reports.answers.data_quality.loads import kind_name
from reports.answers.data_quality.preset_draft import DAY_UNSAID
from reports.formats import number
from reports.sentences import translate
from reports.translation import _, _n


def what_it_is(preview: Preview) -> str:
    """Return what a file is; text from a preset's file in it is not escaped."""
    if preview.is_unknown:
        return _("A list that nothing here knows yet")
    if preview.preset is not None:
        return preset_title(preview.preset)
    if preview.reading is None:
        return ""
    return _("Kasstroom's own form: {kind}", kind=kind_name(preview.reading.kind).lower())


def preset_title(preset: AnyPreset) -> str:
    """Return what a preset is called: those that ship in the language spoken."""
    return _(preset.title)


def outcome(preview: Preview) -> str:
    """Return what becomes of the rows of a file; empty if it is refused."""
    reading = preview.reading
    if reading is None:
        return ""
    parts = [_n("{count} row", "{count} rows", reading.rows_read)]
    parts.append(_("{count} taken in", count=number(reading.accepted)))
    if reading.rejected:
        parts.append(_("{count} rejected", count=number(reading.rejected)))
    if reading.duplicate:
        parts.append(_("{count} repeated", count=number(reading.duplicate)))
    return " · ".join(parts)


def notes(preview: Preview) -> list[str]:
    """Return what a file says of itself or lacks."""
    return [translate(note) for note in preview.reading.notes] if preview.reading else []


def takes_a_day(preview: Preview) -> bool:
    """Tell whether a file is a list of what is open on a day, which somebody may have to say."""
    return isinstance(preview.preset, Preset) and preview.preset.shape == "open_items"


def may_be_described(preview: Preview) -> bool:
    """Tell whether a refused file may be a list of what customers owe, not known to be another thing."""
    known = (notice_reasons.REFUSED, reasons.PAYABLES)
    return preview.fault is not None and not preview.is_unknown and preview.fault.template not in known


def asks_for_day(preview: Preview) -> bool:
    """Tell whether a file is refused only because nobody said which day it speaks of."""
    return preview.fault is not None and preview.fault.template in DAY_UNSAID


def asks_for_number(preview: Preview) -> bool:
    """Tell whether a file is refused only because nobody said who we are."""
    return preview.fault is not None and preview.fault.template is invoice_reasons.NO_IDENTIFIER


def asks(preview: Preview) -> bool:
    """Tell whether a file is refused only because an answer is missing."""
    return asks_for_day(preview) or asks_for_number(preview)


def refusal(preview: Preview) -> str:
    """Return why a file is refused, with what to do about it on this screen."""
    if asks_for_day(preview):
        return _(
            "{name}: does not say of which day this list of open items is; give the day below.",
            name=preview.name,
        )
    if asks_for_number(preview):
        return _(
            "{name}: give the number of your company above; it tells a sale from a purchase.",
            name=preview.name,
        )
    return preview.refusal


def passed_over(files: list[tuple[Path, Message]]) -> list[str]:
    """Return the files of a zip file that are not taken in, each with the reason."""
    return [f"{path.name}: {translate(reason)}" for path, reason in files]
