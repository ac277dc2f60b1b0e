"""The presets somebody made for this store's exports, in its folder presets/."""

from pathlib import Path

from data.importers import AnyPreset, load_preset, shipped_presets, variants_of

FOLDER = "presets"


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


def _files(folder: Path) -> list[Path]:
    return sorted((folder / FOLDER).glob("*.toml"))
