"""A PostgreSQL of the tests' own: a cluster in a temporary folder, on a socket there, gone when they end."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

USER = "kasstroom"
# The tests' data is worth nothing: what a crash would lose need not reach the disk.
_FAST = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off -c shared_buffers=32MB"


class PostgresServer:
    """A running server.

    Attributes:
        folder: of the socket and the data.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._databases = 0

    def address(self, database: str, user: str = USER) -> str:
        return f"postgresql://{user}@/{database}?host={self.folder}"

    def database(self) -> str:
        """Make an empty database and return its name."""
        self._databases += 1
        name = f"odoo_{self._databases}"
        with self.connect("postgres") as connection:
            connection.execute(f"create database {name} template template0 encoding 'UTF8'".encode())
        return name

    def connect(self, database: str) -> psycopg.Connection:
        return psycopg.connect(self.address(database), autocommit=True)


def binaries() -> Path | None:
    """Return the folder of the server's programs; None where none is installed."""
    linked = shutil.which("initdb")
    if linked:
        return Path(linked).resolve().parent
    versions = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda file: float(file.parts[-3])
    )
    return versions[-1].parent if versions else None


@contextmanager
def running_server(programs: Path) -> Iterator[PostgresServer]:
    # Not in pytest's folder: a server that refuses to be root could not enter it. A socket's path is short.
    folder = Path(tempfile.mkdtemp(prefix="kasstroom-pg-"))
    data = folder / "data"
    as_user = _unprivileged(folder)

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [programs / program, *arguments],
            check=True, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, timeout=120,
            env={**os.environ, "HOME": str(folder), "LC_ALL": "C.UTF-8"}, **as_user,
        )  # fmt: skip

    try:
        run("initdb", "-D", str(data), "-U", USER, "--auth=trust", "--encoding=UTF8", "--no-sync")
        options = f"-k {folder} -c listen_addresses='' {_FAST}"
        run("pg_ctl", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
        try:
            yield PostgresServer(folder)
        finally:
            run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged(folder: Path) -> dict[str, object]:
    """Return how to run as somebody who is not root, who gets the folder; nothing where nobody is root."""
    if os.geteuid() != 0:
        return {}
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    somebody = known.get("postgres") or known["nobody"]
    os.chown(folder, somebody.pw_uid, somebody.pw_gid)
    return {"user": somebody.pw_uid, "group": somebody.pw_gid, "extra_groups": []}
