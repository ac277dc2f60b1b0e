"""Definitions of figures and queries: formula, worked example, rows behind them, command line."""

import shlex
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

import polars as pl

import queries
from queries import Query
from reports.answers.shared.finding import Finding
from reports.answers.shared.kpi_groups import GROUPS, group_name
from reports.columns import KPIS, heading
from reports.translation import _, _p, current, mark

FILE = Path(__file__).with_name("definitions.toml")
_TITLES = {
    "dso_bridge": mark("Why DSO changed"),
    "roll_rates": mark("Roll rates"),
    "recovery_curve": mark("Recovery curve"),
    "cohort_map": mark("Cohort map"),
    "provision_matrix": mark("Provision matrix"),
    "discount_yearly_rate": mark("Yearly cost of an early-payment discount"),
}
_BANK_TITLES = {
    "bank_received": mark("Received from customers, by the bank"),
    "bank_applied_share": mark("Share applied by itself"),
    "bank_sample_error": mark("Error of what was applied by itself"),
    "bank_curve": mark("Share applied against error"),
    "bank_statement_difference": mark("Difference of a bank statement"),
    "bank_statement_gap": mark("Gap between bank statements"),
}


@dataclass(frozen=True)
class Definition:
    """The definition of one figure or query, in the language spoken.

    Attributes:
        name: of the figure (a column of `kpi`) or of the query; stands in the address.
        title: its name for the reader.
        sentence: formula of a figure; grain of a query.
        example: worked out in numbers; None for a query.
        why: why it differs from the other ways to count days; None for a figure with one way.
        rows: name of the query behind it.
        is_figure: whether it is a figure of the books; else a query.
    """

    name: str
    title: str
    sentence: str
    example: str | None
    why: str | None
    rows: str
    is_figure: bool


def entry_heading(definition: Definition) -> Finding:
    """Return the title of a definition, and whether it is a figure or a query."""
    return Finding(definition.title, _p("word", "Figure") if definition.is_figure else _p("word", "Query"))


PARTS = ("figures", "questions")  # of the screen


def part_name(part: str) -> str:
    """Return the name of one of `PARTS`."""
    return _p("title", "Figures") if part == "figures" else _("Questions to the books")


def figure_groups(listed: list[Definition]) -> dict[str, tuple[Finding, list[Definition]]]:
    """Return the groups that hold any of the figures: code -> words above it, its figures in their order."""
    by_name = {definition.name: definition for definition in listed}
    names = dict(GROUPS)
    grouped = {name for columns in names.values() for name in columns}
    names["more"] = tuple(name for name in KPIS if name not in grouped)
    names["bank"], names["charts"] = tuple(_BANK_TITLES), tuple(_TITLES)
    words = {
        "more": _p("figures", "More figures"), "bank": _p("figures", "Bank"),
        "charts": _p("figures", "Charts"),
    }  # fmt: skip
    groups = {}
    for group, columns in names.items():
        members = [by_name[name] for name in columns if name in by_name]
        if members:
            title = words[group] if group in words else group_name(group)
            groups[group] = (Finding(title, _("Formula, worked example and the rows behind it")), members)
    return groups


def queries_heading() -> Finding:
    """Return the words above the queries."""
    return Finding(
        _("Questions to the books"), _("What one row is, what it takes and gives; also on the command line")
    )


def figures() -> list[Definition]:
    """Return the definition of every figure in the order of `KPIS`, then those of whole charts."""
    entries = _entries()
    return [_figure(name, entries[name]) for name in (*KPIS, *_BANK_TITLES, *_TITLES)]


def of_queries() -> list[Definition]:
    """Return the definition of every query, by name."""
    return [
        Definition(name, name, _(query.definition), None, None, name, is_figure=False)
        for name, query in queries.catalogue().items()
    ]


def find(name: str | None) -> Definition | None:
    """Return the figure of that name, else the query, else None."""
    return next((known for known in [*figures(), *of_queries()] if known.name == name), None)


def search(text: str, among: list[Definition]) -> list[Definition]:
    """Return the definitions with every word of the text in title, name, sentence or example."""
    words = text.casefold().split()
    return [definition for definition in among if all(word in _searched(definition) for word in words)]


def _searched(definition: Definition) -> str:
    parts = (definition.title, definition.name, definition.sentence, definition.example or "")
    return " ".join(parts).casefold()


def why(method: str) -> str:
    """Return why a way of counting days differs from the others; empty without a reason."""
    entry = _entries().get(method)
    return str(entry[current()].get("why", "")) if entry else ""


def parameters(query: Query) -> pl.DataFrame:
    """Return one row per parameter: name, type, default (empty if it is required), meaning."""
    return pl.DataFrame(
        {
            "parameter": [parameter.name for parameter in query.parameters],
            "type": [parameter.type for parameter in query.parameters],
            "default": [_default(parameter.name, parameter.default) for parameter in query.parameters],
            "meaning": [_(parameter.meaning) for parameter in query.parameters],
        },
        schema={"parameter": pl.String, "type": pl.String, "default": pl.String, "meaning": pl.String},
    )


def columns(query: Query) -> pl.DataFrame:
    """Return one row per column the query gives: name, type, meaning with unit."""
    return pl.DataFrame(
        {
            "column": [column.name for column in query.returns],
            "type": [column.type for column in query.returns],
            "meaning": [_(column.meaning) for column in query.returns],
        },
        schema={"column": pl.String, "type": pl.String, "meaning": pl.String},
    )


def unset_parameters(query: Query, values: Mapping[str, object]) -> list[str]:
    """Return the required parameters that neither the values nor a default fill."""
    return [
        parameter.name
        for parameter in query.parameters
        if parameter.default is None and parameter.name != "as_of" and parameter.name not in values
    ]


def command_line(query: str, values: Mapping[str, object]) -> str:
    """Return the command that prints the same rows, safe to paste: values from data are quoted.

    Args:
        query: its name.
        values: parameter -> value; None and default values are left out.
    """
    parts = ["uv", "run", "kasstroom.py", "query", query]
    defaults = {parameter.name: parameter.default for parameter in queries.find(query).parameters}
    for name, value in values.items():
        text = _text(value)
        if value is None or (name != "as_of" and text == defaults.get(name)):
            continue
        flag = {"as_of": "--as-of", "known_on": "--known-on"}.get(name)
        parts += [flag, text] if flag else ["--param", f"{name}={text}"]
    return shlex.join(parts)


@cache
def _entries() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))


def _figure(name: str, entry: Mapping[str, object]) -> Definition:
    words = entry[current()]
    rows = entry["rows"]
    if not isinstance(words, dict) or not isinstance(rows, str):
        raise TypeError(f"{FILE.name}: {name} needs rows and a table per language.")
    titles = {**_BANK_TITLES, **_TITLES}
    title = _(titles[name]) if name in titles else heading(name)
    return Definition(name, title, words["formula"], words["example"], words.get("why"), rows, is_figure=True)


def _default(name: str, default: str | None) -> str:
    if name == "as_of":
        return _("the last day of the books")
    return "" if default in {None, "null"} else str(default)


def _text(value: object) -> str:
    match value:
        case datetime():
            return value.isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case list() | tuple():
            return ",".join(str(item) for item in value)
        case _:
            return str(value)
