"""How much the gate takes of a walk over everything; the rest is of the exhaustive run.

The exhaustive run is `.ci/run exhaustive`, and takes hours: all of the slow run with more examples, and the
tests and parameters with the marker `exhaustive`.
"""

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import settings

PROFILES = ("exhaustive", "thousand")


def exhaustive(values: Iterable[Any]) -> list[Any]:
    """Return values of a parameter that only the exhaustive run takes."""
    return [pytest.param(value, marks=pytest.mark.exhaustive) for value in values]


def how_many(gate: int, exhaustive: int) -> int:
    """Return how many turns a test takes: in the gate, or in the exhaustive run."""
    return exhaustive if settings.get_current_profile_name() in PROFILES else gate
