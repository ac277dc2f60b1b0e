"""How many examples a property test takes: few by default, many in the slow run.

A profile is chosen with `--hypothesis-profile`; the marker `hypothesis` selects the property tests. `.ci/run`
takes `ci` and `slow`, `.ci/run exhaustive` the profile of that name. `thousand` gives those that make a store
a thousand examples too, which takes many hours.
"""

from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, Phase, settings

# Examples of a test without a store and of one that makes stores, and whether they are the same every time.
_PROFILES = {
    "default": (25, 5, False),
    "ci": (25, 5, True),
    "slow": (100, 6, True),
    "exhaustive": (1_000, 25, True),
    "thousand": (1_000, 1_000, False),
}
# An example that makes stores is small as it is, and shrinking one takes many loads.
_NOT_SHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)

Test = TypeVar("Test", bound=Callable[..., None])


def register_profiles() -> None:
    for name, (examples, _with_stores, is_fixed) in _PROFILES.items():
        settings.register_profile(
            name,
            parent=settings.get_profile("default"),
            max_examples=examples,
            deadline=None,
            derandomize=is_fixed,
            print_blob=True,
            **({"database": None} if is_fixed else {}),
        )


def makes_stores(test: Test) -> Test:
    """Let a property test take as many examples as the profile gives to tests that make stores."""
    return _with_examples(test, _PROFILES[settings.get_current_profile_name()][1])


def makes_full_stores(test: Test) -> Test:
    """Let a property test whose examples are many in one store take half as many stores."""
    return _with_examples(test, max(_PROFILES[settings.get_current_profile_name()][1] // 2, 3))


def asks_many_queries(test: Test) -> Test:
    """Let a property test that makes stores and asks many queries of them take a fifth of those examples."""
    return _with_examples(test, max(_PROFILES[settings.get_current_profile_name()][1] // 5, 2))


def _with_examples(test: Test, examples: int) -> Test:
    name = settings.get_current_profile_name()
    return settings(
        max_examples=examples,
        phases=_NOT_SHRUNK,
        derandomize=name != "thousand",
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )(test)
