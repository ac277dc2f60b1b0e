"""Books that tests of the queries only ask."""

from collections.abc import Iterator

import pytest

from data.importers import load_preset
from data.store.load import load
from queries import Books, open_books
from tests.paths import IBM
from tests.queries.shared_desk import SharedDesk, SharedDesks
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


@pytest.fixture(scope="module")
def shared_desks(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SharedDesks]:
    tests = [test for test in request.session.items if isinstance(test, pytest.Function)]
    sharing = [test for test in tests if "shared_desks" in test.fixturenames and test.path == request.path]
    desks = SharedDesks(tmp_path_factory.mktemp("shared"), sharing)
    yield desks
    desks.close()


@pytest.fixture
def shared_desk(shared_desks: SharedDesks, request: pytest.FixtureRequest) -> SharedDesk:
    """A desk for a test that loads once and asks about its customers; the store is one of the whole file."""
    return shared_desks.desk(request.node.nodeid)


@pytest.fixture
def entity_desk(shared_desks: SharedDesks, request: pytest.FixtureRequest) -> SharedDesk:
    """The same for a test that asks of all customers together: they are of an administration of its own."""
    return shared_desks.desk(request.node.nodeid)
