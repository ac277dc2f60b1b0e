"""The first rows of a long list stand alone, and say that more follow."""

from data.importers.table_source import table_sources

TEXT = b"a;b\n1;2\n3;4\n5;6\n"


def test_the_first_rows_are_those_of_the_file_with_their_lines_and_texts():
    first = table_sources(TEXT, "x", delimiter=";")[0].first_rows(2)
    assert list(first.records()) == [(1, 1, ["a", "b"]), (2, 2, ["1", "2"])]
    assert list(first.records()) == list(first.records())
    assert first.raw(2, 2) == "1;2"
    assert first.is_cut


def test_a_short_list_is_not_cut():
    assert not table_sources(TEXT, "x", delimiter=";")[0].first_rows(4).is_cut
