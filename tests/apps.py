"""Pages run without a browser: through app.py, as a browser does, and the words they show."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import AppTest, app_test

from reports import language
from tests.paths import ROOT


class _KeptPagesManager(PagesManager):
    """AppTest says before each run that it does not know whether there is a pages folder; the app does."""


def _without_the_folder(self, *arguments, **named):
    PagesManager.__init__(self, *arguments, **named)
    PagesManager.uses_pages_directory = False
    _KeptPagesManager.uses_pages_directory = False


def words(app: AppTest) -> str:
    parts = [*app.title, *app.header, *app.caption, *app.markdown, *app.error, *app.warning]
    return "\n".join(re.sub(r"\\(.)", r"\1", str(part.value)).replace("\u2060", "") for part in parts)


def pages_of(store: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., AppTest]]:
    """Yield what runs a page through app.py on a store; it speaks English until the end."""
    monkeypatch.setenv("KASSTROOM_STORE", str(store))
    monkeypatch.setenv("KASSTROOM_TODAY", "2026-11-22")
    monkeypatch.setattr(app_test, "PagesManager", _KeptPagesManager)
    monkeypatch.setattr(PagesManager, "uses_pages_directory", False)
    monkeypatch.setattr(_KeptPagesManager, "__init__", _without_the_folder)

    language.use("en")  # AppTest reads the labels of choices again, here

    def run(name: str = "", **address: str) -> AppTest:
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
        app.query_params["lang"] = "en"
        for key, value in address.items():
            app.query_params[key] = value
        if name:
            app.switch_page(f"pages/{name}.py")  # a deep link: the first page is not drawn before it
        app.run()
        assert not app.exception
        return app

    yield run
    language.use("nl")
