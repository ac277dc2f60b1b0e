"""The named sources of the books: what each brought, how old it is, and what failed."""

from collections.abc import Sequence
from datetime import date

import polars as pl

from data import clock
from data.message_templates import stored_message
from data.store.sources import Source
from data.store.sync import FAILED, SourceResult
from reports.answers.shared.finding import Finding
from reports.codes import label
from reports.formats import days
from reports.sentences import translate
from reports.translation import _, _n

COLUMNS = ("source_name", "source_state", "recorded_at", "new_at", "last_date", "rejected", "message")
_LATE, _NEVER = "late", "never_loaded"


def results(loaded: Sequence[SourceResult]) -> pl.DataFrame:
    """Return one row per source of a run: outcome, files, rows, last day and its age in days."""
    rows = [
        {
            "source": record["source"],
            "outcome": label("source_state", str(record["outcome"])),
            **{name: record[name] for name in ("files", "accepted", "rejected", "last_date", "days_old")},
        }
        for record in result_records(loaded)
    ]
    return pl.DataFrame(rows, infer_schema_length=None)


def result_records(loaded: Sequence[SourceResult]) -> list[dict[str, object]]:
    """Return the same for programs, with codes, and the sentence of a failure in English."""
    today = clock.today()
    return [
        {
            "source": result.source.name,
            "outcome": result.outcome,
            "files": len(result.files),
            "accepted": sum(file.accepted for file in result.files),
            "rejected": sum(file.rejected for file in result.files),
            "last_date": result.last_date,
            "days_old": (today - result.last_date).days if result.last_date else None,
            "message": str(result.message) if result.message else None,
        }
        for result in loaded
    ]


def state_of(named: Sequence[Source], runs: pl.DataFrame, today: date) -> pl.DataFrame:
    """Return one row per named source: its state, its runs, and why it failed in the language spoken.

    States are `loaded`, `nothing_new`, `failed`, `late` and `never_loaded`.

    Args:
        named: in `sources.toml`.
        runs: the query `source_runs`.
        today: the present day.
    """
    by_name = {row["source_name"]: row for row in runs.iter_rows(named=True)}
    rows = []
    for source in named:
        run = by_name.get(source.name, {})
        rows.append(
            {
                "source_name": source.name,
                "source_state": _state(source, run, today),
                "recorded_at": run.get("recorded_at"),
                "new_at": run.get("new_at"),
                "last_date": run.get("last_date"),
                "rejected": run.get("rejected"),
                "message": translate(stored_message(run["message"])) if run.get("message") else None,
            }
        )
    return pl.DataFrame(rows, schema=_SCHEMA)


_SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "source_name": pl.String,
    "source_state": pl.String,
    "recorded_at": pl.Datetime("us"),
    "new_at": pl.Datetime("us"),
    "last_date": pl.Date,
    "rejected": pl.Int64,
    "message": pl.String,
}


def _state(source: Source, run: dict[str, object], today: date) -> str:
    if not run:
        return _NEVER
    if run["run_outcome"] == FAILED:
        return FAILED
    last = run.get("last_date") or run.get("new_at")
    day = last if type(last) is date else getattr(last, "date", lambda: None)()
    return _LATE if day is None or (today - day).days > source.every_days else str(run["run_outcome"])


def finding(states: pl.DataFrame) -> Finding:
    """Return how many sources are late or failed."""
    counts = {
        state: states.filter(pl.col("source_state") == state).height for state in (FAILED, _LATE, _NEVER)
    }
    method = _("Named in sources.toml; what is new goes in with load --all, as cron runs it")
    if counts[FAILED]:
        return Finding(_n("{count} source failed", "{count} sources failed", counts[FAILED]), method)
    if counts[_LATE]:
        return Finding(_n("{count} source is late", "{count} sources are late", counts[_LATE]), method)
    if counts[_NEVER]:
        title = _n("{count} source was never loaded", "{count} sources were never loaded", counts[_NEVER])
        return Finding(title, method)
    return Finding(_("All sources are up to date"), method)


def late(states: pl.DataFrame, today: date) -> list[str]:
    """Return a sentence for every source that failed or is late."""
    sentences = []
    for row in states.iter_rows(named=True):
        if row["source_state"] == FAILED:
            sentences.append(
                _("{source} could not be loaded: {why}", source=row["source_name"], why=row["message"])
            )
        elif row["source_state"] == _LATE and row["last_date"] is not None:
            age = days((today - row["last_date"]).days)
            sentences.append(
                _("{source} is late: its last day is {age} ago.", source=row["source_name"], age=age)
            )
    return sentences
