"""Steps of the follow-up as settings write them: whether a text is of the form that `docs/files.md` gives."""

import re
from itertools import pairwise

from data.grains import STEP_KINDS

NO_STEPS = "none"
_ONCE = ("pre_due", "hand_over")
_STEP = re.compile(rf"({'|'.join(STEP_KINDS)}):([0-9]{{1,2}}|[12][0-9]{{2}}|3[0-5][0-9]|36[0-5])")


def are_steps(text: str) -> bool:
    """Return whether a text is `none`, or steps with days, in an order in which they can follow."""
    if text == NO_STEPS:
        return True
    words = [_STEP.fullmatch(word) for word in text.split(" ")]
    steps = [(STEP_KINDS.index(word[1]), int(word[2])) for word in words if word]
    if len(steps) < len(words):
        return False
    kinds = [kind for kind, _days in steps]
    # The days of the step before the due date count the other way.
    days = [number for kind, number in steps if STEP_KINDS[kind] != "pre_due"]
    # On the due day itself nobody is late: a letter would say what is not so, and a notice be void.
    if 0 in days:
        return False
    return all(before <= after for row in (kinds, days) for before, after in pairwise(row)) and all(
        kinds.count(STEP_KINDS.index(kind)) <= 1 for kind in _ONCE
    )
