"""Three invoices that pages are opened on, loaded once: what was asked of them is kept for the next page."""

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from tests.books import BOOKS, Desk


@pytest.fixture(scope="session")
def three_invoices(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """No test writes to this store."""
    desk = Desk(tmp_path_factory.mktemp("three"))
    desk.load(**BOOKS)
    return desk


@pytest.fixture
def open_on_three(three_invoices, open_page, monkeypatch) -> Callable[..., AppTest]:
    """Open a page on the three invoices."""
    monkeypatch.setenv("KASSTROOM_STORE", str(three_invoices.store))
    return open_page
