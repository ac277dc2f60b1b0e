"""Text in TOML: what is wrong with one is told by line and column, in both languages."""

from decimal import Decimal

import pytest

from data.errors import TomlError
from data.toml_text import parse_toml
from reports.sentences import translate

pytestmark = pytest.mark.usefixtures("dutch")


TOO_LARGE = "a value in it is too long or has too many brackets"


@pytest.mark.parametrize(
    ("text", "fault", "said"),
    [
        (
            "a = 1\nb 2",
            "reading stops on line 2, column 3: “b 2”",
            "het lezen stopt op regel 2, teken 3: ‘b 2’",
        ),
        ("a = 1\r\na = 2\r\n", "reading stops on line 2, column 6: “a = 2”", "het lezen stopt op regel 2, "),
        ("a = 'b", "reading stops on line 1, column 7: “a = 'b”", "het lezen stopt op regel 1, teken 7: "),
        (
            "a = 1\nb = [1,\n\n\n",
            "reading stops on line 2, column 8: “b = [1,”",
            "het lezen stopt op regel 2, ",
        ),
        ("a = " + "9" * 5_000, TOO_LARGE, "er staat een waarde in "),
        ("a = " + "[" * 500, TOO_LARGE, "er staat een waarde in "),
        ("a = 1e99999999999999999999", TOO_LARGE, "er staat een waarde in "),
        (
            "[x](http://evil) <b>" + "y" * 90,
            "reading stops on line 1, column 4: “[x](http://evil) <b>" + "y" * 40 + "”",
            "het lezen stopt op regel 1, teken 4: ‘[x](",
        ),
    ],
)
def test_where_a_text_is_no_toml_is_told_by_line_and_column(text: str, fault: str, said: str) -> None:
    with pytest.raises(TomlError) as refusal:
        parse_toml(text, parse_float=Decimal)
    assert str(refusal.value) == fault
    assert translate(refusal.value.message).startswith(said)
