import base64
import re
from decimal import Decimal

import pytest

from reports import figures
from reports.colours import DARK, LIGHT

pytestmark = pytest.mark.usefixtures("dutch")


def svg(html: str) -> str:
    found = re.search(r"base64,([^\"]+)", html)
    assert found
    return base64.b64decode(found[1]).decode()


def test_a_sparkline_breaks_where_nothing_is_known_and_dots_its_last_value():
    picture = svg(figures.sparkline_svg([Decimal(1), Decimal(3), None, Decimal(2), Decimal(1)], "out", LIGHT))

    line, dot = re.findall(r'<path d="([^"]*)"', picture)
    assert line.count("M") == 2
    assert line.count("L") == 2
    assert dot.endswith("l0 0")
    assert LIGHT.out in picture


def test_a_flat_an_empty_and_a_single_sparkline_are_drawn_without_fuss():
    assert svg(figures.sparkline_svg([5, 5, 5], "ink", DARK)).count(" 17.0") == 4
    assert "l0 0" not in svg(figures.sparkline_svg([None, None], "ink", DARK))
    assert svg(figures.sparkline_svg([7], "ink", DARK)).count("l0 0") == 1


def test_the_words_of_a_sparkline_are_escaped():
    html = figures.sparkline_svg([1, 2], "cash", LIGHT, alt='"><script>')

    assert 'alt="&quot;&gt;&lt;script&gt;"' in html
    assert "<script" not in html
