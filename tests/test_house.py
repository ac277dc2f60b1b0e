"""The rules of the house: names, lengths, one word per idea."""

import ast
import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.paths import ROOT

PRODUCT = ("cli", "data", "forecasting", "pages", "queries", "reports")
LONGEST, LONGEST_PAGE = 400, 60
# Participles and metaphors that say nothing of what a file holds or a function does.
OPAQUE = frozenset(
    [
        "answered",
        "asked",
        "awaited",
        "billed",
        "brought",
        "built",
        "came",
        "carried",
        "changing",
        "chosen",
        "comparing",
        "counted",
        "covered",
        "delayed",
        "discounted",
        "drawn",
        "failed",
        "followed",
        "found",
        "given",
        "gone",
        "handed",
        "handing",
        "held",
        "judged",
        "judging",
        "kept",
        "lacking",
        "lately",
        "left",
        "lettered",
        "listed",
        "logged",
        "looked",
        "made",
        "making",
        "managed",
        "meant",
        "moved",
        "named",
        "noted",
        "noting",
        "paid",
        "parted",
        "picked",
        "pulled",
        "put",
        "reached",
        "said",
        "seen",
        "shifted",
        "shown",
        "signed",
        "sold",
        "sorted",
        "spoken",
        "stretched",
        "summed",
        "taken",
        "told",
        "warned",
        "worded",
        "wordy",
        "worked",
        "written",
    ]
)
# As a whole name these say as little; beside a noun they may tell two things apart (`typed_rows`).
OPAQUE_ALONE = frozenset(
    ["beside", "bound", "foreign", "lasting", "people", "records", "standing", "typed", "within"]
)
SUBJECTS = frozenset(
    [
        "ageing",
        "arrangements",
        "bank",
        "cash",
        "claims",
        "contacts",
        "customer",
        "data_quality",
        "definitions",
        "demo",
        "disputes",
        "forecast",
        "kpi",
        "settings",
        "terms",
        "warnings",
        "whatif",
        "worklist",
    ]
)


def files(*folders: str, endings: tuple[str, ...] = (".py",)) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in endings)


def words(name: str) -> set[str]:
    return set(re.sub(r"([a-z])([A-Z])", r"\1_\2", name).lower().split("_"))


def is_opaque(name: str) -> bool:
    """Tell whether a name leaves the reader to guess; a yes-or-no question may end in a participle."""
    return not name.startswith(("is_", "has_")) and bool(words(name) & OPAQUE or name.lower() in OPAQUE_ALONE)


def public_names(path: Path) -> list[str]:
    """Functions and classes of a module, and methods of its classes, that other modules may use."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    top = [node for node in tree.body if isinstance(node, kinds)]
    methods = [
        inner
        for node in top
        if isinstance(node, ast.ClassDef)
        for inner in node.body
        if isinstance(inner, kinds)
    ]
    return [node.name for node in (*top, *methods) if not node.name.startswith("_")]


def test_no_file_is_named_by_a_participle_or_a_metaphor():
    named = files(*PRODUCT, "tests", endings=(".py", ".sql"))
    opaque = [str(path.relative_to(ROOT)) for path in named if is_opaque(path.stem) and path.suffix == ".py"]
    assert opaque == []


def test_no_public_function_or_class_is_named_by_a_participle_or_a_metaphor():
    opaque = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in files(*PRODUCT)
        for name in public_names(path)
        if is_opaque(name)
    ]
    assert opaque == []


def test_a_class_has_its_name_to_itself():
    homes = defaultdict(list)
    for path in files(*PRODUCT):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                homes[node.name].append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in homes.items() if len(paths) > 1} == {}


def test_no_file_is_longer_than_400_lines():
    long = {
        str(path.relative_to(ROOT)): lines
        for path in files(*PRODUCT, "tests", "benchmarks", endings=(".py", ".sql"))
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert long == {}


@pytest.mark.parametrize("path", sorted((ROOT / "pages").glob("*.py")), ids=lambda path: path.stem)
def test_a_page_is_a_page(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_PAGE


def test_every_package_of_the_product_says_what_it_holds():
    silent = [
        str(path.relative_to(ROOT))
        for path in files(*PRODUCT)
        if path.name == "__init__.py"
        and ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    assert silent == []


@pytest.mark.parametrize("floor", ["queries", "reports/answers", "reports/figures", "pages/parts"])
def test_the_folders_of_a_floor_are_subjects(floor):
    others = {
        "queries": set(),
        "reports/answers": {"shared"},
        "reports/figures": set(),
        "pages/parts": {"context", "shell", "widgets"},
    }[floor]
    folders = {path.name for path in (ROOT / floor).iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert folders - SUBJECTS - others == set()


def test_the_rule_of_names_sees_a_participle():
    assert all(is_opaque(name) for name in ("rows_found", "KeptRuns", "told", "people", "noting"))
    assert not any(
        is_opaque(name) for name in ("overdue_invoices", "is_paid", "typed_rows", "within_customer")
    )


def test_no_function_of_ours_runs_on_a_thread_of_polars():
    """There the language is not the reader's: `reports.translation.each` writes on the page's own."""
    calls = [
        path.relative_to(ROOT)
        for floor in ("pages", "cli", "reports")
        for path in (ROOT / floor).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"map_elements", "map_batches", "map_groups"}
    ]
    assert calls == []
