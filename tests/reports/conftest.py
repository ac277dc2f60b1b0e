"""The fixtures of the reports."""

from collections.abc import Iterator

import pytest

from reports import language


@pytest.fixture
def dutch() -> Iterator[None]:
    """Speak Dutch when a test begins and after it; a file asks for it with `pytestmark`."""
    language.use("nl")
    yield
    language.use("nl")
