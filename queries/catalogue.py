"""The named queries: one .sql file each, with a header that declares what it takes and gives.

A header reads:

    -- name: ageing_segments
    -- One row per segment: one sentence with the grain, which the Definitions page shows.
    --
    -- param as_of: DATE  day the balance is taken, end of day
    -- param segment: VARCHAR = null  only this segment
    -- returns segment: VARCHAR  the customer's segment
    --
    -- shape: buckets

A parameter with `= value` may be left out. `shape` names the function of `queries.finishing` that finishes
the answer where SQL cannot. The loader refuses a header that does not fit its SQL.
"""

import itertools
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.errors import QueryError
from queries import sentences

_HERE = Path(__file__).parent
_PARAM = re.compile(r"^-- param (\w+): ([A-Z0-9(),\[\]]+)(?: = (\S+))?  +(\S.*)$")
_RETURNS = re.compile(r"^-- returns (\w+): ([A-Z0-9(),\[\] ]+?)  +(\S.*)$")
_USED = re.compile(r"\$([a-z_][a-z0-9_]*)")


@dataclass(frozen=True)
class Parameter:
    """What a query takes; `default` is its text (`null` for none), or None where the caller must give it."""

    name: str
    type: str
    default: str | None
    meaning: str


@dataclass(frozen=True)
class Returned:
    """One column a query gives: name, DuckDB type, meaning with unit."""

    name: str
    type: str
    meaning: str

    @property
    def is_message(self) -> bool:
        """Whether its values are sentences of ours as the store holds them, to be said in a language."""
        return self.meaning.partition(";")[0].endswith("as template and values (JSON)")


@dataclass(frozen=True)
class Query:
    """One named query as its file declares it."""

    name: str
    definition: str
    parameters: tuple[Parameter, ...]
    returns: tuple[Returned, ...]
    shape: str | None
    sql: str

    @property
    def bound_sql(self) -> str:
        """The SQL with every parameter cast to its declared type, so that a null has one too."""
        types = {parameter.name: parameter.type for parameter in self.parameters}
        return _USED.sub(lambda match: f"cast(${match[1]} as {types[match[1]]})", _body(self.sql))


def parse(path: Path) -> Query:
    """Read one query file.

    Raises:
        QueryError: the header is not of the form, or names parameters the SQL does not use, or the reverse.
    """
    text = path.read_text(encoding="utf-8")
    lines = [line.rstrip() for line in text.splitlines()]
    header = lines[: next((i for i, line in enumerate(lines) if not line.startswith("--")), len(lines))]
    if not header or header[0] != f"-- name: {path.stem}":
        raise QueryError(sentences.FIRST_LINE(file=path.name, name=path.stem))
    query = _declared(path, header[1:], text)
    used = set(_USED.findall(_body(text)))
    odd = used ^ {parameter.name for parameter in query.parameters}
    if odd:
        raise QueryError(sentences.OTHER_PARAMETERS(file=path.name, names=", ".join(sorted(odd))))
    if not query.returns or not query.definition:
        raise QueryError(sentences.NO_MEANING(file=path.name))
    return query


def _declared(path: Path, header: list[str], text: str) -> Query:
    parameters: list[Parameter] = []
    returns: list[Returned] = []
    shape: str | None = None
    definition_lines = list(itertools.takewhile(lambda line: line != "--", header))
    for line in header[len(definition_lines) :]:
        if param := _PARAM.match(line):
            parameters.append(Parameter(param[1], param[2], param[3], param[4]))
        elif returned := _RETURNS.match(line):
            returns.append(Returned(returned[1], returned[2].strip(), returned[3]))
        elif line.startswith("-- shape: "):
            shape = line.removeprefix("-- shape: ")
        elif line.startswith(("-- param", "-- returns")):
            raise QueryError(sentences.WRONG_LINE(file=path.name, line=line))
    definition = " ".join(line.removeprefix("-- ") for line in definition_lines)
    return Query(path.stem, definition, tuple(parameters), tuple(returns), shape, text)


def _body(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.lstrip().startswith("--"))


@cache
def catalogue() -> dict[str, Query]:
    """Return all named queries by name, in alphabetical order."""
    return {path.stem: parse(path) for path in sorted(_HERE.rglob("*.sql"), key=lambda path: path.stem)}


def find(name: str) -> Query:
    """Return one query; QueryError names the nearest ones where there is none of that name."""
    query = catalogue().get(name)
    if query is None:
        raise QueryError(sentences.NO_QUERY(name=repr(name), names=", ".join(catalogue())))
    return query
