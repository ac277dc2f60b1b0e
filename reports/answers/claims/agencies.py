"""Collection agencies: recovered amounts, costs and duration of their cases."""

from datetime import date

import polars as pl

from forecasting.statistics.survival import median_days
from reports.answers.shared.money import total

_MONEY = pl.Decimal(38, 2)
_SCHEMA = pl.Schema(
    {
        "agency": pl.String(),
        **dict.fromkeys(("case_count", "running"), pl.Int64()),
        **dict.fromkeys(("claimed", "recovered", "cost"), _MONEY),
        "recovered_share": pl.Float64(),
        "cost_share": pl.Float64(),
        **dict.fromkeys(("median_days", "longest_open_days"), pl.Int64()),
    }
)


def agencies(cases: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Sum the cases per agency: claimed, recovered, cost and duration.

    Shares cover only the cases that ended by the day: a running case may still be recovered, and counting it
    as nothing recovered would punish the agency with the newest cases. A case without an amount claimed does
    not count in the share recovered.

    Args:
        cases: `collection_cases`.
        as_of: the day.

    Returns:
        One row per agency, most handed over first: `agency`, `case_count`, `running`, `claimed`, `recovered`
        and `cost` of all of them, `recovered_share` (of what the ended ones claimed), `cost_share` (cost of
        the ended ones, of what they recovered), `median_days` (running cases enter as censored durations;
        null where more than half are running), `longest_open_days`.
    """
    cases = with_days(cases, as_of)
    groups = cases.partition_by("agency", maintain_order=True) if cases.height else []
    frame = pl.DataFrame([_row(group) for group in groups], schema=_SCHEMA)
    return frame.sort("claimed", "agency", descending=[True, False])


def with_days(cases: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Return the cases with the days from their opening to their end, or to the day."""
    until = pl.col("closed_date").fill_null(as_of)
    return cases.with_columns(
        agency=pl.col("agency").str.strip_chars(),
        days_open=(until - pl.col("opened_date")).dt.total_days(),
    )


def _row(cases: pl.DataFrame) -> dict[str, object]:
    is_running = pl.col("closed_date").is_null()
    ended = cases.filter(~is_running)
    known = ended.drop_nulls("claimed")
    claimed, recovered = total(known["claimed"]), total(known["recovered"])
    recovered_by_ended = total(ended["recovered"])
    return {
        "agency": cases["agency"][0],
        "case_count": cases.height,
        "running": cases.filter(is_running).height,
        "claimed": total(cases["claimed"]),
        "recovered": total(cases["recovered"]),
        "cost": total(cases["cost"]),
        "recovered_share": float(recovered / claimed) if claimed else None,
        "cost_share": float(total(ended["cost"]) / recovered_by_ended) if recovered_by_ended else None,
        "median_days": median_days(cases.select(days="days_open", is_over=~is_running)),
        "longest_open_days": cases.filter(is_running)["days_open"].max(),
    }
