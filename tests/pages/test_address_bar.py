"""The address of a visitor: what a slow browser sends late undoes nothing, and Back and links count."""

import pytest
from streamlit.testing.v1 import AppTest

SCRIPT = """
import streamlit as st
from pages.parts.context import address_bar, url_choices

address_bar.read()
part = url_choices.pick("part", "Part", ["first", "second", "third"], str.title)
st.checkbox("Open", key="open")
st.text(part)
address_bar.write()
"""


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_string(SCRIPT, default_timeout=20).run()


def pick(app: AppTest, part: str) -> None:
    app.segmented_control[0].set_value(part).run()
    assert app.text[0].value == part
    assert app.query_params["part"] == part


def test_a_box_changed_before_the_browser_has_the_last_address_undoes_nothing(app):
    pick(app, "second")
    pick(app, "third")
    app.query_params["part"] = "second"
    app.checkbox[0].check().run()
    assert app.text[0].value == "third"
    assert app.query_params["part"] == "third"
    del app.query_params["part"]
    app.checkbox[0].uncheck().run()
    assert app.text[0].value == "third"


def test_back_and_a_link_to_an_earlier_address_count(app):
    pick(app, "second")
    pick(app, "third")
    app.query_params["part"] = "second"
    app.run()
    assert app.text[0].value == "second"


def test_a_new_address_counts_even_if_a_box_changed_with_it(app):
    pick(app, "second")
    app.query_params["part"] = "third"
    app.checkbox[0].check().run()
    assert app.text[0].value == "third"
