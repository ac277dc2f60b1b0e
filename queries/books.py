"""Asking a named query of a published snapshot."""

import json
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import UTC, date, datetime, time
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Self, cast

import duckdb
import polars as pl

from data import clock
from data.errors import QueryError, StoreBrokenError
from data.message_templates import Message
from data.store import cash_rows, reader, set_off_days
from data.store.snapshot import Snapshot, current_snapshot
from queries import finishing, sentences
from queries.catalogue import Parameter, Query, find

# DuckDB 2 advises a relation, which takes twice as long there too.
warnings.filterwarnings("ignore", "Arrow output on a DB-API result", UserWarning)

_WORDS = {
    "basis": ("due", "invoice"),
    "credits": ("in", "apart"),
    "by": ("account_manager", "country", "parent"),
    "every": ("week", "month", "rolling"),
    "line": (
        "invoiced",
        "credited",
        "received",
        "written_off",
        "discounts",
        "listed",
        "exchange",
        "recovered",
    ),
}
# Lowest and highest whole number, by parameter; a batch has any number.
_COUNTS = {
    "days_ahead": (0, 36_500),
    "limit": (1, 1_000_000),
    "months": (1, 1_200),
    "period": (1, 36_500),
    "rate_days": (1, 36_500),
    "top": (1, 1_000_000),
    "weeks": (1, 5_200),
}
_HIGHEST = 2**31 - 1
_HIGHEST_LIMIT = 36_500
_YEARS = range(1900, 2200)  # those a file may speak of
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?(Z|[+-][0-9]{2}:[0-9]{2})?)?"
)


class Books:
    """A published snapshot, open for questions; safe to share between threads.

    Attributes:
        snapshot: the pair of files it reads; a later load does not change what it answers.
    """

    def __init__(self, snapshot: Snapshot, *, threads: int = 2) -> None:
        self.snapshot = snapshot
        self._threads = threads
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._default_as_of: date | None = None
        self._lock = Lock()
        with self.session() as cursor:
            zone = cursor.execute("select value from setting_at(null) where key = 'time_zone'").fetchone()
        clock.use_setting(zone[0] if zone is not None else None)

    def close(self) -> None:
        """Close the files; a question asked after this opens them again."""
        self._forget_connection()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return a cursor of its own, to be closed by the caller; connections are never shared by threads."""
        connection = self._connection
        if connection is None:
            connection = self._connection = reader.connect(self.snapshot, threads=self._threads)
        return reader.cursor(connection)

    @contextmanager
    def session(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a cursor for a few questions.

        Raises:
            StoreBrokenError: DuckDB finds the pair damaged.
        """
        cursor = None
        try:
            with reader.refuse_damage(self.snapshot):
                cursor = self.cursor()
                yield cursor
        except StoreBrokenError:
            self._forget_connection()
            raise
        finally:
            if cursor is not None:
                with suppress(duckdb.Error):
                    cursor.close()

    def _forget_connection(self) -> None:
        """Open the files anew for the next question: they may be restored by then.

        After some errors DuckDB answers nothing more on a connection.
        """
        connection, self._connection = self._connection, None
        if connection is not None:
            with suppress(duckdb.Error):
                connection.close()

    @property
    def default_as_of(self) -> date:
        """The earlier of today and the last effective date in the store; today where the store is empty."""
        with self._lock:
            if self._default_as_of is None:
                with self.session() as cursor:
                    row = cursor.execute("select last_date from books_range_at(null)").fetchone()
                last = row[0] if row is not None and row[0] is not None else clock.today()
                self._default_as_of = min(last, clock.today())
        return self._default_as_of

    def ask(self, name: str, **values: object) -> pl.DataFrame:
        """Answer a named query.

        Args:
            name: one of `queries.catalogue()`.
            values: its parameters; `as_of` defaults to the default as-of day, others to the header's default.
                Text is accepted for any type and parsed strictly.

        Returns:
            The rows in the query's own order.

        Raises:
            QueryError: no such query or parameter, a needed one is missing, or a value is not of its type.
            StoreBrokenError: the files are damaged where the query reads them.
        """
        query = find(name)
        bound = self._bind(query, values)
        with self.session() as cursor, at_hand(query, cursor, bound):
            # Not `sql()`: a relation with parameters takes up to five times as long.
            answer = cursor.execute(query.bound_sql, bound) if bound else cursor.execute(query.bound_sql)
            frame = cast("pl.DataFrame", pl.from_arrow(answer.to_arrow_table()))
        return finishing.finish(query.shape, frame, bound)

    def _bind(self, query: Query, values: Mapping[str, object]) -> dict[str, object]:
        known = {parameter.name for parameter in query.parameters}
        for name in values:
            if name not in known:
                if not known:
                    raise QueryError(sentences.NO_PARAMETERS(query=query.name, name=repr(name)))
                takes = ", ".join(sorted(known))
                raise QueryError(sentences.NO_PARAMETER(query=query.name, name=repr(name), names=takes))
        bound: dict[str, object] = {}
        for parameter in query.parameters:
            if parameter.name in values:
                bound[parameter.name] = parse_value(query.name, parameter, values[parameter.name])
            elif parameter.name == "as_of":
                bound["as_of"] = self.default_as_of
            elif parameter.default is None:
                raise QueryError(
                    sentences.NEEDS(query=query.name, parameter=parameter.name, meaning=parameter.meaning)
                )
            else:
                default = None if parameter.default == "null" else parameter.default
                bound[parameter.name] = parse_value(query.name, parameter, default)
        _require_bucket(query.name, bound)
        return bound


def at_hand(
    query: Query, cursor: duckdb.DuckDBPyConnection, bound: Mapping[str, object]
) -> AbstractContextManager[None]:
    """Have at hand what the query reads and is worked out once: per day, or per state of knowledge."""
    known_on = cast("datetime | None", bound.get("known_on"))
    if cash_rows.is_needed(query.sql):
        return cash_rows.of_moment(cursor, known_on)
    if cash_rows.is_needed_alone(query.sql):
        return cash_rows.of_moment(cursor, known_on, is_alone=True)
    if set_off_days.is_needed(query.sql):
        return set_off_days.of_day(cursor, cast("date", bound["as_of"]), known_on)
    return nullcontext()


def open_books(folder: Path, *, threads: int = 2) -> Books:
    """Open what is published in a store's folder now."""
    return Books(current_snapshot(folder), threads=threads)


def parse_value(query: str, parameter: Parameter, value: object) -> object:
    """Return the value as the parameter's type.

    Raises:
        QueryError: it is not of that type; the sentence gives the form.
    """
    # A customer may be called null; only what is no text can be left open by that word.
    if value is None or (value == "null" and parameter.type != "VARCHAR"):
        return None
    if not isinstance(value, str):
        return value
    words = _WORDS.get(parameter.name)
    if words is not None and value not in words:
        raise QueryError(_not_a_word(query, parameter.name, value, words))
    try:
        return _parsed(parameter, value)
    except (ValueError, OverflowError):
        form = {"DATE": "2026-11-22", "TIMESTAMP": "2026-11-22T14:30:00", "INTEGER[]": "30,60,90"}
        refusal = {"query": query, "parameter": parameter.name, "value": repr(value)}
        if parameter.name == "currency":
            raise QueryError(sentences.NOT_A_CURRENCY(**refusal)) from None
        if parameter.type == "VARCHAR[]":
            raise QueryError(sentences.NOT_A_LIST(**refusal)) from None
        if parameter.name in _COUNTS:
            lowest, highest = _COUNTS[parameter.name]
            raise QueryError(sentences.NOT_A_COUNT(**refusal, lowest=lowest, highest=highest)) from None
        if parameter.type not in form:
            raise QueryError(sentences.NOT_A_NUMBER(**refusal)) from None
        raise QueryError(sentences.NOT_THE_FORM(**refusal, example=form[parameter.type])) from None


def _require_bucket(query: str, bound: Mapping[str, object]) -> None:
    """Refuse a bucket that is none of those the limits make: it would be an empty answer."""
    bucket = bound.get("bucket")
    if bucket is None:
        return
    names = ["overdue", *finishing.bucket_names(finishing.limits(bound))]
    if bound.get("credits") == "apart":
        names.append("credits")
    if bucket not in names:
        raise QueryError(_not_a_word(query, "bucket", bucket, names))


def _not_a_word(query: str, parameter: str, value: object, words: Sequence[str]) -> Message:
    return sentences.NOT_A_WORD(query=query, parameter=parameter, value=repr(value), words=", ".join(words))


def _parsed(parameter: Parameter, text: str) -> object:  # noqa: PLR0911 - one line per type
    match parameter.type:
        case "DATE":
            return _day(text)
        case "TIMESTAMP":
            return moment(text)
        case "INTEGER[]":
            limits = [_whole(part.strip(), 1, _HIGHEST_LIMIT) for part in text.strip("[]").split(",")]
            if limits != sorted(set(limits)):
                raise ValueError
            return limits
        case "VARCHAR[]":
            return _texts(text)
        case "INTEGER" | "BIGINT":
            return _whole(text, *_COUNTS.get(parameter.name, (-_HIGHEST, _HIGHEST)))
        case "DOUBLE":
            if not re.fullmatch(r"-?[0-9]{1,15}(\.[0-9]+)?", text):
                raise ValueError
            return float(text)
    if parameter.name == "currency" and not re.fullmatch(r"[A-Z]{3}", text):
        raise ValueError
    return text


def _texts(text: str) -> list[str]:
    """Parse several texts: with commas between them, or a JSON array where one holds a comma itself."""
    if not text.startswith("["):
        return text.split(",")
    texts = json.loads(text)
    if not isinstance(texts, list) or not all(isinstance(part, str) for part in texts):
        raise ValueError
    return texts


def _whole(text: str, lowest: int, highest: int) -> int:
    if not re.fullmatch(r"-?[0-9]{1,10}", text) or not lowest <= int(text) <= highest:
        raise ValueError
    return int(text)


def _day(text: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise ValueError
    day = date.fromisoformat(text)
    if day.year not in _YEARS:
        raise ValueError
    return day


def moment(text: str) -> datetime:
    """Parse an instant, UTC unless it names an offset; a bare day means its end.

    Raises:
        ValueError: it is none.
    """
    if not _MOMENT.fullmatch(text):
        raise ValueError
    if len(text) == len("2026-11-22"):
        return datetime.combine(_day(text), time.max)
    at = datetime.fromisoformat(text)
    return at.astimezone(UTC).replace(tzinfo=None) if at.tzinfo else at
