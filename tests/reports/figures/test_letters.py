import pytest

from reports.figures import letters


def test_a_line_is_as_wide_as_the_advances_of_its_letters():
    # 0.497 each for digits, 0.200 for a space, 0.497 for the euro sign; of 10 pixels.
    assert letters.width("€ 12", 10) == pytest.approx(4.97 * 3 + 2.0)
    assert letters.width("é", 10) == letters.width("e", 10)
    assert letters.width("漢", 10) == 10.0
    assert letters.width("e\u0301\u2060", 10) == letters.width("e", 10)
    assert letters.width("12", 10, bold=True) > letters.width("12", 10)


def test_a_text_is_cut_with_an_ellipsis_that_fits_too():
    room = letters.width("Van den Berg", 12)
    shown = letters.cut("Van den Berg, Zonen en Dochters", 12, room)
    assert shown.endswith("…")
    assert letters.width(shown, 12) <= room
    assert letters.cut("Van den Berg", 12, room) == "Van den Berg"


def test_a_text_is_broken_at_words_and_what_is_left_over_is_cut():
    room = letters.width("een twee", 12)
    assert letters.wrap("een twee drie", 12, room, most=2) == ["een twee", "drie"]
    first, last = letters.wrap("een twee drie vier vijf zes zeven", 12, room, most=2)
    assert first == "een twee"
    assert last.startswith("drie")
    assert last.endswith("…")
    assert letters.wrap("", 12, room, most=2) == [""]
