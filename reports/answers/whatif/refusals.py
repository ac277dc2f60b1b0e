"""Refusals of a scenario: each names the lever and the key, so that a screen shows it at its box."""

from collections.abc import Callable

from data.errors import ScenarioError
from reports.translation import _

Refuse = Callable[[str, str], ScenarioError]
"""Takes the sentence and the key it is about."""


def scenario_refusal(sentence: str, field: str) -> ScenarioError:
    """Return the refusal of a key of the scenario itself."""
    return _refusal(_("The scenario"), sentence, field)


def lever_refusal(number: int, kind: str, sentence: str, field: str) -> ScenarioError:
    """Return the refusal of a key of a lever.

    Args:
        number: of the lever, from 1.
        kind: of the lever; empty where it has none that is known.
        sentence: what is wrong, without the lever.
        field: the key.
    """
    lever = (
        _("Lever {number} ({kind})", number=number, kind=kind) if kind else _("Lever {number}", number=number)
    )
    return _refusal(lever, sentence, field, number)


def _refusal(subject: str, sentence: str, field: str, number: int | None = None) -> ScenarioError:
    return ScenarioError(f"{subject}: {sentence}", lever=number, field=field, reason=sentence)
