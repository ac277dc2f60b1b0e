"""Presets: how the export of another program is read, as a small TOML file of plain statements.

A preset says which columns there are, how dates and amounts are written and what is constant; nothing is
guessed from the rows.
"""

import functools
import re
from pathlib import Path

import tomli_w

from data import system_errors
from data.errors import KasstroomError, PresetError, TomlError
from data.importers import reasons
from data.importers.preset import Preset
from data.importers.preset_statement import preset_from
from data.importers.recognition import AnyPreset
from data.toml_text import parse_toml

_WITH_FORM = re.compile(r"(.+)@([YMD][YMD./ -]*)")
_WITH_ACCOUNT = re.compile(r"([^@]+)@([^@\r\n]{1,80})")
_DATE_FORM = re.compile(r"^date_format\s*=\s*(?:\[[^\]]*\]|[^\n]*)\n?", re.MULTILINE)
FOLDER = Path(__file__).parent.parent / "presets"


def preset_names() -> list[str]:
    """Return the names of the presets that ship, in alphabetical order."""
    return sorted(path.stem for path in FOLDER.glob("*.toml"))


def load_preset(name_or_path: str) -> AnyPreset:
    """Read a preset that ships by its name, or any by the path of its `.toml` file.

    Behind an `@` stands the one form in which the days of a list are written, where the preset allows
    several: `quickbooks@D/M/YYYY`. Of a bank's file that names no account the account stands there:
    `revolut@NL12BANK0123456789`.

    Raises:
        KasstroomError: there is none of that name, or what it says is not a preset.
    """
    with_form = _WITH_FORM.fullmatch(name_or_path)
    name, form = with_form.groups() if with_form else (name_or_path, "")
    with_account = _WITH_ACCOUNT.fullmatch(name_or_path)
    account = ""
    if not form and with_account and with_account[1] in preset_names():
        name, account = with_account.groups()
    is_path = name.endswith(".toml")
    if not is_path and name not in preset_names():
        raise KasstroomError(reasons.NO_SUCH_PRESET(name=repr(name[:60]), names=", ".join(preset_names())))
    path = Path(name) if is_path else FOLDER / f"{name}.toml"
    try:
        content = path.read_bytes()
        if form:
            content = _with_form(content, form)
        if account:
            content = _with_account(content, account.strip())
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


def _with_form(content: bytes, form: str) -> bytes:
    """Return a preset's file that allows one form of days: it is kept beside the files it reads."""
    rest = _DATE_FORM.sub("", content.decode("utf-8"))
    return f'date_format = "{form}"\n{rest}'.encode()


def _with_account(content: bytes, account: str) -> bytes:
    """Return a preset's file with the account of the files it reads."""
    stated = parse_toml(content.decode("utf-8"))
    if stated.get("shape") == "bank_entries":
        stated["defaults"] = {**stated.get("defaults", {}), "account": account}
    return tomli_w.dumps(stated).encode()


def variants_of(preset: AnyPreset) -> list[AnyPreset]:
    """Return a preset once for each set of headings it is known by."""
    return [*preset.variants] if isinstance(preset, Preset) else [preset]


@functools.cache
def shipped_presets() -> tuple[AnyPreset, ...]:
    """Return the presets that ship, by name; one that is known by several sets of headings, once for each."""
    return tuple(each for name in preset_names() for each in variants_of(load_preset(name)))
