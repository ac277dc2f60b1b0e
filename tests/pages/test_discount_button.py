"""A discount that was taken in time is booked on the screen."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.apps import words
from tests.credit_rows import customer, document, payment

pytestmark = pytest.mark.usefixtures("english")


def draw_panel() -> None:
    from datetime import date  # noqa: PLC0415

    from pages.parts.arrangements import arrangement_form  # noqa: PLC0415
    from pages.parts.context.view import View  # noqa: PLC0415
    from reports import language  # noqa: PLC0415

    language.use("en")
    arrangement_form.show_notice()
    arrangement_form.panel(View(date(2026, 5, 31)), "A1", "A")


def test_the_discount_is_booked_once_and_closes_the_invoice(desk, monkeypatch):
    monkeypatch.setenv("KASSTROOM_STORE", str(desk.store))
    monkeypatch.setenv("KASSTROOM_TODAY", "2026-06-02")
    desk.load(
        customers=[customer("A")],
        invoices=[
            document(
                "A1", "A", "2026-03-02", "2026-04-01", "1000.00", discount_percent="2", discount_days="10"
            )
        ],
        payments=[payment("P1", "A", "A1", "2026-03-12", "980.00")],
    )
    app = AppTest.from_function(draw_panel, default_timeout=60).run()
    assert "short by the agreed discount of €20.00" in words(app).replace("\\", "").replace("\xa0", "")
    next(button for button in app.button if "discount" in button.label).click().run()
    assert not app.exception
    # The payment of the same invoice stays, and the discount is dated on the day it was taken.
    assert desk.rows(
        "select payment_id, kind, amount, payment_date::varchar from settlement_at(null) order by all"
    ) == [
        ("P1", None, 980, "2026-03-12"),
        ("discount A1", "discount", 20, "2026-03-12"),
    ]
    assert desk.ask("open_items", as_of="2026-05-31") == []
