"""The processes of the long calculations come and go with their server."""

import signal
import time
from pathlib import Path

import pytest

# Starts servers of its own.
pytestmark = pytest.mark.slow

LONG_ENOUGH = 30.0  # seconds


def state_and_parent(process: int) -> tuple[str, int]:
    """Return the letter of a process's state and its parent; Z and 0 if it is gone."""
    try:
        state, parent = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[:2]
    except OSError:
        return "Z", 0
    return state, int(parent)


def is_running(process: int) -> bool:
    return state_and_parent(process)[0] != "Z"


def children(process: int) -> list[int]:
    """Return the processes that a process started and that still run."""
    running = [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]
    return [one for one in running if is_running(one) and state_and_parent(one)[1] == process]


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_no_process_outlives_its_server_however_that_ends(start_server, ending):
    process = start_server().process
    deadline = time.monotonic() + LONG_ENOUGH
    while len(started := children(process.pid)) < 2 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert len(started) >= 2  # one for forecasts, one for the rules
    process.send_signal(ending)
    process.wait(timeout=LONG_ENOUGH)
    deadline = time.monotonic() + LONG_ENOUGH
    while (left := [one for one in started if is_running(one)]) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left == []
