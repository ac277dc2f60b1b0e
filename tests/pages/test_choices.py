"""A choice stays where the words of its list change, as a browser keeps the words it was told first."""

import ast

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.parts.context import choices
from tests.paths import ROOT

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


def test_words_that_a_list_never_had_and_options_that_are_no_words_stay_as_they_are():
    state = st.session_state
    for key, options, value in (("w", ["a", "b"], "never"), ("t", [("all", ""), ("one", "A")], ("one", "A"))):
        state[key] = value
        choices.settle(key, options, str)
        choices.settle(key, options, lambda option: f"{option}!")
        assert choices.read(key) == value
    assert choices.read("never drawn", "usual") == "usual"


def test_of_two_options_with_the_same_words_the_one_that_streamlit_takes_counts():
    for kind, option in (("selectbox", "c2"), ("multiselect", ["c1"])):
        app = AppTest.from_string(
            LIST.replace('["a", "b", "c"]', '["c1", "c2"]').replace("code.upper()", "'J'")
        )
        app.session_state["kind"] = kind
        app.run()
        words = "J of Monday"
        for day in ("Monday", "Tuesday", "Wednesday"):
            app.session_state["of"] = day
            sent(app, words if kind == "selectbox" else [words])
            assert app.session_state["chosen"] == option


def test_every_list_with_a_key_and_words_of_its_own_remembers_them():
    lists = {"st.selectbox", "st.radio", "st.multiselect"}
    forgetful = [
        f"{path.name}:{call.lineno}"
        for path in (ROOT / "pages").rglob("*.py")
        # The menu of columns is set anew in every run.
        if path.name not in {"choices.py", "column_choice.py"}
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in lists
        if {"key", "format_func"} <= {word.arg for word in call.keywords}
    ]
    assert forgetful == []
