"""The style sheet: at the end of the page, and its colours with every page."""

import re

from pages.parts.context import stylesheet
from reports.colours import LIGHT


def test_every_colour_of_the_sheet_is_sent_by_every_page(monkeypatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(stylesheet.st, "html", sent.append)
    monkeypatch.setattr(stylesheet.browser, "theme", lambda: LIGHT)
    monkeypatch.setattr(stylesheet, "_IN_PAGE", [True])
    stylesheet.apply()
    used = set(re.findall(r"var\(--([a-z]+)\)", stylesheet.in_page().decode()))
    assert {"hair", "cash"} <= used
    for name in used:
        assert f"--{name}: {getattr(LIGHT, name)}" in sent[0]
    assert "st-key-" not in sent[0]


def test_without_a_server_of_ours_the_page_brings_the_sheet_itself(monkeypatch) -> None:
    sent: list[str] = []
    monkeypatch.setattr(stylesheet.st, "html", sent.append)
    monkeypatch.setattr(stylesheet.browser, "theme", lambda: LIGHT)
    monkeypatch.setattr(stylesheet, "_IN_PAGE", [])
    stylesheet.apply()
    assert "st-key-tile-" in sent[0]
