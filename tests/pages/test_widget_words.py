"""Every English word that is put into Dutch is one that the installed Streamlit says."""

from pathlib import Path

import pytest
import streamlit

from pages.parts.shell import widget_words


@pytest.fixture(scope="module")
def scripts() -> str:
    folder = Path(streamlit.__file__).parent / "static" / "static" / "js"
    return "".join(path.read_text(encoding="utf-8", errors="replace") for path in folder.glob("*.js"))


@pytest.mark.parametrize("word", [*widget_words.TEXTS, *widget_words.LABELS])
def test_streamlit_says_the_word_that_is_replaced(word: str, scripts: str) -> None:
    assert word in scripts


@pytest.mark.parametrize("start", widget_words.STARTS)
def test_streamlit_begins_labels_so(start: str, scripts: str) -> None:
    # Most are put together: the word stands alone, between quotes.
    word = start.strip(" ,:")
    assert start in scripts or any(f"{quote}{word}{quote}" in scripts for quote in "`'\"")


def test_the_script_holds_all_lists_and_no_gap() -> None:
    script = widget_words.script().decode()
    assert "Volgende pagina" in script
    assert "Bestanden kiezen" in script
    assert "Uitleg bij " in script
    assert "%s" not in script
