"""Which rules are shown: bounds worked out by hand."""

import polars as pl
import pytest

from data.grains import WARNING_RULES, WARNING_SWITCHES
from forecasting.warnings.rule_choice import is_shown, lower_bound, verdicts
from forecasting.warnings.rules import BY_NAME
from reports.answers.warnings.rule_settings import SWITCHES


def test_the_bound_is_wilsons_one_sided_at_eighty_percent():
    # z = 0.8416, z² = 0.7083; 12 of 20: (0.6 + 0.7083/40 - 0.8416 √(0.24/20 + 0.7083/1600)) / (1 + 0.7083/20)
    assert lower_bound(12, 20) == pytest.approx(0.50591, abs=1e-5)
    # (0.45 + 0.01771 - 0.8416 √(0.2475/20 + 0.00044271)) / 1.03542
    assert lower_bound(9, 20) == pytest.approx(0.35968, abs=1e-5)
    assert lower_bound(0, 20) == 0.0
    assert lower_bound(20, 20) == pytest.approx(20 / (20 + 0.70833), abs=1e-5)
    assert lower_bound(0, 0) is None


def rates(base: float = 0.2, cases: int = 1000, **raised: tuple[int, int]) -> pl.DataFrame:
    """Rows of every rule: flags and hits as given, else none."""
    rows = []
    for rule in BY_NAME:
        flags, hits = raised.get(rule, (0, 0))
        rows.append(
            {
                "rule": rule, "cases": cases, "raised": flags, "base_rate": base,
                "least_came_true": lower_bound(hits, flags),
            }
        )  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None)


def choose(frame: pl.DataFrame, share: float = 0.0, **switches: str) -> dict[str, str]:
    return verdicts(frame, switches, lambda _rules: share, 0.1)


def test_a_rule_is_shown_with_twenty_flags_and_a_bound_of_twice_the_base():
    # Twice 0.2 is 0.4: 12 of 20 is at least 0.506, 9 of 20 at least 0.360.
    verdict = choose(
        rates(shift=(20, 12), level_past=(20, 9), level_now=(19, 19), silence=(40, 0), bounces=(0, 0))
    )
    shown = {rule: verdict[rule] for rule in ("shift", "level_past", "level_now", "silence", "bounces")}
    assert shown == {
        "shift": "proven", "level_past": "unproven", "level_now": "few", "silence": "unproven",
        "bounces": "fact",
    }  # fmt: skip
    assert [is_shown(verdict[rule]) for rule in shown] == [True, False, False, False, True]
    # Where nobody ever paid late, no flag was right, and twice nothing is no proof.
    assert choose(rates(0.0, shift=(20, 0)))["shift"] == "unproven"


def test_the_switch_of_the_user_comes_first():
    verdict = choose(rates(shift=(20, 12)), shift="off", bounces="off", silence="on", level_past="auto")
    assert [verdict[rule] for rule in ("shift", "bounces", "silence", "level_past")] == [
        "off", "off", "on", "few",
    ]  # fmt: skip
    assert not is_shown("off")
    assert is_shown("on")


def test_a_young_ledger_shows_what_tells_late_payers_elsewhere_and_facts():
    verdict = choose(rates(cases=99))
    assert {rule for rule, why in verdict.items() if is_shown(why)} == {
        "shift", "level_past", "level_now", "broken_promise", "bounces", "credit_limit",
    }  # fmt: skip
    assert verdict["silence"] == "waiting"


def test_a_proven_rule_with_a_constant_is_shown_while_there_is_room_the_best_first():
    frame = rates(dispute=(50, 40), short_payment=(50, 30), no_order_number=(50, 35))

    def share(rules: list[str]) -> float:
        return 0.05 + 0.03 * len({"dispute", "short_payment", "no_order_number"} & set(rules))

    verdict = verdicts(frame, {}, share, 0.1)
    # The first makes it 0.08; the second would make it 0.11.
    assert [verdict[rule] for rule in ("dispute", "no_order_number", "short_payment")] == [
        "proven", "crowd", "crowd",
    ]  # fmt: skip
    assert verdicts(frame, {"short_payment": "on"}, share, 0.1)["short_payment"] == "on"


def test_every_rule_has_a_setting():
    assert set(WARNING_RULES) == set(BY_NAME)
    assert WARNING_SWITCHES == SWITCHES
