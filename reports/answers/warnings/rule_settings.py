"""The settings of early warning: the target share of customers, and which rules are switched on or off."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

import polars as pl

from forecasting.warnings.ledger_limits import TARGET
from forecasting.warnings.rule_choice import Switch
from forecasting.warnings.rules import BY_NAME
from reports.answers.shared.forms import Changes

SHARE = "warning_share"
_RULE = "warning_rule_"
SWITCHES: tuple[Switch, ...] = get_args(Switch)
_ROWS = pl.Schema({"key": pl.String(), "value": pl.String()})


@dataclass(frozen=True)
class RuleSettings:
    """How the company set early warning.

    Attributes:
        target: share of the customers with something open that measured rules flag at most, 0-1.
        switches: by rule; a rule that is missing is `auto`.
    """

    target: float = TARGET
    switches: Mapping[str, Switch] = field(default_factory=dict)

    @property
    def off(self) -> list[str]:
        """The rules switched off."""
        return [rule for rule, switch in self.switches.items() if switch == "off"]


def rule_settings(settings: pl.DataFrame) -> RuleSettings:
    """Return the settings of early warning.

    Args:
        settings: rows of `settings`; they were checked when they were written.
    """
    values = dict(settings.select("key", "value").iter_rows())
    share = values.get(SHARE)
    switches: dict[str, Switch] = {}
    for rule in BY_NAME:
        for switch in SWITCHES:
            if values.get(_RULE + rule) == switch:
                switches[rule] = switch
    return RuleSettings(int(share) / 100 if share else TARGET, switches)


def changes(before: RuleSettings, after: Mapping[str, Switch]) -> Changes:
    """Return the rows to write for switches as chosen on a screen.

    Args:
        before: the present settings.
        after: by rule.
    """
    rows = [
        {"key": _RULE + rule, "value": None if switch == "auto" else switch}
        for rule, switch in after.items()
        if switch != before.switches.get(rule, "auto")
    ]
    return Changes(pl.DataFrame(rows, schema=_ROWS), changed=len(rows))
