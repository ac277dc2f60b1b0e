"""Two demo companies, written once per module of tests."""

from pathlib import Path

import pytest

from data.demo import write_company
from tests.data.demo.company_files import AS_OF, SMALL, USUAL


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small")
    write_company(folder, invoices=SMALL, as_of=AS_OF)
    return folder


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("usual")
    write_company(folder, invoices=USUAL, as_of=AS_OF)
    return folder
