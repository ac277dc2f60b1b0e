import pytest

from reports import figures
from reports.colours import LIGHT, Theme
from reports.figures import template
from tests.reports.figures.frames import BOTH, HOSTILE, trend

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


def test_the_config_offers_one_button_in_dutch_with_a_safe_name():
    config = template.config("../Ouderdom 22/11", "nl", image="svg")

    assert config["modeBarButtons"] == [["toImage"]]
    assert config["toImageButtonOptions"] == {"format": "svg", "filename": "Ouderdom-22-11", "scale": 2}
    assert config["locales"]["nl"]["dictionary"]["Download plot"] == "Afbeelding opslaan"
    assert config["locales"]["nl"]["format"]["shortMonths"][2] == "mrt"
    assert template.config("x", "en", compact=True)["displayModeBar"] is False


@BOTH
def test_an_exported_image_says_what_it_is_and_leaves_the_figure_on_screen_alone(theme: Theme):
    fig = figures.ageing_trend(trend([[1, 2, 3, 4]] * 3), theme=theme)
    before = fig.to_json()

    image = template.image_copy(fig, "Te laat <b>steeg</b>", "22-11-2026 · EUR")

    assert "&lt;b&gt;steeg&lt;/b&gt;" in image.layout.title.text
    assert image.layout.title.subtitle.text == "22-11-2026 · EUR"
    assert image.layout.paper_bgcolor == theme.bg
    assert image.layout.height > fig.layout.height
    assert fig.to_json() == before


def test_a_long_title_of_an_image_is_wrapped():
    fig = figures.ageing_trend(trend([[1, 2, 3, 4]] * 3), theme=LIGHT)

    image = template.image_copy(fig, "woord " * 60, "", width=900)

    assert image.layout.title.text.count("<br>") >= 3
