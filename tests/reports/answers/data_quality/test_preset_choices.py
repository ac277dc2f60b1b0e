"""Presets to choose among: each under words of its own."""

from dataclasses import replace

import pytest

from data.importers import load_preset, shipped_presets
from reports.answers.data_quality.preset_choices import preset_choices

pytestmark = pytest.mark.usefixtures("english")


def test_every_preset_can_be_chosen_and_e_invoices_by_their_side():
    choices = preset_choices(shipped_presets())
    assert "ubl" not in choices
    assert [preset.options for _words, preset in (choices["ubl:sales"], choices["ubl:purchases"])] == [
        {"direction": "sales"},
        {"direction": "purchases"},
    ]
    assert len({words for words, _preset in choices.values()}) == len(choices)


def test_presets_with_one_title_are_told_apart_by_their_names():
    xero = load_preset("xero")
    twins = [replace(xero, name="one", title="Twin"), replace(xero, name="two", title="Twin")]
    assert [words for words, _preset in preset_choices(twins).values()] == ["Twin (one)", "Twin (two)"]
