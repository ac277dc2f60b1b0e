"""Refusals of a scenario: each names the lever and the key, so that a screen shows it at its box."""

from collections.abc import Callable

from data.errors import ScenarioError
from data.message_templates import Message
from reports.answers import sentences

Refuse = Callable[[Message, str], ScenarioError]
"""Takes the reason and the key it is about."""


def scenario_refusal(reason: Message, field: str) -> ScenarioError:
    """Return the refusal of a key of the scenario itself."""
    return ScenarioError(sentences.IN_SCENARIO(reason=reason), field=field, reason=reason)


def lever_refusal(number: int, kind: str, reason: Message, field: str) -> ScenarioError:
    """Return the refusal of a key of a lever.

    Args:
        number: of the lever, from 1.
        kind: of the lever; empty where it has none that is known.
        reason: what is wrong, without the lever.
        field: the key.
    """
    message = (
        sentences.IN_LEVER_OF_KIND(number=number, kind=kind, reason=reason)
        if kind
        else sentences.IN_LEVER(number=number, reason=reason)
    )
    return ScenarioError(message, lever=number, field=field, reason=reason)
