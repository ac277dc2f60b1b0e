import pytest

from reports.figures import template
from tests.reports.figures.frames import HOSTILE

pytestmark = pytest.mark.usefixtures("dutch")


def test_a_name_from_data_is_shown_and_never_run():
    shown = template.plain(HOSTILE)

    assert "<" not in shown
    assert "%{" not in shown
    assert "$" not in shown
    assert "\n" not in shown
    assert "Pay" in shown
    assert template.plain("A & B <C>") == "A &amp; B &lt;C&gt;"
    assert template.plain(None) == ""


def test_a_long_name_ends_in_an_ellipsis_and_never_inside_an_entity():
    assert template.plain("Van den Berg & Zonen", 14) == "Van den Berg…"
    assert template.plain("abcdefgh&&&&", 10) == "abcdefgh&amp;…"
    assert template.plain("short", 10) == "short"


def test_the_config_has_no_button_bar_and_dutch_dates():
    config = template.config("nl")

    assert config["displayModeBar"] is False
    assert config["locales"]["nl"]["format"]["shortMonths"][2] == "mrt"
