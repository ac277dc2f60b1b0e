"""The tabs of the KPI trends."""

from reports.language import _, _p

TABS = ("trends", "customers", "dso", "flow", "recovery")


def name(tab: str) -> str:
    """Return the name of a tab."""
    return {
        "trends": _p("view", "Trends"),
        "customers": _("Per customer"),
        "dso": _("DSO and why it moved"),
        "flow": _("Flow and expected loss"),
        "recovery": _p("view", "Recovery"),
    }[tab]
