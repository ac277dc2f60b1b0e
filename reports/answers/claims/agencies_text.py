"""Words about collection agencies and their cases."""

from datetime import date

import polars as pl

from reports.answers.shared.finding import Finding
from reports.answers.shared.money import total
from reports.formats import in_sentence, money
from reports.translation import _, _n

AGENCIES = (
    "agency", "case_count", "running", "claimed", "recovered", "recovered_share", "cost", "cost_share",
    "median_days", "longest_open_days",
)  # fmt: skip
CASES = (
    "customer_name", "case_id", "opened_date", "closed_date", "days_open", "claimed", "recovered", "cost",
    "status",
)  # fmt: skip


def agencies(rows: pl.DataFrame, currency: str, as_of: date) -> Finding:
    """Return what was handed over and what came of it; `rows` of `agencies.agencies`."""
    title = _("No case was handed over yet")
    if rows.height:
        title = _n(
            "{count} case handed over, {claimed}: {recovered} recovered, {cost} costs",
            "{count} cases handed over, {claimed}: {recovered} recovered, {cost} costs",
            int(rows["case_count"].sum()),
            claimed=money(total(rows["claimed"]), currency, 0),
            recovered=money(total(rows["recovered"]), currency, 0),
            cost=money(total(rows["cost"]), currency, 0),
        )
    method = _(
        "Handed over on or before {day}; recovered and costs as recorded. Shares are of the cases that ended "
        "by then; running ones count in the median for as long as they have lasted. Cases know no entity and "
        "no currency of their own.",
        day=in_sentence(as_of),
    )
    return Finding(title, method)


def agency_cases(agency: str, cases: pl.DataFrame) -> Finding:
    """Return which cases are listed; `agency` is from data, or empty for all agencies."""
    title = _n(
        "{agency}: {count} case", "{agency}: {count} cases", cases.height, agency=agency or _("All agencies")
    )
    method = _("The latest first. Pick a row to open the customer with its claim and what came of it.")
    return Finding(title, method)
