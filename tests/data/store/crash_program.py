"""What runs in the process that gets killed: a load, right or wrong on purpose, and a kill at a chosen step.

Kept apart from the tests so that the process that forks the victims imports the product and nothing else.
"""

import json
import os
import signal
from collections.abc import Callable, Collection
from multiprocessing.connection import Connection
from pathlib import Path

import duckdb
import pandas as pd  # noqa: F401 - DuckDB imports it on first use, for seconds in which there is nothing to kill
import pyarrow.dataset  # noqa: F401 - the same

from data.store import batches, writer
from data.store import snapshot as snapshots
from data.store.load import load
from data.store.snapshot import Snapshot


def run(folder: Path, source: Path, publisher: str, kill_at: int | None, parent: Connection) -> None:
    """Load `source` into the store; tell the parent when it begins and how many steps it took."""
    {"right": lambda: None, "in_place": _publish_in_place, "current_first": _publish_current_first}[
        publisher
    ]()
    steps = _count_steps(kill_at)
    parent.send("begin")
    load(folder, [source])
    parent.send(steps())


def _count_steps(kill_at: int | None) -> Callable[[], int]:
    """Count the renames and replacements, and kill this process just before the one asked for."""
    taken = 0
    real = {"rename": os.rename, "replace": os.replace}

    def step(name: str) -> Callable[..., None]:
        def renamed(*arguments: object, **options: object) -> None:
            nonlocal taken
            if taken == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
            taken += 1
            real[name](*arguments, **options)

        return renamed

    os.rename, os.replace = step("rename"), step("replace")
    return lambda: taken


def _publish_in_place() -> None:
    """Write straight into the published files, as a program without snapshots would."""

    def begin(self: writer.Writer, folder: Path, base: Snapshot, changes: Collection[str]) -> None:
        self.folder, self.base, self.changes = folder, base, tuple(changes)
        self.connection = duckdb.connect(":memory:")
        self.connection.execute(f"attach '{base.ledger}' as ledger")
        self.connection.execute(f"attach '{base.journal}' as journal")
        self.connection.execute("use ledger")

    def publish(self: writer.Writer) -> Snapshot:
        chain = batches.chain(self.connection)
        self.connection.close()
        snapshot = Snapshot(self.base.ledger, self.base.journal, chain)
        snapshots.name_current(self.folder, snapshot)
        return snapshot

    writer.Writer.__init__, writer.Writer.publish = begin, publish
    writer.Writer.discard = lambda self: self.connection.close()


def _publish_current_first() -> None:
    """Name the new files in CURRENT before they are there."""
    real = writer.Writer.publish

    def publish(self: writer.Writer) -> Snapshot:
        number = snapshots.highest_number(self.folder) + 1
        named = {
            "ledger": f"ledger-{number:06d}.duckdb",
            "journal": f"journal-{number:06d}.duckdb",
            "chain": "",
        }
        (self.folder / "CURRENT").write_text(json.dumps(named), encoding="utf-8")
        return real(self)

    writer.Writer.publish = publish
