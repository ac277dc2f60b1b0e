"""Early warnings kept as they were raised, and noted as gone when they are."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from data import clock
from data.errors import KasstroomError
from reports.answers.shared import forms
from reports.answers.warnings.warnings import Warned
from reports.formats import day as day_said
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
class Kept:
    """What keeping a day's signals came to."""

    raised: int
    cleared: int
    standing: int


def changes(warned: Warned, kept: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that say what is new and what is gone since signals were kept last.

    Args:
        warned: of a day; muted ones are kept too, for muting hides a signal and ends none.
        kept: rows of `signals`, of any day.

    Raises:
        KasstroomError: signals of a later day were kept already.
    """
    dates = [*kept["raised_date"], *kept["cleared_date"].drop_nulls()]
    if dates and max(dates) > warned.as_of:
        raise KasstroomError(
            _(
                "Early warnings were kept up to {day}: those of an earlier day can be asked, not kept.",
                day=day_said(max(dates)),
            )
        )
    standing = {
        (row["rule"], row["customer_id"]): row
        for row in kept.filter(pl.col("cleared_date").is_null()).to_dicts()
    }
    last_gone: dict[tuple[str, str], date] = {}
    for row in kept.drop_nulls("cleared_date").to_dicts():
        pair = row["rule"], row["customer_id"]
        last_gone[pair] = max(row["cleared_date"], last_gone.get(pair, date.min))
    rows = []
    now = set()
    for row in warned.signals.to_dicts():
        pair = row["rule"], row["customer_id"]
        now.add(pair)
        if pair in standing:
            continue
        since = row["since_date"]
        if pair in last_gone:  # seen to be gone since: it began anew
            since = min(max(since, last_gone[pair] + timedelta(days=1)), warned.as_of)
        rows.append(
            {
                "rule": row["rule"], "customer_id": row["customer_id"], "raised_date": warned.as_of,
                "since_date": since, "value": f"{row['value']:.6f}", "limit_value": f"{row['limit']:.6f}",
                "invoices": json.dumps(row["invoices"], ensure_ascii=False) if row["invoices"] else None,
                "cleared_date": None,
            }
        )  # fmt: skip
    for pair, row in standing.items():
        if pair not in now:
            rows.append(
                {
                    **row, "value": f"{row['value']:f}", "limit_value": f"{row['limit_value']:f}",
                    "cleared_date": warned.as_of,
                }
            )  # fmt: skip
    return pl.DataFrame(rows, schema=_ROWS)


def require_past(day: date) -> None:
    """Refuse a day that is still to come: what is kept of it would be raised before it happened."""
    if day > clock.today():
        raise KasstroomError(
            _("{day} is still to come: early warnings are kept from that day on.", day=day_said(day))
        )


def keep(folder: Path, warned: Warned, kept: pl.DataFrame) -> Kept:
    """Keep a day's signals; where nothing is new or gone, nothing is written.

    Raises:
        KasstroomError: signals of a later day were kept already, or the store is busy.
    """
    rows = changes(warned, kept)
    if rows.height:
        forms.save(folder, {"signals": rows}, None)
    cleared = rows["cleared_date"].drop_nulls().len()
    raised = rows.height - cleared
    return Kept(raised, cleared, warned.signals.height - raised)


def said(kept: Kept) -> str:
    """Say what was kept."""
    if not kept.raised and not kept.cleared:
        return _("Nothing new and nothing gone: the early warnings kept are those of this day.")
    parts = [
        _n("{count} new", "{count} new ones", kept.raised),
        _n("{count} gone", "{count} gone ones", kept.cleared),
        _n("{count} as before", "{count} that stay", kept.standing),
    ]
    return _("Early warnings kept: {what}.", what=", ".join(parts))
