"""Extraction of the sentences that the code shows, for `pybabel`, and checks of the Dutch catalogue.

`[tool.babel]` in pyproject.toml names the three extractors and the files they read.
"""

import ast
import contextlib
import string
import sys
import tempfile
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from reports.translation import CATALOGUE, read_catalogue

ROOT = Path(__file__).parent.parent

Extracted = tuple[int, str, str | tuple[str, ...], list[str]]
"""What Babel asks of an extractor: line, gettext function, its arguments, comments for translators."""

# How many of the first arguments are texts, and the gettext function that Babel knows for such a call.
_CALLS = {
    "_": (1, "gettext"),
    "_n": (2, "ngettext"),
    "_p": (2, "pgettext"),
    "mark": (1, "gettext"),
    "mark_p": (2, "pgettext"),
    "template": (1, "gettext"),
}
_EXTRACT = (
    "--mapping=pyproject.toml", "--project=Kasstroom", "--add-location=file", "--sort-output", "--width=110",
)  # fmt: skip
_UPDATE = ("--locale=nl", "--no-fuzzy-matching", "--ignore-pot-creation-date", "--width=110")


def extract_python(
    file: IO[bytes], keywords: Collection[str], tags: Collection[str], options: Mapping[str, object]
) -> Iterator[Extracted]:
    """Yield the texts in the calls of `_CALLS`, the words by code and the headings of columns.

    Read from the syntax tree: Babel's own extractor passes over calls inside f-strings.
    """
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            for function, texts in _texts(node, node.func.id):
                yield node.lineno, function, texts[0] if len(texts) == 1 else texts, []


def _texts(call: ast.Call, name: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the gettext function and the texts of each message in a call."""
    match call:
        case ast.Call(args=[ast.Constant(str(context)), ast.Dict(values=words)]) if name == "mark_words":
            yield from (("pgettext", (context, word)) for word in _strings(words) if word)
        case ast.Call(args=[ast.Constant(str(heading)), *_rest]) if name == "ReportColumn":
            short = _strings(keyword.value for keyword in call.keywords if keyword.arg == "short")
            yield from (("pgettext", ("column", text)) for text in (heading, *short))
        case ast.Call() if name in _CALLS:
            count, function = _CALLS[name]
            texts = tuple(_strings(call.args[:count]))
            if len(texts) == count:
                yield function, texts


def _strings(nodes: Iterable[ast.expr]) -> list[str]:
    return [node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def extract_query(
    file: IO[bytes], keywords: Collection[str], tags: Collection[str], options: Mapping[str, object]
) -> Iterator[Extracted]:
    """Yield the description in a query's header and the meanings of its parameters and columns."""
    sql = file.read().decode()
    for text in (*query_descriptions(sql), *query_meanings(sql)):
        yield 1, "gettext", text, []


def extract_preset(
    file: IO[bytes], keywords: Collection[str], tags: Collection[str], options: Mapping[str, object]
) -> Iterator[Extracted]:
    """Yield the title of an import preset."""
    if title := tomllib.loads(file.read().decode()).get("title"):
        yield 1, "gettext", title, []


def query_descriptions(sql: str) -> Iterator[str]:
    """Yield the description of a query, as one text: the comments after `-- name:` up to the blank one."""
    lines = iter(sql.splitlines())
    if not next(lines, "").startswith("-- name:"):
        return
    description: list[str] = []
    for line in lines:
        text = line.removeprefix("--").strip()
        if not line.startswith("--") or not text or text.startswith(("param ", "returns ")):
            break
        description.append(text)
    if description:
        yield " ".join(description)


def query_meanings(sql: str) -> Iterator[str]:
    """Yield the meanings of a query's parameters and columns, as its header has them."""
    for line in sql.splitlines():
        if line.startswith(("-- param ", "-- returns ")):
            _declared, gap, meaning = line.partition("  ")
            if gap:
                yield meaning.strip()


def extract(root: Path = ROOT) -> Catalog:
    """Return the messages of the tree under a folder with a `[tool.babel]`, by `pybabel extract`."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "messages.pot"
        _extract_to(path, root)
        with path.open("rb") as file:
            return read_po(file, locale="nl")


def update(path: Path = CATALOGUE, root: Path = ROOT, *, prune: bool = False) -> None:
    """Bring a catalogue up to date by `pybabel update`: new messages are added without Dutch.

    Unused ones become comments that start with `#~`; with `prune` they go.
    """
    with tempfile.TemporaryDirectory() as folder:
        messages = Path(folder) / "messages.pot"
        _extract_to(messages, root)
        obsolete = ("--ignore-obsolete",) if prune else ()
        _pybabel("update", *_UPDATE, *obsolete, f"--input-file={messages}", f"--output-file={path}")


def complaints(messages: Catalog, dutch: Catalog) -> list[str]:
    """Return one line per fault of the Dutch catalogue; none if it is complete.

    Faults: no Dutch, other placeholders, a single word without a context, an entry that is not used.

    Args:
        messages: the messages of the tree.
        dutch: the catalogue to check.
    """
    faults = []
    for message in _messages(messages):
        places = f"({', '.join(path for path, _line in message.locations)})"
        translated = dutch.get(message.id, message.context)
        strings = () if translated is None else translated.string
        forms = (strings,) if isinstance(strings, str) else strings
        if _is_ambiguous(message):
            faults.append(f"no context for the single word {message.id!r} {places}")
        if not forms or not all(forms):
            faults.append(f"no Dutch for {message.id!r} {places}")
            continue
        source = placeholders(message.id if isinstance(message.id, str) else message.id[1])
        # "1 dag" may leave the count out, so only the plural form must have what the English has.
        if placeholders(forms[-1]) != source or not placeholders(forms[0]) <= source:
            faults.append(f"other placeholders in the Dutch of {message.id!r} {places}")
    unused = [one for one in _messages(dutch) if messages.get(one.id, one.context) is None]
    return faults + [f"not used: {message.id!r}" for message in (*unused, *dutch.obsolete.values())]


def placeholders(text: str) -> set[str]:
    """Return the names in a text's {braces}."""
    return {name for _text, name, _format, _conversion in string.Formatter().parse(text) if name is not None}


def _messages(catalogue: Catalog) -> Iterator[Message]:
    return (message for message in catalogue if message.id)  # the header's id is empty


def _is_ambiguous(message: Message) -> bool:
    # The data layer's templates name no context: a single word there is a part of one sentence.
    of_data = all(path.startswith("data/") for path, _line in message.locations)
    return (
        isinstance(message.id, str) and not of_data and not message.context and len(message.id.split()) == 1
    )


def _extract_to(path: Path, root: Path) -> None:
    _pybabel("extract", *_EXTRACT, f"--output-file={path}", ".", folder=root)


def _pybabel(*arguments: str, folder: Path = ROOT) -> None:
    with contextlib.chdir(folder):
        CommandLineInterface().run(["pybabel", "--quiet", *arguments])


def main(arguments: list[str]) -> int:
    """Bring the catalogue up to date and list its faults; 0 if there are none."""
    update(prune="--prune" in arguments)
    faults = complaints(extract(), read_catalogue())
    sys.stdout.write(f"{len(faults)} to mend in {CATALOGUE.name}\n")
    sys.stdout.writelines(f"  {line}\n" for line in faults)
    return 1 if faults else 0
