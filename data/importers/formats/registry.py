"""The formats that are no tables, each with what knows it and what reads it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import tomli_w

from data.importers.formats import attachment, datev, saft, sie, ubl, xaf
from data.importers.formats.bank import camt, coda, mt940, pain
from data.importers.formats.document_numbers import with_own_numbers
from data.importers.formats.extract import Extract, ExtractedFile
from data.importers.reading import Reading
from data.progress import Share, untold

Recognises = Callable[[bytes], bool]
Extracts = Callable[[bytes, str, Mapping[str, str]], Extract]
ExtractsInSteps = Callable[[bytes, str, Mapping[str, str], Share | None], Extract]


@dataclass(frozen=True)
class Format:
    """One format.

    Attributes:
        name: as presets name it (`reader`).
        recognises: tells its files by their content.
        extract: reads one: its bytes, its name for refusals, the preset's options.
        options: option of a preset -> the words it takes, the usual one first.
        in_steps: the same as `extract` for formats of large files: it is told what to call with the share
            that was read.
    """

    name: str
    recognises: Recognises
    extract: Extracts
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    in_steps: ExtractsInSteps | None = None


@dataclass(frozen=True)
class FormatPreset:
    """A preset for files of a format.

    Attributes:
        name, title, source: what it is called, and what it reads.
        reader: name of the format.
        options: option -> word.
        sha256: of the preset's file.
        text: the preset's file itself.
    """

    name: str
    title: str
    source: str
    reader: str
    options: Mapping[str, str]
    sha256: str
    text: bytes
    is_list: bool = False


# `beside`: totals only, because the documents come from elsewhere; a load says so itself.
_OF_AUDIT_FILE = {"rows": ("auto", "open_items", "check", "beside"), "entity": (), "accounts": ()}
FORMATS: dict[str, Format] = {
    "ubl": Format(
        "ubl",
        ubl.recognises,
        ubl.extract,
        {"direction": ("sales", "purchases"), "entity": (), "number": ()},
    ),
    attachment.READER: Format(
        attachment.READER, attachment.recognises, attachment.extract, attachment.OPTIONS
    ),
    "xaf": Format("xaf", xaf.recognises, xaf.extract, _OF_AUDIT_FILE),
    "saft": Format("saft", saft.recognises, saft.extract, _OF_AUDIT_FILE),
    "sie": Format("sie", sie.recognises, sie.extract, _OF_AUDIT_FILE),
    "datev": Format("datev", datev.recognises, datev.extract, _OF_AUDIT_FILE),
    "camt": Format("camt", camt.recognises, camt.extract, in_steps=camt.extract),
    "pain": Format("pain", pain.recognises, pain.extract, in_steps=pain.extract),
    "mt940": Format("mt940", mt940.recognises, mt940.extract),
    "coda": Format("coda", coda.recognises, coda.extract),
}
AUDIT_READERS = frozenset(name for name, each in FORMATS.items() if each.options is _OF_AUDIT_FILE)
# `number/LINE`: the number that the document of that line got, as `document_numbers` tells.
_NUMBER = "number/"


def read_format(content: bytes, name: str, preset: FormatPreset, share: Share = untold) -> Reading:
    """Read a file of a format.

    Args:
        content: the bytes of the file.
        name: of the file, printable.
        preset: how it is read.
        share: called with the share of a large file that was read, now and then.

    Raises:
        RefusedFileError: nothing of the file can be read for sure.
    """
    return extracted(content, name, preset, share).reading


def extracted(content: bytes, name: str, preset: FormatPreset, share: Share = untold) -> ExtractedFile:
    """Return what a file of a format says.

    Args:
        content: the bytes of the file.
        name: of the file, printable.
        preset: how it is read.
        share: as `read_format` has it.

    Raises:
        RefusedFileError: nothing of the file can be read for sure.
    """
    reader = FORMATS[preset.reader]
    if reader.in_steps is None:
        extract = reader.extract(content, name, preset.options)
    else:
        extract = reader.in_steps(content, name, preset.options, share)
    own = {
        int(option.removeprefix(_NUMBER)): number
        for option, number in preset.options.items()
        if option.startswith(_NUMBER)
    }
    extract = with_own_numbers(extract, own) if own else extract
    digest = hashlib.sha256(content).hexdigest()
    return ExtractedFile(extract, name, digest, preset.name, preset.sha256)


def preset_with(preset: FormatPreset, **options: str) -> FormatPreset:
    """Return a preset with other words for some of its options, as a file of its own."""
    all_options = {**preset.options, **options}
    stated = {
        "name": preset.name,
        "title": preset.title,
        "source": preset.source,
        "reader": preset.reader,
        "options": all_options,
    }
    text = tomli_w.dumps(stated).encode()
    return replace(preset, options=all_options, sha256=hashlib.sha256(text).hexdigest(), text=text)
