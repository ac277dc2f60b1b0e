"""Presets kept with a store: saved whole or not at all, under a name of their own."""

import pytest

from data.errors import KasstroomError
from data.importers import load_preset, preset_names
from data.store import own_presets
from data.store.own_presets import delete_preset, file_name, list_presets, rename_preset, save_preset
from tests.data.store.preset_texts import TEXT


def presets_folder(tmp_path):
    return tmp_path / "presets"


def test_a_preset_is_saved_under_the_name_that_its_title_gives(tmp_path):
    preset = save_preset(tmp_path, TEXT, " Öffene Posten: Müller & Zn. ")
    assert (preset.name, preset.title) == ("offene-posten-muller-zn", "Öffene Posten: Müller & Zn.")
    [file] = presets_folder(tmp_path).iterdir()
    assert file.name == "offene-posten-muller-zn.toml"
    assert file.read_text(encoding="utf-8").startswith("# made by hand\n")
    assert load_preset(str(file)).columns["Nummer"] == "invoice_id"
    assert "offene-posten-muller-zn" in [each.name for each in own_presets.own_presets(tmp_path)]


@pytest.mark.parametrize("title", ["", "  ", "…/!", "日本"])
def test_a_title_without_a_letter_or_digit_is_refused(tmp_path, title):
    with pytest.raises(KasstroomError, match="Give the preset a name"):
        save_preset(tmp_path, TEXT, title)
    assert not presets_folder(tmp_path).exists()


def test_a_name_never_leaves_the_folder():
    assert file_name("../../etc/passwd") == "etc-passwd"
    assert file_name("a" * 200) == "a" * 60


def test_a_title_with_quotes_and_lines_is_what_it_was(tmp_path):
    title = 'De "lijst" \\ van\u2028Jan'
    assert save_preset(tmp_path, TEXT, title).title == title


def test_what_is_no_preset_is_not_saved(tmp_path):
    with pytest.raises(KasstroomError, match="no-such-column"):
        save_preset(tmp_path, TEXT.replace('"amount"', '"no-such-column"'), "List")
    assert not presets_folder(tmp_path).exists()


def test_another_preset_of_the_name_stays_unless_somebody_says_otherwise(tmp_path):
    save_preset(tmp_path, TEXT, "List")
    other = TEXT.replace('"EUR"', '"SEK"')
    with pytest.raises(KasstroomError, match="There is an own preset called LIST already"):
        save_preset(tmp_path, other, "LIST")
    assert 'currency = "EUR"' in list_presets(tmp_path)[0].text
    save_preset(tmp_path, other, "LIST", replaces=True)
    assert 'currency = "SEK"' in list_presets(tmp_path)[0].text


def test_the_very_same_is_saved_twice_without_a_word(tmp_path):
    first = save_preset(tmp_path, TEXT, "List")
    assert save_preset(tmp_path, TEXT, "List").sha256 == first.sha256


def test_one_that_ships_is_not_replaced_unsaid(tmp_path):
    ships = preset_names()[0]
    with pytest.raises(KasstroomError, match="comes with Kasstroom"):
        save_preset(tmp_path, TEXT, ships)
    save_preset(tmp_path, TEXT, ships, replaces=True)
    assert [each.columns for each in own_presets.own_presets(tmp_path) if each.name == ships] == [
        {"Nummer": "invoice_id", "Relatie": "customer_name", "Datum": "invoice_date", "Bedrag": "amount"}
    ]


def test_of_two_that_save_one_name_at_the_same_moment_the_second_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(
        own_presets, "_refuse_clash", lambda *_of: save_preset(tmp_path, OTHER, "List", replaces=True)
    )
    with pytest.raises(KasstroomError, match="There is an own preset called List already"):
        own_presets.save_preset(tmp_path, TEXT, "List")
    assert 'currency = "SEK"' in list_presets(tmp_path)[0].text
    assert [file.name for file in presets_folder(tmp_path).iterdir()] == ["list.toml"]


OTHER = TEXT.replace('"EUR"', '"SEK"')


def test_a_renamed_preset_is_there_once_and_reads_as_before(tmp_path):
    save_preset(tmp_path, TEXT, "List")
    rename_preset(tmp_path, "list", "Our list")
    [own] = list_presets(tmp_path)
    assert (own.name, own.title) == ("our-list", "Our list")
    rename_preset(tmp_path, "our-list", "OUR list")
    assert [own.title for own in list_presets(tmp_path)] == ["OUR list"]
    with pytest.raises(KasstroomError, match="There is no own preset called list any more"):
        rename_preset(tmp_path, "list", "Another")


def test_a_preset_is_not_renamed_over_another(tmp_path):
    save_preset(tmp_path, TEXT, "One")
    save_preset(tmp_path, OTHER, "Two")
    with pytest.raises(KasstroomError, match="called Two already"):
        rename_preset(tmp_path, "one", "Two")
    assert sorted(own.title for own in list_presets(tmp_path)) == ["One", "Two"]


def test_a_deleted_preset_is_gone_and_a_second_click_says_so(tmp_path):
    save_preset(tmp_path, TEXT, "List")
    delete_preset(tmp_path, "list")
    assert list_presets(tmp_path) == []
    with pytest.raises(KasstroomError, match="any more"):
        delete_preset(tmp_path, "list")
    with pytest.raises(KasstroomError, match="any more"):
        delete_preset(tmp_path, "../../pyproject")


def test_a_damaged_preset_is_listed_with_what_is_wrong(tmp_path):
    presets_folder(tmp_path).mkdir()
    (presets_folder(tmp_path) / "broken.toml").write_bytes(b"name = \xff")
    [own] = list_presets(tmp_path)
    assert own.preset is None
    assert own.title == "broken"
    assert "broken.toml" in str(own.fault)
    delete_preset(tmp_path, "broken")
    assert list_presets(tmp_path) == []
