"""The reference of presets names every preset of a list that ships, and every key that one may say."""

import re

from data.importers import load_preset, preset_names
from data.importers.preset import Preset
from data.importers.preset_statement import KEYS
from tests.paths import ROOT

SHIPPED, SAID = (ROOT / "docs" / "presets.md").read_text(encoding="utf-8").split("## What one may say")
# Of presets that take the headings as they stand.
OF_EXACT_HEADINGS = {"grain", "ignored", "optional", "total_row"}


def test_every_preset_of_a_list_is_in_the_reference():
    named = set(re.findall("`([a-z0-9-]+)`", SHIPPED))
    lists = {name for name in preset_names() if isinstance(load_preset(name), Preset)}
    assert lists <= named


def test_every_key_of_a_preset_is_in_the_reference():
    assert {key for key in KEYS if key not in SAID} <= OF_EXACT_HEADINGS
