"""Fixtures of the tests of databases."""

import os
from collections.abc import Iterator

import pytest

from tests.data.databases.postgres_server import PostgresServer, binaries, running_server


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL of Debian, started for these tests alone."""
    programs = binaries()
    if programs is None:
        if os.environ.get("KASSTROOM_REQUIRE_POSTGRES") == "1":
            pytest.fail("no PostgreSQL: apt-get install postgresql")
        pytest.skip("no PostgreSQL is installed: apt-get install postgresql")
    with running_server(programs) as server:
        yield server
