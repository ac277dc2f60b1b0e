"""Worklist: whom to contact today and why, what to say, and noting what came of it."""

from pages.parts.shell import page
from pages.parts.worklist import dunning_settings_form, worklist
from reports.language import _p

view = page.begin(__file__, _p("page", "Worklist"))


def listed() -> None:
    """Draw the lines, the one chosen with its text and forms, and what waits."""
    found = worklist.asked(view)
    line = worklist.lines(found, view)
    if line is not None:
        worklist.opened(found, line, view)
    worklist.waiting(found, view)
    dunning_settings_form.form(view)


page.guarded(listed)
page.tie_out(view)
