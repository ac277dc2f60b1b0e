"""Names of the rules of early warning and of their switch, for its own screen and for the settings."""

from reports.translation import _, _p, mark

_NAMES = {
    "level_now": mark("Pays late now"),
    "level_past": mark("Often very late"),
    "shift": mark("Pays later than before"),
    "exposure": mark("Owes more than it buys"),
    "pay_weekday": mark("Left its pay day"),
    "share_overdue": mark("Mostly overdue"),
    "broken_promise": mark("Promise broken"),
    "bounces": mark("Payments come back"),
    "silence": mark("No answer"),
    "short_payment": mark("Paid in part"),
    "dispute": mark("In dispute"),
    "credit_limit": mark("At its credit limit"),
    "concentration": mark("Large share of the book"),
    "first_time": mark("New and large"),
    "no_order_number": mark("No order number"),
}


def rule_name(rule: str) -> str:
    """Return the name of a rule; the code of a rule that no longer exists."""
    return _(_NAMES[rule]) if rule in _NAMES else rule


def switch_name(switch: str) -> str:
    """Return the name of a setting of a rule."""
    return {
        "auto": _("If right often enough"),
        "on": _p("switch", "Always"),
        "off": _p("switch", "Never"),
    }[switch]
