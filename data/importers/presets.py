"""Presets: how the export of another program is read, as a small TOML file of plain statements.

A preset says which columns there are, how dates and amounts are written and what is constant; nothing is
guessed from the rows.
"""

import functools
from pathlib import Path

from data import system_errors
from data.errors import KasstroomError, PresetError, TomlError
from data.importers import reasons
from data.importers.preset_statement import preset_from
from data.importers.recognition import AnyPreset
from data.toml_text import parse_toml

FOLDER = Path(__file__).parent.parent / "presets"


def preset_names() -> list[str]:
    """Return the names of the presets that ship, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def load_preset(name_or_path: str) -> AnyPreset:
    """Read a preset that ships by its name, or any by the path of its `.toml` file.

    Raises:
        KasstroomError: there is none of that name, or what it says is not a preset.
    """
    is_path = name_or_path.endswith(".toml")
    if not is_path and name_or_path not in preset_names():
        raise KasstroomError(
            reasons.NO_SUCH_PRESET(name=repr(name_or_path[:60]), names=", ".join(preset_names()))
        )
    path = Path(name_or_path) if is_path else FOLDER / f"{name_or_path}.toml"
    try:
        content = path.read_bytes()
        stated = parse_toml(content.decode("utf-8"))
    except OSError as error:
        raise KasstroomError(
            reasons.UNREADABLE_PRESET(file=path.name, cause=system_errors.cause(error))
        ) from error
    except UnicodeDecodeError as error:
        raise KasstroomError(reasons.PRESET_NOT_UTF_8(file=path.name)) from error
    except TomlError as error:
        raise KasstroomError(reasons.NOT_TOML(file=path.name, fault=error.message)) from error
    try:
        return preset_from(stated, path.stem, content)
    except PresetError as error:
        raise KasstroomError(reasons.WRONG_PRESET(file=path.name, reason=error.message)) from error


@functools.cache
def shipped_presets() -> tuple[AnyPreset, ...]:
    """Return the presets that ship, by name."""
    return tuple(map(load_preset, preset_names()))
