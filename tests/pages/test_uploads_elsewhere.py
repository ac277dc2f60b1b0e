"""Uploaded files, and what was said of them, are there when the visitor comes back; boxes say what counts."""

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages.parts.context import browser_boxes
from tests.apps import words

pytestmark = pytest.mark.slow

CUSTOMERS = "customer_id,customer_name,segment,country,payment_terms_days,credit_limit\nC1,Bakker,A,NL,30,\n"
INVOICES = (
    "invoice_id,customer_id,invoice_type,invoice_date,due_date,currency,amount\n"
    "F1,C1,invoice,2026-10-01,2026-10-31,EUR,100.00\n"
)
OPEN_ITEMS = (
    "Factuurnummer;Klantnummer;Naam;Factuurdatum;Bedrag;Openstaand\nF1;1;Bakker;05-10-2026;100,00;40,00\n"
)


def upload(app: AppTest, *files: tuple[str, str]) -> AppTest:
    app.file_uploader[0].set_value([(name, text.encode(), "") for name, text in files]).run()
    assert not app.exception
    return app


def go(app: AppTest, name: str, **address: str) -> AppTest:
    app.query_params.clear()
    for key, value in {"lang": "en", **address}.items():
        app.query_params[key] = value
    app.switch_page(f"pages/{name}.py").run()
    assert not app.exception
    return app


@pytest.mark.parametrize("elsewhere", ["definitions", "ageing"])
def test_files_and_answers_are_there_after_a_look_elsewhere_until_they_are_published(
    open_on_three, elsewhere
):
    app = upload(open_on_three("data", part="upload"), ("klanten.csv", CUSTOMERS), ("new.csv", INVOICES))
    app.checkbox(key="upload-full").check().run()
    go(app, elsewhere)
    assert "klanten.csv" not in words(app)
    go(app, "data", part="upload")
    assert "klanten.csv" in words(app)
    assert "new.csv" in words(app)
    assert app.checkbox(key="upload-full").value
    assert len(app.file_uploader[0].value) == 0
    # Another file comes beside them; one of those from before is taken out.
    upload(app, ("more.csv", CUSTOMERS.replace("C1", "C9")))
    assert {"klanten.csv", "more.csv", "new.csv"} <= set(_shown(app))
    [take_out] = [one for one in app.button if str(one.key).startswith("take-out-")][:1]
    take_out.click().run()
    assert set(_shown(app)) == {"more.csv", "new.csv"}


def _shown(app: AppTest) -> list[str]:
    text = words(app).replace("**", "")
    return [name for name in ("klanten.csv", "more.csv", "new.csv") if f"{name} · " in text]


def test_without_a_store_files_are_kept_too(desk, open_page):
    app = upload(open_page("data"), ("klanten.csv", CUSTOMERS))
    go(app, "definitions")
    go(app, "data")
    assert "klanten.csv" in _shown(app)
    app.button(key="upload-publish").click().run()
    assert not app.exception
    assert _shown(app) == []


def test_published_files_are_not_kept(open_on_three):
    app = upload(open_on_three("data", part="upload"), ("klanten.csv", CUSTOMERS))
    go(app, "definitions")
    go(app, "data", part="upload")
    app.button(key="upload-publish").click().run()
    assert not app.exception
    go(app, "definitions")
    go(app, "data", part="upload")
    assert _shown(app) == []


def test_the_day_of_a_list_is_a_question_and_no_error(open_on_three):
    app = upload(open_on_three("data", part="upload"), ("lijst.csv", OPEN_ITEMS))
    assert not app.error
    assert not app.warning
    for box in app.date_input:
        assert box.value is None or box.value


def test_a_box_that_the_browser_has_forgotten_is_told_what_counts():
    st.session_state.clear()
    browser_boxes.begin()
    assert browser_boxes.box("pick-part", "all") == "pick-part"
    browser_boxes.begin()  # a page that does not draw it
    browser_boxes.begin()
    assert not browser_boxes.is_in_browser("pick-part")
    st.session_state["pick-part"] = "upload"
    browser_boxes.box("pick-part", "all")
    assert st.session_state["pick-part"] == "upload"
    browser_boxes.begin()
    assert browser_boxes.is_in_browser("pick-part")
    st.session_state.clear()
