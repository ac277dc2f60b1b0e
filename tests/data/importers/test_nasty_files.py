"""Small files that other readers get silently wrong, each with what must come of it.

A file is either refused with a sentence, or read: then the ids that go in and the rejects are listed in
full, and what went in must be, cell by cell, what the file says.
"""

import csv
import datetime as dt
import io
import re
from decimal import Decimal

import pytest

from data.errors import RefusedFileError
from data.grains import BY_NAME
from tests.data.importers.nasty import TABLE
from tests.data.importers.nasty.nasty_file import read


@pytest.fixture(params=TABLE, ids=lambda nasty: nasty.title)
def nasty(request):
    return request.param


def test_a_nasty_file_is_refused_or_read_exactly_as_listed(nasty, tmp_path):
    if nasty.refused is not None:
        with pytest.raises(RefusedFileError, match=re.escape(nasty.refused)) as refusal:
            read(nasty, tmp_path)
        assert str(refusal.value).startswith(nasty.file)
        assert str(refusal.value).endswith(".")
        assert "\n" not in str(refusal.value)
        return
    reading = read(nasty, tmp_path)
    rows = reading.grains[reading.kind]
    assert tuple(rows[BY_NAME[reading.kind].key[0]]) == nasty.ids
    assert [(row["line"], row["column"]) for row in reading.rejects.iter_rows(named=True)] == [
        (line, column) for line, column, _reason in nasty.rejects
    ]
    for reason, (_line, _column, expected) in zip(reading.rejects["reason"], nasty.rejects, strict=True):
        assert expected in reason
    assert reading.duplicate == nasty.duplicate
    assert reading.rows_read == len(nasty.ids) + len(nasty.rejects) + nasty.duplicate
    first = rows.row(0, named=True) if nasty.cells else {}
    assert {column: first[column] for column in nasty.cells} == nasty.cells


NATIVE_AND_READ = [nasty for nasty in TABLE if nasty.refused is None and nasty.preset is None]


@pytest.mark.parametrize("nasty", NATIVE_AND_READ, ids=lambda nasty: nasty.title)
def test_every_kept_row_says_exactly_what_the_file_says_on_its_line(nasty, tmp_path):
    reading = read(nasty, tmp_path)
    lines = nasty.content.decode("utf-8-sig", "replace").split("\n")
    header = next(csv.reader(lines))
    for row in reading.grains[reading.kind].iter_rows(named=True):
        written = next(csv.reader(io.StringIO("\n".join(lines[row["line"] - 1 :]), newline="")))
        for name, text in zip(header, written, strict=True):
            value = row[name]
            assert same(value, text), f"{name}: {text!r} came in as {value!r}"


def same(value, text):
    """Compare a typed value with its text, without the importer's own parsing."""
    if text == "":
        return value is None
    if isinstance(value, dt.date):
        return value == dt.date.fromisoformat(text)
    if isinstance(value, Decimal):
        return value == Decimal(text)
    return value == (int(text) if isinstance(value, int) else text)


def test_the_table_has_at_least_45_files_with_titles_of_their_own():
    titles = [nasty.title for nasty in TABLE]
    assert len(titles) == len(set(titles)) >= 45
