"""Names of files as their users read them: English words of the program, Dutch in a Dutch dashboard."""

from reports import columns
from reports.translation import _p, mark_p

# What a block exports, by the name it is given in `pages`; ids stand before a name or behind it.
NAMES = frozenset([
    mark_p("file", "accuracy"), mark_p("file", "actions"), mark_p("file", "added-days"),
    mark_p("file", "against-actual"), mark_p("file", "ageing"), mark_p("file", "agencies"),
    mark_p("file", "bank"), mark_p("file", "bank-curve"), mark_p("file", "bank-loads"),
    mark_p("file", "bank-sample"), mark_p("file", "bank-statements"),
    mark_p("file", "batches"), mark_p("file", "billing-plan"),
    mark_p("file", "blocked"), mark_p("file", "calibration"), mark_p("file", "cases"),
    mark_p("file", "cash-bridge"), mark_p("file", "changes"), mark_p("file", "claim"),
    mark_p("file", "cohort-map"), mark_p("file", "coverage"), mark_p("file", "customers"),
    mark_p("file", "days-late"), mark_p("file", "discounts"), mark_p("file", "dispute-reasons"),
    mark_p("file", "disputes"), mark_p("file", "dso-bridge"), mark_p("file", "dso-methods"),
    mark_p("file", "dso-own-days"), mark_p("file", "early-warning"), mark_p("file", "early-warning-rules"),
    mark_p("file", "exchange-differences"), mark_p("file", "expected"), mark_p("file", "facts"),
    mark_p("file", "fault"), mark_p("file", "findings"), mark_p("file", "forecast-against-actual"),
    mark_p("file", "forecast-changes"), mark_p("file", "general-ledger"), mark_p("file", "headroom"),
    mark_p("file", "invoice-faults"), mark_p("file", "kpi"), mark_p("file", "kpi-customers"),
    mark_p("file", "kpi-trend"), mark_p("file", "last-load"), mark_p("file", "late-payments"),
    mark_p("file", "top-overdue"), mark_p("file", "ageing-customer"),
    mark_p("file", "vat-on-bad-debts"), mark_p("file", "level-shift"), mark_p("file", "liquidity"),
    mark_p("file", "missing"), mark_p("file", "must-come-in"), mark_p("file", "open"),
    mark_p("file", "open-items"), mark_p("file", "otherwise"), mark_p("file", "overdue-segments"),
    mark_p("file", "overdue-trend"), mark_p("file", "payables"), mark_p("file", "payment-practices"),
    mark_p("file", "payment-terms"), mark_p("file", "payments"), mark_p("file", "planned-lines"),
    mark_p("file", "provision-matrix"), mark_p("file", "receivables-moved"), mark_p("file", "recovery-curve"),
    mark_p("file", "rejects"), mark_p("file", "roll-rates"), mark_p("file", "scenarios"),
    mark_p("file", "settled-by-lists"),
    mark_p("file", "statement"), mark_p("file", "terms"), mark_p("file", "terms-segments"),
    mark_p("file", "tie-out"), mark_p("file", "what-if"), mark_p("file", "what-if-customers"),
    mark_p("file", "what-if-difference"), mark_p("file", "what-if-tornado"),
    mark_p("file", "working-capital"), mark_p("file", "working-capital-trend"), mark_p("file", "worklist"),
    mark_p("file", "timeline"), mark_p("file", "ledger"), mark_p("file", "promises"),
    mark_p("file", "contacts"), mark_p("file", "set_offs"), mark_p("file", "turnover"),
    mark_p("file", "rows"), mark_p("file", "sources"), mark_p("file", "named-sources"),
    mark_p("file", "ageing-customer"),
])  # fmt: skip


def file_words(name: str) -> str:
    """Return the name of a file in the language spoken; the part of it that is data stays as it is.

    Args:
        name: one of `NAMES`, alone or beside an id (`C-12-statement`, `ageing-segment`), or a figure of
            `reports.columns`.
    """
    if (column := name.replace("-", "_")) in columns.KPIS:
        return columns.heading(column).lower()
    parts = name.split("-")
    for length in range(len(parts), 0, -1):
        start, end = "-".join(parts[:length]), "-".join(parts[-length:])
        if end in NAMES:
            return "-".join([*parts[:-length], _p("file", end)])
        if start in NAMES:
            return "-".join([_p("file", start), *parts[length:]])
    return name
