"""Files in, typed rows out: everything that reads what users export, strictly and without a store."""

from data.importers.collection import Collection, DataFile, collect
from data.importers.file_reader import read_file
from data.importers.files import display_name
from data.importers.preset import Preset
from data.importers.presets import load_preset, preset_names, shipped_presets, variants_of
from data.importers.reading import Reading
from data.importers.recognition import AnyPreset, recognise

__all__ = [
    "AnyPreset",
    "Collection",
    "DataFile",
    "Preset",
    "Reading",
    "collect",
    "display_name",
    "load_preset",
    "preset_names",
    "read_file",
    "recognise",
    "shipped_presets",
    "variants_of",
]
