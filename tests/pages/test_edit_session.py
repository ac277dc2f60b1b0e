"""A form that is saved: written once, however often its button is pressed."""

import pytest
from streamlit.testing.v1 import AppTest

from pages.parts.widgets import edit_session

SCRIPT = """
import streamlit as st
from pages.parts.widgets import edit_session

edit = edit_session.start("lines", [], None)
edit_session.show_result("lines")
if st.button("Save", key=f"{edit.key}-save"):
    edit_session.write("lines", edit, {}, lambda: "One line saved")
"""


@pytest.fixture
def saves(monkeypatch) -> list[object]:
    """Stands in for the store; the first run is broken off after its rows are in the books."""
    written: list[object] = []
    monkeypatch.setattr(edit_session.forms, "save", lambda _folder, rows, _seen: written.append(rows))
    start_over, broken_off = edit_session.start_over, []

    def break_off_once(name: str) -> None:
        if broken_off:
            start_over(name)
        else:
            broken_off.append(name)

    monkeypatch.setattr(edit_session, "start_over", break_off_once)
    return written


def test_the_second_click_on_save_writes_nothing_more_and_still_tells_what_was_saved(saves):
    app = AppTest.from_string(SCRIPT, default_timeout=20).run()
    app.button[0].click().run()
    app.button[0].click().run()
    assert not app.exception
    assert len(saves) == 1
    assert app.success[0].value == "One line saved"
    # The form started over: what is typed next is saved again.
    app.button[0].click().run()
    assert len(saves) == 2


def test_the_line_stays_through_a_double_click_and_then_goes(saves, monkeypatch):
    app = AppTest.from_string(SCRIPT, default_timeout=20).run()
    now = [100.0]
    monkeypatch.setattr(edit_session, "monotonic", lambda: now[0])
    for _click in range(2):
        app.button[0].click().run()
    now[0] += 2.0
    assert app.run().success[0].value == "One line saved"
    now[0] += 2.0
    assert not app.run().success
    app.button[0].click().run()
    assert app.success[0].value == "One line saved"
