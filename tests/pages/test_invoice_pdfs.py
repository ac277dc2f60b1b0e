"""The PDFs of a picked invoice: a button each, whatever they are called."""

import pytest
from streamlit.testing.v1 import AppTest

from data.store.load import load
from tests.data.importers.formats.ubl_texts import ubl

pytestmark = pytest.mark.usefixtures("english")


def draw_buttons() -> None:
    from datetime import date  # noqa: PLC0415

    from pages.parts.context.view import View  # noqa: PLC0415
    from pages.parts.customer import invoice_pdfs  # noqa: PLC0415
    from reports import language  # noqa: PLC0415

    language.use("en")
    invoice_pdfs.buttons(View(date(2026, 5, 31)), "K-17", "2026-0001", place="x")
    invoice_pdfs.buttons(View(date(2026, 5, 31)), "K-17", "2026-0002", place="y")


def test_each_pdf_of_an_invoice_has_a_button_with_its_escaped_name(tmp_path, monkeypatch):
    monkeypatch.setenv("KASSTROOM_STORE", str(tmp_path / "store"))
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "settings.csv").write_text("key,value\ncompany_vat_id,NL123456789B01\n", encoding="utf-8")
    for stem, number in (("![x](evil)", "2026-0001"), ("b", "2026-0002")):
        (folder / f"{stem}.xml").write_bytes(ubl(number))
    (folder / "![x](evil).pdf").write_bytes(b"%PDF-1.7")
    load(tmp_path / "store", [folder])
    app = AppTest.from_function(draw_buttons, default_timeout=60).run()
    assert not app.exception
    # The second invoice has none.
    (button,) = app.get("download_button")
    assert button.proto.label == "PDF: \\!\\[x\\]\\(evil\\)\\.pdf"
