import pytest
import streamlit as st
from streamlit.runtime.state import session_state
from streamlit.testing.v1 import AppTest

from pages.parts.context import errors

GROWS = "kept = {1: 1}\nfor key in kept:\n    kept[key + 1] = key"


@pytest.fixture(autouse=True)
def none_drawn_again():
    errors.end()


class DrawnAgainError(Exception):
    pass


def draw_again(scope: str) -> None:
    assert scope == "app"
    raise DrawnAgainError


def test_a_page_is_drawn_again_where_two_runs_of_a_visitor_met_in_streamlit(monkeypatch, caplog):
    monkeypatch.setattr(st, "rerun", draw_again)
    of_streamlit = compile(GROWS, session_state.__file__, "exec")
    with pytest.raises(DrawnAgainError):
        errors.guard(lambda: exec(of_streamlit, {}))  # noqa: S102
    assert "Traceback" not in caplog.text


def test_what_was_taken_away_is_drawn_again_twice_and_is_a_bug_the_third_time(monkeypatch, caplog):
    monkeypatch.setattr(st, "rerun", draw_again)
    gone = compile("{}['f_as_of']", session_state.__file__, "exec")
    with pytest.raises(DrawnAgainError):
        errors.guard(lambda: exec(gone, {}))  # noqa: S102
    with pytest.raises(DrawnAgainError):
        errors.guard(lambda: exec(gone, {}))  # noqa: S102
    errors.guard(lambda: exec(gone, {}))  # noqa: S102
    assert "KeyError: 'f_as_of'" in caplog.text
    errors.end()
    with pytest.raises(DrawnAgainError):
        errors.guard(lambda: exec(gone, {}))  # noqa: S102


def test_the_same_error_of_our_own_is_a_bug(monkeypatch, caplog):
    monkeypatch.setattr(st, "rerun", draw_again)
    of_ours = compile(GROWS, __file__, "exec")
    errors.guard(lambda: exec(of_ours, {}))  # noqa: S102
    assert "changed size during iteration" in caplog.text


def test_what_fails_in_a_dialog_is_said_in_it_and_the_page_stays():
    def page() -> None:
        import streamlit as st  # noqa: PLC0415 - the page is run from its text alone

        from pages.parts.widgets import dialogs  # noqa: PLC0415
        from reports import language  # noqa: PLC0415

        def fail() -> None:
            raise ZeroDivisionError

        language.use("en")
        dialogs.begin()
        dialogs.show("Rows", fail)
        st.write("the page")

    app = AppTest.from_function(page).run()
    assert "could not be shown" in app.error[0].value
    assert app.markdown[0].value == "the page"
    assert not app.exception
