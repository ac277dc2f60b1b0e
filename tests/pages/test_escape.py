"""Text from data and commands in sentences, as Markdown shows them."""

from pages.parts.widgets import escape


def test_commands_in_our_own_sentences_are_shown_as_such_and_values_letter_by_letter() -> None:
    said = escape.sentence("Run `kasstroom.py demo`, or load ![x](http://evil)")
    assert "`kasstroom.py demo`" in said
    assert "\\!\\[x\\]" in said
