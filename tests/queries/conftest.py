"""Books that tests of the queries only ask."""

import pytest

from data.importers import load_preset
from data.store.load import load
from queries import Books, open_books
from tests.paths import IBM
from tests.query_books import COMPANY, books_of


@pytest.fixture(scope="session")
def company(tmp_path_factory: pytest.TempPathFactory) -> Books:
    return books_of(tmp_path_factory.mktemp("company"), COMPANY)


@pytest.fixture(scope="session")
def ibm(tmp_path_factory: pytest.TempPathFactory) -> Books:
    if not IBM.exists():
        pytest.skip("the IBM sample is not at ../shared/samples/ibm")
    folder = tmp_path_factory.mktemp("ibm")
    load(folder, [IBM], preset=load_preset("ibm"))
    return open_books(folder)
