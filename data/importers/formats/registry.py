"""The formats that are no tables, each with what knows it and what reads it."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from data.importers.formats import attachment, datev, saft, sie, ubl, xaf
from data.importers.formats.document_numbers import with_own_numbers
from data.importers.formats.extract import Extract, ExtractedFile
from data.importers.reading import Reading

Recognises = Callable[[bytes], bool]
Extracts = Callable[[bytes, str, Mapping[str, str]], Extract]


@dataclass(frozen=True)
class Format:
    """One format.

    Attributes:
        name: as presets name it (`reader`).
        recognises: tells its files by their content.
        extract: reads one: its bytes, its name for refusals, the preset's options.
        options: option of a preset -> the words it takes, the usual one first.
    """

    name: str
    recognises: Recognises
    extract: Extracts
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


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


_OF_AUDIT_FILE = {"rows": ("auto", "open_items", "check"), "entity": (), "accounts": ()}
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
}
# `number/LINE`: the number that the document of that line got, as `document_numbers` tells.
_NUMBER = "number/"


def read_format(content: bytes, name: str, preset: FormatPreset) -> Reading:
    """Read a file of a format.

    Raises:
        RefusedFileError: nothing of the file can be read for sure.
    """
    return extracted(content, name, preset).reading


def extracted(content: bytes, name: str, preset: FormatPreset) -> ExtractedFile:
    """Return what a file of a format says.

    Raises:
        RefusedFileError: nothing of the file can be read for sure.
    """
    extract = FORMATS[preset.reader].extract(content, name, preset.options)
    own = {
        int(option.removeprefix(_NUMBER)): number
        for option, number in preset.options.items()
        if option.startswith(_NUMBER)
    }
    extract = with_own_numbers(extract, own) if own else extract
    digest = hashlib.sha256(content).hexdigest()
    return ExtractedFile(extract, name, digest, preset.name, preset.sha256)
