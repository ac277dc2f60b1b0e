"""The weeks of a what-if in rows and words: base and scenario side by side, with their difference."""

import polars as pl

from reports.answers.shared.finding import Finding
from reports.answers.whatif.evaluate import WhatIf
from reports.columns import heading, short_headings
from reports.formats import about
from reports.formats import week as week_label
from reports.translation import _


def week_rows(what_if: WhatIf) -> pl.DataFrame:
    """Return base and scenario per week, side by side, with the difference."""
    base, after, difference = what_if.base.weeks, what_if.after.weeks, what_if.difference
    return pl.DataFrame(
        {
            "week": [week_label(start) for start in base["week_start"]],
            "week_start": base["week_start"],
            "closing_base": base["closing"],
            "closing": after["closing"],
            "closing_change": difference["closing"],
            "receipts_change": difference["receipts"],
            "payments_change": difference["payments"],
            "closing_p10": after["closing_p10"],
            "closing_p90": after["closing_p90"],
            "probability_below_minimum": after["probability_below_minimum"],
            "receipts_change_low": difference["receipts_low"],
            "receipts_change_high": difference["receipts_high"],
        }
    )


def weeks_finding(what_if: WhatIf, rows: pl.DataFrame) -> Finding:
    """Return the week with the largest difference, and how to read `week_rows`."""
    return Finding(_largest_difference(what_if), weeks_method(rows))


def _largest_difference(what_if: WhatIf) -> str:
    difference = what_if.difference
    if not any(difference["closing"]):
        return _("Every week is as in the base")
    place = int(difference["closing"].abs().arg_max() or 0)
    week = difference.row(place, named=True)
    return _(
        "Largest difference in {week}: {amount}",
        week=week_label(week["week_start"]),
        amount=about(week["closing"], what_if.base.currency, sign=True),
    )


def has_bounds(rows: pl.DataFrame) -> bool:
    """Tell whether it matters in any of `week_rows` how customers follow their terms."""
    return any(rows["receipts_change_low"] != rows["receipts_change_high"])


def weeks_method(rows: pl.DataFrame) -> str:
    """Return how to read `week_rows` and their bounds."""
    method = _(
        "Closing balances; ± is scenario less base. Chance: that the balance is below the minimum. Expected "
        "values on the same thousand courses."
    )
    if has_bounds(rows):
        method += " " + _("Low and high: receipts with the bounds of how customers follow their terms.")
    return method


def week_headings() -> dict[str, str]:
    """Return short headings of the weeks' columns; `weeks_method` says that they are differences."""
    return {
        "closing_base": heading("base_case"),
        "closing": heading("scenario"),
        **short_headings(
            "closing_change",
            "receipts_change",
            "receipts_change_low",
            "receipts_change_high",
            "payments_change",
            "probability_below_minimum",
        ),
    }
