"""Rows of several tests in one store: each test has ids of its own and sees only what is its own."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from tests.books import BUCKETS, NEEDED, Desk

Rows = Mapping[str, Sequence[tuple | Mapping]]
_ADMINISTRATION = "administration"
Test = TypeVar("Test", bound=Callable[..., None])


class Cases:
    """What the tests of a module want loaded, step by step; a step of all of them is one publication.

    A module keeps one as `cases`; the fixture `case` gives a test its own.

    Args:
        by_administration: whether documents and payments of each case are of an administration of its own, so
            that sums over all customers can be asked of one case too.
        common: rows without ids that all cases want, such as rates and settings.
    """

    def __init__(self, *, by_administration: bool = False, **common: Sequence[tuple | Mapping]) -> None:
        self._by_administration = by_administration
        self._common = common
        self._steps: dict[str, tuple[Rows, ...]] = {}

    def rows(self, **grains: Sequence[tuple | Mapping]) -> Callable[[Test], Test]:
        """Have rows loaded for the test decorated."""
        return self.steps(grains)

    def steps(self, *steps: Rows) -> Callable[[Test], Test]:
        """Have rows loaded for the test decorated, one step after another."""

        def decorated(test: Test) -> Test:
            self.add(test.__name__, *steps)
            return test

        return decorated

    def add(self, name: str, *steps: Rows) -> None:
        """Have rows loaded under a name: one of the cases of a test."""
        assert name not in self._steps
        self._steps[name] = steps

    @contextmanager
    def loaded(self, home: Path) -> Iterator["Loaded"]:
        """Load the rows of every case into one store, and close it in the end."""
        desk = Desk(home)
        prefixes = {name: f"{number:03}-" for number, name in enumerate(self._steps)}
        moments = []
        for step in range(max(map(len, self._steps.values()))):
            together: dict[str, list] = (
                {} if step else {grain: [*rows] for grain, rows in self._common.items()}
            )
            for name, steps in self._steps.items():
                for grain, rows in (steps[step] if step < len(steps) else {}).items():
                    together.setdefault(grain, []).extend(
                        self._own(prefixes[name], grain, row) for row in rows
                    )
            desk.load(**together)
            moments.append(desk.moment())
        yield Loaded(desk, prefixes, moments)
        desk.close()

    def _own(self, prefix: str, grain: str, row: tuple | Mapping) -> dict:
        """Return a row with ids that no other case has."""
        named = row if isinstance(row, Mapping) else dict(zip(NEEDED[grain], row, strict=True))
        own = {
            name: f"{prefix}{value}" if name.endswith("_id") and value else value
            for name, value in named.items()
        }
        if self._by_administration and grain in {"invoices", "payments"}:
            own["entity"] = prefix + _ADMINISTRATION
        return own


class Loaded:
    """The store of all cases; a question is asked once, whoever asks it.

    Attributes:
        desk: the store.
        moments: what was known after each step.
    """

    def __init__(self, desk: Desk, prefixes: dict[str, str], moments: list[datetime]) -> None:
        self.desk = desk
        self.moments = moments
        self._prefixes = prefixes
        self._answers: dict[str, list[dict]] = {}

    def case(self, name: str) -> "Case":
        return Case(self, self._prefixes[name])

    def ask(self, name: str, **values: object) -> list[dict]:
        question = f"{name} {sorted(values.items())}"
        if question not in self._answers:
            self._answers[question] = self.desk.ask(name, **values)
        return self._answers[question]


class Case:
    """What one case sees of the store: the rows of its own ids, which are named as the test names them."""

    def __init__(self, loaded: Loaded, prefix: str) -> None:
        self._loaded = loaded
        self._prefix = prefix

    @property
    def desk(self) -> Desk:
        """The store with the rows of all cases."""
        return self._loaded.desk

    def moment(self, step: int) -> datetime:
        """Return the instant at which a step of the rows was known."""
        return self._loaded.moments[step]

    def id(self, name: str) -> str:
        """Return the id that the store has for one of the test."""
        return self._prefix + name

    def owns(self, column: str) -> str:
        """Return the condition of SQL that an id is of this case."""
        return f"starts_with({column}, '{self._prefix}')"

    def rows(self, sql: str) -> list[tuple]:
        """Read what no named query shows; the text says by `owns` or `id` which rows are meant."""
        return [tuple(map(self.shown, row)) for row in self._loaded.desk.rows(sql)]

    def ask(self, name: str, **values: object) -> list[dict]:
        """Return those rows of an answer that bear an id of this case."""
        return [
            {column: self.shown(value) for column, value in row.items()}
            for row in self._loaded.ask(name, **values)
            if any(isinstance(value, str) and value.startswith(self._prefix) for value in row.values())
        ]

    def ask_of_all(self, name: str, **values: object) -> list[dict]:
        """Return an answer about the whole store, where it says nothing of one case."""
        return self._loaded.ask(name, **values)

    def sums(self, name: str, **values: object) -> list[dict]:
        """Return the answer of this case's administration."""
        return self._loaded.ask(name, entity=self._prefix + _ADMINISTRATION, **values)

    def ageing(
        self, as_of: str | date, known_on: datetime | None = None, **values: object
    ) -> dict[str, dict[str, Decimal]]:
        """Return the amounts other than zero by customer and column, without the total."""
        rows = self.ask("ageing", as_of=as_of, known_on=known_on, **values)
        return {
            row["customer_id"]: {name: row[name] for name in BUCKETS[:-1] if row[name] != 0} for row in rows
        }

    def shown(self, value: object) -> object:
        """Return an id as the test names it, and anything else as it is."""
        if isinstance(value, list):
            return list(map(self.shown, value))
        return value.removeprefix(self._prefix) if isinstance(value, str) else value
