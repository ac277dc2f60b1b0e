"""Text from data and commands in sentences, as Markdown shows them: letter by letter."""

import re

import pytest

from pages.parts.widgets import escape

JOINER = "\u2060"


def left_by_markdown(text: str) -> str:
    """The text after Markdown took its escapes away: what Streamlit then looks for icons in."""
    return re.sub(r"\\(.)", r"\1", text)


@pytest.mark.parametrize(
    "name",
    [":material/bomb:", ":material_bomb:", "a:material/x:b", ":streamlit:", "a -> b", "a <- b", "a <-> b",
     "a -- b", "a >= b", "a <= b", "a ~= b", "->"],
)  # fmt: skip
def test_no_icon_logo_or_arrow_is_drawn_for_a_name(name):
    left = left_by_markdown(escape.plain(name))
    assert left.replace(JOINER, "") == name
    assert not re.search(r":material[/_]\w+:|:streamlit:", left)
    assert not re.search(r"(^|\s)(<->|->|<-|--|>=|<=|~=)(\s|$)", left)


@pytest.mark.parametrize("name", ["De Linde ", " De Linde", "\u00a0De Linde\n"])
def test_a_blank_beside_a_name_does_not_undo_its_bold(name):
    # Markdown shows `**De Linde **` with its asterisks.
    assert escape.bold(name) == "**De Linde**"


def test_bold_is_letter_by_letter_and_of_nothing_is_nothing():
    assert escape.bold("a*b") == r"**a\*b**"
    assert escape.bold(" ") == escape.bold(None) == ""


@pytest.mark.parametrize("name", ["De Linde: 12:30", "A-B", "a - b", "x > y", "material/x", "= -"])
def test_other_text_gets_no_invisible_sign(name):
    assert JOINER not in escape.plain(name)


def test_commands_in_our_own_sentences_are_shown_as_such_and_values_letter_by_letter() -> None:
    said = escape.sentence("Run `kasstroom.py demo`, or load ![x](http://evil)")
    assert "`kasstroom.py demo`" in said
    assert "\\!\\[x\\]" in said
