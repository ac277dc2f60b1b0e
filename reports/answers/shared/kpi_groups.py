"""The groups that the figures of the books are shown in."""

from types import MappingProxyType

from reports.translation import _p, mark_p

GROUPS = MappingProxyType(
    {
        "cash": (
            "receivables",
            "overdue",
            "dso_countback",
            "dso_balance_90",
            "best_possible_dso",
            "ar_turnover",
            "dpo",
            "cash_conversion_cycle",
            "billings_90",
        ),
        "behaviour": (
            "days_to_pay",
            "days_to_pay_with_open",
            "days_late",
            "days_late_with_open",
            "on_time_share",
            "cei",
            "promise_kept_share",
            "promise_kept_amount_share",
        ),
        "risk": (
            "overdue_share",
            "d90_plus_share",
            "average_days_delinquent",
            "top10_share",
            "unapplied",
            "dispute_rate",
            "days_disputed",
            "days_disputed_open",
        ),
    }
)
FIRST = ("receivables", "overdue", "d90_plus_share", "dso_countback", "days_late", "on_time_share")
CHOICES = ("first", *GROUPS)  # of the trends; the first six, then every figure by group
_GROUP_NAMES = {
    "first": mark_p("figures", "Most important"),
    "cash": mark_p("figures", "Cash tied up"),
    "behaviour": mark_p("figures", "Behaviour"),
    "risk": mark_p("figures", "Risk"),
}


def group_name(group: str) -> str:
    """Return what a group of figures is called."""
    return _p("figures", _GROUP_NAMES[group])


def group_columns(group: str) -> tuple[str, ...]:
    """Return the figures of one of `CHOICES`."""
    return FIRST if group == "first" else GROUPS[group]
