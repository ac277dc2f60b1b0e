"""Which rules are shown on a ledger: those that were right often enough on it, or that are switched on."""

from collections.abc import Callable, Mapping
from typing import Literal

import numpy as np
import polars as pl

from forecasting.warnings.rules import MEASURED_ELSEWHERE, RULES

FEWEST_FLAGS = 20
TIMES_BASE = 2.0
FEWEST_CASES = 100  # with fewer the ledger says nothing about any rule
# The 80% point of the normal distribution: the true rate is above the bound with 80% confidence. One-sided,
# because only a rate that is too low keeps a rule from the screen.
_Z = 0.8416212335729143

Switch = Literal["auto", "on", "off"]
# Why a rule is shown or not. fact: always; proven, unproven, few: by its past; crowd: proven, but its limit
# is a constant, and with it the list would be longer than the target; young: measured elsewhere, and this
# ledger is too young to tell; waiting: the other rules of such a ledger.
Verdict = Literal["on", "off", "fact", "proven", "unproven", "few", "crowd", "young", "waiting"]
_SHOWN: frozenset[Verdict] = frozenset({"on", "fact", "proven", "young"})


def lower_bound(hits: int, flags: int) -> float | None:
    """Return the one-sided lower 80% bound of a hit rate by Wilson's score interval; None without flags.

    Wilson's covers 80% on average, also of few flags; Clopper and Pearson's never covers less and so would
    hide rules with few flags that are right.
    """
    if not flags:
        return None
    rate, square = hits / flags, _Z * _Z
    middle = rate + square / (2 * flags)
    spread = _Z * np.sqrt(rate * (1 - rate) / flags + square / (4 * flags * flags))
    return max(0.0, float((middle - spread) / (1 + square / flags)))


def verdicts(
    rates: pl.DataFrame,
    switches: Mapping[str, Switch],
    flagged_share: Callable[[list[str]], float],
    target: float,
) -> dict[str, Verdict]:
    """Return for every rule why it is shown or not.

    Args:
        rates: of `hit_rates`.
        switches: by rule, how the user set it; a rule that is missing is `auto`.
        flagged_share: share of past cases that any of some rules flagged, 0-1.
        target: that share, at most, with rules that count.
    """
    rows = {row["rule"]: row for row in rates.to_dicts()}
    result = {
        rule.name: _verdict(rows[rule.name], rule.kind, switches.get(rule.name, "auto")) for rule in RULES
    }
    counting = [rule.name for rule in RULES if rule.kind == "count" and result[rule.name] == "proven"]
    shown = [rule for rule, verdict in result.items() if is_shown(verdict) and rule not in counting]
    for rule in sorted(counting, key=lambda name: -rows[name]["least_came_true"]):
        if flagged_share([*shown, rule]) > target:
            result[rule] = "crowd"
        else:
            shown.append(rule)
    return result


def is_shown(verdict: Verdict) -> bool:
    """Return whether a rule with a verdict is shown."""
    return verdict in _SHOWN


def _verdict(row: Mapping[str, float | int | str | None], kind: str, switch: Switch) -> Verdict:
    if switch != "auto":
        return switch
    if kind == "fact":
        return "fact"
    if int(row["cases"] or 0) < FEWEST_CASES:
        return "young" if row["rule"] in MEASURED_ELSEWHERE else "waiting"
    if int(row["raised"] or 0) < FEWEST_FLAGS:
        return "few"
    least, base = row["least_came_true"], row["base_rate"]
    if not least or base is None:
        return "unproven"
    return "proven" if float(least) >= TIMES_BASE * float(base) else "unproven"
