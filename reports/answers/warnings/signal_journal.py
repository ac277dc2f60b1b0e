"""Early warnings recorded in the journal as they are raised, and cleared when they end."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from data import clock
from data.errors import KasstroomError
from reports.answers import sentences
from reports.answers.shared import forms
from reports.answers.warnings.warnings import EarlyWarnings
from reports.translation import _, _n

_ROWS = pl.Schema(
    {
        "rule": pl.String(),
        "customer_id": pl.String(),
        "raised_date": pl.Date(),
        "since_date": pl.Date(),
        "value": pl.String(),
        "limit_value": pl.String(),
        "invoices": pl.String(),
        "cleared_date": pl.Date(),
    }
)


@dataclass(frozen=True)
class RecordCounts:
    """Number of signals raised, cleared and unchanged when a day was recorded."""

    raised: int
    cleared: int
    unchanged: int


def changes(warnings: EarlyWarnings, recorded: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of signals that are new, or cleared, since signals were last recorded.

    Args:
        warnings: of a day; muted signals are recorded too, because muting hides a signal without ending it.
        recorded: rows of `signals`, of any day.

    Raises:
        KasstroomError: signals of a later day were recorded already.
    """
    dates = [*recorded["raised_date"], *recorded["cleared_date"].drop_nulls()]
    if dates and max(dates) > warnings.as_of:
        raise KasstroomError(sentences.WARNINGS_OF_LATER_DAY(day=max(dates)))
    still_raised = {
        (row["rule"], row["customer_id"]): row
        for row in recorded.filter(pl.col("cleared_date").is_null()).to_dicts()
    }
    last_cleared: dict[tuple[str, str], date] = {}
    for row in recorded.drop_nulls("cleared_date").to_dicts():
        pair = row["rule"], row["customer_id"]
        last_cleared[pair] = max(row["cleared_date"], last_cleared.get(pair, date.min))
    rows = []
    now = set()
    for row in warnings.signals.to_dicts():
        pair = row["rule"], row["customer_id"]
        now.add(pair)
        if pair in still_raised:
            continue
        since = row["since_date"]
        if pair in last_cleared:  # it was cleared in between, so it began again
            since = min(max(since, last_cleared[pair] + timedelta(days=1)), warnings.as_of)
        rows.append(
            {
                "rule": row["rule"], "customer_id": row["customer_id"], "raised_date": warnings.as_of,
                "since_date": since, "value": f"{row['value']:.6f}", "limit_value": f"{row['limit']:.6f}",
                "invoices": json.dumps(row["invoices"], ensure_ascii=False) if row["invoices"] else None,
                "cleared_date": None,
            }
        )  # fmt: skip
    for pair, row in still_raised.items():
        if pair not in now:
            rows.append(
                {
                    **row, "value": f"{row['value']:f}", "limit_value": f"{row['limit_value']:f}",
                    "cleared_date": warnings.as_of,
                }
            )  # fmt: skip
    return pl.DataFrame(rows, schema=_ROWS)


def require_past(day: date) -> None:
    """Refuse a future day: its signals would be recorded before they happened."""
    if day > clock.today():
        raise KasstroomError(sentences.WARNINGS_TO_COME(day=day))


def record(folder: Path, warnings: EarlyWarnings, recorded: pl.DataFrame) -> RecordCounts:
    """Record a day's signals; if none is new or cleared, nothing is written.

    Raises:
        KasstroomError: signals of a later day were recorded already, or the store is busy.
    """
    rows = changes(warnings, recorded)
    if rows.height:
        forms.save(folder, {"signals": rows}, None)
    cleared = rows["cleared_date"].drop_nulls().len()
    raised = rows.height - cleared
    return RecordCounts(raised, cleared, warnings.signals.height - raised)


def record_sentence(counts: RecordCounts) -> str:
    """Return what was recorded."""
    if not counts.raised and not counts.cleared:
        return _("Nothing new and nothing gone: the early warnings kept are those of this day.")
    parts = [
        _n("{count} new", "{count} new ones", counts.raised),
        _n("{count} gone", "{count} gone ones", counts.cleared),
        _n("{count} as before", "{count} that stay", counts.unchanged),
    ]
    return _("Early warnings kept: {what}.", what=", ".join(parts))
