"""Records of a file: cells, or why there are none, whichever of its faults comes first."""

import csv

import pytest

from data.errors import RefusedFileError
from data.importers.rows import csv_rows


@pytest.fixture
def short_cells():
    """Let a cell have twelve characters at most."""
    usual = csv.field_size_limit(12)
    yield
    csv.field_size_limit(usual)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('"a"b,c', "there is text after a closing quote"),
        ('"a""b"c', "there is text after a closing quote"),
        ('x,"a\n"b,c', "a quote runs from line 1 to line 2, and there is text after it"),
        ("a\rb", "there is a lone carriage return in the row"),
        ('"a"\rb', "there is a lone carriage return in the row"),
        ('a\r"b"c', "there is a lone carriage return in the row"),
        ('"b"c\rd', "there is text after a closing quote"),
        ("abcdefghijklm,x", "a cell is longer than 12 characters"),
        ('"abcdefghijklm"x', "a cell is longer than 12 characters"),
        ('"abc""efghijkl"x', "there is text after a closing quote"),  # a doubled quote is one character
    ],
)
@pytest.mark.usefixtures("short_cells")
def test_the_first_fault_of_a_record_is_its_reason(text: str, reason: str) -> None:
    lines = [*text.split("\n"), "next,row"]
    first, last = csv_rows(lines, ",", "x.csv")

    assert str(first[2]) == reason
    assert last == (len(lines), len(lines), ["next", "row"])


@pytest.mark.parametrize("text", ['a,"b\nc,d', '"abcdefg\nhijklmno\np"'])
@pytest.mark.usefixtures("short_cells")
def test_a_quote_that_may_never_be_closed_refuses_the_file(text: str) -> None:
    sentence = r"x\.csv: a quote opened in the row on line 1 is never closed"
    with pytest.raises(RefusedFileError, match=sentence):
        list(csv_rows(text.split("\n"), ",", "x.csv"))
