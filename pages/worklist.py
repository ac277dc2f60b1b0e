"""Worklist: whom to contact today and why, what to say, and noting what came of it."""

from pages.parts import calls, frame, house_rules
from reports.language import _

view = frame.begin(__file__, _("Worklist"))


def listed() -> None:
    """Draw the lines, the one chosen with its text and forms, and what waits."""
    found = calls.asked(view)
    line = calls.lines(found, view)
    if line is not None:
        calls.opened(found, line, view)
    calls.waiting(found, view)
    house_rules.form(view)


frame.guarded(listed)
frame.tie_out(view)
