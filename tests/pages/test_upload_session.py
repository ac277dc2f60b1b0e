"""What a visit holds of uploaded files: nothing is read or published a second time for the same question."""

from collections.abc import Iterator

import pytest
import streamlit as st

from data.importers import shipped_presets
from pages.parts.data_quality import upload_session
from reports.answers.data_quality.imports import Upload
from reports.answers.data_quality.unpacking import UploadedFile

CUSTOMERS = b"customer_id,customer_name,segment,country,payment_terms_days,credit_limit\nC1,B,A,NL,30,\n"


@pytest.fixture(autouse=True)
def empty_session() -> Iterator[None]:
    st.session_state.clear()
    yield
    st.session_state.clear()


def file(key: str = "a") -> UploadedFile:
    return UploadedFile(Upload("customers.csv", CUSTOMERS), "", key)


def test_a_load_is_published_once_however_often_its_button_is_pressed():
    loads = []
    first = upload_session.publish_once(1, lambda: loads.append("first") or "report")
    assert upload_session.publish_once(1, lambda: loads.append("again") or "other") == first
    assert upload_session.publish_once(2, lambda: loads.append("next") or "next") == "next"
    assert loads == ["first", "next"]


def test_a_load_that_failed_can_be_tried_again():
    with pytest.raises(ZeroDivisionError):
        upload_session.publish_once(1, lambda: 1 // 0)
    assert upload_session.publish_once(1, lambda: "report") == "report"


def test_what_was_worked_out_is_kept_for_its_file_and_question():
    asked = []
    for key, question in (("a", 1), ("a", 1), ("b", 1), ("a", 2), ("a", 1)):
        upload_session.once(file(key), "what", question, lambda key=key: asked.append(key))
    assert asked == ["a", "b", "a", "a"]


def test_a_file_is_read_again_only_for_another_choice(monkeypatch):
    read = []
    preview = upload_session.imports.preview
    monkeypatch.setattr(
        upload_session.imports,
        "preview",
        lambda files, *_more, **_named: read.append(files) or preview(files),
    )
    one, presets = file(), list(shipped_presets())
    for upload in (one.upload, one.upload, Upload("customers.csv", CUSTOMERS, presets[0]), one.upload):
        upload_session.previews([(one, upload)], presets, {})
    assert len(read) == 3
