import tomllib

from reports.colours import Theme
from tests.paths import ROOT
from tests.reports.figures.frames import BOTH

CONFIG = ROOT / ".streamlit" / "config.toml"


@BOTH
def test_the_streamlit_theme_has_the_colours_of_the_figures(theme: Theme):
    said = tomllib.loads(CONFIG.read_text())["theme"][theme.name]

    assert said["textColor"] == theme.ink
    assert said["backgroundColor"] == theme.bg
    assert said["secondaryBackgroundColor"] == theme.surface
    assert {said[key] for key in ("primaryColor", "linkColor", "blueColor", "greenColor")} == {theme.cash}
    assert {said["orangeColor"], said["yellowColor"]} == {theme.out}
    assert {said["orangeTextColor"], said["yellowTextColor"]} == {theme.out_text}
    assert said["redColor"] == theme.alarm
    assert said["grayTextColor"] == theme.muted


def test_the_server_stays_at_home_and_shows_no_traces():
    said = tomllib.loads(CONFIG.read_text())

    assert said["server"]["address"] == "127.0.0.1"
    assert said["client"]["showErrorDetails"] == "none"
    assert said["client"]["disableDataExport"] is True
    assert said["browser"]["gatherUsageStats"] is False
