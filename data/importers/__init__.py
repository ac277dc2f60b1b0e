"""Files in, typed rows out: everything that reads what users export, strictly and without a store."""

from data.importers.file_reader import read_file
from data.importers.files import collect, display_name
from data.importers.preset import Preset
from data.importers.presets import load_preset, preset_names
from data.importers.reading import Reading

__all__ = ["Preset", "Reading", "collect", "display_name", "load_preset", "preset_names", "read_file"]
