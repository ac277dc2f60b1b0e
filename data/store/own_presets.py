"""The presets somebody made for this store's exports, in its folder presets/."""

import os
import re
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tomli_w

from data import system_errors
from data.errors import KasstroomError, TomlError
from data.importers import AnyPreset, load_preset, preset_names, shipped_presets, variants_of
from data.message_templates import Message
from data.store import files, preset_sentences
from data.toml_text import parse_toml

FOLDER = "presets"
_LONGEST = 60
_TOP_STATEMENT = r"^{key}[ \t]*=.*$"


@dataclass(frozen=True)
class OwnPreset:
    """One preset of a store.

    Attributes:
        name: of its file, without the ending.
        text: its file.
        preset: as it reads; None if it is damaged.
        fault: what is wrong with it; None if nothing is.
    """

    name: str
    text: str
    preset: AnyPreset | None
    fault: Message | None = None

    @property
    def title(self) -> str:
        """What somebody called it; its name if it is damaged."""
        return self.preset.title if self.preset else self.name


def own_presets(folder: Path) -> list[AnyPreset]:
    """Return the presets that may be used unseen: those that ship and the store's own.

    One of the store's own takes the place of one that ships under the same name.

    Args:
        folder: the store; it need not be there.

    Raises:
        KasstroomError: an own preset is damaged.
    """
    own = {preset.name: preset for preset in (load_preset(str(file)) for file in _files(folder))}
    variants = [each for preset in own.values() for each in variants_of(preset)]
    return [*(each for each in shipped_presets() if each.name not in own), *variants]


def find_preset(folder: Path, name: str) -> AnyPreset:
    """Return a preset by its name, of the store's own or one that ships, or by the path of its file.

    Raises:
        KasstroomError: there is none, or it is damaged.
    """
    base, at, form = name.partition("@")
    own = folder / FOLDER / f"{base}.toml"
    return load_preset(f"{own}{at}{form}") if own in _files(folder) else load_preset(name)


def list_presets(folder: Path) -> list[OwnPreset]:
    """Return the store's own presets by title, damaged ones too."""
    presets = []
    for file in _files(folder):
        text = file.read_text(encoding="utf-8", errors="replace")
        try:
            presets.append(OwnPreset(file.stem, text, load_preset(str(file))))
        except KasstroomError as error:
            presets.append(OwnPreset(file.stem, text, None, error.message))
    return sorted(presets, key=lambda own: own.title.casefold())


def file_name(title: str) -> str:
    """Return the name of the file of a preset that somebody calls so; empty if nothing of it can be kept."""
    letters = unicodedata.normalize("NFKD", title.casefold().replace("ß", "ss"))
    plain = "".join(letter for letter in letters if letter.isascii())
    return re.sub(r"[^a-z0-9]+", "-", plain)[:_LONGEST].strip("-")


def save_preset(folder: Path, text: str, title: str, *, replaces: bool = False) -> AnyPreset:
    """Keep a preset with a store, under the name that its title gives.

    Saving the very same once more, as a second click does, changes nothing.

    Args:
        folder: the store; it need not be there yet.
        text: its TOML; name and title in it are set.
        title: what it is called.
        replaces: it takes the place of one of that name.

    Raises:
        KasstroomError: it is no preset, has no name, or another one has it; nothing was written.
    """
    preset = _checked(text, title)
    file = folder / FOLDER / f"{preset.name}.toml"
    if not replaces:
        _refuse_clash(file, preset, title)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        _write(file, preset.text, replaces=replaces)
    except FileExistsError:
        # Somebody else saved one of that name since it was looked for.
        raise KasstroomError(preset_sentences.IS_THERE(name=title)) from None
    except OSError as error:
        raise KasstroomError(
            preset_sentences.UNWRITABLE(folder=file.parent, cause=system_errors.cause(error))
        ) from error
    return load_preset(str(file))


def rename_preset(folder: Path, name: str, title: str, *, replaces: bool = False) -> AnyPreset:
    """Call an own preset otherwise.

    Args:
        folder: the store.
        name: of its file now.
        title: from now on.
        replaces: it takes the place of one of that name.

    Raises:
        KasstroomError: it is gone, or another one has the name; nothing was changed.
    """
    file = _file(folder, name)
    # A title that gives the same name of a file is no clash with itself.
    is_same = file_name(title) == name
    preset = save_preset(folder, file.read_text("utf-8", "replace"), title, replaces=replaces or is_same)
    if not is_same:
        file.unlink(missing_ok=True)
        files.flush(file.parent)
    return preset


def delete_preset(folder: Path, name: str) -> None:
    """Delete an own preset; what it read stays as it is, and so does its copy beside each file it read.

    Raises:
        KasstroomError: it is gone already.
    """
    file = _file(folder, name)
    file.unlink(missing_ok=True)
    files.flush(file.parent)


def _files(folder: Path) -> list[Path]:
    return sorted(file for file in (folder / FOLDER).glob("*.toml") if not file.name.startswith("."))


def _file(folder: Path, name: str) -> Path:
    file = folder / FOLDER / f"{name}.toml"
    if file not in _files(folder):
        raise KasstroomError(preset_sentences.GONE(name=name))
    return file


def _checked(text: str, title: str) -> AnyPreset:
    """Return a preset under another title, as its file will say it.

    Raises:
        KasstroomError: as `load_preset`, or the title gives no name.
    """
    name = file_name(title)
    if not name:
        raise KasstroomError(preset_sentences.NO_NAME())
    with tempfile.TemporaryDirectory(prefix="kasstroom-preset-") as temporary:
        file = Path(temporary) / f"{name}.toml"
        file.write_text(text, encoding="utf-8")
        load_preset(str(file))
        file.write_text(_retitled(text, name, title.strip()), encoding="utf-8")
        return load_preset(str(file))


def _retitled(text: str, name: str, title: str) -> str:
    """Return the file of a preset with another name and title; its comments stay where that can be done."""
    stated = parse_toml(text) | {"name": name, "title": title}
    changed = text
    for key in ("title", "name"):
        line = f"{key} = {_quoted(stated[key])}"
        statement = re.compile(_TOP_STATEMENT.format(key=key), re.MULTILINE)
        if match := statement.search(changed):
            changed = f"{changed[: match.start()]}{line}{changed[match.end() :]}"
        else:
            changed = f"{line}\n{changed}"
    try:
        is_right = parse_toml(changed) == stated
    except TomlError:
        is_right = False
    return changed if is_right else tomli_w.dumps(stated)


def _quoted(text: Any) -> str:
    return tomli_w.dumps({"x": str(text)}).removeprefix("x = ").strip()


def _refuse_clash(file: Path, preset: AnyPreset, title: str) -> None:
    if file.exists() and file.read_bytes() != preset.text:
        raise KasstroomError(preset_sentences.IS_THERE(name=title))
    if preset.name in preset_names() and not file.exists():
        raise KasstroomError(preset_sentences.SHIPS(name=title))


def _write(file: Path, content: bytes, *, replaces: bool) -> None:
    """Write a preset as a whole; one that is there is replaced only if that was said.

    Raises:
        FileExistsError: another one is there.
    """
    if replaces:
        files.write(file, content)
        return
    if file.exists() and file.read_bytes() == content:
        return
    private = files.private_file(file.parent)
    try:
        private.write_bytes(content)
        files.flush(private)
        try:
            os.link(private, file)
        except FileExistsError:
            raise
        except OSError:  # a disk without links
            private.replace(file)
        files.flush(file.parent)
    finally:
        private.unlink(missing_ok=True)
