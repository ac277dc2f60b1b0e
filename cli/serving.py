"""Starting the dashboard: a Streamlit server on this machine, as a process of its own."""

import argparse
import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from cli import sentences
from cli.commands import build_demo
from cli.output import print_message
from data import clock
from data.errors import KasstroomError
from data.store.snapshot import store_exists
from reports.answers.demo import company
from reports.translation import _

ROOT = Path(__file__).resolve().parents[1]
HOST = "127.0.0.1"
FIRST_PORT = 8501
_PORTS_TRIED = 50
_SECONDS_TO_START = 60


def run_app(arguments: argparse.Namespace) -> int:
    """Serve the dashboard until it is stopped; without a store, build the demo company first."""
    folder: Path = arguments.store.resolve()
    port = arguments.port or _free_port()
    if arguments.port and not _is_free(arguments.port):
        raise KasstroomError(sentences.PORT_TAKEN(port=arguments.port))
    if not store_exists(folder):
        print_message(_("There is no store in {folder}: building the demo company first.", folder=folder))
        as_of = clock.last_sunday(clock.today())
        build_demo(folder, invoices=company.INVOICES, seed=company.SEED, as_of=as_of)
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "pages/parts/shell/server.py",
        "--server.port",
        str(port),
    ]
    server = subprocess.Popen(  # noqa: S603 - our own interpreter and file
        command, cwd=ROOT, env={**os.environ, "KASSTROOM_STORE": str(folder)}, stdout=subprocess.DEVNULL
    )
    # A command that is ended from outside must end its server too.
    signal.signal(signal.SIGTERM, lambda _number, _frame: server.terminate())
    try:
        _wait_until_up(server, port)
        print(f"http://{HOST}:{port}", flush=True)
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(timeout=10)


def _wait_until_up(server: "subprocess.Popen[bytes]", port: int) -> None:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise KasstroomError(sentences.DASHBOARD_STOPPED())
        with (
            contextlib.suppress(OSError),
            urllib.request.urlopen(f"http://{HOST}:{port}/_stcore/health", timeout=1) as answer,
        ):
            if answer.status == 200:  # noqa: PLR2004
                return
        time.sleep(0.2)
    raise KasstroomError(sentences.DASHBOARD_SILENT(seconds=_SECONDS_TO_START))


def _free_port() -> int:
    for port in range(FIRST_PORT, FIRST_PORT + _PORTS_TRIED):
        if _is_free(port):
            return port
    raise KasstroomError(sentences.NO_FREE_PORT())


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True
