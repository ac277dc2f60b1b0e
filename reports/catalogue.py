"""Which sentences the code shows, and whether the Dutch catalogue holds each of them."""

import ast
import os
import string
import sys
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import write_po

from reports.translation import CATALOGUE, Sentence, read_catalogue

ROOT = Path(__file__).parent.parent
_SOURCES = (
    "app.py",
    "kasstroom.py",
    "pages/**/*.py",
    "reports/**/*.py",
    "queries/sentences.py",
    "forecasting/sentences.py",
    "data/**/*.py",
    "cli/**/*.py",
)
_MARKS = {"_": 1, "_n": 2, "marked": 1, "template": 1}  # how many of the first arguments are sentences
_HEADER = (
    'msgid ""\nmsgstr ""\n"Language: nl\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
)


def used(root: Path = ROOT) -> dict[Sentence, str]:
    """Return every sentence the tree shows, each with the first file that has it."""
    found: dict[Sentence, str] = {}
    for pattern in _SOURCES:
        for path in sorted(root.glob(pattern)):
            for sentence in code_sentences(path.read_text(encoding="utf-8")):
                found.setdefault(sentence, path.relative_to(root).as_posix())
    for path in sorted(root.glob("queries/**/*.sql")):
        text = path.read_text(encoding="utf-8")
        for sentence in (*header_sentences(text), *header_meanings(text)):
            found.setdefault(sentence, path.relative_to(root).as_posix())
    for path in sorted(root.glob("data/presets/*.toml")):
        title = tomllib.loads(path.read_text(encoding="utf-8")).get("title")
        if title:
            found.setdefault(title, path.relative_to(root).as_posix())
    # A catalogue holds a singular once, so with a plural of its own it is no sentence beside that.
    singulars = {sentence[0] for sentence in found if isinstance(sentence, tuple)}
    return {sentence: where for sentence, where in found.items() if sentence not in singulars}


def code_sentences(source: str) -> Iterator[Sentence]:
    """Yield the sentences in the calls of `_`, `_n`, `marked` and the data layer's `template`.

    Read from the syntax tree: Babel's own extractor passes over calls inside f-strings.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in _MARKS:
            texts = [
                argument.value
                for argument in node.args[: _MARKS[node.func.id]]
                if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
            ]
            if len(texts) == _MARKS[node.func.id]:
                yield texts[0] if len(texts) == 1 else (texts[0], texts[1])


def header_sentences(sql: str) -> Iterator[str]:
    """Yield what a query says of itself, as one text: the comments after `-- name:` up to the blank one."""
    lines = iter(sql.splitlines())
    if not next(lines, "").startswith("-- name:"):
        return
    said: list[str] = []
    for line in lines:
        text = line.removeprefix("--").strip()
        if not line.startswith("--") or not text or text.startswith(("param ", "returns ")):
            break
        said.append(text)
    if said:
        yield " ".join(said)


def header_meanings(sql: str) -> Iterator[str]:
    """Yield what a query's header says its parameters and columns mean."""
    for line in sql.splitlines():
        if line.startswith(("-- param ", "-- returns ")):
            _declared, gap, meaning = line.partition("  ")
            if gap:
                yield meaning.strip()


def complaints(wanted: dict[Sentence, str], dutch: dict[Sentence, tuple[str, ...]]) -> list[str]:
    """Return one line per fault: missing, empty, other placeholders, not used; none if it is complete."""
    found = []
    for sentence, where in wanted.items():
        forms = dutch.get(sentence, ())
        if not forms or not all(forms):
            found.append(f"no Dutch for {sentence!r} ({where})")
            continue
        source = placeholders(sentence if isinstance(sentence, str) else sentence[1])
        # "1 dag" may leave the count out, so only the plural form must have what the English has.
        if placeholders(forms[-1]) != source or not placeholders(forms[0]) <= source:
            found.append(f"other placeholders in the Dutch of {sentence!r} ({where})")
    return found + [f"not used: {sentence!r}" for sentence in dutch if sentence not in wanted]


def placeholders(text: str) -> set[str]:
    """Return the names in a text's {braces}."""
    return {name for _text, name, _format, _conversion in string.Formatter().parse(text) if name is not None}


def update(path: Path = CATALOGUE, root: Path = ROOT, *, prune: bool = False) -> tuple[int, int]:
    """Add the missing sentences to the catalogue as empty entries; with `prune` drop the unused ones.

    Returns:
        How many were added, how many are unused (and were dropped, with `prune`).
    """
    wanted, dutch = used(root), read_catalogue(path)
    added = [sentence for sentence in wanted if sentence not in dutch]
    unused = [sentence for sentence in dutch if sentence not in wanted]
    kept = {sentence: forms for sentence, forms in dutch.items() if sentence in wanted or not prune}
    catalogue = Catalog(locale="nl", charset="utf-8")
    for sentence in [*kept, *added]:
        plural = isinstance(sentence, tuple)
        forms = kept.get(sentence, ("", "") if plural else ("",))
        catalogue[sentence] = Message(sentence, string=forms if plural else forms[0])
    text = BytesIO()
    write_po(text, catalogue, width=110, no_location=True, omit_header=True, sort_output=True)
    fresh = path.with_suffix(f".{os.getpid()}.new")
    fresh.write_bytes(_HEADER.encode() + text.getvalue())
    fresh.replace(path)
    return len(added), len(unused)


def main(arguments: list[str]) -> int:
    """Bring the catalogue up to date and say what is still to be translated; 0 when nothing is."""
    added, unused = update(prune="--prune" in arguments)
    open_ends = [line for line in complaints(used(), read_catalogue()) if not line.startswith("not used")]
    sys.stdout.write(f"{added} added, {unused} unused, {len(open_ends)} to translate in {CATALOGUE.name}\n")
    sys.stdout.writelines(f"  {line}\n" for line in open_ends)
    return 1 if open_ends else 0
