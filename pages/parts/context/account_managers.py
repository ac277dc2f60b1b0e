"""The choice of an account manager, kept in the URL."""

import polars as pl

from pages.parts.context import url_choices
from reports.language import _


def filter_rows(*frames: pl.DataFrame, column: str = "account_manager") -> list[pl.DataFrame]:
    """Draw the choice of an account manager, if there are several, and return the rows it leaves.

    Args:
        *frames: with that column.
        column: `assigned_to` where somebody else may follow a customer up.
    """
    names: set[str] = set()
    for frame in frames:
        names.update(frame[column].drop_nulls())
    if len(names) < 2:  # noqa: PLR2004 - nothing to choose from
        return list(frames)
    manager = url_choices.select(
        "manager", _("Account manager"), ["", *sorted(names)], lambda name: name or _("All account managers")
    )
    return [frame.filter(pl.col(column) == manager) if manager else frame for frame in frames]
