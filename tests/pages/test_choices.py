"""A choice stays where the words of its list change, as a browser keeps the words it was told first."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.parts.context import choices

LIST = """
import streamlit as st
from pages.parts.context import choices

def read():
    st.session_state["read"] = choices.read("list")

of = st.session_state.setdefault("of", "Monday")
st.button("Read", on_click=read)
kind = st.session_state.setdefault("kind", "selectbox")
words = lambda code: f"{code.upper()} of {of}"
st.session_state["chosen"] = getattr(choices, kind)("List", ["a", "b", "c"], key="list", words=words)
"""


def sent(app: AppTest, value: object) -> None:
    """Run the page on what a browser sends: the words it has, whatever those of the last run were."""
    states, [drawn] = app._tree.get_widget_states(), [*app.selectbox, *app.multiselect]
    [state] = [one for one in states.widgets if one.id == drawn.id]
    if isinstance(value, str):
        state.string_value = value
    else:
        state.string_array_value.data[:] = value
    app._run(states)
    assert not app.exception


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_string(LIST).run()


def test_words_of_an_earlier_run_are_the_option_they_were(app):
    sent(app, "B of Monday")
    assert app.session_state["chosen"] == "b"
    app.session_state["of"] = "Tuesday"
    sent(app, "B of Monday")  # which the last run still knows
    app.session_state["of"] = "Wednesday"
    sent(app, "B of Monday")
    assert app.session_state["chosen"] == "b"
    sent(app, "C of Tuesday")
    assert app.session_state["chosen"] == "c"


def test_a_browser_is_told_the_words_of_now_where_they_changed_and_only_then(app):
    sent(app, "B of Monday")
    assert not app.selectbox[0].proto.set_value
    app.session_state["of"] = "Tuesday"
    sent(app, "B of Monday")
    assert app.selectbox[0].proto.set_value
    assert app.selectbox[0].proto.raw_value == "B of Tuesday"
    sent(app, "B of Tuesday")
    assert not app.selectbox[0].proto.set_value


def test_several_options_are_each_what_they_were_and_a_callback_reads_them_so():
    app = AppTest.from_string(LIST)
    app.session_state["kind"] = "multiselect"
    app.run()
    sent(app, ["A of Monday", "C of Monday"])
    for day in ("Tuesday", "Wednesday"):
        app.session_state["of"] = day
        sent(app, ["A of Monday", "C of Monday"])
    app.button[0].click()
    sent(app, ["A of Monday", "C of Tuesday"])
    assert app.session_state["read"] == ["a", "c"]
    assert app.session_state["chosen"] == ["a", "c"]


def test_an_option_named_as_another_one_is_coded_is_itself(app):
    st.session_state["names"] = "b"
    choices.settle("names", ["a", "b"], {"a": "b", "b": "Bee"}.get)
    assert choices.read("names") == "b"
    del st.session_state["names"], st.session_state["names-words"]


def test_words_that_no_list_ever_had_stay_as_they_are(app):
    assert choices.read("never drawn", "usual") == "usual"
